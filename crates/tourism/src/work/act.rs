//! What is done from the page of a place.

use super::show::again;
use crate::place::{self, SentContact};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};

async fn act(
    ctx: &Ctx,
    id: Uuid,
    sent: &Form,
    note: &'static str,
    rule: impl AsyncFnOnce(&Tx) -> Result<()>,
) -> Result<Response> {
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map(|()| (format!("{}/{id}", crate::WORK), Note::new(note)));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, id, sent, error).await,
    }
}

pub(super) async fn submit(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| place::submit(&ctx, tx, id, sent.revision()?).await.map(drop);
    act(&ctx, id, &sent, "tourism-submitted", rule).await
}

pub(super) async fn approve(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| place::approve(&ctx, tx, id, sent.revision()?).await.map(drop);
    act(&ctx, id, &sent, "tourism-published", rule).await
}

pub(super) async fn send_back(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule =
        async |tx: &Tx| place::send_back(&ctx, tx, id, sent.revision()?, sent.text("ly-do")).await.map(drop);
    act(&ctx, id, &sent, "tourism-returned", rule).await
}

pub(super) async fn take_down(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        place::take_down(&ctx, tx, id, sent.revision()?, sent.text("ly-do-go")).await.map(drop)
    };
    act(&ctx, id, &sent, "tourism-taken-down", rule).await
}

pub(super) async fn skip(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let held = sent.text("lam") == "co";
    let rule = async |tx: &Tx| {
        let year = sent.text("nam").parse().map_err(|_| Error::field("ly-do-nam", "tourism-year-wrong"))?;
        let reason = sent.text("ly-do-nam");
        place::skip(&ctx, tx, id, sent.revision()?, year, reason, held).await.map(drop)
    };
    act(&ctx, id, &sent, if held { "tourism-held" } else { "tourism-skipped" }, rule).await
}

/// Whom visitors call: written, or taken away at once.
pub(super) async fn contact(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    if sent.text("lam") == "bo" {
        let rule = async |tx: &Tx| place::contact_forget(&ctx, tx, id, sent.revision()?).await;
        return act(&ctx, id, &sent, "tourism-contact-gone", rule).await;
    }
    let rule = async |tx: &Tx| {
        let text = |name: &str| sent.text(name).to_owned();
        let contact = SentContact {
            name: text("lien-he-ten"),
            phone: text("lien-he-dien-thoai"),
            zalo: text("lien-he-zalo"),
            email: text("lien-he-email"),
            web: text("lien-he-web"),
            private: sent.text("lien-he-la") == "person",
            consent_on: sent.date("dong-y-ngay")?,
            consent_how: text("dong-y-cach"),
        };
        place::contact_set(&ctx, tx, id, sent.revision()?, contact).await
    };
    act(&ctx, id, &sent, "tourism-contact-saved", rule).await
}
