//! A year in which a festival is not held: its day stays in the calendars, cancelled.

use super::model::{Happened, Place};
use super::pass::{record, taken, written};
use super::store;
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use sea_orm::FromQueryResult;

const WORDS_MAX: usize = 500;

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Skip {
    pub place_id: Uuid,
    pub year: i64,
    pub reason: String,
}

/// Says that it is not held in a year of its rule, or, with `held`, that it is after all.
///
/// # Errors
/// Without a reason; a year in which it never was; `Conflict` when it moved on.
pub async fn skip(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    year: i32,
    reason: &str,
    held: bool,
) -> Result<Place> {
    let mut one = taken(ctx, tx, id, revision, |may| may.skip).await?;
    let turn = one.content.dates.and_then(|dates| dates.turn(year));
    let turn = turn.filter(|turn| turn.until >= ctx.today());
    let turn = turn.ok_or_else(|| Error::field("ly-do-nam", "tourism-year-wrong"))?;
    if held {
        store::skip_delete(ctx, tx, id, year).await?;
    } else {
        let reason = said::needed("ly-do-nam", reason, "tourism-reason-empty", WORDS_MAX)?;
        store::skip_write(ctx, tx, id, year, &reason).await?;
        let note = format!("{}: {reason}", vntext::date(turn.from));
        store::event_insert(ctx, tx, id, Happened::Skipped, &note).await?;
    }
    // The revision is what calendars know as SEQUENCE.
    written(store::update(ctx, tx, &one).await?)?;
    one.revision += 1;
    record(ctx, tx, "tourism.skip", id).await?;
    Ok(one)
}
