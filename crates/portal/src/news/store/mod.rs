//! SQL of the news.

mod comment;
mod list;
mod trail;

pub(super) use comment::*;
pub(super) use list::*;
pub(super) use trail::*;

use super::model::{Article, State};
use super::sections::Sections;
use chrono::{DateTime, Utc};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, section, slug, state, content, html, html_en, words, cover_id, drafted_by, approved_by, \
     publish_at, published_at, reason, preview_key, to_page, bulletin_id, views, version, updated_at, revision \
     FROM news_article WHERE commune_id = ";

/// Whether a section is the one on digital transformation.
fn digital(ctx: &Ctx, section: &str) -> Result<bool> {
    Ok(Sections::load(ctx)?.find(section).is_some_and(|one| one.digital))
}

fn these(ctx: &Ctx) -> Sql {
    sql(SELECT).arg(ctx.commune)
}

/// Of any state: for those who write and approve.
pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Article> {
    these(ctx).push(" AND id = ").arg(id).one(on).await
}

/// A published one by its address; taken down ones too, so that a reader learns why.
pub(crate) async fn by_slug(ctx: &Ctx, slug: &str) -> Result<Option<Article>> {
    let query = these(ctx).push(" AND slug = ").arg(slug).push(" AND state IN (");
    query.args([State::Published, State::Down]).push(")").first(&ctx.app.db).await
}

/// The present address of an article that had another one.
pub(crate) async fn moved(ctx: &Ctx, slug: &str) -> Result<Option<String>> {
    sql("SELECT a.slug FROM news_address o JOIN news_article a ON a.commune_id = o.commune_id AND a.id = o.article_id \
         WHERE o.commune_id = $1 AND o.slug = $2 AND a.state = 'published'")
    .bind(ctx.commune)
    .bind(slug)
    .scalar(&ctx.app.db)
    .await
}

/// Whose address this is or was.
pub(crate) async fn owner_of(ctx: &Ctx, on: &impl Run, slug: &str) -> Result<Option<Uuid>> {
    sql("SELECT article_id FROM news_address WHERE commune_id = $1 AND slug = $2")
        .bind(ctx.commune)
        .bind(slug)
        .scalar(on)
        .await
}

pub(crate) async fn address_insert(ctx: &Ctx, tx: &Tx, slug: &str, article: Uuid) -> Result<()> {
    sql("INSERT INTO news_address (commune_id, slug, article_id) VALUES ($1, $2, $3) ON CONFLICT (commune_id, slug) DO NOTHING")
        .bind(ctx.commune)
        .bind(slug)
        .bind(article)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, one: &Article, origin: Option<&str>) -> Result<()> {
    sql("INSERT INTO news_article (commune_id, id, section, slug, state, content, title, html, html_en, words, drafted_by, reason, \
         preview_key, to_page, origin, views, version, created_at, updated_at, revision, digital) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12, $13, $14, 0, 1, $15, $15, 1, $16)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.section.as_str())
    .bind(one.slug.as_str())
    .bind(one.state)
    .bind(serde_json::to_value(&one.content)?)
    .bind(one.content.title.as_str())
    .bind(one.html.as_str())
    .bind(one.html_en.as_str())
    .bind(one.words)
    .bind(one.drafted_by)
    .bind(one.preview_key.as_str())
    .bind(one.to_page)
    .bind(origin)
    .bind(ctx.now)
    .bind(digital(ctx, &one.section)?)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes what may change; false when somebody else was first.
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, one: &Article) -> Result<bool> {
    let written = sql("UPDATE news_article SET section = $4, slug = $5, state = $6, content = $7, title = $8, html = $9, html_en = $10, \
         words = $11, cover_id = $12, approved_by = $13, publish_at = $14, published_at = $15, reason = $16, to_page = $17, \
         bulletin_id = $18, version = $19, updated_at = $20, published_on = $21, digital = $22, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.section.as_str())
    .bind(one.slug.as_str())
    .bind(one.state)
    .bind(serde_json::to_value(&one.content)?)
    .bind(one.content.title.as_str())
    .bind(one.html.as_str())
    .bind(one.html_en.as_str())
    .bind(one.words)
    .bind(one.cover_id)
    .bind(one.approved_by)
    .bind(one.publish_at)
    .bind(one.published_at)
    .bind(one.reason.as_str())
    .bind(one.to_page)
    .bind(one.bulletin_id)
    .bind(one.version)
    .bind(ctx.now)
    .bind(one.published_at.map(platform::clock::local_date))
    .bind(digital(ctx, &one.section)?)
    .run(tx)
    .await?;
    figures::touch(ctx, tx, super::figures::ARTICLES);
    Ok(written == 1)
}

/// The tags of an article, anew.
pub(crate) async fn tags_write(ctx: &Ctx, tx: &Tx, article: Uuid, tags: &[(String, String)]) -> Result<()> {
    sql("DELETE FROM news_tag WHERE commune_id = $1 AND article_id = $2")
        .bind(ctx.commune)
        .bind(article)
        .run(tx)
        .await?;
    for (tag, name) in tags {
        sql("INSERT INTO news_tag (commune_id, tag, article_id, name) VALUES ($1, $2, $3, $4)")
            .bind(ctx.commune)
            .bind(tag.as_str())
            .bind(article)
            .bind(name.as_str())
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Those whose hour has come.
pub(crate) async fn due(ctx: &Ctx, tx: &Tx) -> Result<Vec<Article>> {
    let query =
        these(ctx).push(" AND state = ").arg(State::Scheduled).push(" AND publish_at <= ").arg(ctx.now);
    query.push(" ORDER BY publish_at, id LIMIT 50").all(tx).await
}

/// Which of these came in by an import before.
pub(crate) async fn known_origins(ctx: &Ctx, on: &impl Run, origins: &[String]) -> Result<Vec<String>> {
    let mut known = Vec::new();
    for chunk in origins.chunks(200) {
        let query = sql("SELECT origin FROM news_article WHERE commune_id = ").arg(ctx.commune);
        let query = query.push(" AND origin IN (").args(chunk.iter().cloned()).push(")");
        let found: Vec<String> = query.column(on).await?;
        known.extend(found);
    }
    Ok(known)
}

/// Adds what was read since the last time.
pub(crate) async fn views_add(ctx: &Ctx, tx: &Tx, article: Uuid, count: i64) -> Result<()> {
    let known = sql(
        "UPDATE news_article SET views = views + $3 WHERE commune_id = $1 AND id = $2 AND state = 'published'",
    );
    if known.bind(ctx.commune).bind(article).bind(count).run(tx).await? == 0 {
        return Ok(());
    }
    sql("INSERT INTO news_view (commune_id, article_id, day, views) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (commune_id, article_id, day) DO UPDATE SET views = news_view.views + $4")
    .bind(ctx.commune)
    .bind(article)
    .bind(ctx.today())
    .bind(count)
    .run(tx)
    .await?;
    Ok(())
}

/// A file of another site that was looked at.
#[derive(Debug, Clone, sea_orm::FromQueryResult)]
pub(crate) struct Import {
    pub name: String,
    pub items: serde_json::Value,
    pub done_at: Option<DateTime<Utc>>,
}

pub(crate) async fn import_insert(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    name: &str,
    items: serde_json::Value,
) -> Result<()> {
    sql("INSERT INTO news_import (commune_id, id, name, items, account_id, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(id)
        .bind(name)
        .bind(items)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn import_find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Import> {
    sql("SELECT name, items, done_at FROM news_import WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .one(on)
        .await
}

pub(crate) async fn import_done(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let written =
        sql("UPDATE news_import SET done_at = $3 WHERE commune_id = $1 AND id = $2 AND done_at IS NULL");
    Ok(written.bind(ctx.commune).bind(id).bind(ctx.now).run(tx).await? == 1)
}
