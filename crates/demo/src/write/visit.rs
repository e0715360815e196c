//! Places for visitors (`data/demo/tourism.toml`), with painted pictures, and what two visitors asked.

use super::office::Writing;
use super::paint;
use crate::Commune;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use platform::http::Upload;
use platform::{Ctx, Error, Lang, Result, Uuid};
use serde::Deserialize;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use tourism::dates::Dates;
use tourism::place::{self, About, Draft, Kind, Place, Ready, SentContact};
use tourism::request::{self, Sending};

const PLACES: &str = include_str!("../../../../data/demo/tourism.toml");
const METRES_A_DEGREE: f64 = 111_320.0;
const SAMPLE: &str = "*Dữ liệu mẫu: tên, giá và số liệu do chương trình đặt ra.*\n\n";
const SAMPLE_EN: &str = "*Sample data: names, prices and figures are invented.*\n\n";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    place: Vec<Line>,
    request: Vec<Asked>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Line {
    kind: Kind,
    village: u8,
    east: f64,
    north: f64,
    name: String,
    name_en: String,
    summary: String,
    summary_en: String,
    body: String,
    body_en: String,
    way: String,
    way_en: String,
    months: Vec<u8>,
    hours: String,
    hours_en: String,
    price_from: Option<i64>,
    price_to: Option<i64>,
    price_for: String,
    price_for_en: String,
    price_days_ago: i64,
    facilities: Vec<String>,
    languages: Vec<String>,
    capacity: Option<i64>,
    honour: String,
    honour_en: String,
    honour_no: String,
    honour_by: String,
    honour_on: Option<NaiveDate>,
    tag: String,
    rule: Option<Dates>,
    skip_next: String,
    /// A household business of the village runs it.
    business: bool,
    art: Vec<String>,
    alt: Vec<String>,
    alt_en: Vec<String>,
    contact: Option<Whom>,
    /// Who proposes it; the clerk if left out.
    by: String,
    state: String,
    days: i64,
    views: i64,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Whom {
    name: String,
    phone: String,
    zalo: String,
    email: String,
    /// Of a private person who agreed; how.
    consent_how: String,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    place: String,
    days: i64,
    ahead: i64,
    nights: i64,
    people: i64,
    name: String,
    phone: String,
    english: bool,
    words: String,
    answer: String,
}

/// The pictures by what is painted; painting takes a while, so it is done before anything is written.
pub struct Pictures(BTreeMap<String, Ready>);

pub async fn pictures(ctx: &Ctx) -> Result<Pictures> {
    let file: File = toml::from_str(PLACES).map_err(Error::internal)?;
    let mut all = BTreeMap::new();
    for art in file.place.into_iter().flat_map(|line| line.art) {
        if let Entry::Vacant(empty) = all.entry(art) {
            let art = empty.key();
            let upload =
                Upload { field: "anh".into(), name: format!("{art}.jpg"), bytes: paint::paint(art)? };
            empty.insert(place::ready(ctx, upload).await?);
        }
    }
    Ok(Pictures(all))
}

/// Accounts and households must stand.
pub(super) async fn write(writing: &Writing<'_>, demo: &Commune, pictures: &Pictures) -> Result<()> {
    let mut file: File = toml::from_str(PLACES).map_err(Error::internal)?;
    // What was written first has the smallest id.
    file.place.sort_by_key(|line| std::cmp::Reverse(line.days));
    let mut places = HashMap::new();
    for line in &file.place {
        places.insert(line.name.clone(), one(writing, demo, pictures, line).await?);
    }
    for asked in &file.request {
        let place = places.get(&asked.place).ok_or_else(|| Error::internal("no such place"))?;
        request(writing, place, asked).await?;
    }
    Ok(())
}

fn moment(writing: &Writing<'_>, days: i64) -> DateTime<Utc> {
    writing.ctx.now - Duration::days(days)
}

async fn one(writing: &Writing<'_>, demo: &Commune, pictures: &Pictures, line: &Line) -> Result<Place> {
    let who = if line.by.is_empty() { writing.clerk.clone() } else { writing.person(&line.by).await? };
    let writer = &writing.at(&who, moment(writing, line.days));
    let leader = &writing.at(&writing.chairman, (writer.now + Duration::hours(5)).min(writing.ctx.now));
    let tx = writing.tx;
    let mut one = place::create(writer, tx, draft(writer, demo, line).await?).await?;
    let ready: Vec<Ready> = line.art.iter().filter_map(|art| pictures.0.get(art).cloned()).collect();
    for (n, picture) in place::picture_add(writer, tx, one.id, &ready).await?.iter().enumerate() {
        let words = |list: &[String]| list.get(n).cloned().unwrap_or_default();
        let (alt, alt_en) = (words(&line.alt), words(&line.alt_en));
        let about = About { alt, alt_en, credit: "Tranh mẫu".into(), ..About::default() };
        place::describe(writer, tx, one.id, picture.id, &about).await?;
    }
    one = place::within(writer, tx, one.id).await?;
    if let Some(whom) = &line.contact {
        place::contact_set(writer, tx, one.id, one.revision, contact(writer, whom)).await?;
        one.revision += 1;
    }
    if line.state == "submitted" {
        one = place::submit(writer, tx, one.id, one.revision).await?;
    }
    if line.state == "published" {
        one = place::approve(leader, tx, one.id, one.revision).await?;
        place::views(leader, tx, one.id, line.views).await?;
    }
    if !line.skip_next.is_empty() {
        let now = &writing.at(&writing.chairman, writing.ctx.now);
        let next = one.content.dates.and_then(|dates| dates.turns(now.today(), 1).first().copied());
        let next = next.ok_or_else(|| Error::internal("no next turn"))?;
        one = place::skip(now, tx, one.id, one.revision, next.year, &line.skip_next, false).await?;
    }
    Ok(one)
}

async fn draft(ctx: &Ctx, demo: &Commune, line: &Line) -> Result<Draft> {
    let village = demo.villages.iter().find(|one| one.key.0 == line.village);
    let village = village.ok_or_else(|| Error::internal("no such village"))?;
    let degrees = |text: &str| text.parse::<f64>().map_err(Error::internal);
    let (lat, lon) = (degrees(village.plan.lat)?, degrees(village.plan.lon)?);
    let units = units::village_list(ctx, ctx.today()).await?;
    let unit = units.iter().find(|unit| unit.code == format!("{:02}", line.village)).map(|unit| unit.id);
    let said = |note: &str, body: &str| if body.is_empty() { String::new() } else { format!("{note}{body}") };
    Ok(Draft {
        kind: line.kind,
        name: line.name.clone(),
        name_en: line.name_en.clone(),
        summary: line.summary.clone(),
        summary_en: line.summary_en.clone(),
        body: said(SAMPLE, line.body.trim()),
        body_en: said(SAMPLE_EN, line.body_en.trim()),
        village: unit,
        lat: Some(lat + line.north * 1000.0 / METRES_A_DEGREE),
        lon: Some(lon + line.east * 1000.0 / (METRES_A_DEGREE * lat.to_radians().cos())),
        way: line.way.clone(),
        way_en: line.way_en.clone(),
        months: line.months.clone(),
        hours: line.hours.clone(),
        hours_en: line.hours_en.clone(),
        price_from: line.price_from,
        price_to: line.price_to,
        price_for: line.price_for.clone(),
        price_for_en: line.price_for_en.clone(),
        price_on: line.price_from.map(|_| ctx.today() - Duration::days(line.price_days_ago)),
        facilities: line.facilities.clone(),
        languages: line.languages.clone(),
        capacity: line.capacity,
        honour: line.honour.clone(),
        honour_en: line.honour_en.clone(),
        honour_no: line.honour_no.clone(),
        honour_by: line.honour_by.clone(),
        honour_on: line.honour_on,
        tag: line.tag.clone(),
        organisation: if line.business { business(ctx, unit).await? } else { None },
        dates: line.rule,
    })
}

/// A household business of the village.
async fn business(ctx: &Ctx, village: Option<Uuid>) -> Result<Option<Uuid>> {
    let filter = registry::organisation::Filter {
        kind: Some("household_business"),
        villages: village.into_iter().collect(),
        ..registry::organisation::Filter::default()
    };
    let found = registry::organisation::list(ctx, &filter, None, 1).await?;
    Ok(found.rows.first().map(|one| one.id))
}

fn contact(ctx: &Ctx, whom: &Whom) -> SentContact {
    SentContact {
        name: whom.name.clone(),
        phone: whom.phone.clone(),
        zalo: whom.zalo.clone(),
        email: whom.email.clone(),
        web: String::new(),
        private: !whom.consent_how.is_empty(),
        consent_on: Some(ctx.today()),
        consent_how: whom.consent_how.clone(),
    }
}

async fn request(writing: &Writing<'_>, place: &Place, asked: &Asked) -> Result<()> {
    let now = moment(writing, asked.days);
    let lang = if asked.english { Lang::En } else { Lang::Vi };
    let visitor = Ctx { now, lang, actor: None, ..writing.ctx.clone() };
    let from = writing.ctx.today() + Duration::days(asked.ahead);
    let sending = Sending {
        name: asked.name.clone(),
        phone: asked.phone.clone(),
        email: String::new(),
        from: Some(from),
        to: Some(from + Duration::days(asked.nights)),
        people: Some(asked.people),
        words: asked.words.clone(),
    };
    let (one, _) = request::send(&visitor, writing.tx, place, &sending).await?;
    if !asked.answer.is_empty() {
        let clerk = writing.at(&writing.clerk, now + Duration::hours(3));
        request::answer(&clerk, writing.tx, one.id, one.revision, &asked.answer, false).await?;
    }
    Ok(())
}
