//! Forms of the book that come back with what went wrong, and the pictures that come with them.

pub(crate) use ui::back::{Back, act, again, key};

use axum::response::Response;
use platform::files::{self, PICTURES, Prepared};
use platform::http::Form;
use platform::{Ctx, Error, Kind, Result, Uuid};

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
