//! SQL of places.

mod list;
mod trail;

pub(crate) use list::*;
pub(crate) use trail::*;

use super::model::{Place, State};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, kind, slug, state, content, html, html_en, cover_id, drafted_by, approved_by, published_at, reason, \
     preview_key, views, version, updated_at, revision FROM tourism_place WHERE commune_id = ";

fn these(ctx: &Ctx) -> Sql {
    sql(SELECT).arg(ctx.commune)
}

/// Of any state.
pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Place> {
    these(ctx).push(" AND id = ").arg(id).one(on).await
}

/// A published one by its address; taken down ones too, so that a reader learns why.
pub(crate) async fn by_slug(ctx: &Ctx, slug: &str) -> Result<Option<Place>> {
    let query = these(ctx).push(" AND slug = ").arg(slug).push(" AND state IN (");
    query.args([State::Published, State::Down]).push(")").first(&ctx.app.db).await
}

/// The present address of a place that had another one.
pub(crate) async fn moved(ctx: &Ctx, slug: &str) -> Result<Option<String>> {
    sql("SELECT p.slug FROM tourism_address o JOIN tourism_place p ON p.commune_id = o.commune_id AND p.id = o.place_id \
         WHERE o.commune_id = $1 AND o.slug = $2 AND p.state = 'published'")
    .bind(ctx.commune)
    .bind(slug)
    .scalar(&ctx.app.db)
    .await
}

/// Whose address this is or was.
pub(crate) async fn owner_of(ctx: &Ctx, on: &impl Run, slug: &str) -> Result<Option<Uuid>> {
    sql("SELECT place_id FROM tourism_address WHERE commune_id = $1 AND slug = $2")
        .bind(ctx.commune)
        .bind(slug)
        .scalar(on)
        .await
}

pub(crate) async fn address_insert(ctx: &Ctx, tx: &Tx, slug: &str, place: Uuid) -> Result<()> {
    sql("INSERT INTO tourism_address (commune_id, slug, place_id) VALUES ($1, $2, $3) ON CONFLICT (commune_id, slug) DO NOTHING")
        .bind(ctx.commune)
        .bind(slug)
        .bind(place)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, one: &Place) -> Result<()> {
    sql("INSERT INTO tourism_place (commune_id, id, kind, slug, state, name, content, html, html_en, village_id, months, facilities, \
         organisation_id, drafted_by, reason, preview_key, views, version, created_at, updated_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', $15, 0, 1, $16, $16, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.kind)
    .bind(one.slug.as_str())
    .bind(one.state)
    .bind(one.content.name.as_str())
    .bind(serde_json::to_value(&one.content)?)
    .bind(one.html.as_str())
    .bind(one.html_en.as_str())
    .bind(one.content.village)
    .bind(one.content.month_bits())
    .bind(one.content.facility_words())
    .bind(one.content.organisation)
    .bind(one.drafted_by)
    .bind(one.preview_key.as_str())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes what may change; false when somebody else was first.
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, one: &Place) -> Result<bool> {
    let written = sql("UPDATE tourism_place SET kind = $4, slug = $5, state = $6, name = $7, content = $8, html = $9, html_en = $10, \
         village_id = $11, months = $12, facilities = $13, organisation_id = $14, cover_id = $15, approved_by = $16, \
         published_at = $17, reason = $18, version = $19, updated_at = $20, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.kind)
    .bind(one.slug.as_str())
    .bind(one.state)
    .bind(one.content.name.as_str())
    .bind(serde_json::to_value(&one.content)?)
    .bind(one.html.as_str())
    .bind(one.html_en.as_str())
    .bind(one.content.village)
    .bind(one.content.month_bits())
    .bind(one.content.facility_words())
    .bind(one.content.organisation)
    .bind(one.cover_id)
    .bind(one.approved_by)
    .bind(one.published_at)
    .bind(one.reason.as_str())
    .bind(one.version)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// From today on everybody sees it.
pub(crate) async fn span_open(ctx: &Ctx, tx: &Tx, one: &Place) -> Result<()> {
    sql("INSERT INTO tourism_span (commune_id, place_id, id, kind, village_id, from_on) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(ctx.new_id())
        .bind(one.kind)
        .bind(one.content.village)
        .bind(ctx.today())
        .run(tx)
        .await?;
    figures::touch(ctx, tx, crate::figures::PLACES);
    Ok(())
}

/// Kind or village were wrong and are corrected.
pub(crate) async fn span_correct(ctx: &Ctx, tx: &Tx, one: &Place) -> Result<()> {
    sql("UPDATE tourism_span SET kind = $3, village_id = $4 WHERE commune_id = $1 AND place_id = $2 AND to_on IS NULL")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.kind)
        .bind(one.content.village)
        .run(tx)
        .await?;
    figures::touch(ctx, tx, crate::figures::PLACES);
    Ok(())
}

/// From today on nobody sees it.
pub(crate) async fn span_close(ctx: &Ctx, tx: &Tx, place: Uuid) -> Result<()> {
    sql("UPDATE tourism_span SET to_on = $3 WHERE commune_id = $1 AND place_id = $2 AND to_on IS NULL")
        .bind(ctx.commune)
        .bind(place)
        .bind(ctx.today())
        .run(tx)
        .await?;
    figures::touch(ctx, tx, crate::figures::PLACES);
    Ok(())
}

/// Adds what was read since the last time.
pub(crate) async fn views_add(ctx: &Ctx, tx: &Tx, place: Uuid, count: i64) -> Result<()> {
    let known = sql(
        "UPDATE tourism_place SET views = views + $3 WHERE commune_id = $1 AND id = $2 AND state = 'published'",
    );
    if known.bind(ctx.commune).bind(place).bind(count).run(tx).await? == 0 {
        return Ok(());
    }
    sql("INSERT INTO tourism_view (commune_id, place_id, day, views) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (commune_id, place_id, day) DO UPDATE SET views = tourism_view.views + $4")
    .bind(ctx.commune)
    .bind(place)
    .bind(ctx.today())
    .bind(count)
    .run(tx)
    .await?;
    Ok(())
}
