//! The map of villages as SVG: a quiet base, one measure at a time in five classes, a link and a title per village.

use crate::chart::{Frame, said, short};
use crate::{Html, chart};
use askama::filters::HtmlSafe;
use platform::{Error, Result, T};
use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

/// A drawn map. Make it with [`VillageMap::new`]; print it in a template with `{{ map }}`.
#[derive(Debug, Clone)]
pub struct VillageMap {
    pub t: T,
    /// The measure in words: "Hộ có cáp quang".
    pub title: String,
    pub note: String,
    pub unit: String,
    pub places: usize,
    shapes: Vec<Shape>,
}

#[derive(Debug, Clone)]
struct Shape {
    id: String,
    name: String,
    url: String,
    value: Option<f64>,
    /// Rings in the drawing's units; empty for a village that is only a point.
    rings: Vec<Vec<(f64, f64)>>,
    /// Where the label stands.
    middle: (f64, f64),
}

const WIDTH: f64 = 360.0; // one unit is one pixel of a narrow phone
const LETTER: f64 = 5.9; // mean width of a letter of a label there
const CLASSES: usize = 5;
const TALLEST: f64 = 1.4; // of the width

impl VillageMap {
    /// Draws a GeoJSON FeatureCollection of Polygon, MultiPolygon or Point features (WGS 84, longitude first), whose
    /// properties have `id` and `name`. `values` are by id; a village without value stays grey. `url` gives the
    /// address behind a village. Not GeoJSON: an internal error, since the file is ours.
    pub fn new(
        t: T,
        title: impl Into<String>,
        unit: impl Into<String>,
        geojson: &str,
        values: &BTreeMap<String, f64>,
        url: impl Fn(&str) -> String,
    ) -> Result<VillageMap> {
        let file: serde_json::Value = serde_json::from_str(geojson).map_err(Error::internal)?;
        let features =
            file["features"].as_array().ok_or_else(|| Error::internal("no features in the map"))?;
        let mut shapes: Vec<Shape> = Vec::new();
        for feature in features {
            let word = |name: &str| feature["properties"][name].as_str().unwrap_or_default().to_owned();
            let rings = rings_of(&feature["geometry"]);
            if rings.is_empty() {
                continue;
            }
            let id = word("id");
            let value = values.get(&id).copied().filter(|value| value.is_finite());
            shapes.push(Shape { url: url(&id), name: word("name"), value, rings, middle: (0.0, 0.0), id });
        }
        project(&mut shapes);
        Ok(VillageMap { t, title: title.into(), note: String::new(), unit: unit.into(), places: 0, shapes })
    }

    /// Lower bounds of the classes, round numbers, and the step between them.
    fn classes(&self) -> (f64, f64) {
        let values = || self.shapes.iter().filter_map(|shape| shape.value);
        let (least, most) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
        if least > most {
            return (0.0, 1.0);
        }
        let mut step =
            chart::round_up((most - least).max(10f64.powi(-(self.places as i32))) / CLASSES as f64);
        let mut from = (least / step).floor() * step;
        while from + step * CLASSES as f64 <= most {
            step = chart::round_up(step * 1.01);
            from = (least / step).floor() * step;
        }
        (from, step)
    }

    fn class_of(&self, value: Option<f64>) -> usize {
        let (from, step) = self.classes();
        value.map_or(0, |value| (((value - from) / step).floor().max(0.0) as usize + 1).min(CLASSES))
    }

    fn said(&self, value: Option<f64>) -> String {
        value.map_or_else(|| self.t.t("ui-map-none"), |value| said(self.t, value, self.places, &self.unit))
    }

    fn drawing(&self) -> String {
        let height =
            self.shapes.iter().flat_map(|s| s.rings.iter().flatten()).map(|p| p.1).fold(0.0, f64::max) + 8.0;
        let mut out = format!(
            "<svg class=\"map-drawing\" viewBox=\"0 0 {WIDTH} {}\" role=\"group\" aria-label=\"{}\">",
            short(height),
            Html::text(&self.title)
        );
        for shape in &self.shapes {
            let class = match self.class_of(shape.value) {
                0 => "class-none".to_owned(),
                class => format!("class-{class}"),
            };
            let words = Html::text(format!("{}: {}", shape.name, self.said(shape.value)));
            let _ = write!(
                out,
                "<a href=\"{}\" aria-label=\"{words}\"><title>{words}</title>",
                Html::text(&shape.url)
            );
            let _ = match shape.is_point() {
                true => {
                    let (x, y) = shape.middle;
                    write!(
                        out,
                        "<circle class=\"map-point map-shape {class}\" cx=\"{}\" cy=\"{}\" r=\"7\"/>",
                        short(x),
                        short(y)
                    )
                }
                false => write!(out, "<path class=\"map-shape {class}\" d=\"{}\"/>", path(&shape.rings)),
            };
            out.push_str("</a>");
        }
        self.labels(&mut out, height);
        out.push_str("</svg>");
        out.push_str(&self.scale());
        out
    }

    /// Names where they fit: in the middle, else a little up or down, else beside; never over one another.
    fn labels(&self, out: &mut String, height: f64) {
        let mut taken: Vec<[f64; 4]> = Vec::new();
        let mut order: Vec<&Shape> = self.shapes.iter().collect();
        order.sort_by(|a, b| b.area().total_cmp(&a.area()));
        for shape in order {
            let wide = shape.name.chars().count() as f64 * LETTER;
            let (x, y) = shape.middle;
            let tries: &[(f64, f64)] = match shape.is_point() {
                true => &[(0.0, 20.0), (0.0, -11.0), (1.0, 4.0), (-1.0, 4.0)],
                false => &[
                    (0.0, 0.0),
                    (0.0, -9.0),
                    (0.0, 13.0),
                    (0.0, -18.0),
                    (0.0, 24.0),
                    (0.3, 0.0),
                    (-0.3, 0.0),
                ],
            };
            let place = tries.iter().find_map(|(right, down)| {
                let shift = if shape.is_point() { right * (wide / 2.0 + 11.0) } else { right * wide };
                let middle = (x + shift).clamp(wide / 2.0 + 1.0, WIDTH - wide / 2.0 - 1.0);
                let bottom = (y + down).clamp(12.0, height - 14.0);
                let spot = [middle - wide / 2.0, bottom - 10.0, middle + wide / 2.0, bottom + 14.0];
                let free = taken
                    .iter()
                    .all(|o| spot[2] < o[0] || o[2] < spot[0] || spot[3] < o[1] || o[3] < spot[1]);
                free.then_some((middle, bottom, spot))
            });
            let Some((middle, bottom, spot)) = place else { continue };
            taken.push(spot);
            let inside = !shape.is_point() && wide < shape.width() * 0.92;
            let class = match (inside, self.class_of(shape.value)) {
                (false, _) => " map-label-out",
                (true, 4 | 5) => " map-label-high",
                (true, _) => "",
            };
            let value =
                shape.value.map(|value| said(self.t, value, self.places, &self.unit)).unwrap_or_default();
            let _ = write!(
                out,
                "<text class=\"map-label{class}\" x=\"{x}\" y=\"{}\" aria-hidden=\"true\">{}<tspan class=\"map-value\" \
                 x=\"{x}\" dy=\"1.15em\">{}</tspan></text>",
                short(bottom),
                Html::text(&shape.name),
                Html::text(value),
                x = short(middle),
            );
        }
    }

    fn scale(&self) -> String {
        let (from, step) = self.classes();
        let mut used: Vec<usize> = self.shapes.iter().map(|shape| self.class_of(shape.value)).collect();
        used.sort_unstable();
        used.dedup();
        let mut out = String::from("<ul class=\"map-scale\">");
        for class in used {
            let (name, words) = match class {
                0 => ("none".to_owned(), self.t.t("ui-map-none")),
                class => {
                    let low = from + step * (class - 1) as f64;
                    let least = self.t.decimal(low, self.places);
                    (
                        class.to_string(),
                        format!("{least} – {}", said(self.t, low + step, self.places, &self.unit)),
                    )
                }
            };
            let _ = write!(
                out,
                "<li><svg viewBox=\"0 0 24 16\" aria-hidden=\"true\"><rect class=\"class-{name}\" width=\"24\" height=\"16\"/>\
                 </svg>{}</li>",
                Html::text(words)
            );
        }
        out.push_str("</ul>");
        out
    }
}

impl Shape {
    fn is_point(&self) -> bool {
        self.rings.iter().all(|ring| ring.len() == 1)
    }

    fn width(&self) -> f64 {
        let xs = || self.rings.iter().flatten().map(|point| point.0);
        xs().fold(f64::MIN, f64::max) - xs().fold(f64::MAX, f64::min)
    }

    fn area(&self) -> f64 {
        self.rings.iter().map(|ring| centre(ring).1.abs()).fold(0.0, f64::max)
    }
}

fn rings_of(geometry: &serde_json::Value) -> Vec<Vec<(f64, f64)>> {
    let point = |value: &serde_json::Value| Some((value[0].as_f64()?, value[1].as_f64()?));
    let ring = |value: &serde_json::Value| {
        value.as_array().map(|list| list.iter().filter_map(point).collect::<Vec<_>>())
    };
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let coordinates = &geometry["coordinates"];
    let rings: Vec<Vec<(f64, f64)>> = match geometry["type"].as_str() {
        Some("Point") => point(coordinates).map(|one| vec![one]).into_iter().collect(),
        Some("Polygon") => list(coordinates).iter().filter_map(ring).collect(),
        Some("MultiPolygon") => {
            list(coordinates).iter().flat_map(list).collect::<Vec<_>>().iter().filter_map(ring).collect()
        }
        _ => Vec::new(),
    };
    rings.into_iter().filter(|ring| !ring.is_empty()).collect()
}

/// Degrees to the drawing: a degree of longitude is shorter by the cosine of the latitude; north is up.
fn project(shapes: &mut [Shape]) {
    let points = || shapes.iter().flat_map(|shape| shape.rings.iter().flatten());
    let (west, east) = points().fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p.0), b.max(p.0)));
    let (south, north) = points().fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p.1), b.max(p.1)));
    let squeeze = ((south + north) / 2.0).to_radians().cos();
    let (wide, tall) = (((east - west) * squeeze).max(1e-9), (north - south).max(1e-9));
    let margin = if shapes.iter().any(Shape::is_point) { 24.0 } else { 4.0 };
    let scale = ((WIDTH - 2.0 * margin) / wide).min(WIDTH * TALLEST / tall);
    let left = (WIDTH - wide * scale) / 2.0;
    for shape in shapes {
        for point in shape.rings.iter_mut().flatten() {
            *point = (left + (point.0 - west) * squeeze * scale, margin + (north - point.1) * scale);
        }
        let largest = shape.rings.iter().max_by(|a, b| centre(a).1.abs().total_cmp(&centre(b).1.abs()));
        shape.middle = largest.map(|ring| centre(ring).0).unwrap_or_default();
    }
}

/// Centre of gravity and signed area of a ring.
fn centre(ring: &[(f64, f64)]) -> ((f64, f64), f64) {
    let (mut x, mut y, mut double) = (0.0, 0.0, 0.0);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let cross = a.0 * b.1 - b.0 * a.1;
        x += (a.0 + b.0) * cross;
        y += (a.1 + b.1) * cross;
        double += cross;
    }
    if double.abs() < 1e-12 {
        return (ring[0], 0.0);
    }
    ((x / (3.0 * double), y / (3.0 * double)), double / 2.0)
}

fn path(rings: &[Vec<(f64, f64)>]) -> String {
    let point = |p: &(f64, f64)| format!("{:.1} {:.1}", p.0, p.1);
    rings.iter().map(|ring| format!("M{}z", ring.iter().map(point).collect::<Vec<_>>().join("L"))).collect()
}

impl Display for VillageMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shapes: Vec<&Shape> = self.shapes.iter().collect();
        let value = |shape: &Shape| shape.value.unwrap_or(f64::MIN);
        shapes.sort_by(|a, b| value(b).total_cmp(&value(a)).then_with(|| a.id.cmp(&b.id)));
        let frame = Frame {
            t: self.t,
            title: &self.title,
            note: &self.note,
            head: vec![self.t.t("ui-map-village"), self.t.t("ui-chart-value")],
            rows: shapes.iter().map(|shape| vec![shape.name.clone(), self.said(shape.value)]).collect(),
        };
        let html = frame.around(&format!("<div class=\"map\">{}</div>", self.drawing()));
        f.write_str(&html.0)
    }
}
impl HtmlSafe for VillageMap {}
