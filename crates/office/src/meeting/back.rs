//! Forms of meetings: the rule runs once, and what went wrong comes back on the page that the form stands on.

use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Message, Result, Tx, Uuid};
use ui::FieldErrors;

/// What a form that comes back said, and what was wrong with it.
#[derive(Default)]
pub(super) struct Back {
    sent: Form,
    pub errors: FieldErrors,
    pub wrong: String,
}

impl Back {
    fn of(ctx: &Ctx, sent: &Form, error: &Error) -> Back {
        let wrong = if error.fields.is_empty() { error.message.text(ctx.t()) } else { String::new() };
        Back { sent: sent.clone(), errors: FieldErrors::from_error(error, ctx.t()), wrong }
    }

    pub fn text(&self, name: &str) -> &str {
        self.sent.text(name)
    }

    /// What was typed where the form that came back has this field, else what stands there.
    pub fn or(&self, name: &str, known: &str) -> String {
        let typed = self.sent.pairs().iter().find(|(typed, _)| typed == name);
        typed.map_or(known, |(_, text)| text.as_str()).to_owned()
    }

    pub fn sent(&self) -> Option<&Form> {
        Some(&self.sent).filter(|sent| !sent.pairs().is_empty())
    }
}

/// Runs a rule that answers with where it leads; `page` draws the form again.
pub(super) async fn act<R, P>(
    ctx: &Ctx,
    sent: &Form,
    note: impl Into<Message>,
    rule: R,
    page: P,
) -> Result<Response>
where
    R: AsyncFnOnce(&Tx) -> Result<String>,
    P: AsyncFnOnce(Back) -> Result<String>,
{
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let note = note.into();
    let done = rule(&tx).await.map(|url| (url, Note::new(note)));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, sent, error, page).await,
    }
}

pub(super) async fn again<P>(ctx: &Ctx, sent: &Form, error: Error, page: P) -> Result<Response>
where
    P: AsyncFnOnce(Back) -> Result<String>,
{
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) {
        return Err(error);
    }
    let drawn = page(Back::of(ctx, sent, &error)).await?;
    Ok((error.kind.status(), html(drawn)).into_response())
}

/// A key for a form.
pub(super) fn key(ctx: &Ctx) -> String {
    ctx.new_id().to_string()
}

/// An id in a form field that must be one.
pub(super) fn ids(sent: &Form, name: &'static str) -> Result<Vec<Uuid>> {
    sent.all(name).map(|id| id.parse().map_err(|_| Error::field(name, "error-choose"))).collect()
}
