//! The week as a grid: days beside each other, times below each other. On a phone day by day.

use crate::WORK;
use crate::law::{Broadcast, clock, length, named, span};
use crate::plan::{Line, lines, store};
use crate::programme::{Form, State};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::{Datelike, Duration, NaiveDate};
use platform::http::html;
use platform::{Ctx, Result};
use std::collections::{BTreeSet, HashMap};
use ui::Shell;
use units::place::Ground;

/// A programme at a time of a day.
struct Block {
    url: String,
    title: String,
    /// `05:30–05:45`
    time: String,
    kind: String,
    /// Empty for the whole commune.
    villages: String,
    relay: bool,
    priority: bool,
    /// Why it is not aired.
    off: Option<String>,
    /// It would not sound: the word why.
    mute: String,
}

struct Row {
    time: String,
    days: Vec<Vec<Block>>,
}

struct Day {
    name: String,
    date: String,
    today: bool,
    add: String,
    length: String,
    /// Its place in the rows.
    place: usize,
}

#[derive(Template)]
#[template(path = "week.html")]
struct WeekPage {
    shell: Shell,
    title: String,
    days: Vec<Day>,
    rows: Vec<Row>,
    before: String,
    after: String,
    now: String,
    sheet: String,
    may_plan: bool,
    quiet: String,
    village: String,
    villages: Vec<(String, String)>,
}

/// The Monday of a day's week.
pub(super) fn monday(day: NaiveDate) -> NaiveDate {
    day - Duration::days(i64::from(day.weekday().num_days_from_monday()))
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let asked = query.get("ngay").and_then(|day| day.parse().ok()).unwrap_or(ctx.today());
    let first = monday(asked);
    let last = first + Duration::days(6);
    let village = query.get("thon").cloned().unwrap_or_default();
    let only = village.parse().ok();
    let mut slots = store::between(&ctx, &ctx.app.db, first, last).await?;
    slots.retain(|slot| only.is_none_or(|id| slot.villages().is_empty() || slot.villages().contains(&id)));
    let skips = store::skips(&ctx, &ctx.app.db, &slots, first, last).await?;
    let (ground, law) = (Ground::load(&ctx).await?, Broadcast::now(&ctx)?);
    let week: Vec<NaiveDate> = (0..7).map(|ahead| first + Duration::days(ahead)).collect();
    let by_day: Vec<Vec<Line>> = week.iter().map(|day| lines(&slots, &skips, *day)).collect();
    let times: BTreeSet<i64> = by_day.iter().flatten().map(|line| line.slot.starts).collect();
    let row = |time: i64| Row {
        time: clock(time),
        days: by_day
            .iter()
            .map(|day| {
                let here = day.iter().filter(|line| line.slot.starts == time);
                here.map(|line| block(&ctx, &law, &ground, line)).collect()
            })
            .collect(),
    };
    let day = |(place, (day, lines)): (usize, (&NaiveDate, &Vec<Line>))| Day {
        place,
        name: t.t(&format!("broadcast-weekday-{}", day.weekday().number_from_monday())),
        date: t.date(*day),
        today: *day == ctx.today(),
        add: if *day >= ctx.today() { format!("{WORK}/lich/moi?ngay={day}") } else { String::new() },
        length: length(lines.iter().filter(|line| line.off.is_none()).map(|line| line.slot.length).sum()),
    };
    let at = |day: NaiveDate| format!("{WORK}/lich?ngay={day}&thon={village}");
    let shell = Shell::of(&ctx, "broadcast-plan").await?.crumb(t.t("broadcast-menu"), WORK);
    let title = t.a("broadcast-week", &[("from", t.date(first).into()), ("to", t.date(last).into())]);
    Ok(html(ui::render(&WeekPage {
        shell: shell.crumb(t.t("broadcast-plan"), ""),
        title,
        days: week.iter().zip(&by_day).enumerate().map(day).collect(),
        rows: times.into_iter().map(row).collect(),
        before: at(first - Duration::days(7)),
        after: at(first + Duration::days(7)),
        now: at(ctx.today()),
        sheet: format!("{WORK}/lich/to-in?ngay={first}"),
        may_plan: ctx.may("broadcast.plan"),
        quiet: law.quiet_words(),
        villages: ground.options(),
        village: village.clone(),
    })?))
}

fn block(ctx: &Ctx, law: &Broadcast, ground: &Ground, line: &Line) -> Block {
    let (t, slot) = (ctx.t(), line.slot);
    let villages: Vec<String> = slot.villages().into_iter().map(|id| ground.name(Some(id))).collect();
    let mute = match slot.state {
        State::Approved => String::new(),
        state => t.t(state.text_key()),
    };
    Block {
        url: format!("{}?ngay={}", slot.path(), line.day),
        title: slot.title.clone(),
        time: span(slot.starts, slot.ends()),
        kind: named(&law.kind, &slot.kind, ctx.lang).to_owned(),
        villages: villages.join(", "),
        relay: slot.form == Form::Relay,
        priority: slot.priority,
        off: line.off.map(str::to_owned),
        mute,
    }
}
