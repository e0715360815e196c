use crate::Lang;
use thiserror::Error;

/// Why a text is not a number as Vietnamese people write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum NumberProblem {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Contains something other than digits, separators and one leading sign.
    #[error("not a number")]
    NotNumber,
    /// Points do not separate groups of three digits, as in "1.5": one and a half is written "1,5".
    #[error("points do not separate groups of three digits")]
    Grouping,
    /// A fraction where only whole numbers are possible.
    #[error("a whole number is needed")]
    Fraction,
    /// More than the type can hold exactly.
    #[error("too large")]
    TooLarge,
}

/// A whole number with its thousands separated: `9.993` in Vietnamese, `9,993` in English.
pub fn number(value: i64, lang: Lang) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('-');
    }
    group(&digits, lang, &mut out);
    out
}

/// A number with exactly `places` decimals, rounded half up (away from zero) in its shortest decimal form,
/// so 0.285 to two places is 0,29 as on paper. What is not finite is shown as an en dash.
pub fn decimal(value: f64, places: usize, lang: Lang) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let shortest = value.abs().to_string();
    let (whole, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let kept = whole.len() + places;
    let up = digits.get(kept).is_some_and(|d| *d >= b'5');
    digits.resize(kept, b'0');
    if up {
        add_one(&mut digits);
    }
    let split = digits.len() - places;
    let text: String = digits.iter().map(|d| *d as char).collect();
    let mut out = String::with_capacity(text.len() + 8);
    if value < 0.0 && digits.iter().any(|d| *d != b'0') {
        out.push('-');
    }
    group(&text[..split], lang, &mut out);
    if places > 0 {
        out.push(if lang == Lang::Vi { ',' } else { '.' });
        out.push_str(&text[split..]);
    }
    out
}

/// An amount in đồng: `12.500 đ`.
pub fn money(dong: i64) -> String {
    format!("{} đ", number(dong, Lang::Vi))
}

/// Reads a number typed the Vietnamese way: `1.234,5`, `12.500`, `1234`, `1 234`, `-3,5`. Points only
/// separate thousands; "1.5" is refused instead of guessed at.
pub fn parse_number_vi(text: &str) -> Result<f64, NumberProblem> {
    let plain = plain_digits(text)?;
    let value: f64 = plain.parse().map_err(|_| NumberProblem::NotNumber)?;
    if value.abs() < 9_007_199_254_740_992.0 { Ok(value) } else { Err(NumberProblem::TooLarge) }
}

/// Reads a whole number typed the Vietnamese way (people, đồng); exact in the whole range of `i64`.
pub fn parse_whole_vi(text: &str) -> Result<i64, NumberProblem> {
    let plain = plain_digits(text)?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    if fraction.bytes().any(|d| d != b'0') {
        return Err(NumberProblem::Fraction);
    }
    whole.parse().map_err(|_| NumberProblem::TooLarge)
}

/// `-1.234,5` as `-1234.5`.
fn plain_digits(text: &str) -> Result<String, NumberProblem> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Err(NumberProblem::Empty);
    }
    let (sign, body) = match text.strip_prefix(['-', '−']) {
        Some(body) => ("-", body),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, fraction) = body.split_once(',').unwrap_or((body, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split('.');
    let head = groups.next().unwrap_or_default();
    let tail: Vec<&str> = groups.collect();
    if !all_digits(head) || !all_digits(fraction) || !tail.iter().all(|g| all_digits(g)) {
        return Err(NumberProblem::NotNumber);
    }
    if !tail.is_empty() && (head.len() > 3 || tail.iter().any(|g| g.len() != 3)) {
        return Err(NumberProblem::Grouping);
    }
    Ok(format!("{sign}{head}{}.{fraction}", tail.concat()))
}

fn group(digits: &str, lang: Lang, out: &mut String) {
    let separator = if lang == Lang::Vi { '.' } else { ',' };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
}

/// Adds one to a decimal number given as ASCII digits.
fn add_one(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit == b'9' {
            *digit = b'0';
        } else {
            *digit += 1;
            return;
        }
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Vi};

    #[test]
    fn writes() {
        assert_eq!(number(0, Vi), "0");
        assert_eq!(number(-9993, En), "-9,993");
        assert_eq!(number(i64::MIN, Vi), "-9.223.372.036.854.775.808");
        assert_eq!(decimal(1234.5, 1, Vi), "1.234,5");
        assert_eq!(decimal(1234.5, 1, En), "1,234.5");
        assert_eq!(decimal(0.285, 2, Vi), "0,29");
        assert_eq!(decimal(2.5, 0, Vi), "3");
        assert_eq!(decimal(-2.5, 0, Vi), "-3");
        assert_eq!(decimal(999.995, 2, En), "1,000.00");
        assert_eq!(decimal(-0.001, 2, Vi), "0,00");
        assert_eq!(decimal(7.0, 2, Vi), "7,00");
        assert_eq!(decimal(f64::NAN, 2, Vi), "–");
        assert_eq!(money(12_500), "12.500 đ");
    }

    #[test]
    fn reads() {
        assert_eq!(parse_number_vi("1.234,5"), Ok(1234.5));
        assert_eq!(parse_number_vi(" 12.500 "), Ok(12500.0));
        assert_eq!(parse_number_vi("1 234"), Ok(1234.0));
        assert_eq!(parse_number_vi("-3,5"), Ok(-3.5));
        assert_eq!(parse_number_vi("1.5"), Err(NumberProblem::Grouping));
        assert_eq!(parse_number_vi("1,234,567"), Err(NumberProblem::NotNumber));
        assert_eq!(parse_number_vi(""), Err(NumberProblem::Empty));
        assert_eq!(parse_number_vi("12a"), Err(NumberProblem::NotNumber));
        assert_eq!(parse_number_vi("1e5"), Err(NumberProblem::NotNumber));
        assert_eq!(parse_whole_vi("9.223.372.036.854.775.807"), Ok(i64::MAX));
        assert_eq!(parse_whole_vi("12,5"), Err(NumberProblem::Fraction));
        assert_eq!(parse_whole_vi("99999999999999999999"), Err(NumberProblem::TooLarge));
    }
}
