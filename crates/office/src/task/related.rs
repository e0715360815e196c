//! Tasks beside each other, and as work files ask for them.

use super::model::Task;
use super::policy::{Candidate, Policy};
use super::store::{seen, select};
use platform::{Ctx, Result, Tx, Uuid, sql};

/// The task above it, and those that came from the same source; at most a hundred.
pub(super) async fn siblings(ctx: &Ctx, tx: &Tx, one: &Task) -> Result<Vec<Uuid>> {
    let mut ids: Vec<Uuid> = one.parent_id.into_iter().collect();
    if let Some(source) = one.source_id {
        let beside: Vec<Uuid> = sql(
            "SELECT id FROM task WHERE commune_id = $1 AND source = $2 AND source_id = $3 ORDER BY id LIMIT 100",
        )
        .bind(ctx.commune)
        .bind(one.source)
        .bind(source)
        .column(tx)
        .await?;
        ids.extend(beside.into_iter().filter(|id| *id != one.id));
    }
    Ok(ids)
}

/// Those of these that the reader may see.
pub(crate) async fn by_ids(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Task>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = select(ctx).push(" AND id IN (").args(ids.iter().copied()).push(")");
    seen(ctx, query)?.all(&ctx.app.db).await
}

/// The code of the first of these that is not over.
pub(crate) async fn first_open(ctx: &Ctx, tx: &Tx, ids: &[Uuid]) -> Result<Option<String>> {
    if ids.is_empty() {
        return Ok(None);
    }
    sql("SELECT code FROM task WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND id IN (")
        .args(ids.iter().copied())
        .push(") AND state IN ('open', 'reported') ORDER BY id LIMIT 1")
        .scalar(tx)
        .await
}

/// The commune's own people, who keep work files; the reader is not among them.
pub(crate) async fn staff(ctx: &Ctx) -> Result<Vec<Candidate>> {
    let all = Policy::load(ctx)?.candidates(ctx).await?;
    Ok(all.into_iter().filter(|one| one.of_staff).collect())
}
