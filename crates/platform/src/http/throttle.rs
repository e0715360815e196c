//! Throttling: so many in a while for one key, then wait.

use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;

/// Keys kept at most; beyond that the oldest half is forgotten, so memory stays bounded.
const MAX_KEYS: usize = 20_000;

/// A leaky bucket for each key: it fills by one each try and drains evenly.
pub struct Throttle<K = std::net::IpAddr> {
    capacity: f64,
    per_second: f64,
    buckets: Mutex<HashMap<K, (f64, DateTime<Utc>)>>,
}

impl<K: Hash + Eq + Clone> Throttle<K> {
    /// `tries` at once, and as many again evenly over a minute.
    pub fn per_minute(tries: u32) -> Throttle<K> {
        Throttle::new(tries, 60)
    }

    pub fn new(tries: u32, seconds: u32) -> Throttle<K> {
        let capacity = f64::from(tries);
        Throttle { capacity, per_second: capacity / f64::from(seconds), buckets: Mutex::default() }
    }

    /// Counts a try. `Err` says how many seconds to wait.
    pub fn check(&self, key: &K, now: DateTime<Utc>) -> Result<(), u32> {
        let mut buckets = self.buckets.lock().expect("no panic while held");
        if buckets.len() >= MAX_KEYS {
            let mut times: Vec<DateTime<Utc>> = buckets.values().map(|(_, at)| *at).collect();
            let (_, middle, _) = times.select_nth_unstable(MAX_KEYS / 2);
            let middle = *middle;
            buckets.retain(|_, (_, at)| *at > middle);
        }
        let (level, at) = buckets.entry(key.clone()).or_insert((0.0, now));
        let passed = (now - *at).num_milliseconds().max(0) as f64 / 1000.0;
        *level = (*level - passed * self.per_second).max(0.0);
        *at = now;
        if *level + 1.0 > self.capacity {
            return Err((((*level + 1.0 - self.capacity) / self.per_second).ceil() as u32).max(1));
        }
        *level += 1.0;
        Ok(())
    }

    /// Forgets a key, after a success.
    pub fn clear(&self, key: &K) {
        self.buckets.lock().expect("no panic while held").remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_waits_and_waiting_helps() {
        let throttle = Throttle::new(5, 60);
        let now: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        for _ in 0..5 {
            throttle.check(&"an", now).unwrap();
        }
        assert_eq!(throttle.check(&"an", now), Err(12));
        throttle.check(&"binh", now).unwrap();
        throttle.check(&"an", now + chrono::Duration::seconds(12)).unwrap();
        throttle.clear(&"an");
        throttle.check(&"an", now).unwrap();
    }
}
