//! A QR code as SVG: one path of black runs on white, without style, so that the policy against inline style holds.

use crate::Html;
use fast_qr::{ECL, QRBuilder};
use platform::{Error, Result};
use std::fmt::Write;

/// White modules around the code that readers need (ISO/IEC 18004).
const QUIET: usize = 4;

/// The drawing of a text. `words` is read to those who do not see it.
pub fn svg(text: &str, words: &str) -> Result<Html> {
    // Medium correction: a label in sun and rain may lose a corner.
    let code = QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|_| Error::internal("text too long for a QR code"))?;
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let run = row[x..].iter().take_while(|module| module.value()).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    let side = code.size + 2 * QUIET;
    Ok(Html(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{}\"><rect width=\"{side}\" \
         height=\"{side}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>",
        Html::text(words)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_is_plain_and_whole() {
        let drawn = svg("https://giaphu.example/m/H-4K7P-2M9", "Mã <H>").unwrap().0;
        assert!(drawn.contains("aria-label=\"Mã &lt;H&gt;\"") && !drawn.contains("style"), "{drawn}");
        // The upper left finder begins behind the quiet zone with a run of seven.
        assert!(drawn.contains("d=\"M4 4h7v1h-7z"), "{drawn}");
    }
}
