use crate::DATE;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use std::fmt;

/// Agency, date and number with notation: `000.00.00.G22,2015/09/30,7816/VPCP-TTĐT`. Kept as it was written, so that
/// it is found again at the agency that gave it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct DocumentId {
    organ: String,
    date: String,
    number: String,
}

impl DocumentId {
    /// From its parts; none if one is empty, or holds a comma where the next part would begin too early.
    pub fn new(
        organ: impl Into<String>,
        date: impl Into<String>,
        number: impl Into<String>,
    ) -> Option<DocumentId> {
        let id = DocumentId { organ: organ.into(), date: date.into(), number: number.into() };
        let whole = ![&id.organ, &id.date, &id.number].into_iter().any(|part| part.trim().is_empty());
        (whole && !id.organ.contains(',') && !id.date.contains(',')).then_some(id)
    }

    /// Splits at the first two commas; what follows is the number with notation, whatever signs it holds.
    pub fn parse(text: &str) -> Option<DocumentId> {
        let mut parts = text.splitn(3, ',');
        DocumentId::new(parts.next()?, parts.next()?, parts.next()?)
    }

    /// The code of the agency that gave the id.
    pub fn organ(&self) -> &str {
        &self.organ
    }

    /// The day, if it is written as the standard says.
    pub fn date(&self) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(self.date.trim(), DATE).ok()
    }

    /// Number and notation: `7816/VPCP-TTĐT`.
    pub fn number(&self) -> &str {
        &self.number
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}", self.organ, self.date, self.number)
    }
}

impl Serialize for DocumentId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
