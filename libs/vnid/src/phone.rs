use crate::phone_plan::PhonePlan;
use crate::{all_digits, bare};
use std::fmt;
use thiserror::Error;

/// What a telephone number reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PhoneKind {
    /// A Vietnamese mobile; can receive text messages.
    Mobile,
    /// A Vietnamese fixed line.
    Fixed,
    /// 1800 or 1900.
    Hotline,
    /// An emergency or service number of three digits.
    Short,
    /// A number of another country.
    Foreign,
}

/// A telephone number in one form.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone {
    stored: String,
    kind: PhoneKind,
}

/// A number together with what was done to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneReading {
    /// The number.
    pub phone: Phone,
    /// What the person who typed it should confirm.
    pub warnings: Vec<PhoneWarning>,
}

/// What is worth a second look in a number that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhoneWarning {
    /// An eleven-digit mobile number of before 2018 was turned into the number that replaced it.
    Converted,
    /// The leading zero was missing, as spreadsheets drop it, and was added.
    ZeroAdded,
    /// The prefix of the mobile number is not in the plan.
    UnknownPrefix,
}

/// Why a text is not a telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum PhoneProblem {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Something other than digits and the usual signs between them.
    #[error("contains something other than digits")]
    NotDigits,
    /// More than one number in one field.
    #[error("several numbers in one field")]
    Several,
    /// The count of digits fits no number that starts like this.
    #[error("has {digits} digits, which fits no number that starts like this")]
    Length {
        /// How many there are, in the form dialled in Vietnam.
        digits: usize,
    },
    /// No Vietnamese number starts like this.
    #[error("no Vietnamese number starts like this")]
    Start,
}

impl Phone {
    /// Reads a number with the built-in plan; see [`read`](Self::read) for the warnings.
    pub fn parse(text: &str) -> Result<Phone, PhoneProblem> {
        Ok(Self::read(text, PhonePlan::built_in())?.phone)
    }

    /// Reads `0912 345 678`, `+84 912 345 678`, `0084…`, `84…`, `(0214) 382 1234`, a mobile number without
    /// its zero, an old mobile of eleven digits, `113`, `1900 1234`, and `+` with the number of another country.
    pub fn read(text: &str, plan: &PhonePlan) -> Result<PhoneReading, PhoneProblem> {
        let parts: Vec<&str> = text.split(['/', ';', ',', '\n']).filter(|p| !p.trim().is_empty()).collect();
        match parts.as_slice() {
            [] => return Err(PhoneProblem::Empty),
            [_] => {}
            _ => return Err(PhoneProblem::Several),
        }
        let typed = bare(&parts[0].replace(['(', ')'], ""));
        let (abroad, digits) = match typed.strip_prefix('+').or_else(|| typed.strip_prefix("00")) {
            Some(rest) => (true, rest),
            None => (false, typed.as_str()),
        };
        if digits.is_empty() {
            return Err(PhoneProblem::Empty);
        }
        if !all_digits(digits) {
            return Err(PhoneProblem::NotDigits);
        }
        let home = digits.strip_prefix("84").filter(|rest| abroad || rest.len() >= 9);
        match home {
            // "+84 (0) 912…" is seen as often as it is wrong.
            Some(rest) => at_home(format!("0{}", rest.strip_prefix('0').unwrap_or(rest)), plan),
            None if abroad => foreign(digits),
            None => at_home(digits.to_owned(), plan),
        }
    }

    /// The form to be stored: E.164 (`+84912345678`); short numbers and hotlines as they are dialled.
    pub fn stored(&self) -> &str {
        &self.stored
    }

    /// What it reaches.
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// The form for reading: `0912 345 678`, `0214 382 1234`, `024 3825 1234`, `1900 1234`.
    pub fn shown(&self) -> String {
        let home = match self.stored.strip_prefix("+84") {
            Some(rest) if self.kind != PhoneKind::Foreign => format!("0{rest}"),
            _ => self.stored.clone(),
        };
        let groups: &[usize] = match self.kind {
            PhoneKind::Mobile => &[4, 3, 3],
            PhoneKind::Fixed if home.starts_with("024") || home.starts_with("028") => &[3, 4, 4],
            PhoneKind::Fixed => &[4, 3, 4],
            PhoneKind::Hotline => &[4, 6],
            PhoneKind::Short | PhoneKind::Foreign => &[16],
        };
        let mut rest = home.as_str();
        let mut words = Vec::new();
        for size in groups {
            let (word, after) = rest.split_at((*size).min(rest.len()));
            words.push(word);
            rest = after;
        }
        words.join(" ")
    }

    /// The form for lists: `09•• ••• 678`. Short numbers and hotlines are public and stay whole.
    pub fn masked(&self) -> String {
        let shown = self.shown();
        if matches!(self.kind, PhoneKind::Short | PhoneKind::Hotline) {
            return shown;
        }
        let tail = shown.len().saturating_sub(3);
        let hide = |(at, c): (usize, char)| if at >= 2 && at < tail && c != ' ' { '•' } else { c };
        shown.chars().enumerate().map(hide).collect()
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

fn at_home(mut digits: String, plan: &PhonePlan) -> Result<PhoneReading, PhoneProblem> {
    let mut warnings = Vec::new();
    let reading =
        |stored: String, kind, warnings| Ok(PhoneReading { phone: Phone { stored, kind }, warnings });
    if plan.is_short(&digits) {
        return reading(digits, PhoneKind::Short, warnings);
    }
    if plan.is_hotline(&digits) {
        return reading(digits, PhoneKind::Hotline, warnings);
    }
    if let Some(now) = plan.renewed(&digits) {
        digits = now;
        warnings.push(PhoneWarning::Converted);
    }
    if digits.len() == 9 && is_mobile_start(digits.as_bytes()[0]) {
        digits.insert(0, '0');
        warnings.push(PhoneWarning::ZeroAdded);
    }
    let problem = PhoneProblem::Length { digits: digits.len() };
    let Some(rest) = digits.strip_prefix('0') else {
        return Err(if digits.len() < 9 { problem } else { PhoneProblem::Start });
    };
    let stored = format!("+84{rest}");
    match rest.bytes().next() {
        Some(b'2') if digits.len() == 11 => reading(stored, PhoneKind::Fixed, warnings),
        Some(start) if is_mobile_start(start) && digits.len() == 10 => {
            if !plan.is_mobile(&digits) {
                warnings.push(PhoneWarning::UnknownPrefix);
            }
            reading(stored, PhoneKind::Mobile, warnings)
        }
        Some(start) if start == b'2' || is_mobile_start(start) => Err(problem),
        Some(_) => Err(PhoneProblem::Start),
        None => Err(problem),
    }
}

fn is_mobile_start(digit: u8) -> bool {
    matches!(digit, b'3' | b'5' | b'7' | b'8' | b'9')
}

/// E.164 allows fifteen digits with the country code, which never starts with 0.
fn foreign(digits: &str) -> Result<PhoneReading, PhoneProblem> {
    if digits.starts_with('0') {
        return Err(PhoneProblem::Start);
    }
    if !(7..=15).contains(&digits.len()) {
        return Err(PhoneProblem::Length { digits: digits.len() });
    }
    let phone = Phone { stored: format!("+{digits}"), kind: PhoneKind::Foreign };
    Ok(PhoneReading { phone, warnings: Vec::new() })
}
