//! Signing on another computer: the file is given out, signed there with whatever holds the key, and given back. It must be
//! the same file with a signature added, byte for byte.

use crate::check::judged;
use axum::response::{IntoResponse, Response};
use http::header;
use platform::files::{self, Accept, Prepared};
use platform::http::{Form, download, see_other};
use platform::once::{self, Once};
use platform::{Ctx, Error, Result};

pub(crate) const SIGNED: Accept = Accept { types: &["application/pdf"], max_bytes: 25 << 20 };

/// A signed paper on its way to be kept.
///
/// # Errors
/// A file that is no PDF or too large.
pub async fn prepared(ctx: &Ctx, name: String, bytes: Vec<u8>) -> Result<Prepared> {
    files::prepare(ctx, name, bytes, SIGNED).await
}

/// A form that was sent before leads where it led, before anything is signed a second time.
///
/// # Errors
/// A form without key, or with one that was used for something else.
pub async fn done_before(ctx: &Ctx, sent: &Form) -> Result<Option<Response>> {
    match once::begin(ctx, sent.key()?).await? {
        Once::Again(url) => Ok(Some(see_other(&url))),
        Once::First(tx) => {
            tx.rollback().await?;
            Ok(None)
        }
    }
}

/// The file to be signed elsewhere. `stem` is its name without the ending.
pub fn given_out(stem: &str, bytes: Vec<u8>) -> Response {
    let answer = download(&format!("{stem}-chua-ky.pdf"), "application/pdf", bytes);
    ([(header::CACHE_CONTROL, "no-store")], answer).into_response()
}

/// The file of a form, if it is `given` with one more valid signature and nothing after it.
///
/// # Errors
/// At `field`: no file, another file, a file without a valid signature.
pub async fn given_back(ctx: &Ctx, sent: &Form, field: &'static str, given: &[u8]) -> Result<Vec<u8>> {
    let upload = sent.uploads.first().ok_or_else(|| Error::field(field, "signing-back-none"))?;
    if !upload.bytes.starts_with(given) {
        return Err(Error::field(field, "signing-back-other"));
    }
    let all = judged(ctx, upload.bytes.clone()).await;
    let all = all.map_err(|_| Error::field(field, "signing-back-other"))?;
    let before = judged(ctx, given.to_vec()).await?.len();
    let good = all.last().is_some_and(|one| one.intact && one.whole && one.in_time);
    if !good || all.len() <= before || all.iter().any(|one| !one.intact) {
        return Err(Error::field(field, "signing-back-unsigned"));
    }
    Ok(upload.bytes.clone())
}
