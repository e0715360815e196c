//! The page of the radio: listen now, what comes, what can be heard again.

use crate::PATH;
use crate::law::{Broadcast, clock, length, named, span};
use crate::plan::{Line, Slot, lines, store};
use crate::programme::{self, Form, Programme, State};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use http::HeaderMap;
use platform::http::html;
use platform::{Ctx, Error, Result, Uuid, files};
use registry::VillagePanel;
use std::collections::HashMap;
use ui::{Html, Shell};
use units::Unit;
use units::place::Ground;

/// Days of the programme on the page.
const AHEAD: i64 = 2;
/// What can be heard again, on one page.
const SHOWN: i64 = 20;
/// Airings in the panel of a village.
const NEXT: usize = 4;

/// What is on air at this moment.
pub(crate) struct Now {
    pub title: String,
    pub until: String,
    /// Empty for the whole commune.
    pub villages: String,
}

struct Turn {
    time: String,
    title: String,
    kind: String,
    villages: String,
    on_air: bool,
    over: bool,
}

struct Day {
    name: String,
    turns: Vec<Turn>,
}

struct Heard {
    url: String,
    title: String,
    about: String,
    words: String,
}

#[derive(Template)]
#[template(path = "radio.html")]
struct RadioPage {
    shell: Shell,
    now: Vec<Now>,
    stream: String,
    opus: String,
    place: String,
    village: String,
    villages: Vec<(String, String)>,
    days: Vec<Day>,
    heard: Vec<Heard>,
    older: String,
    address: String,
}

/// Lines that really sound: approved, and not taken off the day.
fn sounding<'s>(slots: &'s [Slot], skips: &'s [crate::plan::Skip], day: NaiveDate) -> Vec<Line<'s>> {
    let mut all = lines(slots, skips, day);
    all.retain(|line| line.off.is_none() && line.slot.state == State::Approved);
    all
}

/// For a village; nothing is the whole commune.
async fn planned(
    ctx: &Ctx,
    village: Option<Uuid>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<(Vec<Slot>, Vec<crate::plan::Skip>)> {
    let mut slots = store::between(ctx, &ctx.app.db, from, to).await?;
    slots.retain(|slot| village.is_none_or(|id| slot.villages().is_empty() || slot.villages().contains(&id)));
    let skips = store::skips(ctx, &ctx.app.db, &slots, from, to).await?;
    Ok((slots, skips))
}

fn over(line: &Line) -> DateTime<Utc> {
    line.at + Duration::seconds(line.slot.length)
}

fn villages(ground: &Ground, slot: &Slot) -> String {
    let names: Vec<String> = slot.villages().into_iter().map(|id| ground.name(Some(id))).collect();
    names.join(", ")
}

pub(crate) async fn now(ctx: &Ctx) -> Result<Vec<Now>> {
    let today = ctx.today();
    let (slots, skips) = planned(ctx, None, today - Duration::days(1), today).await?;
    let ground = Ground::load(ctx).await?;
    let mut all = sounding(&slots, &skips, today - Duration::days(1));
    all.extend(sounding(&slots, &skips, today));
    let on_air = all.iter().filter(|line| line.at <= ctx.now && ctx.now < over(line));
    let shown = |line: &Line| Now {
        title: line.slot.title.clone(),
        until: clock(line.slot.ends()),
        villages: villages(&ground, line.slot),
    };
    Ok(on_air.map(shown).collect())
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let known = units::village_list(&ctx, ctx.today()).await?;
    let slug = query.get("thon").cloned().unwrap_or_default();
    let village: Option<&Unit> = known.iter().find(|unit| unit.slug == slug);
    let (ground, law) = (Ground::load(&ctx).await?, Broadcast::now(&ctx)?);
    let (first, last) = (ctx.today(), ctx.today() + Duration::days(AHEAD - 1));
    let (slots, skips) = planned(&ctx, village.map(|unit| unit.id), first, last).await?;
    let days = (0..AHEAD).map(|ahead| {
        let day = first + Duration::days(ahead);
        let turns =
            sounding(&slots, &skips, day).iter().map(|line| turn(&ctx, &law, &ground, line)).collect();
        let name = if ahead == 0 { t.t("broadcast-today") } else { t.t("broadcast-tomorrow") };
        Day { name: format!("{name}, {}", t.date(day)), turns }
    });
    let before = query.get("truoc").and_then(|at| at.parse().ok());
    let mut heard = programme::store::archive(&ctx, before, SHOWN + 1).await?;
    let more = heard.len() > SHOWN as usize;
    heard.truncate(SHOWN as usize);
    let last_aired = heard.last().and_then(|one| one.aired_at).filter(|_| more);
    let mut options: Vec<(String, String)> =
        known.iter().map(|unit| (unit.slug.clone(), unit.name.clone())).collect();
    options.sort_by_key(|(_, name)| vntext::sort_key(name));
    let mount = village.map_or(crate::station::XA, |unit| unit.slug.as_str());
    let shell = Shell::public(&ctx, "broadcast").await?;
    let now = now(&ctx).await?;
    let here =
        |one: &Now| village.is_none_or(|unit| one.villages.is_empty() || one.villages.contains(&unit.name));
    Ok(html(ui::render(&RadioPage {
        place: village.map_or_else(|| t.t("broadcast-whole"), |unit| unit.name.clone()),
        now: now.into_iter().filter(here).collect(),
        stream: format!("{PATH}/phat/{mount}.mp3"),
        opus: format!("{PATH}/phat/{mount}.opus"),
        days: days.collect(),
        heard: heard.iter().map(|one| again(&ctx, &law, one)).collect(),
        older: last_aired.map(|at| older(&slug, at)).unwrap_or_default(),
        address: ctx.app.config.base_url(),
        shell: shell.crumb(t.t("broadcast"), ""),
        villages: options,
        village: slug,
    })?))
}

fn older(village: &str, at: DateTime<Utc>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("thon", village).append_pair("truoc", &at.to_rfc3339());
    format!("{PATH}?{}", query.finish())
}

fn turn(ctx: &Ctx, law: &Broadcast, ground: &Ground, line: &Line) -> Turn {
    let slot = line.slot;
    Turn {
        time: span(slot.starts, slot.ends()),
        title: slot.title.clone(),
        kind: named(&law.kind, &slot.kind, ctx.lang).to_owned(),
        villages: villages(ground, slot),
        on_air: line.at <= ctx.now && ctx.now < over(line),
        over: over(line) <= ctx.now,
    }
}

fn again(ctx: &Ctx, law: &Broadcast, one: &Programme) -> Heard {
    let t = ctx.t();
    let day = one.aired_at.map(|at| t.date(platform::clock::local_date(at))).unwrap_or_default();
    Heard {
        url: format!("{PATH}/nghe/{}", one.id),
        title: one.title.clone(),
        about: format!("{day} · {} · {}", named(&law.kind, &one.kind, ctx.lang), length(one.seconds())),
        words: one.words.clone(),
    }
}

/// What was on air once, whole or the part that a player asks for.
pub(super) async fn hear(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let one = programme::store::find(&ctx, &ctx.app.db, id).await?;
    let open = one.state == State::Approved
        && one.aired_at.is_some()
        && one.form != Form::Relay
        && one.origin == "commune";
    let file = one.file_id.filter(|_| open).ok_or_else(Error::not_found)?;
    let file = files::find(&ctx, &ctx.app.db, file).await?;
    let bytes = files::read(&ctx, &file).await?;
    Ok(platform::http::part(&headers, &file.media_type, bytes))
}

#[derive(Template)]
#[template(path = "panel-radio-village.html")]
struct Panel {
    shell: Shell,
    turns: Vec<(String, String)>,
    url: String,
    stream: String,
}

/// What the loudspeakers of a village say today, on its page.
pub(crate) fn panel() -> VillagePanel {
    VillagePanel { order: 60, draw: |ctx, village| Box::pin(drawn(ctx, village)) }
}

async fn drawn(ctx: &Ctx, village: &Unit) -> Result<Option<Html>> {
    let (first, last) = (ctx.today(), ctx.today() + Duration::days(1));
    let (slots, skips) = planned(ctx, Some(village.id), first, last).await?;
    let mut all = sounding(&slots, &skips, first);
    all.extend(sounding(&slots, &skips, last));
    let t = ctx.t();
    let coming = all.iter().filter(|line| over(line) > ctx.now).take(NEXT);
    let named =
        |line: &Line| (format!("{} {}", clock(line.slot.starts), t.date(line.day)), line.slot.title.clone());
    Ok(Some(Html(ui::render(&Panel {
        shell: Shell::new(t, ctx.path.as_str(), ""),
        turns: coming.map(named).collect(),
        url: format!("{PATH}?thon={}", village.slug),
        stream: format!("{PATH}/phat/{}.mp3", village.slug),
    })?)))
}
