//! What Zalo tells of our account: messages that arrived or were seen, people who write or leave. Each notice is signed:
//! SHA-256 over the application's id, the notice as it was sent, its time and the account's secret.

use super::model::Channel;
use super::settings::{self, Zalo};
use super::store;
use super::voice::{self, Beside, Heard, Told, Way};
use axum::body::Bytes;
use chrono::DateTime;
use http::StatusCode;
use platform::{Ctx, Error, Kind, Result, Tx};
use ring::digest::{SHA256, digest};
use serde::Deserialize;

const BODY_MAX: usize = 64 << 10;

/// What the account's events are about.
#[derive(Debug, Deserialize)]
struct Event {
    #[serde(default)]
    app_id: serde_json::Value,
    #[serde(default)]
    timestamp: serde_json::Value,
    event_name: String,
    #[serde(default)]
    sender: Id,
    #[serde(default)]
    follower: Id,
    #[serde(default)]
    message: Words,
}

#[derive(Debug, Default, Deserialize)]
struct Id {
    #[serde(default)]
    id: String,
}

#[derive(Debug, Default, Deserialize)]
struct Words {
    #[serde(default)]
    text: String,
    #[serde(default)]
    msg_id: String,
    #[serde(default)]
    msg_ids: Vec<String>,
    #[serde(default)]
    attachments: Vec<Attachment>,
}

#[derive(Debug, Deserialize)]
struct Attachment {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    payload: serde_json::Value,
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().map(str::to_owned).unwrap_or_else(|| value.to_string())
}

fn signature(app: &str, body: &[u8], at: &str, secret: &str) -> String {
    let whole = [app.as_bytes(), body, at.as_bytes(), secret.as_bytes()].concat();
    hex::encode(digest(&SHA256, &whole))
}

pub(super) async fn zalo(ctx: Ctx, body: Bytes) -> Result<StatusCode> {
    if body.len() > BODY_MAX {
        return Err(Error::new(Kind::TooLarge));
    }
    let zalo = settings::read::<Zalo>(&ctx, &ctx.app.db, Channel::Zalo).await?;
    let zalo = zalo.filter(|zalo| !zalo.event_secret.is_empty()).ok_or_else(Error::not_found)?;
    let event: Event = serde_json::from_slice(&body).map_err(|_| Error::invalid("channel-event-wrong"))?;
    let given = ctx.headers.get("x-zevent-signature").and_then(|value| value.to_str().ok());
    let given = given.unwrap_or_default().trim_start_matches("mac=").trim();
    let made = signature(&zalo.app_id, &body, &text(&event.timestamp), &zalo.event_secret);
    // In constant time: the hashes of both are compared.
    let same = blake3::hash(given.as_bytes()) == blake3::hash(made.as_bytes());
    if !same || text(&event.app_id) != zalo.app_id {
        settings::heard(&ctx, Channel::Zalo, false).await?;
        return Err(Error { message: "channel-event-signature".into(), ..Error::forbidden() });
    }
    let tx = ctx.begin().await?;
    happened(&ctx, &tx, event).await?;
    tx.commit().await?;
    settings::heard(&ctx, Channel::Zalo, true).await?;
    Ok(StatusCode::OK)
}

/// An event that was believed.
async fn happened(ctx: &Ctx, tx: &Tx, event: Event) -> Result<()> {
    let mut numbers = event.message.msg_ids.clone();
    if !event.message.msg_id.is_empty() {
        numbers.push(event.message.msg_id.clone());
    }
    match event.event_name.as_str() {
        "user_received_message" => {
            store::write_told(ctx, tx, Channel::Zalo, &numbers, false).await?;
        }
        "user_seen_message" => {
            let read = store::write_told(ctx, tx, Channel::Zalo, &numbers, true).await?;
            super::rules::told_read(ctx, tx, &read).await?;
        }
        "unfollow" => super::own::forget(ctx, tx, Channel::Zalo, &event.follower.id).await?,
        name if name.starts_with("user_send_") => {
            // A code says who somebody is; it is no matter for the office.
            let code = super::own::proved(ctx, tx, &event.message.text, &event.sender.id).await?;
            if let Some(heard) = heard(ctx, event).filter(|_| !code) {
                voice::take(ctx, tx, heard, Told::Said).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// What somebody wrote; a sticker alone says nothing that has to be answered.
fn heard(ctx: &Ctx, event: Event) -> Option<Heard> {
    let Words { text: body, msg_id, attachments, .. } = event.message;
    let number = |value: &serde_json::Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
    let place = attachments.iter().find(|one| one.kind == "location");
    let point = place.and_then(|one| {
        let at = &one.payload["coordinates"];
        Some((number(&at["latitude"])?, number(&at["longitude"])?))
    });
    let pictures: Vec<String> = attachments
        .iter()
        .filter(|one| one.kind == "image")
        .filter_map(|one| one.payload["url"].as_str().map(str::to_owned))
        .collect();
    let beside = match event.event_name.as_str() {
        "user_send_audio" => Some(Beside::Sound),
        "user_send_video" => Some(Beside::Film),
        "user_send_file" => Some(Beside::File),
        "user_send_link" => Some(Beside::Link),
        _ => None,
    };
    if body.trim().is_empty() && pictures.is_empty() && point.is_none() && beside.is_none() {
        return None;
    }
    let at = text(&event.timestamp).parse().ok().and_then(DateTime::from_timestamp_millis);
    Some(Heard {
        channel: Channel::Zalo,
        way: Way::Message,
        person: event.sender.id,
        name: String::new(),
        thread: String::new(),
        external: msg_id,
        body,
        beside,
        point,
        pictures,
        // A clock that goes wrong must not hold the window open.
        said_at: at
            .filter(|at| *at <= ctx.now && ctx.now - *at < chrono::Duration::days(30))
            .unwrap_or(ctx.now),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_covers_every_part() {
        let made = signature("1", b"{}", "2", "s");
        assert_eq!(made, hex::encode(digest(&SHA256, b"1{}2s")));
        for other in [
            signature("2", b"{}", "2", "s"),
            signature("1", b"{ }", "2", "s"),
            signature("1", b"{}", "2", "t"),
        ] {
            assert_ne!(made, other);
        }
    }
}
