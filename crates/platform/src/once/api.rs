//! A request of a program that was sent twice is done once: by the header `Idempotency-Key`, which holds a UUID.

use super::{self as once, Once};
use crate::{Ctx, Error, Result, Tx, Uuid};

const HEADER: &str = "Idempotency-Key";

/// What [`begin`] found.
pub enum Begun {
    First(Uuid, Tx),
    /// Done already: what came of it stands at the end of this address.
    Again(String),
}

/// # Errors
/// At the header, when it is missing or no UUID.
pub fn key(ctx: &Ctx) -> Result<Uuid> {
    let text = ctx.headers.get(HEADER).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok()).ok_or_else(|| Error::field(HEADER, "error-idempotency-key"))
}

pub async fn begin(ctx: &Ctx) -> Result<Begun> {
    let key = key(ctx)?;
    Ok(match once::begin(ctx, key).await? {
        Once::First(tx) => Begun::First(key, tx),
        Once::Again(url) => Begun::Again(url),
    })
}

/// Keeps what the rule did, or nothing of it.
pub async fn settle<D>(
    ctx: &Ctx,
    key: Uuid,
    tx: Tx,
    done: Result<D>,
    url: impl Fn(&D) -> String,
) -> Result<D> {
    match done {
        Ok(done) => {
            once::finish(ctx, tx, key, &url(&done)).await?;
            Ok(done)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

/// The id at the end of an address.
pub fn id_of(url: &str) -> Result<Uuid> {
    let last = url.rsplit('/').next().unwrap_or_default();
    last.parse().map_err(|_| Error::not_found())
}
