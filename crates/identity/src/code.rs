//! Time-based codes (RFC 6238: SHA-1, six digits, 30 seconds), the QR to scan, and recovery codes.

use chrono::{DateTime, Utc};
use fast_qr::convert::{Builder as _, Shape, svg::SvgBuilder};
use fast_qr::qr::QRBuilder;
use platform::{Error, Result};
use totp_rs::{Builder, Totp};

const SECRET_BYTES: usize = 20;
pub(crate) const RECOVERY_CODES: usize = 10;
/// Letters and digits that nobody confuses on paper.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

pub(crate) type Secret = [u8; SECRET_BYTES];

pub(crate) fn new_secret() -> Secret {
    let mut bytes = Secret::default();
    rand::Rng::fill(&mut rand::rng(), &mut bytes[..]);
    bytes
}

fn totp(secret: &Secret) -> Result<Totp> {
    Builder::new().with_secret(*secret).build().map_err(Error::internal)
}

/// The time step for which `code` is right, now or one step before or after; `None` when it is wrong.
pub(crate) fn step_of(secret: &Secret, code: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Ok(totp(secret)?.check(&digits, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// The code of a moment, as the phone shows it.
pub(crate) fn at(secret: &Secret, now: DateTime<Utc>) -> Result<String> {
    Ok(totp(secret)?.generate(u64::try_from(now.timestamp()).unwrap_or(0)).to_string())
}

/// The secret as text to type where no camera works: base32 in groups of four.
pub(crate) fn secret_text(secret: &Secret) -> String {
    const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    let (mut bits, mut held) = (0u32, 0);
    for byte in secret {
        bits = (bits << 8) | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(BASE32[(bits >> held) as usize & 31]));
        }
    }
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The QR that authenticator apps scan, as SVG.
pub(crate) fn qr_svg(secret: &Secret, issuer: &str, login: &str) -> Result<String> {
    let part = |text: &str| form_part(&vntext::clean(text).replace(':', " "));
    let url = format!(
        "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period=30",
        part(issuer),
        part(login),
        secret_text(secret).replace(' ', "")
    );
    let code = QRBuilder::new(url).build().map_err(|e| Error::internal(format!("{e:?}")))?;
    Ok(SvgBuilder::default().shape(Shape::Square).to_str(&code))
}

fn form_part(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// Ten codes of the form `ABCDE-FGHJK`.
pub(crate) fn recovery_codes() -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| recovery_code()).collect()
}

fn recovery_code() -> String {
    let mut bytes = [0u8; 10];
    rand::Rng::fill(&mut rand::rng(), &mut bytes[..]);
    let letters: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    format!("{}-{}", &letters[..5], &letters[5..])
}

/// A typed recovery code in its one form: capitals, no spaces; `None` when it cannot be one.
pub(crate) fn recovery_typed(text: &str) -> Option<String> {
    let letters: String =
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    (letters.len() == 10).then(|| format!("{}-{}", &letters[..5], &letters[5..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_the_standard() {
        // RFC 6238, appendix B: SHA-1, second 59, the last six of 94287082.
        let secret = b"12345678901234567890";
        let now = DateTime::from_timestamp(59, 0).unwrap();
        assert_eq!(at(secret, now).unwrap(), "287082");
        assert_eq!(step_of(secret, "287 082", now).unwrap(), Some(1));
        assert_eq!(step_of(secret, "287083", now).unwrap(), None);
        assert_eq!(step_of(secret, "287082", DateTime::from_timestamp(89, 0).unwrap()).unwrap(), Some(1));
        assert_eq!(step_of(secret, "287082", DateTime::from_timestamp(90, 0).unwrap()).unwrap(), None);
        assert_eq!(secret_text(secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }

    #[test]
    fn the_qr_is_a_picture() {
        let svg = qr_svg(&new_secret(), "Xã Gia Phú", "lan.anh").unwrap();
        assert!(svg.starts_with("<svg") && !svg.contains("style="), "{}", &svg[..200]);
    }

    #[test]
    fn recovery_codes_survive_hasty_typing() {
        let codes = recovery_codes();
        assert_eq!(codes.len(), 10);
        assert_eq!(recovery_typed(&codes[0].to_lowercase().replace('-', " ")), Some(codes[0].clone()));
        assert_eq!(recovery_typed("123456"), None);
    }
}
