//! Forms of the book: the rule runs once, and what went wrong comes back on the page that the form stands on.

use axum::response::{IntoResponse, Response};
use platform::files::{self, PICTURES, Prepared};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid};
use ui::FieldErrors;

/// What a form that comes back said, and what was wrong with it.
#[derive(Default)]
pub(crate) struct Back {
    sent: Form,
    pub errors: FieldErrors,
    pub wrong: String,
}

impl Back {
    fn of(ctx: &Ctx, sent: &Form, error: &Error) -> Back {
        let wrong = if error.fields.is_empty() { error.message.text(ctx.t()) } else { String::new() };
        Back { sent: sent.clone(), errors: FieldErrors::from_error(error, ctx.t()), wrong }
    }

    /// Nothing was sent yet.
    pub fn fresh(&self) -> bool {
        self.sent.pairs().is_empty()
    }

    /// What was typed where the form that came back has this field, else what stands there.
    pub fn or(&self, name: &str, known: &str) -> String {
        let typed = self.sent.pairs().iter().find(|(typed, _)| typed == name);
        typed.map_or(known, |(_, text)| text.as_str()).to_owned()
    }
}

/// Runs a rule that answers with where it leads and what is said there; `page` draws the form again.
pub(crate) async fn act<R, P>(ctx: &Ctx, sent: &Form, rule: R, page: P) -> Result<Response>
where
    R: AsyncFnOnce(&Tx) -> Result<(String, Note)>,
    P: AsyncFnOnce(Back) -> Result<String>,
{
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await;
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, sent, error, page).await,
    }
}

pub(crate) async fn again<P>(ctx: &Ctx, sent: &Form, error: Error, page: P) -> Result<Response>
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
pub(crate) fn key(ctx: &Ctx) -> String {
    ctx.new_id().to_string()
}

/// A picture under a field of a form, through the pipeline for files.
pub(crate) async fn picture(ctx: &Ctx, sent: &Form, field: &'static str) -> Result<Option<Prepared>> {
    let Some(upload) = sent.uploads.iter().find(|one| one.field == field) else { return Ok(None) };
    let file = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), PICTURES).await;
    match file {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.fields.is_empty() && error.kind != Kind::Internal => {
            Err(Error::field(field, error.message))
        }
        Err(error) => Err(error),
    }
}

/// The bytes of a picture that was kept; the caller has decided who may see it.
pub(crate) async fn shown(ctx: &Ctx, file: Option<Uuid>) -> Result<Response> {
    let found = files::find(ctx, &ctx.app.db, file.ok_or_else(Error::not_found)?).await?;
    let bytes = files::read(ctx, &found).await?;
    Ok(platform::http::file(&found.name, &found.media_type, bytes))
}
