use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a cell was read as.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// The cell is empty, which is allowed.
    #[default]
    Empty,
    /// Cleaned text or a name.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// Year and month (1–12) of a day that is not known better.
    Month(i32, u32),
    /// A year, or the year of a day that is not known better.
    Year(i32),
    /// A whole number.
    Whole(i64),
    /// A number.
    Decimal(f64),
    /// Yes or no.
    YesNo(bool),
    /// [`crate::Choice::value`].
    Choice(String),
    /// Digits of a personal number: 12, or 9 of the old card.
    PersonalNumber(String),
    /// Digits of a phone number, beginning with 0.
    Phone(String),
}

/// A cell that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellProblem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The cell as it stands, at most 100 characters, to show beside the message.
    pub raw: String,
}

/// What is wrong with a cell; [`ProblemKind::key`] is the key of the sentence to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// A required cell is empty.
    Required,
    /// The calendar has no such day.
    DateImpossible,
    /// Month and day seem exchanged, as 12/31/1990.
    DateMonthFirst,
    /// A year of two digits, which is two years: 1926 or 2026.
    DateShortYear,
    /// No form of a date that we know.
    DateForm,
    /// Outside 1800 to 2200.
    YearOutOfRange,
    /// Not a year.
    YearForm,
    /// Not a number.
    NumberForm,
    /// A whole number was expected.
    NumberNotWhole,
    /// Neither yes nor no.
    YesNoUnknown,
    /// Not in the list.
    ChoiceUnknown,
    /// Too many characters.
    TooLong,
    /// The formula in the cell failed.
    FormulaError,
    /// Not 12 (or 9) digits.
    PersonalNumberForm,
    /// Excel showed the number rounded (1.009E+11), and the last digits are lost.
    PersonalNumberRounded,
    /// Not a phone number.
    PhoneForm,
    /// Two columns of one field are filled, and differ.
    TwoValues,
    /// Two columns of marks are filled.
    TwoMarks,
    /// A column of marks holds something that is no mark.
    MarkUnknown,
}

/// What was put right while reading, for a person to confirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Repair {
    /// Excel had dropped zeros at the beginning.
    LeadingZero,
    /// The number was written as 1.0090000123E+10.
    Scientific,
    /// A day number that was not formatted as a date.
    SerialDate,
    /// Digits of a date without separators.
    NoSeparators,
    /// A note after the value, which was left out: "12/05/1956 (đã mất)".
    TrailingNote(String),
    /// A name wholly in capitals or in small letters.
    NameCase,
}

impl ProblemKind {
    /// A stable key for translation, as `date_impossible`.
    pub fn key(self) -> &'static str {
        match self {
            ProblemKind::Required => "required",
            ProblemKind::DateImpossible => "date_impossible",
            ProblemKind::DateMonthFirst => "date_month_first",
            ProblemKind::DateShortYear => "date_short_year",
            ProblemKind::DateForm => "date_form",
            ProblemKind::YearOutOfRange => "year_out_of_range",
            ProblemKind::YearForm => "year_form",
            ProblemKind::NumberForm => "number_form",
            ProblemKind::NumberNotWhole => "number_not_whole",
            ProblemKind::YesNoUnknown => "yes_no_unknown",
            ProblemKind::ChoiceUnknown => "choice_unknown",
            ProblemKind::TooLong => "too_long",
            ProblemKind::FormulaError => "formula_error",
            ProblemKind::PersonalNumberForm => "personal_number_form",
            ProblemKind::PersonalNumberRounded => "personal_number_rounded",
            ProblemKind::PhoneForm => "phone_form",
            ProblemKind::TwoValues => "two_values",
            ProblemKind::TwoMarks => "two_marks",
            ProblemKind::MarkUnknown => "mark_unknown",
        }
    }
}

impl Repair {
    /// A stable key for translation, as `leading_zero`.
    pub fn key(&self) -> &'static str {
        match self {
            Repair::LeadingZero => "leading_zero",
            Repair::Scientific => "scientific",
            Repair::SerialDate => "serial_date",
            Repair::NoSeparators => "no_separators",
            Repair::TrailingNote(_) => "trailing_note",
            Repair::NameCase => "name_case",
        }
    }
}
