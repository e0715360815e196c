//! The QR code of a label.

use platform::{Ctx, Result};
use ui::Html;

/// The label's drawing: the address behind a code, on this installation.
pub(crate) fn of_code(ctx: &Ctx, code: &str) -> Result<Html> {
    let address = format!("{}/m/{code}", ctx.app.config.base_url());
    ui::qr::svg(&address, &ctx.t().s("registry-label-qr", "code", code))
}
