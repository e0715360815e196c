//! SQL of what became of tasks, person by person.

use super::period::Period;
use crate::task::model::Task;
use crate::task::store::select;
use platform::clock::{end_of_day, start_of_day};
use platform::db::Sql;
use platform::{Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;

/// What one person was charged with, by the deadline of the task. But for `helped`, as main doer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub(super) struct Doer {
    pub account_id: Uuid,
    pub given: i64,
    pub in_time: i64,
    pub late: i64,
    /// The deadline is over and it is not done.
    pub undone: i64,
    /// As co-doer.
    pub helped: i64,
    /// Nobody has said yet that they have it; as main doer or co-doer.
    pub silent: i64,
}

fn within(ctx: &Ctx, query: Sql, period: &Period, alias: &str) -> Sql {
    query
        .push(&format!("{alias}commune_id = "))
        .arg(ctx.commune)
        .push(&format!(" AND {alias}state IN ('open', 'reported', 'done') AND {alias}due_at > "))
        .arg(start_of_day(period.from))
        .push(&format!(" AND {alias}due_at <= "))
        .arg(end_of_day(period.to))
}

/// Everybody who was charged with something due in the period; only one person where `who` is given.
pub(super) async fn doers(ctx: &Ctx, period: &Period, who: Option<Uuid>) -> Result<Vec<Doer>> {
    let sum =
        |when: &str, name: &str| format!("CAST(SUM(CASE WHEN {when} THEN 1 ELSE 0 END) AS BIGINT) AS {name}");
    let columns = [
        "p.account_id".to_owned(),
        sum("p.duty = 'main'", "given"),
        sum("p.duty = 'main' AND p.done_at IS NOT NULL AND p.done_at <= t.due_at", "in_time"),
        sum("p.duty = 'main' AND p.done_at > t.due_at", "late"),
    ];
    let mut query = sql(format!("SELECT {}, ", columns.join(", ")))
        .push("CAST(SUM(CASE WHEN p.duty = 'main' AND p.done_at IS NULL AND t.due_at < ")
        .arg(ctx.now)
        .push(" THEN 1 ELSE 0 END) AS BIGINT) AS undone, ")
        .push(&sum("p.duty = 'co'", "helped"))
        .push(", ")
        .push(&sum("p.acknowledged_at IS NULL AND t.state = 'open'", "silent"))
        .push(" FROM task t JOIN task_part p ON p.commune_id = t.commune_id AND p.task_id = t.id WHERE ");
    query = within(ctx, query, period, "t.").push(" AND p.duty <> 'inform'");
    if let Some(who) = who {
        query = query.push(" AND p.account_id = ").arg(who);
    }
    query.push(" GROUP BY p.account_id").all(&ctx.app.db).await
}

/// What somebody was charged with as main doer or co-doer and is due in the period, the first deadline first.
pub(super) async fn tasks(ctx: &Ctx, period: &Period, who: Uuid, limit: i64) -> Result<Vec<Task>> {
    within(ctx, select(ctx).push(" AND "), period, "")
        .push(" AND id IN (SELECT task_id FROM task_part WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND account_id = ")
        .arg(who)
        .push(" AND duty <> 'inform') ORDER BY due_at, id LIMIT ")
        .arg(limit)
        .all(&ctx.app.db)
        .await
}
