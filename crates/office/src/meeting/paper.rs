//! The papers of a meeting: added by whoever prepares it, read page by page on a tablet with notes of one's own beside them.

use super::back::{Back, act, again, key};
use super::ink::{self, Ink};
use super::model::{Meeting, Note, Paper};
use super::rules::{self, WORDS_MAX, recorded};
use super::{PATH, show, store};
use crate::incoming::ACCEPT;
use crate::{reading, secrecy};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use http::header;
use platform::files::{self, Prepared};
use platform::http::{Form, file, html};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::json;
use std::collections::HashMap;
use ui::{FieldErrors, Shell};

const PAPERS_MAX: usize = 60;
const NOTES_MAX: usize = 500;
const PAGE_MAX: i64 = 10_000;

/// The files are judged and read before anything is kept: of what is secret nothing is.
async fn read(ctx: &Ctx, sent: &Form) -> Result<Vec<(Prepared, Option<i64>)>> {
    if !sent.ticked("khong-mat") {
        return Err(Error::field("khong-mat", "office-secret-ask"));
    }
    if sent.uploads.is_empty() {
        return Err(Error::field("tep", "office-file-missing"));
    }
    let mut papers = Vec::new();
    for upload in &sent.uploads {
        let file = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await;
        let file = file.map_err(|error| Error::field("tep", error.message))?;
        let words = reading::read(&file).await?;
        secrecy::refuse_marked(ctx, "tep", "", &words.text)?;
        papers.push((file, words.pages));
    }
    Ok(papers)
}

async fn add(ctx: &Ctx, tx: &Tx, id: Uuid, papers: &[(Prepared, Option<i64>)]) -> Result<Meeting> {
    let one = rules::ahead(rules::kept(ctx, tx, id).await?)?;
    if store::papers(ctx, tx, id).await?.len() + papers.len() > PAPERS_MAX {
        return Err(Error::field("tep", Message::new("office-files-too-many").with("limit", PAPERS_MAX)));
    }
    for (file, pages) in papers {
        let file_id = files::keep(ctx, tx, file, "meeting", id).await?;
        let paper = Paper { id: ctx.new_id(), file_id, name: file.name.clone(), pages: *pages };
        store::insert_paper(ctx, tx, id, &paper).await?;
    }
    recorded(ctx, tx, "meeting.paper", id, json!({ "count": papers.len() })).await?;
    Ok(one)
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| show::page(&ctx, id, back).await;
    let papers = match read(&ctx, &sent).await {
        Ok(papers) => papers,
        Err(error) => return again(&ctx, &sent, error, draw).await,
    };
    let rule = async |tx: &Tx| Ok(add(&ctx, tx, id, &papers).await?.path() + "#tai-lieu");
    act(&ctx, &sent, "office-meeting-paper-kept", rule, draw).await
}

pub(super) async fn delete(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| show::page(&ctx, id, back).await;
    let rule = async |tx: &Tx| {
        let one = rules::ahead(rules::kept(&ctx, tx, id).await?)?;
        store::paper(&ctx, tx, id, paper).await?;
        store::delete_paper(&ctx, tx, paper).await?;
        recorded(&ctx, tx, "meeting.paper", id, json!({ "gone": paper })).await?;
        Ok(one.path() + "#tai-lieu")
    };
    act(&ctx, &sent, "office-meeting-paper-gone", rule, draw).await
}

/// One of the reader's own notes, as it can be changed.
struct Own {
    id: String,
    page: i64,
    words: String,
    key: String,
}

#[derive(Template)]
#[template(path = "meeting-paper.html")]
struct PaperPage {
    shell: Shell,
    path: String,
    file: String,
    /// The picture of the page that is open; `""` for what has none.
    picture: String,
    /// What the reader drew on it.
    ink: Ink,
    pens: Vec<(u8, String)>,
    page: i64,
    pages: i64,
    before: String,
    after: String,
    /// What the server lacks to show pages.
    missing: String,
    notes: Vec<Own>,
    typed: String,
    typed_page: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn open(
    ctx: Ctx,
    Path((id, paper)): Path<(Uuid, Uuid)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let asked = query.get("trang").and_then(|text| text.parse().ok()).unwrap_or(1);
    let drawn = page(&ctx, id, paper, asked, Back::default()).await?;
    looked(&ctx, id, paper).await?;
    Ok(html(drawn))
}

async fn looked(ctx: &Ctx, id: Uuid, paper: Uuid) -> Result<()> {
    let tx = ctx.begin().await?;
    recorded(ctx, &tx, "meeting.read", id, json!({ "paper": paper })).await?;
    tx.commit().await
}

async fn page(ctx: &Ctx, id: Uuid, paper: Uuid, asked: i64, back: Back) -> Result<String> {
    let t = ctx.t();
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let paper = store::paper(ctx, &ctx.app.db, id, paper).await?;
    let kept = files::find(ctx, &ctx.app.db, paper.file_id).await?;
    let path = format!("{}/tai-lieu/{}", one.path(), paper.id);
    let missing = reading::missing(&[reading::Program::PdfToPpm]);
    let pages = paper.pages.unwrap_or(1).max(1);
    let at = asked.clamp(1, pages);
    let picture = match kept.media_type.as_str() {
        "application/pdf" if missing.is_empty() => format!("{path}/trang/{at}"),
        media if media.starts_with("image/") => format!("{path}/tep"),
        _ => String::new(),
    };
    let ink = store::ink(ctx, &ctx.app.db, paper.id, at).await?.unwrap_or_default();
    let pdf = kept.media_type == "application/pdf";
    let notes = store::notes(ctx, &ctx.app.db, paper.id).await?;
    let own = |note: Note| Own {
        id: note.id.to_string(),
        page: note.page,
        words: note.words,
        key: ctx.new_id().to_string(),
    };
    let turn = |to: i64| {
        if (1..=pages).contains(&to) { format!("{path}?trang={to}#trang") } else { String::new() }
    };
    let shell = Shell::of(ctx, &paper.name).await?.crumb(t.t("office-meeting-menu"), PATH);
    ui::render(&PaperPage {
        shell: shell.crumb(&one.title, &one.path()).crumb(&paper.name, ""),
        file: format!("{path}/tep"),
        picture,
        ink,
        pens: ink::pens(t),
        page: at,
        pages,
        before: turn(at - 1),
        after: turn(at + 1),
        missing: missing
            .first()
            .filter(|_| pdf)
            .map(|name| t.s("office-meeting-pictures-missing", "name", name))
            .unwrap_or_default(),
        notes: notes.into_iter().map(own).collect(),
        typed: back.text("ghi-chu").to_owned(),
        typed_page: back.or("trang", &at.to_string()),
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
        path,
    })
}

/// A page as a picture: tablets show no PDF inside a page. The look was recorded with the page around it.
pub(super) async fn picture(ctx: Ctx, Path((id, paper, page)): Path<(Uuid, Uuid, i64)>) -> Result<Response> {
    store::find(&ctx, &ctx.app.db, id).await?;
    let paper = store::paper(&ctx, &ctx.app.db, id, paper).await?;
    let kept = files::find(&ctx, &ctx.app.db, paper.file_id).await?;
    if kept.media_type != "application/pdf" || !(1..=paper.pages.unwrap_or(1)).contains(&page) {
        return Err(Error::not_found());
    }
    let bytes = files::read(&ctx, &kept).await?;
    let drawn = reading::picture(&bytes, page).await?.ok_or_else(Error::not_found)?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=600")];
    Ok((headers, drawn).into_response())
}

pub(super) async fn whole(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    store::find(&ctx, &ctx.app.db, id).await?;
    let paper = store::paper(&ctx, &ctx.app.db, id, paper).await?;
    let kept = files::find(&ctx, &ctx.app.db, paper.file_id).await?;
    let bytes = files::read(&ctx, &kept).await?;
    looked(&ctx, id, paper.id).await?;
    Ok(file(&kept.name, &kept.media_type, bytes))
}

fn noted(id: Uuid, sent: &Form) -> Result<Note> {
    let words = said::needed("ghi-chu", sent.text("ghi-chu"), "office-meeting-note-empty", WORDS_MAX)?;
    let page = sent.whole("trang")?.unwrap_or(1);
    if !(1..=PAGE_MAX).contains(&page) {
        return Err(Error::field("trang", "error-number"));
    }
    Ok(Note { id, page, words })
}

async fn readable(ctx: &Ctx, tx: &Tx, id: Uuid, paper: Uuid) -> Result<String> {
    let one = store::find(ctx, tx, id).await?;
    store::paper(ctx, tx, id, paper).await?;
    Ok(format!("{}/tai-lieu/{paper}", one.path()))
}

/// A note of the reader's own; what it says stands nowhere else, also not in the record.
pub(super) async fn note(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let at = sent.whole("trang").ok().flatten().unwrap_or(1);
    let draw = async |back: Back| page(&ctx, id, paper, at, back).await;
    let rule = async |tx: &Tx| {
        let path = readable(&ctx, tx, id, paper).await?;
        let one = noted(ctx.new_id(), &sent)?;
        if store::notes(&ctx, tx, paper).await?.len() >= NOTES_MAX {
            return Err(Error::field("ghi-chu", "office-meeting-notes-many"));
        }
        store::insert_note(&ctx, tx, paper, &one).await?;
        recorded(&ctx, tx, "meeting.note", id, json!({ "paper": paper })).await?;
        Ok(format!("{path}?trang={}", one.page))
    };
    act(&ctx, &sent, "office-meeting-note-kept", rule, draw).await
}

/// Changes or deletes a note of the reader's own.
pub(super) async fn renote(
    ctx: Ctx,
    Path((id, paper, note)): Path<(Uuid, Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let at = sent.whole("trang").ok().flatten().unwrap_or(1);
    let draw = async |back: Back| page(&ctx, id, paper, at, back).await;
    let rule = async |tx: &Tx| {
        let path = readable(&ctx, tx, id, paper).await?;
        let done = if sent.text("lam") == "xoa" {
            store::delete_note(&ctx, tx, paper, note).await?
        } else {
            store::update_note(&ctx, tx, paper, &noted(note, &sent)?).await?
        };
        if !done {
            return Err(Error::not_found());
        }
        recorded(&ctx, tx, "meeting.note", id, json!({ "paper": paper })).await?;
        Ok(format!("{path}?trang={at}"))
    };
    act(&ctx, &sent, "office-meeting-note-kept", rule, draw).await
}
