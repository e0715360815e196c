//! Households: their book, their members and how they stand.

mod compose;
pub(crate) mod economy;
mod size;

pub(crate) use compose::{Shapes, compose};

use crate::builder::Builder;
use crate::day::{ARTICLE_DAY, BASELINE, Dated, holds_on};
use crate::person::PersonKey;
use crate::village::VillageKey;
use chrono::NaiveDate;

/// Index of a household in [`crate::Commune::households`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HouseholdKey(pub u32);

/// Standing in the yearly review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Poverty {
    None,
    NearPoor,
    Poor,
}

/// Crops and herds as declared in a survey; areas in m², animals in heads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Production {
    pub rice_m2: u32,
    pub maize_m2: u32,
    pub vegetables_m2: u32,
    pub cinnamon_m2: u32,
    pub buffalo: u32,
    pub cattle: u32,
    pub pigs: u32,
    pub poultry: u32,
}

/// A household of the demo. Its head on a day is the member with that relation: [`crate::Commune::head_on`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    pub key: HouseholdKey,
    /// Number in the commune's book: `GP`, village, serial in the village. Unique, never used again.
    pub book_number: String,
    pub village: VillageKey,
    /// Group of neighbours inside the village and the village's name.
    pub address: String,
    pub from: NaiveDate,
    /// Day on which the household ended (moved out, died out, merged).
    pub to: Option<NaiveDate>,
    /// Everybody who was ever a member; [`crate::Person::memberships`] says when.
    pub members: Vec<PersonKey>,
    pub poverty: Vec<Dated<Poverty>>,
    /// Has a fibre broadband line.
    pub fibre: Vec<Dated<bool>>,
    pub production: Vec<Dated<Production>>,
}

impl Household {
    pub(crate) fn new(key: HouseholdKey, village: VillageKey, from: NaiveDate) -> Self {
        Household {
            key,
            book_number: String::new(),
            village,
            address: String::new(),
            from,
            to: None,
            members: Vec::new(),
            poverty: Vec::new(),
            fibre: Vec::new(),
            production: Vec::new(),
        }
    }

    /// Whether the household exists on a day.
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        holds_on(self.from, self.to, day)
    }
}

/// Settles the households of the article's day: 2,626 with 9,993 people.
pub(crate) fn settle(builder: &mut Builder) {
    let shapes = Shapes::read();
    let mut rng = builder.rng("settle");
    for (village, size) in size::sizes(&builder.villages, &mut builder.rng("sizes")) {
        let shape = shapes.draw(size, &mut rng);
        compose(builder, &mut rng, village, shape, ARTICLE_DAY, BASELINE);
    }
}

/// Writes book numbers and addresses, village by village in the order of the books.
pub(crate) fn finish(builder: &mut Builder) {
    let mut rng = builder.rng("address");
    let mut order: Vec<usize> = (0..builder.households.len()).collect();
    order.sort_by_key(|at| (builder.households[*at].village, builder.households[*at].from, *at));
    let (mut village, mut serial) = (VillageKey(0), 0);
    for at in order {
        let key = builder.households[at].village;
        serial = if key == village { serial + 1 } else { 1 };
        village = key;
        let name = builder.village(key).name;
        let place = if name.starts_with("Thôn") { name.to_owned() } else { format!("thôn {name}") };
        let household = &mut builder.households[at];
        household.book_number = format!("GP{:02}-{serial:04}", key.0);
        household.address = format!("Tổ {}, {place}, xã Gia Phú", rng.range(1, 6));
    }
}
