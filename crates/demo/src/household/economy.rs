//! Fibre lines, the poverty review, crops and herds.

use super::{HouseholdKey, Poverty, Production};
use crate::builder::Builder;
use crate::day::{ARTICLE_DAY, BASELINE, Dated, LAST_DAY, Source, days_after, ymd};
use crate::rng::Rng;
use crate::village::Village;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Households with fibre on the article's day: 81.3% of 2,626.
const WITH_FIBRE: usize = 2_135;

/// Tells how every household stands through its whole time.
pub(crate) fn survey(builder: &mut Builder) {
    let with_fibre = with_fibre(builder);
    let mut rng = builder.rng("economy");
    for at in 0..builder.households.len() {
        let village = builder.village(builder.households[at].village).clone();
        let (key, from, to) =
            (builder.households[at].key, builder.households[at].from, builder.households[at].to);
        let span = Span { from, to };
        let household = &mut builder.households[at];
        household.fibre = fibre(span, &village, with_fibre.contains(&key), &mut rng);
        household.poverty = poverty(span, &village, &mut rng);
        household.production = production(span, &village, &mut rng);
    }
}

/// Time of a household.
#[derive(Clone, Copy)]
struct Span {
    from: NaiveDate,
    to: Option<NaiveDate>,
}

impl Span {
    /// Whether a change on a day lies inside, after the beginning.
    fn has(self, day: NaiveDate) -> bool {
        day > self.from && day <= LAST_DAY && self.to.is_none_or(|to| day < to)
    }
}

fn with_fibre(builder: &Builder) -> BTreeSet<HouseholdKey> {
    let reached = |h: &&super::Household| {
        h.exists_on(ARTICLE_DAY) && builder.village(h.village).plan.fibre_since.is_some()
    };
    let mut keys: Vec<HouseholdKey> = builder.households.iter().filter(reached).map(|h| h.key).collect();
    builder.rng("fibre").shuffle(&mut keys);
    keys.into_iter().take(WITH_FIBRE).collect()
}

fn fibre(span: Span, village: &Village, chosen: bool, rng: &mut Rng) -> Vec<Dated<bool>> {
    let Some(reached) = village.plan.fibre_since else {
        return vec![Dated::new(span.from, false, Source::Survey)];
    };
    let there_then = span.from <= ARTICLE_DAY && span.to.is_none_or(|to| to > ARTICLE_DAY);
    let earlier = rng.day(days_after(reached, 60), days_after(ARTICLE_DAY, -10)).max(span.from);
    let later = rng.day(days_after(ARTICLE_DAY, 20), LAST_DAY).max(days_after(span.from, 20));
    let since = match (there_then, chosen) {
        (true, true) => Some(earlier),
        (true, false) => rng.per_mille(280).then_some(later),
        (false, _) if span.from > ARTICLE_DAY => rng.per_mille(700).then_some(later),
        (false, _) => rng.per_mille(500).then_some(span.from),
    };
    let mut list = vec![Dated::new(span.from, since == Some(span.from), Source::Survey)];
    if let Some(day) = since.filter(|day| span.has(*day)) {
        list.push(Dated::new(day, true, Source::Telecom));
    }
    list
}

fn poverty(span: Span, village: &Village, rng: &mut Rng) -> Vec<Dated<Poverty>> {
    let plan = &village.plan;
    let drawn = rng.below(1000) as u32;
    // More were poor when the registry began; each yearly review lets some rise and few fall.
    let (poor, near_poor) = (plan.poor * 3 / 2, plan.near_poor * 3 / 2);
    let mut now = match drawn {
        d if d < poor => Poverty::Poor,
        d if d < poor + near_poor => Poverty::NearPoor,
        _ => Poverty::None,
    };
    let mut list = vec![Dated::new(span.from, now, Source::PovertyReview)];
    for year in 2021..=2025 {
        let day = ymd(year, 12, 10);
        let roll = rng.below(1000);
        let next = match now {
            Poverty::Poor if roll < 170 => Poverty::NearPoor,
            Poverty::NearPoor if roll < 210 => Poverty::None,
            Poverty::NearPoor if roll > 970 => Poverty::Poor,
            Poverty::None if roll < (plan.near_poor / 40) as usize => Poverty::NearPoor,
            same => same,
        };
        if next != now && span.has(day) {
            list.push(Dated::new(day, next, Source::PovertyReview));
            now = next;
        }
    }
    list
}

fn production(span: Span, village: &Village, rng: &mut Rng) -> Vec<Dated<Production>> {
    let farms = rng.per_mille(if village.plan.poor > 20 { 930 } else { 700 });
    let mut now = if farms { farm(village, rng) } else { Production::default() };
    let mut list = vec![Dated::new(span.from, now, Source::Survey)];
    for day in [ymd(2022, 10, 1), ymd(2023, 10, 1), ymd(2024, 10, 1), ymd(2025, 10, 1)] {
        let next = next_year(now, rng);
        if next != now && span.has(day) && day > BASELINE {
            list.push(Dated::new(day, next, Source::VillageHead));
            now = next;
        }
    }
    list
}

fn farm(village: &Village, rng: &mut Rng) -> Production {
    let highland = village.plan.poor > 20;
    // One chance in a thousand, smallest and largest amount, rounded to the step that people declare in.
    let mut draw = |chance: u32, low: i64, high: i64, step: i64| {
        if rng.per_mille(chance) { (rng.range(low, high) / step * step) as u32 } else { 0 }
    };
    let vegetables = if village.slug == "soi-co" { (850, 700, 4000) } else { (480, 40, 900) };
    Production {
        rice_m2: draw(820, 720, 4300, 20),
        maize_m2: draw(if highland { 760 } else { 330 }, 500, 6000, 50),
        vegetables_m2: draw(vegetables.0, vegetables.1, vegetables.2, 20),
        cinnamon_m2: draw(if highland { 560 } else { 140 }, 2000, 24000, 500),
        buffalo: draw(if highland { 420 } else { 120 }, 1, 4, 1),
        cattle: draw(150, 1, 5, 1),
        pigs: draw(430, 1, 24, 1),
        poultry: draw(760, 6, 120, 1),
    }
}

/// Land stays, herds and vegetables change.
fn next_year(now: Production, rng: &mut Rng) -> Production {
    let mut vary = |n: u32| (i64::from(n) * rng.range(75, 130) / 100) as u32;
    let mut next = Production { pigs: vary(now.pigs), poultry: vary(now.poultry), ..now };
    if rng.per_mille(120) {
        next.vegetables_m2 = now.vegetables_m2 + 100;
        next.buffalo = now.buffalo.saturating_sub(1);
    }
    next
}
