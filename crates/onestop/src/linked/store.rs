//! SQL of linked acts.

use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use std::collections::HashMap;

#[derive(FromQueryResult)]
struct Link {
    id: Uuid,
    main_id: Uuid,
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, id: Uuid, main: Uuid) -> Result<()> {
    sql("INSERT INTO dossier_link (commune_id, id, main_id) VALUES ($1, $2, $3)")
        .bind(ctx.commune)
        .bind(id)
        .bind(main)
        .run(tx)
        .await?;
    Ok(())
}

/// The draft or dossier that this one was asked for along with.
pub(crate) async fn main_of(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Option<Uuid>> {
    sql("SELECT main_id FROM dossier_link WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .scalar(on)
        .await
}

/// The same for many: only those that were asked for along with another have an entry.
pub(crate) async fn mains_of(ctx: &Ctx, on: &impl Run, ids: &[Uuid]) -> Result<HashMap<Uuid, Uuid>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = sql("SELECT id, main_id FROM dossier_link WHERE commune_id = ").arg(ctx.commune);
    let found: Vec<Link> = query.push(" AND id IN (").args(ids.iter().copied()).push(")").all(on).await?;
    Ok(found.into_iter().map(|one| (one.id, one.main_id)).collect())
}

/// What was asked for along with this main one, in the order in which it was added.
pub(crate) async fn members(ctx: &Ctx, on: &impl Run, main: Uuid) -> Result<Vec<Uuid>> {
    let found: Vec<Link> =
        sql("SELECT id, main_id FROM dossier_link WHERE commune_id = $1 AND main_id = $2 ORDER BY id")
            .bind(ctx.commune)
            .bind(main)
            .all(on)
            .await?;
    Ok(found.into_iter().map(|one| one.id).collect())
}

/// A draft is thrown away: it is linked to nothing any more.
pub(crate) async fn drop_of(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM dossier_link WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}
