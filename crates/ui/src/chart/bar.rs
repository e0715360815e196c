use super::{Frame, said, short};
use crate::Html;
use askama::filters::HtmlSafe;
use platform::T;
use std::fmt::{self, Display, Write};

/// Lying bars from zero, each with its name above and its value at the end of the line.
#[derive(Debug, Clone)]
pub struct BarChart {
    pub t: T,
    pub title: String,
    /// What is counted, on which day.
    pub note: String,
    /// "%" or a word: "hộ".
    pub unit: String,
    pub places: usize,
    /// What a full line means (100 for per cent); the largest value when None.
    pub full: Option<f64>,
    /// A line that all should reach.
    pub target: Option<f64>,
    pub bars: Vec<Bar>,
}

#[derive(Debug, Clone, Default)]
pub struct Bar {
    pub label: String,
    pub value: f64,
    /// The rows behind the value.
    pub url: Option<String>,
    /// Drawn in clay: what needs somebody now.
    pub urgent: bool,
}

impl Bar {
    pub fn new(label: impl Into<String>, value: f64) -> Bar {
        Bar { label: label.into(), value, ..Bar::default() }
    }

    pub fn linked(mut self, url: impl Into<String>) -> Bar {
        self.url = Some(url.into());
        self
    }

    pub fn urgent(mut self) -> Bar {
        self.urgent = true;
        self
    }
}

const LINE: f64 = 2.7; // rem for one bar with its words

impl BarChart {
    pub fn new(t: T, title: impl Into<String>, unit: impl Into<String>, bars: Vec<Bar>) -> BarChart {
        let (title, unit) = (title.into(), unit.into());
        BarChart { t, title, note: String::new(), unit, places: 0, full: None, target: None, bars }
    }

    fn drawing(&self) -> String {
        let largest = self.bars.iter().map(|bar| bar.value).fold(self.target.unwrap_or(0.0), f64::max);
        let full = self.full.unwrap_or(largest).max(f64::MIN_POSITIVE);
        let height = LINE * self.bars.len() as f64;
        let mut out = format!("<svg width=\"100%\" height=\"{}rem\" role=\"group\">", short(height));
        let _ = write!(out, "<title>{}</title>", Html::text(&self.title));
        for (place, bar) in self.bars.iter().enumerate() {
            let top = LINE * place as f64;
            let width = (bar.value.max(0.0) / full * 100.0).min(100.0);
            let link = bar.url.as_ref().map(|url| format!("<a href=\"{}\">", Html::text(url)));
            if let Some(link) = &link {
                // The whole line is the link: a thumb does not aim at letters.
                let _ = write!(
                    out,
                    "{link}<rect y=\"{}rem\" width=\"100%\" height=\"{LINE}rem\" fill=\"none\" pointer-events=\"all\"/>",
                    short(top)
                );
            }
            let (words, line) = (short(top + 1.0), short(top + 1.42));
            let class = if bar.urgent { "bar bar-urgent" } else { "bar" };
            let _ = write!(
                out,
                "<text y=\"{words}rem\">{}</text><text class=\"value\" x=\"100%\" y=\"{words}rem\" text-anchor=\"end\">{}</text>\
                 <rect class=\"bed\" y=\"{line}rem\" width=\"100%\" height=\"0.62rem\" rx=\"3\"/>\
                 <rect class=\"{class}\" y=\"{line}rem\" width=\"{}%\" height=\"0.62rem\" rx=\"3\"/>",
                Html::text(&bar.label),
                Html::text(said(self.t, bar.value, self.places, &self.unit)),
                short(width),
            );
            if let Some(target) = self.target {
                let x = short((target / full * 100.0).min(100.0));
                let _ = write!(
                    out,
                    "<line class=\"target\" x1=\"{x}%\" x2=\"{x}%\" y1=\"{}rem\" y2=\"{}rem\"/>",
                    short(top + 1.25),
                    short(top + 2.2)
                );
            }
            if link.is_some() {
                out.push_str("</a>");
            }
        }
        out.push_str("</svg>");
        out
    }
}

impl Display for BarChart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = self.target.map(|value| said(self.t, value, self.places, &self.unit));
        let target = target.map(|value| self.t.s("ui-chart-target", "value", &value)).unwrap_or_default();
        let note = [self.note.as_str(), target.as_str()].into_iter().filter(|part| !part.is_empty());
        let note: Vec<&str> = note.collect();
        let row = |bar: &Bar| vec![bar.label.clone(), said(self.t, bar.value, self.places, &self.unit)];
        let frame = Frame {
            t: self.t,
            title: &self.title,
            note: &note.join(" · "),
            head: vec![self.t.t("ui-chart-name"), self.t.t("ui-chart-value")],
            rows: self.bars.iter().map(row).collect(),
        };
        f.write_str(&frame.around(&self.drawing()).0)
    }
}
impl HtmlSafe for BarChart {}
