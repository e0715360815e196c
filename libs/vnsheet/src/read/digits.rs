//! Identifiers that Excel likes to take for numbers.

use super::Read;
use crate::value::{ProblemKind, Repair, Value};

pub(crate) fn personal_number_of(n: f64) -> Read {
    match whole_digits(n) {
        Some(digits) => pad(digits, true),
        None => Err(ProblemKind::PersonalNumberForm),
    }
}

pub(crate) fn personal_number(text: &str) -> Read {
    if text.contains(['E', 'e']) {
        return match scientific(text) {
            Some(Some(digits)) => pad(digits, true).map(|(value, _)| (value, Some(Repair::Scientific))),
            Some(None) => Err(ProblemKind::PersonalNumberRounded),
            None => Err(ProblemKind::PersonalNumberForm),
        };
    }
    let (digits, note) = split(text);
    let (value, repair) = pad(digits, false)?;
    Ok((value, note.map(Repair::TrailingNote).or(repair)))
}

/// Zeros that Excel dropped come back: provinces 001 to 099 all begin with one. From text only one may be
/// missing; there a shorter number is rather a slip.
fn pad(digits: String, from_number: bool) -> Read {
    let wanted = match digits.len() {
        12 | 9 => return Ok((Value::PersonalNumber(digits), None)),
        11 => 12,
        10 if from_number => 12,
        8 | 7 if from_number => 9,
        _ => return Err(ProblemKind::PersonalNumberForm),
    };
    Ok((Value::PersonalNumber(format!("{digits:0>wanted$}")), Some(Repair::LeadingZero)))
}

pub(crate) fn phone_of(n: f64) -> Read {
    let digits = whole_digits(n).ok_or(ProblemKind::PhoneForm)?;
    phone_digits(digits)
}

pub(crate) fn phone(text: &str) -> Read {
    let text = text.trim_start_matches('\'');
    // Two numbers in one cell: the first counts, the rest is shown as a note.
    let cut = text.find(['/', ';', ',']).or_else(|| text.find(" - "));
    let (first, rest) = cut.map_or((text, ""), |at| (&text[..at], text[at + 1..].trim()));
    let (digits, note) = split(first);
    let note = note.or_else(|| (!rest.is_empty()).then(|| rest.to_owned()));
    let (value, repair) = phone_digits(digits)?;
    Ok((value, note.map(Repair::TrailingNote).or(repair)))
}

fn phone_digits(digits: String) -> Read {
    let digits = match digits.strip_prefix("84") {
        Some(rest) if digits.len() >= 11 && !rest.starts_with('0') => format!("0{rest}"),
        _ => digits,
    };
    match digits.len() {
        10 | 11 if digits.starts_with('0') => Ok((Value::Phone(digits), None)),
        9 | 10 if !digits.starts_with('0') => {
            Ok((Value::Phone(format!("0{digits}")), Some(Repair::LeadingZero)))
        }
        _ => Err(ProblemKind::PhoneForm),
    }
}

/// The digits at the beginning, with spaces, dots and dashes between them dropped; then a note that begins
/// with a letter or bracket.
fn split(text: &str) -> (String, Option<String>) {
    let text = text.trim_start_matches('\'');
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+')));
    let (number, note) = text.split_at(end.unwrap_or(text.len()));
    let digits = number.chars().filter(char::is_ascii_digit).collect();
    let note = note.trim();
    (digits, (!note.is_empty()).then(|| note.to_owned()))
}

fn whole_digits(n: f64) -> Option<String> {
    (n.fract() == 0.0 && (1.0..1e15).contains(&n)).then(|| (n as u64).to_string())
}

/// `Some(Some(digits))` when the text holds every digit, `Some(None)` when the last ones were rounded away.
fn scientific(text: &str) -> Option<Option<String>> {
    let text = text.replace(',', ".");
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 1 || !digits(whole) || !digits(fraction) || exponent > 14 {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    match fraction.len() {
        n if n > exponent => None,
        n if n == exponent => Some(Some(format!("{whole}{fraction}"))),
        _ => Some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(read: Read) -> String {
        match read {
            Ok((Value::PersonalNumber(d) | Value::Phone(d), repair)) => {
                format!("{d}{}", repair.map_or(String::new(), |r| format!(" {}", r.key())))
            }
            Ok(other) => format!("{other:?}"),
            Err(problem) => problem.key().to_owned(),
        }
    }

    #[test]
    fn personal_numbers() {
        for (raw, want) in [
            ("010090000123", "010090000123"),
            ("'010 090 000 123", "010090000123"),
            ("10090000123", "010090000123 leading_zero"),
            ("010090000123 (cũ)", "010090000123 trailing_note"),
            ("1.0090000123E10", "010090000123 scientific"),
            ("1,0090000123E+10", "010090000123 scientific"),
            ("1.009E+11", "personal_number_rounded"),
            ("063123456", "063123456"),
            ("1009000012", "personal_number_form"),
            ("không có", "personal_number_form"),
            ("12e", "personal_number_form"),
        ] {
            assert_eq!(show(personal_number(raw)), want, "{raw}");
        }
        assert_eq!(show(personal_number_of(10_090_000_123.0)), "010090000123 leading_zero");
        assert_eq!(show(personal_number_of(1_090_000_123.0)), "001090000123 leading_zero");
        assert_eq!(show(personal_number_of(0.5)), "personal_number_form");
    }

    #[test]
    fn phones() {
        for (raw, want) in [
            ("0912 345 678", "0912345678"),
            ("0912.345.678", "0912345678"),
            ("+84 912345678", "0912345678"),
            ("912345678", "0912345678 leading_zero"),
            ("0912345678/0987654321", "0912345678 trailing_note"),
            ("02143 867 123", "02143867123"),
            ("0912345678 (vợ)", "0912345678 trailing_note"),
            ("123", "phone_form"),
            ("", "phone_form"),
        ] {
            assert_eq!(show(phone(raw)), want, "{raw}");
        }
        assert_eq!(show(phone_of(912_345_678.0)), "0912345678 leading_zero");
    }
}
