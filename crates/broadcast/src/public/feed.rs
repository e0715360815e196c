//! The plan for calendars (iCalendar, RFC 5545) and what was on air for players of podcasts (RSS 2.0 with Apple's and Podcasting 2.0's tags).

use crate::PATH;
use crate::law::{Broadcast, length, named};
use crate::plan::{Slot, store};
use crate::programme::{self, Programme, State};
use axum::response::{IntoResponse, Response};
use chrono::{Days, Duration, NaiveDate};
use http::header;
use icalendar::{Calendar, Component, Event, EventLike};
use platform::clock::start_of_day;
use platform::{Ctx, Error, Result, files};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event as Xml};
use ui::Shell;

/// Lines of the plan that begin within so many days.
const AHEAD: u64 = 60;
const EPISODES: i64 = 100;
/// Bit 0 of the weekdays is Monday.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

pub(super) async fn calendar(ctx: Ctx) -> Result<Response> {
    let law = Broadcast::now(&ctx)?;
    let today = ctx.today();
    let slots = store::between(&ctx, &ctx.app.db, today, today + Days::new(AHEAD)).await?;
    let skips = store::skips(&ctx, &ctx.app.db, &slots, today, today + Days::new(366)).await?;
    let mut calendar = Calendar::new();
    calendar.name(&ctx.t().t("broadcast-calendar"));
    for slot in slots.iter().filter(|slot| slot.state == State::Approved) {
        let Some(first) = first_day(slot) else { continue };
        let begins = start_of_day(first) + Duration::seconds(slot.starts);
        let mut event = Event::new();
        event.uid(&slot.id.to_string()).timestamp(ctx.now).summary(&slot.title);
        event.starts(begins).ends(begins + Duration::seconds(slot.length));
        event.description(named(&law.kind, &slot.kind, ctx.lang));
        event.url(&format!("{}{PATH}", ctx.app.config.base_url()));
        if !slot.once() {
            event.add_property("RRULE", rule(slot));
        }
        for skip in skips.iter().filter(|skip| skip.slot_id == slot.id) {
            let off = start_of_day(skip.day) + Duration::seconds(slot.starts);
            event.add_multi_property("EXDATE", &off.format("%Y%m%dT%H%M%SZ").to_string());
        }
        calendar.push(event.done());
    }
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((kind, calendar.done().to_string()).into_response())
}

fn first_day(slot: &Slot) -> Option<NaiveDate> {
    (0..7).map(|ahead| slot.from_on + Days::new(ahead)).find(|day| slot.on(*day))
}

/// Begins are given in UTC, seven hours before Vietnam: what begins before seven in the morning stands on the day before there.
fn rule(slot: &Slot) -> String {
    let back = usize::from(slot.starts < 7 * 3_600);
    let days: Vec<&str> =
        (0..7).filter(|day| slot.weekdays >> day & 1 == 1).map(|day| DAYS[(day + 7 - back) % 7]).collect();
    let until = slot.to_on.map(|to| start_of_day(to) + Duration::seconds(slot.starts));
    let until = until.map(|at| format!(";UNTIL={}", at.format("%Y%m%dT%H%M%SZ"))).unwrap_or_default();
    format!("FREQ=WEEKLY;BYDAY={}{until}", days.join(","))
}

type Out = Writer<Vec<u8>>;

fn leaf(xml: &mut Out, name: &str, text: &str) -> std::io::Result<()> {
    xml.write_event(Xml::Start(BytesStart::new(name)))?;
    xml.write_event(Xml::Text(BytesText::new(text)))?;
    xml.write_event(Xml::End(BytesEnd::new(name)))
}

fn empty(xml: &mut Out, name: &str, attributes: &[(&str, &str)]) -> std::io::Result<()> {
    xml.write_event(Xml::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())))
}

pub(super) async fn podcast(ctx: Ctx) -> Result<Response> {
    let rows = programme::store::archive(&ctx, None, EPISODES).await?;
    let mut episodes = Vec::new();
    for one in &rows {
        let Some(id) = one.file_id else { continue };
        let file = files::find(&ctx, &ctx.app.db, id).await?;
        episodes.push((one, file.media_type, file.byte_count));
    }
    let commune = Shell::public(&ctx, "broadcast").await?.commune.name;
    let xml = written(&ctx, &commune, &episodes).map_err(Error::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/rss+xml; charset=utf-8")], xml).into_response())
}

fn written(ctx: &Ctx, commune: &str, episodes: &[(&Programme, String, i64)]) -> std::io::Result<Vec<u8>> {
    let (t, base) = (ctx.t(), ctx.app.config.base_url());
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Xml::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let spaces = [
        ("version", "2.0"),
        ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
        ("xmlns:podcast", "https://podcastindex.org/namespace/1.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ];
    xml.write_event(Xml::Start(BytesStart::new("rss").with_attributes(spaces)))?;
    xml.write_event(Xml::Start(BytesStart::new("channel")))?;
    leaf(&mut xml, "title", &t.s("broadcast-podcast-title", "name", commune))?;
    leaf(&mut xml, "link", &format!("{base}{PATH}"))?;
    leaf(&mut xml, "description", &t.t("broadcast-line"))?;
    leaf(&mut xml, "language", "vi")?;
    let own = format!("{base}{PATH}/podcast.xml");
    empty(&mut xml, "atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)])?;
    empty(&mut xml, "itunes:category", &[("text", "Government")])?;
    leaf(&mut xml, "itunes:explicit", "false")?;
    leaf(&mut xml, "itunes:author", commune)?;
    for (one, kind, bytes) in episodes {
        let sound = format!("{base}{PATH}/nghe/{}", one.id);
        xml.write_event(Xml::Start(BytesStart::new("item")))?;
        leaf(&mut xml, "title", &one.title)?;
        xml.write_event(Xml::Start(BytesStart::new("guid").with_attributes([("isPermaLink", "false")])))?;
        xml.write_event(Xml::Text(BytesText::new(&one.id.to_string())))?;
        xml.write_event(Xml::End(BytesEnd::new("guid")))?;
        empty(&mut xml, "enclosure", &[("url", &sound), ("type", kind), ("length", &bytes.to_string())])?;
        leaf(&mut xml, "itunes:duration", &length(one.seconds()))?;
        if let Some(at) = one.aired_at {
            leaf(&mut xml, "pubDate", &at.to_rfc2822())?;
        }
        if !one.words.is_empty() {
            leaf(&mut xml, "description", &one.words)?;
        }
        xml.write_event(Xml::End(BytesEnd::new("item")))?;
    }
    xml.write_event(Xml::End(BytesEnd::new("channel")))?;
    xml.write_event(Xml::End(BytesEnd::new("rss")))?;
    Ok(xml.into_inner())
}
