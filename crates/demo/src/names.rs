//! Names, combined by people and sex from `data/demo/names.csv`. No list of real persons is behind them.

use crate::person::Sex;
use crate::rng::Rng;
use crate::table::Table;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

type Words = Vec<(&'static str, u32)>;

/// The words of all peoples, and the names already given.
pub(crate) struct Names {
    words: BTreeMap<(&'static str, &'static str), Words>,
    given: BTreeSet<(String, NaiveDate)>,
    rng: Rng,
}

impl Names {
    pub fn new(seed: u64) -> Self {
        let table = Table::read(include_str!("../../../data/demo/names.csv"));
        let words =
            table.rows().map(|row| ((row.text("group"), row.text("part")), row.weighted("words"))).collect();
        Names { words, given: BTreeSet::new(), rng: Rng::new(seed, "names") }
    }

    /// A family name of a people.
    pub fn family(&mut self, group: &'static str) -> &'static str {
        self.word(group, "family")
    }

    /// A full name that nobody born on the same day has.
    pub fn full(&mut self, group: &'static str, family: &str, sex: Sex, birth: NaiveDate) -> String {
        let (middle, given) = match sex {
            Sex::Male => ("middle_m", "given_m"),
            Sex::Female if birth.year() < 1985 => ("middle_f_old", "given_f"),
            Sex::Female => ("middle_f", "given_f"),
        };
        loop {
            let (middle, given) = (self.word(group, middle), self.word(group, given));
            // "Nguyễn Thị Thị" or "Chảo Tả Tả" is nobody's name.
            if middle == given {
                continue;
            }
            let name = format!("{family} {middle} {given}");
            if self.given.insert((name.clone(), birth)) {
                return name;
            }
        }
    }

    fn word(&mut self, group: &'static str, part: &'static str) -> &'static str {
        let mut words = &self.words[&(group, part)];
        if let Some(other) = words[0].0.strip_prefix('@') {
            words = &self.words[&(other, part)];
        }
        self.rng.weighted(words, |w| w.1).0
    }
}
