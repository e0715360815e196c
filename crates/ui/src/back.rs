//! Forms that come back: the rule runs once, and what went wrong stands on the page that the form stands on, with what was typed.

use crate::FieldErrors;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx};

/// What a form that comes back said, and what was wrong with it.
#[derive(Default)]
pub struct Back {
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

    pub fn sent(&self) -> Option<&Form> {
        Some(&self.sent).filter(|sent| !sent.pairs().is_empty())
    }

    pub fn text(&self, name: &str) -> &str {
        self.sent.text(name)
    }

    /// What was typed where the form that came back has this field, else what stands there.
    pub fn or(&self, name: &str, known: &str) -> String {
        let typed = self.sent.pairs().iter().find(|(typed, _)| typed == name);
        typed.map_or(known, |(_, text)| text.as_str()).to_owned()
    }
}

/// Runs a rule that answers with where it leads and what is said there; `page` draws the form again.
///
/// # Errors
/// What is nothing that whoever sent the form can mend.
pub async fn act<R, P>(ctx: &Ctx, sent: &Form, rule: R, page: P) -> Result<Response>
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

/// The form with what was wrong, for what was found before the rule ran.
///
/// # Errors
/// The error itself when whoever sent the form cannot mend it.
pub async fn again<P>(ctx: &Ctx, sent: &Form, error: Error, page: P) -> Result<Response>
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
pub fn key(ctx: &Ctx) -> String {
    ctx.new_id().to_string()
}
