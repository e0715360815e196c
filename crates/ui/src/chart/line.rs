use super::{Frame, round_up, said, short};
use crate::Html;
use askama::filters::HtmlSafe;
use platform::T;
use std::fmt::{self, Display, Write};

/// One line over time, from zero, its first and last value said at the points; a second, dashed line to compare.
#[derive(Debug, Clone)]
pub struct LineChart {
    pub t: T,
    pub title: String,
    pub note: String,
    pub unit: String,
    pub places: usize,
    /// Label of the moment and value, in order of time.
    pub points: Vec<(String, f64)>,
    /// Name of the second line, and its values at the same moments.
    pub second: Option<(String, Vec<f64>)>,
}

const HEIGHT: f64 = 12.0; // rem of the plot
const TOP: f64 = 1.6; // rem above it, for a label at the top
const LABELS: usize = 4; // moments named below, at most

impl LineChart {
    pub fn new(
        t: T,
        title: impl Into<String>,
        unit: impl Into<String>,
        points: Vec<(String, f64)>,
    ) -> LineChart {
        let (title, unit) = (title.into(), unit.into());
        LineChart { t, title, note: String::new(), unit, places: 0, points, second: None }
    }

    fn top(&self) -> f64 {
        let second = self.second.iter().flat_map(|(_, values)| values.iter().copied());
        round_up(self.points.iter().map(|(_, value)| *value).chain(second).fold(0.0, f64::max))
    }

    /// Per cent from the left; the ends stay inside so that the dots are whole.
    fn x(&self, place: usize) -> f64 {
        let last = self.points.len().saturating_sub(1).max(1);
        1.5 + 97.0 * place as f64 / last as f64
    }

    fn path(&self, values: &[f64], top: f64) -> String {
        let point = |(place, value): (usize, &f64)| {
            format!("{} {}", short(self.x(place)), short(100.0 - value / top * 100.0))
        };
        format!("M{}", values.iter().enumerate().map(point).collect::<Vec<_>>().join("L"))
    }

    fn drawing(&self) -> String {
        let top = self.top();
        let total = short(TOP + HEIGHT + 1.6);
        let mut out = format!(
            "<svg width=\"100%\" height=\"{total}rem\" role=\"img\"><title>{}</title>",
            Html::text(&self.title)
        );
        for part in [0.0, 0.5, 1.0] {
            let y = short(TOP + HEIGHT * (1.0 - part));
            let class = if part == 0.0 { "axis" } else { "grid" };
            let _ = write!(out, "<line class=\"{class}\" x2=\"100%\" y1=\"{y}rem\" y2=\"{y}rem\"/>");
            let _ = write!(
                out,
                "<text class=\"axis-text\" y=\"{}rem\">{}</text>",
                short(TOP + HEIGHT * (1.0 - part) - 0.3),
                Html::text(said(self.t, top * part, if top < 5.0 { 1 } else { 0 }, &self.unit))
            );
        }
        let values: Vec<f64> = self.points.iter().map(|(_, value)| *value).collect();
        let line = self.path(&values, top);
        let _ = write!(
            out,
            "<svg y=\"{TOP}rem\" width=\"100%\" height=\"{HEIGHT}rem\" viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\">"
        );
        if let Some((_, values)) = &self.second {
            let _ = write!(out, "<path class=\"line line-second\" d=\"{}\"/>", self.path(values, top));
        }
        let _ = write!(out, "<path class=\"line\" d=\"{line}\"/></svg>");
        self.moments(&mut out);
        self.ends(&mut out, &values, top);
        out.push_str("</svg>");
        out
    }

    fn moments(&self, out: &mut String) {
        let last = self.points.len() - 1;
        let every = self.points.len().div_ceil(LABELS).max(1);
        let y = short(TOP + HEIGHT + 1.2);
        for (place, (label, _)) in self.points.iter().enumerate() {
            if place != last && (place % every != 0 || last - place < every) {
                continue;
            }
            let anchor = if place == 0 {
                "start"
            } else if place == last {
                "end"
            } else {
                "middle"
            };
            let x = if place == 0 {
                0.0
            } else if place == last {
                100.0
            } else {
                self.x(place)
            };
            let label = Html::text(label);
            let _ = write!(
                out,
                "<text class=\"axis-text\" x=\"{}%\" y=\"{y}rem\" text-anchor=\"{anchor}\">{label}</text>",
                short(x)
            );
        }
    }

    /// The last value of each line, said at its end; below the point where the other line is above.
    fn ends(&self, out: &mut String, values: &[f64], top: f64) {
        let second =
            self.second.as_ref().and_then(|(name, values)| values.last().map(|value| (name, *value)));
        let Some(value) = values.last().copied() else { return };
        let mut end = |value: f64, words: &str, above: bool, class: &str| {
            let y = TOP + HEIGHT * (1.0 - value / top);
            let text = if above { y - 0.7 } else { y + 1.35 };
            let x = short(self.x(values.len() - 1));
            let _ = write!(
                out,
                "<circle class=\"dot {class}\" cx=\"{x}%\" cy=\"{}rem\" r=\"4.5\"/>\
                 <text class=\"value\" x=\"100%\" y=\"{}rem\" text-anchor=\"end\">{}</text>",
                short(y),
                short(text),
                Html::text(words)
            );
        };
        let words = |value: f64| said(self.t, value, self.places, &self.unit);
        let above = second.is_none_or(|(_, other)| value >= other);
        end(value, &words(value), above, "");
        if let Some((name, other)) = second {
            end(other, &format!("{name} {}", words(other)), !above, "dot-second");
        }
    }
}

impl Display for LineChart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut head = vec![self.t.t("ui-chart-name"), self.t.t("ui-chart-value")];
        head.extend(self.second.as_ref().map(|(name, _)| name.clone()));
        let words = |value: f64| said(self.t, value, self.places, &self.unit);
        let row = |(place, (label, value)): (usize, &(String, f64))| {
            let mut row = vec![label.clone(), words(*value)];
            row.extend(
                self.second
                    .as_ref()
                    .map(|(_, values)| values.get(place).map_or(String::new(), |v| words(*v))),
            );
            row
        };
        let rows = self.points.iter().enumerate().map(row).collect();
        let drawing = if self.points.is_empty() { String::new() } else { self.drawing() };
        let frame = Frame { t: self.t, title: &self.title, note: &self.note, head, rows };
        f.write_str(&frame.around(&drawing).0)
    }
}
impl HtmlSafe for LineChart {}
