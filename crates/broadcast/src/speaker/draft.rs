//! What a form or a program says of a cluster, judged.

use super::model::{Kind, Speaker};
use platform::{Ctx, Error, Result, Uuid, said};
use units::place::{Ground, Point};

const NAME: usize = 120;
const PLACE: usize = 200;
const CODE: usize = 80;
const HORNS: i64 = 50;
const WATTS: i64 = 2_000;

/// What is said of a cluster.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub name: String,
    pub village: Option<Uuid>,
    pub kind: Option<Kind>,
    pub place: String,
    pub lat: String,
    pub lon: String,
    /// Loudspeakers of the cluster.
    pub horns: Option<i64>,
    /// Of each.
    pub watts: Option<i64>,
    pub model: String,
    pub vendor_code: String,
    pub since_on: Option<chrono::NaiveDate>,
}

fn within(field: &'static str, number: Option<i64>, most: i64) -> Result<i64> {
    let number = number.unwrap_or(if field == "so-loa" { 1 } else { 0 });
    let least = i64::from(field == "so-loa");
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    let text = platform::Message::new("broadcast-speaker-number").with("least", least).with("most", most);
    Err(Error::field(field, text))
}

/// Puts it into a cluster. All that is wrong is told at once.
pub(super) async fn put(ctx: &Ctx, draft: &Draft, one: &mut Speaker) -> Result<()> {
    let mut wrong = Vec::new();
    let mut keep = |error: Error| wrong.extend(error.fields);
    let mut text = |field, text: &str, most| {
        said::short(field, text.trim(), most).map(|()| text.trim().to_owned()).map_err(&mut keep).ok()
    };
    let (place, model) = (text("cho", &draft.place, PLACE), text("may", &draft.model, CODE));
    let code = text("ma-hang", &draft.vendor_code, CODE);
    let name =
        said::needed("ten", &draft.name, "broadcast-speaker-name-missing", NAME).map_err(&mut keep).ok();
    let horns = within("so-loa", draft.horns, HORNS).map_err(&mut keep).ok();
    let watts = within("cong-suat", draft.watts, WATTS).map_err(&mut keep).ok();
    let point =
        Point::parse(&draft.lat, &draft.lon).map_err(|error| keep(error.renamed(&[("thon", "vi-do")]))).ok();
    let ground = Ground::load(ctx).await?;
    let village = draft.village.filter(|id| ground.find(*id).is_some());
    if village.is_none() {
        keep(Error::field("thon", "error-choose"));
    }
    if draft.kind.is_none() {
        keep(Error::field("loai", "error-choose"));
    }
    if draft.kind == Some(Kind::Vendor) && draft.vendor_code.trim().is_empty() {
        keep(Error::field("ma-hang", "broadcast-speaker-code-missing"));
    }
    if draft.since_on.is_some_and(|since| since > ctx.today()) {
        keep(Error::field("tu-ngay", "broadcast-speaker-ahead"));
    }
    let (
        Some(name),
        Some(place),
        Some(model),
        Some(code),
        Some(horns),
        Some(watts),
        Some(point),
        Some(village),
        Some(kind),
        true,
    ) = (name, place, model, code, horns, watts, point, village, draft.kind, wrong.is_empty())
    else {
        return Err(Error::fields(wrong));
    };
    one.unit_id = village;
    (one.name, one.place, one.model, one.vendor_code) = (name, place, model, code);
    (one.horns, one.watts, one.kind) = (horns, watts, kind);
    (one.lat, one.lon) = (point.map(|point| point.lat), point.map(|point| point.lon));
    one.since_on = draft.since_on.unwrap_or(one.since_on);
    Ok(())
}
