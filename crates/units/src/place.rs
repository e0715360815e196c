//! Where something is: a point, the square in which it lies, the village around it.

use crate::Unit;
use crate::drawing::{Ring, rings_of};
use platform::remember::remember;
use platform::{Ctx, Error, Result, Uuid};
use std::sync::Arc;

/// Side of a square in degrees: 55 metres northward, at least 51 eastward anywhere in Vietnam. A circle of 50 metres
/// around a point therefore lies in the nine squares around it.
const SIDE: f64 = 0.0005;
const ROW: i64 = 1_000_000;
const METRES_A_DEGREE: f64 = 111_320.0;

/// A place on the earth, in degrees of WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

impl Point {
    /// `None` for what is no place on the earth.
    pub fn new(lat: f64, lon: f64) -> Option<Point> {
        let fits = lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0;
        fits.then_some(Point { lat, lon })
    }

    /// What a form sent: both empty is no point.
    ///
    /// # Errors
    /// At the field `thon`, when it is no place.
    pub fn parse(lat: &str, lon: &str) -> Result<Option<Point>> {
        if lat.is_empty() && lon.is_empty() {
            return Ok(None);
        }
        let read = |text: &str| text.replace(',', ".").parse::<f64>().ok();
        let point = read(lat).zip(read(lon)).and_then(|(lat, lon)| Point::new(lat, lon));
        point.map(Some).ok_or_else(|| Error::field("thon", "place-wrong"))
    }

    fn index(self) -> (i64, i64) {
        let at = |degrees: f64, from: f64| ((degrees + from) / SIDE).floor() as i64;
        (at(self.lat, 90.0), at(self.lon, 180.0))
    }

    pub fn cell(self) -> i64 {
        let (row, column) = self.index();
        row * ROW + column
    }

    /// The nine squares in which anything within 50 metres lies.
    pub fn cells_around(self) -> Vec<i64> {
        let (row, column) = self.index();
        let around = [-1, 0, 1];
        around
            .iter()
            .flat_map(|up| around.iter().map(move |right| (row + up) * ROW + column + right))
            .collect()
    }

    /// On a plane: right to a centimetre over such distances.
    pub fn metres_to(self, other: Point) -> f64 {
        let north = (other.lat - self.lat) * METRES_A_DEGREE;
        let east = (other.lon - self.lon) * METRES_A_DEGREE * self.lat.to_radians().cos();
        north.hypot(east)
    }
}

/// Villages with their boundaries.
#[derive(Debug, Default)]
pub struct Ground {
    pub villages: Vec<(Unit, Vec<Ring>)>,
}

impl Ground {
    pub async fn load(ctx: &Ctx) -> Result<Arc<Ground>> {
        remember(ctx, "units.ground", String::new(), read(ctx)).await
    }

    /// True when boundaries are known: otherwise no point can be judged.
    pub fn known(&self) -> bool {
        self.villages.iter().any(|(_, rings)| !rings.is_empty())
    }

    /// The village around a point.
    pub fn village_at(&self, point: Point) -> Option<&Unit> {
        self.villages.iter().find(|(_, rings)| inside(rings, point)).map(|(unit, _)| unit)
    }

    pub fn find(&self, id: Uuid) -> Option<&Unit> {
        self.villages.iter().map(|(unit, _)| unit).find(|unit| unit.id == id)
    }

    pub fn name(&self, id: Option<Uuid>) -> String {
        id.and_then(|id| self.find(id)).map(|unit| unit.name.clone()).unwrap_or_default()
    }

    /// Pairs for a choice.
    pub fn options(&self) -> Vec<(String, String)> {
        let mut all: Vec<&Unit> = self.villages.iter().map(|(unit, _)| unit).collect();
        all.sort_by_key(|unit| vntext::sort_key(&unit.name));
        all.into_iter().map(|unit| (unit.id.to_string(), unit.name.clone())).collect()
    }
}

async fn read(ctx: &Ctx) -> Result<Ground> {
    let mut villages = Vec::new();
    for unit in crate::village_list(ctx, ctx.today()).await? {
        let rings = match crate::boundary(ctx, unit.id).await? {
            Some(text) => rings_of(&serde_json::from_str(&text)?),
            None => Vec::new(),
        };
        villages.push((unit, rings));
    }
    Ok(Ground { villages })
}

/// Even and odd: a ring inside another is a hole.
fn inside(rings: &[Ring], point: Point) -> bool {
    let mut within = false;
    for ring in rings {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let crosses = (a.1 > point.lat) != (b.1 > point.lat);
            if crosses && point.lon < (b.0 - a.0) * (point.lat - a.1) / (b.1 - a.1) + a.0 {
                within = !within;
            }
        }
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_lies_within_fifty_metres_is_in_the_nine_squares() {
        // The southernmost and the northernmost commune, and one in between.
        for lat in [8.6, 16.0, 22.2417, 23.38] {
            let here = Point::new(lat, 104.123_45).unwrap();
            for angle in 0..72 {
                let (north, east) =
                    (f64::from(angle * 5).to_radians().cos(), f64::from(angle * 5).to_radians().sin());
                let there = Point {
                    lat: here.lat + north * 49.9 / METRES_A_DEGREE,
                    lon: here.lon + east * 49.9 / (METRES_A_DEGREE * here.lat.to_radians().cos()),
                };
                assert!((here.metres_to(there) - 49.9).abs() < 0.1);
                assert!(here.cells_around().contains(&there.cell()), "{lat} {angle}");
            }
        }
    }

    #[test]
    fn what_is_no_place_is_told_at_its_field() {
        assert_eq!(Point::parse("", "").unwrap(), None);
        assert_eq!(Point::parse("22,2", "104.1").unwrap(), Point::new(22.2, 104.1));
        for (lat, lon) in [("91", "104"), ("22", "NaN"), ("22", ""), ("x", "y"), ("inf", "1")] {
            assert!(Point::parse(lat, lon).is_err(), "{lat} {lon}");
        }
    }

    #[test]
    fn a_hole_is_not_inside() {
        let square = |from: f64, to: f64| vec![(from, from), (to, from), (to, to), (from, to)];
        let rings = [square(0.0, 10.0), square(4.0, 6.0)];
        assert!(inside(&rings, Point { lat: 2.0, lon: 2.0 }));
        assert!(
            !inside(&rings, Point { lat: 5.0, lon: 5.0 }) && !inside(&rings, Point { lat: 11.0, lon: 5.0 })
        );
    }
}
