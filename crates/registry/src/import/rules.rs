//! What may be done with an import, and in which order.

use super::batch::{Batch, Mode, Plan, State};
use super::check::{self, Checked, Ground, Known};
use super::read::{self, Proposal};
use super::row::{Counts, Line, Texts, Verdict};
use super::store::{self, Kept, RowState};
use super::{group, schema};
use crate::lists;
use crate::villages::Villages;
use audit::Entry;
use chrono::NaiveDate;
use platform::files::{self, Prepared};
use platform::jobs::{self, JobRow, Work};
use platform::{Ctx, Error, Message, Result, Run, Tx, Uuid};
use serde_json::json;

/// The kinds of background work.
pub(super) const CHECK: &str = "registry.import-check";
pub(super) const COMMIT: &str = "registry.import-commit";

/// What the officer says of the file on the mapping page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choices {
    /// Column of the file and field; `None` leaves the column out.
    pub columns: Vec<(u16, Option<String>)>,
    pub village: String,
    pub ethnic: String,
    pub from_date: Option<NaiveDate>,
    pub source: String,
}

/// Keeps an uploaded file as a new batch.
pub(super) async fn stage(ctx: &Ctx, tx: &Tx, file: &Prepared, proposal: Proposal) -> Result<Batch> {
    let id = ctx.new_id();
    let file_id = files::keep(ctx, tx, file, "import_batch", id).await?;
    let kept = files::find(ctx, tx, file_id).await?;
    let batch = Batch {
        id,
        file_id: Some(file_id),
        file_name: file.name.clone(),
        digest: kept.digest,
        plan: plan(proposal),
        from_date: ctx.today(),
        source: file.name.clone(),
        state: State::Staged,
        row_count: 0,
        faulty_count: 0,
        done_count: 0,
        account_id: ctx.account_or_none(),
        created_at: ctx.now,
        finished_at: None,
    };
    store::insert(ctx, tx, &batch).await?;
    let detail = json!({ "file": file_id, "digest": batch.digest });
    audit::record(ctx, tx, Entry { action: "import.upload", kind: "import_batch", id, detail }).await?;
    Ok(batch)
}

pub(super) fn plan(proposal: Proposal) -> Plan {
    Plan {
        proposal,
        village: String::new(),
        ethnic: String::new(),
        mode: None,
        update: false,
        job: None,
        counts: Counts::default(),
        note: None,
    }
}

/// Takes the choices of the mapping page and starts the check of every row.
///
/// # Errors
/// At the field: no column of names, one field in two columns that exclude each other, a day in the future.
pub(super) async fn map(ctx: &Ctx, tx: &Tx, id: Uuid, choices: &Choices) -> Result<Batch> {
    let mut batch = store::find(ctx, tx, id).await?;
    let old = batch.state;
    if !matches!(old, State::Staged | State::Checked) || busy(ctx, tx, &batch).await?.is_some() {
        return Err(Error::conflict("registry-import-not-now"));
    }
    let schema = schema::load(ctx)?;
    apply(&mut batch.plan, choices, &schema)?;
    let day = choices.from_date.ok_or_else(|| Error::field("tu-ngay", "error-date"))?;
    crate::version::not_in_future(ctx, day)?;
    batch.from_date = day;
    batch.source = source(&choices.source, &batch.file_name)?;
    batch.state = State::Staged;
    batch.plan.note = None;
    start(ctx, tx, &mut batch, CHECK, old).await?;
    Ok(batch)
}

fn source(text: &str, file_name: &str) -> Result<String> {
    let text = vntext::clean(text);
    match text.chars().count() {
        0 => Ok(file_name.to_owned()),
        1..=200 => Ok(text),
        _ => Err(Error::field("nguon", Message::new("error-too-long").with("limit", 200))),
    }
}

fn apply(plan: &mut Plan, choices: &Choices, schema: &vnsheet::Schema) -> Result<()> {
    let mapping = &mut plan.proposal.mapping;
    for (column, field) in &choices.columns {
        let Some(known) = mapping.columns.iter().find(|known| known.column == *column) else { continue };
        // What the reader proposed and nobody changed keeps its marks ("Nam | Nữ").
        if known.field != *field {
            if field.as_ref().is_some_and(|field| schema.index(field).is_none()) {
                return Err(Error::field(format!("cot-{column}"), "error-choose"));
            }
            mapping.assign(*column, field.as_deref());
        }
    }
    if mapping.columns_of("full_name").next().is_none() {
        return Err(Error::invalid("registry-import-no-name-column"));
    }
    plan.village.clone_from(&choices.village);
    plan.ethnic.clone_from(&choices.ethnic);
    Ok(())
}

/// Queues work for the batch and remembers which; the page then shows how far it is.
async fn start(ctx: &Ctx, tx: &Tx, batch: &mut Batch, kind: &'static str, from: State) -> Result<()> {
    let work = Work::new(kind, json!({ "batch": batch.id }));
    batch.plan.job = jobs::enqueue(ctx, tx, work).await?;
    if store::update(ctx, tx, batch, from).await? {
        Ok(())
    } else {
        Err(Error::conflict("registry-import-not-now"))
    }
}

/// The work in hand, if it has not ended.
pub(super) async fn busy(ctx: &Ctx, on: &impl Run, batch: &Batch) -> Result<Option<JobRow>> {
    let Some(job) = batch.plan.job else { return Ok(None) };
    let job = jobs::find(ctx, on, job).await?;
    Ok(Some(job).filter(|job| matches!(job.state.as_str(), "queued" | "running")))
}

/// Starts the writing. It may be asked again after faulty rows were mended.
pub(super) async fn commit(ctx: &Ctx, tx: &Tx, id: Uuid, mode: Mode, update: bool) -> Result<Batch> {
    let mut batch = store::find(ctx, tx, id).await?;
    let old = batch.state;
    let failed = old == State::Failed || old == State::Running && busy(ctx, tx, &batch).await?.is_none();
    if !failed {
        batch.open()?;
    }
    if mode == Mode::All && batch.faulty_count > 0 {
        return Err(Error::field("cach", "registry-import-not-all-right"));
    }
    batch.plan.mode = Some(mode);
    batch.plan.update = update;
    batch.plan.note = None;
    batch.state = State::Running;
    start(ctx, tx, &mut batch, COMMIT, old).await?;
    let detail = json!({ "mode": mode.code(), "update": update });
    audit::record(ctx, tx, Entry { action: "import.start", kind: "import_batch", id, detail }).await?;
    Ok(batch)
}

/// Gives a batch up of which nothing was written.
pub(super) async fn cancel(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let mut batch = store::find(ctx, tx, id).await?;
    let old = batch.state;
    if batch.done_count > 0 || !matches!(old, State::Staged | State::Checked | State::Failed) {
        return Err(Error::conflict("registry-import-not-now"));
    }
    if let Some(job) = busy(ctx, tx, &batch).await? {
        jobs::cancel(ctx, tx, job.id).await?;
    }
    store::rows_drop(ctx, tx, id).await?;
    batch.state = State::Cancelled;
    batch.finished_at = Some(ctx.now);
    if !store::update(ctx, tx, &batch, old).await? {
        return Err(Error::conflict("registry-import-not-now"));
    }
    audit::record(ctx, tx, Entry { action: "import.cancel", kind: "import_batch", id, detail: json!({}) })
        .await
}

/// A row is typed anew, or left out; all rows that wait are judged again, because they depend on each other.
pub(super) async fn mend(ctx: &Ctx, tx: &Tx, id: Uuid, row: u32, texts: Option<&Texts>) -> Result<Batch> {
    let batch = store::find(ctx, tx, id).await?;
    batch.open()?;
    let mut kept = store::rows(ctx, tx, id, &[RowState::Ready, RowState::Faulty]).await?;
    let at = kept.iter().position(|kept| kept.line.row == row).ok_or_else(Error::not_found)?;
    match texts {
        Some(texts) => {
            kept[at].line = read::typed(row, texts, &schema::load(ctx)?);
            if let Some(key) = group::own_key(&kept[at].line) {
                kept[at].key = key;
            }
        }
        None => {
            let mut dropped = kept.remove(at);
            dropped.state = RowState::Dropped;
            store::rows_put(ctx, tx, id, &[dropped]).await?;
        }
    }
    let batch = judge_again(ctx, tx, batch, &kept).await?;
    let detail = json!({ "row": row, "dropped": texts.is_none() });
    audit::record(ctx, tx, Entry { action: "import.mend", kind: "import_batch", id, detail }).await?;
    Ok(batch)
}

async fn judge_again(ctx: &Ctx, tx: &Tx, mut batch: Batch, kept: &[Kept]) -> Result<Batch> {
    let (checked, _) = judge(ctx, tx, &batch, kept).await?;
    put_verdicts(ctx, tx, &mut batch, kept, &checked).await?;
    let state = batch.state;
    if !store::update(ctx, tx, &batch, state).await? {
        return Err(Error::conflict("registry-import-not-now"));
    }
    Ok(batch)
}

/// Judges rows that wait, as the registry is now.
pub(super) async fn judge(
    ctx: &Ctx,
    on: &impl Run,
    batch: &Batch,
    kept: &[Kept],
) -> Result<(Checked, Known)> {
    let lines: Vec<Line> = kept.iter().map(|kept| kept.line.clone()).collect();
    let keys: Vec<String> = kept.iter().map(|kept| kept.key.clone()).collect();
    judge_lines(ctx, on, &batch.plan, &lines, &keys).await
}

pub(super) async fn judge_lines(
    ctx: &Ctx,
    on: &impl Run,
    plan: &Plan,
    lines: &[Line],
    keys: &[String],
) -> Result<(Checked, Known)> {
    let (lists, villages) = (lists::load(ctx)?, Villages::load(ctx).await?);
    let known = store::known(ctx, on, lines).await?;
    let ground = Ground {
        lists: &lists,
        villages: &villages,
        today: ctx.today(),
        village: &plan.village,
        ethnic: &plan.ethnic,
    };
    Ok((check::check(lines, keys, &ground, &known), known))
}

/// Writes the verdicts that are new and the counts of the batch; the batch itself is the caller's to write.
pub(super) async fn put_verdicts(
    ctx: &Ctx,
    tx: &Tx,
    batch: &mut Batch,
    kept: &[Kept],
    checked: &Checked,
) -> Result<()> {
    let fresh: Vec<Kept> =
        kept.iter().zip(&checked.rows).map(|(kept, row)| judged(kept, &row.verdict)).collect();
    store::rows_put(ctx, tx, batch.id, &fresh).await?;
    batch.plan.counts = checked.counts();
    batch.faulty_count = i64::try_from(batch.plan.counts.faulty).unwrap_or(i64::MAX);
    batch.done_count = store::count(ctx, tx, batch.id, RowState::Done).await?;
    batch.row_count = batch.done_count + i64::try_from(kept.len()).unwrap_or(i64::MAX);
    Ok(())
}

/// The row with its verdict.
pub(super) fn judged(kept: &Kept, verdict: &Verdict) -> Kept {
    let state = if verdict.is_right() { RowState::Ready } else { RowState::Faulty };
    Kept { verdict: verdict.clone(), state, ..kept.clone() }
}
