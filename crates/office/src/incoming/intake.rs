//! Taking a document in at the desk: its file, or a photograph of its pages. The words are read, the facts proposed.

use super::facts::proposed;
use super::model::{Channel, Facts, TextState};
use super::rules::{Arrived, NewFile, arrive};
use super::words;
use crate::books::Books;
use crate::reading::{self, DOCX, Program};
use askama::Template;
use axum::response::{IntoResponse, Response};
use platform::files::{self, Accept};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result};
use ui::{FieldErrors, Shell};

/// What agencies send: documents as programs and scanners make them.
pub(crate) const ACCEPT: Accept = Accept {
    types: &[
        "application/pdf",
        DOCX,
        "application/msword",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/jpeg",
        "image/png",
        "image/webp",
    ],
    max_bytes: 50 << 20,
};
/// Files of one document.
const FILES_MAX: usize = 20;

#[derive(Template)]
#[template(path = "incoming-intake.html")]
struct IntakePage {
    shell: Shell,
    key: String,
    open: bool,
    missing: Vec<String>,
    errors: FieldErrors,
}

pub(super) async fn form(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, false, FieldErrors::default()).await?)?))
}

async fn page(ctx: &Ctx, open: bool, errors: FieldErrors) -> Result<IntakePage> {
    let t = ctx.t();
    let missing = reading::missing(&[Program::PdfToText, Program::Tesseract]);
    let shell = Shell::of(ctx, "office-incoming-take").await?;
    Ok(IntakePage {
        shell: shell
            .crumb(t.t("office-incoming-menu"), "/lam-viec/van-ban-den")
            .crumb(t.t("office-incoming-take"), ""),
        key: ctx.new_id().to_string(),
        open,
        missing: missing.iter().map(|package| t.s("office-reading-missing", "name", package)).collect(),
        errors,
    })
}

pub(super) async fn send(ctx: Ctx, sent: Form) -> Result<Response> {
    let arrived = match read(&ctx, &sent).await {
        Ok(arrived) => arrived,
        Err(error) => return again(&ctx, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let waits = arrived.files.iter().any(|one| one.words.state == TextState::Waiting);
    let done = arrive(&ctx, &tx, arrived).await;
    let done = match done {
        Ok(one) if waits => words::later(&ctx, &tx).await.map(|()| one),
        done => done,
    };
    let done = done.map(|one| (format!("{}/vao-so", one.path()), Note::new("office-incoming-arrived")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &sent, error).await,
    }
}

/// The files are judged and read before anything is kept.
async fn read(ctx: &Ctx, sent: &Form) -> Result<Arrived> {
    if !sent.ticked("khong-mat") {
        return Err(Error::field("khong-mat", "office-secret-ask"));
    }
    if sent.uploads.is_empty() {
        return Err(Error::field("tep", "office-file-missing"));
    }
    if sent.uploads.len() > FILES_MAX {
        let text = platform::Message::new("office-files-too-many").with("limit", FILES_MAX);
        return Err(Error::field("tep", text));
    }
    let mut new = Vec::new();
    for upload in &sent.uploads {
        let file = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await;
        let file = file.map_err(|error| Error::field("tep", error.message))?;
        let words = reading::read(&file).await?;
        new.push(NewFile { file, words });
    }
    let facts = facts_of(ctx, &new)?;
    Ok(Arrived { channel: Channel::Upload, sender_code: String::new(), external_id: None, facts, files: new })
}

/// What the first file that has words says of the document.
pub(crate) fn facts_of(ctx: &Ctx, files: &[NewFile]) -> Result<Facts> {
    let Some(main) = files.iter().find(|one| !one.words.text.is_empty()) else { return Ok(Facts::default()) };
    let books = Books::load(ctx)?;
    Ok(Facts { page_count: main.words.pages, ..proposed(&main.words.text, &books) })
}

async fn again(ctx: &Ctx, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::TooLarge) {
        return Err(error);
    }
    let errors = FieldErrors::from_error(&error, ctx.t());
    let page = page(ctx, sent.ticked("khong-mat"), errors).await?;
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
