//! The funds of a village, one fund with its year, one contribution with all households.

use super::model::{Entry, Kind, Standing, Sums, money};
use super::{found, path, rules, store};
use crate::book::{self, Tab};
use crate::place::{self, Home};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use platform::http::html;
use platform::{Ctx, Error, Result, Uuid};
use registry::sheet::{Format, Sheet};
use std::collections::HashMap;
use ui::{Cell, Column, Empty, Html, Kind as CellKind, Row, Shell, Status, Table};
use vnsheet::Value;

type Asked = Query<HashMap<String, String>>;

struct FundLine {
    url: String,
    name: String,
    purpose: String,
    balance: String,
}

#[derive(Template)]
#[template(path = "fund-list.html")]
struct ListPage {
    shell: Shell,
    name: String,
    tabs: Vec<(String, String)>,
    here: String,
    new: String,
    funds: Vec<FundLine>,
}

pub(super) async fn list(ctx: Ctx, Path(village): Path<Uuid>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let (shell, tabs, here) = book::frame(&ctx, &village, Tab::Funds).await?;
    let line = |fund: super::Fund| FundLine {
        url: path(village.id, fund.id),
        name: fund.name,
        purpose: fund.purpose,
        balance: money(ctx.t(), fund.balance),
    };
    let funds = store::list(&ctx, &ctx.app.db, village.id).await?.into_iter().map(line).collect();
    let new = if book::keeps(&ctx, village.id) { format!("{here}/moi") } else { String::new() };
    Ok(html(ui::render(&ListPage { name: village.name.clone(), new, funds, shell, tabs, here })?))
}

/// The first and the last day of a year.
pub(super) fn year_days(year: i32) -> Result<(NaiveDate, NaiveDate)> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or_else(Error::not_found);
    Ok((day(1, 1)?, day(12, 31)?))
}

struct DueLine {
    url: String,
    title: String,
    line: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "fund-show.html")]
struct ShowPage {
    shell: Shell,
    purpose: String,
    path: String,
    keeps: bool,
    year: i32,
    years: Vec<(String, String)>,
    here: String,
    balance: String,
    begin: String,
    income: String,
    expense: String,
    months: Vec<(String, String, String)>,
    dues: Vec<DueLine>,
    table: Table,
}

pub(super) async fn show(
    ctx: Ctx,
    Path((village, id)): Path<(Uuid, Uuid)>,
    Query(asked): Asked,
) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    let t = ctx.t();
    let this = ctx.today().year();
    let year = asked.get("nam").and_then(|year| year.parse().ok()).unwrap_or(this).clamp(2000, this);
    let (first, last) = year_days(year)?;
    let entries = store::entries_of(&ctx, fund.id, first, last).await?;
    let shell = book::inner(&ctx, &village, Tab::Funds, &fund.name).await?;
    if let Some(format) = asked.get("dinh-dang").and_then(|text| Format::parse(text)) {
        return export(&ctx, &format!("{} {year}", fund.name), &entries, &format);
    }
    let sums = Sums::of(&entries);
    let own = path(village.id, fund.id);
    let month = |(n, income, expense): &(u32, i64, i64)| {
        (format!("{n:02}/{year}"), money(t, *income), money(t, *expense))
    };
    let start = fund.opened_on.year().min(year).max(this - 5);
    let begin = store::before(&ctx, fund.id, first).await?;
    Ok(html(ui::render(&ShowPage {
        purpose: fund.purpose.clone(),
        keeps: book::keeps(&ctx, village.id),
        years: (start..=this).rev().map(|year| (format!("{own}?nam={year}"), year.to_string())).collect(),
        here: format!("{own}?nam={year}"),
        balance: money(t, fund.balance),
        begin: money(t, begin),
        income: money(t, sums.income),
        expense: money(t, sums.expense),
        months: sums.months.iter().map(month).collect(),
        dues: dues(&ctx, &village, &fund).await?,
        table: table(&ctx, &shell, &own, &entries),
        path: own,
        year,
        shell,
    })?))
}

async fn dues(ctx: &Ctx, village: &units::Unit, fund: &super::Fund) -> Result<Vec<DueLine>> {
    let t = ctx.t();
    let known = store::dues_of(ctx, fund.id).await?;
    if known.is_empty() {
        return Ok(Vec::new());
    }
    let homes = place::homes(&place::whole(ctx), village.id).await?;
    let mut lines = Vec::new();
    for due in known {
        let standings = rules::standings(ctx, &due, &homes).await?;
        let left = standings.iter().filter(|one| !one.settled()).count();
        let (status, words) = match left {
            0 => (Status::Done, t.t("village-due-all-paid")),
            _ if due.due_on < ctx.today() => (Status::Late, t.n("village-due-left", "count", left)),
            _ => (Status::Waiting, t.n("village-due-left", "count", left)),
        };
        let per = t.t(due.per.text_key());
        lines.push(DueLine {
            url: format!("{}/dong-gop/{}", path(village.id, fund.id), due.id),
            line: format!(
                "{} {per} · {}",
                money(t, due.amount),
                t.s("village-due-until", "day", &t.date(due.due_on))
            ),
            badge: status.badge(&words),
            title: due.title,
        });
    }
    Ok(lines)
}

fn table(ctx: &Ctx, shell: &Shell, own: &str, entries: &[Entry]) -> Table {
    let t = ctx.t();
    let mut table = Table::new(shell, "fund-entries", t.t("village-entries"));
    table.columns = vec![
        Column::new("so", t.t("village-entry-code"), CellKind::Name),
        Column::new("ngay", t.t("village-day"), CellKind::Date),
        Column::new("noi-dung", t.t("village-words"), CellKind::Text),
        Column::new("so-tien", t.t("village-amount"), CellKind::Number),
        Column::new("trang-thai", t.t("village-state"), CellKind::Badge),
    ];
    table.export = true;
    table.empty = Empty {
        title: t.t("village-entries-none"),
        text: t.t("village-entries-none-how"),
        ..Empty::default()
    };
    let row = |one: &Entry| {
        let state = match one {
            one if one.reversed => Cell::badge(Status::Off, &t.t("village-entry-reversed")),
            one if one.reverses_id.is_some() => Cell::badge(Status::Soon, &t.t("village-entry-reverses")),
            one if !one.below.is_empty() => Cell::badge(Status::Late, &t.t("village-entry-below")),
            _ => Cell::text(""),
        };
        Row {
            id: one.id.to_string(),
            url: Some(format!("{own}/phieu/{}", one.id)),
            cells: vec![
                Cell::text(&one.code),
                Cell::text(t.date(one.day)),
                Cell::text(&one.words).under(&one.payer),
                Cell::text(money(t, one.amount)),
                state,
            ],
        }
    };
    table.rows = entries.iter().map(row).collect();
    table
}

/// The book of a year as a file, with a column for what came in and one for what went out, as on paper.
fn export(ctx: &Ctx, name: &str, entries: &[Entry], format: &Format) -> Result<Response> {
    let t = ctx.t();
    let keys = ["entry-code", "day", "words", "payer", "income", "expense", "approver", "note"];
    let row = |one: &Entry| {
        let side =
            |kind| if one.kind == kind { Value::Whole(one.amount.abs() * sign(one)) } else { Value::Empty };
        vec![
            Value::Text(one.code.clone()),
            Value::Date(one.day),
            Value::Text(one.words.clone()),
            Value::Text(one.payer.clone()),
            side(Kind::Income),
            side(Kind::Expense),
            Value::Text(one.approver.clone()),
            Value::Text(one.below.clone()),
        ]
    };
    Sheet {
        name: name.to_owned(),
        headings: keys.iter().map(|key| t.t(&format!("village-{key}"))).collect(),
        rows: entries.iter().rev().map(row).collect(),
    }
    .answer(ctx, format)
}

/// What takes an entry back stands in the same column with a minus.
fn sign(one: &Entry) -> i64 {
    if one.reverses_id.is_some() { -1 } else { 1 }
}

struct HomeLine {
    name: String,
    address: String,
    owed: String,
    paid: String,
    badge: Html,
    take: String,
    exempt: String,
}

#[derive(Template)]
#[template(path = "due-show.html")]
struct DuePage {
    shell: Shell,
    line: String,
    why: String,
    path: String,
    q: String,
    whole: String,
    came: String,
    done: usize,
    of: usize,
    keeps: bool,
    homes: Vec<HomeLine>,
}

pub(super) async fn due(
    ctx: Ctx,
    Path((village, id, due)): Path<(Uuid, Uuid, Uuid)>,
    Query(asked): Asked,
) -> Result<Response> {
    let (village, fund) = found(&ctx, village, id).await?;
    let due = store::due(&ctx, &ctx.app.db, fund.id, due).await?;
    let t = ctx.t();
    let homes = place::homes(&ctx, village.id).await?;
    let standings = rules::standings(&ctx, &due, &homes).await?;
    let by: HashMap<Uuid, &Standing> = standings.iter().map(|one| (one.household, one)).collect();
    let q = asked.get("q").cloned().unwrap_or_default();
    let own = path(village.id, fund.id);
    let keeps = book::keeps(&ctx, village.id);
    let line = |home: &Home| {
        let one = by.get(&home.id)?;
        let (status, words) = match one {
            Standing { exempt: Some(why), .. } => (Status::Info, t.s("village-due-exempt-why", "name", why)),
            one if one.settled() => (Status::Done, t.t("village-due-done")),
            one if one.paid > 0 => (Status::Soon, t.s("village-due-part", "total", &money(t, one.left()))),
            _ => (Status::Waiting, t.t("village-due-open")),
        };
        Some(HomeLine {
            name: home.name.clone(),
            address: home.address.clone(),
            owed: money(t, one.owed),
            paid: money(t, one.paid),
            badge: status.badge(&words),
            take: if one.settled() {
                String::new()
            } else {
                format!("{own}/thu?ho={}&khoan={}", home.id, due.id)
            },
            exempt: format!("{own}/dong-gop/{}/mien/{}", due.id, home.id),
        })
    };
    let mut shown = place::named(homes.clone(), &q);
    // Who still has to pay comes first.
    shown.sort_by_key(|home| by.get(&home.id).is_some_and(|one| one.settled()));
    let shell = book::inner(&ctx, &village, Tab::Funds, &due.title).await?;
    Ok(html(ui::render(&DuePage {
        line: format!(
            "{} · {} {} · {}",
            fund.name,
            money(t, due.amount),
            t.t(due.per.text_key()),
            t.s("village-due-until", "day", &t.date(due.due_on))
        ),
        why: due.why.clone(),
        path: format!("{own}/dong-gop/{}", due.id),
        whole: money(t, standings.iter().filter(|one| one.exempt.is_none()).map(|one| one.owed).sum()),
        came: money(t, standings.iter().map(|one| one.paid).sum()),
        done: standings.iter().filter(|one| one.settled()).count(),
        of: standings.len(),
        homes: shown.iter().filter_map(line).collect(),
        keeps,
        q,
        shell,
    })?))
}
