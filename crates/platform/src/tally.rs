//! How often something public is opened, added up in memory, so that reading never waits for the disk: a job of the area writes what
//! came together. Nothing says who it was, and machines that run no script do not count.

use crate::http::Throttle;
use crate::{Ctx, Uuid};
use std::collections::HashMap;
use std::sync::Mutex;

/// Things whose readers are counted at once.
const MOST: usize = 10_000;

/// What was told since the last writing. An area keeps one in a type of its own and offers that.
pub struct Tally {
    counts: Mutex<HashMap<(Uuid, Uuid), i64>>,
    addresses: Throttle,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally { counts: Mutex::default(), addresses: Throttle::per_minute(60) }
    }
}

impl Tally {
    /// A page says that it was opened.
    pub fn tell(&self, ctx: &Ctx, id: Uuid) {
        if ctx.ip.is_some_and(|ip| self.addresses.check(&ip, ctx.now).is_err()) {
            return;
        }
        let mut counts = self.counts.lock().expect("no panic while held");
        if counts.len() < MOST {
            *counts.entry((ctx.commune, id)).or_default() += 1;
        }
    }

    /// What came together in this commune, in the order of the ids; it begins anew.
    pub fn take(&self, ctx: &Ctx) -> Vec<(Uuid, i64)> {
        let mut mine = Vec::new();
        let mut counts = self.counts.lock().expect("no panic while held");
        counts.retain(|(commune, id), count| {
            let other = *commune != ctx.commune;
            if !other {
                mine.push((*id, *count));
            }
            other
        });
        mine.sort_unstable();
        mine
    }
}
