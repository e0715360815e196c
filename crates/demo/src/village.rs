//! The 14 villages, the peoples who live there, and what covers each village.

use crate::day::ymd;
use crate::table::Table;
use chrono::NaiveDate;

/// Number of a village, 1 to 14.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VillageKey(pub u8);

/// A village of the commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Village {
    pub key: VillageKey,
    pub name: &'static str,
    /// For addresses of pages: `dong-cam`.
    pub slug: &'static str,
    /// False for the numbered villages, whose true names were not found.
    pub named_in_source: bool,
    pub source: &'static str,
    /// The day since which the commune has its 14 villages; an assumption, the sources do not date the last merger of villages.
    pub from: NaiveDate,
    /// The village chosen as the smart-village pilot, and since when.
    pub smart_pilot_since: Option<NaiveDate>,
    /// A village in special difficulty.
    pub special_difficulty: bool,
    pub(crate) plan: Plan,
}

/// The parameters from which a village is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub households: usize,
    pub bigger: u32,
    pub poor: u32,
    pub near_poor: u32,
    pub fibre_since: Option<NaiveDate>,
    pub mobile_since: Option<NaiveDate>,
    pub lon: &'static str,
    pub lat: &'static str,
    pub peoples: Vec<(&'static str, u32)>,
}

/// A people, as `data/demo/ethnic_groups.csv` lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EthnicGroup {
    pub code: &'static str,
    pub name_vi: &'static str,
    pub name_en: &'static str,
}

/// What a village is covered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CoverageKind {
    /// A fixed fibre line reaches the village.
    Fibre,
    /// A signal of mobile broadband.
    MobileBroadband,
}

/// Coverage of one village, a dated fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub village: VillageKey,
    pub kind: CoverageKind,
    /// Invented; the article tells only how many villages are covered at the end of 2023.
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

pub(crate) fn villages() -> Vec<Village> {
    let table = Table::read(include_str!("../../../data/demo/villages.csv"));
    let village = |row: crate::table::Row<'_>| Village {
        key: VillageKey(row.number("number")),
        name: row.text("name"),
        slug: row.text("slug"),
        named_in_source: row.text("named_in_source") == "yes",
        source: row.text("source"),
        from: ymd(2021, 1, 1),
        smart_pilot_since: (row.text("slug") == "dong-cam").then(|| ymd(2023, 8, 10)),
        special_difficulty: row.date("fibre_since").is_none(),
        plan: Plan {
            households: row.number("households"),
            bigger: row.number("bigger"),
            poor: row.number("poor"),
            near_poor: row.number("near_poor"),
            fibre_since: row.date("fibre_since"),
            mobile_since: row.date("mobile_since"),
            lon: row.text("lon"),
            lat: row.text("lat"),
            peoples: row.weighted("peoples"),
        },
    };
    table.rows().map(village).collect()
}

pub(crate) fn coverage(villages: &[Village]) -> Vec<Coverage> {
    let mut list = Vec::new();
    for village in villages {
        let plan = &village.plan;
        for (kind, since) in
            [(CoverageKind::Fibre, plan.fibre_since), (CoverageKind::MobileBroadband, plan.mobile_since)]
        {
            list.extend(since.map(|from| Coverage { village: village.key, kind, from, to: None }));
        }
    }
    list
}

pub(crate) fn ethnic_groups() -> Vec<EthnicGroup> {
    let table = Table::read(include_str!("../../../data/demo/ethnic_groups.csv"));
    let group = |row: crate::table::Row<'_>| EthnicGroup {
        code: row.text("code"),
        name_vi: row.text("name_vi"),
        name_en: row.text("name_en"),
    };
    table.rows().map(group).collect()
}
