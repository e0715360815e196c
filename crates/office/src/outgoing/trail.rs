//! SQL of what stands behind a document: its versions, what happened to it, who gets it.

use super::model::{Delivery, Document, Event, Happened, Recipient, Version};
use platform::db::insert_many;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use std::collections::HashMap;

/// Keeps the draft as it stands as the next version.
pub(super) async fn version_insert(ctx: &Ctx, tx: &Tx, one: &Document) -> Result<()> {
    sql("INSERT INTO outgoing_version (commune_id, document_id, serial, content, account_id, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.version)
        .bind(serde_json::to_value(&one.content)?)
        .bind(ctx.account()?)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// The versions of a document that the caller has found, the newest first.
pub(super) async fn versions(ctx: &Ctx, document: Uuid, limit: i64) -> Result<Vec<Version>> {
    sql("SELECT serial, content, account_id, at FROM outgoing_version WHERE commune_id = $1 AND document_id = $2 \
         ORDER BY serial DESC LIMIT $3")
    .bind(ctx.commune)
    .bind(document)
    .bind(limit)
    .all(&ctx.app.db)
    .await
}

pub(super) async fn version(ctx: &Ctx, document: Uuid, serial: i64) -> Result<Version> {
    sql("SELECT serial, content, account_id, at FROM outgoing_version WHERE commune_id = $1 AND document_id = $2 AND serial = $3")
        .bind(ctx.commune)
        .bind(document)
        .bind(serial)
        .one(&ctx.app.db)
        .await
}

pub(super) async fn event_insert(
    ctx: &Ctx,
    tx: &Tx,
    one: &Document,
    happened: Happened,
    note: &str,
) -> Result<()> {
    sql("INSERT INTO outgoing_event (commune_id, document_id, id, happened, account_id, version, note, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(ctx.new_id())
    .bind(happened)
    .bind(ctx.account_or_none())
    .bind(one.version)
    .bind(note)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// What happened to a document that the caller has found, oldest first.
pub(super) async fn events(ctx: &Ctx, document: Uuid) -> Result<Vec<Event>> {
    sql("SELECT happened, account_id, version, note, at FROM outgoing_event WHERE commune_id = $1 AND document_id = $2 ORDER BY id")
        .bind(ctx.commune)
        .bind(document)
        .all(&ctx.app.db)
        .await
}

pub(super) async fn recipients_insert(ctx: &Ctx, tx: &Tx, document: Uuid, all: &[Recipient]) -> Result<()> {
    let columns = ["commune_id", "document_id", "serial", "name", "code", "delivery", "note", "at"];
    let rows = all.iter().map(|one| {
        vec![
            ctx.commune.into(),
            document.into(),
            one.serial.into(),
            one.name.as_str().into(),
            one.code.as_str().into(),
            one.delivery.into(),
            one.note.as_str().into(),
            one.at.into(),
        ]
    });
    insert_many(tx, "outgoing_recipient", &columns, rows, "").await?;
    Ok(())
}

/// The recipients of a document that the caller has found.
pub(crate) async fn recipients(ctx: &Ctx, on: &impl Run, document: Uuid) -> Result<Vec<Recipient>> {
    sql("SELECT serial, name, code, delivery, note, at FROM outgoing_recipient WHERE commune_id = $1 AND document_id = $2 \
         ORDER BY serial")
    .bind(ctx.commune)
    .bind(document)
    .all(on)
    .await
}

#[derive(sea_orm::FromQueryResult)]
struct OfMany {
    document_id: Uuid,
    serial: i64,
    name: String,
    code: String,
    delivery: Delivery,
    note: String,
    at: chrono::DateTime<chrono::Utc>,
}

/// The recipients of many documents at once, for the register.
pub(super) async fn recipients_of(ctx: &Ctx, documents: &[Uuid]) -> Result<HashMap<Uuid, Vec<Recipient>>> {
    let mut found: HashMap<Uuid, Vec<Recipient>> = HashMap::new();
    for some in documents.chunks(500) {
        let query = sql(
            "SELECT document_id, serial, name, code, delivery, note, at FROM outgoing_recipient WHERE commune_id = ",
        );
        let query = query.arg(ctx.commune).push(" AND document_id IN (").args(some.iter().copied());
        let rows: Vec<OfMany> = query.push(") ORDER BY document_id, serial").all(&ctx.app.db).await?;
        for row in rows {
            let OfMany { document_id, serial, name, code, delivery, note, at } = row;
            found.entry(document_id).or_default().push(Recipient { serial, name, code, delivery, note, at });
        }
    }
    Ok(found)
}

/// Writes how far it is to one recipient; false when there is none such.
pub(super) async fn recipient_update(
    ctx: &Ctx,
    tx: &Tx,
    document: Uuid,
    serial: i64,
    delivery: Delivery,
    note: &str,
) -> Result<bool> {
    let written = sql("UPDATE outgoing_recipient SET delivery = $4, note = $5, at = $6 \
                       WHERE commune_id = $1 AND document_id = $2 AND serial = $3")
    .bind(ctx.commune)
    .bind(document)
    .bind(serial)
    .bind(delivery)
    .bind(note)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(written == 1)
}
