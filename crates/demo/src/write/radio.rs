//! The radio (`data/demo/radio.toml`): relays of 2023, the commune's own programmes with a tune instead of a voice, the week's plan.

use super::office::Writing;
use broadcast::plan::{self, Draft as Line};
use broadcast::programme::{self, Draft, Form, Recording};
use broadcast::speaker::{self, Kind};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use platform::clock::start_of_day;
use platform::http::Upload;
use platform::{Ctx, Error, Result, Uuid};
use serde::Deserialize;
use std::collections::BTreeMap;
use units::place::Ground;

const RADIO: &str = include_str!("../../../../data/demo/radio.toml");
const RATE: u32 = 24_000;
/// Five notes of the mountains' scale, in hertz.
const NOTES: [f32; 6] = [392.0, 440.0, 523.25, 587.33, 659.25, 783.99];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    programme: Vec<Programme>,
    speakers: Speakers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speakers {
    since: toml::value::Datetime,
    name: String,
    place: String,
    model: String,
    horns: i64,
    watts: i64,
    vendor: Vec<usize>,
    unconnected: Vec<usize>,
}

/// The villages whose clusters have no device on the line.
pub fn unconnected() -> Result<Vec<String>> {
    let file: File = toml::from_str(RADIO).map_err(Error::internal)?;
    Ok(file.speakers.unconnected.iter().map(|number| format!("{number:02}")).collect())
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Programme {
    on: Option<toml::value::Datetime>,
    days: i64,
    title: String,
    kind: String,
    origin: String,
    address: String,
    tune: u8,
    words: String,
    at: String,
    minutes: Option<i64>,
    weekdays: Vec<u8>,
    to: Option<toml::value::Datetime>,
    villages: Vec<u8>,
    state: String,
}

fn day(date: &toml::value::Datetime) -> Result<NaiveDate> {
    date.to_string().parse().map_err(Error::internal)
}

/// The tunes by their number; they are measured before anything is written.
pub struct Tunes(BTreeMap<u8, Recording>);

pub async fn tunes(ctx: &Ctx) -> Result<Tunes> {
    let file: File = toml::from_str(RADIO).map_err(Error::internal)?;
    let mut all = BTreeMap::new();
    for tune in file.programme.iter().map(|one| one.tune).filter(|tune| *tune > 0) {
        let upload = Upload { field: "tep".into(), name: format!("nhac-hieu-{tune}.wav"), bytes: wave(tune) };
        all.insert(tune, programme::recording(ctx, upload).await?);
    }
    Ok(Tunes(all))
}

/// Twelve seconds of plucked notes.
fn wave(tune: u8) -> Vec<u8> {
    let each = RATE / 2;
    let sample = |n: u32| {
        let (note, at) = (n / each, (n % each) as f32 / RATE as f32);
        let hertz = NOTES[(note * (2 + u32::from(tune)) + note / 4) as usize % NOTES.len()];
        let turn = std::f32::consts::TAU * hertz * at;
        let sound = (turn.sin() + 0.4 * (2.0 * turn).sin()) * (-at * 6.0).exp() * (at * 200.0).min(1.0);
        (sound * 12_000.0) as i16
    };
    let samples: Vec<u8> = (0..each * 24).flat_map(|n| sample(n).to_le_bytes()).collect();
    let size = samples.len() as u32;
    let mut file = Vec::from(*b"RIFF");
    file.extend((36 + size).to_le_bytes());
    file.extend(*b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend(*b"\x02\0\x10\0data");
    file.extend(size.to_le_bytes());
    file.extend(samples);
    file
}

/// Accounts and villages must stand.
pub(super) async fn write(writing: &Writing<'_>, tunes: &Tunes) -> Result<()> {
    let file: File = toml::from_str(RADIO).map_err(Error::internal)?;
    for one in &file.programme {
        let made: DateTime<Utc> = match &one.on {
            Some(on) => start_of_day(day(on)?) + Duration::hours(9),
            None => writing.ctx.now - Duration::days(one.days),
        };
        let (writer, leader) =
            (writing.at(&writing.clerk, made), writing.at(&writing.chairman, made + Duration::hours(2)));
        programme(writing, &writer, &leader, one, tunes).await?;
    }
    speakers(writing, &file.speakers).await
}

/// In the middle of each village, more or less.
async fn speakers(writing: &Writing<'_>, all: &Speakers) -> Result<()> {
    let since = day(&all.since)?;
    let ctx = writing.at(&writing.clerk, start_of_day(since) + Duration::hours(9));
    let ground = Ground::load(&ctx).await?;
    for (number, (unit, rings)) in (1..).zip(&ground.villages) {
        let vendor = all.vendor.contains(&number);
        let points = rings.iter().max_by_key(|ring| ring.len()).map(Vec::as_slice).unwrap_or_default();
        let count = points.len().max(1) as f64;
        let (lon, lat) = points.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0 / count, sum.1 + p.1 / count));
        let degrees = |value: f64| if points.is_empty() { String::new() } else { format!("{value:.5}") };
        let draft = speaker::Draft {
            name: format!("{} {}", all.name, unit.short_name()),
            village: Some(unit.id),
            kind: Some(if vendor { Kind::Vendor } else { Kind::Own }),
            place: all.place.clone(),
            lat: degrees(lat),
            lon: degrees(lon),
            horns: Some(all.horns),
            watts: Some(all.watts),
            model: all.model.clone(),
            vendor_code: if vendor { format!("GP-{number:02}") } else { String::new() },
            since_on: Some(since),
        };
        speaker::add(&ctx, writing.tx, &draft).await?;
    }
    Ok(())
}

async fn programme(
    writing: &Writing<'_>,
    writer: &Ctx,
    leader: &Ctx,
    one: &Programme,
    tunes: &Tunes,
) -> Result<()> {
    let tx = writing.tx;
    let recording = tunes.0.get(&one.tune);
    let draft = Draft {
        title: one.title.clone(),
        kind: one.kind.clone(),
        origin: one.origin.clone(),
        language: "vi".to_owned(),
        form: Some(if recording.is_some() { Form::Sound } else { Form::Relay }),
        words: one.words.clone(),
        address: one.address.clone(),
    };
    let mut made = programme::create(writer, tx, draft, recording).await?;
    made = programme::submit(writer, tx, made.id, made.revision).await?;
    if one.state == "submitted" {
        return Ok(());
    }
    made = programme::approve(leader, tx, made.id, made.revision).await?;
    let units = units::village_list(writer, writer.today()).await?;
    let coded =
        |number: &u8| units.iter().find(|unit| unit.code == format!("{number:02}")).map(|unit| unit.id);
    let line = Line {
        programme: Some(made.id),
        from_on: Some(leader.today()),
        to_on: one.to.as_ref().map(day).transpose()?,
        weekdays: one.weekdays.clone(),
        starts: one.at.clone(),
        minutes: one.minutes,
        villages: one.villages.iter().filter_map(coded).collect::<Vec<Uuid>>(),
        priority: false,
    };
    plan::add(leader, tx, &line).await?;
    Ok(())
}
