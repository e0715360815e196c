//! The station now: what is on air, what comes, what went wrong today.

use crate::law::span;
use crate::plan::{Line, lines, store};
use crate::programme::State;
use crate::public::Now;
use crate::station::store as air;
use askama::Template;
use axum::response::Response;
use chrono::Duration;
use platform::clock::start_of_day;
use platform::http::html;
use platform::{Ctx, Result};
use ui::{Html, Shell, Status};

/// Rows of today's log that are looked through for faults.
const FAULTS: i64 = 2_000;

struct Turn {
    time: String,
    title: String,
    url: String,
    badge: Html,
}

struct Fault {
    at: String,
    what: String,
}

#[derive(Template)]
#[template(path = "station.html")]
struct StationPage {
    shell: Shell,
    now: Vec<Now>,
    turns: Vec<Turn>,
    faults: Vec<Fault>,
    waits: i64,
    may_write: bool,
    may_plan: bool,
    may_live: bool,
    voice: bool,
}

pub(super) async fn show(ctx: Ctx) -> Result<Response> {
    let today = ctx.today();
    let slots = store::between(&ctx, &ctx.app.db, today, today).await?;
    let skips = store::skips(&ctx, &ctx.app.db, &slots, today, today).await?;
    let turns = lines(&slots, &skips, today).iter().map(|line| turn(&ctx, line)).collect();
    let filter = crate::programme::store::Filter { state: Some(State::Submitted), ..Default::default() };
    Ok(html(ui::render(&StationPage {
        shell: Shell::of(&ctx, "broadcast-menu").await?,
        now: crate::public::now(&ctx).await?,
        turns,
        faults: faults(&ctx).await?,
        waits: crate::programme::store::count(&ctx, &filter).await?,
        may_write: ctx.may("broadcast.write"),
        may_plan: ctx.may("broadcast.plan"),
        may_live: ctx.may("broadcast.live"),
        voice: speech::ready(&ctx),
    })?))
}

fn turn(ctx: &Ctx, line: &Line) -> Turn {
    let t = ctx.t();
    let slot = line.slot;
    let over = line.at + Duration::seconds(slot.length) <= ctx.now;
    let (status, key) = match () {
        () if line.off.is_some() => (Status::Off, "broadcast-turn-off"),
        () if slot.state != State::Approved => (Status::Late, "broadcast-turn-mute"),
        () if over => (Status::Done, "broadcast-turn-over"),
        () if line.at <= ctx.now => (Status::Soon, "broadcast-turn-now"),
        () => (Status::Waiting, "broadcast-turn-coming"),
    };
    Turn {
        time: span(slot.starts, slot.ends()),
        title: slot.title.clone(),
        url: format!("{}?ngay={}", slot.path(), line.day),
        badge: status.badge(&t.t(key)),
    }
}

/// What should have sounded today and did not, once for all mounts.
async fn faults(ctx: &Ctx) -> Result<Vec<Fault>> {
    let t = ctx.t();
    let rows = air::between(ctx, start_of_day(ctx.today()), ctx.now + Duration::days(1), FAULTS).await?;
    let mut told: Vec<(String, String)> = Vec::new();
    for one in rows.iter().filter(|one| one.what != air::What::Aired) {
        let at = t.moment(one.from_at);
        let what = format!("{} {}", t.t(one.what.text_key()), one.title);
        if !told.contains(&(at.clone(), what.clone())) {
            told.push((at, what));
        }
    }
    Ok(told.into_iter().rev().map(|(at, what)| Fault { at, what }).collect())
}
