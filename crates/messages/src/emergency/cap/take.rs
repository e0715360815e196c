//! A warning of a higher level: believed when a sender whom the commune trusts has signed it. What is immediate and severe goes out at once; the rest waits
//! for a leader; what is not for people here is kept and told to nobody.

use super::super::above::{Above, from_above, withdrawn_above};
use super::super::{Emergency, store as notices};
use super::store::{self, Received, Sender};
use axum::Json;
use axum::body::Bytes;
use cap::{Alert, Info, Kind, Relation, Severity, Status, Trusted, Urgency, Verified};
use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use units::place::Ground;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(receive))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// What was done with a warning.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct CapTaken {
    /// `sender,identifier,sent` of the message.
    id: String,
    /// told: it is out. asked: a leader of the commune decides. cancelled: what it named was taken back. kept: nobody was told.
    done: String,
    /// Why nobody was told.
    why: String,
    emergency_id: Option<Uuid>,
}

impl From<Received> for CapTaken {
    fn from(one: Received) -> CapTaken {
        CapTaken { id: one.cap_id, done: one.done, why: one.why, emergency_id: one.emergency_id }
    }
}

/// Takes a CAP 1.2 message with an enveloped signature. The same message twice is taken once.
#[utoipa::path(post, path = "/api/v1/emergencies/cap", tag = "messages", request_body(content = String, content_type = "application/cap+xml"),
    responses((status = 200, body = CapTaken), (status = 422)))]
pub async fn receive(ctx: Ctx, body: Bytes) -> Result<Json<CapTaken>> {
    let senders = store::senders(&ctx, &ctx.app.db).await?;
    let (verified, sender) = believed(&ctx, &senders, &body)?;
    let xml = String::from_utf8_lossy(&body).into_owned();
    let tx = ctx.begin().await?;
    let id: String = verified.alert.reference().to_string();
    if let Some(known) = store::received(&ctx, &tx, &id).await? {
        tx.rollback().await?;
        return Ok(Json(known.into()));
    }
    let taken = take(&ctx, &tx, &verified.alert, sender).await?;
    store::received_insert(&ctx, &tx, &taken, &xml).await?;
    tx.commit().await?;
    Ok(Json(taken.into()))
}

/// The message, and whose it is.
fn believed<'s>(ctx: &Ctx, senders: &'s [Sender], body: &[u8]) -> Result<(Verified, &'s Sender)> {
    let mut last = None;
    for sender in senders {
        let der = hex::decode(&sender.certificate).map_err(Error::internal)?;
        let trusted = Trusted::signer(&der).map_err(Error::internal)?;
        match cap::verify(body, &[trusted], ctx.now) {
            Ok(verified) => return Ok((verified, sender)),
            Err(refused) => last = Some(refused),
        }
    }
    let refused = match last {
        Some(refused) => refused,
        // Nobody is trusted: what is wrong with it otherwise is said first.
        None => cap::verify(body, &[], ctx.now).err().unwrap_or(cap::Refused::Untrusted),
    };
    tracing::warn!(%refused, "a warning from outside is not believed");
    let text = Message::new("emergency-cap-refused").with("code", refused.code());
    Err(Error { detail: Some(refused.to_string()), ..Error::field("body", text) })
}

async fn take(ctx: &Ctx, tx: &Tx, alert: &Alert, sender: &Sender) -> Result<Received> {
    let row = |done: &str, why: &str, emergency_id: Option<Uuid>| Received {
        cap_id: alert.reference().to_string(),
        sender_id: sender.id,
        done: done.to_owned(),
        why: why.to_owned(),
        emergency_id,
        at: ctx.now,
    };
    let drill = alert.status == Status::Exercise;
    let judged = alert.judge(ctx.now, &[super::write::sender(ctx)?.as_str()]);
    let against =
        judged.against.iter().find(|why| !matches!(why, cap::Objection::NotActual(Status::Exercise)));
    if let Some(why) = against {
        return Ok(row("kept", objection(*why), None));
    }
    if let Relation::Cancels(references) | Relation::Replaces(references) = judged.relation {
        let mut found = None;
        for reference in references {
            // Only its own: CAP lets anybody refer to anything.
            let known = store::received(ctx, tx, &reference.to_string()).await?;
            let known =
                known.filter(|known| known.sender_id == sender.id).and_then(|known| known.emergency_id);
            if let Some(id) = known {
                found = Some(id);
                withdrawn_above(ctx, tx, id, &said(alert)).await?;
            }
        }
        if alert.kind == Kind::Cancel {
            let (done, why) = if found.is_some() { ("cancelled", "") } else { ("kept", "unknown") };
            return Ok(row(done, why, found));
        }
    }
    let Some(info) = judged
        .current
        .iter()
        .find(|info| info.spoken().as_str().starts_with("vi"))
        .or(judged.current.first())
    else {
        return Ok(row("kept", "nothing", None));
    };
    let Some(villages) = villages(ctx, &judged.current).await? else {
        return Ok(row("kept", "elsewhere", None));
    };
    let english = judged.current.iter().find(|info| info.spoken().as_str().starts_with("en"));
    let at_once = matches!(info.urgency, Urgency::Immediate | Urgency::Expected)
        && matches!(info.severity, Severity::Extreme | Severity::Severe);
    let above = Above {
        title: title(info),
        body: words(info),
        english: english.filter(|en| !std::ptr::eq(**en, *info)).map(|en| (title(en), words(en))),
        ends_at: info.expires.map(|at| DateTime::<Utc>::from(at.moment())),
        villages,
        drill,
        sender: sender.name.clone(),
        cap_id: alert.reference().to_string(),
        at_once,
    };
    let one: Emergency = from_above(ctx, tx, above).await?;
    Ok(row(if at_once { "told" } else { "asked" }, "", Some(one.id)))
}

fn objection(why: cap::Objection) -> &'static str {
    match why {
        cap::Objection::NotActual(_) => "not-actual",
        cap::Objection::NotForUs(_) => "not-for-us",
        cap::Objection::Expired => "expired",
        cap::Objection::NothingTold => "nothing",
        cap::Objection::NoReference => "no-reference",
        _ => "answer",
    }
}

fn title(info: &Info) -> String {
    info.headline.as_ref().unwrap_or(&info.event).as_str().to_owned()
}

fn words(info: &Info) -> String {
    let parts = [&info.description, &info.instruction];
    let parts: Vec<&str> = parts.into_iter().flatten().map(cap::Text::as_str).collect();
    if parts.is_empty() { info.event.as_str().to_owned() } else { parts.join("\n") }
}

/// What a cancel says of itself.
fn said(alert: &Alert) -> String {
    alert.infos.first().map(words).unwrap_or_default()
}

/// The villages that it is for: empty for everywhere; nothing when it names places and none is here.
async fn villages(ctx: &Ctx, infos: &[&Info]) -> Result<Option<Vec<Uuid>>> {
    let areas: Vec<&cap::Area> = infos.iter().flat_map(|info| &info.areas).collect();
    let drawn = |area: &&&cap::Area| !area.polygons.is_empty() || !area.circles.is_empty();
    // One that is named in words alone may be the whole of the commune: it is for everybody.
    if areas.is_empty() || areas.iter().any(|area| !drawn(&area)) {
        return Ok(Some(Vec::new()));
    }
    let ground = Ground::load(ctx).await?;
    let touched = |rings: &Vec<units::drawing::Ring>| {
        let points = rings.iter().flatten();
        let within = |area: &&cap::Area| points.clone().any(|(lon, lat)| covers(area, *lat, *lon));
        areas.iter().any(within) || areas.iter().any(|area| inside(area, rings))
    };
    let found: Vec<Uuid> =
        ground.villages.iter().filter(|(_, rings)| touched(rings)).map(|(unit, _)| unit.id).collect();
    Ok(match found.len() {
        0 => None,
        all if all == ground.villages.len() => Some(Vec::new()),
        _ => Some(found),
    })
}

fn covers(area: &cap::Area, lat: f64, lon: f64) -> bool {
    let circle = |circle: &cap::Circle| {
        let centre = circle.centre();
        let here = units::place::Point { lat, lon };
        here.metres_to(units::place::Point { lat: centre.latitude(), lon: centre.longitude() })
            <= circle.radius() * 1_000.0
    };
    let polygon = |polygon: &cap::Polygon| {
        let ring: Vec<(f64, f64)> =
            polygon.points().iter().map(|point| (point.longitude(), point.latitude())).collect();
        holds(&ring, lat, lon)
    };
    area.circles.iter().any(circle) || area.polygons.iter().any(polygon)
}

/// A small area may lie within a village and hold none of its corners.
fn inside(area: &cap::Area, rings: &[units::drawing::Ring]) -> bool {
    let corners = area.polygons.iter().flat_map(|polygon| polygon.points().iter().copied());
    let mut centres = corners.chain(area.circles.iter().map(|circle| circle.centre()));
    centres.any(|point| rings.iter().any(|ring| holds(ring, point.latitude(), point.longitude())))
}

/// Whether a ring (longitude first) holds a point: a ray to the east crosses it an odd number of times.
fn holds(ring: &[(f64, f64)], lat: f64, lon: f64) -> bool {
    let ends = ring.iter().zip(ring.iter().cycle().skip(1));
    let crossed = ends.filter(|((x1, y1), (x2, y2))| {
        (*y1 > lat) != (*y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
    });
    crossed.count() % 2 == 1
}

/// What came, for the page of senders.
pub(super) async fn last(ctx: &Ctx, limit: i64) -> Result<Vec<(Received, Option<String>)>> {
    let mut all = Vec::new();
    for one in store::received_list(ctx, limit).await? {
        let title = match one.emergency_id {
            Some(id) => Some(notices::find(ctx, &ctx.app.db, id).await?.title),
            None => None,
        };
        all.push((one, title));
    }
    Ok(all)
}
