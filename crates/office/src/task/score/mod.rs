//! How each person does what they were charged with: done in time, late, not done, and one mark out of it (`data/office-tasks`).
//! Leaders see everybody, everybody sees themselves.

mod pages;
mod period;
mod store;

use super::policy::{Marks, Policy};
use period::Period;
use platform::{Ctx, Error, Result, Route, Uuid, area::get};
use std::collections::HashMap;
use store::Doer;

pub(super) const PATH: &str = "/lam-viec/ket-qua-nhiem-vu";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/ket-qua-nhiem-vu", "task.mine", pages::list),
        get("/lam-viec/ket-qua-nhiem-vu/{person}", "task.mine", pages::person),
    ]
}

/// One line of the table.
struct Line {
    doer: Doer,
    name: String,
    /// The place in the commune: a role, with its village.
    role: String,
    mark: Option<f64>,
}

/// The mean mark of what is decided; none while nothing is.
fn mark(doer: &Doer, marks: &Marks) -> Option<f64> {
    let decided = doer.in_time + doer.late + doer.undone;
    let points = doer.in_time * marks.in_time + doer.late * marks.late + doer.undone * marks.undone;
    #[allow(clippy::cast_precision_loss, reason = "some thousands of tasks")]
    (decided > 0).then(|| points as f64 / decided as f64)
}

/// Those whom the reader may look at, by name.
async fn lines(ctx: &Ctx, period: &Period) -> Result<Vec<Line>> {
    let who = if ctx.may("task.list") { None } else { Some(ctx.account()?) };
    let doers = store::doers(ctx, period, who).await?;
    let policy = Policy::load(ctx)?;
    let ids: Vec<Uuid> = doers.iter().map(|doer| doer.account_id).collect();
    let names = identity::account_names(ctx, &ids).await?;
    let all = policy.candidates_beside(ctx, None).await?;
    let roles: HashMap<Uuid, String> = all.into_iter().map(|one| (one.id, one.role)).collect();
    let line = |doer: Doer| Line {
        name: names.get(&doer.account_id).cloned().unwrap_or_default(),
        role: roles.get(&doer.account_id).cloned().unwrap_or_default(),
        mark: mark(&doer, &policy.marks),
        doer,
    };
    let mut lines: Vec<Line> = doers.into_iter().map(line).collect();
    lines.sort_by_cached_key(|line| vntext::name_sort_key(&line.name));
    Ok(lines)
}

/// # Errors
/// Not found for somebody whom the reader may not look at.
fn allowed(ctx: &Ctx, person: Uuid) -> Result<()> {
    if ctx.may("task.list") || ctx.account()? == person { Ok(()) } else { Err(Error::not_found()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_the_mean_of_what_is_decided() {
        let marks = Marks::default();
        let doer = |in_time, late, undone| Doer {
            account_id: Uuid::nil(),
            given: 9,
            in_time,
            late,
            undone,
            helped: 3,
            silent: 1,
        };
        assert_eq!(mark(&doer(0, 0, 0), &marks), None);
        assert_eq!(mark(&doer(4, 0, 0), &marks), Some(100.0));
        assert_eq!(mark(&doer(2, 1, 1), &marks), Some(62.5));
        assert_eq!(mark(&doer(0, 0, 2), &marks), Some(0.0));
    }
}
