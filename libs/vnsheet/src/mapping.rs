use crate::grid::column_letters;
use crate::heading::{SURE, WEAK};
use serde::{Deserialize, Serialize};

/// Which column means which field. Proposed by [`crate::find_header`], corrected by a person on a page,
/// kept between requests as JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// First row of the heading, from 1.
    pub header_first: u32,
    /// Last row of the heading; data begins below.
    pub header_last: u32,
    /// Every filled column, in order.
    pub columns: Vec<ColumnMap>,
    /// How well the heading fits, to compare sheets; the sum over the columns.
    pub score: u32,
    /// Keys of required fields that no column gives. Rows do not report these cell by cell.
    pub missing: Vec<String>,
}

/// What one column means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnMap {
    /// From 0.
    pub column: u16,
    /// The heading as it stands in the file; the parts of a two-row heading are joined with " / ".
    pub heading: String,
    /// The field that the cells are read as.
    pub field: Option<String>,
    /// A filled cell says also that another field has this value: the date stands in the column "Nữ".
    pub mark: Option<Mark>,
    /// Likeness of heading and label, 0 to 100.
    pub score: u8,
    /// The same in words for the page.
    pub confidence: Confidence,
}

/// A value that a filled cell stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Key of the field.
    pub field: String,
    /// The choice.
    pub value: String,
}

/// How sure a proposal is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// No proposal.
    #[default]
    None,
    /// A guess.
    Low,
    /// Likely; a person should look.
    Medium,
    /// The heading is a known spelling, or a person chose it.
    High,
}

impl Confidence {
    pub(crate) fn of(score: u8) -> Self {
        match score {
            SURE.. => Confidence::High,
            70..SURE => Confidence::Medium,
            WEAK..70 => Confidence::Low,
            _ => Confidence::None,
        }
    }

    /// A stable key for translation.
    pub fn key(self) -> &'static str {
        match self {
            Confidence::None => "none",
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

impl Mapping {
    /// A person says what a column means; `None` leaves the column out.
    pub fn assign(&mut self, column: u16, field: Option<&str>) {
        let Some(entry) = self.columns.iter_mut().find(|c| c.column == column) else { return };
        entry.field = field.map(str::to_owned);
        entry.mark = None;
        entry.score = if field.is_some() { 100 } else { 0 };
        entry.confidence = Confidence::of(entry.score);
        if let Some(key) = field {
            self.missing.retain(|m| m != key);
        }
    }

    /// The columns that are read as a field.
    pub fn columns_of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a ColumnMap> {
        self.columns.iter().filter(move |c| c.field.as_deref() == Some(field))
    }
}

impl ColumnMap {
    /// The name of the column in Excel, as `C`.
    pub fn letters(&self) -> String {
        column_letters(self.column)
    }
}
