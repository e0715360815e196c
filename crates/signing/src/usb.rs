//! The third way to sign: with the USB token in the official's own computer. The page hands the file to the signing agent
//! there (`crates/signagent`, `web/src/usb.ts`), and the signed file comes back by the form that takes files signed elsewhere.

use askama::Template;
use http::{HeaderName, HeaderValue, header};
use platform::{Ctx, Result, T};
use ui::Html;

/// The policy of the pages that reach the agent: as everywhere, and the loopback address of the reader's own computer. Its
/// port is not known here: each official may choose one.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self' http://127.0.0.1:*; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What is offered for the token.
#[derive(Debug, Clone)]
pub struct Usb {
    /// Where the form goes that takes the signed file; it stands in the same card.
    pub form: String,
    /// Where the unsigned file is.
    pub file: String,
    pub title: String,
    pub number: String,
    pub reason: String,
    pub place: String,
}

#[derive(Template)]
#[template(path = "usb.html")]
struct Piece<'a> {
    t: T,
    form: &'a str,
    file: &'a str,
    title: &'a str,
    number: &'a str,
    reason: &'a str,
    place: &'a str,
}

impl Usb {
    /// The piece of page; the script `usb.js` brings it to life.
    ///
    /// # Errors
    /// None that a reader could cause.
    pub fn html(&self, ctx: &Ctx) -> Result<Html> {
        let Usb { form, file, title, number, reason, place } = self;
        Ok(Html(ui::render(&Piece { t: ctx.t(), form, file, title, number, reason, place })?))
    }
}

/// The header of a page with [`Usb`] on it.
pub fn usb_policy() -> [(HeaderName, HeaderValue); 1] {
    [(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY))]
}
