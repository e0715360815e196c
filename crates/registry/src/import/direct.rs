//! A file imported in one go: for the command line, the demo and whoever moves in with a file that is right.

use super::batch::{Mode, State};
use super::read::{self, Proposal};
use super::row::{Counts, Problem};
use super::rules::{judge_lines, plan, stage};
use super::store::{self, RowState};
use super::{group, job, schema};
use crate::lists;
use platform::files::Prepared;
use platform::{Ctx, Error, Result, Uuid};

/// A faulty cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The row in Excel, from 1.
    pub row: u32,
    pub problem: Problem,
}

/// What an import did, or would do.
#[derive(Debug, Clone)]
pub struct Report {
    /// `None` for a dry run.
    pub batch: Option<Uuid>,
    /// True when everything stands in the registry.
    pub written: bool,
    pub counts: Counts,
    pub faults: Vec<Fault>,
}

/// Reads a file by the headings it has and writes all of it, or nothing when a row is faulty. A dry run only judges.
/// From-date is today; the source is the name. Permission is the caller's to look after.
///
/// # Errors
/// At the field `tep` when the bytes are no Excel with headings that are known.
pub async fn import_file(ctx: &Ctx, name: &str, bytes: Vec<u8>, dry_run: bool) -> Result<Report> {
    let proposal = {
        let (schema, bytes) = (schema::load(ctx)?, bytes.clone());
        tokio::task::spawn_blocking(move || read::propose(&bytes, &schema))
            .await
            .map_err(Error::internal)??
    };
    if dry_run {
        return judge_only(ctx, bytes, proposal).await;
    }
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let file = Prepared { name: name.to_owned(), media_type, bytes, size: None };
    let tx = ctx.begin().await?;
    let batch = stage(ctx, &tx, &file, proposal).await?;
    tx.commit().await?;
    let id = batch.id;
    job::check_bytes(ctx, None, batch, file.bytes).await?;
    let mut batch = store::find(ctx, &ctx.app.db, id).await?;
    let counts = batch.plan.counts;
    let faults = faults(ctx, id).await?;
    if faults.is_empty() {
        batch.plan.mode = Some(Mode::All);
        batch.state = State::Running;
        let tx = ctx.begin().await?;
        store::update(ctx, &tx, &batch, State::Checked).await?;
        tx.commit().await?;
        job::commit_batch(ctx, None, batch).await?;
    }
    Ok(Report { batch: Some(id), written: faults.is_empty(), counts, faults })
}

async fn judge_only(ctx: &Ctx, bytes: Vec<u8>, proposal: Proposal) -> Result<Report> {
    let mut lines = read::lines(&bytes, &schema::load(ctx)?, proposal.sheet, &proposal.mapping)?;
    let keys = group::keys(&mut lines, &*lists::load(ctx)?);
    let (checked, _) = judge_lines(ctx, &ctx.app.db, &plan(proposal), &lines, &keys).await?;
    let mut faults = Vec::new();
    for (line, judged) in lines.iter().zip(&checked.rows) {
        faults.extend(
            judged.verdict.wrong.iter().map(|problem| Fault { row: line.row, problem: problem.clone() }),
        );
    }
    Ok(Report { batch: None, written: false, counts: checked.counts(), faults })
}

async fn faults(ctx: &Ctx, batch: Uuid) -> Result<Vec<Fault>> {
    let rows = store::rows(ctx, &ctx.app.db, batch, &[RowState::Faulty]).await?;
    let problems = rows.into_iter().flat_map(|kept| {
        let row = kept.line.row;
        kept.verdict.wrong.into_iter().map(move |problem| Fault { row, problem })
    });
    Ok(problems.collect())
}
