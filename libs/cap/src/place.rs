//! Where: points, polygons and circles in WGS 84 (sections 3.2.4 and 3.3.1), heights in feet.

use crate::Reason;
use std::fmt;

/// A decimal number: finite, and never minus nothing.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Number(f64);

/// Letters of the longest number: as many as the smallest one takes.
const DIGITS: usize = 400;

impl Number {
    /// # Errors
    /// [`Reason::Number`] for infinity and what is no number.
    pub fn new(value: f64) -> Result<Number, Reason> {
        if value.is_finite() { Ok(Number(value + 0.0)) } else { Err(Reason::Number) }
    }

    /// Digits with a point and a sign, nothing else: no exponents, no words.
    ///
    /// # Errors
    /// [`Reason::Number`] for anything else.
    pub fn parse(text: &str) -> Result<Number, Reason> {
        let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
        let plain =
            bare.bytes().all(|b| b.is_ascii_digit() || b == b'.') && bare.bytes().any(|b| b.is_ascii_digit());
        if !plain || text.len() > DIGITS {
            return Err(Reason::Number);
        }
        Number::new(text.parse().map_err(|_| Reason::Number)?)
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A point on the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    latitude: Number,
    longitude: Number,
}

impl Point {
    /// Degrees, north and east positive.
    ///
    /// # Errors
    /// [`Reason::Point`] beyond 90 or 180 degrees.
    pub fn new(latitude: f64, longitude: f64) -> Result<Point, Reason> {
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return Err(Reason::Point);
        }
        Ok(Point { latitude: Number::new(latitude)?, longitude: Number::new(longitude)? })
    }

    /// Of `22.401,104.002`.
    pub(crate) fn parse(text: &str) -> Result<Point, Reason> {
        let (latitude, longitude) = text.split_once(',').ok_or(Reason::Point)?;
        let number = |text: &str| Number::parse(text).map_err(|_| Reason::Point);
        Point::new(number(latitude)?.get(), number(longitude)?.get())
    }

    /// Degrees, north positive.
    pub fn latitude(self) -> f64 {
        self.latitude.get()
    }

    /// Degrees, east positive.
    pub fn longitude(self) -> f64 {
        self.longitude.get()
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.latitude, self.longitude)
    }
}

/// A closed line round an area: four points at least, the last is the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Polygon(Vec<Point>);

impl Polygon {
    /// # Errors
    /// [`Reason::Short`] for fewer than four points, [`Reason::Open`] when the last is not the first.
    pub fn new(points: Vec<Point>) -> Result<Polygon, Reason> {
        if points.len() < 4 {
            return Err(Reason::Short);
        }
        if points.first() != points.last() {
            return Err(Reason::Open);
        }
        Ok(Polygon(points))
    }

    pub(crate) fn parse(text: &str) -> Result<Polygon, Reason> {
        Polygon::new(text.split_ascii_whitespace().map(Point::parse).collect::<Result<_, _>>()?)
    }

    /// All points, the first again at the end.
    pub fn points(&self) -> &[Point] {
        &self.0
    }
}

impl fmt::Display for Polygon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let points: Vec<String> = self.0.iter().map(Point::to_string).collect();
        f.write_str(&points.join(" "))
    }
}

/// Everything around a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    centre: Point,
    radius: Number,
}

impl Circle {
    /// The radius is in kilometres.
    ///
    /// # Errors
    /// [`Reason::Circle`] for a radius below nothing or none at all.
    pub fn new(centre: Point, radius: f64) -> Result<Circle, Reason> {
        let radius = Number::new(radius).map_err(|_| Reason::Circle)?;
        if radius.get() < 0.0 { Err(Reason::Circle) } else { Ok(Circle { centre, radius }) }
    }

    /// Of `22.401,104.002 3.5`.
    pub(crate) fn parse(text: &str) -> Result<Circle, Reason> {
        let mut parts = text.split_ascii_whitespace();
        let (Some(centre), Some(radius), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Reason::Circle);
        };
        Circle::new(Point::parse(centre)?, Number::parse(radius).map_err(|_| Reason::Circle)?.get())
    }

    /// Its middle.
    pub fn centre(self) -> Point {
        self.centre
    }

    /// Kilometres.
    pub fn radius(self) -> f64 {
        self.radius.get()
    }
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.centre, self.radius)
    }
}

/// How high, in feet above mean sea level: `altitude` alone is that height, with `ceiling` it is the lower end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Height {
    /// Feet.
    pub altitude: Number,
    /// Feet, the upper end.
    pub ceiling: Option<Number>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_decimal() {
        for (text, value) in [("38.47", 38.47), ("-0", 0.0), ("+7", 7.0), (".5", 0.5), ("5.", 5.0)] {
            assert_eq!(Number::parse(text).map(Number::get), Ok(value), "{text}");
        }
        assert_eq!(Number::parse("-0").unwrap().to_string(), "0");
        for wrong in ["", "-", ".", "1e5", "inf", "NaN", "0x1", "1.2.3", "--1", "1,5", &"9".repeat(401)] {
            assert_eq!(Number::parse(wrong), Err(Reason::Number), "{wrong}");
        }
    }

    #[test]
    fn shapes_are_checked() {
        assert_eq!(Point::parse("90.1,0"), Err(Reason::Point));
        assert_eq!(Point::parse("104.0,22.4"), Err(Reason::Point), "longitude first");
        assert_eq!(Point::parse("22.4 104"), Err(Reason::Point));
        assert_eq!(Polygon::parse("1,1 1,2 1,1"), Err(Reason::Short));
        assert_eq!(Polygon::parse("1,1 1,2 2,2 2,1"), Err(Reason::Open));
        assert_eq!(Polygon::parse("1,1 1,2\n 2,2 1,1").unwrap().to_string(), "1,1 1,2 2,2 1,1");
        assert_eq!(Circle::parse("1,1"), Err(Reason::Circle));
        assert_eq!(Circle::parse("1,1 -1"), Err(Reason::Circle));
        assert_eq!(Circle::parse("1,1 0").unwrap().radius(), 0.0);
    }
}
