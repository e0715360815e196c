//! The page of the groups: the list, and the form that adds or changes one.

use super::PATH;
use super::model::{Group, Platform};
use super::rules::{self, Typed};
use super::store;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use ui::{FieldErrors, Shell};

struct Line {
    id: Uuid,
    name: String,
    about: String,
    address: String,
    over: bool,
    revision: i64,
    key: String,
}

#[derive(Template)]
#[template(path = "group-list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    may_keep: bool,
    /// Where the form goes: a new group, or the one that is changed.
    action: String,
    editing: bool,
    form_title: &'static str,
    platforms: Vec<(String, String)>,
    typed_name: String,
    typed_platform: String,
    typed_address: String,
    typed_members: String,
    typed_day: String,
    key: String,
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

async fn page(ctx: &Ctx) -> Result<ListPage> {
    let t = ctx.t();
    Ok(ListPage {
        shell: Shell::of(ctx, "office-group-menu").await?,
        lines: store::all(ctx).await?.into_iter().map(|one| line(ctx, one)).collect(),
        may_keep: ctx.may("workgroup.keep"),
        action: PATH.to_owned(),
        editing: false,
        form_title: "office-group-add",
        platforms: Platform::ALL.iter().map(|one| (one.code().to_owned(), t.t(one.text_key()))).collect(),
        typed_name: String::new(),
        typed_platform: String::new(),
        typed_address: String::new(),
        typed_members: String::new(),
        typed_day: String::new(),
        key: ctx.new_id().to_string(),
        revision: 0,
        errors: FieldErrors::default(),
        wrong: String::new(),
    })
}

impl ListPage {
    /// The form changes a group.
    fn change(&mut self, id: Uuid, revision: i64) {
        (self.action, self.editing, self.revision) = (format!("{PATH}/{id}"), true, revision);
        self.form_title = "office-group-edit";
    }
}

fn line(ctx: &Ctx, one: Group) -> Line {
    let t = ctx.t();
    let since = t.s("office-group-since", "day", &t.date(one.opened_on));
    let until = one.ended_on.map(|day| t.s("office-group-until", "day", &t.date(day)));
    let parts = [t.t(one.platform.text_key()), one.members, since, until.unwrap_or_default()];
    Line {
        id: one.id,
        about: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        name: one.name,
        address: one.address,
        over: one.ended_on.is_some(),
        revision: one.revision,
        key: ctx.new_id().to_string(),
    }
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx).await?)?))
}

pub(super) async fn edit(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let mut page = page(&ctx).await?;
    page.change(id, one.revision);
    (page.typed_name, page.typed_platform) = (one.name, one.platform.code().to_owned());
    (page.typed_address, page.typed_members, page.typed_day) =
        (one.address, one.members, vntext::date(one.opened_on));
    Ok(html(ui::render(&page)?))
}

pub(super) async fn add(ctx: Ctx, sent: Form) -> Result<Response> {
    written(&ctx, None, &sent).await
}

pub(super) async fn change(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    written(&ctx, Some(id), &sent).await
}

fn typed(sent: &Form) -> Result<Typed> {
    Ok(Typed {
        name: sent.text("ten").to_owned(),
        platform: Platform::parse(sent.text("nen-tang")),
        address: sent.text("dia-chi").to_owned(),
        members: sent.text("thanh-phan").to_owned(),
        opened_on: sent.date("ngay")?,
    })
}

async fn written(ctx: &Ctx, id: Option<Uuid>, sent: &Form) -> Result<Response> {
    let which = id.map(|id| sent.revision().map(|revision| (id, revision))).transpose();
    let (which, typed) = match which.and_then(|which| Ok((which, typed(sent)?))) {
        Ok(read) => read,
        Err(error) => return again(ctx, id, sent, error).await,
    };
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::keep(ctx, &tx, which, &typed).await;
    let done = done.map(|_| (PATH.to_owned(), Note::new("office-group-kept")));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, id, sent, error).await,
    }
}

async fn again(ctx: &Ctx, id: Option<Uuid>, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx).await?;
    if let Some(id) = id {
        page.change(id, store::find(ctx, &ctx.app.db, id).await?.revision);
    }
    let text = |name: &str| sent.text(name).to_owned();
    (page.typed_name, page.typed_platform, page.typed_address) =
        (text("ten"), text("nen-tang"), text("dia-chi"));
    (page.typed_members, page.typed_day) = (text("thanh-phan"), text("ngay"));
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let revision = sent.revision()?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let over = sent.text("lam") != "lai";
    let note = if over { "office-group-ended" } else { "office-group-reopened" };
    let done = rules::end(&ctx, &tx, id, revision, over).await;
    settle(&ctx, key, tx, done.map(|_| (PATH.to_owned(), Note::new(note)))).await?
}
