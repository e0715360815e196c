//! SQL of procedures: files that a commune uploaded, and the texts that dossiers keep.

use chrono::NaiveDate;
use platform::{Ctx, Result, Run, Tx, sql};
use sea_orm::FromQueryResult;

/// An uploaded version.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Uploaded {
    pub code: String,
    pub valid_from: NaiveDate,
    pub digest: String,
}

pub async fn uploaded(ctx: &Ctx) -> Result<Vec<Uploaded>> {
    sql("SELECT code, valid_from, digest FROM procedure_file /* all rows */ WHERE commune_id = $1 \
         ORDER BY code, valid_from")
    .bind(ctx.commune)
    .all(&ctx.app.db)
    .await
}

pub async fn put(ctx: &Ctx, tx: &Tx, code: &str, from: NaiveDate, digest: &str) -> Result<()> {
    sql("INSERT INTO procedure_file (commune_id, code, valid_from, digest, account_id, uploaded_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (commune_id, code, valid_from) DO UPDATE SET \
         digest = excluded.digest, account_id = excluded.account_id, uploaded_at = excluded.uploaded_at")
    .bind(ctx.commune)
    .bind(code)
    .bind(from)
    .bind(digest)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// How many versions went.
pub async fn withdraw(ctx: &Ctx, tx: &Tx, code: &str, from: NaiveDate) -> Result<u64> {
    sql("DELETE FROM procedure_file WHERE commune_id = $1 AND code = $2 AND valid_from = $3")
        .bind(ctx.commune)
        .bind(code)
        .bind(from)
        .run(tx)
        .await
}

/// Keeps a text for as long as a dossier may point to it.
pub async fn keep_text(ctx: &Ctx, tx: &Tx, digest: &str, code: &str, text: &str) -> Result<()> {
    sql("INSERT INTO procedure_text (commune_id, digest, code, body) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (commune_id, digest) DO NOTHING")
    .bind(ctx.commune)
    .bind(digest)
    .bind(code)
    .bind(text)
    .run(tx)
    .await?;
    Ok(())
}

pub async fn text(ctx: &Ctx, on: &impl Run, digest: &str) -> Result<String> {
    let found = sql("SELECT body FROM procedure_text WHERE commune_id = $1 AND digest = $2");
    let found: Option<String> = found.bind(ctx.commune).bind(digest).scalar(on).await?;
    found.ok_or_else(|| platform::Error::internal("a dossier without the text of its procedure"))
}
