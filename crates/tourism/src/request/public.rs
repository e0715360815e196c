//! The visitor's side: the form, and the page on which the answer stands.

use super::model::{Request, State};
use super::rules::{self, Sending};
use super::store;
use crate::PATH;
use crate::place::store as places;
use crate::place::{Place, State as PlaceState};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

#[derive(Template)]
#[template(path = "request-form.html")]
struct FormPage {
    shell: Shell,
    action: String,
    name: String,
    key: String,
    sent: Form,
    days: String,
    errors: FieldErrors,
    wrong: String,
}

async fn asked_for(ctx: &Ctx, slug: &str) -> Result<Place> {
    let one = places::by_slug(ctx, slug).await?.ok_or_else(Error::not_found)?;
    let open = one.state == PlaceState::Published && one.kind.is_asked_for();
    if open { Ok(one) } else { Err(Error::not_found()) }
}

async fn page(ctx: &Ctx, one: &Place, sent: Form, wrong: Option<&Error>) -> Result<String> {
    let t = ctx.t();
    let name = one.content.name(ctx.lang).to_owned();
    let shell = Shell::public(ctx, "tourism-ask").await?.crumb(t.t("tourism"), PATH);
    let keep = crate::law::Tourism::now(ctx)?.request_keep_days;
    ui::render(&FormPage {
        shell: shell.crumb(&name, &one.path()).crumb(t.t("tourism-ask"), ""),
        action: super::form_path(one),
        key: ctx.new_id().to_string(),
        days: t.n("tourism-ask-keep", "count", keep),
        errors: wrong.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong
            .filter(|error| error.fields.is_empty())
            .map(|error| error.message.text(t))
            .unwrap_or_default(),
        name,
        sent,
    })
}

pub(super) async fn form(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let one = asked_for(&ctx, &slug).await?;
    Ok(html(page(&ctx, &one, Form::default(), None).await?))
}

pub(super) async fn send(ctx: Ctx, Path(slug): Path<String>, sent: Form) -> Result<Response> {
    let one = asked_for(&ctx, &slug).await?;
    let error = match take(&ctx, &one, &sent).await? {
        Ok(answer) => return Ok(answer),
        Err(error) => error,
    };
    if !matches!(error.kind, Kind::Invalid | Kind::TooMany) {
        return Err(error);
    }
    let again = page(&ctx, &one, sent, Some(&error)).await?;
    Ok((error.kind.status(), html(again)).into_response())
}

async fn take(ctx: &Ctx, one: &Place, sent: &Form) -> Result<Result<Response, Error>> {
    // A field that no person sees: only a program fills it in.
    if sent.some("trang-web").is_some() {
        return Ok(Err(Error::invalid("tourism-robot")));
    }
    let sending = match sending(sent) {
        Ok(sending) => sending,
        Err(error) => return Ok(Err(error)),
    };
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(Ok(answer)),
        Start::First(key, tx) => (key, tx),
    };
    // Counted only here: the same request sent again over a weak signal is one.
    let done = match rules::asking(ctx, &sending) {
        Ok(()) => rules::send(ctx, &tx, one, &sending).await,
        Err(error) => Err(error),
    };
    let done = done.map(|(request, follow)| (request.own_path(&follow), Note::new("tourism-asked")));
    settle(ctx, key, tx, done).await
}

fn sending(sent: &Form) -> Result<Sending> {
    let text = |name: &str| sent.text(name).to_owned();
    Ok(Sending {
        name: text("ten"),
        phone: text("dien-thoai"),
        email: text("email"),
        from: sent.date("tu-ngay")?,
        to: sent.date("den-ngay")?,
        people: sent.whole("so-nguoi")?,
        words: text("loi-nhan"),
    })
}

#[derive(Template)]
#[template(path = "request-show.html")]
struct ShowPage {
    shell: Shell,
    code: String,
    follow: String,
    action: String,
    address: String,
    place: String,
    place_url: String,
    badge: Html,
    facts: Vec<(String, String)>,
    answer: String,
    answered: String,
    waits: bool,
    key: String,
}

async fn own(ctx: &Ctx, code: &str, follow: &str) -> Result<Request> {
    let one = store::by_code(ctx, code).await?;
    if rules::is_asker(ctx, &one, follow)? { Ok(one) } else { Err(Error::not_found()) }
}

pub(super) async fn show(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let follow = query.get("ma").cloned().unwrap_or_default();
    let one = own(&ctx, &code, &follow).await?;
    let place = places::find(&ctx, &ctx.app.db, one.place_id).await?;
    let t = ctx.t();
    let shell = Shell::public(&ctx, "tourism-request").await?.crumb(t.t("tourism"), PATH);
    let page = ShowPage {
        shell: shell.crumb(&one.code, ""),
        action: format!("/hoi-cho/xem/{}", one.code),
        address: format!("{}{}", ctx.app.config.base_url(), one.own_path(&follow)),
        place: place.content.name(ctx.lang).to_owned(),
        place_url: place.path(),
        badge: one.state.status().badge(&t.t(one.state.text_key())),
        facts: facts(&ctx, &one),
        answered: one.answered_at.map(|at| t.moment(at)).unwrap_or_default(),
        waits: one.state == State::Asked,
        key: ctx.new_id().to_string(),
        answer: one.answer,
        code: one.code,
        follow,
    };
    Ok(html(ui::render(&page)?))
}

/// What was asked, without who asked.
pub(super) fn facts(ctx: &Ctx, one: &Request) -> Vec<(String, String)> {
    let t = ctx.t();
    let days = if one.from_on == one.to_on {
        t.date(one.from_on)
    } else {
        format!("{} – {}", t.date(one.from_on), t.date(one.to_on))
    };
    let all = [
        (t.t("tourism-ask-days"), days),
        (t.t("tourism-ask-people"), t.n("tourism-people", "count", one.people)),
        (t.t("tourism-ask-words"), one.words.clone()),
        (t.t("tourism-asked-at"), t.moment(one.asked_at)),
        (t.t("tourism-delete-on"), t.date(one.delete_on)),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

pub(super) async fn forget(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let one = own(&ctx, &code, sent.text("ma")).await?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::forget(&ctx, &tx, &one).await;
    let done = done.map(|()| (PATH.to_owned(), Note::new("tourism-forgotten")));
    settle(&ctx, key, tx, done).await?
}
