mod alerts;
mod damage;
mod hostile;
mod judged;
mod roundtrip;
mod signed;
mod vectors;
mod wrapped;

use chrono::{DateTime, Utc};

/// Invented warnings in the structure of the examples of Appendix A: a news bulletin of an agency, a forecast with a
/// polygon, a measured earthquake with a circle, a search with a resource and two languages.
pub const BULLETIN: &str = include_str!("../data/bulletin.xml");
pub const STORM: &str = include_str!("../data/storm.xml");
pub const QUAKE: &str = include_str!("../data/quake.xml");
pub const MISSING: &str = include_str!("../data/missing.xml");

pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// What is refused, shown with its place.
pub fn fault(xml: &str) -> String {
    cap::Alert::parse(xml.as_bytes()).unwrap_err().to_string()
}
