//! The agenda: what is discussed, for how long, who speaks to it.

use super::back::{Back, act, again, key};
use super::model::{Item, Meeting};
use super::rules::{self, TITLE_MAX, recorded};
use super::{PATH, show, store};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, html};
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;
use ui::{FieldErrors, Shell};

const ITEMS_MAX: usize = 100;
/// A whole day.
const MINUTES_MAX: i64 = 24 * 60;

/// What somebody typed of a part of the agenda.
#[derive(Debug, Default)]
pub struct Typed {
    pub title: String,
    pub minutes: Option<i64>,
    pub speaker: String,
}

fn read(sent: &Form) -> Result<Typed> {
    let text = |name: &str| sent.text(name).to_owned();
    Ok(Typed { title: text("muc"), minutes: sent.whole("phut")?, speaker: text("trinh-bay") })
}

fn checked(id: Uuid, position: i64, sent: Typed) -> Result<Item> {
    let title = said::needed("muc", &sent.title, "office-meeting-item-empty", TITLE_MAX)?;
    said::short("trinh-bay", &sent.speaker, TITLE_MAX)?;
    if sent.minutes.is_some_and(|minutes| !(1..=MINUTES_MAX).contains(&minutes)) {
        return Err(Error::field("phut", "office-meeting-minutes-wrong"));
    }
    Ok(Item { id, position, title, minutes: sent.minutes, speaker: sent.speaker.trim().to_owned() })
}

/// Puts a part at the end of the agenda.
pub async fn add(ctx: &Ctx, tx: &Tx, id: Uuid, sent: Typed) -> Result<Meeting> {
    let one = rules::ahead(rules::kept(ctx, tx, id).await?)?;
    let items = store::items(ctx, tx, id).await?;
    if items.len() >= ITEMS_MAX {
        return Err(Error::field("muc", "office-meeting-items-many"));
    }
    let last = items.last().map_or(0, |item| item.position);
    let item = checked(ctx.new_id(), last + 1, sent)?;
    crate::secrecy::refuse_marked(ctx, "muc", "", &item.title)?;
    store::insert_item(ctx, tx, id, &item).await?;
    recorded(ctx, tx, "meeting.agenda", id, json!({ "item": item.id })).await?;
    Ok(one)
}

async fn change(ctx: &Ctx, tx: &Tx, id: Uuid, item: Uuid, sent: Typed) -> Result<Meeting> {
    let one = rules::ahead(rules::kept(ctx, tx, id).await?)?;
    let before = store::item(ctx, tx, id, item).await?;
    store::update_item(ctx, tx, &checked(item, before.position, sent)?).await?;
    recorded(ctx, tx, "meeting.agenda", id, json!({ "item": item })).await?;
    Ok(one)
}

/// One place up.
async fn lift(ctx: &Ctx, tx: &Tx, id: Uuid, item: Uuid) -> Result<Meeting> {
    let one = rules::ahead(rules::kept(ctx, tx, id).await?)?;
    let items = store::items(ctx, tx, id).await?;
    let at = items.iter().position(|one| one.id == item).ok_or_else(Error::not_found)?;
    if at > 0 {
        let (above, below) = (&items[at - 1], &items[at]);
        store::update_item(ctx, tx, &Item { position: below.position, ..above.clone() }).await?;
        store::update_item(ctx, tx, &Item { position: above.position, ..below.clone() }).await?;
        recorded(ctx, tx, "meeting.agenda", id, json!({ "item": item })).await?;
    }
    Ok(one)
}

async fn drop_item(ctx: &Ctx, tx: &Tx, id: Uuid, item: Uuid) -> Result<Meeting> {
    let one = rules::ahead(rules::kept(ctx, tx, id).await?)?;
    store::item(ctx, tx, id, item).await?;
    if one.item_id == Some(item) {
        store::write_item_now(ctx, tx, id, None).await?;
    }
    store::delete_item(ctx, tx, item).await?;
    recorded(ctx, tx, "meeting.agenda", id, json!({ "item": item })).await?;
    Ok(one)
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| show::page(&ctx, id, back).await;
    let typed = match read(&sent) {
        Ok(typed) => typed,
        Err(error) => return again(&ctx, &sent, error, draw).await,
    };
    let rule = async |tx: &Tx| Ok(add(&ctx, tx, id, typed).await?.path() + "#chuong-trinh");
    act(&ctx, &sent, "office-meeting-item-kept", rule, draw).await
}

#[derive(Template)]
#[template(path = "meeting-item.html")]
struct ItemPage {
    shell: Shell,
    action: String,
    back: String,
    title: String,
    minutes: String,
    speaker: String,
    may_lift: bool,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn form(ctx: Ctx, Path((id, item)): Path<(Uuid, Uuid)>) -> Result<Response> {
    Ok(html(page(&ctx, id, item, Back::default()).await?))
}

async fn page(ctx: &Ctx, id: Uuid, item: Uuid, back: Back) -> Result<String> {
    let t = ctx.t();
    let one = store::find(ctx, &ctx.app.db, id).await?;
    if !one.keeps(ctx.account()?) {
        return Err(Error::forbidden());
    }
    let known = store::item(ctx, &ctx.app.db, id, item).await?;
    let first = store::items(ctx, &ctx.app.db, id).await?.first().is_some_and(|first| first.id == item);
    let shell = Shell::of(ctx, "office-meeting-item-change").await?.crumb(t.t("office-meeting-menu"), PATH);
    let shell = shell.crumb(&one.title, &one.path()).crumb(t.t("office-meeting-item-change"), "");
    let minutes = known.minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    ui::render(&ItemPage {
        action: format!("{}/chuong-trinh/{item}", one.path()),
        back: one.path(),
        title: back.or("muc", &known.title),
        minutes: back.or("phut", &minutes),
        speaker: back.or("trinh-bay", &known.speaker),
        may_lift: !first,
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        shell,
    })
}

/// Changes a part, moves it up or takes it out.
pub(super) async fn save(ctx: Ctx, Path((id, item)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| page(&ctx, id, item, back).await;
    let rule = async |tx: &Tx| {
        let one = match sent.text("lam") {
            "xoa" => drop_item(&ctx, tx, id, item).await?,
            "len" => lift(&ctx, tx, id, item).await?,
            _ => change(&ctx, tx, id, item, read(&sent)?).await?,
        };
        Ok(one.path() + "#chuong-trinh")
    };
    act(&ctx, &sent, "office-meeting-item-kept", rule, draw).await
}
