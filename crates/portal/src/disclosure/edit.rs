//! The form that publishes or corrects a document.

use super::columns::Columns;
use super::model::Disclosure;
use super::rules::{self, Typed};
use super::{ACCEPT, WORK, desk, store};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use platform::files::{self, Prepared};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Shell};

/// Periods that may be chosen.
pub(super) const PERIODS: usize = 13;

#[derive(Template)]
#[template(path = "disclosure-edit.html")]
struct EditPage {
    shell: Shell,
    action: String,
    /// The public page; `""` before there is one.
    public: String,
    gone: String,
    topics: Vec<(String, String)>,
    /// Every period of every column: `ngan-sach/2026-09-30`.
    periods: Vec<(String, String)>,
    typed: HashMap<String, String>,
    attached: Vec<desk::FileLine>,
    keys: [String; 2],
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

impl EditPage {
    fn typed(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

async fn page(ctx: &Ctx, one: Option<&Disclosure>) -> Result<EditPage> {
    let t = ctx.t();
    let columns = Columns::load(ctx)?;
    let own = columns.all.iter().filter(|one| one.link.is_empty());
    let periods =
        own.clone().filter_map(|column| Some((column, column.every?))).flat_map(|(column, every)| {
            every.recent(ctx.today(), PERIODS).into_iter().map(move |end| {
                let name = format!("{}: {}", column.name(ctx.lang), column.period(t, end));
                (format!("{}/{end}", column.code), name)
            })
        });
    let head = if one.is_some() { "disclosure-correct" } else { "disclosure-new" };
    Ok(EditPage {
        shell: Shell::of(ctx, head).await?.crumb(t.t("disclosure-menu"), WORK).crumb(t.t(head), ""),
        action: one.map_or(format!("{WORK}/moi"), Disclosure::work_path),
        public: one.map(Disclosure::path).unwrap_or_default(),
        gone: one
            .filter(|one| one.withdrawn_at.is_some())
            .map(|one| one.withdrawn_why.clone())
            .unwrap_or_default(),
        topics: own.map(|one| (one.code.clone(), one.name(ctx.lang).to_owned())).collect(),
        periods: periods.collect(),
        typed: HashMap::new(),
        attached: match one {
            Some(one) => desk::files(ctx, one.id).await?,
            None => Vec::new(),
        },
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string()],
        revision: one.map_or(0, |one| one.revision),
        errors: FieldErrors::default(),
        wrong: String::new(),
    })
}

pub(super) async fn new(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let mut page = page(&ctx, None).await?;
    page.typed.insert("chuyen-muc".into(), query.get("muc").cloned().unwrap_or_default());
    Ok(html(ui::render(&page)?))
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let mut page = page(&ctx, Some(&one)).await?;
    let day = |day: Option<NaiveDate>| day.map(vntext::date).unwrap_or_default();
    let period = one.period_end.map(|end| format!("{}/{end}", one.topic)).unwrap_or_default();
    let typed = [
        ("chuyen-muc", one.topic),
        ("tieu-de", one.title),
        ("tom-tat", one.summary),
        ("so-ky-hieu", one.symbol),
        ("ngay", day(one.issued_on)),
        ("ky", period),
        ("han", day(one.open_until)),
    ];
    page.typed = typed.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Ok(html(ui::render(&page)?))
}

fn read(sent: &Form) -> Result<Typed> {
    let text = |name: &str| sent.text(name).to_owned();
    let topic = text("chuyen-muc");
    // A period of another column counts as none chosen.
    let period = sent.text("ky").strip_prefix(&format!("{topic}/")).and_then(|end| end.parse().ok());
    Ok(Typed {
        title: text("tieu-de"),
        summary: text("tom-tat"),
        symbol: text("so-ky-hieu"),
        issued_on: sent.date("ngay")?,
        period_end: period,
        open_until: sent.date("han")?,
        topic,
    })
}

async fn uploads(ctx: &Ctx, sent: &Form) -> Result<Vec<Prepared>> {
    let mut new = Vec::new();
    for upload in &sent.uploads {
        let file = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await;
        new.push(file.map_err(|error| Error::field("tep", error.message))?);
    }
    Ok(new)
}

pub(super) async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    let read = async { Ok((read(&sent)?, uploads(&ctx, &sent).await?)) }.await;
    let (typed, new) = match read {
        Ok(read) => read,
        Err(error) => return again(&ctx, None, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::publish(&ctx, &tx, &typed, &new).await;
    let done = done.map(|id| (format!("{}/{id}", super::PATH), Note::new("disclosure-done")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, None, &sent, error).await,
    }
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let read = async { Ok((sent.revision()?, read(&sent)?, uploads(&ctx, &sent).await?)) }.await;
    let (revision, typed, new) = match read {
        Ok(read) => read,
        Err(error) => return again(&ctx, Some(id), &sent, error).await,
    };
    let out: Vec<Uuid> = sent.all("bo-tep").filter_map(|id| id.parse().ok()).collect();
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::correct(&ctx, &tx, (id, revision), &typed, &new, &out).await;
    let done = done.map(|one| (one.work_path(), Note::new("disclosure-corrected")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, Some(id), &sent, error).await,
    }
}

async fn again(ctx: &Ctx, id: Option<Uuid>, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) {
        return Err(error);
    }
    let one = match id {
        Some(id) => Some(store::find(ctx, &ctx.app.db, id).await?),
        None => None,
    };
    let mut page = page(ctx, one.as_ref()).await?;
    page.typed = sent.pairs().iter().cloned().collect();
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let revision = sent.revision()?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::withdraw(&ctx, &tx, (id, revision), sent.text("ly-do")).await;
    let done = done.map(|one| (one.work_path(), Note::new("disclosure-withdrawn")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, Some(id), &sent, error).await,
    }
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let revision = sent.revision()?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::restore(&ctx, &tx, (id, revision)).await;
    settle(&ctx, key, tx, done.map(|one| (one.work_path(), Note::new("disclosure-restored")))).await?
}
