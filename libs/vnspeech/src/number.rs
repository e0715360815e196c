//! Numbers in words.

use crate::Lexicon;

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
/// More digits than these are read one by one: nobody follows a number of eighteen digits by ear.
const DIGITS_MAX: usize = 15;

/// Digits one by one: `0912` is "không chín một hai".
pub fn digits(text: &str) -> String {
    let words = text.bytes().filter(u8::is_ascii_digit).map(|digit| DIGITS[usize::from(digit - b'0')]);
    words.collect::<Vec<_>>().join(" ")
}

/// A whole number without separators: `2026` is "hai nghìn không trăm hai mươi sáu".
pub fn cardinal(lexicon: &Lexicon, text: &str) -> String {
    let text = match text.trim_start_matches('0') {
        "" if !text.is_empty() => "0",
        rest => rest,
    };
    match text.parse::<u64>() {
        Ok(0) => DIGITS[0].to_owned(),
        Ok(number) if text.len() <= DIGITS_MAX => whole(lexicon, number, false),
        _ => digits(text),
    }
}

/// Not 0. `inner`: more stands before it, so its hundreds are said even where there are none.
fn whole(lexicon: &Lexicon, number: u64, inner: bool) -> String {
    const BILLION: u64 = 1_000_000_000;
    let mut parts = Vec::new();
    if number >= BILLION {
        parts.push(format!("{} tỷ", whole(lexicon, number / BILLION, inner)));
    }
    for (scale, name) in [(1_000_000, "triệu"), (1_000, lexicon.thousand.as_str()), (1, "")] {
        let group = number % BILLION / scale % 1_000;
        if group > 0 {
            let said = hundreds(lexicon, group, inner || !parts.is_empty());
            parts.push(if name.is_empty() { said } else { format!("{said} {name}") });
        }
    }
    parts.join(" ")
}

/// 1 to 999.
fn hundreds(lexicon: &Lexicon, group: u64, inner: bool) -> String {
    let digit = |at: u64| DIGITS[usize::try_from(at).unwrap_or_default() % 10];
    let (hundred, ten, one) = (group / 100, group / 10 % 10, group % 10);
    let mut words = Vec::new();
    if hundred > 0 || inner {
        words.extend([digit(hundred), "trăm"]);
    }
    match ten {
        0 if one > 0 && !words.is_empty() => words.push(&lexicon.zero_ten),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(ten), "mươi"]),
    }
    match (ten, one) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(one)),
    }
    words.join(" ")
}

/// I to XXXIX and the like, as years of a congress or quarters are written; `None` for what is no such number.
pub fn roman(text: &str) -> Option<u32> {
    let value = |letter| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let values: Option<Vec<u32>> = text.chars().map(value).collect();
    let values = values.filter(|values| !values.is_empty() && values.len() <= 8)?;
    let mut sum = 0;
    for (at, one) in values.iter().enumerate() {
        if values.get(at + 1).is_some_and(|next| next > one) {
            sum -= i64::from(*one)
        } else {
            sum += i64::from(*one)
        }
    }
    let sum = u32::try_from(sum).ok()?;
    // Written back it must be the same: "IIX" is nothing.
    (written(sum) == text).then_some(sum)
}

fn written(mut number: u32) -> String {
    let mut text = String::new();
    for (value, letters) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        let lexicon = Lexicon::default();
        for (written, said) in [
            ("0", "không"),
            ("00", "không"),
            ("06", "sáu"),
            ("10", "mười"),
            ("11", "mười một"),
            ("15", "mười lăm"),
            ("21", "hai mươi mốt"),
            ("24", "hai mươi tư"),
            ("25", "hai mươi lăm"),
            ("101", "một trăm linh một"),
            ("110", "một trăm mười"),
            ("2026", "hai nghìn không trăm hai mươi sáu"),
            ("2626", "hai nghìn sáu trăm hai mươi sáu"),
            ("9993", "chín nghìn chín trăm chín mươi ba"),
            ("1000000", "một triệu"),
            ("1000005", "một triệu không trăm linh năm"),
            ("1500000", "một triệu năm trăm nghìn"),
            ("2000000000", "hai tỷ"),
            ("12000000000001", "mười hai nghìn tỷ không trăm linh một"),
            ("1234567890123456", "một hai ba bốn năm sáu bảy tám chín không một hai ba bốn năm sáu"),
        ] {
            assert_eq!(cardinal(&lexicon, written), said, "{written}");
        }
        let south = Lexicon { thousand: "ngàn".into(), zero_ten: "lẻ".into(), ..Lexicon::default() };
        assert_eq!(cardinal(&south, "4005"), "bốn ngàn không trăm lẻ năm");
    }

    #[test]
    fn roman_numbers() {
        for (written, value) in [("I", 1), ("IV", 4), ("XV", 15), ("XIX", 19), ("XL", 40)] {
            assert_eq!(roman(written), Some(value));
        }
        for none in ["", "IIX", "VX", "IIII", "CV ", "ABC"] {
            assert_eq!(roman(none), None, "{none}");
        }
    }
}
