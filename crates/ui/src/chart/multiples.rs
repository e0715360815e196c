use super::{Frame, said, short};
use crate::Html;
use askama::filters::HtmlSafe;
use platform::T;
use std::fmt::{self, Display, Write};

/// One small picture a village, all on one scale from zero, instead of one tangled chart.
#[derive(Debug, Clone)]
pub struct SmallMultiples {
    pub t: T,
    pub title: String,
    pub note: String,
    pub unit: String,
    pub places: usize,
    /// The moments of the values, for the table.
    pub moments: Vec<String>,
    pub multiples: Vec<Multiple>,
}

#[derive(Debug, Clone)]
pub struct Multiple {
    pub name: String,
    pub url: String,
    /// In order of time, one for each moment.
    pub values: Vec<f64>,
}

impl SmallMultiples {
    fn drawing(&self) -> String {
        let all = self.multiples.iter().flat_map(|one| one.values.iter().copied());
        let top = all.fold(f64::MIN_POSITIVE, f64::max);
        let mut out = String::from("<ul class=\"multiples\">");
        for one in &self.multiples {
            let last = one.values.last().copied().unwrap_or_default();
            let _ = write!(
                out,
                "<li class=\"multiple\"><a class=\"multiple-name\" href=\"{}\">{}</a>{}\
                 <span class=\"multiple-value\">{}</span></li>",
                Html::text(&one.url),
                Html::text(&one.name),
                picture(&one.values, top),
                Html::text(said(self.t, last, self.places, &self.unit))
            );
        }
        out.push_str("</ul>");
        out
    }
}

fn picture(values: &[f64], top: f64) -> String {
    let last = values.len().saturating_sub(1).max(1) as f64;
    let point = |(place, value): (usize, &f64)| {
        format!("{} {}", short(1.0 + 98.0 * place as f64 / last), short(38.0 - value / top * 36.0))
    };
    let line = values.iter().enumerate().map(point).collect::<Vec<_>>().join("L");
    format!(
        "<svg width=\"100%\" height=\"2.75rem\" viewBox=\"0 0 100 40\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <path class=\"under\" d=\"M1 38L{line}L99 38z\"/><path class=\"line\" d=\"M{line}\"/>\
         <path class=\"axis\" d=\"M0 39H100\" vector-effect=\"non-scaling-stroke\"/></svg>"
    )
}

impl Display for SmallMultiples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut head = vec![self.t.t("ui-map-village")];
        head.extend(self.moments.iter().cloned());
        let row = |one: &Multiple| {
            let values = one.values.iter().map(|value| said(self.t, *value, self.places, &self.unit));
            std::iter::once(one.name.clone()).chain(values).collect()
        };
        let rows = self.multiples.iter().map(row).collect();
        let frame = Frame { t: self.t, title: &self.title, note: &self.note, head, rows };
        f.write_str(&frame.around(&self.drawing()).0)
    }
}
impl HtmlSafe for SmallMultiples {}
