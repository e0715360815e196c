use crate::{Circle, Height, Named, Polygon, Text};

/// Where (section 3.2.4): all of its polygons, circles and codes together.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// `areaDesc`: in words.
    pub description: Text,
    /// `polygon`.
    pub polygons: Vec<Polygon>,
    /// `circle`.
    pub circles: Vec<Circle>,
    /// `geocode`: codes of other systems, as those of administrative units.
    pub geocodes: Vec<Named>,
    /// `altitude` and `ceiling`.
    pub height: Option<Height>,
}

impl Area {
    /// In words alone.
    pub fn new(description: Text) -> Area {
        Area { description, polygons: Vec::new(), circles: Vec::new(), geocodes: Vec::new(), height: None }
    }
}
