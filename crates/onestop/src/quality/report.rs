//! The index of a month: each indicator with what was counted and its points, or why nothing here can tell.

use super::store::{self, Month, Share};
use crate::complaint;
use crate::form::model::Words;
use crate::procedure::{InForce, catalogue};
use chrono::{Datelike, Months, NaiveDate};
use platform::clock::{local_date, start_of_day};
use platform::{Ctx, Result};
use serde::Deserialize;

/// `data/quality-index`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    group: Vec<Group>,
    indicator: Vec<Indicator>,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    code: String,
    vi: String,
    en: String,
    points: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Indicator {
    group: String,
    vi: String,
    en: String,
    points: f64,
    measure: Option<Measure>,
    #[serde(default = "whole")]
    full_at: f64,
    #[serde(default)]
    full_when_none: bool,
    /// Why nothing here can tell.
    why: Option<Words>,
}

fn whole() -> f64 {
    1.0
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Measure {
    OnTime,
    Satisfied,
    Result,
    Digitised,
    Published,
    Updated,
    Synchronised,
    PaidOnline,
    Payable,
    FeedbackOnTime,
    FeedbackContent,
}

/// One indicator of a month.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub name: Words,
    /// What was counted; `None` where nothing here knows it.
    pub counted: Option<Share>,
    pub points: Option<f64>,
    pub most: f64,
    pub full_when_none: bool,
    pub why: Option<Words>,
}

/// A group of indicators.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub code: String,
    pub name: Words,
    pub most: f64,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub parts: Vec<Part>,
    pub total: f64,
    /// The most that the measured indicators can give.
    pub measured: f64,
}

/// The first day of the month and of the next.
pub(super) fn bounds(month: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = month.with_day(1).unwrap_or(month);
    (first, first.checked_add_months(Months::new(1)).unwrap_or(first))
}

/// What ended in a month.
pub async fn month(ctx: &Ctx, month: NaiveDate) -> Result<Month> {
    let (from, to) = bounds(month);
    store::ended(ctx, (start_of_day(from), start_of_day(to))).await
}

/// Everything that was counted.
struct Counted {
    month: Month,
    complaints: complaint::Month,
    published: Share,
    updated: Share,
    /// `None` where no line to the province is known here.
    synchronised: Option<Share>,
    paid: Share,
    payable: Share,
}

impl Counted {
    async fn of(ctx: &Ctx, asked: NaiveDate) -> Result<Counted> {
        let (from, to) = bounds(asked);
        let span = (start_of_day(from), start_of_day(to));
        let connected = crate::upward::connected(ctx)? || store::takes_files(ctx).await?;
        let (published, payable) = procedures(ctx).await?;
        let versions = store::versions(ctx, from, to).await?;
        let in_time = versions.iter().filter(|(day, at)| local_date(*at) <= *day).count();
        Ok(Counted {
            month: month(ctx, asked).await?,
            complaints: complaint::month(ctx, span.0, span.1).await?,
            published,
            updated: Share { part: number(in_time), whole: number(versions.len()) },
            synchronised: if connected { Some(store::synchronised(ctx, span).await?) } else { None },
            paid: store::paid_online(ctx, span).await?,
            payable,
        })
    }

    fn share(&self, measure: Measure) -> Option<Share> {
        let (month, said) = (&self.month, &self.complaints);
        let (part, whole) = match measure {
            Measure::OnTime => (month.on_time, month.ended),
            Measure::Satisfied => (month.satisfied, month.ended),
            Measure::Result => (month.with_result, month.well),
            Measure::Digitised => (month.with_papers, month.well),
            Measure::Published => return Some(self.published),
            Measure::Updated => return Some(self.updated),
            Measure::Synchronised => return self.synchronised,
            Measure::PaidOnline => return Some(self.paid),
            Measure::Payable => return Some(self.payable),
            Measure::FeedbackOnTime => (said.on_time, said.answered + said.overdue),
            Measure::FeedbackContent => (said.content, said.answered),
        };
        Some(Share { part, whole })
    }
}

pub(crate) async fn report(ctx: &Ctx, asked: NaiveDate) -> Result<Report> {
    let index = ctx.app.law.in_force::<Index>("quality-index", asked)?.content;
    let counted = Counted::of(ctx, asked).await?;
    let mut report = Report { parts: Vec::new(), total: 0.0, measured: 0.0 };
    for group in &index.group {
        let mut lines = Vec::new();
        for one in index.indicator.iter().filter(|one| one.group == group.code) {
            let share = one.measure.and_then(|measure| counted.share(measure));
            let given = share.and_then(|share| points(one, share));
            if let Some(given) = given {
                report.total += given;
                report.measured += one.points;
            }
            lines.push(Line {
                name: Words { vi: one.vi.clone(), en: one.en.clone() },
                counted: share,
                points: given,
                most: one.points,
                full_when_none: one.full_when_none,
                why: one.why.clone(),
            });
        }
        let name = Words { vi: group.vi.clone(), en: group.en.clone() };
        report.parts.push(Part { code: group.code.clone(), name, most: group.points, lines });
    }
    Ok(report)
}

/// Points of a rate: all of them at `full_at`, none without anything to measure unless the index says otherwise.
fn points(indicator: &Indicator, share: Share) -> Option<f64> {
    if share.whole == 0 {
        return indicator.full_when_none.then_some(indicator.points);
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of dossiers")]
    let rate = share.part as f64 / share.whole as f64;
    Some((indicator.points * rate / indicator.full_at).min(indicator.points))
}

/// Of the procedures that dossiers are taken for: those of which everything is told; and of those with a fee, those whose
/// fee can be paid without coming.
async fn procedures(ctx: &Ctx) -> Result<(Share, Share)> {
    let catalogue = catalogue(ctx).await?;
    let taken: Vec<&InForce> = catalogue.all.values().filter(|one| one.procedure.has_dossiers()).collect();
    let whole = |one: &&&InForce| {
        let procedure = &one.procedure;
        !procedure.papers.is_empty() && procedure.limit.is_some() && !procedure.legal.is_empty()
    };
    let published = Share { part: number(taken.iter().filter(whole).count()), whole: number(taken.len()) };
    let with_fee = number(taken.iter().filter(|one| !one.procedure.fees.is_empty()).count());
    let online = if crate::pay::takes_transfers(ctx)? { with_fee } else { 0 };
    Ok((published, Share { part: online, whole: with_fee }))
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(points: f64, full_at: f64) -> Indicator {
        Indicator {
            group: String::new(),
            vi: String::new(),
            en: String::new(),
            points,
            measure: None,
            full_at,
            full_when_none: false,
            why: None,
        }
    }

    #[test]
    fn points_follow_the_observed_formulas() {
        let at =
            |most: f64, full_at: f64, part, whole| points(&indicator(most, full_at), Share { part, whole });
        assert_eq!(at(20.0, 1.0, 38, 40), Some(19.0));
        assert_eq!(at(6.0, 0.9, 9, 10), Some(6.0));
        assert_eq!(at(6.0, 0.9, 10, 10), Some(6.0), "never more than there are");
        assert_eq!(at(4.0, 0.8, 4, 10), Some(2.0));
        assert_eq!(at(20.0, 1.0, 0, 0), None, "nothing to measure is not nought");
        let feedback = Indicator { full_when_none: true, ..indicator(6.0, 1.0) };
        assert_eq!(points(&feedback, Share::default()), Some(6.0), "no feedback is as good as can be");
        assert_eq!(points(&feedback, Share { part: 1, whole: 2 }), Some(3.0));
    }

    #[test]
    fn the_file_gives_a_hundred_points_and_a_reason_for_what_is_not_measured() {
        let index: Index =
            toml::from_str(include_str!("../../../../data/quality-index/2022-06-23.toml")).unwrap();
        let all: f64 = index.group.iter().map(|group| group.points).sum();
        assert!((all - 100.0).abs() < 1e-9);
        for group in &index.group {
            let of = index.indicator.iter().filter(|one| one.group == group.code);
            let sum: f64 = of.map(|one| one.points).sum();
            assert!(sum <= group.points + 1e-9, "{} has more than its group", group.code);
        }
        assert!(index.indicator.iter().all(|one| one.measure.is_some() || one.why.is_some()));
    }
}
