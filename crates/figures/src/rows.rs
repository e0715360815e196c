//! The rows behind a figure: the same predicate, inside the reader's places, page by page.

use crate::count::from;
use crate::model::{Kind, Shown, base, find};
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Uuid};

/// Which rows of a share: those that are counted, or the rest of the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    Counted,
    Rest,
}

/// One page of rows, in the order of their ids.
#[derive(Debug)]
pub struct Rows {
    pub shown: Vec<Shown>,
    /// Give it as `after` for the next page.
    pub next: Option<Uuid>,
}

/// The rows behind a figure on a day, of one village when `unit` is given.
///
/// # Errors
/// `NotFound` when the figure has no rows, or when the village is outside the reader's scope.
pub async fn rows(
    ctx: &Ctx,
    key: &str,
    day: NaiveDate,
    which: Which,
    unit: Option<Uuid>,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Rows> {
    if day > ctx.today() {
        return Err(Error::field("ngay", "figures-day-in-future"));
    }
    let figure = find(&ctx.app, key)?;
    let base = base(&ctx.app, figure.base().ok_or_else(Error::not_found)?)?;
    let show = base.show.ok_or_else(Error::not_found)?;
    let predicate = predicate(figure.kind, which).ok_or_else(Error::not_found)?;
    let mut query = from(ctx, base, day, "id").push(&format!(" WHERE {predicate}"));
    if let Some(unit) = unit {
        ctx.scope.require("village", unit)?;
        query = query.push(" AND unit_id = ").arg(unit);
    } else if !ctx.scope.whole() {
        query = query.push(" AND unit_id IN (").args(ctx.scope.ids("village")).push(")");
    }
    if let Some(after) = after {
        query = query.push(" AND id > ").arg(after);
    }
    let limit_sql = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut ids: Vec<Uuid> = query.push(" ORDER BY id LIMIT ").arg(limit_sql).column(&ctx.app.db).await?;
    let more = ids.len() > limit;
    ids.truncate(limit);
    let next = ids.last().copied().filter(|_| more);
    // A household with two kinds of animals stands twice in a base of herds.
    ids.dedup();
    Ok(Rows { shown: show(ctx, &ids).await?, next })
}

fn predicate(kind: Kind, which: Which) -> Option<String> {
    match (kind, which) {
        (Kind::Share { whole, part, .. }, Which::Counted) => Some(format!("({whole}) AND ({part})")),
        // A predicate that is neither true nor false is not counted, so it belongs to the rest.
        (Kind::Share { whole, part, .. }, Which::Rest) => {
            Some(format!("({whole}) AND NOT COALESCE(({part}), FALSE)"))
        }
        (
            Kind::Count { only, .. }
            | Kind::Distinct { only, .. }
            | Kind::Exists { only, .. }
            | Kind::First { only, .. },
            Which::Counted,
        ) => Some(format!("({only})")),
        _ => None,
    }
}
