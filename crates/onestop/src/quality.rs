//! The service-quality index of Decision 766, as far as the dossiers here can tell it: a public table for each month. What
//! nothing here knows is named as such, never guessed; an index of part of the points is no index of the whole.

use crate::procedure::catalogue;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::{Datelike, Months, NaiveDate};
use platform::clock::start_of_day;
use platform::http::html;
use platform::{Ctx, Error, Result, sql};
use sea_orm::FromQueryResult;
use serde::Deserialize;
use std::collections::HashMap;
use ui::Shell;

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
}

/// What happened in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct Month {
    /// Ended after they were received, whatever the end.
    pub ended: i64,
    pub on_time: i64,
    pub satisfied: i64,
    /// Processed or returned.
    pub well: i64,
    pub with_result: i64,
    pub with_papers: i64,
}

/// The first day of the month and of the next.
fn bounds(month: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = month.with_day(1).unwrap_or(month);
    (first, first.checked_add_months(Months::new(1)).unwrap_or(first))
}

pub async fn month(ctx: &Ctx, month: NaiveDate) -> Result<Month> {
    let (from, to) = bounds(month);
    let has = |kind: &str| {
        format!(
            "EXISTS (SELECT 1 FROM dossier_paper p WHERE p.commune_id = d.commune_id AND p.dossier_id = d.id \
             AND p.kind = '{kind}' AND p.dropped_at IS NULL)"
        )
    };
    // A second request for papers is late, whatever the day (formula file of the index).
    let on_time = "d.ended_at <= d.due_at AND d.supplements < 2";
    let well = "d.status IN (9, 10)";
    let count = |only: &str| format!("COALESCE(SUM(CASE WHEN {only} THEN 1 ELSE 0 END), 0)");
    let text = format!(
        "SELECT COUNT(*) AS ended, {} AS on_time, {} AS satisfied, {} AS well, {} AS with_result, {} AS with_papers \
         FROM dossier d WHERE d.commune_id = $1 AND d.ended_at >= $2 AND d.ended_at < $3 AND d.received_at IS NOT NULL",
        count(on_time),
        count(&format!("{on_time} AND (d.rating IS NULL OR d.rating > 1)")),
        count(well),
        count(&format!("{well} AND {}", has("result"))),
        count(&format!("{well} AND {}", has("paper"))),
    );
    sql(text).bind(ctx.commune).bind(start_of_day(from)).bind(start_of_day(to)).one(&ctx.app.db).await
}

/// Points of a rate: all of them at `full_at`, none without anything to measure.
fn points(indicator: &Indicator, part: i64, of: i64) -> Option<f64> {
    if of == 0 {
        return None;
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of dossiers")]
    let rate = part as f64 / of as f64;
    Some((indicator.points * rate / indicator.full_at).min(indicator.points))
}

struct Line {
    name: String,
    /// "38 / 40", or that nothing here knows it.
    counted: String,
    points: String,
    of: String,
}

struct Part {
    name: String,
    of: String,
    lines: Vec<Line>,
}

impl Part {
    fn lines(&self) -> &[Line] {
        &self.lines
    }
}

#[derive(Template)]
#[template(path = "quality.html")]
struct QualityPage {
    shell: Shell,
    month: String,
    parts: Vec<Part>,
    total: String,
    measured: String,
    months: Vec<(String, String)>,
    here: String,
}

pub(crate) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let today = ctx.today();
    let asked = query.get("thang").and_then(|text| format!("{text}-01").parse::<NaiveDate>().ok());
    let asked = asked.unwrap_or(today);
    if asked > today {
        return Err(Error::not_found());
    }
    let index = ctx.app.law.in_force::<Index>("quality-index", asked)?.content;
    let counted = month(&ctx, asked).await?;
    let (full, all) = published(&ctx).await?;
    let t = ctx.t();
    let decimal = |value: f64| vntext::decimal(value, 2, crate::form::view::lang(t));
    let (mut total, mut measured) = (0.0, 0.0);
    let mut parts = Vec::new();
    for group in &index.group {
        let mut lines = Vec::new();
        for one in index.indicator.iter().filter(|one| one.group == group.code) {
            let counts = one.measure.map(|measure| match measure {
                Measure::OnTime => (counted.on_time, counted.ended),
                Measure::Satisfied => (counted.satisfied, counted.ended),
                Measure::Result => (counted.with_result, counted.well),
                Measure::Digitised => (counted.with_papers, counted.well),
                Measure::Published => (full, all),
            });
            let given = counts.and_then(|(part, of)| points(one, part, of));
            if let Some(given) = given {
                total += given;
                measured += one.points;
            }
            lines.push(Line {
                name: if t.lang() == platform::Lang::Vi { one.vi.clone() } else { one.en.clone() },
                counted: match counts {
                    Some((_, 0)) => t.t("onestop-quality-nothing"),
                    Some((part, of)) => format!("{part} / {of}"),
                    None => t.t("onestop-quality-unknown"),
                },
                points: given.map_or_else(|| "–".to_owned(), decimal),
                of: decimal(one.points),
            });
        }
        let name = if t.lang() == platform::Lang::Vi { group.vi.clone() } else { group.en.clone() };
        parts.push(Part { name, of: decimal(group.points), lines });
    }
    let shell = Shell::public(&ctx, "onestop-quality").await?;
    let page = QualityPage {
        month: format!("{:02}/{}", asked.month(), asked.year()),
        parts,
        total: decimal(total),
        measured: decimal(measured),
        months: months(today),
        here: address(asked),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// Procedures of which everything is told, and all that dossiers are taken for.
async fn published(ctx: &Ctx) -> Result<(i64, i64)> {
    let catalogue = catalogue(ctx).await?;
    let taken = catalogue.all.values().filter(|one| one.procedure.has_dossiers());
    let whole = |one: &&crate::procedure::InForce| {
        let procedure = &one.procedure;
        !procedure.papers.is_empty() && procedure.limit.is_some() && !procedure.legal.is_empty()
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok((count(taken.clone().filter(whole).count()), count(taken.count())))
}

fn address(month: NaiveDate) -> String {
    format!("/chat-luong-phuc-vu?thang={}", month.format("%Y-%m"))
}

/// The last six months, the newest first.
fn months(today: NaiveDate) -> Vec<(String, String)> {
    let first = bounds(today).0;
    let back = (0..6).filter_map(|n| first.checked_sub_months(Months::new(n)));
    back.map(|month| (address(month), format!("{:02}/{}", month.month(), month.year()))).collect()
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
        }
    }

    #[test]
    fn points_follow_the_observed_formulas() {
        assert_eq!(points(&indicator(20.0, 1.0), 38, 40), Some(19.0));
        assert_eq!(points(&indicator(6.0, 0.9), 9, 10), Some(6.0));
        assert_eq!(points(&indicator(6.0, 0.9), 10, 10), Some(6.0), "never more than there are");
        assert_eq!(points(&indicator(4.0, 0.8), 4, 10), Some(2.0));
        assert_eq!(points(&indicator(20.0, 1.0), 0, 0), None, "nothing to measure is not nought");
    }
}
