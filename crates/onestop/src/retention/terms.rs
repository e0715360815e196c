//! The terms of keeping: `data/retention`.

use super::model::Ended;
use crate::dossier::Status;
use crate::form::model::Words;
use chrono::{Datelike, NaiveDate};
use platform::clock::local_date;
use platform::{Ctx, Result};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terms {
    other_years: i32,
    without_result_years: i32,
    rule: Vec<Rule>,
    #[serde(default)]
    pub unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    procedures: Vec<String>,
    /// For good when left out.
    years: Option<i32>,
    why: Words,
}

/// How long one dossier is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept<'r> {
    /// It has not ended.
    Running,
    Until(NaiveDate, Option<&'r Words>),
    ForGood(&'r Words),
}

/// What is looked for in one go: those that ended before a day of these states and fields, but for these procedures, or
/// only of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Search {
    pub statuses: Vec<Status>,
    /// Only these; everything but `not_fields` when it is empty.
    pub fields: Vec<String>,
    pub not_fields: Vec<String>,
    pub procedures: Vec<String>,
    pub not_procedures: Vec<String>,
    /// The first day that is too late to have ended on.
    pub before: NaiveDate,
}

pub(super) const WITHOUT: [Status; 3] = [Status::NotReceived, Status::Withdrawn, Status::Stopped];
pub(super) const WITH: [Status; 2] = [Status::Processed, Status::Returned];

/// Years are counted from the end of the year: what ended in a year may go after the 31 December so many years later.
fn last_day(ended: NaiveDate, years: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(ended.year().saturating_add(years), 12, 31).unwrap_or(NaiveDate::MAX)
}

fn before(today: NaiveDate, years: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year().saturating_sub(years), 1, 1).unwrap_or(NaiveDate::MIN)
}

impl Terms {
    pub fn load(ctx: &Ctx) -> Result<Arc<Terms>> {
        Ok(ctx.app.law.in_force("retention", ctx.today())?.content)
    }

    fn rule(&self, one: &Ended) -> Option<&Rule> {
        let named = self.rule.iter().find(|rule| rule.procedures.contains(&one.procedure_code));
        named.or_else(|| self.rule.iter().find(|rule| rule.fields.contains(&one.field)))
    }

    pub fn kept(&self, one: &Ended) -> Kept<'_> {
        let Some(ended) = one.ended_at.map(local_date) else { return Kept::Running };
        if WITHOUT.contains(&one.status) {
            return Kept::Until(last_day(ended, self.without_result_years), None);
        }
        if !WITH.contains(&one.status) {
            return Kept::Running;
        }
        match self.rule(one) {
            None => Kept::Until(last_day(ended, self.other_years), None),
            Some(rule) => match rule.years {
                Some(years) => Kept::Until(last_day(ended, years), Some(&rule.why)),
                None => Kept::ForGood(&rule.why),
            },
        }
    }

    /// All that may be over today, one search for each term.
    pub fn searches(&self, today: NaiveDate) -> Vec<Search> {
        let all = |pick: fn(&Rule) -> &Vec<String>| -> Vec<String> {
            self.rule.iter().flat_map(|rule| pick(rule).clone()).collect()
        };
        let (fields, procedures) = (all(|rule| &rule.fields), all(|rule| &rule.procedures));
        let search = |statuses: &[Status], years: i32| Search {
            statuses: statuses.to_vec(),
            fields: Vec::new(),
            not_fields: Vec::new(),
            procedures: Vec::new(),
            not_procedures: Vec::new(),
            before: before(today, years),
        };
        let mut searches = vec![search(&WITHOUT, self.without_result_years)];
        for rule in &self.rule {
            let Some(years) = rule.years else { continue };
            let plain = search(&WITH, years);
            if !rule.procedures.is_empty() {
                searches.push(Search { procedures: rule.procedures.clone(), ..plain.clone() });
            }
            if !rule.fields.is_empty() {
                searches.push(Search {
                    fields: rule.fields.clone(),
                    not_procedures: procedures.clone(),
                    ..plain
                });
            }
        }
        let other = search(&WITH, self.other_years);
        searches.push(Search { not_fields: fields, not_procedures: procedures, ..other });
        searches
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        toml::from_str(include_str!("../../../../data/retention/2023-02-15.toml")).unwrap()
    }

    fn ended(field: &str, status: Status) -> Ended {
        Ended {
            id: platform::Uuid::nil(),
            code: String::new(),
            procedure_code: "1".into(),
            field: field.into(),
            status,
            ended_at: Some("2026-03-10T02:00:00Z".parse().unwrap()),
            erased_at: None,
        }
    }

    #[test]
    fn the_term_counts_from_the_end_of_the_year() {
        let terms = terms();
        let until = |field, status| match terms.kept(&ended(field, status)) {
            Kept::Until(day, _) => day.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(until("xac-nhan", Status::Returned), "2031-12-31");
        assert_eq!(until("khong-co", Status::Returned), "2036-12-31");
        assert_eq!(
            until("ho-tich", Status::NotReceived),
            "2031-12-31",
            "without a result there is nothing to keep"
        );
        assert!(until("ho-tich", Status::Returned).starts_with("ForGood"));
        assert!(until("ho-tich", Status::Processing).starts_with("Running"));
    }

    #[test]
    fn a_search_finds_what_is_over_on_that_day_and_never_what_is_kept_for_good() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let searches = terms().searches(day("2032-01-01"));
        assert!(
            searches
                .iter()
                .all(|one| { one.statuses != WITH || !one.fields.contains(&"ho-tich".to_owned()) })
        );
        let brief = searches.iter().find(|one| one.fields.contains(&"xac-nhan".to_owned())).unwrap();
        assert_eq!(brief.before, day("2027-01-01"), "what ended in 2026 was kept until the end of 2031");
        let other = searches.last().unwrap();
        assert!(other.not_fields.contains(&"ho-tich".to_owned()));
    }
}
