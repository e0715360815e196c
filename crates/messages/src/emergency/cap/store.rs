//! SQL of trusted senders and of what came from them.

use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// Somebody whose warnings are taken.
#[derive(Debug, FromQueryResult)]
pub(super) struct Sender {
    pub id: Uuid,
    pub name: String,
    /// DER in hexadecimal.
    pub certificate: String,
    pub added_at: DateTime<Utc>,
}

pub(super) async fn senders(ctx: &Ctx, on: &impl Run) -> Result<Vec<Sender>> {
    let query =
        sql("SELECT id, name, certificate, added_at FROM cap_sender WHERE commune_id = ").arg(ctx.commune);
    query.push(" AND removed_at IS NULL ORDER BY id /* all rows */").all(on).await
}

pub(super) async fn sender_insert(ctx: &Ctx, tx: &Tx, id: Uuid, name: &str, certificate: &str) -> Result<()> {
    sql("INSERT INTO cap_sender (commune_id, id, name, certificate, account_id, added_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(id)
        .bind(name)
        .bind(certificate)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn sender_remove(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let gone =
        sql("UPDATE cap_sender SET removed_at = $3 WHERE commune_id = $1 AND id = $2 AND removed_at IS NULL")
            .bind(ctx.commune)
            .bind(id)
            .bind(ctx.now)
            .run(tx)
            .await?;
    if gone == 1 { Ok(()) } else { Err(Error::not_found()) }
}

/// What came.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Received {
    pub cap_id: String,
    pub sender_id: Uuid,
    /// told, asked, cancelled or kept.
    pub done: String,
    pub why: String,
    pub emergency_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}

const RECEIVED: &str =
    "SELECT cap_id, sender_id, done, why, emergency_id, at FROM cap_received WHERE commune_id = ";

pub(super) async fn received(ctx: &Ctx, on: &impl Run, cap_id: &str) -> Result<Option<Received>> {
    sql(RECEIVED).arg(ctx.commune).push(" AND cap_id = ").arg(cap_id).first(on).await
}

pub(super) async fn received_list(ctx: &Ctx, limit: i64) -> Result<Vec<Received>> {
    sql(RECEIVED)
        .arg(ctx.commune)
        .push(" ORDER BY at DESC, cap_id DESC LIMIT ")
        .arg(limit)
        .all(&ctx.app.db)
        .await
}

pub(super) async fn received_insert(ctx: &Ctx, tx: &Tx, one: &Received, xml: &str) -> Result<()> {
    sql("INSERT INTO cap_received (commune_id, cap_id, sender_id, done, why, emergency_id, xml, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(ctx.commune)
        .bind(one.cap_id.as_str())
        .bind(one.sender_id)
        .bind(one.done.as_str())
        .bind(one.why.as_str())
        .bind(one.emergency_id)
        .bind(xml)
        .bind(one.at)
        .run(tx)
        .await?;
    Ok(())
}
