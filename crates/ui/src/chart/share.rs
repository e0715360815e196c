use super::{Frame, said, short};
use crate::Html;
use askama::filters::HtmlSafe;
use platform::T;
use std::fmt::{self, Display, Write};

/// The parts of a whole as one bar; at most five parts, the last may be "khác".
#[derive(Debug, Clone)]
pub struct Share {
    pub t: T,
    pub title: String,
    pub note: String,
    pub unit: String,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub struct Part {
    pub label: String,
    pub value: f64,
}

impl Part {
    pub fn new(label: impl Into<String>, value: f64) -> Part {
        Part { label: label.into(), value }
    }
}

const WORDY: f64 = 12.0; // per cent: a part as wide as this holds its share in digits

impl Share {
    fn whole(&self) -> f64 {
        self.parts.iter().map(|part| part.value).sum::<f64>().max(f64::MIN_POSITIVE)
    }

    fn percent(&self, part: &Part) -> String {
        format!("{}%", self.t.decimal(part.value / self.whole() * 100.0, 1))
    }

    fn drawing(&self) -> String {
        let mut out = format!(
            "<svg width=\"100%\" height=\"2.6rem\" role=\"img\"><title>{}</title>",
            Html::text(&self.title)
        );
        let mut from = 0.0;
        for (place, part) in self.parts.iter().enumerate() {
            let width = part.value / self.whole() * 100.0;
            let shade = (place + 1).min(5);
            let _ = write!(
                out,
                "<rect class=\"part part-{shade}\" x=\"{}%\" width=\"{}%\" height=\"2.6rem\"/>",
                short(from),
                short(width)
            );
            if width >= WORDY {
                let _ = write!(
                    out,
                    "<text class=\"value on-part-{shade}\" x=\"{}%\" y=\"1.65rem\" text-anchor=\"middle\">{}</text>",
                    short(from + width / 2.0),
                    Html::text(self.percent(part))
                );
            }
            from += width;
        }
        out.push_str("</svg><ul class=\"share-parts\">");
        for (place, part) in self.parts.iter().enumerate() {
            let _ = write!(
                out,
                "<li><svg class=\"swatch\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"part-{}\" width=\"10\" \
                 height=\"10\"/></svg><span>{}</span><span class=\"value\">{}</span></li>",
                (place + 1).min(5),
                Html::text(&part.label),
                Html::text(said(self.t, part.value, 0, &self.unit))
            );
        }
        out.push_str("</ul>");
        out
    }
}

impl Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |part: &Part| {
            vec![part.label.clone(), said(self.t, part.value, 0, &self.unit), self.percent(part)]
        };
        let frame = Frame {
            t: self.t,
            title: &self.title,
            note: &self.note,
            head: ["ui-chart-name", "ui-chart-value", "ui-chart-share"].map(|key| self.t.t(key)).to_vec(),
            rows: self.parts.iter().map(row).collect(),
        };
        f.write_str(&frame.around(&self.drawing()).0)
    }
}
impl HtmlSafe for Share {}
