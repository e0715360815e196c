//! Proof of play: what each cluster says that it played, laid over what was on air in its village.

use super::store::{self, Span};
use crate::speaker::{self, Speaker};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result};
use std::collections::BTreeSet;

/// A cluster over a time.
#[derive(Debug)]
pub(crate) struct Proof {
    pub speaker: Speaker,
    /// Days on which it was heard of.
    pub days: usize,
    /// Seconds that were on air in its village.
    pub aired: i64,
    /// Those of them that it says it played; of these, the ones from what it kept.
    pub played: i64,
    pub stored: i64,
}

impl Proof {
    /// Of a hundred; nothing where nothing was on air.
    pub fn share(&self) -> Option<f64> {
        (self.aired > 0).then(|| (self.played as f64 / self.aired as f64 * 100.0).min(100.0))
    }
}

/// Spans that overlap or touch become one.
fn merged(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    let mut whole: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match whole.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => whole.push((from, to)),
        }
    }
    whole
}

/// How much two lists of merged spans have in common.
fn common(a: &[(i64, i64)], b: &[(i64, i64)]) -> i64 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        sum += (x.1.min(y.1) - x.0.max(y.0)).max(0);
        if x.1 < y.1 { i += 1 } else { j += 1 }
    }
    sum
}

fn millis(span: &Span) -> (i64, i64) {
    (span.from_at.timestamp_millis(), span.to_at.timestamp_millis())
}

/// Every cluster that was in service, by village.
pub(crate) async fn proofs(ctx: &Ctx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Proof>> {
    let aired = store::aired(ctx, from, to).await?;
    let (first, last) =
        (platform::clock::local_date(from), platform::clock::local_date(to).pred_opt().unwrap_or_default());
    let days = speaker::store::days(ctx, first, last).await?;
    let mut all = Vec::new();
    for one in speaker::store::all(ctx, &ctx.app.db).await? {
        if one.since_on > last || one.until_on.is_some_and(|until| until <= first) {
            continue;
        }
        let mount = one.unit_id.to_string();
        let on_air = merged(aired.iter().filter(|span| span.of == mount).map(millis).collect());
        let told = store::played(ctx, one.id, from, to).await?;
        let heard = merged(told.iter().map(millis).collect());
        let kept = merged(told.iter().filter(|span| span.of == "stored").map(millis).collect());
        let days: BTreeSet<_> =
            days.iter().filter(|day| day.speaker_id == one.id).map(|day| day.day).collect();
        all.push(Proof {
            days: days.len(),
            aired: on_air.iter().map(|(from, to)| to - from).sum::<i64>() / 1_000,
            played: common(&on_air, &heard) / 1_000,
            stored: common(&on_air, &kept) / 1_000,
            speaker: one,
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_overlaps_counts_once() {
        let aired = merged(vec![(0, 100), (200, 300)]);
        let played = merged(vec![(50, 120), (90, 110), (250, 400)]);
        assert_eq!(played, [(50, 120), (250, 400)]);
        assert_eq!(common(&aired, &played), 100);
    }

    proptest! {
        #[test]
        fn never_more_than_either_has(a in prop::collection::vec((0i64..500, 1i64..60), 0..20), b in prop::collection::vec((0i64..500, 1i64..60), 0..20)) {
            let spans = |list: &[(i64, i64)]| merged(list.iter().map(|(from, length)| (*from, from + length)).collect());
            let (a, b) = (spans(&a), spans(&b));
            let slow = (0..600).filter(|n| [&a, &b].iter().all(|list| list.iter().any(|(from, to)| from <= n && n < to))).count();
            prop_assert_eq!(common(&a, &b), slow as i64);
        }
    }
}
