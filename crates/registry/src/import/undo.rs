//! Takes an import back while nobody has built on it: what it added counts on no day, its codes stay taken.

use super::batch::{Batch, State};
use super::row::Outcome;
use super::store::{self, Kept, RowState};
use crate::version::day_before;
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, search, sql};
use serde_json::json;
use std::collections::HashSet;

/// Ids in one statement.
const AT_ONCE: usize = 500;

/// # Errors
/// `Conflict` when one of the people or households was changed, moved or joined since: then single corrections are the
/// way, because others rely on them.
pub(super) async fn undo(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let mut batch = store::find(ctx, tx, id).await?;
    if batch.state != State::Committed || batch.plan.update {
        return Err(Error::conflict("registry-import-no-undo"));
    }
    let done = store::rows(ctx, tx, id, &[RowState::Done]).await?;
    let people: Vec<Uuid> = done
        .iter()
        .filter(|kept| kept.verdict.outcome == Outcome::New)
        .filter_map(|kept| kept.person_id)
        .collect();
    let households = new_households(&done);
    untouched(ctx, tx, &people, &households).await?;
    end(ctx, tx, "person", "state = 'left', left_on = ", &people, batch.from_date).await?;
    end(
        ctx,
        tx,
        "household",
        "state = 'ended', size = 0, end_reason = 'registry-end-undone', ended_on = ",
        &households,
        batch.from_date,
    )
    .await?;
    for table in ["person_version", "membership_version"] {
        close(ctx, tx, table, &people).await?;
    }
    close(ctx, tx, "household_version", &households).await?;
    refresh_others(ctx, tx, &done, &households).await?;
    for ids in [&people, &households] {
        search::remove(ctx, tx, ids).await?;
        retire(ctx, tx, ids).await?;
    }
    cancelled(ctx, tx, &mut batch, people.len(), households.len()).await
}

/// Households of which the first row was new.
fn new_households(done: &[Kept]) -> Vec<Uuid> {
    let new: HashSet<Uuid> =
        done.iter().filter(|kept| kept.verdict.new_household).filter_map(|kept| kept.household_id).collect();
    new.into_iter().collect()
}

async fn untouched(ctx: &Ctx, tx: &Tx, people: &[Uuid], households: &[Uuid]) -> Result<()> {
    let mut touched = 0;
    for some in people.chunks(AT_ONCE) {
        let these =
            sql("SELECT COUNT(*) FROM person WHERE commune_id = ").arg(ctx.commune).push(" AND id IN (");
        touched += these
            .args(some.iter().copied())
            .push(") AND (revision <> 1 OR state <> 'present')")
            .count(tx)
            .await?;
        let these = sql("SELECT COUNT(*) FROM life_event WHERE commune_id = ")
            .arg(ctx.commune)
            .push(" AND person_id IN (");
        touched += these.args(some.iter().copied()).push(")").count(tx).await?;
    }
    let inside: HashSet<Uuid> = people.iter().copied().collect();
    for some in households.chunks(AT_ONCE) {
        let these =
            sql("SELECT COUNT(*) FROM household WHERE commune_id = ").arg(ctx.commune).push(" AND id IN (");
        touched += these
            .args(some.iter().copied())
            .push(") AND (revision <> 1 OR state <> 'active')")
            .count(tx)
            .await?;
        let these =
            sql("SELECT id FROM person WHERE commune_id = ").arg(ctx.commune).push(" AND household_id IN (");
        let members: Vec<Uuid> =
            these.args(some.iter().copied()).push(") AND state = 'present'").column(tx).await?;
        touched +=
            i64::try_from(members.iter().filter(|id| !inside.contains(id)).count()).unwrap_or(i64::MAX);
    }
    match touched {
        0 => Ok(()),
        count => Err(Error::conflict(Message::new("registry-import-touched").with("count", count))),
    }
}

async fn end(ctx: &Ctx, tx: &Tx, table: &str, set: &str, ids: &[Uuid], on: NaiveDate) -> Result<()> {
    for some in ids.chunks(AT_ONCE) {
        let these = sql(format!("UPDATE {table} SET revision = revision + 1, {set}")).arg(on);
        these
            .push(" WHERE commune_id = ")
            .arg(ctx.commune)
            .push(" AND id IN (")
            .args(some.iter().copied())
            .push(")")
            .run(tx)
            .await?;
    }
    Ok(())
}

/// A version that ends before it begins counts on no day. Newborns begin on days of their own.
async fn close(ctx: &Ctx, tx: &Tx, table: &str, ids: &[Uuid]) -> Result<()> {
    for some in ids.chunks(AT_ONCE) {
        let these = sql(format!("SELECT DISTINCT valid_from FROM {table} WHERE commune_id = "))
            .arg(ctx.commune)
            .push(" AND id IN (");
        for day in these.args(some.iter().copied()).push(")").column::<NaiveDate>(tx).await? {
            let close = sql(format!("UPDATE {table} SET valid_to = "))
                .arg(day_before(day))
                .push(" WHERE commune_id = ")
                .arg(ctx.commune);
            close
                .push(" AND valid_from = ")
                .arg(day)
                .push(" AND id IN (")
                .args(some.iter().copied())
                .push(")")
                .run(tx)
                .await?;
        }
    }
    Ok(())
}

/// Households that were there before are smaller again.
async fn refresh_others(ctx: &Ctx, tx: &Tx, done: &[Kept], new: &[Uuid]) -> Result<()> {
    let new: HashSet<&Uuid> = new.iter().collect();
    let grown = done.iter().filter(|kept| kept.verdict.outcome == Outcome::New);
    let others: HashSet<Uuid> =
        grown.filter_map(|kept| kept.household_id).filter(|id| !new.contains(id)).collect();
    for id in others {
        crate::household::refresh(ctx, tx, id).await?;
    }
    Ok(())
}

async fn retire(ctx: &Ctx, tx: &Tx, ids: &[Uuid]) -> Result<()> {
    for some in ids.chunks(AT_ONCE) {
        let these = sql("UPDATE identity_code SET retired_at = ")
            .arg(ctx.now)
            .push(" WHERE commune_id = ")
            .arg(ctx.commune);
        these.push(" AND object_id IN (").args(some.iter().copied()).push(")").run(tx).await?;
    }
    Ok(())
}

async fn cancelled(ctx: &Ctx, tx: &Tx, batch: &mut Batch, people: usize, households: usize) -> Result<()> {
    store::rows_drop(ctx, tx, batch.id).await?;
    batch.state = State::Cancelled;
    (batch.done_count, batch.faulty_count) = (0, 0);
    batch.finished_at = Some(ctx.now);
    if !store::update(ctx, tx, batch, State::Committed).await? {
        return Err(Error::conflict("registry-import-not-now"));
    }
    let detail = json!({ "people": people, "households": households });
    audit::record(ctx, tx, Entry { action: "import.undo", kind: "import_batch", id: batch.id, detail }).await
}
