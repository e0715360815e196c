//! Forms of meetings that come back with what went wrong.

pub(super) use ui::back::{Back, again, key};

use axum::response::Response;
use platform::http::{Form, Note};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};

/// Runs a rule that answers with where it leads; `note` is said there, `page` draws the form again.
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
    let note = note.into();
    ui::back::act(ctx, sent, async |tx| rule(tx).await.map(|url| (url, Note::new(note))), page).await
}

/// An id in a form field that must be one.
pub(super) fn ids(sent: &Form, name: &'static str) -> Result<Vec<Uuid>> {
    sent.all(name).map(|id| id.parse().map_err(|_| Error::field(name, "error-choose"))).collect()
}
