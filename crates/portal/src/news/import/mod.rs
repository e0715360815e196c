//! Articles of a site that the commune had before: an export of WordPress (WXR) or an RSS feed. First one sees what would come, then
//! it comes in the background; what came before is known again.

mod read;

pub(super) use read::{Item, items};

use super::model::{Article, Draft, Happened, State, slug};
use super::sections::Sections;
use super::{WORK, pass, store, write};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::jobs::{self, Job, Work, Worker};
use platform::{Ctx, Error, Kind, Message, Result, Tx, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use ui::{FieldErrors, Shell, Status};

const JOB: &str = "portal.news.import";
const MAX_BYTES: usize = 25 << 20;
/// Written between two looks at whether somebody stopped the work.
const BATCH: usize = 25;
const SHOWN: usize = 200;

#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    import: Uuid,
    section: String,
}

#[derive(Template)]
#[template(path = "news-import.html")]
struct FormPage {
    shell: Shell,
    key: String,
    errors: FieldErrors,
}

struct Line {
    title: String,
    about: String,
    known: bool,
    draft: bool,
    pictures: Vec<String>,
}

#[derive(Template)]
#[template(path = "news-import-look.html")]
struct LookPage {
    shell: Shell,
    path: String,
    name: String,
    lines: Vec<Line>,
    fresh: usize,
    known: usize,
    pictures: usize,
    more: usize,
    sections: Vec<(String, String)>,
    done: bool,
    key: String,
    empty: Status,
}

pub(super) async fn form(ctx: Ctx) -> Result<Response> {
    Ok(html(form_page(&ctx, FieldErrors::default()).await?))
}

async fn form_page(ctx: &Ctx, errors: FieldErrors) -> Result<String> {
    let t = ctx.t();
    let shell =
        Shell::of(ctx, "news-import").await?.crumb(t.t("news-menu"), WORK).crumb(t.t("news-import"), "");
    ui::render(&FormPage { shell, key: ctx.new_id().to_string(), errors })
}

/// The file is read and judged; nothing comes in yet.
pub(super) async fn upload(ctx: Ctx, mut sent: Form) -> Result<Response> {
    let read = match sent.uploads.pop() {
        Some(file) => judged(file.name, file.bytes).await,
        None => Err(Error::field("tep", "file-empty")),
    };
    let done = match read {
        Ok((name, items)) => {
            let (key, tx) = match start(&ctx, &sent).await? {
                Start::Again(answer) => return Ok(answer),
                Start::First(key, tx) => (key, tx),
            };
            let id = ctx.new_id();
            let done = store::import_insert(&ctx, &tx, id, &name, serde_json::to_value(&items)?).await;
            let done = done.map(|()| (format!("{WORK}/nhap/{id}"), Note::new("news-import-read")));
            settle(&ctx, key, tx, done).await?
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(answer) => Ok(answer),
        Err(error) if error.kind == Kind::Invalid => {
            let page = form_page(&ctx, FieldErrors::from_error(&error, ctx.t())).await?;
            Ok((error.kind.status(), html(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn judged(name: String, bytes: Vec<u8>) -> Result<(String, Vec<Item>)> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::field("tep", Message::new("file-too-large").with("megabytes", MAX_BYTES >> 20)));
    }
    let read = tokio::task::spawn_blocking(move || items(&bytes)).await.map_err(Error::internal)?;
    let items = read.map_err(|fault| {
        let message = Message::new("news-import-wrong").with("line", fault.line);
        Error::field("tep", Message { key: fault.key.into(), ..message })
    })?;
    Ok((vntext::clean(&name).chars().take(100).collect(), items))
}

pub(super) async fn preview(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::import_find(&ctx, &ctx.app.db, id).await?;
    let items: Vec<Item> = serde_json::from_value(one.items)?;
    let known = known(&ctx, &ctx.app.db, &items).await?;
    let t = ctx.t();
    let line = |item: &Item| Line {
        title: item.title.clone(),
        about: [item.at.map(|at| t.moment(at)).unwrap_or_default(), item.author.clone()].join(" · "),
        known: known.contains(&item.origin),
        draft: !item.published,
        pictures: item.pictures.clone(),
    };
    let shell = Shell::of(&ctx, "news-import").await?.crumb(t.t("news-menu"), WORK);
    let page = LookPage {
        path: format!("{WORK}/nhap/{id}"),
        fresh: items.iter().filter(|item| !known.contains(&item.origin)).count(),
        known: items.iter().filter(|item| known.contains(&item.origin)).count(),
        pictures: items.iter().map(|item| item.pictures.len()).sum(),
        lines: items.iter().take(SHOWN).map(line).collect(),
        more: items.len().saturating_sub(SHOWN),
        sections: Sections::load(&ctx)?.options(ctx.lang),
        done: one.done_at.is_some(),
        key: ctx.new_id().to_string(),
        shell: shell.crumb(t.t("news-import"), &format!("{WORK}/nhap")).crumb(&one.name, ""),
        name: one.name,
        empty: Status::Info,
    };
    Ok(html(ui::render(&page)?))
}

async fn known(ctx: &Ctx, on: &impl platform::Run, items: &[Item]) -> Result<HashSet<String>> {
    let origins: Vec<String> = items.iter().map(|item| item.origin.clone()).collect();
    Ok(store::known_origins(ctx, on, &origins).await?.into_iter().collect())
}

/// The work is queued; its page tells how far it is.
pub(super) async fn run(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = async {
        let section = sent.text("chuyen-muc").to_owned();
        Sections::load(&ctx)?.find(&section).ok_or_else(|| Error::field("chuyen-muc", "error-choose"))?;
        store::import_find(&ctx, &tx, id).await?;
        if !store::import_done(&ctx, &tx, id).await? {
            return Err(Error::conflict("news-import-done"));
        }
        let asked = serde_json::to_value(Asked { import: id, section })?;
        let job = jobs::enqueue(&ctx, &tx, Work::new(JOB, asked).once(id.to_string())).await?;
        pass::record(&ctx, &tx, "news.import", id).await?;
        let job = job.map(|job| format!("/{job}")).unwrap_or_default();
        Ok((format!("/lam-viec/cong-viec{job}"), Note::new("news-import-started")))
    };
    let done = done.await;
    settle(&ctx, key, tx, done).await?
}

pub(super) fn worker() -> Worker {
    Worker::new(JOB, |ctx, job| async move { work(&ctx, &job).await })
}

async fn work(ctx: &Ctx, job: &Job) -> Result<serde_json::Value> {
    let asked: Asked = serde_json::from_value(job.payload.clone())?;
    let one = store::import_find(ctx, &ctx.app.db, asked.import).await?;
    let items: Vec<Item> = serde_json::from_value(one.items)?;
    let (mut came, total) = (0, i64::try_from(items.len()).unwrap_or(i64::MAX));
    for (batch, chunk) in items.chunks(BATCH).enumerate() {
        let tx = ctx.begin().await?;
        let known = known(ctx, &tx, chunk).await?;
        for item in chunk.iter().filter(|item| !known.contains(&item.origin)) {
            put(ctx, &tx, item, &asked.section).await?;
            came += 1;
        }
        tx.commit().await?;
        job.progress(ctx, i64::try_from(batch * BATCH + chunk.len()).unwrap_or(0), total).await?;
    }
    Ok(serde_json::json!({ "came": came, "known": total - came }))
}

/// One article, with the day on which the old site published it.
async fn put(ctx: &Ctx, tx: &Tx, item: &Item, section: &str) -> Result<Article> {
    let sections = Sections::load(ctx)?;
    let own = item.sections.iter().map(|name| slug(name)).find(|code| sections.find(code).is_some());
    let draft = Draft {
        section: own.unwrap_or_else(|| section.to_owned()),
        title: item.title.clone(),
        summary: item.summary.clone(),
        body: item.body.clone(),
        tags: item.tags.join(", "),
        author: item.author.clone(),
        source: item.link.clone(),
        closed: true,
        ..Draft::default()
    };
    let mut one = write::create(ctx, tx, draft, Some(&item.origin)).await?;
    if item.published {
        one.state = State::Published;
        one.published_at = Some(item.at.unwrap_or(ctx.now));
        pass::written(store::update(ctx, tx, &one).await?)?;
        pass::find_me(ctx, tx, &one).await?;
    }
    store::event_insert(ctx, tx, &one, Happened::Imported, &item.link).await?;
    Ok(one)
}
