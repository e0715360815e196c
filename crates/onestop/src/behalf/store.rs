//! SQL of who filed a dossier for somebody else.

use super::Ground;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// That somebody filed a dossier for its applicant.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Filed {
    pub ground: Ground,
    pub account_id: Uuid,
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, dossier: Uuid, ground: Ground, consented: bool) -> Result<()> {
    sql("INSERT INTO dossier_behalf (commune_id, dossier_id, ground, account_id, consented, declared_at) \
         VALUES ($1, $2, $3, $4, $5, $6)")
    .bind(ctx.commune)
    .bind(dossier)
    .bind(ground)
    .bind(ctx.account()?)
    .bind(consented)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn of_dossier(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<Option<Filed>> {
    sql("SELECT ground, account_id FROM dossier_behalf WHERE commune_id = $1 AND dossier_id = $2")
        .bind(ctx.commune)
        .bind(dossier)
        .first(on)
        .await
}
