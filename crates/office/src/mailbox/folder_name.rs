//! Names of folders as IMAP has them: letters outside ASCII as base64 of UTF-16 between `&` and `-` (RFC 3501, 5.1.3).

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::{GeneralPurpose, general_purpose::NO_PAD};

const BASE: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);

/// `Đã tiếp nhận` as `&ARAA4w- ti&Hr8-p nh&Hq0-n`.
pub(super) fn encoded(name: &str) -> String {
    let mut out = String::new();
    let mut foreign: Vec<u8> = Vec::new();
    let close = |foreign: &mut Vec<u8>, out: &mut String| {
        if !foreign.is_empty() {
            out.push_str(&format!("&{}-", BASE.encode(&foreign)));
            foreign.clear();
        }
    };
    for letter in name.chars() {
        if (' '..='~').contains(&letter) {
            close(&mut foreign, &mut out);
            out.push(letter);
            if letter == '&' {
                out.push('-');
            }
        } else {
            let mut units = [0; 2];
            foreign.extend(letter.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    close(&mut foreign, &mut out);
    out
}

/// The other way; what is broken stays as it is.
pub(super) fn decoded(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((code, following)) = after.split_once('-') else {
            rest = &rest[before.len()..];
            break;
        };
        rest = following;
        let units = || -> Option<String> {
            let bytes = BASE.decode(code).ok()?;
            let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).collect::<Result<String, _>>().ok()
        };
        match (code, units()) {
            ("", _) => out.push('&'),
            (_, Some(letters)) => out.push_str(&letters),
            (_, None) => out.push_str(&format!("&{code}-")),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_language_go_there_and_back() {
        assert_eq!(encoded("Đã tiếp nhận"), "&ARAA4w- ti&Hr8-p nh&Hq0-n");
        for name in ["INBOX", "Đã tiếp nhận", "A & B", "Công văn/2026", "日本", "😀", ""] {
            assert_eq!(decoded(&encoded(name)), name);
        }
        assert_eq!(decoded("&broken"), "&broken");
        assert_eq!(decoded("&!!-x"), "&!!-x");
    }
}
