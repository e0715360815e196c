//! What is done with a file by a press.

use super::model::{Kind, WorkFile};
use super::rules::{self, Adding};
use super::{PATH, show};
use crate::incoming::ACCEPT;
use axum::extract::Path;
use axum::response::Response;
use platform::files;
use platform::http::{Form, Note, Start, see_other, settle, start};
use platform::{Ctx, Error, Result, Uuid};

/// Instead of the id of a file: a new one.
pub(super) const NEW: &str = "moi";

/// A document or task goes into a file of the reader's, from its own page.
pub(super) async fn add_known(ctx: Ctx, sent: Form) -> Result<Response> {
    let kind = Kind::parse(sent.text("loai")).ok_or_else(|| Error::field("loai", "error-choose"))?;
    let object = sent.id("doi-tuong")?.ok_or_else(|| Error::field("doi-tuong", "error-choose"))?;
    if sent.text("ho-so") == NEW {
        return Ok(see_other(&format!("{PATH}/{NEW}?loai={}&doi-tuong={object}", kind.code())));
    }
    let file = sent.id("ho-so")?.ok_or_else(|| Error::field("ho-so", "error-choose"))?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::add_known(&ctx, &tx, file, kind, object).await;
    settle(&ctx, key, tx, done.map(|one| noted(&one, "office-workfile-added"))).await?
}

fn noted(one: &WorkFile, note: &'static str) -> (String, Note) {
    (one.path(), Note::new(note))
}

pub(super) async fn add(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let adding = match read(&ctx, &sent).await {
        Ok(adding) => adding,
        Err(error) => return show::again(&ctx, id, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::add(&ctx, &tx, id, adding).await;
    match settle(&ctx, key, tx, done.map(|one| noted(&one, "office-workfile-added"))).await? {
        Ok(answer) => Ok(answer),
        Err(error) => show::again(&ctx, id, &sent, error).await,
    }
}

/// The file is judged, and searched for a stamp, before anything is kept.
async fn read(ctx: &Ctx, sent: &Form) -> Result<Adding> {
    let text = |name: &str| sent.text(name).to_owned();
    let mut adding = Adding {
        title: text("ten-tai-lieu"),
        symbol: text("so-ky-hieu"),
        author: text("tac-gia"),
        place: text("noi-de"),
        dated: sent.date("ngay")?,
        pages: sent.whole("so-to")?,
        file: None,
    };
    if let Some(upload) = sent.uploads.first() {
        let file = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await;
        let file = file.map_err(|error| Error::field("tep", error.message))?;
        let words = crate::reading::read(&file).await?;
        crate::secrecy::refuse_marked(ctx, "tep", &adding.symbol, &words.text)?;
        adding.pages = adding.pages.or(words.pages);
        if adding.title.trim().is_empty() {
            adding.title =
                upload.name.rsplit_once('.').map_or(upload.name.as_str(), |(stem, _)| stem).to_owned();
        }
        adding.file = Some((file, words));
    }
    Ok(adding)
}

macro_rules! act {
    ($name:ident, $note:literal, |$ctx:ident, $tx:ident, $id:ident, $sent:ident| $rule:expr) => {
        pub(super) async fn $name($ctx: Ctx, Path($id): Path<Uuid>, $sent: Form) -> Result<Response> {
            let (key, $tx) = match start(&$ctx, &$sent).await? {
                Start::Again(answer) => return Ok(answer),
                Start::First(key, tx) => (key, tx),
            };
            let done: Result<WorkFile> = async { $rule.await }.await;
            match settle(&$ctx, key, $tx, done.map(|one| noted(&one, $note))).await? {
                Ok(answer) => Ok(answer),
                Err(error) => show::again(&$ctx, $id, &$sent, error).await,
            }
        }
    };
}

act!(remove, "office-workfile-removed", |ctx, tx, id, sent| rules::remove(
    &ctx,
    &tx,
    id,
    sent.id("tai-lieu")?.ok_or_else(Error::not_found)?
));
act!(hand_over, "office-workfile-handed-over", |ctx, tx, id, sent| rules::hand_over(
    &ctx,
    &tx,
    id,
    sent.id("nguoi-nhan")?,
    sent.text("loi")
));
act!(close, "office-workfile-closed-now", |ctx, tx, id, sent| rules::close(
    &ctx,
    &tx,
    id,
    sent.revision()?,
    sent.text("ket-qua")
));
act!(reopen, "office-workfile-reopened", |ctx, tx, id, sent| rules::reopen(
    &ctx,
    &tx,
    id,
    sent.text("ly-do")
));
