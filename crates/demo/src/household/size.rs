//! How many members each household has, so that all together are exactly as many as the article says.

use crate::rng::Rng;
use crate::village::{Village, VillageKey};

/// People of the commune at the end of 2023 (source: the article).
const PEOPLE: usize = 9_993;
const LARGEST: usize = 8;
/// (size, weight); the mean is 3.8, as 9,993 people in 2,626 households make it.
const SIZES: [(usize, u32); 8] = [(1, 58), (2, 138), (3, 222), (4, 320), (5, 160), (6, 70), (7, 22), (8, 10)];

/// Village and size of every household.
pub(crate) fn sizes(villages: &[Village], rng: &mut Rng) -> Vec<(VillageKey, usize)> {
    let mut list = Vec::new();
    for village in villages {
        for _ in 0..village.plan.households {
            let size = rng.weighted(&SIZES, |s| s.1).0;
            let more = usize::from(rng.per_mille(village.plan.bigger));
            list.push((village.key, (size + more).min(LARGEST)));
        }
    }
    let mut total: usize = list.iter().map(|h| h.1).sum();
    while total != PEOPLE {
        let at = rng.below(list.len());
        let size = &mut list[at].1;
        if total < PEOPLE && (2..6).contains(size) {
            *size += 1;
            total += 1;
        } else if total > PEOPLE && (4..=LARGEST).contains(size) {
            *size -= 1;
            total -= 1;
        }
    }
    list
}
