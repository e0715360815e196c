//! Papers of a dossier: pages that the applicant gives, documents that are returned.

use chrono::{DateTime, Utc};
use platform::files::{self, Accept, Prepared};
use platform::{Ctx, Result, Run, Tx, Uuid, choice, sql};
use sea_orm::FromQueryResult;

/// What is taken: photographs, and documents as scanners and signing programs make them.
pub const ACCEPT: Accept =
    Accept { types: &["image/jpeg", "image/png", "image/webp", "application/pdf"], max_bytes: 25 << 20 };

choice! {
    Given, "onestop-given", {
        Paper = "paper",
        Result = "result",
        /// With an opinion that was asked for: the office's own. `paper_key` is the opinion's id.
        Opinion = "opinion",
        /// With a complaint: for its sender and whoever answers it. `paper_key` is the complaint's id.
        Complaint = "complaint",
    }
}

/// A page or document.
#[derive(Debug, Clone, FromQueryResult)]
pub struct PaperRow {
    pub id: Uuid,
    pub kind: Given,
    pub paper_key: String,
    pub file_id: Uuid,
    pub account_id: Option<Uuid>,
    pub added_at: DateTime<Utc>,
}

/// What is there and was not exchanged, in the order in which it came.
pub async fn papers(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<Vec<PaperRow>> {
    given(ctx, on, dossier, Given::Paper).await
}

pub async fn results(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<Vec<PaperRow>> {
    given(ctx, on, dossier, Given::Result).await
}

/// What came in one way.
pub(crate) async fn given(ctx: &Ctx, on: &impl Run, dossier: Uuid, kind: Given) -> Result<Vec<PaperRow>> {
    sql("SELECT id, kind, paper_key, file_id, account_id, added_at FROM dossier_paper \
         WHERE commune_id = $1 AND dossier_id = $2 AND kind = $3 AND dropped_at IS NULL ORDER BY id")
    .bind(ctx.commune)
    .bind(dossier)
    .bind(kind)
    .all(on)
    .await
}

/// One of them, by its own id, that belongs to this dossier.
pub(crate) async fn one(ctx: &Ctx, dossier: Uuid, id: Uuid) -> Result<PaperRow> {
    sql("SELECT id, kind, paper_key, file_id, account_id, added_at FROM dossier_paper \
         WHERE commune_id = $1 AND dossier_id = $2 AND id = $3")
    .bind(ctx.commune)
    .bind(dossier)
    .bind(id)
    .one(&ctx.app.db)
    .await
}

/// Adds a prepared file. What came before under the same key stays: papers have many pages.
pub async fn paper_add(
    ctx: &Ctx,
    tx: &Tx,
    dossier: Uuid,
    kind: Given,
    key: &str,
    file: &Prepared,
) -> Result<Uuid> {
    let id = ctx.new_id();
    let file_id = files::keep(ctx, tx, file, "dossier", dossier).await?;
    sql("INSERT INTO dossier_paper (commune_id, dossier_id, id, kind, paper_key, file_id, account_id, added_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(ctx.commune)
    .bind(dossier)
    .bind(id)
    .bind(kind)
    .bind(key)
    .bind(file_id)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(id)
}

/// Takes a page away; the row stays, so the story is whole.
pub async fn paper_drop(ctx: &Ctx, tx: &Tx, dossier: Uuid, id: Uuid) -> Result<()> {
    sql("UPDATE dossier_paper SET dropped_at = $4 WHERE commune_id = $1 AND dossier_id = $2 AND id = $3")
        .bind(ctx.commune)
        .bind(dossier)
        .bind(id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// Takes all pages of one paper away: it is exchanged.
pub(super) async fn drop_all(ctx: &Ctx, tx: &Tx, dossier: Uuid, key: &str) -> Result<()> {
    sql("UPDATE dossier_paper SET dropped_at = $4 WHERE commune_id = $1 AND dossier_id = $2 AND paper_key = $3 \
         AND kind = 'paper' AND dropped_at IS NULL")
    .bind(ctx.commune)
    .bind(dossier)
    .bind(key)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}
