//! The clerk's buttons at a letter.

use super::model::Letter;
use super::{PATH, decide, show, store};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Result, Uuid, files};

/// The letter as the form saw it: a second clerk's decision in between is found out.
async fn seen(ctx: &Ctx, id: Uuid, sent: &Form) -> Result<Letter> {
    let one = store::letter(ctx, &ctx.app.db, id).await?;
    Ok(Letter { revision: sent.revision()?, ..one })
}

pub(super) async fn take(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let letter = seen(&ctx, id, &sent).await?;
    let document = match decide::document(&ctx, &letter).await {
        Ok(document) => document,
        Err(error) => return show::again(&ctx, id, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = decide::take(&ctx, &tx, &letter, document).await;
    let done = done.map(|one| (format!("{}/vao-so", one.path()), Note::new("office-mailbox-taken")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => show::again(&ctx, id, &sent, error).await,
    }
}

macro_rules! act {
    ($name:ident, $note:literal, |$ctx:ident, $tx:ident, $letter:ident, $sent:ident| $rule:expr) => {
        pub(super) async fn $name(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
            let letter = seen(&ctx, id, &sent).await?;
            let (key, tx) = match start(&ctx, &sent).await? {
                Start::Again(answer) => return Ok(answer),
                Start::First(key, tx) => (key, tx),
            };
            let ($ctx, $tx, $letter, $sent) = (&ctx, &tx, &letter, &sent);
            let done = $rule.await.map(|()| (letter.path(), Note::new($note)));
            match settle(&ctx, key, tx, done).await? {
                Ok(answer) => Ok(answer),
                Err(error) => show::again(&ctx, id, &sent, error).await,
            }
        }
    };
}

act!(aside, "office-mailbox-set-aside", |ctx, tx, letter, sent| decide::aside(
    ctx,
    tx,
    letter,
    sent.text("ly-do")
));
act!(reopen, "office-mailbox-reopened", |ctx, tx, letter, _sent| decide::reopen(ctx, tx, letter));
act!(refuse, "office-mailbox-refused", |ctx, tx, letter, sent| decide::refuse(
    ctx,
    tx,
    letter,
    sent.text("tra-loi")
));

pub(super) async fn forget(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let letter = Letter { revision: sent.revision()?, ..store::letter(&ctx, &tx, id).await? };
    let mut gone = Vec::new();
    let done = match decide::forget(&ctx, &tx, &letter).await {
        Ok(digests) => {
            gone = digests;
            Ok((PATH.to_owned(), Note::new("office-mailbox-forgotten")))
        }
        Err(error) => Err(error),
    };
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => {
            files::forget(&ctx, &gone).await?;
            Ok(answer)
        }
        Err(error) => show::again(&ctx, id, &sent, error).await,
    }
}
