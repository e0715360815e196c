//! Headings of the list of files, and how long a file is kept: `data/office-work-files`.

use crate::books::Words;
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use platform::clock::local_date;
use platform::{Ctx, Result};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Terms {
    pub hand_over_months: u32,
    /// The heading of files that open by themselves.
    pub tasks: String,
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
    #[serde(rename = "heading")]
    pub headings: Vec<Heading>,
    #[serde(default)]
    pub unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Term {
    pub code: String,
    pub name: Words,
    /// For good without.
    pub years: Option<i32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Heading {
    pub code: String,
    pub name: Words,
    pub term: String,
}

impl Terms {
    pub fn load(ctx: &Ctx) -> Result<Arc<Terms>> {
        Ok(ctx.app.law.in_force("office-work-files", ctx.today())?.content)
    }

    pub fn heading(&self, code: &str) -> Option<&Heading> {
        self.headings.iter().find(|one| one.code == code)
    }

    pub fn term(&self, code: &str) -> Option<&Term> {
        self.terms.iter().find(|one| one.code == code)
    }

    /// The last day on which a file is kept; none while it is open, for good, or when its term is no longer known.
    pub fn until(&self, code: &str, closed: Option<DateTime<Utc>>) -> Option<NaiveDate> {
        let years = self.term(code)?.years?;
        NaiveDate::from_ymd_opt(local_date(closed?).year() + years, 12, 31)
    }

    /// The last day on which a closed file should go to the archive.
    pub fn hand_over_by(&self, closed: DateTime<Utc>) -> NaiveDate {
        let day = local_date(closed);
        day.checked_add_months(Months::new(self.hand_over_months)).unwrap_or(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        toml::from_str(include_str!("../../../../data/office-work-files/2020-03-05.toml")).unwrap()
    }

    #[test]
    fn every_heading_has_a_term_and_a_code_of_its_own() {
        let terms = terms();
        assert!(terms.headings.iter().all(|one| terms.term(&one.term).is_some()));
        let mut codes: Vec<&str> = terms.headings.iter().map(|one| one.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), terms.headings.len());
        assert!(terms.heading(&terms.tasks).is_some());
    }

    #[test]
    fn a_term_counts_from_the_end_of_the_year_of_closing() {
        let closed: DateTime<Utc> = "2026-12-31T18:00:00Z".parse().unwrap();
        let terms = terms();
        // In Vietnam it is the first of January 2027 by then.
        assert_eq!(terms.until("years-5", Some(closed)), NaiveDate::from_ymd_opt(2032, 12, 31));
        assert_eq!(terms.until("permanent", Some(closed)), None);
        assert_eq!(terms.until("years-5", None), None);
        assert_eq!(terms.hand_over_by(closed), NaiveDate::from_ymd_opt(2028, 1, 1).unwrap());
    }
}
