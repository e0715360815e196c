//! One cell to one value, by the kind of its field.

mod choice;
mod date;
mod digits;
mod number;

pub(crate) use choice::{Lookup, is_mark};

use crate::grid::Cell;
use crate::schema::{Field, Kind};
use crate::value::{ProblemKind, Repair, Value};

/// The value and what was put right, or what is wrong.
pub(crate) type Read = Result<(Value, Option<Repair>), ProblemKind>;

/// What the text of a failed formula looks like when it was pasted as text.
const ERRORS: [&str; 8] = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "Err:"];

/// Reads a cell; a blank one is [`Value::Empty`], whether or not the field is required.
pub(crate) fn cell(cell: &Cell, field: &Field, choices: &Lookup, date_1904: bool) -> Read {
    match cell {
        Cell::Empty => return Ok((Value::Empty, None)),
        Cell::Error(_) => return Err(ProblemKind::FormulaError),
        Cell::TooLong(_) => return Err(ProblemKind::TooLong),
        Cell::Text(text) => {
            let text = vntext::clean(text);
            if text.is_empty() {
                return Ok((Value::Empty, None));
            }
            if text.starts_with('#') && ERRORS.contains(&text.as_str()) {
                return Err(ProblemKind::FormulaError);
            }
            if field.max_chars.is_some_and(|max| text.chars().count() > max) {
                return Err(ProblemKind::TooLong);
            }
            return typed_text(text, field, choices);
        }
        _ => {}
    }
    match (&field.kind, cell) {
        (Kind::Date, Cell::DateTime(at)) => date::day(at.date()),
        (Kind::Date, Cell::Number(n)) => date::number(*n, date_1904),
        (Kind::Year, Cell::DateTime(at)) => date::year_number(f64::from(chrono::Datelike::year(&at.date()))),
        (Kind::Year, Cell::Number(n)) => date::year_number(*n),
        (Kind::Whole, Cell::Number(n)) => number::whole(*n),
        (Kind::Decimal, Cell::Number(n)) => Ok((Value::Decimal(*n), None)),
        (Kind::YesNo, Cell::Bool(value)) => Ok((Value::YesNo(*value), None)),
        (Kind::PersonalNumber, Cell::Number(n)) => digits::personal_number_of(*n),
        (Kind::Phone, Cell::Number(n)) => digits::phone_of(*n),
        (Kind::Whole | Kind::Decimal, _) => Err(ProblemKind::NumberForm),
        (Kind::Date, _) => Err(ProblemKind::DateForm),
        (Kind::Year, _) => Err(ProblemKind::YearForm),
        (Kind::PersonalNumber, _) => Err(ProblemKind::PersonalNumberForm),
        (Kind::Phone, _) => Err(ProblemKind::PhoneForm),
        // A house number that is a number, a choice written as 1 or 2.
        (Kind::Text | Kind::Name | Kind::YesNo | Kind::Choice(_), other) => {
            typed_text(other.display(), field, choices)
        }
    }
}

fn typed_text(text: String, field: &Field, choices: &Lookup) -> Read {
    match &field.kind {
        Kind::Text => Ok((Value::Text(text), None)),
        Kind::Name => {
            let name = vntext::name_case(&text);
            let repair = (name != text).then_some(Repair::NameCase);
            Ok((Value::Text(name), repair))
        }
        Kind::Date => date::text(&text),
        Kind::Year => date::year_text(&text),
        Kind::Whole => number::whole_text(&text),
        Kind::Decimal => number::decimal_text(&text),
        Kind::YesNo => choice::yes_no(&text),
        Kind::Choice(list) => choices.find(&text, list),
        Kind::PersonalNumber => digits::personal_number(&text),
        Kind::Phone => digits::phone(&text),
    }
}
