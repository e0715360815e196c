//! What is done with a task from its page.

use super::rules::{self, Reporting};
use super::show::again;
use axum::extract::Path;
use axum::response::Response;
use platform::files::{self, Accept};
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Uuid};

/// Evidence: photographs, documents, and voice notes as phones record them.
pub(super) const EVIDENCE: Accept = Accept {
    types: &[
        "image/jpeg",
        "image/png",
        "image/webp",
        "application/pdf",
        crate::reading::DOCX,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "audio/mpeg",
        "audio/m4a",
        "audio/ogg",
        "audio/x-wav",
        "audio/aac",
        "audio/amr",
        "audio/opus",
        "video/webm",
        "video/mp4",
    ],
    max_bytes: 25 << 20,
};

macro_rules! act {
    ($(#[$about:meta])* $name:ident, $note:literal, |$ctx:ident, $tx:ident, $id:ident, $sent:ident| $done:expr) => {
        $(#[$about])*
        pub(super) async fn $name(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
            let (key, tx) = match start(&ctx, &sent).await? {
                Start::Again(answer) => return Ok(answer),
                Start::First(key, tx) => (key, tx),
            };
            let ($ctx, $tx, $id, $sent) = (&ctx, &tx, id, &sent);
            let done = $done.await.map(|task| (task.path(), Note::new($note)));
            match settle(&ctx, key, tx, done).await? {
                Ok(answer) => Ok(answer),
                Err(error) => again(&ctx, id, &sent, error).await,
            }
        }
    };
}

act!(acknowledge, "office-acknowledged", |ctx, tx, id, _sent| rules::acknowledge(ctx, tx, id));
act!(accept, "office-task-accepted", |ctx, tx, id, sent| rules::accept(ctx, tx, id, sent.text("loi")));
act!(send_back, "office-task-returned", |ctx, tx, id, sent| rules::send_back(ctx, tx, id, sent.text("loi")));
act!(cancel, "office-task-cancelled", |ctx, tx, id, sent| rules::cancel(ctx, tx, id, sent.text("loi")));

pub(super) async fn report(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let reporting = match reporting(&ctx, &sent).await {
        Ok(reporting) => reporting,
        Err(error) => return again(&ctx, id, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::report(&ctx, &tx, id, reporting).await;
    let done = done.map(|task| (task.path(), Note::new("office-report-sent")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

pub(super) async fn reporting(ctx: &Ctx, sent: &Form) -> Result<Reporting> {
    let mut kept = Vec::new();
    for upload in &sent.uploads {
        let file = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), EVIDENCE).await;
        kept.push(file.map_err(|error| Error::field("tep", error.message))?);
    }
    Ok(Reporting {
        words: sent.text("bao-cao").to_owned(),
        progress: sent.whole("tien-do")?.unwrap_or(0),
        done: sent.text("lam") == "xong",
        files: kept,
    })
}

pub(super) async fn ask_extension(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let until = match sent.date("den-ngay") {
        Ok(until) => until,
        Err(error) => return again(&ctx, id, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::ask_extension(&ctx, &tx, id, until, sent.text("ly-do")).await;
    let done = done.map(|task| (task.path(), Note::new("office-extension-asked")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

pub(super) async fn answer_extension(
    ctx: Ctx,
    Path((id, extension)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let grant = sent.text("lam") == "dong-y";
    let done = rules::answer_extension(&ctx, &tx, id, extension, grant, sent.text("loi")).await;
    let note = if grant { "office-extension-granted" } else { "office-extension-refused" };
    let done = done.map(|task| (task.path(), Note::new(note)));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}
