//! The administrator's pages: which mailboxes are read, a form for each, and a button that tries what was typed.

use super::model::{Mailbox, Security, Trouble};
use super::settings::{self, Typed};
use super::{SETUP, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use ui::{FieldErrors, Html, Shell, Status};

struct Line {
    id: Uuid,
    name: String,
    about: String,
    badge: Html,
    state: String,
    key: Uuid,
}

#[derive(Template)]
#[template(path = "mailbox-setup.html")]
struct SetupPage {
    shell: Shell,
    lines: Vec<Line>,
    mail: bool,
}

#[derive(Template)]
#[template(path = "mailbox-edit.html")]
struct EditPage {
    shell: Shell,
    action: String,
    known: bool,
    typed: Typed,
    ways: Vec<(&'static str, String)>,
    ends: Vec<(&'static str, String)>,
    tried: Option<(Status, String)>,
    revision: i64,
    key: Uuid,
    errors: FieldErrors,
    wrong: String,
}

/// How a mailbox stands, as badge and sentence.
pub(super) fn standing(ctx: &Ctx, one: &Mailbox) -> (Html, String) {
    let t = ctx.t();
    match (one.failed_since, one.looked_at) {
        (Some(since), _) => {
            let words = Trouble::words(t, &one.problem);
            let text = t.s("office-mailbox-away-since", "day", t.moment(since).as_str());
            (Status::Late.badge(&t.t("office-mailbox-away")), format!("{text} {words}"))
        }
        (None, Some(at)) => {
            let text = t.s("office-mailbox-looked", "day", t.moment(at).as_str());
            (Status::Active.badge(&t.t("office-mailbox-reads")), text)
        }
        (None, None) => (Status::Waiting.badge(&t.t("office-mailbox-not-yet")), String::new()),
    }
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let line = |one: &Mailbox| {
        let (badge, state) = standing(&ctx, one);
        let about = format!("{} · {}:{} · {}", one.address, one.host, one.port, one.folder);
        Line { id: one.id, name: one.name.clone(), about, badge, state, key: ctx.new_id() }
    };
    let page = SetupPage {
        shell: Shell::of(&ctx, "office-mailbox-setup").await?,
        lines: store::mailboxes(&ctx, &ctx.app.db).await?.iter().map(line).collect(),
        mail: ctx.app.config.mail.is_some(),
    };
    Ok(html(ui::render(&page)?))
}

async fn page(ctx: &Ctx, known: Option<&Mailbox>, typed: Typed) -> Result<EditPage> {
    let t = ctx.t();
    let title = if known.is_some() { "office-mailbox-edit" } else { "office-mailbox-new" };
    let shell = Shell::of(ctx, title).await?;
    Ok(EditPage {
        shell: shell.crumb(t.t("office-mailbox-setup"), SETUP).crumb(t.t(title), ""),
        action: known.map_or_else(|| format!("{SETUP}/moi"), |one| format!("{SETUP}/{}", one.id)),
        known: known.is_some(),
        typed,
        ways: Security::ALL.iter().map(|way| (way.code(), t.t(way.text_key()))).collect(),
        ends: vec![("chuyen", t.t("office-mailbox-end-move")), ("danh-dau", t.t("office-mailbox-end-mark"))],
        tried: None,
        revision: known.map_or(0, |one| one.revision),
        key: ctx.new_id(),
        errors: FieldErrors::default(),
        wrong: String::new(),
    })
}

pub(super) async fn new(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, None, Typed::new(&ctx)).await?)?))
}

async fn find(ctx: &Ctx, id: Uuid) -> Result<Mailbox> {
    let all = store::mailboxes(ctx, &ctx.app.db).await?;
    all.into_iter().find(|one| one.id == id).ok_or_else(Error::not_found)
}

pub(super) async fn edit(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = find(&ctx, id).await?;
    Ok(html(ui::render(&page(&ctx, Some(&one), Typed::of(&one)).await?)?))
}

pub(super) async fn insert(ctx: Ctx, sent: Form) -> Result<Response> {
    sent_in(ctx, None, sent).await
}

pub(super) async fn update(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = Mailbox { revision: sent.revision()?, ..find(&ctx, id).await? };
    sent_in(ctx, Some(one), sent).await
}

async fn sent_in(ctx: Ctx, known: Option<Mailbox>, sent: Form) -> Result<Response> {
    let typed = Typed::sent(&sent);
    let checked = match settings::checked(&ctx, &typed, known.as_ref()) {
        Ok(checked) => checked,
        Err(error) => return again(&ctx, known.as_ref(), typed, error).await,
    };
    if sent.text("lam") == "thu" {
        let outcome = settings::attempt(&ctx, &checked).await?;
        let t = ctx.t();
        let told = match outcome {
            Ok(()) => (Status::Done, t.t("office-mailbox-tried-well")),
            Err(trouble) => (Status::Late, Trouble::words(t, &trouble.stored())),
        };
        let page = EditPage { tried: Some(told), ..page(&ctx, known.as_ref(), typed).await? };
        return Ok(html(ui::render(&page)?));
    }
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = settings::keep(&ctx, &tx, &checked, known.is_some()).await;
    let done = done.map(|()| (SETUP.to_owned(), Note::new("office-mailbox-kept")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, known.as_ref(), typed, error).await,
    }
}

async fn again(ctx: &Ctx, known: Option<&Mailbox>, typed: Typed, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx, known, typed).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = settings::end(&ctx, &tx, id).await;
    settle(&ctx, key, tx, done.map(|()| (SETUP.to_owned(), Note::new("office-mailbox-ended")))).await?
}
