//! Keeping the week: entries, calling off, publishing.

use super::rules::{self, Typed};
use super::store;
use super::week::{Week, asked};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::clock::{local_date, vietnam};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Shell};

pub(super) const PATH: &str = "/lam-viec/lich-cong-tac";

#[derive(Template)]
#[template(path = "schedule-keep.html")]
struct KeepPage {
    shell: Shell,
    week: Week,
    /// Where the form goes: a new entry, or the one that is changed.
    action: String,
    editing: bool,
    /// What the form does, in words.
    title: String,
    look: String,
    back: String,
    day: String,
    typed: Typed,
    key: String,
    publish_key: String,
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

async fn page(ctx: &Ctx, monday: chrono::NaiveDate) -> Result<KeepPage> {
    Ok(KeepPage {
        shell: Shell::of(ctx, "office-schedule-keep").await?,
        week: Week::load(ctx, monday, PATH).await?,
        action: PATH.to_owned(),
        editing: false,
        title: ctx.t().t("office-schedule-add"),
        look: format!("{}?tuan={monday}", super::public::PATH),
        back: format!("{PATH}?tuan={monday}"),
        day: String::new(),
        typed: Typed::default(),
        key: ctx.new_id().to_string(),
        publish_key: ctx.new_id().to_string(),
        revision: 0,
        errors: FieldErrors::default(),
        wrong: String::new(),
    })
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, asked(&ctx, &query)).await?)?))
}

pub(super) async fn edit(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let entry = store::find(&ctx, &ctx.app.db, id).await?;
    let day = local_date(entry.starts_at);
    let hour = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&vietnam()).format("%H:%M").to_string();
    let mut page = page(&ctx, super::model::monday(day)).await?;
    page.action = format!("{PATH}/{id}");
    page.editing = true;
    page.title = ctx.t().t("office-schedule-change");
    page.day = vntext::date(day);
    page.revision = entry.revision;
    page.typed = Typed {
        day: Some(day),
        from: hour(entry.starts_at),
        until: entry.ends_at.map(hour).unwrap_or_default(),
        what: entry.what,
        place: entry.place,
        chair: entry.chair,
        attendees: entry.attendees,
    };
    Ok(html(ui::render(&page)?))
}

fn typed(sent: &Form) -> Result<Typed> {
    let text = |name: &str| sent.text(name).to_owned();
    Ok(Typed {
        day: sent.date("ngay")?,
        from: text("gio"),
        until: text("den-gio"),
        what: text("noi-dung"),
        place: text("dia-diem"),
        chair: text("chu-tri"),
        attendees: text("thanh-phan"),
    })
}

pub(super) async fn add(ctx: Ctx, sent: Form) -> Result<Response> {
    written(&ctx, None, &sent).await
}

pub(super) async fn change(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    written(&ctx, Some(id), &sent).await
}

async fn written(ctx: &Ctx, id: Option<Uuid>, sent: &Form) -> Result<Response> {
    let read = match id {
        Some(id) => sent.revision().map(|revision| Some((id, revision))),
        None => Ok(None),
    };
    let (which, typed) = match read.and_then(|which| Ok((which, typed(sent)?))) {
        Ok(read) => read,
        Err(error) => return again(ctx, id, sent, error).await,
    };
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::keep(ctx, &tx, which, &typed).await;
    let done = done.map(|entry| {
        let week = format!("{PATH}?tuan={}", local_date(entry.starts_at));
        (week, Note::new("office-schedule-kept"))
    });
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, id, sent, error).await,
    }
}

async fn again(ctx: &Ctx, id: Option<Uuid>, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let day = sent.date("ngay").ok().flatten().unwrap_or_else(|| ctx.today());
    let mut page = page(ctx, super::model::monday(day)).await?;
    if let Some(id) = id {
        page.action = format!("{PATH}/{id}");
        page.editing = true;
        page.title = ctx.t().t("office-schedule-change");
        page.revision = store::find(ctx, &ctx.app.db, id).await?.revision;
    }
    page.day = sent.text("ngay").to_owned();
    page.typed = typed(sent).unwrap_or_default();
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn cancel(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let off = sent.text("lam") == "huy";
    let note = if off { "office-schedule-called-off" } else { "office-schedule-put-back" };
    let done = rules::cancel(&ctx, &tx, id, off).await;
    let done = done.map(|entry| (format!("{PATH}?tuan={}", local_date(entry.starts_at)), Note::new(note)));
    settle(&ctx, key, tx, done).await?
}

pub(super) async fn publish(ctx: Ctx, sent: Form) -> Result<Response> {
    let day = sent.date("tuan")?.ok_or_else(|| Error::field("tuan", "error-date"))?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::publish(&ctx, &tx, day).await;
    let done = done.map(|()| (format!("{PATH}?tuan={day}"), Note::new("office-schedule-published")));
    settle(&ctx, key, tx, done).await?
}
