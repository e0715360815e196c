//! What a month was: hours by kind and origin, what failed, and what each loudspeaker cluster played of what it should have.

mod proof;
mod store;

pub(crate) use proof::{Proof, proofs};
pub(crate) use store::Airing;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use platform::clock::start_of_day;
use platform::{Ctx, Result};
use std::collections::{BTreeMap, BTreeSet};

/// A month, from its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Month(pub NaiveDate);

impl Month {
    pub fn of(day: NaiveDate) -> Month {
        Month(day.with_day(1).unwrap_or(day))
    }

    /// `2026-03`
    pub fn parse(text: &str) -> Option<Month> {
        format!("{text}-01").parse().ok().map(Month)
    }

    pub fn code(self) -> String {
        self.0.format("%Y-%m").to_string()
    }

    pub fn after(self) -> Month {
        Month::of(self.0 + Duration::days(31))
    }

    pub fn before(self) -> Month {
        Month::of(self.0 - Duration::days(1))
    }

    /// From its first moment to that of the next.
    pub fn span(self) -> (DateTime<Utc>, DateTime<Utc>) {
        (start_of_day(self.0), start_of_day(self.after().0))
    }
}

/// Airings and seconds of a kind or an origin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub airings: i64,
    pub seconds: i64,
}

impl Sum {
    fn add(&mut self, one: &Airing) {
        self.airings += 1;
        self.seconds += one.seconds();
    }
}

/// What is said of a month.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// By kind and origin.
    pub sums: BTreeMap<(String, String), Sum>,
    pub whole: Sum,
    /// Days with something on air.
    pub days: usize,
    /// What was not on air though it should have been: by the code of what happened.
    pub faults: BTreeMap<String, i64>,
    pub proofs: Vec<Proof>,
}

pub(crate) async fn of(ctx: &Ctx, month: Month) -> Result<Report> {
    let (from, to) = month.span();
    let airings = store::airings(ctx, from, to).await?;
    let mut report = Report { faults: store::faults(ctx, from, to).await?, ..Report::default() };
    let mut days = BTreeSet::new();
    for one in &airings {
        report.sums.entry((one.kind.clone(), one.origin.clone())).or_default().add(one);
        report.whole.add(one);
        days.insert(platform::clock::local_date(one.from_at));
    }
    report.days = days.len();
    report.proofs = proofs(ctx, from, to).await?;
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other() {
        let december = Month::parse("2026-12").unwrap();
        assert_eq!((december.after().code(), december.before().code()), ("2027-01".into(), "2026-11".into()));
        assert_eq!(Month::parse("2024-02").unwrap().after().code(), "2024-03");
        assert_eq!(Month::parse("2024-2x"), None);
    }
}
