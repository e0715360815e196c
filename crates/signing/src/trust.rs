//! The authorities that are believed: `data/signing-authorities`.

use base64::Engine;
use pades::Anchor;
use platform::{Ctx, Error, Result};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    #[allow(dead_code)] // Said to those who read the file.
    unverified: bool,
    authority: Vec<Authority>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Authority {
    name: String,
    pem: String,
}

/// # Errors
/// A certificate in the file that cannot be read, with the name that stands beside it.
pub(crate) fn anchors(ctx: &Ctx) -> Result<Vec<Anchor>> {
    let file = ctx.app.law.in_force::<File>("signing-authorities", ctx.today())?.content;
    let anchor = |one: &Authority| {
        let wrong = |why: String| Error::internal(format!("signing-authorities: {}: {why}", one.name));
        let inner: String =
            one.pem.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
        let der =
            base64::engine::general_purpose::STANDARD.decode(inner).map_err(|e| wrong(e.to_string()))?;
        Anchor::from_der(&der).map_err(|fault| wrong(fault.to_string()))
    };
    file.authority.iter().map(anchor).collect()
}
