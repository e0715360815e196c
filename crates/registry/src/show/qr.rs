//! The picture of an identity code.

use crate::code::Code;
use fast_qr::{ECL, QRBuilder};
use platform::Ctx;
use ui::Html;

/// Light modules around the picture, as the standard asks.
const QUIET: usize = 4;

/// The address of the code's public card as a QR code in SVG: one path, black on white in every theme.
pub(crate) fn qr(ctx: &Ctx, code: &Code) -> Html {
    let base = ctx.app.config.public_url.as_deref().unwrap_or_default().trim_end_matches('/');
    let text = format!("{base}{}", code.path());
    let Ok(picture) = QRBuilder::new(text).ecl(ECL::M).build() else { return Html::default() };
    let mut path = String::new();
    for y in 0..picture.size {
        for x in 0..picture.size {
            if picture[y][x].value() {
                path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
            }
        }
    }
    let side = picture.size + 2 * QUIET;
    Html(format!(
        "<svg class=\"qr-picture\" viewBox=\"0 0 {side} {side}\" width=\"160\" height=\"160\" role=\"img\" aria-label=\"QR {}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>",
        Html::text(code.as_str())
    ))
}
