//! Opening a file, and naming it anew.

use super::model::Kind;
use super::rules::{self, Naming, may};
use super::terms::Terms;
use super::{PATH, store};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "workfile-edit.html")]
struct EditPage {
    shell: Shell,
    action: String,
    back: String,
    naming: Naming,
    headings: Vec<(String, String)>,
    terms: Vec<(String, String)>,
    unverified: bool,
    /// What goes into the new file at once.
    kind: String,
    object: String,
    key: String,
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn new(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).cloned().unwrap_or_default();
    let name = Naming { title: text("ten"), ..Naming::default() };
    let mut page = page(&ctx, None, name).await?;
    (page.kind, page.object) = (text("loai"), text("doi-tuong"));
    Ok(html(ui::render(&page)?))
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    if !may(&ctx, &one).keep {
        return Err(Error::conflict("office-workfile-not-now"));
    }
    let name = Naming { title: one.title.clone(), heading: one.heading.clone(), term: one.term.clone() };
    Ok(html(ui::render(&page(&ctx, Some((id, one.revision)), name).await?)?))
}

async fn page(ctx: &Ctx, which: Option<(Uuid, i64)>, name: Naming) -> Result<EditPage> {
    let (t, terms) = (ctx.t(), Terms::load(ctx)?);
    let title = if which.is_some() { "office-workfile-change" } else { "office-workfile-open" };
    let shell = Shell::of(ctx, title).await?.crumb(t.t("office-workfile-menu"), PATH).crumb(t.t(title), "");
    let heading = |one: &super::terms::Heading| {
        let term = terms.term(&one.term).map_or("", |term| term.name.of(ctx.lang));
        (one.code.clone(), format!("{} · {} ({term})", one.code, one.name.of(ctx.lang)))
    };
    let own = (String::new(), t.t("office-workfile-term-own"));
    Ok(EditPage {
        shell,
        action: which.map_or_else(|| format!("{PATH}/moi"), |(id, _)| format!("{PATH}/{id}/sua")),
        back: which.map_or_else(|| PATH.to_owned(), |(id, _)| format!("{PATH}/{id}")),
        headings: terms.headings.iter().map(heading).collect(),
        terms: std::iter::once(own)
            .chain(terms.terms.iter().map(|one| (one.code.clone(), one.name.of(ctx.lang).to_owned())))
            .collect(),
        unverified: terms.unverified,
        kind: String::new(),
        object: String::new(),
        key: ctx.new_id().to_string(),
        revision: which.map_or(0, |(_, revision)| revision),
        errors: FieldErrors::default(),
        wrong: String::new(),
        naming: name,
    })
}

fn typed(sent: &Form) -> Naming {
    let text = |name: &str| sent.text(name).to_owned();
    Naming { title: text("ten"), heading: text("de-muc"), term: text("thoi-han") }
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let mut done = rules::open(&ctx, &tx, &typed(&sent)).await;
    if let (Ok(one), Some(kind), Ok(Some(object))) =
        (&done, Kind::parse(sent.text("loai")), sent.id("doi-tuong"))
    {
        done = rules::add_known(&ctx, &tx, one.id, kind, object).await;
    }
    let done = done.map(|one| (one.path(), Note::new("office-workfile-opened-now")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, None, &sent, error).await,
    }
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let revision = sent.revision()?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::change(&ctx, &tx, id, revision, &typed(&sent)).await;
    let done = done.map(|one| (one.path(), Note::new("office-workfile-saved")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, Some(id), &sent, error).await,
    }
}

async fn again(ctx: &Ctx, id: Option<Uuid>, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, platform::Kind::Invalid | platform::Kind::Conflict) {
        return Err(error);
    }
    let which = match id {
        Some(id) => Some((id, store::find(ctx, &ctx.app.db, id).await?.revision)),
        None => None,
    };
    let mut page = page(ctx, which, typed(sent)).await?;
    (page.kind, page.object) = (sent.text("loai").to_owned(), sent.text("doi-tuong").to_owned());
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
