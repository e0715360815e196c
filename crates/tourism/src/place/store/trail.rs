//! SQL of what belongs to a place: versions, what happened, pictures, contact and consent, years without the festival.

use super::super::contact::{Consent, Contact};
use super::super::model::{Event, Happened, Picture, Place};
use super::super::skip::Skip;
use chrono::NaiveDate;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

pub(crate) async fn version_insert(ctx: &Ctx, tx: &Tx, one: &Place) -> Result<()> {
    sql("INSERT INTO tourism_version (commune_id, place_id, serial, content, account_id, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.version)
        .bind(serde_json::to_value(&one.content)?)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn event_insert(
    ctx: &Ctx,
    tx: &Tx,
    place: Uuid,
    happened: Happened,
    note: &str,
) -> Result<()> {
    sql("INSERT INTO tourism_event (commune_id, place_id, id, happened, account_id, note, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(ctx.commune)
        .bind(place)
        .bind(ctx.new_id())
        .bind(happened)
        .bind(ctx.account_or_none())
        .bind(note)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn events(ctx: &Ctx, place: Uuid) -> Result<Vec<Event>> {
    sql("SELECT happened, account_id, note, at FROM tourism_event WHERE commune_id = $1 AND place_id = $2 ORDER BY id DESC LIMIT 100")
        .bind(ctx.commune)
        .bind(place)
        .all(&ctx.app.db)
        .await
}

const PICTURE: &str = "SELECT id, place_id, position, name, alt, alt_en, credit, file_id, middle_id, small_id, width, height \
                       FROM tourism_picture WHERE commune_id = ";

/// In their order.
pub(crate) async fn pictures(ctx: &Ctx, on: &impl Run, place: Uuid) -> Result<Vec<Picture>> {
    let query = sql(PICTURE).arg(ctx.commune).push(" AND place_id = ").arg(place);
    query.push(" ORDER BY position, id LIMIT 100").all(on).await
}

pub(crate) async fn picture(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Picture> {
    sql(PICTURE).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

pub(crate) async fn picture_insert(ctx: &Ctx, tx: &Tx, one: &Picture) -> Result<()> {
    sql("INSERT INTO tourism_picture (commune_id, id, place_id, position, name, alt, alt_en, credit, file_id, middle_id, small_id, \
         width, height) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.place_id)
    .bind(one.position)
    .bind(one.name.as_str())
    .bind(one.alt.as_str())
    .bind(one.alt_en.as_str())
    .bind(one.credit.as_str())
    .bind(one.file_id)
    .bind(one.middle_id)
    .bind(one.small_id)
    .bind(one.width)
    .bind(one.height)
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn picture_update(ctx: &Ctx, tx: &Tx, one: &Picture) -> Result<()> {
    sql("UPDATE tourism_picture SET position = $3, alt = $4, alt_en = $5, credit = $6 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.position)
        .bind(one.alt.as_str())
        .bind(one.alt_en.as_str())
        .bind(one.credit.as_str())
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn picture_delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM tourism_picture WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

const CONTACT: &str =
    "SELECT place_id, name, phone, zalo, email, web, private FROM tourism_contact WHERE commune_id = ";

pub(crate) async fn contact(ctx: &Ctx, on: &impl Run, place: Uuid) -> Result<Option<Contact>> {
    sql(CONTACT).arg(ctx.commune).push(" AND place_id = ").arg(place).first(on).await
}

/// Of several places.
pub(crate) async fn contacts(ctx: &Ctx, places: &[Uuid]) -> Result<Vec<Contact>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(CONTACT).arg(ctx.commune).push(" AND place_id IN (").args(places.iter().copied());
    query.push(")").all(&ctx.app.db).await
}

pub(crate) async fn contact_write(ctx: &Ctx, tx: &Tx, one: &Contact) -> Result<()> {
    sql("INSERT INTO tourism_contact (commune_id, place_id, name, phone, zalo, email, web, private, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (commune_id, place_id) DO UPDATE SET name = $3, phone = $4, \
         zalo = $5, email = $6, web = $7, private = $8, updated_at = $9")
    .bind(ctx.commune)
    .bind(one.place_id)
    .bind(one.name.as_str())
    .bind(one.phone.as_str())
    .bind(one.zalo.as_str())
    .bind(one.email.as_str())
    .bind(one.web.as_str())
    .bind(one.private)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn contact_delete(ctx: &Ctx, tx: &Tx, place: Uuid) -> Result<()> {
    sql("DELETE FROM tourism_contact WHERE commune_id = $1 AND place_id = $2")
        .bind(ctx.commune)
        .bind(place)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn consents(ctx: &Ctx, on: &impl Run, place: Uuid) -> Result<Vec<Consent>> {
    sql("SELECT given_on, how, withdrawn_on FROM tourism_consent WHERE commune_id = $1 AND place_id = $2 ORDER BY id DESC \
         LIMIT 20")
    .bind(ctx.commune)
    .bind(place)
    .all(on)
    .await
}

/// A new consent takes the place of the one before.
pub(crate) async fn consent_insert(
    ctx: &Ctx,
    tx: &Tx,
    place: Uuid,
    given_on: NaiveDate,
    how: &str,
) -> Result<()> {
    consent_withdraw(ctx, tx, place).await?;
    sql("INSERT INTO tourism_consent (commune_id, place_id, id, given_on, how, account_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(ctx.commune)
        .bind(place)
        .bind(ctx.new_id())
        .bind(given_on)
        .bind(how)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// True when there was one.
pub(crate) async fn consent_withdraw(ctx: &Ctx, tx: &Tx, place: Uuid) -> Result<bool> {
    let ended = sql(
        "UPDATE tourism_consent SET withdrawn_on = $3 WHERE commune_id = $1 AND place_id = $2 AND withdrawn_on IS NULL",
    );
    Ok(ended.bind(ctx.commune).bind(place).bind(ctx.today()).run(tx).await? > 0)
}

pub(crate) async fn skip_write(ctx: &Ctx, tx: &Tx, place: Uuid, year: i32, reason: &str) -> Result<()> {
    sql("INSERT INTO tourism_skip (commune_id, place_id, year, reason, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, place_id, year) DO UPDATE SET reason = $4, at = $5")
    .bind(ctx.commune)
    .bind(place)
    .bind(i64::from(year))
    .bind(reason)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn skip_delete(ctx: &Ctx, tx: &Tx, place: Uuid, year: i32) -> Result<()> {
    sql("DELETE FROM tourism_skip WHERE commune_id = $1 AND place_id = $2 AND year = $3")
        .bind(ctx.commune)
        .bind(place)
        .bind(i64::from(year))
        .run(tx)
        .await?;
    Ok(())
}

/// Of all festivals: a handful.
pub(crate) async fn skips(ctx: &Ctx) -> Result<Vec<Skip>> {
    sql("SELECT place_id, year, reason FROM tourism_skip WHERE commune_id = $1 ORDER BY place_id, year LIMIT 1000")
        .bind(ctx.commune)
        .all(&ctx.app.db)
        .await
}
