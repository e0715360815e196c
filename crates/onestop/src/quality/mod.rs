//! The service-quality index of Decision 766, as far as the rows here can tell it: a public table for each month. What
//! nothing here knows is named with its reason, never guessed; an index of part of the points is no index of the whole.

mod report;
mod store;

pub use report::month;
pub(crate) use report::{Report, report};
pub use store::Month;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use chrono::{Datelike, Months, NaiveDate};
use platform::http::html;
use platform::{Ctx, Error, Result};
use report::bounds;
use std::collections::HashMap;
use ui::Shell;

struct Line {
    name: String,
    /// "38 / 40", or that nothing here knows it.
    counted: String,
    why: String,
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

/// The month that is asked for as "2026-03"; this one if nothing is.
///
/// # Errors
/// Not found for what is still to come.
pub(crate) fn asked(ctx: &Ctx, text: Option<&str>) -> Result<NaiveDate> {
    let asked = text.and_then(|text| format!("{text}-01").parse::<NaiveDate>().ok());
    let asked = asked.unwrap_or_else(|| ctx.today());
    if asked > ctx.today() { Err(Error::not_found()) } else { Ok(asked) }
}

pub(crate) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let asked = asked(&ctx, query.get("thang").map(String::as_str))?;
    let report = report(&ctx, asked).await?;
    let t = ctx.t();
    let decimal = |value: f64| vntext::decimal(value, 2, crate::form::view::lang(t));
    let line = |one: &report::Line| Line {
        name: one.name.of(ctx.lang).to_owned(),
        counted: match one.counted {
            Some(share) if share.whole == 0 && one.full_when_none => t.t("onestop-quality-none"),
            Some(share) if share.whole == 0 => t.t("onestop-quality-nothing"),
            Some(share) => format!("{} / {}", share.part, share.whole),
            None => t.t("onestop-quality-unknown"),
        },
        why: match (&one.why, one.counted) {
            (Some(why), None) => why.of(ctx.lang).to_owned(),
            _ => String::new(),
        },
        points: one.points.map_or_else(|| "–".to_owned(), decimal),
        of: decimal(one.most),
    };
    let parts = report.parts.iter().map(|part| Part {
        name: part.name.of(ctx.lang).to_owned(),
        of: decimal(part.most),
        lines: part.lines.iter().map(line).collect(),
    });
    let page = QualityPage {
        month: format!("{:02}/{}", asked.month(), asked.year()),
        parts: parts.collect(),
        total: decimal(report.total),
        measured: decimal(report.measured),
        months: months(ctx.today()),
        here: address(asked),
        shell: Shell::public(&ctx, "onestop-quality").await?,
    };
    Ok(html(ui::render(&page)?))
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
