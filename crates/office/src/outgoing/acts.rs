//! What is done with a document on its page, one form each.

use super::model::Document;
use super::show::again;
use super::{issue, pass};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Result, Tx, Uuid};

/// Runs the rule of a form once; what went wrong comes back on the page.
async fn act<F>(ctx: &Ctx, id: Uuid, sent: &Form, note: &'static str, rule: F) -> Result<Response>
where
    F: AsyncFnOnce(&Tx) -> Result<Document>,
{
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map(|one| (one.path(), Note::new(note)));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, id, sent, error).await,
    }
}

pub(super) async fn submit(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| pass::submit(&ctx, tx, id, sent.revision()?).await;
    act(&ctx, id, &sent, "office-outgoing-submitted", rule).await
}

pub(super) async fn comment(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| pass::comment(&ctx, tx, id, sent.text("y-kien")).await;
    act(&ctx, id, &sent, "office-outgoing-commented", rule).await
}

pub(super) async fn approve(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| pass::approve(&ctx, tx, id, sent.revision()?).await;
    act(&ctx, id, &sent, "office-outgoing-approved", rule).await
}

pub(super) async fn send_back(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| pass::send_back(&ctx, tx, id, sent.revision()?, sent.text("ly-do")).await;
    act(&ctx, id, &sent, "office-outgoing-returned", rule).await
}

/// The number is taken, for a signature that follows.
pub(super) async fn number(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| issue::number(&ctx, tx, id, sent.revision()?).await;
    act(&ctx, id, &sent, "office-outgoing-numbered", rule).await
}

pub(super) async fn hand_over(ctx: Ctx, Path((id, row)): Path<(Uuid, i64)>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| issue::hand_over(&ctx, tx, id, row).await;
    act(&ctx, id, &sent, "office-outgoing-handed", rule).await
}

pub(super) async fn recall(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule =
        async |tx: &Tx| issue::recall(&ctx, tx, id, sent.revision()?, sent.text("ly-do-thu-hoi")).await;
    act(&ctx, id, &sent, "office-outgoing-recalled", rule).await
}

pub(super) async fn replace(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| issue::replace(&ctx, tx, id, sent.revision()?).await;
    act(&ctx, id, &sent, "office-outgoing-replacing", rule).await
}
