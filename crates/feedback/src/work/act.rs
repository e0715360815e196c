//! What an officer does from the page of a report.

use super::show::again;
use crate::handle;
use crate::kinds::Kinds;
use crate::model::{Part, Report};
use crate::upload;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Uuid};

macro_rules! act {
    ($(#[$about:meta])* $name:ident, $note:literal, |$ctx:ident, $tx:ident, $id:ident, $revision:ident, $sent:ident| $done:expr) => {
        $(#[$about])*
        pub(super) async fn $name(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
            let $revision = match sent.revision() {
                Ok(revision) => revision,
                Err(error) => return again(&ctx, id, &sent, error).await,
            };
            let (key, tx) = match start(&ctx, &sent).await? {
                Start::Again(answer) => return Ok(answer),
                Start::First(key, tx) => (key, tx),
            };
            let ($ctx, $tx, $id, $sent) = (&ctx, &tx, id, &sent);
            let done: Result<Report> = $done.await;
            let done = done.map(|one| (back($ctx, &one), Note::new($note)));
            match settle(&ctx, key, tx, done).await? {
                Ok(answer) => Ok(answer),
                Err(error) => again(&ctx, id, &sent, error).await,
            }
        }
    };
}

/// The page of the report, or the list once it is no business of the reader any more.
fn back(ctx: &Ctx, one: &Report) -> String {
    let stays = !one.closed || ctx.may("feedback.closed");
    if stays { one.work_path() } else { super::PATH.to_owned() }
}

act!(accept, "feedback-accepted", |ctx, tx, id, revision, _sent| handle::accept(ctx, tx, id, revision));
act!(elsewhere, "feedback-elsewhere-said", |ctx, tx, id, revision, sent| {
    handle::elsewhere(ctx, tx, id, revision, sent.text("co-quan"), sent.text("loi"))
});
act!(refuse, "feedback-refused", |ctx, tx, id, revision, sent| handle::refuse(
    ctx,
    tx,
    id,
    revision,
    sent.text("loi")
));
act!(ask, "feedback-asked", |ctx, tx, id, revision, sent| handle::ask(
    ctx,
    tx,
    id,
    revision,
    sent.text("loi")
));
act!(note, "feedback-noted", |ctx, tx, id, revision, sent| {
    handle::note(ctx, tx, id, revision, sent.text("loi"), sent.text("lam") == "cong-khai")
});
act!(show, "feedback-shown", |ctx, tx, id, revision, sent| handle::show(
    ctx,
    tx,
    id,
    revision,
    sent.text("lam") == "hien"
));
act!(pass, "feedback-passed", |ctx, tx, id, revision, sent| async {
    let to = sent.id("ai")?;
    handle::pass(ctx, tx, id, revision, to, sent.text("loai"), sent.text("ly-do")).await
});

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    match answered(&ctx, id, &sent).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

async fn answered(ctx: &Ctx, id: Uuid, sent: &Form) -> Result<Result<Response, Error>> {
    let most = Kinds::load(ctx)?.photos_most;
    let mut files = Vec::new();
    for (field, part) in [("anh-truoc", Part::Before), ("anh-sau", Part::After)] {
        match upload::pictures(ctx, sent, field, part, most).await {
            Ok(ready) => files.extend(ready),
            Err(error) => return Ok(Err(error)),
        }
    }
    let revision = match sent.revision() {
        Ok(revision) => revision,
        Err(error) => return Ok(Err(error)),
    };
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(Ok(answer)),
        Start::First(key, tx) => (key, tx),
    };
    let done = handle::answer(ctx, &tx, id, revision, sent.text("tra-loi"), &files).await;
    let done = done.map(|one| (one.work_path(), Note::new("feedback-answered")));
    settle(ctx, key, tx, done).await
}

pub(super) async fn hide_picture(
    ctx: Ctx,
    Path((id, picture)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = handle::hide_picture(&ctx, &tx, id, picture, sent.text("lam") == "an").await;
    let done = done.map(|one| (one.work_path(), Note::new("feedback-picture-done")));
    settle(&ctx, key, tx, done).await?
}
