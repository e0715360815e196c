//! Charts drawn on the server as SVG: zero-based, labelled where the value stands, the table one tap away. Widths are
//! per cent and heights rem, so that the words keep their size on every screen and grow with large print.

mod bar;
mod line;
mod multiples;
mod share;

pub use bar::{Bar, BarChart};
pub use line::LineChart;
pub use multiples::{Multiple, SmallMultiples};
pub use share::{Part, Share};

use crate::{Html, icon};
use platform::T;
use std::fmt::Write;

/// A coordinate without needless decimals.
pub(crate) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The next "round" number at or above: 1, 2, 2.5 or 5 times a power of ten.
pub(crate) fn round_up(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(value.log10().floor());
    let found = [1.0, 2.0, 2.5, 5.0].into_iter().find(|step| value <= step * power * 1.000_001);
    found.unwrap_or(10.0) * power
}

/// What every chart has around it.
pub(crate) struct Frame<'a> {
    pub t: T,
    pub title: &'a str,
    pub note: &'a str,
    /// Head of the table, then its rows; every cell after the first is a number.
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Frame<'_> {
    pub fn around(&self, drawing: &str) -> Html {
        let title = Html::text(self.title);
        let mut out =
            format!("<figure class=\"chart\"><figcaption><span class=\"chart-title\">{title}</span>");
        if !self.note.is_empty() {
            let _ = write!(out, "<br><span class=\"chart-note\">{}</span>", Html::text(self.note));
        }
        out.push_str("</figcaption>");
        if self.rows.is_empty() {
            let _ = write!(out, "<p class=\"soft\">{}</p></figure>", Html::text(self.t.t("ui-chart-none")));
            return Html(out);
        }
        out.push_str(drawing);
        out.push_str(&self.table());
        out.push_str("</figure>");
        Html(out)
    }

    fn table(&self) -> String {
        let words = Html::text(self.t.t("ui-chart-table"));
        let title = Html::text(self.title);
        let mut out = format!(
            "<details class=\"chart-table\"><summary>{}{words}</summary><table class=\"table-plain\">\
             <caption class=\"visually-hidden\">{title}</caption><thead><tr>",
            icon("table")
        );
        for (place, head) in self.head.iter().enumerate() {
            let class = if place > 0 { " class=\"cell-number\"" } else { "" };
            let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", Html::text(head));
        }
        out.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            out.push_str("<tr>");
            for (place, cell) in row.iter().enumerate() {
                let cell = Html::text(cell);
                let _ = match place {
                    0 => write!(out, "<th scope=\"row\">{cell}</th>"),
                    _ => write!(out, "<td class=\"cell-number\">{cell}</td>"),
                };
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></details>");
        out
    }
}

/// A value as the chart writes it: number, then unit.
pub(crate) fn said(t: T, value: f64, places: usize, unit: &str) -> String {
    let number = t.decimal(value, places);
    match unit {
        "" => number,
        "%" => format!("{number}%"),
        unit => format!("{number} {unit}"),
    }
}
