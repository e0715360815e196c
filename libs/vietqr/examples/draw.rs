//! Draws a payload, to be read by a phone or another program: `cargo run -p vietqr --example draw -- BIN ACCOUNT
//! [AMOUNT [PURPOSE]] > code.pbm`, then open it, or `zbarimg code.pbm`.

use fast_qr::{ECL, QRBuilder};
use std::error::Error;
use std::io::{self, Write};
use vietqr::Transfer;

/// Dots of the picture for one module, and white modules around the code.
const SCALE: usize = 6;
const QUIET: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [bin, account, more @ ..] = words.as_slice() else {
        return Err("BIN ACCOUNT [AMOUNT [PURPOSE]]".into());
    };
    let mut transfer = Transfer::to_account(bin, account);
    if let Some(amount) = more.first() {
        transfer = transfer.with_amount(amount.parse()?);
    }
    if let Some(purpose) = more.get(1) {
        transfer = transfer.with_purpose(purpose);
    }
    io::stdout().write_all(picture(&transfer.encode()?)?.as_bytes())?;
    Ok(())
}

/// A portable bitmap in its form for people: 1 is black.
fn picture(payload: &str) -> Result<String, Box<dyn Error>> {
    let code = QRBuilder::new(payload).ecl(ECL::M).build().map_err(|_| "too long for a QR code")?;
    let side = (code.size + 2 * QUIET) * SCALE;
    let mut out = format!("P1\n{side} {side}\n");
    for y in 0..side {
        for x in 0..side {
            let module = |dot: usize| (dot / SCALE).checked_sub(QUIET).filter(|at| *at < code.size);
            let black = module(y).zip(module(x)).is_some_and(|(y, x)| code[y][x].value());
            out.push(if black { '1' } else { '0' });
        }
        out.push('\n');
    }
    Ok(out)
}
