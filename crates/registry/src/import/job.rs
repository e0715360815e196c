//! The background work of an import. Each may be cut off anywhere and run again: what is written is marked as done in
//! the same transaction.

use super::batch::{Batch, Mode, State};
use super::check::{Checked, House};
use super::rules::{judge, judge_lines, judged, put_verdicts};
use super::store::{self, Kept, RowState};
use super::write::{Writing, write};
use super::{group, read, row, schema};
use crate::lists;
use platform::access::{Actor, Via};
use platform::jobs::Job;
use platform::{Ctx, Error, Kind, Result, Uuid, files};
use serde_json::{Value, json};
use std::sync::Arc;

/// Households in one transaction where faulty ones may wait: other officers get their turn in between.
const AT_ONCE: usize = 300;

/// Reads the file and judges every row.
pub(super) async fn check(ctx: Ctx, job: Job) -> Result<Value> {
    let ctx = on_behalf(ctx, &job);
    let batch = store::find(&ctx, &ctx.app.db, of(&job)?).await?;
    if batch.state != State::Staged {
        return Ok(Value::Null);
    }
    let file = files::find(&ctx, &ctx.app.db, batch.file_id.ok_or_else(Error::not_found)?).await?;
    let bytes = files::read(&ctx, &file).await?;
    check_bytes(&ctx, Some(&job), batch, bytes).await
}

/// The same for bytes in hand; also the way of the command line.
pub(super) async fn check_bytes(
    ctx: &Ctx,
    job: Option<&Job>,
    mut batch: Batch,
    bytes: Vec<u8>,
) -> Result<Value> {
    let schema = schema::load(ctx)?;
    let (sheet, mapping) = (batch.plan.proposal.sheet, batch.plan.proposal.mapping.clone());
    let mut lines = tokio::task::spawn_blocking(move || read::lines(&bytes, &schema, sheet, &mapping))
        .await
        .map_err(Error::internal)??;
    report(ctx, job, 0, lines.len()).await?;
    let keys = group::keys(&mut lines, &*lists::load(ctx)?);
    let (checked, _) = judge_lines(ctx, &ctx.app.db, &batch.plan, &lines, &keys).await?;
    let kept: Vec<Kept> = lines.into_iter().zip(keys).map(|(line, key)| staged(line, key)).collect();
    let tx = ctx.begin().await?;
    store::rows_drop(ctx, &tx, batch.id).await?;
    put_verdicts(ctx, &tx, &mut batch, &kept, &checked).await?;
    batch.state = State::Checked;
    store::update(ctx, &tx, &batch, State::Staged).await?;
    tx.commit().await?;
    report(ctx, job, kept.len(), kept.len()).await?;
    Ok(serde_json::to_value(batch.plan.counts)?)
}

fn staged(line: row::Line, key: String) -> Kept {
    Kept {
        key,
        line,
        verdict: row::Verdict::default(),
        state: RowState::Ready,
        household_id: None,
        person_id: None,
    }
}

/// Writes what is right, as the batch's mode says.
pub(super) async fn commit(ctx: Ctx, job: Job) -> Result<Value> {
    let ctx = on_behalf(ctx, &job);
    let batch = store::find(&ctx, &ctx.app.db, of(&job)?).await?;
    commit_batch(&ctx, Some(&job), batch).await
}

pub(super) async fn commit_batch(ctx: &Ctx, job: Option<&Job>, mut batch: Batch) -> Result<Value> {
    if batch.state != State::Running {
        return Ok(Value::Null);
    }
    let kept = store::rows(ctx, &ctx.app.db, batch.id, &[RowState::Ready, RowState::Faulty]).await?;
    let (checked, known) = judge(ctx, &ctx.app.db, &batch, &kept).await?;
    let all_right = checked.houses.iter().all(|house| checked.is_right(house));
    if batch.plan.mode == Some(Mode::All) && !all_right {
        return refuse(ctx, batch, &kept, &checked).await;
    }
    let right: Vec<&House> = checked.houses.iter().filter(|house| checked.is_right(house)).collect();
    let total: usize = right.iter().map(|house| house.rows.len()).sum();
    report(ctx, job, 0, total).await?;
    let at_once = if batch.plan.mode == Some(Mode::All) { right.len().max(1) } else { AT_ONCE };
    let mut done = 0;
    for houses in right.chunks(at_once) {
        let tx = ctx.begin().await?;
        let writing = Writing { batch: &batch, checked: &checked, known: &known, houses };
        write(ctx, &tx, &writing, &kept).await.map_err(again)?;
        tx.commit().await?;
        done += houses.iter().map(|house| house.rows.len()).sum::<usize>();
        report(ctx, job, done, total).await?;
    }
    finish(ctx, &mut batch, &kept, &checked).await?;
    Ok(json!({ "rows": done }))
}

/// Somebody wrote the same people meanwhile: the next try sees them.
fn again(error: Error) -> Error {
    match error.kind {
        Kind::Invalid | Kind::Conflict | Kind::NotFound => Error::internal(error),
        _ => error,
    }
}

/// All or nothing, and a row is wrong now: nothing is written, the list says which.
async fn refuse(ctx: &Ctx, mut batch: Batch, kept: &[Kept], checked: &Checked) -> Result<Value> {
    let tx = ctx.begin().await?;
    put_verdicts(ctx, &tx, &mut batch, kept, checked).await?;
    batch.state = if batch.done_count > 0 { State::Committed } else { State::Checked };
    batch.plan.note = Some("registry-import-not-all-right".to_owned());
    store::update(ctx, &tx, &batch, State::Running).await?;
    tx.commit().await?;
    Ok(json!({ "rows": 0 }))
}

/// What is left waits with its verdict of now.
async fn finish(ctx: &Ctx, batch: &mut Batch, kept: &[Kept], checked: &Checked) -> Result<()> {
    let counts = checked.counts();
    let wrong = checked.houses.iter().filter(|house| !checked.is_right(house)).flat_map(|house| &house.rows);
    let waiting: Vec<Kept> = wrong.map(|at| judged(&kept[*at], &checked.rows[*at].verdict)).collect();
    let tx = ctx.begin().await?;
    store::rows_put(ctx, &tx, batch.id, &waiting).await?;
    batch.done_count = store::count(ctx, &tx, batch.id, RowState::Done).await?;
    batch.faulty_count = store::count(ctx, &tx, batch.id, RowState::Faulty).await?;
    batch.plan.counts = row::Counts { new_households: 0, new_people: 0, same: 0, changed: 0, ..counts };
    batch.state = State::Committed;
    batch.finished_at = Some(ctx.now);
    store::update(ctx, &tx, batch, State::Running).await?;
    tx.commit().await
}

async fn report(ctx: &Ctx, job: Option<&Job>, done: usize, total: usize) -> Result<()> {
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match job {
        Some(job) => job.progress(ctx, whole(done), whole(total)).await,
        None => Ok(()),
    }
}

fn of(job: &Job) -> Result<Uuid> {
    let id = job.payload.get("batch").and_then(Value::as_str).and_then(|text| text.parse().ok());
    id.ok_or_else(|| Error::internal("an import job without batch"))
}

/// The records name whoever asked for the work.
fn on_behalf(ctx: Ctx, job: &Job) -> Ctx {
    let actor = job.account_id.map(|account_id| {
        Arc::new(Actor {
            account_id,
            commune_id: ctx.commune,
            name: String::new(),
            grants: Vec::new(),
            second_factor: false,
            via: Via::Session(Uuid::nil()),
        })
    });
    Ctx { actor, ..ctx }
}
