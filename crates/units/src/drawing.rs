//! The map of the villages as a quiet ground with something on it: pins, squares of a heat map, a place to tap.

use crate::place::{Ground, Point};
use askama::filters::HtmlSafe;
use platform::T;
use std::fmt::{self, Display, Write};
use ui::Html;

pub type Ring = Vec<(f64, f64)>;

const WIDTH: f64 = 360.0; // one unit is one pixel of a narrow phone
const TALLEST: f64 = 1.2; // of the width
const MARGIN: f64 = 6.0;

/// The rings of a GeoJSON geometry, longitude first.
pub fn rings_of(geometry: &serde_json::Value) -> Vec<Ring> {
    let point = |value: &serde_json::Value| Some((value[0].as_f64()?, value[1].as_f64()?));
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let ring = |value: &serde_json::Value| list(value).iter().filter_map(point).collect::<Ring>();
    let coordinates = &geometry["coordinates"];
    let rings: Vec<Ring> = match geometry["type"].as_str() {
        Some("Polygon") => list(coordinates).iter().map(ring).collect(),
        Some("MultiPolygon") => list(coordinates).iter().flat_map(list).map(|one| ring(&one)).collect(),
        _ => Vec::new(),
    };
    rings.into_iter().filter(|ring| ring.len() > 2).collect()
}

/// Something on the map.
#[derive(Debug, Clone)]
pub struct Pin {
    pub at: Point,
    pub url: String,
    pub name: String,
    /// The class of its colour: `late`, `open`, `done`, …
    pub look: &'static str,
    /// An icon that says what it is; without one it is a small round.
    pub sign: &'static str,
}

/// How many things a square of the heat map has.
#[derive(Debug, Clone)]
pub struct Square {
    /// Its south-western corner, and its side in degrees.
    pub corner: Point,
    pub side: f64,
    pub count: i64,
}

/// A drawn map; print it in a template with `{{ map }}`.
#[derive(Debug, Clone)]
pub struct Drawing {
    t: T,
    title: String,
    shapes: Vec<(String, Vec<Ring>)>,
    west: f64,
    north: f64,
    /// Units a degree: eastward and southward.
    across: f64,
    down: f64,
    height: f64,
    pub pins: Vec<Pin>,
    pub squares: Vec<Square>,
    /// The id by which a script finds it, to set a place.
    pub tapped: bool,
}

impl Drawing {
    /// `None` where no boundary is known: there is nothing to draw on.
    pub fn of(t: T, ground: &Ground, title: String) -> Option<Drawing> {
        let points = || ground.villages.iter().flat_map(|(_, rings)| rings.iter().flatten());
        points().next()?;
        let (west, east) = points().fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p.0), b.max(p.0)));
        let (south, north) = points().fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p.1), b.max(p.1)));
        let squeeze = ((south + north) / 2.0).to_radians().cos();
        let (wide, tall) = (((east - west) * squeeze).max(1e-9), (north - south).max(1e-9));
        let down = ((WIDTH - 2.0 * MARGIN) / wide).min(WIDTH * TALLEST / tall);
        let left = (WIDTH - wide * down) / 2.0;
        let across = down * squeeze;
        Some(Drawing {
            t,
            title,
            shapes: ground
                .villages
                .iter()
                .map(|(unit, rings)| (unit.short_name().to_owned(), rings.clone()))
                .collect(),
            west: west - left / across,
            north: north + MARGIN / down,
            across,
            down,
            height: tall * down + 2.0 * MARGIN,
            pins: Vec::new(),
            squares: Vec::new(),
            tapped: false,
        })
    }

    fn xy(&self, lat: f64, lon: f64) -> (f64, f64) {
        ((lon - self.west) * self.across, (self.north - lat) * self.down)
    }

    fn ground(&self, out: &mut String) {
        for (name, rings) in &self.shapes {
            let path: String = rings
                .iter()
                .map(|ring| {
                    let point = |p: &(f64, f64)| {
                        let (x, y) = self.xy(p.1, p.0);
                        format!("{x:.1} {y:.1}")
                    };
                    format!("M{}z", ring.iter().map(point).collect::<Vec<_>>().join("L"))
                })
                .collect();
            let _ = write!(
                out,
                "<path class=\"place-village\" d=\"{path}\"><title>{}</title></path>",
                Html::text(name)
            );
        }
    }

    fn names(&self, out: &mut String) {
        for (name, rings) in &self.shapes {
            let Some(ring) = rings.iter().max_by_key(|ring| ring.len()) else { continue };
            let count = ring.len() as f64;
            let (lon, lat) =
                ring.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0 / count, sum.1 + p.1 / count));
            let (x, y) = self.xy(lat, lon);
            let _ = write!(
                out,
                "<text class=\"place-name\" x=\"{x:.1}\" y=\"{y:.1}\" aria-hidden=\"true\">{}</text>",
                Html::text(name)
            );
        }
    }

    fn heat(&self, out: &mut String) {
        let most = self.squares.iter().map(|square| square.count).max().unwrap_or(1);
        for square in &self.squares {
            let (x, y) = self.xy(square.corner.lat + square.side, square.corner.lon);
            let class = (square.count * 5 + most - 1) / most;
            let _ = write!(
                out,
                "<rect class=\"place-heat class-{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\"><title>{}</title></rect>",
                square.side * self.across,
                square.side * self.down,
                square.count
            );
        }
    }
}

impl Drawing {
    /// The button that brings the large map (`web/src/bigmap.ts`); it reads this drawing, and shows itself where there is a script.
    fn large(&self, out: &mut String) {
        let files = [("script", "map.js"), ("sheet", "map-sheet.css"), ("worker", "map-worker.js")];
        let words = ["close", "in", "out", "me", "lost", "shut", "tap", "failed"];
        out.push_str("<p class=\"no-print\"><button class=\"button button-plain button-small\" type=\"button\" data-map-open hidden");
        for (name, file) in files {
            let _ = write!(out, " data-{name}=\"{}\"", ui::asset(file));
        }
        for word in words {
            let said = self.t.t(&format!("units-map-{word}"));
            let _ = write!(out, " data-text-{word}=\"{}\"", Html::text(said));
        }
        let _ = write!(
            out,
            ">{}<span>{}</span></button></p><script src=\"{}\" defer></script>",
            ui::icon("maximize"),
            Html::text(self.t.t("units-map-open")),
            ui::asset("bigmap.js")
        );
    }
}

impl Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        let role = if self.pins.is_empty() { "img" } else { "group" };
        let _ = write!(
            out,
            "<svg class=\"place-map{}\" viewBox=\"0 0 {WIDTH} {:.0}\" role=\"{role}\" aria-label=\"{}\" data-west=\"{}\" \
             data-north=\"{}\" data-across=\"{}\" data-down=\"{}\"{}>",
            if self.tapped { " place-tapped" } else { "" },
            self.height,
            Html::text(&self.title),
            self.west,
            self.north,
            self.across,
            self.down,
            if self.tapped { " data-place-map" } else { "" },
        );
        self.ground(&mut out);
        self.heat(&mut out);
        self.names(&mut out);
        for pin in &self.pins {
            let (x, y) = self.xy(pin.at.lat, pin.at.lon);
            let (name, url) = (Html::text(&pin.name), Html::text(&pin.url));
            let radius = if pin.sign.is_empty() { 6 } else { 9 };
            let _ = write!(
                out,
                "<a href=\"{url}\" aria-label=\"{name}\"><title>{name}</title><circle class=\"place-pin place-{}\" cx=\"{x:.1}\" cy=\"{y:.1}\" \
                 r=\"{radius}\"/>{}</a>",
                pin.look,
                sign(pin.sign, x, y)
            );
        }
        if self.tapped {
            out.push_str("<circle class=\"place-pin place-here\" r=\"7\" cx=\"-20\" cy=\"-20\" data-place-pin></circle>");
        }
        out.push_str("</svg>");
        self.large(&mut out);
        f.write_str(&out)
    }
}
impl HtmlSafe for Drawing {}

/// The icon in the middle of a pin.
fn sign(name: &str, x: f64, y: f64) -> String {
    if name.is_empty() {
        return String::new();
    }
    let sprite = ui::asset("icons.svg");
    format!(
        "<svg class=\"place-sign\" x=\"{:.1}\" y=\"{:.1}\" width=\"11\" height=\"11\" aria-hidden=\"true\"><use href=\"{sprite}#{name}\"/></svg>",
        x - 5.5,
        y - 5.5
    )
}
