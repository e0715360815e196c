//! The map as GeoJSON (RFC 7946), the text of `data/demo/gia-phu.geojson`.

use super::{Cell, KM_PER_LAT, KM_PER_LON, MIDDLE, Place, Point, cells, points};
use crate::village::{Village, villages};

const NOTE_VI: &str =
    "Hình vẽ do máy tạo để minh hoạ. Không phải địa giới thật, không dùng để xác định ranh giới hay vị trí.";
const NOTE_EN: &str =
    "Geometry invented for a demonstration. Not the true boundary of any unit, not a true place.";

/// The map as text; the same on every run.
pub fn geojson() -> String {
    let villages = villages();
    let grounds = cells();
    let mut features: Vec<String> = grounds.iter().zip(&villages).map(|(cell, v)| ground(cell, v)).collect();
    features.extend(points().iter().map(point));
    format!(
        "{{\n\"type\": \"FeatureCollection\",\n\"name\": \"gia-phu-demo\",\n\"geometry_invented\": true,\n\
         \"note_vi\": \"{NOTE_VI}\",\n\"note_en\": \"{NOTE_EN}\",\n\"features\": [\n{}\n]\n}}\n",
        features.join(",\n")
    )
}

fn ground(cell: &Cell, village: &Village) -> String {
    let ring: Vec<String> = cell.ring.iter().map(|p| coordinates(*p)).collect();
    format!(
        "{{\"type\": \"Feature\", \"id\": \"{slug}\", \"properties\": {{\"kind\": \"village\", \"number\": {number}, \
         \"slug\": \"{slug}\", \"name\": \"{name}\", \"named_in_source\": {named}, \"area_km2\": {area:.2}, \
         \"geometry_invented\": true}}, \"geometry\": {{\"type\": \"Polygon\", \"coordinates\": [[{ring}]]}}}}",
        slug = village.slug,
        number = village.key.0,
        name = village.name,
        named = village.named_in_source,
        area = area_km2(&cell.ring),
        ring = ring.join(", "),
    )
}

fn point(point: &Point) -> String {
    format!(
        "{{\"type\": \"Feature\", \"id\": \"{slug}\", \"properties\": {{\"kind\": \"{kind}\", \"slug\": \"{slug}\", \
         \"name\": \"{name}\", \"village\": {village}, \"named_in_source\": {named}, \"geometry_invented\": true}}, \
         \"geometry\": {{\"type\": \"Point\", \"coordinates\": {place}}}}}",
        slug = point.slug,
        kind = point.kind,
        name = point.name,
        village = point.village.0,
        named = point.named_in_source,
        place = coordinates(point.place),
    )
}

fn coordinates(place: Place) -> String {
    let degrees = |micro: i64| format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
    format!("[{}, {}]", degrees(place.0), degrees(place.1))
}

/// Area of a ring of places, in square kilometres.
pub(super) fn area_km2(ring: &[Place]) -> f64 {
    let km =
        |p: &Place| ((p.0 as f64 / 1e6 - MIDDLE.0) * KM_PER_LON, (p.1 as f64 / 1e6 - MIDDLE.1) * KM_PER_LAT);
    super::voronoi::area(&ring.iter().map(km).collect::<Vec<_>>())
}
