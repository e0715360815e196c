//! What an area says about its figures.

use futures_util::future::BoxFuture;
use platform::{App, Ctx, Error, Result, Uuid};
use std::borrow::Cow;

/// The figures of one area. Offer it with `Area::offer`.
pub struct FigureSet {
    /// `registry`
    pub area: &'static str,
    pub bases: Vec<Base>,
    pub figures: Vec<Figure>,
}

/// Rows that figures are counted from: a derived table for the place after FROM, with the columns `id` (the row to which
/// a figure opens), `unit_id` (the village, or NULL for the whole commune) and those that the predicates name.
pub struct Base {
    /// `registry.person`
    pub name: &'static str,
    /// As of a day: `$1` is the commune, `$2` the day.
    pub on: Cow<'static, str>,
    /// The same for today from current tables, where that is quicker; only `$1`.
    pub now: Option<&'static str>,
    /// Names the rows for the reader; none when the rows are nobody's to open.
    pub show: Option<Show>,
}

/// Says what rows are. The area decides what of them this reader sees, and records the look where personal data are.
pub type Show = for<'a> fn(&'a Ctx, &'a [Uuid]) -> BoxFuture<'a, Result<Vec<Shown>>>;

/// A row behind a figure.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Shown {
    pub id: Uuid,
    pub title: String,
    pub subtitle: String,
    pub url: String,
}

/// How a figure comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rows of the base for which `only` holds.
    Count { base: &'static str, only: &'static str },
    /// Different values of a column among them.
    Distinct { base: &'static str, column: &'static str, only: &'static str },
    /// Those of `whole` for which `part` holds too.
    Share { base: &'static str, whole: &'static str, part: &'static str },
    /// 1 when there is such a row, else 0.
    Exists { base: &'static str, only: &'static str },
    /// The least value of a column among them: the first day (unit `date`) or year (unit `year`).
    First { base: &'static str, column: &'static str, only: &'static str },
    /// A dated fact of the commune.
    Attribute { fact: &'static str },
    /// One figure over another.
    Ratio { over: &'static str, under: &'static str },
    /// One figure less another.
    Difference { from: &'static str, less: &'static str },
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Counted from rows.
    Rows,
    /// A dated fact of the commune, such as its area.
    Attribute,
    /// Entered with evidence.
    Declared,
}

impl Basis {
    pub fn code(self) -> &'static str {
        match self {
            Basis::Rows => "rows",
            Basis::Attribute => "attribute",
            Basis::Declared => "declared",
        }
    }
}

/// One figure. Its name, and how it is counted in words, are `figure-{key}` and `figure-{key}-how` in the locales
/// (with `-` for `_`); its unit is `figure-unit-{unit}`.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Stable, in `snake_case`: the key in exports.
    pub key: &'static str,
    pub unit: &'static str,
    pub kind: Kind,
    /// Key of the group's heading in the locales.
    pub group: &'static str,
    /// Decimals of the written value.
    pub places: u32,
    pub basis: Basis,
    /// Stands among the tiles of the home page.
    pub headline: bool,
}

impl Figure {
    pub fn new(key: &'static str, unit: &'static str, kind: Kind) -> Figure {
        let basis = if matches!(kind, Kind::Attribute { .. }) { Basis::Attribute } else { Basis::Rows };
        let places = match kind {
            Kind::Share { .. } | Kind::Ratio { .. } => 1,
            Kind::Attribute { .. } => 2,
            _ => 0,
        };
        Figure { key, unit, kind, group: "figures-group-other", places, basis, headline: false }
    }

    pub fn group(mut self, key: &'static str) -> Figure {
        self.group = key;
        self
    }

    pub fn places(mut self, places: u32) -> Figure {
        self.places = places;
        self
    }

    pub fn headline(mut self) -> Figure {
        self.headline = true;
        self
    }

    /// The base, when it is counted from one.
    pub fn base(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Count { base, .. }
            | Kind::Distinct { base, .. }
            | Kind::Share { base, .. }
            | Kind::Exists { base, .. }
            | Kind::First { base, .. } => Some(base),
            Kind::Attribute { .. } | Kind::Ratio { .. } | Kind::Difference { .. } => None,
        }
    }

    pub(crate) fn text_key(&self) -> String {
        format!("figure-{}", self.key.replace('_', "-"))
    }

    pub(crate) fn unit_key(&self) -> String {
        format!("figure-unit-{}", self.unit.replace('_', "-").replace('/', "-per-"))
    }
}

/// All figures of the program, in the order of the areas.
pub(crate) fn figures(app: &App) -> impl Iterator<Item = &Figure> {
    app.offers::<FigureSet>().flat_map(|set| &set.figures)
}

pub(crate) fn find<'a>(app: &'a App, key: &str) -> Result<&'a Figure> {
    figures(app).find(|figure| figure.key == key).ok_or_else(Error::not_found)
}

pub(crate) fn base<'a>(app: &'a App, name: &str) -> Result<&'a Base> {
    bases(app)
        .find(|base| base.name == name)
        .ok_or_else(|| Error::internal(format!("no area offers the base {name}")))
}

pub(crate) fn bases(app: &App) -> impl Iterator<Item = &Base> {
    app.offers::<FigureSet>().flat_map(|set| &set.bases)
}
