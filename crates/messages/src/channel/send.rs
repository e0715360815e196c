//! The list of messages that were sent to many, and the form of a new one.

use super::model::{Bulletin, Channel, State};
use super::rules::{self, Announcing};
use super::target::{self, Group};
use super::{PATH, settings, store};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Message, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell, Status};

const SHOWN: i64 = 30;
/// Accounts that may be ticked one by one.
const ACCOUNTS: i64 = 300;

struct Line {
    url: String,
    title: String,
    about: String,
    badges: Vec<Html>,
}

#[derive(Template)]
#[template(path = "bulletin-list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    after: String,
    may_send: bool,
}

struct Tick {
    value: String,
    label: String,
    about: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "bulletin-new.html")]
struct NewPage {
    shell: Shell,
    title: String,
    body: String,
    groups: Vec<Tick>,
    people: Vec<Tick>,
    channels: Vec<Tick>,
    key: String,
    errors: FieldErrors,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let after = query.get("sau").and_then(|text| text.parse().ok());
    let mut rows = store::list(&ctx, after, SHOWN + 1).await?;
    let more = rows.len() > SHOWN as usize;
    rows.truncate(SHOWN as usize);
    let next = rows.last().filter(|_| more).map(|one| format!("{PATH}?sau={}", one.id));
    let ids: Vec<Uuid> = rows.iter().map(|one| one.id).collect();
    let copies = store::copies(&ctx, &ids).await?;
    let t = ctx.t();
    let line = |one: &Bulletin| {
        let mine: Vec<_> = copies.iter().filter(|copy| copy.bulletin_id == one.id).collect();
        let read = mine.iter().filter(|copy| copy.channel == Channel::App && copy.read_at.is_some()).count();
        let failed = mine.iter().filter(|copy| copy.state == State::Failed).count();
        let people = usize::try_from(one.people).unwrap_or(0);
        let status = if read == people { Status::Done } else { Status::Active };
        let mut badges = Vec::new();
        if people > 0 {
            let words = t.a("channel-read-of", &[("done", read.into()), ("total", people.into())]);
            badges.push(status.badge(&words));
        }
        if failed > 0 {
            badges.push(Status::Late.badge(&t.n("channel-failed-count", "count", failed)));
        }
        Line { url: one.path(), title: one.title.clone(), about: t.moment(one.sent_at), badges }
    };
    let page = ListPage {
        shell: Shell::of(&ctx, "channel-bulletins").await?,
        lines: rows.iter().map(line).collect(),
        after: next.unwrap_or_default(),
        may_send: ctx.may("bulletin.send"),
    };
    Ok(html(ui::render(&page)?))
}

/// The address may bring the words: a page that has something to tell leads here with them.
pub(super) async fn form(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let brought = query.into_iter().filter(|(name, _)| matches!(name.as_str(), "tieu-de" | "noi-dung"));
    Ok(html(ui::render(&page(&ctx, &Form::from_pairs(brought), FieldErrors::default()).await?)?))
}

async fn page(ctx: &Ctx, sent: &Form, errors: FieldErrors) -> Result<NewPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "channel-new").await?;
    let shell = shell.crumb(t.t("channel-bulletins"), PATH).crumb(t.t("channel-new"), "");
    let on = |name: &str, value: &str| sent.all(name).any(|one| one == value);
    let group = |one: Group| Tick {
        on: on("nhom", &one.key),
        about: t.n("channel-people", "count", one.accounts.len()),
        label: one.label,
        value: one.key,
    };
    let accounts = identity::account_list(ctx, "", None, ACCOUNTS).await?;
    let person = |one: identity::Account| Tick {
        on: on("nguoi", &one.id.to_string()),
        value: one.id.to_string(),
        label: one.display_name,
        about: String::new(),
    };
    let active = accounts.into_iter().filter(|one| one.state() == identity::State::Active);
    let channel = |one: Channel| Tick {
        on: on("kenh", one.code()),
        value: one.code().to_owned(),
        label: t.t(one.text_key()),
        about: t.t(match one {
            Channel::App | Channel::Push => "channel-send-push",
            Channel::Email => "channel-send-email",
            Channel::Zalo => "channel-send-zalo",
            Channel::Facebook => "channel-send-facebook",
        }),
    };
    Ok(NewPage {
        title: sent.text("tieu-de").to_owned(),
        body: sent.text("noi-dung").to_owned(),
        groups: target::groups(ctx).await?.into_iter().map(group).collect(),
        people: active.map(person).collect(),
        channels: settings::ready(ctx).await?.into_iter().map(channel).collect(),
        key: ctx.new_id().to_string(),
        errors,
        shell,
    })
}

async fn read(ctx: &Ctx, sent: &Form) -> Result<Announcing> {
    let groups: Vec<&str> = sent.all("nhom").collect();
    let mut ids = Vec::new();
    for id in sent.all("nguoi") {
        ids.push(id.parse().map_err(|_| Error::field("nguoi", "error-choose"))?);
    }
    let mut channels = Vec::new();
    for code in sent.all("kenh") {
        channels.push(Channel::parse(code).ok_or_else(|| Error::field("kenh", "error-choose"))?);
    }
    Ok(Announcing {
        title: sent.text("tieu-de").to_owned(),
        body: sent.text("noi-dung").to_owned(),
        to: target::people(ctx, &groups, &ids).await?,
        channels,
        ..Announcing::default()
    })
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    let announcing = match read(&ctx, &sent).await {
        Ok(announcing) => announcing,
        Err(error) => return again(&ctx, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::announce(&ctx, &tx, announcing).await;
    let done = done.map(|one| {
        let text = Message::new("channel-sent").with("count", one.people);
        (one.path(), Note::new(text))
    });
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &sent, error).await,
    }
}

async fn again(ctx: &Ctx, sent: &Form, error: Error) -> Result<Response> {
    if error.kind != Kind::Invalid {
        return Err(error);
    }
    let page = page(ctx, sent, FieldErrors::from_error(&error, ctx.t())).await?;
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
