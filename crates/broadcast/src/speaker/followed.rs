//! Which loudspeakers have an emergency notice: on the page of the notice.

use super::model::{Speaker, Standing};
use super::order::{self, Order, What};
use super::store;
use crate::alarm;
use askama::Template;
use messages::emergency::Followed;
use platform::{Ctx, Result, T, Uuid};
use ui::{Html, Status};
use units::drawing::{Drawing, Pin};
use units::place::Ground;

#[derive(Template)]
#[template(path = "panel-alarm.html")]
struct Panel {
    t: T,
    /// How many of those that were told have said that they play it.
    heard: String,
    map: Option<Drawing>,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    url: String,
    village: String,
    badge: Html,
    at: String,
}

pub(crate) fn followed() -> Followed {
    Followed(|ctx, notice| Box::pin(panel(ctx, notice)))
}

/// Nothing where no loudspeaker was told.
async fn panel(ctx: &Ctx, notice: Uuid) -> Result<Option<Html>> {
    if !ctx.may("broadcast.read") {
        return Ok(None);
    }
    let Some(alarm) = alarm::of_notice(ctx, notice).await? else { return Ok(None) };
    let orders = order::of_alarm(ctx, &ctx.app.db, alarm).await?;
    let (t, ground) = (ctx.t(), Ground::load(ctx).await?);
    let speakers = store::all(ctx, &ctx.app.db).await?;
    let mut told: Vec<(&Order, &Speaker)> = orders
        .iter()
        .filter(|order| order.what == What::Alarm)
        .filter_map(|order| Some((order, speakers.iter().find(|one| one.id == order.speaker_id)?)))
        .collect();
    // What was said again, when the words were ready, is not another loudspeaker.
    told.sort_by_key(|(order, one)| (one.id, order.acked_at.is_none(), order.at));
    told.dedup_by_key(|(_, one)| one.id);
    if told.is_empty() {
        return Ok(None);
    }
    let heard = told.iter().filter(|(order, _)| order.outcome == "done").count();
    let line = |(order, one): &(&Order, &Speaker)| {
        let (status, key) = stands(ctx, order, one);
        Line {
            name: one.name.clone(),
            url: one.path(),
            village: ground.name(Some(one.unit_id)),
            badge: status.badge(&t.t(key)),
            at: order.acked_at.map(|at| t.moment(at)).unwrap_or_default(),
        }
    };
    let mut map = Drawing::of(t, &ground, t.t("broadcast-speaker-map"));
    let pin = |(order, one): &(&Order, &Speaker)| {
        let (status, key) = stands(ctx, order, one);
        let look = if status == Status::Done { "done" } else { "late" };
        let name = format!("{} · {}", one.name, t.t(key));
        Some(Pin { at: one.point()?, url: one.path(), name, look, sign: "volume-2" })
    };
    if let Some(map) = &mut map {
        map.pins = told.iter().filter_map(pin).collect();
    }
    let counts = [("heard", heard.into()), ("count", told.len().into())];
    let panel = Panel {
        heard: t.a("broadcast-alarm-heard", &counts),
        map: map.filter(|map| !map.pins.is_empty()),
        lines: told.iter().map(line).collect(),
        t,
    };
    Ok(Some(Html(ui::render(&panel)?)))
}

fn stands(ctx: &Ctx, order: &Order, one: &Speaker) -> (Status, &'static str) {
    match order.outcome.as_str() {
        "done" => (Status::Done, "broadcast-alarm-has"),
        "" if one.standing(ctx) == Standing::Heard => (Status::Soon, "broadcast-alarm-waits"),
        "" => (Status::Late, "broadcast-alarm-away"),
        _ => (Status::Late, "broadcast-alarm-not"),
    }
}
