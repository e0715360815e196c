//! Tasks beside each other, and as work files ask for them.

use super::model::{Duty, Source, State, Task};
use super::policy::{Candidate, Policy};
use super::store::{self, seen, select};
use platform::{Ctx, Result, Tx, Uuid, sql};
use std::collections::HashMap;

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

/// Everybody whom the reader may charge.
pub(crate) async fn candidates(ctx: &Ctx) -> Result<Vec<Candidate>> {
    Policy::load(ctx)?.candidates(ctx).await
}

/// How far a task of a plan is.
pub(crate) struct Progress {
    pub path: String,
    /// None for one that was taken back.
    pub percent: Option<i64>,
    pub late: bool,
    pub badge: (ui::Status, &'static str),
}

/// How far the tasks of a plan are. Everybody who may open the plan reads that of all of them.
pub(crate) async fn progress(ctx: &Ctx, plan: Uuid) -> Result<HashMap<Uuid, Progress>> {
    let query = select(ctx).push(" AND source = ").arg(Source::Plan).push(" AND source_id = ").arg(plan);
    let tasks: Vec<Task> = query.push(" ORDER BY id LIMIT 500").all(&ctx.app.db).await?;
    let ids: Vec<Uuid> = tasks.iter().map(|task| task.id).collect();
    let parts = store::parts(ctx, &ctx.app.db, &ids).await?;
    let main = parts.iter().filter(|part| part.duty == Duty::Main);
    let far: HashMap<Uuid, i64> = main.map(|part| (part.task_id, part.progress)).collect();
    let one = |task: Task| {
        let percent = match task.state {
            State::Done => Some(100),
            State::Cancelled => None,
            State::Open | State::Reported => far.get(&task.id).copied(),
        };
        let late = task.state == State::Open && task.late(ctx.now);
        (task.id, Progress { path: task.path(), percent, late, badge: task.badge(ctx.now) })
    };
    Ok(tasks.into_iter().map(one).collect())
}
