//! How wrong tries slow down: four are free, from the fifth on each costs 1, 2, 4, 8 and then 15 minutes.

use chrono::{DateTime, Duration, Utc};

const FREE: i64 = 4;
const LONGEST_MINUTES: i64 = 15;

/// Wrong tries since the last right one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tries {
    pub wrong: i64,
    pub wait_until: Option<DateTime<Utc>>,
}

impl Tries {
    /// Seconds still to wait.
    pub fn wait(self, now: DateTime<Utc>) -> Option<u32> {
        let left = self.wait_until.filter(|until| *until > now)? - now;
        u32::try_from(left.num_seconds() + 1).ok()
    }

    pub fn and_wrong(self, now: DateTime<Utc>) -> Tries {
        let wrong = self.wrong + 1;
        Tries { wrong, wait_until: wait_after(wrong).map(|wait| now + wait).or(self.wait_until) }
    }
}

/// How long to wait after so many wrong tries.
pub(crate) fn wait_after(wrong: i64) -> Option<Duration> {
    let over = wrong - FREE - 1;
    (over >= 0).then(|| Duration::minutes(LONGEST_MINUTES.min(1 << over.min(10))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_ends_at_a_quarter_of_an_hour() {
        let minutes: Vec<Option<i64>> =
            (1..=11).map(|n| wait_after(n).map(|wait| wait.num_minutes())).collect();
        let expected =
            [None, None, None, None, Some(1), Some(2), Some(4), Some(8), Some(15), Some(15), Some(15)];
        assert_eq!(minutes, expected);
        let now: DateTime<Utc> = "2026-03-10T02:00:00Z".parse().unwrap();
        let tries = (0..5).fold(Tries::default(), |tries, _| tries.and_wrong(now));
        assert_eq!(tries.wait(now), Some(61));
        assert_eq!(tries.wait(now + Duration::minutes(1)), None);
    }
}
