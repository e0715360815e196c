//! How somebody is told: browsers that show notices, and who they are in Zalo. A person proves the latter by sending a code
//! to the commune's account.

use super::choice::{self, CHOICES};
use super::model::Channel;
use super::push::{self, Told};
use super::settings::Ways;
use super::{OWN, settings};
use askama::Template;
use audit::Entry;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::http::{Form, Note, html, see_other};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid, ids};
use serde_json::json;
use ui::{FieldErrors, Shell};

pub(super) use super::contact::{contact, forget, proved};
use super::contact::{end, write_code};

struct Device {
    id: Uuid,
    name: String,
    since: String,
}

#[derive(Template)]
#[template(path = "channel-own.html")]
struct OwnPage {
    shell: Shell,
    key: String,
    devices: Vec<Device>,
    zalo: bool,
    zalo_known: bool,
    zalo_code: String,
    email: String,
    mail: bool,
    choices: Vec<Choice>,
    quiet_begins: String,
    quiet_ends: String,
    never_quiet: bool,
    choice_key: String,
    errors: FieldErrors,
}

/// One sort of message, and the channels to tick.
struct Choice {
    label: String,
    /// Name, label, ticked.
    ticks: Vec<(String, String, bool)>,
}

pub(super) async fn show(ctx: Ctx) -> Result<Response> {
    Ok(html(drawn(&ctx, &Form::default(), FieldErrors::default()).await?))
}

/// The page again with what was wrong with the choice.
pub(super) async fn again(ctx: &Ctx, sent: &Form, error: Error) -> Result<Response> {
    if error.kind != Kind::Invalid {
        return Err(error);
    }
    let page = drawn(ctx, sent, FieldErrors::from_error(&error, ctx.t())).await?;
    Ok((error.kind.status(), html(page)).into_response())
}

async fn choices(ctx: &Ctx, account: Uuid) -> Result<Vec<Choice>> {
    let t = ctx.t();
    let mut all = Vec::new();
    for (sort, channels) in CHOICES {
        let off = choice::unwanted(ctx, &ctx.app.db, &[account], sort).await?;
        let tick = |channel: &Channel| {
            let on = !off.contains(&(account, *channel));
            (choice::name(sort, *channel), t.t(channel.text_key()), on)
        };
        all.push(Choice { label: t.t(sort.text_key()), ticks: channels.iter().map(tick).collect() });
    }
    Ok(all)
}

async fn drawn(ctx: &Ctx, sent: &Form, errors: FieldErrors) -> Result<String> {
    let t = ctx.t();
    let account = identity::account_find(ctx, ctx.account()?).await?;
    let ready = settings::ready(ctx).await?;
    let known = contact(ctx, account.id, Channel::Zalo).await?;
    let quiet = choice::quiet(ctx, &*Ways::load(ctx)?, &[account.id]).await?;
    let quiet = quiet.get(&account.id).copied().unwrap_or(choice::Quiet { begins: 0, ends: 0 });
    let typed = |name: &str, known: i64| match sent.some(name) {
        Some(typed) => typed.to_owned(),
        None => choice::words(known),
    };
    let device = |one: push::Subscription| Device {
        id: one.id,
        name: if one.device.is_empty() { t.t("channel-device-unknown") } else { one.device },
        since: t.moment(one.made_at),
    };
    let page = OwnPage {
        shell: Shell::public(ctx, "channel-own").await?,
        key: settings::push_key(ctx).await?.public,
        devices: push::list(ctx, account.id).await?.into_iter().map(device).collect(),
        zalo: ready.contains(&Channel::Zalo),
        zalo_known: known.as_ref().is_some_and(|known| known.address.is_some()),
        zalo_code: known.and_then(|known| known.code).unwrap_or_default(),
        email: account.email.unwrap_or_default(),
        mail: ready.contains(&Channel::Email),
        choices: choices(ctx, account.id).await?,
        quiet_begins: typed("yen-tu", quiet.begins),
        quiet_ends: typed("yen-den", quiet.ends),
        never_quiet: quiet.begins == quiet.ends,
        choice_key: ctx.new_id().to_string(),
        errors,
    };
    ui::render(&page)
}

/// A script tells of its browser.
pub(super) async fn subscribe(ctx: Ctx, Json(told): Json<Told>) -> Result<Response> {
    let device = ctx.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let device = identity::browser(device.unwrap_or_default());
    let tx = ctx.begin().await?;
    push::keep(&ctx, &tx, &told, &device).await?;
    audited(&ctx, &tx, "channel.subscribe").await?;
    tx.commit().await?;
    Ok(http::StatusCode::NO_CONTENT.into_response())
}

pub(super) async fn unsubscribe(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let tx = ctx.begin().await?;
    if !push::delete(&ctx, &tx, ctx.account()?, id).await? {
        return Err(Error::not_found());
    }
    audited(&ctx, &tx, "channel.unsubscribe").await?;
    tx.commit().await?;
    Ok(Note::new("channel-push-ended").see_other(OWN))
}

/// Letters that are not mistaken for each other.
const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// A code to be sent to the commune's account.
pub(super) async fn zalo(ctx: Ctx) -> Result<Response> {
    let hash = ids::secret_hash(&ids::new_secret());
    let number = |n: usize| usize::from_str_radix(&hash[n * 4..n * 4 + 4], 16).unwrap_or(0);
    let code: String = (0..8).map(|n| char::from(LETTERS[number(n) % LETTERS.len()])).collect();
    let tx = ctx.begin().await?;
    write_code(&ctx, &tx, Channel::Zalo, &code).await?;
    audited(&ctx, &tx, "channel.code").await?;
    tx.commit().await?;
    Ok(see_other(OWN))
}

pub(super) async fn zalo_end(ctx: Ctx) -> Result<Response> {
    let tx = ctx.begin().await?;
    end(&ctx, &tx, Channel::Zalo).await?;
    audited(&ctx, &tx, "channel.leave").await?;
    tx.commit().await?;
    Ok(Note::new("channel-zalo-ended").see_other(OWN))
}

async fn audited(ctx: &Ctx, tx: &Tx, action: &'static str) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "account", id: ctx.account()?, detail: json!({}) }).await
}
