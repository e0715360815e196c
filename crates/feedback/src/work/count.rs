//! The numbers of a month or of a year: by kind, by village, on the map, how long it took, how content people were. It is the
//! monthly report as well: it prints on one sheet.

use crate::kinds::Kinds;
use crate::store::{self, Counted};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::{Datelike, Days, Months, NaiveDate};
use platform::clock::start_of_day;
use platform::http::html;
use platform::{Ctx, Result, clock};
use std::collections::{BTreeMap, HashMap};
use ui::{Bar, BarChart, LineChart, Shell};
use units::drawing::{Drawing, Square};
use units::place::{Ground, Point};

/// Reports of one span at most; a commune has some hundreds a year.
const MOST: i64 = 50_000;
/// Side of a square of the heat map, in degrees: half a kilometre.
const SIDE: f64 = 0.005;

struct VillageRow {
    name: String,
    all: i64,
    open: i64,
    late: i64,
    in_time: String,
}

#[derive(Template)]
#[template(path = "work-count.html")]
struct CountPage {
    shell: Shell,
    months: Vec<(String, String)>,
    month: String,
    figures: Vec<(String, String, bool)>,
    kinds: BarChart,
    time: LineChart,
    heat: Option<Drawing>,
    villages: Vec<VillageRow>,
}

pub(super) async fn page(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let today = ctx.today();
    let asked = query.get("thang").map_or("", String::as_str);
    let (from, to) = span(asked, today);
    let rows = store::sent_between(&ctx, start_of_day(from), start_of_day(to), MOST).await?;
    let shell = Shell::of(&ctx, "feedback-numbers").await?;
    let ground = Ground::load(&ctx).await?;
    let months = (0..12).filter_map(|back| today.with_day(1)?.checked_sub_months(Months::new(back)));
    let mut months: Vec<(String, String)> =
        months.map(|day| (day.format("%Y-%m").to_string(), day.format("%m/%Y").to_string())).collect();
    months.insert(0, (String::new(), t.t("feedback-last-year")));
    let page = CountPage {
        month: asked.to_owned(),
        months,
        figures: figures(&ctx, &rows),
        kinds: by_kind(&ctx, &rows)?,
        time: in_time(&ctx, &rows, from, to),
        heat: heat(&ctx, &ground, &rows),
        villages: by_village(&ctx, &ground, &rows),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// From the first day to the day after the last: a month, or the year that ends today.
fn span(asked: &str, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let month = NaiveDate::parse_from_str(&format!("{asked}-01"), "%Y-%m-%d").ok();
    let end = |from: NaiveDate| from.checked_add_months(Months::new(1)).unwrap_or(from);
    match month {
        Some(from) => (from, end(from)),
        None => {
            let from = today.checked_sub_months(Months::new(12)).unwrap_or(today);
            (from, today.checked_add_days(Days::new(1)).unwrap_or(today))
        }
    }
}

/// Answered by the last day, of those whose last day is over or that were answered.
fn share_in_time(ctx: &Ctx, rows: &[&Counted]) -> Option<(i64, i64)> {
    let judged = rows.iter().filter(|one| !one.open || one.due_at.is_some_and(|due| due < ctx.now));
    let (mut good, mut all) = (0, 0);
    for one in judged {
        all += 1;
        let ended = one.ended_at.filter(|_| !one.open);
        good += i64::from(ended.zip(one.due_at).is_some_and(|(ended, due)| ended <= due));
    }
    (all > 0).then_some((good, all))
}

fn percent(ctx: &Ctx, share: Option<(i64, i64)>) -> String {
    share.map_or_else(
        || "–".to_owned(),
        |(part, all)| format!("{} %", ctx.t().decimal(part as f64 * 100.0 / all as f64, 1)),
    )
}

/// The middle one, in days.
fn median_days(rows: &[Counted]) -> Option<i64> {
    let days = |one: &Counted| {
        let ended = one.ended_at.filter(|_| !one.open)?;
        Some((clock::local_date(ended) - clock::local_date(one.sent_at)).num_days())
    };
    let mut days: Vec<i64> = rows.iter().filter_map(days).collect();
    days.sort_unstable();
    days.get(days.len() / 2).copied()
}

fn figures(ctx: &Ctx, rows: &[Counted]) -> Vec<(String, String, bool)> {
    let t = ctx.t();
    let all: Vec<&Counted> = rows.iter().collect();
    let open = rows.iter().filter(|one| one.open).count() as i64;
    let late =
        rows.iter().filter(|one| one.open && one.due_at.is_some_and(|due| due < ctx.now)).count() as i64;
    let ratings: Vec<i64> = rows.iter().filter_map(|one| one.rating).collect();
    let content = ratings.iter().filter(|stars| **stars >= 4).count() as i64;
    let content = (!ratings.is_empty()).then_some((content, ratings.len() as i64));
    let again = rows.iter().filter(|one| one.reopened > 0).count() as i64;
    let median = median_days(rows).map_or_else(|| "–".to_owned(), |days| t.number(days));
    vec![
        (t.number(rows.len() as i64), t.t("feedback-count-all"), false),
        (t.number(open), t.t("feedback-count-open"), false),
        (t.number(late), t.t("feedback-count-late"), late > 0),
        (percent(ctx, share_in_time(ctx, &all)), t.t("feedback-count-in-time"), false),
        (median, t.t("feedback-count-median"), false),
        (percent(ctx, content), t.t("feedback-count-content"), false),
        (t.number(again), t.t("feedback-count-reopened"), false),
    ]
}

fn by_kind(ctx: &Ctx, rows: &[Counted]) -> Result<BarChart> {
    let t = ctx.t();
    let kinds = Kinds::load(ctx)?;
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for one in rows {
        *counts.entry(&one.kind).or_default() += 1;
    }
    let mut counts: Vec<(&str, i64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| -count);
    Ok(BarChart {
        t,
        title: t.t("feedback-count-kinds"),
        note: String::new(),
        unit: t.t("feedback-unit"),
        places: 0,
        full: None,
        target: None,
        bars: counts
            .into_iter()
            .map(|(kind, count)| Bar::new(kinds.name(kind, ctx.lang), count as f64))
            .collect(),
    })
}

/// By month, or by week of one month.
fn in_time(ctx: &Ctx, rows: &[Counted], from: NaiveDate, to: NaiveDate) -> LineChart {
    let t = ctx.t();
    let long = (to - from).num_days() > 40;
    let place = |day: NaiveDate| {
        if long { (day.year() * 12 + day.month0() as i32).into() } else { (day - from).num_days() / 7 }
    };
    let mut counts: BTreeMap<i64, (String, f64)> = BTreeMap::new();
    for day in from.iter_days().take_while(|day| *day < to) {
        let label = if long { day.format("%m/%Y") } else { day.format("%d/%m") };
        counts.entry(place(day)).or_insert_with(|| (label.to_string(), 0.0));
    }
    for one in rows {
        if let Some(count) = counts.get_mut(&place(clock::local_date(one.sent_at))) {
            count.1 += 1.0;
        }
    }
    LineChart::new(t, t.t("feedback-count-time"), t.t("feedback-unit"), counts.into_values().collect())
}

fn heat(ctx: &Ctx, ground: &Ground, rows: &[Counted]) -> Option<Drawing> {
    let mut map = Drawing::of(ctx.t(), ground, ctx.t().t("feedback-count-heat"))?;
    let mut counts: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for one in rows {
        let (Some(lat), Some(lon)) = (one.lat, one.lon) else { continue };
        // What lies outside the commune would be drawn beside the map.
        if Point::new(lat, lon).is_some_and(|at| ground.village_at(at).is_some()) {
            *counts.entry(((lat / SIDE).floor() as i64, (lon / SIDE).floor() as i64)).or_default() += 1;
        }
    }
    let square = |((row, column), count): ((i64, i64), i64)| {
        let corner = Point::new(row as f64 * SIDE, column as f64 * SIDE)?;
        Some(Square { corner, side: SIDE, count })
    };
    map.squares = counts.into_iter().filter_map(square).collect();
    Some(map)
}

fn by_village(ctx: &Ctx, ground: &Ground, rows: &[Counted]) -> Vec<VillageRow> {
    let named = ground.options().into_iter().map(|(id, name)| (Some(id), name));
    let nowhere = std::iter::once((None, ctx.t().t("feedback-no-village")));
    let row = |(id, name): (Option<String>, String)| {
        let these: Vec<&Counted> =
            rows.iter().filter(|one| one.village_id.map(|id| id.to_string()) == id).collect();
        VillageRow {
            name,
            all: these.len() as i64,
            open: these.iter().filter(|one| one.open).count() as i64,
            late: these.iter().filter(|one| one.open && one.due_at.is_some_and(|due| due < ctx.now)).count()
                as i64,
            in_time: percent(ctx, share_in_time(ctx, &these)),
        }
    };
    named.chain(nowhere).map(row).filter(|row| row.all > 0).collect()
}
