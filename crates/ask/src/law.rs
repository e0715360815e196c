//! The rules by which residents are asked: `data/asking`.

use chrono::NaiveDate;
use platform::{Ctx, Result};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asking {
    pub unverified: bool,
    law: String,
    pub households_percent: i64,
    pub vote_age: u32,
    pub draft_days: i64,
    pub keep_words_days: i64,
    pub remind_days: i64,
    pub per_address: u32,
    pub per_person: u32,
}

impl Asking {
    pub fn on(ctx: &Ctx, day: NaiveDate) -> Result<Arc<Asking>> {
        Ok(ctx.app.law.in_force("asking", day)?.content)
    }

    pub fn now(ctx: &Ctx) -> Result<Arc<Asking>> {
        Asking::on(ctx, ctx.today())
    }

    /// So many households are enough for a choice that holds.
    pub fn enough(&self, voted: i64, roll: i64) -> bool {
        roll > 0 && voted * 100 >= roll * self.households_percent
    }

    pub fn law(&self, ctx: &Ctx) -> String {
        if self.unverified { ctx.t().s("ask-law-unverified", "name", &self.law) } else { self.law.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_households_are_enough() {
        let law: Asking = toml::from_str(include_str!("../../../data/asking/2023-07-01.toml")).unwrap();
        assert!(law.enough(2, 4) && !law.enough(1, 4) && !law.enough(0, 0) && law.enough(3, 5));
    }
}
