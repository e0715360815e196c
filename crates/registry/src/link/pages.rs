//! Pages of the links: the resident's own, the officer's list of requests, and the counter at one person.

use super::model::{Link, State};
use super::{rules, store};
use crate::find::person_path;
use crate::person::{self, Person, birth_text};
use crate::show::{Words, fresh_key};
use crate::work::account_names;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::area::{get, post};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Route, Tx, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Shell, Status, Waiting, Waits};

const OWN: &str = "/tai-khoan/nhan-khau";
const LIST: &str = "/lam-viec/noi-tai-khoan";
const LINES: i64 = 50;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(OWN, "account_link.own", own),
        post("/tai-khoan/nhan-khau/ma", "account_link.own", code),
        post("/tai-khoan/nhan-khau/the", "account_link.own", card),
        get(LIST, "account_link.list", list),
        post("/lam-viec/noi-tai-khoan/{id}/xac-nhan", "account_link.decide", confirm),
        post("/lam-viec/noi-tai-khoan/{id}/tu-choi", "account_link.decide", refuse),
        get("/lam-viec/nguoi/{id}/tai-khoan", "account_link.decide", counter),
        post("/lam-viec/nguoi/{id}/tai-khoan", "account_link.decide", counter_link),
        post("/lam-viec/nguoi/{id}/tai-khoan/{tie}/bo", "account_link.decide", counter_undo),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-link-title",
        url: LIST,
        icon: "link",
        action: "account_link.list",
        group: "registry-menu-group",
        order: 117,
    }
}

pub(crate) fn account_entry() -> ui::AccountEntry {
    ui::AccountEntry {
        text: "registry-link-own",
        line: "registry-link-own-line",
        url: OWN,
        icon: "id-card",
        action: "account_link.own",
    }
}

/// What waits for an officer.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| {
        Box::pin(async move {
            if !ctx.may("account_link.decide") {
                return Ok(Vec::new());
            }
            let count = rules::waiting(ctx, LINES).await?.len();
            let label = ctx.t().n("registry-link-wait", "count", count);
            let one = Waiting { label, url: LIST.into(), status: Status::Waiting };
            Ok(if count > 0 { vec![one] } else { Vec::new() })
        })
    })
}

#[derive(Template)]
#[template(path = "link/own.html")]
struct OwnPage {
    shell: Shell,
    linked: bool,
    /// Since when, and by which way, in words.
    since: String,
    /// A request waits.
    asked: String,
    refused: String,
    /// Just made, shown once.
    code: String,
    keys: [String; 2],
    typed: String,
    errors: FieldErrors,
    wrong: String,
}

async fn own_page(ctx: &Ctx, code: String, form: Option<&Form>, error: Option<&Error>) -> Result<String> {
    let (t, account) = (ctx.t(), ctx.account()?);
    let all = [State::Linked, State::Asked, State::Refused, State::Undone];
    let last = store::of_account(ctx, &ctx.app.db, account, &all).await?;
    let found = rules::of_account(ctx, account).await?;
    let is = |state: State| found.as_ref().filter(|link| link.state == state);
    let said = |link: &Link| {
        let at = t.moment(link.decided_at.unwrap_or(link.asked_at));
        format!("{} · {at}", t.t(link.way.text_key()))
    };
    let errors = error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t));
    let shell = Shell::public(ctx, "registry-link-own").await?.crumb(t.t("registry-profile"), "/tai-khoan");
    ui::render(&OwnPage {
        shell: shell.crumb(t.t("registry-link-own"), ""),
        linked: is(State::Linked).is_some(),
        since: is(State::Linked).map(said).unwrap_or_default(),
        asked: is(State::Asked).map(|link| t.moment(link.asked_at)).unwrap_or_default(),
        refused: last
            .filter(|link| matches!(link.state, State::Refused | State::Undone))
            .map(|link| link.reason)
            .unwrap_or_default(),
        code,
        keys: [fresh_key(ctx), fresh_key(ctx)],
        typed: form.map_or("", |form| form.text("qr")).to_owned(),
        wrong: error
            .filter(|error| error.fields.is_empty())
            .map_or_else(String::new, |error| error.message.text(t)),
        errors,
    })
}

async fn own(ctx: Ctx) -> Result<Response> {
    Ok(html(own_page(&ctx, String::new(), None, None).await?))
}

/// The code is shown in the answer itself: it stands in no address and no note.
async fn code(ctx: Ctx) -> Result<Response> {
    let tx = ctx.begin().await?;
    let code = rules::code_make(&ctx, &tx).await?;
    tx.commit().await?;
    Ok(html(own_page(&ctx, code, None, None).await?))
}

async fn card(ctx: Ctx, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::ask_by_card(&ctx, &tx, form.text("qr")).await;
    let done = done.map(|()| (OWN.to_owned(), Note::new("registry-link-asked")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if shown(&error) => {
            let page = own_page(&ctx, String::new(), Some(&form), Some(&error)).await?;
            Ok((error.kind.status(), html(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

fn shown(error: &Error) -> bool {
    matches!(error.kind, Kind::Invalid | Kind::Conflict)
}

/// One request as an officer reads it.
struct Line {
    id: Uuid,
    account: String,
    way: String,
    at: String,
    /// Empty when nobody is as on the card.
    person: String,
    url: String,
    place: String,
    key: String,
}

#[derive(Template)]
#[template(path = "link/list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    may_decide: bool,
    errors: FieldErrors,
    wrong: String,
}

async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(list_page(&ctx, None).await?))
}

async fn list_page(ctx: &Ctx, error: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let found = rules::waiting(ctx, LINES).await?;
    let people: Vec<Uuid> = found.iter().filter_map(|link| link.person_id).collect();
    let people: HashMap<Uuid, Person> =
        person::get_many(ctx, &people).await?.into_iter().map(|person| (person.id, person)).collect();
    let accounts: Vec<Uuid> = found.iter().map(|link| link.account_id).collect();
    let names = account_names(ctx, &accounts).await?;
    let words = Words::today(ctx).await?;
    let lines = found.iter().map(|link| {
        let person = link.person_id.and_then(|id| people.get(&id));
        Line {
            id: link.id,
            account: names.get(&link.account_id).cloned().unwrap_or_default(),
            way: t.t(link.way.text_key()),
            at: t.moment(link.asked_at),
            person: person.map(|person| person.facts.full_name.clone()).unwrap_or_default(),
            url: person.map(|person| person_path(person.id)).unwrap_or_default(),
            place: person.map_or_else(String::new, |person| {
                format!("{} · {}", words.village(person.place.village_id), person.code)
            }),
            key: fresh_key(ctx),
        }
    });
    let lines = lines.collect();
    let shell = Shell::of(ctx, "registry-link-title").await?.crumb(t.t("registry-link-title"), "");
    let errors = error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t));
    let wrong = error.map_or_else(String::new, |error| error.message.text(t));
    ui::render(&ListPage { shell, lines, may_decide: ctx.may("account_link.decide"), errors, wrong })
}

async fn confirm(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    decided(&ctx, &form, "registry-link-confirmed", async |tx: &Tx| rules::confirm(&ctx, tx, id).await).await
}

async fn refuse(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| rules::refuse(&ctx, tx, id, form.text("ly-do")).await;
    decided(&ctx, &form, "registry-link-refused", rule).await
}

async fn decided<F>(ctx: &Ctx, form: &Form, note: &'static str, rule: F) -> Result<Response>
where
    F: AsyncFnOnce(&Tx) -> Result<()>,
{
    let (key, tx) = match start(ctx, form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map(|()| (LIST.to_owned(), Note::new(note)));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if shown(&error) => {
            Ok((error.kind.status(), html(list_page(ctx, Some(&error)).await?)).into_response())
        }
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "link/counter.html")]
struct CounterPage {
    shell: Shell,
    path: String,
    birth: String,
    village: String,
    code: String,
    /// The account that is linked, and since when; empty when none is.
    account: String,
    since: String,
    link: Uuid,
    story: Vec<String>,
    key: String,
    typed: String,
    errors: FieldErrors,
    wrong: String,
}

async fn counter(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(counter_page(&ctx, id, None, None).await?))
}

async fn counter_page(ctx: &Ctx, id: Uuid, form: Option<&Form>, error: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let person = person::get(ctx, id).await?;
    let link = rules::of_person(ctx, id).await?;
    let story = store::story(ctx, id).await?;
    let ids: Vec<Uuid> =
        story.iter().flat_map(|link| [Some(link.account_id), link.decided_by]).flatten().collect();
    let names = account_names(ctx, &ids).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let told = |link: &Link| {
        let at = t.moment(link.decided_at.unwrap_or(link.asked_at));
        let mut parts = vec![at, t.t(link.state.text_key()), name(link.account_id), t.t(link.way.text_key())];
        parts.extend(link.decided_by.map(name));
        parts.push(link.reason.clone());
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    };
    let shell =
        Shell::of(ctx, "registry-link-person").await?.crumb(t.t("registry-people"), "/lam-viec/nguoi");
    let shell = shell.crumb(&person.facts.full_name, &person_path(id)).crumb(t.t("registry-link-person"), "");
    let errors = error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t));
    ui::render(&CounterPage {
        shell: shell.titled(person.facts.full_name.as_str()),
        path: format!("{}/tai-khoan", person_path(id)),
        birth: birth_text(&person.facts),
        village: Words::today(ctx).await?.village(person.place.village_id),
        code: person.code,
        account: link.as_ref().map_or_else(String::new, |link| name(link.account_id)),
        since: link.as_ref().map_or_else(String::new, told),
        link: link.map_or_else(Uuid::nil, |link| link.id),
        story: story.iter().map(told).collect(),
        key: fresh_key(ctx),
        typed: form.map_or("", |form| form.text("tai-khoan")).to_owned(),
        wrong: error
            .filter(|error| error.fields.is_empty())
            .map_or_else(String::new, |error| error.message.text(t)),
        errors,
    })
}

async fn counter_link(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        if !form.ticked("da-xem-the") {
            return Err(Error::field("da-xem-the", "registry-link-card-first"));
        }
        rules::link_at_counter(&ctx, tx, id, form.text("tai-khoan")).await.map(drop)
    };
    at_counter(&ctx, id, &form, "registry-link-confirmed", rule).await
}

async fn counter_undo(ctx: Ctx, Path((id, link)): Path<(Uuid, Uuid)>, form: Form) -> Result<Response> {
    person::get(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let stands = store::of_person(&ctx, tx, id).await?.filter(|stands| stands.id == link);
        rules::undo(&ctx, tx, stands.ok_or_else(Error::not_found)?.id, form.text("ly-do")).await
    };
    at_counter(&ctx, id, &form, "registry-link-undone", rule).await
}

async fn at_counter<F>(ctx: &Ctx, id: Uuid, form: &Form, note: &'static str, rule: F) -> Result<Response>
where
    F: AsyncFnOnce(&Tx) -> Result<()>,
{
    let (key, tx) = match start(ctx, form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map(|()| (format!("{}/tai-khoan", person_path(id)), Note::new(note)));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if shown(&error) => {
            let page = counter_page(ctx, id, Some(form), Some(&error)).await?;
            Ok((error.kind.status(), html(page)).into_response())
        }
        Err(error) => Err(error),
    }
}
