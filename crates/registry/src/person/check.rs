//! From what was typed to a person that is right in itself, or to what is wrong with each field.

use super::model::{Facts, Precision, Residence, Sex};
use super::raw::{FIELDS, RawPerson};
use crate::lists::{List, Lists};
use chrono::{Datelike, NaiveDate};
use platform::{FieldError, Message};
use vnid::{Cmnd, Contradiction, PersonalNumber, PersonalNumberProblem, PersonalNumberWarning};
use vnid::{Phone, PhoneKind, PhonePlan, PhoneProblem, TaxCode};
use vntext::NameProblem;

/// The longest free text of a person, in characters.
const TEXT_MAX: usize = 200;
/// Nobody who lives was born before.
const FIRST_BIRTH: i32 = 1900;

/// A person that may be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPerson {
    pub facts: Facts,
    /// A code of the relation list.
    pub relation: String,
    pub residence: Residence,
    /// What is odd and may still be right; the page asks for a second look.
    pub warnings: Vec<FieldError>,
}

impl NewPerson {
    /// Checks every field and how they agree.
    ///
    /// # Errors
    /// All that is wrong, each at its field (by its name in forms).
    pub fn check(raw: &RawPerson, lists: &Lists, today: NaiveDate) -> Result<NewPerson, Vec<FieldError>> {
        let mut c = Check { today, errors: Vec::new(), warnings: Vec::new() };
        let full_name = c.name(&raw.full_name);
        let sex = c.sex(&raw.sex);
        let birth = c.birth(&raw.birth);
        let personal_no = c.personal_no(&raw.personal_no, birth, sex);
        let phone = c.phone(&raw.phone);
        let facts = Facts {
            full_name,
            sex: sex.unwrap_or(Sex::Male),
            birth_date: birth.map_or(today, |(day, _)| day),
            birth_precision: birth.map_or(Precision::Day, |(_, precision)| precision),
            personal_no,
            previous_no: c.previous_no(&raw.previous_no),
            tax_no: c.tax_no(&raw.tax_no),
            ethnic: c.word("ethnic", &raw.ethnic, &lists.ethnic).unwrap_or_default(),
            religion: c.religion(&raw.religion, &lists.religion),
            smartphone: c.yes("smartphone", &raw.smartphone),
            phone,
            insurance_no: c.insurance_no(&raw.insurance_no),
            insurance_until: c.date("insurance_until", &raw.insurance_until),
            payment_account: c.yes("payment_account", &raw.payment_account),
            education: c.word_or("education", &raw.education, &lists.education, "unknown"),
            occupation: c.text("occupation", &raw.occupation),
            disability: c.some_word("disability", &raw.disability, &lists.disability),
            meritorious: c.some_word("meritorious", &raw.meritorious, &lists.meritorious),
        };
        let relation = c.word("relation", &raw.relation, &lists.relation).unwrap_or_default();
        let residence = c.residence(&raw.residence);
        if raw.ethnic.trim().is_empty() {
            c.wrong("ethnic", "registry-ethnic-empty");
        }
        if raw.relation.trim().is_empty() {
            c.wrong("relation", "registry-relation-empty");
        }
        if c.errors.is_empty() {
            Ok(NewPerson { facts, relation, residence, warnings: c.warnings })
        } else {
            Err(c.errors)
        }
    }
}

/// The name of a field in forms.
pub fn form_name(field: &str) -> &'static str {
    FIELDS.iter().find(|(name, _)| *name == field).map_or("", |(_, form)| form)
}

struct Check {
    today: NaiveDate,
    errors: Vec<FieldError>,
    warnings: Vec<FieldError>,
}

impl Check {
    fn wrong(&mut self, field: &str, message: impl Into<Message>) {
        self.errors.push(FieldError { field: form_name(field).into(), message: message.into() });
    }

    fn odd(&mut self, field: &str, message: impl Into<Message>) {
        self.warnings.push(FieldError { field: form_name(field).into(), message: message.into() });
    }

    fn name(&mut self, text: &str) -> String {
        match vntext::name_problem(text) {
            None => return vntext::name_case(text),
            Some(NameProblem::Empty) => self.wrong("full_name", "registry-name-empty"),
            Some(NameProblem::TooLong) => {
                self.wrong("full_name", Message::new("error-too-long").with("limit", vntext::NAME_MAX_CHARS));
            }
            Some(NameProblem::Markup) => self.wrong("full_name", "registry-name-markup"),
            Some(NameProblem::Digit) => self.wrong("full_name", "registry-name-digit"),
            Some(NameProblem::NotLatin) => self.wrong("full_name", "registry-name-not-latin"),
            Some(NameProblem::Symbol) => self.wrong("full_name", "registry-name-symbol"),
        }
        String::new()
    }

    fn sex(&mut self, text: &str) -> Option<Sex> {
        let sex = Sex::parse(text.trim()).or_else(|| vnid::Sex::parse_vi(text).map(Sex::from));
        if sex.is_none() {
            self.wrong("sex", "registry-sex-empty");
        }
        sex
    }

    fn birth(&mut self, text: &str) -> Option<(NaiveDate, Precision)> {
        let text = text.trim();
        if text.is_empty() {
            self.wrong("birth", "registry-birth-empty");
            return None;
        }
        let Some((day, precision)) = read_birth(text) else {
            self.wrong("birth", "registry-birth-unreadable");
            return None;
        };
        if day > self.today {
            self.wrong("birth", Message::new("registry-birth-in-future").with("day", text));
        } else if day.year() < FIRST_BIRTH {
            self.wrong("birth", Message::new("registry-birth-too-early").with("year", FIRST_BIRTH));
        } else {
            return Some((day, precision));
        }
        None
    }

    fn personal_no(
        &mut self,
        text: &str,
        birth: Option<(NaiveDate, Precision)>,
        sex: Option<Sex>,
    ) -> Option<String> {
        let number = match PersonalNumber::parse(text) {
            Ok(number) => number,
            Err(PersonalNumberProblem::Empty) => return None,
            Err(problem) => {
                self.wrong("personal_no", number_message(problem));
                return None;
            }
        };
        if number.warnings().contains(&PersonalNumberWarning::BornAbroadOrWrong) {
            self.odd("personal_no", "registry-number-born-abroad");
        }
        if let (Some((birth, _)), Some(sex)) = (birth, sex) {
            for found in number.contradictions(birth, sex.into()) {
                match found {
                    Contradiction::BirthYear { number, record } => {
                        let message =
                            Message::new("registry-number-birth").with("number", number.to_string());
                        self.wrong("personal_no", message.with("record", record.to_string()));
                    }
                    Contradiction::Sex { .. } => self.wrong("personal_no", "registry-number-sex"),
                    Contradiction::IssuedBeforeBirth => {}
                }
            }
        }
        Some(number.as_str().to_owned())
    }

    fn previous_no(&mut self, text: &str) -> Option<String> {
        match Cmnd::parse(text) {
            Ok(number) => Some(number.as_str().to_owned()),
            Err(vnid::CmndProblem::Empty) => None,
            Err(_) => {
                self.wrong("previous_no", "registry-previous-number");
                None
            }
        }
    }

    fn tax_no(&mut self, text: &str) -> Option<String> {
        match TaxCode::parse(text) {
            Ok(code) => Some(code.as_str().to_owned()),
            Err(vnid::TaxCodeProblem::Empty) => None,
            Err(_) => {
                self.wrong("tax_no", "registry-tax-code");
                None
            }
        }
    }

    fn phone(&mut self, text: &str) -> Option<String> {
        match Phone::read(text, PhonePlan::built_in()) {
            // An emergency number or a hotline is nobody's own.
            Ok(reading) if matches!(reading.phone.kind(), PhoneKind::Short | PhoneKind::Hotline) => {
                self.wrong("phone", "registry-phone");
                None
            }
            Ok(reading) => {
                if reading.warnings.contains(&vnid::PhoneWarning::Converted) {
                    self.odd("phone", "registry-phone-converted");
                }
                Some(reading.phone.stored().to_owned())
            }
            Err(PhoneProblem::Empty) => None,
            Err(PhoneProblem::Several) => {
                self.wrong("phone", "registry-phone-several");
                None
            }
            Err(_) => {
                self.wrong("phone", "registry-phone");
                None
            }
        }
    }

    /// Fifteen characters, or the ten digits that are left of them on newer cards.
    fn insurance_no(&mut self, text: &str) -> Option<String> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.')).collect();
        let code = bare.to_uppercase();
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        match code.len() {
            0 => None,
            10 if digits == 10 => Some(code),
            15 if digits == 13 && code.is_ascii() && code[..2].bytes().all(|b| b.is_ascii_uppercase()) => {
                Some(code)
            }
            _ => {
                self.wrong("insurance_no", "registry-insurance-number");
                None
            }
        }
    }

    fn date(&mut self, field: &str, text: &str) -> Option<NaiveDate> {
        if text.trim().is_empty() {
            return None;
        }
        let day = vntext::date_parse(text).ok();
        if day.is_none() {
            self.wrong(field, "error-date");
        }
        day
    }

    fn text(&mut self, field: &str, text: &str) -> String {
        let text = vntext::clean(text);
        if text.chars().count() > TEXT_MAX {
            self.wrong(field, Message::new("error-too-long").with("limit", TEXT_MAX));
        }
        text
    }

    fn yes(&mut self, field: &str, text: &str) -> bool {
        match read_yes(text) {
            Some(yes) => yes,
            None => {
                self.wrong(field, "registry-yes-or-no");
                false
            }
        }
    }

    /// `None` for an empty text and for a word that is not in the list, which is an error.
    fn word(&mut self, field: &str, text: &str, list: &List) -> Option<String> {
        let text = vntext::clean(text);
        if text.is_empty() {
            return None;
        }
        let found = list.find(&text).map(|item| item.code.clone());
        if found.is_none() {
            let shown: String = text.chars().take(40).collect();
            self.wrong(field, Message::new("registry-word-unknown").with("word", shown));
        }
        found
    }

    fn word_or(&mut self, field: &str, text: &str, list: &List, otherwise: &str) -> String {
        self.word(field, text, list).unwrap_or_else(|| otherwise.to_owned())
    }

    /// A list in which "no" is not a word.
    fn some_word(&mut self, field: &str, text: &str, list: &List) -> Option<String> {
        if matches!(vntext::fold(text).as_str(), "" | "khong" | "khong co" | "0" | "no") {
            None
        } else {
            self.word(field, text, list)
        }
    }

    fn religion(&mut self, text: &str, list: &List) -> Option<String> {
        self.some_word("religion", text, list)
    }

    fn residence(&mut self, text: &str) -> Residence {
        match vntext::fold(text).as_str() {
            "" | "permanent" | "thuong tru" | "tt" => Residence::Permanent,
            "temporary" | "tam tru" => Residence::Temporary,
            "absent" | "tam vang" | "thuong tru tam vang" | "thuong tru dang tam vang" => Residence::Absent,
            _ => {
                self.wrong("residence", "registry-residence-unknown");
                Residence::Permanent
            }
        }
    }
}

/// "x", "có", "1" are yes; "", "không", "0" are no.
pub(crate) fn read_yes(text: &str) -> Option<bool> {
    if text.contains(['✓', '✔', '☑']) {
        return Some(true);
    }
    match vntext::fold(text).as_str() {
        "" | "0" | "khong" | "no" | "false" | "ko" => Some(false),
        "1" | "x" | "co" | "yes" | "true" | "on" | "v" => Some(true),
        _ => None,
    }
}

/// Of old people sometimes only the year, or month and year, is known.
fn read_birth(text: &str) -> Option<(NaiveDate, Precision)> {
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some((NaiveDate::from_ymd_opt(text.parse().ok()?, 1, 1)?, Precision::Year));
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    if let [month, year] = parts.as_slice()
        && year.len() == 4
    {
        return Some((
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?,
            Precision::Month,
        ));
    }
    Some((vntext::date_parse(text).ok()?, Precision::Day))
}

fn number_message(problem: PersonalNumberProblem) -> Message {
    match problem {
        PersonalNumberProblem::Length { digits } => {
            Message::new("registry-number-length").with("digits", digits)
        }
        PersonalNumberProblem::UnknownPlace => "registry-number-place".into(),
        PersonalNumberProblem::FutureCentury => "registry-number-century".into(),
        PersonalNumberProblem::NotDigits | PersonalNumberProblem::Empty => "registry-number-digits".into(),
    }
}
