//! The webhook of the Facebook page: comments under its posts and messages to it. Facebook first asks whether the address is
//! ours (`hub.challenge`), then signs each notice with the secret of the app: HMAC-SHA256 over the body.

use super::heard;
use super::model::{Beside, Heard, Told, Way};
use crate::channel::Channel;
use crate::channel::settings::{self, Facebook};
use axum::body::Bytes;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use http::{StatusCode, header};
use platform::{Ctx, Error, Kind, Result};
use ring::hmac;
use serde::Deserialize;
use std::collections::HashMap;

const BODY_MAX: usize = 256 << 10;
const CHALLENGE_MAX: usize = 200;

/// Facebook asks whether this address wants its notices.
pub async fn shake(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let page = settings::read::<Facebook>(&ctx, &ctx.app.db, Channel::Facebook).await?;
    let page = page.filter(|page| !page.verify.is_empty()).ok_or_else(Error::not_found)?;
    let text = |name: &str| query.get(name).map_or("", String::as_str);
    // In constant time: the hashes of both are compared.
    let same = blake3::hash(text("hub.verify_token").as_bytes()) == blake3::hash(page.verify.as_bytes());
    let challenge = text("hub.challenge");
    let plain = challenge.len() <= CHALLENGE_MAX && challenge.bytes().all(|b| b.is_ascii_alphanumeric());
    if text("hub.mode") != "subscribe" || !same || !plain {
        return Err(Error { message: "channel-event-signature".into(), ..Error::forbidden() });
    }
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((plain, challenge.to_owned()).into_response())
}

/// Facebook tells what has happened. It tells again until the answer is 200.
pub async fn events(ctx: Ctx, body: Bytes) -> Result<StatusCode> {
    if body.len() > BODY_MAX {
        return Err(Error::new(Kind::TooLarge));
    }
    let page = settings::read::<Facebook>(&ctx, &ctx.app.db, Channel::Facebook).await?;
    let page = page.filter(|page| !page.app_secret.is_empty()).ok_or_else(Error::not_found)?;
    if !signed(&ctx, &page.app_secret, &body) {
        settings::heard(&ctx, Channel::Facebook, false).await?;
        return Err(Error { message: "channel-event-signature".into(), ..Error::forbidden() });
    }
    let notice: Notice = serde_json::from_slice(&body).map_err(|_| Error::invalid("channel-event-wrong"))?;
    let told = if notice.object == "page" { read(&page.page, notice) } else { Vec::new() };
    if !told.is_empty() {
        let tx = ctx.begin().await?;
        for (one, what) in told {
            heard::take(&ctx, &tx, one, what).await?;
        }
        tx.commit().await?;
    }
    settings::heard(&ctx, Channel::Facebook, true).await?;
    Ok(StatusCode::OK)
}

fn signed(ctx: &Ctx, secret: &str, body: &[u8]) -> bool {
    let given = ctx.headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    let given = given.and_then(|text| hex::decode(text.trim().strip_prefix("sha256=")?).ok());
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    given.is_some_and(|given| hmac::verify(&key, body, &given).is_ok())
}

#[derive(Deserialize)]
struct Notice {
    #[serde(default)]
    object: String,
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    id: String,
    #[serde(default)]
    time: i64,
    // Each is read by itself: one that is new to us must not lose the others.
    #[serde(default)]
    changes: Vec<serde_json::Value>,
    #[serde(default)]
    messaging: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Change {
    field: String,
    value: Value,
}

#[derive(Deserialize)]
struct Value {
    item: String,
    verb: String,
    #[serde(default)]
    from: Person,
    #[serde(default)]
    comment_id: String,
    #[serde(default)]
    post_id: String,
    #[serde(default)]
    parent_id: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    created_time: i64,
    #[serde(default)]
    photo: String,
    #[serde(default)]
    video: String,
    #[serde(default)]
    link: String,
}

#[derive(Default, Deserialize)]
struct Person {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Messaging {
    sender: Person,
    #[serde(default)]
    timestamp: i64,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    mid: String,
    #[serde(default)]
    text: String,
    /// Our own message, told back to us.
    #[serde(default)]
    is_echo: bool,
    #[serde(default)]
    is_deleted: bool,
    #[serde(default)]
    attachments: Vec<Attachment>,
}

#[derive(Deserialize)]
struct Attachment {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    payload: serde_json::Value,
}

/// Seconds, or thousandths of seconds where the number is that large.
fn moment(told: i64) -> DateTime<Utc> {
    let thousandths = if told.abs() > 100_000_000_000 { told } else { told * 1_000 };
    DateTime::from_timestamp_millis(thousandths).unwrap_or_default()
}

/// What the notice says of people who wrote to this page.
fn read(page: &str, notice: Notice) -> Vec<(Heard, Told)> {
    let mut all = Vec::new();
    for entry in notice.entry.into_iter().filter(|entry| entry.id == page) {
        let at = moment(entry.time);
        let changes = entry.changes.into_iter().filter_map(|one| serde_json::from_value(one).ok());
        all.extend(changes.filter_map(|one: Change| change(page, at, one)));
        let messages = entry.messaging.into_iter().filter_map(|one| serde_json::from_value(one).ok());
        all.extend(messages.filter_map(|one: Messaging| message(page, at, one)));
    }
    all
}

fn change(page: &str, at: DateTime<Utc>, change: Change) -> Option<(Heard, Told)> {
    let one = change.value;
    let comment = one.item == "comment";
    let post = matches!(one.item.as_str(), "post" | "status" | "photo" | "video");
    // What the page itself posts is no voice from outside.
    if change.field != "feed" || !(comment || post) || one.from.id == page {
        return None;
    }
    let external = if comment { one.comment_id } else { one.post_id.clone() };
    // An answer under a comment belongs to the comment; a comment under a post begins its own.
    let below = comment && !one.parent_id.is_empty() && one.parent_id != one.post_id;
    let thread = if below { one.parent_id } else { external.clone() };
    let told = match one.verb.as_str() {
        "add" => Told::Said,
        "edit" | "edited" => Told::Changed(at),
        "remove" | "hide" => Told::Gone(at),
        _ => return None,
    };
    let pictures = [one.photo, if one.item == "photo" { one.link } else { String::new() }];
    let heard = Heard {
        channel: Channel::Facebook,
        way: Way::Comment,
        person: one.from.id,
        name: one.from.name,
        thread,
        external,
        body: one.message,
        beside: (!one.video.is_empty()).then_some(Beside::Film),
        point: None,
        pictures: pictures.into_iter().filter(|url| !url.is_empty()).collect(),
        said_at: if one.created_time > 0 { moment(one.created_time) } else { at },
    };
    Some((heard, told))
}

fn message(page: &str, at: DateTime<Utc>, one: Messaging) -> Option<(Heard, Told)> {
    let message = one.message?;
    if message.is_echo || one.sender.id == page {
        return None;
    }
    let said_at = if one.timestamp > 0 { moment(one.timestamp) } else { at };
    let url = |one: &Attachment| one.payload["url"].as_str().map(str::to_owned);
    let of = |kind: &str| message.attachments.iter().filter(move |one| one.kind == kind).collect::<Vec<_>>();
    let place = of("location");
    let point = place.first().and_then(|one| {
        let at = &one.payload["coordinates"];
        Some((at["lat"].as_f64()?, at["long"].as_f64()?))
    });
    let beside = [("audio", Beside::Sound), ("video", Beside::Film), ("file", Beside::File)];
    let beside = beside.into_iter().find(|(kind, _)| !of(kind).is_empty()).map(|(_, beside)| beside);
    // A thumb or a sticker alone says nothing that somebody has to answer.
    let stickers = message.attachments.iter().all(|one| one.payload.get("sticker_id").is_some());
    let pictures: Vec<String> =
        if stickers { Vec::new() } else { of("image").into_iter().filter_map(url).collect() };
    let empty = message.text.is_empty() && pictures.is_empty() && point.is_none() && beside.is_none();
    if empty && !message.is_deleted {
        return None;
    }
    let heard = Heard {
        channel: Channel::Facebook,
        way: Way::Message,
        person: one.sender.id,
        name: one.sender.name,
        thread: String::new(),
        external: message.mid,
        body: message.text,
        beside,
        point,
        pictures,
        said_at,
    };
    Some((heard, if message.is_deleted { Told::Gone(at) } else { Told::Said }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(value: serde_json::Value) -> Vec<(Heard, Told)> {
        read("1", serde_json::from_value(value).unwrap())
    }

    #[test]
    fn what_the_page_itself_says_and_what_is_for_another_page_is_left_out() {
        let comment = |page: &str, from: &str| {
            json!({ "object": "page", "entry": [{ "id": page, "time": 5, "changes": [
                { "field": "feed", "value": { "item": "comment", "verb": "add", "comment_id": "7_8", "post_id": "1_7",
                  "parent_id": "1_7", "from": { "id": from, "name": "A" }, "message": "x", "created_time": 4 } },
                { "field": "feed", "value": { "item": "like", "verb": "add", "from": { "id": from } } },
                { "field": "conversations", "value": {} }] }] })
        };
        assert_eq!((told(comment("1", "1")).len(), told(comment("2", "u")).len()), (0, 0));
        let found = told(comment("1", "u"));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0.thread.as_str(), found[0].0.said_at), ("7_8", moment(4)));
    }

    #[test]
    fn a_thumb_and_an_echo_are_no_messages_and_a_place_is_read() {
        let message = |message: serde_json::Value| {
            told(
                json!({ "object": "page", "entry": [{ "id": "1", "time": 5_000_000_000_000_i64, "messaging": [
                { "sender": { "id": "p" }, "recipient": { "id": "1" }, "timestamp": 4_000_000_000_000_i64, "message": message }] }] }),
            )
        };
        let thumb = json!({ "mid": "m", "attachments": [{ "type": "image", "payload": { "url": "https://x/y", "sticker_id": 3 } }] });
        assert!(message(thumb).is_empty());
        assert!(message(json!({ "mid": "m", "text": "x", "is_echo": true })).is_empty());
        let place = json!({ "mid": "m", "attachments": [{ "type": "location", "payload": { "coordinates": { "lat": 22.2, "long": 104.1 } } }] });
        assert_eq!(message(place)[0].0.point, Some((22.2, 104.1)));
    }
}
