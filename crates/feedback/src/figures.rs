//! Numbers that are counted from reports.

use crate::store;
use figures::{Base, Figure, FigureSet, Kind, Shown};
use platform::{Ctx, Lang, Result, Uuid, i18n};
use std::borrow::Cow;

const REPORTS: &str = "feedback.report";

/// Reports sent by the end of the day whose last day was over by then, or that were answered by then. `good`: answered in time.
/// What is closed, or was joined to another, is counted nowhere.
const REPORTS_ON: &str = "(SELECT r.id AS id, r.village_id AS unit_id, \
    (r.ended_on IS NOT NULL AND r.ended_on <= $2 AND r.ended_on <= r.due_on) AS good \
    FROM feedback_report r WHERE r.commune_id = $1 AND r.closed = FALSE AND r.state NOT IN ('held', 'joined') \
    AND r.sent_on <= $2 AND ((r.ended_on IS NOT NULL AND r.ended_on <= $2) OR r.due_on <= $2))";

pub fn set() -> FigureSet {
    i18n::load("feedback-figures", Lang::Vi, include_str!("../locales/figures.vi.ftl"));
    i18n::load("feedback-figures", Lang::En, include_str!("../locales/figures.en.ftl"));
    let share = Kind::Share { base: REPORTS, whole: "1 = 1", part: "good" };
    FigureSet {
        area: "feedback",
        bases: vec![Base {
            name: REPORTS,
            on: Cow::Borrowed(REPORTS_ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(reports(ctx, ids))),
        }],
        figures: vec![Figure::new("reports_in_time_pct", "percent", share).group("figures-group-feedback")],
    }
}

/// Reports behind a figure, as far as the reader may see them as work.
async fn reports(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let scope = ctx.scope_of("feedback.work");
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let within = Ctx { scope, ..ctx.clone() };
    let found = store::by_ids(&within, ids).await?;
    Ok(found
        .into_iter()
        .map(|one| Shown {
            id: one.id,
            title: one.short(80),
            subtitle: one.code.clone(),
            url: one.work_path(),
        })
        .collect())
}
