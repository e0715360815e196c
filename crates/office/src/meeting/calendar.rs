//! The invitation as calendars read it: the same UID for ever and a growing SEQUENCE, so that what is taken over later replaces
//! what stands there (RFC 5545, 5546).

use super::model::{Meeting, State};
use super::{people, store};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use icalendar::{Calendar, CalendarDateTime, Component, Event, EventLike, EventStatus, Property};
use platform::{Ctx, Error, Result, Uuid};

pub(super) async fn file(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if one.state == State::Draft {
        return Err(Error::not_found());
    }
    let names = people::names(&ctx, [one.chair_id]).await?;
    let chair = names.get(&one.chair_id).cloned().unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"cuoc-hop-{id}.ics\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text(&ctx, &one, &chair)).into_response())
}

/// PUBLISH, not REQUEST: the answer is given on the page, no calendar is to send one by mail.
fn text(ctx: &Ctx, one: &Meeting, chair: &str) -> String {
    let t = ctx.t();
    let url = format!("{}{}", ctx.app.config.base_url(), one.path());
    let off = one.state == State::Cancelled;
    let mut event = Event::new();
    event.uid(&one.id.to_string()).timestamp(one.changed_at).summary(&one.title).location(&one.place);
    event.starts(CalendarDateTime::Utc(one.starts_at)).ends(CalendarDateTime::Utc(one.ends_at));
    event.sequence(u32::try_from(one.sequence).unwrap_or(0));
    let mut about = vec![t.s("office-meeting-chaired", "name", chair)];
    about.extend([&one.about, &one.video_url].into_iter().filter(|part| !part.is_empty()).cloned());
    about.push(url.clone());
    event.description(&about.join("\n"));
    event.url(&url);
    // Who presides, without an address: nobody is to answer by mail.
    let mut organizer = Property::new("ORGANIZER", format!("urn:uuid:{}", one.chair_id));
    event.append_property(organizer.add_parameter("CN", chair).done());
    event.status(if off { EventStatus::Cancelled } else { EventStatus::Confirmed });
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new("METHOD", if off { "CANCEL" } else { "PUBLISH" }));
    calendar.push(event.done());
    calendar.done().to_string()
}
