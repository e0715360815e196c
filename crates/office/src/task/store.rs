//! SQL of tasks.

use super::model::{Answer, Duty, Event, Evidence, Extension, Happened, Part, Source, State, Task};
use super::rules::day_of;
use chrono::{DateTime, NaiveDate, Utc};
use platform::clock::local_date;
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

pub(super) const COLUMNS: &str = "id, code, source, source_id, parent_id, title, body, urgency, assigned_by, assigned_at, due_at, \
                       state, ended_at";
const PARTS: &str = "SELECT task_id, account_id, duty, open, delivered_at, seen_at, acknowledged_at, progress, done_at, seen_via, \
                     link_asked_at FROM task_part WHERE commune_id = ";

pub(super) fn select(ctx: &Ctx) -> Sql {
    sql("SELECT ").push(COLUMNS).push(" FROM task WHERE commune_id = ").arg(ctx.commune)
}

/// Who does not see every task sees what they gave and what was given to them.
pub(super) fn seen(ctx: &Ctx, query: Sql) -> Result<Sql> {
    if ctx.may("task.list") {
        return Ok(query);
    }
    let me = ctx.account()?;
    let query = query.push(" AND (assigned_by = ").arg(me);
    let query = query.push(" OR id IN (SELECT task_id FROM task_part WHERE commune_id = ").arg(ctx.commune);
    Ok(query.push(" AND account_id = ").arg(me).push("))"))
}

/// # Errors
/// Not found, also when it is no business of the reader.
pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Task> {
    seen(ctx, select(ctx).push(" AND id = ").arg(id))?.one(on).await
}

/// The tasks that came from something, oldest first.
pub(super) async fn of_source(ctx: &Ctx, source: Source, ids: &[Uuid]) -> Result<Vec<Task>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = select(ctx).push(" AND source = ").arg(source).push(" AND source_id IN (");
    seen(ctx, query.args(ids.iter().copied()).push(")"))?.push(" ORDER BY id").all(&ctx.app.db).await
}

/// Whether other tasks of the same source are still open.
pub(super) async fn others_open(ctx: &Ctx, tx: &Tx, one: &Task) -> Result<bool> {
    let Some(source) = one.source_id else { return Ok(false) };
    let open = sql(
        "SELECT COUNT(*) FROM task WHERE commune_id = $1 AND source = $2 AND source_id = $3 AND id <> $4 \
                    AND state IN ('open', 'reported')",
    )
    .bind(ctx.commune)
    .bind(one.source)
    .bind(source)
    .bind(one.id)
    .count(tx)
    .await?;
    Ok(open > 0)
}

/// Which tasks a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// What waits for the reader as a recipient.
    Mine,
    /// What the reader was charged with and has done.
    MineOver,
    /// What the reader gave and is not over.
    Given,
    /// Everything of the commune that is not over.
    Open,
    /// Of that, what is late.
    Late,
    Over,
}

fn narrowed(ctx: &Ctx, query: Sql, which: Which) -> Result<Sql> {
    let of_me = |query: Sql, open: bool| -> Result<Sql> {
        let query =
            query.push(" AND id IN (SELECT task_id FROM task_part WHERE commune_id = ").arg(ctx.commune);
        Ok(query.push(" AND account_id = ").arg(ctx.account()?).push(" AND open = ").arg(open).push(")"))
    };
    let running = |query: Sql| query.push(" AND state IN ('open', 'reported')");
    Ok(match which {
        Which::Mine => of_me(query, true)?,
        Which::MineOver => of_me(query, false)?,
        Which::Given => running(query.push(" AND assigned_by = ").arg(ctx.account()?)),
        Which::Open => running(seen(ctx, query)?),
        Which::Late => seen(ctx, query)?.push(" AND state = 'open' AND due_at < ").arg(ctx.now),
        Which::Over => seen(ctx, query)?.push(" AND state IN ('done', 'cancelled')"),
    })
}

/// The newest first, below `after`.
pub(super) async fn list(ctx: &Ctx, which: Which, after: Option<Uuid>, limit: i64) -> Result<Vec<Task>> {
    let mut query = narrowed(ctx, select(ctx), which)?;
    if let Some(after) = after {
        query = query.push(" AND id < ").arg(after);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many a list shows, counted to 1,000.
pub(super) async fn count(ctx: &Ctx, which: Which) -> Result<i64> {
    let rows = narrowed(ctx, sql("SELECT 1 FROM task WHERE commune_id = ").arg(ctx.commune), which)?;
    sql("SELECT COUNT(*) FROM (").then(rows.push(" LIMIT 1000")).push(") counted").count(&ctx.app.db).await
}

/// Open tasks whose deadline lies before `until`, in the order of their deadlines.
pub(super) async fn due(ctx: &Ctx, until: DateTime<Utc>, limit: i64) -> Result<Vec<Task>> {
    select(ctx)
        .push(" AND state = 'open' AND due_at < ")
        .arg(until)
        .push(" ORDER BY due_at, id LIMIT ")
        .arg(limit)
        .all(&ctx.app.db)
        .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Task, position: i64) -> Result<()> {
    sql("INSERT INTO task (commune_id, id, code, source, source_id, parent_id, position, title, body, urgency, assigned_by, \
         assigned_at, due_at, state, revision, assigned_on, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
         'open', 1, $14, $15)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.code.as_str())
    .bind(one.source)
    .bind(one.source_id)
    .bind(one.parent_id)
    .bind(position)
    .bind(one.title.as_str())
    .bind(one.body.as_str())
    .bind(one.urgency)
    .bind(one.assigned_by)
    .bind(one.assigned_at)
    .bind(one.due_at)
    .bind(local_date(one.assigned_at))
    .bind(one.due_at.map(day_of))
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn insert_part(ctx: &Ctx, tx: &Tx, task: Uuid, account: Uuid, duty: Duty) -> Result<()> {
    sql("INSERT INTO task_part (commune_id, task_id, account_id, duty, open, delivered_at, progress) \
         VALUES ($1, $2, $3, $4, TRUE, $5, 0)")
    .bind(ctx.commune)
    .bind(task)
    .bind(account)
    .bind(duty)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// The recipients of tasks that the caller has found: the main doer first.
pub(super) async fn parts(ctx: &Ctx, on: &impl Run, tasks: &[Uuid]) -> Result<Vec<Part>> {
    if tasks.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(PARTS).arg(ctx.commune).push(" AND task_id IN (").args(tasks.iter().copied());
    query
        .push(") ORDER BY task_id, CASE duty WHEN 'main' THEN 0 WHEN 'co' THEN 1 ELSE 2 END, account_id")
        .all(on)
        .await
}

/// The reader's own part.
pub(super) async fn own(ctx: &Ctx, on: &impl Run, task: Uuid) -> Result<Option<Part>> {
    let query = sql(PARTS).arg(ctx.commune).push(" AND task_id = ").arg(task).push(" AND account_id = ");
    query.arg(ctx.account()?).first(on).await
}

/// How the reader came here: by a phone that a link was bound to, or signed in.
fn way(ctx: &Ctx) -> &'static str {
    if ctx.actor.as_ref().is_some_and(|actor| actor.by_link()) { "link" } else { "app" }
}

/// The reader opened it for the first time.
pub(super) async fn write_seen(ctx: &Ctx, tx: &Tx, task: Uuid) -> Result<bool> {
    let seen = sql(
        "UPDATE task_part SET seen_at = $4, seen_via = $5, open = (CASE WHEN duty = 'inform' THEN FALSE ELSE open END) \
                    WHERE commune_id = $1 AND task_id = $2 AND account_id = $3 AND seen_at IS NULL",
    )
    .bind(ctx.commune)
    .bind(task)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .bind(way(ctx))
    .run(tx)
    .await?;
    Ok(seen == 1)
}

/// The reader says that they have it; false when they said so before.
pub(super) async fn write_acknowledged(ctx: &Ctx, tx: &Tx, task: Uuid) -> Result<bool> {
    let said = sql("UPDATE task_part SET acknowledged_at = $4, acknowledged_on = $5 \
                    WHERE commune_id = $1 AND task_id = $2 AND account_id = $3 AND acknowledged_at IS NULL")
    .bind(ctx.commune)
    .bind(task)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .bind(ctx.today())
    .run(tx)
    .await?;
    Ok(said == 1)
}

/// How far the reader came. Whoever reports has seen and acknowledged.
pub(super) async fn write_progress(ctx: &Ctx, tx: &Tx, task: Uuid, progress: i64, done: bool) -> Result<()> {
    sql("UPDATE task_part SET progress = $4, done_at = $5, open = $6, seen_at = COALESCE(seen_at, $7), \
         acknowledged_at = COALESCE(acknowledged_at, $7), acknowledged_on = COALESCE(acknowledged_on, $8), done_on = $9 WHERE commune_id = $1 AND task_id = $2 AND account_id = $3")
    .bind(ctx.commune)
    .bind(task)
    .bind(ctx.account()?)
    .bind(progress)
    .bind(done.then_some(ctx.now))
    .bind(!done)
    .bind(ctx.now)
    .bind(ctx.today())
    .bind(done.then_some(ctx.today()))
    .run(tx)
    .await?;
    Ok(())
}

/// The main doer's part is open again.
pub(super) async fn write_returned(ctx: &Ctx, tx: &Tx, task: Uuid) -> Result<()> {
    sql("UPDATE task_part SET open = TRUE, done_at = NULL, done_on = NULL WHERE commune_id = $1 AND task_id = $2 AND duty = 'main'")
        .bind(ctx.commune)
        .bind(task)
        .run(tx)
        .await?;
    Ok(())
}

/// Nothing is waited for any more.
pub(super) async fn write_over(ctx: &Ctx, tx: &Tx, task: Uuid) -> Result<()> {
    sql("UPDATE task_part SET open = FALSE WHERE commune_id = $1 AND task_id = $2 AND open = TRUE")
        .bind(ctx.commune)
        .bind(task)
        .run(tx)
        .await?;
    Ok(())
}

/// Writes that a recipient was reminded today; false when that was done already.
pub(super) async fn write_reminded(ctx: &Ctx, tx: &Tx, part: &Part, day: NaiveDate) -> Result<bool> {
    let told = sql(
        "UPDATE task_part SET reminded_on = $4 WHERE commune_id = $1 AND task_id = $2 AND account_id = $3 \
                    AND (reminded_on IS NULL OR reminded_on < $4)",
    )
    .bind(ctx.commune)
    .bind(part.task_id)
    .bind(part.account_id)
    .bind(day)
    .run(tx)
    .await?;
    Ok(told == 1)
}

/// Moves a task where it stands in one of `from`; false when it does not.
pub(super) async fn write_state(ctx: &Ctx, tx: &Tx, id: Uuid, from: &[State], to: State) -> Result<bool> {
    let ended = matches!(to, State::Done | State::Cancelled).then_some(ctx.now);
    let moved =
        sql("UPDATE task SET revision = revision + 1, state = ").arg(to).push(", ended_at = ").arg(ended);
    let moved = moved.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND id = ").arg(id);
    let moved = moved.push(" AND state IN (").args(from.iter().copied()).push(")").run(tx).await?;
    Ok(moved == 1)
}

pub(super) async fn write_due(ctx: &Ctx, tx: &Tx, id: Uuid, due: DateTime<Utc>) -> Result<()> {
    sql("UPDATE task SET due_at = $3, due_on = $4, escalated_at = NULL, revision = revision + 1 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(due)
        .bind(day_of(due))
        .run(tx)
        .await?;
    Ok(())
}

/// The leaders were told; false when they were told before.
pub(super) async fn write_escalated(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let told =
        sql("UPDATE task SET escalated_at = $3 WHERE commune_id = $1 AND id = $2 AND escalated_at IS NULL")
            .bind(ctx.commune)
            .bind(id)
            .bind(ctx.now)
            .run(tx)
            .await?;
    Ok(told == 1)
}

/// What happened, with what came with it.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    pub words: &'a str,
    pub progress: Option<i64>,
    pub until: Option<DateTime<Utc>>,
}

pub(super) async fn insert_event(
    ctx: &Ctx,
    tx: &Tx,
    task: Uuid,
    what: Happened,
    line: Line<'_>,
) -> Result<Uuid> {
    let id = ctx.new_id();
    sql("INSERT INTO task_event (commune_id, id, task_id, what, words, by_id, progress, until, at, via) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(ctx.commune)
    .bind(id)
    .bind(task)
    .bind(what)
    .bind(line.words)
    .bind(ctx.account_or_none())
    .bind(line.progress)
    .bind(line.until)
    .bind(ctx.now)
    .bind(way(ctx))
    .run(tx)
    .await?;
    Ok(id)
}

pub(super) async fn events(ctx: &Ctx, on: &impl Run, task: Uuid) -> Result<Vec<Event>> {
    sql("SELECT id, what, words, by_id, progress, until, at, via FROM task_event WHERE commune_id = $1 AND task_id = $2 ORDER BY id")
        .bind(ctx.commune)
        .bind(task)
        .all(on)
        .await
}

pub(super) async fn insert_file(ctx: &Ctx, tx: &Tx, task: Uuid, event: Uuid, file: Uuid) -> Result<()> {
    sql("INSERT INTO task_file (commune_id, id, task_id, event_id, file_id) VALUES ($1, $2, $3, $4, $5)")
        .bind(ctx.commune)
        .bind(ctx.new_id())
        .bind(task)
        .bind(event)
        .bind(file)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn files(ctx: &Ctx, on: &impl Run, task: Uuid) -> Result<Vec<Evidence>> {
    sql("SELECT id, event_id, file_id FROM task_file WHERE commune_id = $1 AND task_id = $2 ORDER BY id")
        .bind(ctx.commune)
        .bind(task)
        .all(on)
        .await
}

pub(super) async fn insert_extension(
    ctx: &Ctx,
    tx: &Tx,
    task: Uuid,
    until: DateTime<Utc>,
    reason: &str,
) -> Result<()> {
    sql("INSERT INTO task_extension (commune_id, id, task_id, asked_by, asked_at, until, reason, state, answer) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', '')")
    .bind(ctx.commune)
    .bind(ctx.new_id())
    .bind(task)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .bind(until)
    .bind(reason)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn extensions(ctx: &Ctx, on: &impl Run, task: Uuid) -> Result<Vec<Extension>> {
    sql("SELECT id, asked_by, until, reason, state FROM task_extension WHERE commune_id = $1 AND task_id = $2 ORDER BY id")
        .bind(ctx.commune)
        .bind(task)
        .all(on)
        .await
}

/// Answers what waits; false when it was answered already.
pub(super) async fn write_answer(ctx: &Ctx, tx: &Tx, id: Uuid, answer: Answer, words: &str) -> Result<bool> {
    let written =
        sql("UPDATE task_extension SET state = $3, answer = $4, answered_by = $5, answered_at = $6 \
                       WHERE commune_id = $1 AND id = $2 AND state = 'waiting'")
        .bind(ctx.commune)
        .bind(id)
        .bind(answer)
        .bind(words)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(written == 1)
}
