//! What a sender, or somebody who sees the same, does from the page of a report.

use super::show::{again, own, own_address};
use crate::kinds::Kinds;
use crate::model::{Part, Report};
use crate::{reporter, store, tell, throttle, upload};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result};

/// Reads the report that the sender's form is about, does it, and leads back.
macro_rules! act {
    ($(#[$about:meta])* $name:ident, $note:literal, |$ctx:ident, $tx:ident, $report:ident, $sent:ident| $done:expr) => {
        $(#[$about])*
        pub(super) async fn $name(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
            let (ctx, report) = mine(ctx, &code, &sent).await?;
            let (key, tx) = match start(&ctx, &sent).await? {
                Start::Again(answer) => return Ok(answer),
                Start::First(key, tx) => (key, tx),
            };
            let mut now = store::find(&ctx, &tx, report.id).await?;
            let ($ctx, $tx, $report, $sent) = (&ctx, &tx, &mut now, &sent);
            let done: Result<()> = $done.await;
            let done = done.map(|()| (own_address(&report, sent.text("ma")), Note::new($note)));
            match settle(&ctx, key, tx, done).await? {
                Ok(answer) => Ok(answer),
                Err(error) => again(&ctx, &report, &sent, error).await,
            }
        }
    };
}

act!(rate, "feedback-rated", |ctx, tx, report, sent| {
    reporter::rate(ctx, tx, report, sent.text("sao"), sent.text("nhan-xet"))
});
act!(reopen, "feedback-reopened", |ctx, tx, report, sent| reporter::reopen(
    ctx,
    tx,
    report,
    sent.text("ly-do")
));
act!(fixed, "feedback-fixed-said", |ctx, tx, report, sent| {
    reporter::fixed(ctx, tx, report, sent.text("lam") == "roi", sent.text("ly-do"))
});

/// The sender's report; what was sent without an account goes on without one.
async fn mine(ctx: Ctx, code: &str, sent: &Form) -> Result<(Ctx, Report)> {
    let report = store::by_code(&ctx, &ctx.app.db, code).await?;
    if !own(&ctx, &report, sent.text("ma"))? {
        return Err(Error::not_found());
    }
    let ctx = if report.account_id.is_none() { tell::nameless(&ctx) } else { ctx };
    Ok((ctx, report))
}

pub(super) async fn supply(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let (ctx, report) = mine(ctx, &code, &sent).await?;
    let most = Kinds::load(&ctx)?.photos_most;
    let files = match upload::pictures(&ctx, &sent, "anh", Part::Before, most).await {
        Ok(files) => files,
        Err(error) => return again(&ctx, &report, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let mut now = store::find(&ctx, &tx, report.id).await?;
    let done = reporter::supply(&ctx, &tx, &mut now, sent.text("them"), &files).await;
    let done = done.map(|()| (own_address(&report, sent.text("ma")), Note::new("feedback-supplied")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &report, &sent, error).await,
    }
}

/// Anybody who reads it.
pub(super) async fn support(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let report = store::by_code(&ctx, &ctx.app.db, &code).await?;
    if !report.shown {
        return Err(Error::not_found());
    }
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match throttle::sending(&ctx, false) {
        Ok(()) => reporter::support(&ctx, &tx, &report).await,
        Err(error) => Err(error),
    };
    let note =
        |fresh: bool| Note::new(if fresh { "feedback-supported" } else { "feedback-supported-already" });
    let done = done.map(|fresh| (report.path(), note(fresh)));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &report, &sent, error).await,
    }
}
