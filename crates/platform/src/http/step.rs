//! The work of a form from key to answer: sent twice it is done once; what went wrong is given back for the form to show.

use super::{Form, Note, see_other};
use crate::once::{self, Once};
use crate::{Ctx, Error, Result, Tx, Uuid};
use axum::response::Response;

/// The beginning of every form's work.
pub enum Start {
    /// The form was sent twice; this is where the first one led.
    Again(Response),
    First(Uuid, Tx),
}

pub async fn start(ctx: &Ctx, form: &Form) -> Result<Start> {
    let key = form.key()?;
    Ok(match once::begin(ctx, key).await? {
        Once::Again(url) => Start::Again(see_other(&url)),
        Once::First(tx) => Start::First(key, tx),
    })
}

/// The end of it: what the rule did is kept and the page it leads to says so, or nothing is kept and the error is
/// given back for the form to show.
pub async fn settle(
    ctx: &Ctx,
    key: Uuid,
    tx: Tx,
    done: Result<(String, Note)>,
) -> Result<std::result::Result<Response, Error>> {
    match done {
        Ok((url, note)) => {
            once::finish(ctx, tx, key, &url).await?;
            Ok(Ok(note.see_other(&url)))
        }
        Err(error) => {
            tx.rollback().await?;
            Ok(Err(error))
        }
    }
}
