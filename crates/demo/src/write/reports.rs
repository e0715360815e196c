//! Reports of residents (`data/demo/reports.toml`), as far as each has got; their photographs are drawn here.

use super::office::Writing;
use crate::Commune;
use chrono::{DateTime, Duration, Timelike, Utc};
use feedback::{Part, Point, Report, Sending, Source};
use image::{ImageFormat, Rgb, RgbImage};
use platform::access::{Actor, Grant, Place, Via};
use platform::{Ctx, Error, Result, Uuid};
use serde::Deserialize;
use std::io::Cursor;
use std::sync::Arc;

const REPORTS: &str = include_str!("../../../../data/demo/reports.toml");
const METRES_A_DEGREE: f64 = 111_320.0;
/// The residents who sign in; others send without an account.
const RESIDENTS: usize = 4;

#[derive(Deserialize)]
struct File {
    report: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    village: u8,
    kind: String,
    days: i64,
    #[serde(default)]
    after: i64,
    come: String,
    #[serde(default)]
    photo: String,
    east: f64,
    north: f64,
    words: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    question: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    again: String,
    stars: Option<i64>,
    #[serde(default)]
    seen: usize,
}

pub(super) async fn write(writing: &Writing<'_>, demo: &Commune) -> Result<()> {
    let mut file: File = toml::from_str(REPORTS).map_err(Error::internal)?;
    // The oldest has the first number.
    file.report.sort_by_key(|line| std::cmp::Reverse(line.days));
    for (number, line) in file.report.iter().enumerate() {
        one(writing, demo, number, line).await?;
    }
    Ok(())
}

fn actor(ctx: &Ctx, account_id: Uuid) -> Arc<Actor> {
    let place = Place::new("commune", ctx.commune);
    let grants = vec![Grant { role: "clerk".to_owned(), place }];
    let via = Via::Session(Uuid::nil());
    Arc::new(Actor {
        account_id,
        commune_id: ctx.commune,
        name: String::new(),
        grants,
        second_factor: true,
        via,
    })
}

/// The same hour of a day some days ago.
fn ago(ctx: &Ctx, days: i64, hour: u32) -> DateTime<Utc> {
    let day = ctx.now - Duration::days(days);
    day.with_hour(hour).filter(|at| *at < ctx.now).unwrap_or(day - Duration::hours(1))
}

async fn one(writing: &Writing<'_>, demo: &Commune, number: usize, line: &Line) -> Result<()> {
    let sent_at = ago(writing.ctx, line.days, 1 + u32::try_from(number % 9).unwrap_or(0));
    let anonymous = number.is_multiple_of(3);
    let resident = writing.person(&format!("nguoi-dan-{}", number % RESIDENTS + 1)).await?;
    let sender = writing.at(&resident, sent_at);
    let village = demo.villages.iter().find(|one| one.key.0 == line.village);
    let village = village.ok_or_else(|| Error::internal("no such village"))?;
    let (lat, lon): (f64, f64) = (number_of(village.plan.lat)?, number_of(village.plan.lon)?);
    let east = line.east / (METRES_A_DEGREE * lat.to_radians().cos());
    let point = Point::new(lat + line.north / METRES_A_DEGREE, lon + east).filter(|_| line.east != 0.0);
    let units = units::village_list(&sender, sender.today()).await?;
    let unit = units.iter().find(|unit| unit.code == format!("{:02}", line.village)).map(|unit| unit.id);
    let mut files = Vec::new();
    if !line.photo.is_empty() {
        files.push(feedback::picture(&sender, "anh.jpg", scene(&line.photo, number)?, Part::Sent).await?);
    }
    let sending = Sending {
        source: Source::Web,
        kind: &line.kind,
        body: &line.words,
        point,
        village: unit,
        place_words: &line.place,
        name: "",
        phone: "",
        files,
        anonymous,
    };
    let mut sent = feedback::send(&sender, writing.tx, sending).await?;
    feedback::release_unasked(&sender, writing.tx, &mut sent.report).await?;
    settled(writing, line, number, sent.report, sent_at, &sender).await
}

fn number_of(text: &str) -> Result<f64> {
    text.parse().map_err(Error::internal)
}

/// Everything that came after the sending.
async fn settled(
    writing: &Writing<'_>,
    line: &Line,
    number: usize,
    report: Report,
    sent_at: DateTime<Utc>,
    sender: &Ctx,
) -> Result<()> {
    if line.come == "new" {
        return Ok(());
    }
    let tx = writing.tx;
    let holder = report.holder_id.unwrap_or(writing.clerk.account_id);
    let holder = actor(writing.ctx, holder);
    let at = |hours: i64| writing.at(&holder, (sent_at + Duration::hours(hours)).min(writing.ctx.now));
    let id = report.id;
    let mut now = report;
    // What is not for everybody, and what is nothing at all, stays inside.
    let quiet = ["order", "forest"].contains(&now.kind.as_str()) || line.come == "refused";
    if !quiet {
        now = feedback::show(&at(2), tx, id, now.revision, true).await?;
        now.revision += 1;
        for n in 0..line.seen.min(RESIDENTS) {
            let other = writing.person(&format!("nguoi-dan-{}", (number + n) % RESIDENTS + 1)).await?;
            feedback::support(&writing.at(&other, sent_at + Duration::hours(3)), tx, &now).await?;
        }
    }
    if line.come == "shown" {
        return Ok(());
    }
    if line.come == "refused" {
        feedback::refuse(&at(24 * line.after), tx, id, now.revision, &line.answer).await?;
        return Ok(());
    }
    now = feedback::accept(&at(5), tx, id, now.revision).await?;
    if !line.note.is_empty() {
        now = feedback::note(&at(28), tx, id, now.revision + 1, &line.note, true).await?;
    }
    let revision = now.revision + 1;
    match line.come.as_str() {
        "asked" => {
            feedback::ask(&at(26), tx, id, revision, &line.question).await?;
        }
        "elsewhere" => {
            feedback::elsewhere(&at(24 * line.after), tx, id, revision, &line.body, &line.answer).await?;
        }
        "answered" | "fixed" | "reopened" => {
            answered(writing, line, number, &at(24 * line.after), id, revision, sender).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn answered(
    writing: &Writing<'_>,
    line: &Line,
    number: usize,
    officer: &Ctx,
    id: Uuid,
    revision: i64,
    sender: &Ctx,
) -> Result<()> {
    let mut files = Vec::new();
    if !line.photo.is_empty() {
        let after = scene("after", number)?;
        files.push(feedback::picture(officer, "sau.jpg", after, Part::After).await?);
    }
    let mut report = feedback::answer(officer, writing.tx, id, revision, &line.answer, &files).await?;
    report.revision += 1;
    let later = |hours: i64| Ctx {
        now: (officer.now + Duration::hours(hours)).min(writing.ctx.now),
        ..sender.clone()
    };
    if let Some(stars) = line.stars {
        feedback::rate(&later(20), writing.tx, &mut report, &stars.to_string(), "").await?;
        report.revision += 1;
    }
    match line.come.as_str() {
        "fixed" => feedback::fixed(&later(24 * 15), writing.tx, &mut report, true, "").await,
        "reopened" => feedback::reopen(&later(24 * 20), writing.tx, &mut report, &line.again).await,
        _ => Ok(()),
    }
}

/// A simple picture of some hundred pixels: nobody's house, nobody's face.
fn scene(kind: &str, number: usize) -> Result<Vec<u8>> {
    let shift = i64::try_from(number * 37 % 90).unwrap_or(0);
    let picture = RgbImage::from_fn(400, 300, |x, y| {
        let (x, y) = (i64::from(x) * 6 / 5 + shift - 45, i64::from(y) * 6 / 5);
        let (sky, hill, ground) = match kind {
            "night" => ([22, 28, 52], [16, 24, 34], [38, 40, 44]),
            _ => ([196, 220, 232], [96, 138, 92], [150, 132, 104]),
        };
        let ridge = 130 + (x * x / 700 - x / 3) % 40;
        let base = if y < ridge {
            sky
        } else if y < 190 {
            hill
        } else {
            ground
        };
        let inside = |cx: i64, cy: i64, rx: i64, ry: i64| {
            (x - cx) * (x - cx) * ry * ry + (y - cy) * (y - cy) * rx * rx < rx * rx * ry * ry
        };
        let road = y > 190 && (x - 240).abs() < 40 + (y - 190) * 2 / 3;
        let grain = (x * 7 + y * 13) % 9;
        let shade =
            |rgb: [i64; 3]| Rgb(rgb.map(|one| u8::try_from((one + grain - 4).clamp(0, 255)).unwrap_or(0)));
        match kind {
            "road" if inside(250, 285, 70, 24) => shade([62, 54, 48]),
            "road" | "after" if road => shade([148, 148, 146]),
            "rubbish" if y > 230 && (x / 26 + y / 22) % 3 == 0 && inside(240, 290, 170, 60) => {
                let colours = [[210, 208, 200], [70, 110, 170], [190, 70, 60], [230, 190, 80]];
                shade(colours[usize::try_from((x / 26 * 5 + y / 22 * 3).rem_euclid(4)).unwrap_or(0)])
            }
            "night" if (x - 240).abs() < 4 && y > 80 => shade([90, 92, 96]),
            "night" if inside(240, 80, 26, 10) => shade([60, 58, 50]),
            "water" if y > 200 && (x - 240).abs() < 60 + (y - 200) => shade([128, 116, 78]),
            "field" if y > 200 && (y / 14) % 2 == 0 => shade([112, 146, 70]),
            _ => shade(base),
        }
    });
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Jpeg).map_err(Error::internal)?;
    Ok(out.into_inner())
}
