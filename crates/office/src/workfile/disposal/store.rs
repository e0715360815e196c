//! SQL of destroying: which files are over, decisions, and the rows that are emptied.

use super::model::{Disposal, State};
use crate::workfile::model;
use crate::workfile::model::WorkFile;
use crate::workfile::store::select;
use platform::clock::start_of_day;
use platform::db::insert_many;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const DISPOSAL: &str = "SELECT id, decision_no, decided_on, signer, state, made_by, made_at, ended_by, ended_at, revision \
                        FROM work_file_disposal WHERE commune_id = ";

/// Files of a term that were closed before a day and stand in no decision, those that were closed first before others.
pub(super) async fn closed_before(
    ctx: &Ctx,
    term: &str,
    day: chrono::NaiveDate,
    limit: i64,
) -> Result<Vec<WorkFile>> {
    let mut found = Vec::new();
    for state in [model::State::Closed, model::State::Archived] {
        let query =
            select(ctx).push(" AND state = ").arg(state).push(" AND closed_at < ").arg(start_of_day(day));
        let query = query.push(" AND term = ").arg(term).push(
            " AND NOT EXISTS (SELECT 1 FROM work_file_disposal_item i WHERE i.commune_id = work_file.commune_id \
             AND i.file_id = work_file.id) ORDER BY closed_at, id LIMIT ",
        );
        found.extend(query.arg(limit).all::<WorkFile>(&ctx.app.db).await?);
    }
    Ok(found)
}

pub(super) async fn files(ctx: &Ctx, on: &impl Run, ids: &[Uuid]) -> Result<Vec<WorkFile>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    select(ctx).push(" AND id IN (").args(ids.iter().copied()).push(") ORDER BY id").all(on).await
}

/// Writes a decision with its files; false when one of them stands in another.
pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Disposal, files: &[Uuid]) -> Result<bool> {
    sql("INSERT INTO work_file_disposal (commune_id, id, decision_no, decided_on, signer, state, made_by, made_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.decision_no.as_str())
    .bind(one.decided_on)
    .bind(one.signer.as_str())
    .bind(one.state)
    .bind(one.made_by)
    .bind(one.made_at)
    .run(tx)
    .await?;
    let rows = files.iter().map(|id| vec![ctx.commune.into(), one.id.into(), (*id).into()]);
    let columns = ["commune_id", "disposal_id", "file_id"];
    let once = " ON CONFLICT (commune_id, file_id) DO NOTHING";
    let fresh = insert_many(tx, "work_file_disposal_item", &columns, rows, once).await?;
    Ok(usize::try_from(fresh).is_ok_and(|fresh| fresh == files.len()))
}

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Disposal> {
    sql(DISPOSAL).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// The newest first.
pub(super) async fn list(ctx: &Ctx, limit: i64) -> Result<Vec<Disposal>> {
    sql(DISPOSAL).arg(ctx.commune).push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The files of a decision.
pub(super) async fn items(ctx: &Ctx, on: &impl Run, disposal: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT file_id FROM work_file_disposal_item WHERE commune_id = $1 AND disposal_id = $2 ORDER BY file_id")
        .bind(ctx.commune)
        .bind(disposal)
        .column(on)
        .await
}

/// Writes how a decision ended; false when somebody else was first.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, state: State) -> Result<bool> {
    let ended = sql(
        "UPDATE work_file_disposal SET state = $3, ended_by = $4, ended_at = $5, revision = revision + 1 \
                     WHERE commune_id = $1 AND id = $2 AND revision = $6 AND state = 'decided'",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(state)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .bind(revision)
    .run(tx)
    .await?;
    Ok(ended == 1)
}

/// The files of a dropped decision may stand in another.
pub(super) async fn free(ctx: &Ctx, tx: &Tx, disposal: Uuid) -> Result<()> {
    sql("DELETE FROM work_file_disposal_item WHERE commune_id = $1 AND disposal_id = $2")
        .bind(ctx.commune)
        .bind(disposal)
        .run(tx)
        .await?;
    Ok(())
}

/// Empties what the file held. How much it was, and of what kind, stays for the figures of past days.
pub(super) async fn empty(ctx: &Ctx, tx: &Tx, file: Uuid) -> Result<()> {
    for text in [
        "UPDATE work_file_item SET title = '', symbol = '', author = '', place = '' WHERE commune_id = $1 AND file_id = $2",
        "UPDATE work_file_event SET words = '' WHERE commune_id = $1 AND file_id = $2 \
         AND what IN ('added', 'removed', 'handed-over', 'closed', 'reopened')",
    ] {
        sql(text).bind(ctx.commune).bind(file).run(tx).await?;
    }
    Ok(())
}
