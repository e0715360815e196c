//! The plans, and one of them: its tree with how far each branch is.

use super::PATH;
use super::model::{Plan, PlanKind, end};
use super::store::{self, Item};
use crate::task::{self, Progress};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, T, Uuid};
use std::collections::HashMap;
use ui::{Bar, BarChart, Html, Shell};

const PLANS: i64 = 100;

struct Named {
    url: String,
    title: String,
    about: String,
    percent: String,
}

#[derive(Template)]
#[template(path = "plan-list.html")]
struct ListPage {
    shell: Shell,
    plans: Vec<Named>,
    may_import: bool,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let mut plans = Vec::new();
    for plan in store::all(&ctx, PLANS).await? {
        let items = store::items(&ctx, &ctx.app.db, plan.id).await?;
        let known = task::progress(&ctx, plan.id).await?;
        let percent = percent(&far(&items, &known), 0, items.len());
        plans.push(Named {
            url: plan.path(),
            about: about(ctx.t(), &plan),
            percent: percent.map(|part| format!("{part} %")).unwrap_or_default(),
            title: plan.title,
        });
    }
    let shell = Shell::of(&ctx, "office-plan-menu").await?;
    let page = ListPage { shell, plans, may_import: ctx.may("task.assign") };
    Ok(html(ui::render(&page)?))
}

fn about(t: T, plan: &Plan) -> String {
    let years = match (plan.first_year, plan.last_year) {
        (Some(first), Some(last)) => format!("{first}–{last}"),
        (Some(year), None) | (None, Some(year)) => year.to_string(),
        (None, None) => String::new(),
    };
    let day = plan.issued_on.map(|day| t.date(day)).unwrap_or_default();
    let kind = if plan.kind == PlanKind::Plan { String::new() } else { t.t(plan.kind.text_key()) };
    let parts = [kind.as_str(), plan.symbol.as_str(), day.as_str(), years.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Each line's own progress in per cent: none for headings and for what was taken back.
fn far(items: &[Item], known: &HashMap<Uuid, Progress>) -> Vec<Option<i64>> {
    items.iter().map(|item| known.get(&item.task_id?).and_then(|one| one.percent)).collect()
}

/// The mean of the lines from `first` to before `end`; none without any.
fn percent(far: &[Option<i64>], first: usize, end: usize) -> Option<i64> {
    let known: Vec<i64> = far[first..end].iter().flatten().copied().collect();
    let count = i64::try_from(known.len()).ok().filter(|count| *count > 0)?;
    Some((known.iter().sum::<i64>() + count / 2) / count)
}

/// A line of the tree.
struct Line {
    number: String,
    title: String,
    /// The task; `""` for a heading.
    url: String,
    percent: String,
    badge: Html,
    depth: i64,
}

#[derive(Template)]
#[template(path = "plan-show.html")]
struct ShowPage {
    shell: Shell,
    /// Where lines are added; `""` for who may not.
    more: String,
    about: String,
    whole: i64,
    over: String,
    chart: Html,
    lines: Vec<Line>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let t = ctx.t();
    let plan = store::find(&ctx, id).await?;
    let items = store::items(&ctx, &ctx.app.db, id).await?;
    let known = task::progress(&ctx, id).await?;
    let far = far(&items, &known);
    let shell = Shell::of(&ctx, &plan.title).await?.crumb(t.t("office-plan-menu"), PATH);
    let shell = shell.crumb(plan.name().to_owned(), "");
    let over =
        items.iter().filter_map(|item| known.get(&item.task_id?)).filter(|one| one.percent == Some(100));
    let tasks = items.iter().filter(|item| item.task_id.is_some()).count();
    let done = t.n("office-plan-done", "count", over.count());
    let page = ShowPage {
        more: if ctx.may("task.assign") { format!("{}/them", plan.path()) } else { String::new() },
        about: about(t, &plan),
        whole: percent(&far, 0, items.len()).unwrap_or(0),
        over: format!("{done} / {}", t.n("office-plan-tasks", "count", tasks)),
        chart: Html(chart(t, &items, &far, &known).to_string()),
        lines: (0..items.len()).map(|at| line(t, &items, &far, &known, at)).collect(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn line(t: T, items: &[Item], far: &[Option<i64>], known: &HashMap<Uuid, Progress>, at: usize) -> Line {
    let item = &items[at];
    let own = item.task_id.and_then(|id| known.get(&id));
    let percent = percent(far, at, end(items, at));
    Line {
        number: item.number.clone(),
        title: item.title.clone(),
        url: own.map(|one| one.path.clone()).unwrap_or_default(),
        percent: percent.map(|part| format!("{part} %")).unwrap_or_default(),
        badge: own.map(|one| one.badge.0.badge(&t.t(one.badge.1))).unwrap_or(Html(String::new())),
        depth: item.depth.min(4),
    }
}

/// The highest lines as bars; a branch in which something is late stands out.
fn chart(t: T, items: &[Item], far: &[Option<i64>], known: &HashMap<Uuid, Progress>) -> BarChart {
    let bar = |(at, item): (usize, &Item)| {
        let end = end(items, at);
        let bar = Bar::new(item.name(), percent(far, at, end).unwrap_or(0) as f64);
        let late = items[at..end].iter().filter_map(|item| known.get(&item.task_id?)).any(|one| one.late);
        if late { bar.urgent() } else { bar }
    };
    let bars = items.iter().enumerate().filter(|(_, item)| item.depth == 0).map(bar).collect();
    let mut chart = BarChart::new(t, t.t("office-plan-chart"), "%", bars);
    chart.note = t.t("office-plan-chart-note");
    chart.full = Some(100.0);
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_is_the_mean_of_its_tasks() {
        let item = |depth, task: u128| Item {
            position: 0,
            depth,
            number: String::new(),
            title: String::new(),
            task_id: (task > 0).then(|| Uuid::from_u128(task)),
        };
        let items = [item(0, 0), item(1, 1), item(1, 2), item(0, 3), item(0, 4)];
        let far = [None, Some(100), Some(25), None, Some(10)];
        assert_eq!(percent(&far, 0, end(&items, 0)), Some(63));
        assert_eq!(percent(&far, 3, end(&items, 3)), None, "what was taken back does not count");
        assert_eq!(percent(&far, 0, items.len()), Some(45));
    }
}
