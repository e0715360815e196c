//! The person's side: what is booked, the confirmation with its code, cancelling.

use super::model::{State, Visit};
use super::{purpose, rules, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use ui::{Html, Shell};

const SHOWN: i64 = 50;

struct Line {
    url: String,
    name: String,
    line: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "visits-mine.html")]
struct MinePage {
    shell: Shell,
    lines: Vec<Line>,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let shell = Shell::public(&ctx, "onestop-visit-menu-mine").await?;
    let mut lines = Vec::new();
    for one in store::mine(&ctx, SHOWN).await? {
        lines.push(Line {
            url: one.path(),
            name: purpose::of(&ctx, &one.procedure_code).await.name,
            line: format!("{} · {}", t.moment(one.starts_at), one.code),
            badge: badge(&ctx, &one),
        });
    }
    Ok(html(ui::render(&MinePage { shell, lines })?))
}

/// How it stands; what is over and was never ended is only past.
pub(super) fn badge(ctx: &Ctx, one: &Visit) -> Html {
    let t = ctx.t();
    if one.state == State::Booked && one.day < ctx.today() {
        return ui::Status::Off.badge(&t.t("onestop-visit-past"));
    }
    one.state.badge().badge(&t.t(one.state.text_key()))
}

#[derive(Template)]
#[template(path = "visit-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    code: String,
    badge: Html,
    moment: String,
    papers: i64,
    bring: Vec<String>,
    place: String,
    qr: Html,
    may_cancel: bool,
    key: String,
    revision: i64,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, id).await?)?))
}

async fn page(ctx: &Ctx, id: Uuid) -> Result<ShowPage> {
    let t = ctx.t();
    let one = rules::own(ctx, &ctx.app.db, id).await?;
    let purpose = purpose::of(ctx, &one.procedure_code).await;
    let shell = Shell::public(ctx, &purpose.name).await?;
    let shell = shell.crumb(t.t("onestop-visit-menu-mine"), "/lich-hen").crumb(&one.code, "");
    // The desk reads the code and finds who has come.
    let url = format!("{}/lam-viec/lich-hen?ma={}", ctx.app.config.base_url(), one.code);
    Ok(ShowPage {
        badge: badge(ctx, &one),
        moment: t.moment(one.starts_at),
        bring: purpose.papers,
        place: shell.commune.address.clone(),
        qr: ui::qr::svg(&url, &t.s("onestop-visit-qr", "code", &one.code))?,
        may_cancel: one.state == State::Booked && one.starts_at > ctx.now,
        key: ctx.new_id().to_string(),
        path: one.path(),
        papers: one.papers,
        revision: one.revision,
        code: one.code,
        wrong: String::new(),
        shell,
    })
}

pub(super) async fn cancel(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.revision() {
        Ok(revision) => rules::cancel(&ctx, &tx, id, revision).await,
        Err(error) => Err(error),
    };
    let done = done.map(|visit| (visit.path(), Note::new("onestop-visit-cancelled")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

async fn again(ctx: &Ctx, id: Uuid, error: Error) -> Result<Response> {
    if error.kind != Kind::Conflict {
        return Err(error);
    }
    let mut page = page(ctx, id).await?;
    page.wrong = error.message.text(ctx.t());
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
