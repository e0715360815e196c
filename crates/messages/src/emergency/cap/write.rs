//! A notice as a CAP message.

use super::super::model::Emergency;
use cap::{
    Alert, Area, Category, Certainty, Id, Info, Kind, Language, Named, Reference, Response, Scope, Severity,
    Status, Text, Time, Urgency, Uri,
};
use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Lang, Result, T};
use units::place::Ground;

fn text(words: &str) -> Option<Text> {
    Text::new(words).ok()
}

fn time(at: DateTime<Utc>) -> Result<Time> {
    Time::new(at.with_timezone(&platform::clock::vietnam())).map_err(Error::internal)
}

/// Who we are in the world: the name of our site.
pub(super) fn sender(ctx: &Ctx) -> Result<Id> {
    let url = ctx.app.config.base_url();
    let host = url.split("//").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
    Id::new(host).map_err(Error::internal)
}

/// The message that was told, or the one that takes it back.
pub(super) async fn alert(ctx: &Ctx, one: &Emergency) -> Result<Alert> {
    let began = one.published_at.unwrap_or(one.asked_at);
    let identifier = |what: &str| Id::new(&format!("{}{what}", one.id)).map_err(Error::internal);
    let (kind, id, sent) = match one.taken_at {
        Some(at) => (Kind::Cancel, identifier("-cancel")?, at),
        None => (Kind::Alert, identifier("")?, began),
    };
    let status = if one.drill { Status::Exercise } else { Status::Actual };
    let mut alert = Alert::new(id, sender(ctx)?, time(sent)?, status, kind, Scope::Public);
    if one.drill {
        alert.note = text(&one.title);
    }
    if kind == Kind::Cancel {
        let (sender, identifier, sent) = (sender(ctx)?, identifier("")?, time(began)?);
        alert.references = vec![Reference { sender, identifier, sent }];
    }
    alert.infos.push(info(ctx, one, Lang::Vi).await?);
    if !one.title_en.is_empty() {
        alert.infos.push(info(ctx, one, Lang::En).await?);
    }
    Ok(alert)
}

async fn info(ctx: &Ctx, one: &Emergency, lang: Lang) -> Result<Info> {
    let (title, words, _) = one.words(lang);
    let missing = || Error::internal("a notice without a title");
    // The form asks for words, not for classes: what is told to everybody at once is immediate and severe.
    let mut info = Info::new(
        Category::Safety,
        text(title).ok_or_else(missing)?,
        Urgency::Immediate,
        Severity::Severe,
        Certainty::Likely,
    );
    info.language = Language::new(if lang == Lang::Vi { "vi-VN" } else { "en-GB" }).ok();
    info.responses = vec![Response::Execute];
    info.expires = Some(time(one.ends_at)?);
    info.headline = text(title);
    info.instruction = text(words);
    if one.taken_at.is_some() {
        info.description = text(one.correction(lang).0);
    }
    info.web = Uri::new(&format!("{}{}", ctx.app.config.base_url(), one.public_path())).ok();
    info.areas = vec![area(ctx, one, lang).await?];
    Ok(info)
}

/// The villages by name and, as far as their ground is known, by their edge.
async fn area(ctx: &Ctx, one: &Emergency, lang: Lang) -> Result<Area> {
    let (ground, chosen) = (Ground::load(ctx).await?, one.villages());
    let names = super::super::rules::villages_named(ctx, one).await?;
    let names = if names.is_empty() { T(lang).t("emergency-everywhere") } else { names };
    let mut area = Area::new(text(&names).ok_or_else(|| Error::internal("no area"))?);
    for (unit, rings) in
        ground.villages.iter().filter(|(unit, _)| chosen.is_empty() || chosen.contains(&unit.id))
    {
        for ring in rings {
            let points = ring
                .iter()
                .map(|(lon, lat)| cap::Point::new(*lat, *lon))
                .collect::<std::result::Result<Vec<_>, _>>();
            area.polygons.extend(points.ok().and_then(|points| cap::Polygon::new(points).ok()));
        }
        let named =
            text("village").zip(text(&unit.slug)).map(|(name, value)| Named { name, value: Some(value) });
        area.geocodes.extend(named);
    }
    Ok(area)
}
