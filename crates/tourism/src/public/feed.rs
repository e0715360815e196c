//! The calendar of festivals (iCalendar, RFC 5545): each year of a festival has its UID for ever and a growing SEQUENCE; what is not
//! held, or was taken down, is cancelled.

use super::words::{lunar, said};
use crate::law::Tourism;
use crate::place::{Brief, State, store};
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use http::header;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use platform::{Ctx, Result};
use units::place::Ground;

const MOST: i64 = 300;

pub(super) async fn festivals(ctx: Ctx) -> Result<Response> {
    let years = Tourism::now(&ctx)?.years_ahead;
    let ground = Ground::load(&ctx).await?;
    let skips = store::skips(&ctx).await?;
    let mut calendar = Calendar::new();
    calendar.name(&ctx.t().t("tourism-calendar"));
    for one in store::festivals(&ctx, MOST).await? {
        for turn in one.content.dates.iter().flat_map(|dates| dates.turns(ctx.today(), years)) {
            let skip = skips.iter().find(|skip| skip.place_id == one.id && skip.year == i64::from(turn.year));
            let mut event = Event::new();
            event
                .uid(&format!("{}-{}", one.id, turn.year))
                .timestamp(one.updated_at)
                .summary(one.content.name(ctx.lang))
                .starts(turn.from)
                .ends(turn.until + Duration::days(1));
            event.sequence(u32::try_from(one.revision - 1).unwrap_or(0));
            event.location(&ground.name(one.content.village));
            let reason = skip.map(|skip| skip.reason.as_str());
            event.description(&about(&ctx, &one, turn.lunar(), reason));
            event.url(&format!("{}{}", ctx.app.config.base_url(), one.path()));
            if reason.is_some() || one.state == State::Down {
                event.status(EventStatus::Cancelled);
            }
            calendar.push(event.done());
        }
    }
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((kind, calendar.done().to_string()).into_response())
}

fn about(ctx: &Ctx, one: &Brief, day: Option<vncal::LunarDate>, off: Option<&str>) -> String {
    let mut lines: Vec<String> =
        off.map(|reason| ctx.t().s("tourism-off", "reason", reason)).into_iter().collect();
    lines.extend(day.map(|day| lunar(ctx, day)));
    lines.push(said(ctx.lang, &one.content.summary, &one.content.summary_en).text);
    lines.join("\n")
}
