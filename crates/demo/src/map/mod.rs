//! The map of the villages: invented cells inside an invented outline, so that a chart by village can be shown as a map
//! without claiming where a true boundary runs. Neighbours share every point of their common border.

mod geojson;
mod voronoi;

pub use geojson::geojson;

use crate::rng::Rng;
use crate::table::Table;
use crate::village::{Village, VillageKey, villages};
use std::collections::BTreeMap;

/// The article's natural area; the invented outline is scaled to it.
pub const AREA_KM2: f64 = 42.24;
/// Kilometres of one degree at 22.34 degrees north.
const KM_PER_LON: f64 = 103.01;
const KM_PER_LAT: f64 = 110.735;
const MIDDLE: (f64, f64) = (104.0605, 22.3380);
/// Borders bend; the invented map is not ruled with a ruler.
const ROUGHNESS: f64 = 0.16;
const SHORTEST_KM: f64 = 0.22;
/// The map is the same for every seed of the people.
const MAP_SEED: u64 = 42_24;

/// A place in millionths of a degree: longitude, latitude.
pub type Place = (i64, i64);

/// The ground of one village.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub village: VillageKey,
    /// Counter-clockwise; the last place equals the first.
    pub ring: Vec<Place>,
}

/// A point of interest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub kind: &'static str,
    pub slug: String,
    pub name: String,
    pub village: VillageKey,
    /// Whether a source names the thing; its place is invented in any case.
    pub named_in_source: bool,
    pub place: Place,
}

/// Kilometres east and north of the middle.
type Km = (f64, f64);

/// The ground of the 14 villages.
pub fn cells() -> Vec<Cell> {
    layout().0
}

/// All points of interest, the culture house of every village included.
pub fn points() -> Vec<Point> {
    let villages = villages();
    let table = Table::read(include_str!("../../../../data/demo/points.csv"));
    let listed = table.rows().map(|row| {
        let village = VillageKey(row.number("village"));
        Point {
            kind: row.text("kind"),
            slug: row.text("slug").to_owned(),
            name: row.text("name").to_owned(),
            village,
            named_in_source: row.text("named_in_source") == "yes",
            place: near(village, (row.number("east"), row.number("north"))),
        }
    });
    let houses = villages.iter().map(|village| Point {
        kind: "culture_house",
        slug: format!("nha-van-hoa-{}", village.slug),
        name: format!("Nhà văn hoá {}", with_prefix(village)),
        village: village.key,
        named_in_source: false,
        place: near(village.key, (0.0, 0.0)),
    });
    listed.chain(houses).collect()
}

/// "thôn Đông Căm", but "Thôn 07".
pub(crate) fn with_prefix(village: &Village) -> String {
    if village.name.starts_with("Thôn") {
        village.name.to_owned()
    } else {
        format!("thôn {}", village.name)
    }
}

/// A place some kilometres east and north of the seed of a village.
pub(crate) fn near(village: VillageKey, offset_km: Km) -> Place {
    let scale = *SCALE;
    let seeds = seeds();
    let seed = seeds[usize::from(village.0) - 1];
    to_place((seed.0 * scale + offset_km.0, seed.1 * scale + offset_km.1))
}

static SCALE: std::sync::LazyLock<f64> = std::sync::LazyLock::new(|| layout().1);

/// The cells, and by how much the plan was scaled to have the right area.
fn layout() -> (Vec<Cell>, f64) {
    let table = Table::read(include_str!("../../../../data/demo/outline.csv"));
    let outline: Vec<Km> = table.rows().map(|r| to_km(r.number("lon"), r.number("lat"))).collect();
    let mut corners = Corners::default();
    let rings: Vec<Vec<Km>> = voronoi::cells(&outline, &seeds())
        .iter()
        .map(|cell| {
            let ends: Vec<Km> = cell.iter().map(|corner| corners.shared(*corner)).collect();
            let border = |at: usize| bent(ends[at], ends[(at + 1) % ends.len()]);
            (0..ends.len()).flat_map(border).collect()
        })
        .collect();
    let area: f64 = rings.iter().map(|ring| voronoi::area(ring)).sum();
    let scale = (AREA_KM2 / area).sqrt();
    let cell = |(at, ring): (usize, &Vec<Km>)| {
        let mut ring: Vec<Place> = ring.iter().map(|p| to_place((p.0 * scale, p.1 * scale))).collect();
        ring.push(ring[0]);
        Cell { village: VillageKey(at as u8 + 1), ring }
    };
    (rings.iter().enumerate().map(cell).collect(), scale)
}

fn seeds() -> Vec<Km> {
    villages().iter().map(|v| to_km(parse(v.plan.lon), parse(v.plan.lat))).collect()
}

fn parse(degrees: &str) -> f64 {
    degrees.parse().expect("a number of degrees in data/demo/villages.csv")
}

fn to_km(lon: f64, lat: f64) -> Km {
    ((lon - MIDDLE.0) * KM_PER_LON, (lat - MIDDLE.1) * KM_PER_LAT)
}

fn to_place(p: Km) -> Place {
    let micro = |degrees: f64| (degrees * 1e6).round() as i64;
    (micro(MIDDLE.0 + p.0 / KM_PER_LON), micro(MIDDLE.1 + p.1 / KM_PER_LAT))
}

/// Corners of cells: what three cells compute each for itself becomes one point.
#[derive(Default)]
struct Corners(BTreeMap<(i64, i64), Km>);

impl Corners {
    fn shared(&mut self, corner: Km) -> Km {
        // Neighbouring squares of 1 cm too, so that a corner near the edge of a square is found.
        let square = ((corner.0 * 1e5).round() as i64, (corner.1 * 1e5).round() as i64);
        for east in -1..=1 {
            for north in -1..=1 {
                if let Some(known) = self.0.get(&(square.0 + east, square.1 + north)) {
                    return *known;
                }
            }
        }
        self.0.insert(square, corner);
        corner
    }
}

/// The bent border from one corner up to, but without, the next: the same points from either side.
fn bent(from: Km, to: Km) -> Vec<Km> {
    let forward = (from.0, from.1) < (to.0, to.1);
    let (a, b) = if forward { (from, to) } else { (to, from) };
    let topic = format!("{:.4} {:.4} {:.4} {:.4}", a.0, a.1, b.0, b.1);
    let mut line = vec![a];
    bend(a, b, &mut Rng::new(MAP_SEED, &topic), &mut line);
    line.push(b);
    if !forward {
        line.reverse();
    }
    line.pop();
    line
}

fn bend(a: Km, b: Km, rng: &mut Rng, line: &mut Vec<Km>) {
    let along = (b.0 - a.0, b.1 - a.1);
    if along.0.hypot(along.1) < SHORTEST_KM {
        return;
    }
    let shift = rng.range(-1000, 1000) as f64 / 1000.0 * ROUGHNESS;
    let middle = ((a.0 + b.0) / 2.0 - along.1 * shift, (a.1 + b.1) / 2.0 + along.0 * shift);
    bend(a, middle, rng, line);
    line.push(middle);
    bend(middle, b, rng, line);
}
