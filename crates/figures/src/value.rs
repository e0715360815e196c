//! The values of the figures on a day.

use crate::count::{ByUnit, Counted, asked, counted};
use crate::model::{Figure, Kind, figures, find};
use crate::{Basis, Exact};
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, T, Uuid};
use std::collections::HashMap;
use std::sync::Arc;

/// One figure on one day.
#[derive(Debug, Clone)]
pub struct Value {
    pub key: &'static str,
    pub unit: &'static str,
    pub group: &'static str,
    pub basis: Basis,
    pub as_of: NaiveDate,
    /// `None`: nobody knows it for that day (no fact, or a share of nothing).
    pub value: Option<Exact>,
    /// What the value is made of, for shares and ratios.
    pub numerator: Option<Exact>,
    pub denominator: Option<Exact>,
    /// The same by village; empty when the figure belongs to the commune alone.
    pub by_unit: Vec<UnitValue>,
    pub headline: bool,
    /// Rows stand behind it.
    pub opens: bool,
    text_key: String,
    unit_key: String,
}

/// The value of one village; `unit_id` is `None` for what belongs to no village.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitValue {
    pub unit_id: Option<Uuid>,
    pub value: Option<Exact>,
    pub numerator: Option<Exact>,
    pub denominator: Option<Exact>,
}

impl Value {
    /// With a decimal point, for exports: `95.7`; a day as `2023-07-28`; empty when it is not known.
    pub fn plain(&self) -> String {
        let day = self.day().map(|day| day.to_string());
        day.or_else(|| Some(self.value?.to_string())).unwrap_or_default()
    }

    /// The day that a figure of unit `date` is.
    fn day(&self) -> Option<NaiveDate> {
        let value = self.value.filter(|_| self.unit == "date")?;
        NaiveDate::parse_from_str(&value.to_string(), "%Y%m%d").ok()
    }

    /// A day or a year names something; it is no quantity that a chart could draw.
    pub fn is_name(&self) -> bool {
        matches!(self.unit, "date" | "year")
    }

    /// As people write it, without unit: `95,7`; a word for yes and no.
    pub fn written(&self, t: T) -> String {
        match self.value {
            None => t.t("figures-unknown"),
            Some(value) if self.unit == "boolean" => {
                t.t(if value == Exact::whole(0) { "figures-no" } else { "figures-yes" })
            }
            // A year is a name, not a quantity: 2020, never 2.020.
            Some(value) if self.is_name() => self.day().map_or(value.to_string(), |day| t.date(day)),
            Some(value) => t.decimal(value.to_f64(), value.places()),
        }
    }

    pub fn name(&self, t: T) -> String {
        t.t(&self.text_key)
    }

    /// How it is counted, in words.
    pub fn how(&self, t: T) -> String {
        t.t(&format!("{}-how", self.text_key))
    }

    /// `%`, `hộ`, `người/km²`; nothing for yes and no.
    pub fn unit_word(&self, t: T) -> String {
        match self.unit {
            "percent" => "%".to_owned(),
            "boolean" | "year" | "date" => String::new(),
            _ => t.t(&self.unit_key),
        }
    }

    /// Parts in words: "2.135 / 2.626".
    pub fn parts(&self, t: T) -> String {
        let word = |number: Exact| t.decimal(number.to_f64(), number.places());
        match (self.numerator, self.denominator) {
            (Some(numerator), Some(denominator)) => format!("{} / {}", word(numerator), word(denominator)),
            _ => String::new(),
        }
    }
}

/// All figures on a day, in the order of the areas.
///
/// # Errors
/// `Invalid` for a day in the future.
pub async fn all(ctx: &Ctx, day: NaiveDate) -> Result<Vec<Value>> {
    if day > ctx.today() {
        return Err(Error::field("ngay", "figures-day-in-future"));
    }
    let mut answers = Answers { bases: HashMap::new(), facts: facts(ctx, day).await? };
    for name in figures(&ctx.app).filter_map(Figure::base) {
        if !answers.bases.contains_key(name) {
            answers.bases.insert(name, counted(ctx, name, day).await?);
        }
    }
    figures(&ctx.app).map(|figure| answers.value(ctx, figure, day)).collect()
}

/// One figure on a day, with only the counting that it needs.
///
/// # Errors
/// `NotFound` when no area has such a figure; `Invalid` for a day in the future.
pub async fn one(ctx: &Ctx, key: &str, day: NaiveDate) -> Result<Value> {
    if day > ctx.today() {
        return Err(Error::field("ngay", "figures-day-in-future"));
    }
    let figure = find(&ctx.app, key)?;
    let mut answers = Answers { bases: HashMap::new(), facts: facts(ctx, day).await? };
    for name in needed(ctx, figure)? {
        answers.bases.insert(name, counted(ctx, name, day).await?);
    }
    answers.value(ctx, figure, day)
}

fn needed(ctx: &Ctx, figure: &Figure) -> Result<Vec<&'static str>> {
    Ok(match figure.kind {
        Kind::Ratio { over: first, under: second } | Kind::Difference { from: first, less: second } => {
            let (first, second) = (find(&ctx.app, first)?, find(&ctx.app, second)?);
            [first, second].into_iter().filter_map(Figure::base).collect()
        }
        _ => figure.base().into_iter().collect(),
    })
}

/// The facts of the commune's own unit on a day.
async fn facts(ctx: &Ctx, day: NaiveDate) -> Result<HashMap<String, f64>> {
    let Some(commune) = units::list(ctx, units::Kind::Commune, day).await?.into_iter().next() else {
        return Ok(HashMap::new());
    };
    let facts = units::facts(ctx, commune.id, day).await?;
    Ok(facts.into_iter().filter_map(|fact| Some((fact.key, fact.value_number?))).collect())
}

struct Answers {
    bases: HashMap<&'static str, Arc<Counted>>,
    facts: HashMap<String, f64>,
}

/// What was found, before it is a [`Value`].
#[derive(Default)]
struct Found {
    value: Option<Exact>,
    numerator: Option<Exact>,
    denominator: Option<Exact>,
    by_unit: Vec<UnitValue>,
}

impl Answers {
    fn value(&self, ctx: &Ctx, figure: &Figure, day: NaiveDate) -> Result<Value> {
        let found = match figure.kind {
            Kind::Ratio { over, under } => {
                let (over, under) = (find(&ctx.app, over)?, find(&ctx.app, under)?);
                ratio(figure, self.found(over)?, self.found(under)?)
            }
            Kind::Difference { from, less } => {
                difference(self.found(find(&ctx.app, from)?)?, self.found(find(&ctx.app, less)?)?)
            }
            _ => self.found(figure)?,
        };
        let opens = figure.base().map(|name| crate::model::base(&ctx.app, name)).transpose()?;
        Ok(Value {
            key: figure.key,
            unit: figure.unit,
            group: figure.group,
            basis: figure.basis,
            as_of: day,
            value: found.value.map(|value| value.rounded(figure.places)),
            numerator: found.numerator,
            denominator: found.denominator,
            by_unit: found.by_unit,
            headline: figure.headline,
            opens: opens.is_some_and(|base| base.show.is_some()),
            text_key: figure.text_key(),
            unit_key: figure.unit_key(),
        })
    }

    fn found(&self, figure: &Figure) -> Result<Found> {
        if let Kind::Attribute { fact } = figure.kind {
            return Ok(Found {
                value: self.facts.get(fact).and_then(|number| Exact::of_f64(*number)),
                ..Found::default()
            });
        }
        let counted = figure.base().and_then(|name| self.bases.get(name));
        let counted =
            counted.ok_or_else(|| Error::internal(format!("{} is made of a made figure", figure.key)))?;
        let predicates = asked(figure.kind);
        Ok(match figure.kind {
            Kind::Share { .. } => {
                share(figure, &counted.count(&predicates[0]), &counted.count(&predicates[1]))
            }
            Kind::Distinct { column, .. } => {
                let (all, units) = counted.distinct(column, &predicates[0]);
                plain(all, &units)
            }
            Kind::Exists { .. } => {
                let there = |count: i64| i64::from(count > 0);
                let units: ByUnit =
                    counted.count(&predicates[0]).into_iter().map(|(unit, n)| (unit, there(n))).collect();
                Found { by_unit: Vec::new(), ..plain(there(units.values().sum()), &units) }
            }
            Kind::First { column, .. } => {
                // A day as its eight digits, so that every value is a number.
                let digits = counted.first(column, &predicates[0]).map(|first| first.replace('-', ""));
                let value = digits.and_then(|digits| digits.parse().ok()).map(Exact::whole);
                Found { value, ..Found::default() }
            }
            _ => {
                let units = counted.count(&predicates[0]);
                plain(units.values().sum(), &units)
            }
        })
    }
}

fn plain(all: i64, units: &ByUnit) -> Found {
    let unit = |(unit_id, count): (&Option<Uuid>, &i64)| UnitValue {
        unit_id: *unit_id,
        value: Some(Exact::whole(*count)),
        numerator: None,
        denominator: None,
    };
    Found { value: Some(Exact::whole(all)), by_unit: units.iter().map(unit).collect(), ..Found::default() }
}

fn share(figure: &Figure, parts: &ByUnit, wholes: &ByUnit) -> Found {
    let of = |part: i64, whole: i64| {
        let (numerator, denominator) = (Exact::whole(part), Exact::whole(whole));
        (numerator.over(denominator, factor(figure), figure.places), Some(numerator), Some(denominator))
    };
    let (value, numerator, denominator) = of(parts.values().sum(), wholes.values().sum());
    let unit = |(unit_id, whole): (&Option<Uuid>, &i64)| {
        let (value, numerator, denominator) = of(parts.get(unit_id).copied().unwrap_or(0), *whole);
        UnitValue { unit_id: *unit_id, value, numerator, denominator }
    };
    let by_unit = wholes.iter().filter(|(_, whole)| **whole > 0).map(unit).collect();
    Found { value, numerator, denominator, by_unit }
}

fn factor(figure: &Figure) -> i128 {
    if figure.unit == "percent" { 100 } else { 1 }
}

fn ratio(figure: &Figure, over: Found, under: Found) -> Found {
    let of = |over: Option<Exact>, under: Option<Exact>| over?.over(under?, factor(figure), figure.places);
    let unit = |unit: &UnitValue| {
        let denominator = under.by_unit.iter().find(|other| other.unit_id == unit.unit_id)?.value;
        let value = of(unit.value, denominator)?;
        Some(UnitValue { unit_id: unit.unit_id, value: Some(value), numerator: unit.value, denominator })
    };
    let by_unit = over.by_unit.iter().filter_map(unit).collect();
    Found { value: of(over.value, under.value), numerator: over.value, denominator: under.value, by_unit }
}

fn difference(from: Found, less: Found) -> Found {
    let of = |from: Option<Exact>, less: Option<Exact>| Some(from?.less(less?));
    let unit = |unit: &UnitValue| {
        let other = less.by_unit.iter().find(|other| other.unit_id == unit.unit_id)?.value;
        Some(UnitValue {
            value: of(unit.value, other),
            numerator: None,
            denominator: None,
            unit_id: unit.unit_id,
        })
    };
    Found {
        value: of(from.value, less.value),
        by_unit: from.by_unit.iter().filter_map(unit).collect(),
        ..Found::default()
    }
}
