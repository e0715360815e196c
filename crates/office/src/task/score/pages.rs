//! The table of everybody, as a page and as a file, and what stands behind one line.

use super::period::Period;
use super::{Line, PATH, allowed, lines, store};
use crate::task::list;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::html;
use platform::i18n::T;
use platform::{Ctx, Error, Result, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Kind, Row, Shell, Table};
use vnsheet::Value;

const TASKS_MAX: i64 = 200;

#[derive(Template)]
#[template(path = "task-score.html")]
struct ScorePage {
    shell: Shell,
    table: Table,
    lead: String,
    how: String,
    query: String,
    periods: Vec<(String, String)>,
    here: String,
}

/// The period that was asked for, else this month.
fn asked(ctx: &Ctx, query: &HashMap<String, String>) -> Result<Period> {
    match query.get("ky").map(|text| text.trim()).filter(|text| !text.is_empty()) {
        Some(text) => Period::parse(text).ok_or_else(|| Error::invalid("office-score-period-wrong")),
        None => Period::offered(ctx.today()).into_iter().next().ok_or_else(Error::not_found),
    }
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let period = asked(&ctx, &query)?;
    let lines = lines(&ctx, &period).await?;
    if let Some(format) = query.get("dinh-dang").and_then(|text| Format::parse(text)) {
        return sheet(t, &period, &lines).answer(&ctx, &format);
    }
    let shell = Shell::of(&ctx, "office-score").await?;
    let mut table = Table::new(&shell, "task-score", t.s("office-score-caption", "period", &period.name(t)));
    let column = |key, text, kind| Column::new(key, t.t(text), kind);
    table.columns = vec![
        column("nguoi", "office-score-who", Kind::Name),
        column("giao", "office-score-given", Kind::Number),
        column("dung-han", "office-score-in-time", Kind::Number),
        column("muon", "office-score-late", Kind::Number),
        column("chua-xong", "office-score-undone", Kind::Number),
        column("phoi-hop", "office-score-helped", Kind::Number),
        column("chua-nhan", "office-score-silent", Kind::Number),
        column("diem", "office-score-mark", Kind::Number),
    ];
    table.rows = lines.iter().map(|line| row(t, &period, line)).collect();
    table.count = u64::try_from(lines.len()).ok();
    table.empty = Empty {
        title: t.t("office-score-none"),
        text: t.t("office-score-none-how"),
        action: String::new(),
        url: String::new(),
    };
    let page = ScorePage {
        shell: shell.crumb(t.t("office-task-menu"), "/lam-viec/nhiem-vu").crumb(t.t("office-score"), ""),
        table,
        lead: t.s("office-score-lead", "period", &period.name(t)),
        how: how(&ctx)?,
        periods: periods(&ctx, &period),
        here: address(&period),
        query: format!("ky={}", period.code()),
    };
    Ok(html(ui::render(&page)?))
}

/// How the mark comes about, with the numbers in force.
fn how(ctx: &Ctx) -> Result<String> {
    let policy = crate::task::policy::Policy::load(ctx)?;
    let marks = &policy.marks;
    let text = platform::Message::new("office-score-how").with("in", marks.in_time);
    Ok(text.with("late", marks.late).with("undone", marks.undone).text(ctx.t()))
}

fn periods(ctx: &Ctx, shown: &Period) -> Vec<(String, String)> {
    let mut all = Period::offered(ctx.today());
    if !all.contains(shown) {
        all.push(*shown);
    }
    all.iter().map(|period| (address(period), period.name(ctx.t()))).collect()
}

fn address(period: &Period) -> String {
    format!("{PATH}?ky={}", period.code())
}

fn row(t: T, period: &Period, line: &Line) -> Row {
    let doer = &line.doer;
    Row {
        id: doer.account_id.to_string(),
        url: Some(format!("{PATH}/{}?ky={}", doer.account_id, period.code())),
        cells: vec![
            Cell::text(&line.name).under(&line.role),
            Cell::number(t, doer.given),
            Cell::number(t, doer.in_time),
            Cell::number(t, doer.late),
            Cell::number(t, doer.undone),
            Cell::number(t, doer.helped),
            Cell::number(t, doer.silent),
            Cell::text(line.mark.map_or_else(|| "–".to_owned(), |mark| t.decimal(mark, 1))),
        ],
    }
}

fn sheet(t: T, period: &Period, lines: &[Line]) -> Sheet {
    let columns = ["who", "role", "given", "in-time", "late", "undone", "helped", "silent", "mark"];
    let whole = |number: i64| Value::Whole(number);
    let row = |line: &Line| {
        let doer = &line.doer;
        vec![
            Value::Text(line.name.clone()),
            Value::Text(line.role.clone()),
            whole(doer.given),
            whole(doer.in_time),
            whole(doer.late),
            whole(doer.undone),
            whole(doer.helped),
            whole(doer.silent),
            line.mark.map_or(Value::Empty, |mark| Value::Decimal((mark * 10.0).round() / 10.0)),
        ]
    };
    Sheet {
        name: format!("{} {}", t.t("office-score"), period.code()),
        headings: columns.iter().map(|one| t.t(&format!("office-score-{one}"))).collect(),
        rows: lines.iter().map(row).collect(),
    }
}

#[derive(Template)]
#[template(path = "task-score-person.html")]
struct PersonPage {
    shell: Shell,
    table: Table,
    lead: String,
}

pub(super) async fn person(
    ctx: Ctx,
    Path(person): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    allowed(&ctx, person)?;
    let t = ctx.t();
    let period = asked(&ctx, &query)?;
    let names = identity::account_names(&ctx, &[person]).await?;
    let name = names.get(&person).ok_or_else(Error::not_found)?;
    let tasks = store::tasks(&ctx, &period, person, TASKS_MAX).await?;
    let shell = Shell::of(&ctx, "office-score").await?.titled(name);
    let mut table = list::table(&ctx, &shell);
    table.rows = list::lines(&ctx, &tasks).await?;
    table.count = u64::try_from(tasks.len()).ok();
    table.capped = tasks.len() as i64 == TASKS_MAX;
    let page = PersonPage {
        lead: t.s("office-score-person-lead", "period", &period.name(t)),
        shell: shell
            .crumb(t.t("office-task-menu"), "/lam-viec/nhiem-vu")
            .crumb(t.t("office-score"), &address(&period))
            .crumb(name, ""),
        table,
    };
    Ok(html(ui::render(&page)?))
}
