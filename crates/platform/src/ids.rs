//! Identifiers made by the program: UUID version 7, so that new rows land at the end of an index.

use chrono::{DateTime, Utc};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// So many milliseconds are remembered: as many clocks may run side by side in one program, as in its tests.
const MOMENTS: usize = 64;
/// The last milliseconds with the newest place within each, the last used first.
static LAST: Mutex<VecDeque<(u64, u32)>> = Mutex::new(VecDeque::new());

/// A new id whose time part is `now`, the context's time, not the machine's. Ids of one program made in the same
/// millisecond follow each other, so that an order by id is the order in which things came. That holds also when ids of
/// other moments are made in between, by another clock or by one that was set back.
pub fn new_id(now: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    let mut tail = [0u8; 10];
    rand::Rng::fill(&mut rand::rng(), &mut tail[..]);
    let place = place_within(millis, u32::from_be_bytes([tail[6], tail[7], tail[8], tail[9]]));
    // The 26 bits after the time, around the version and the variant.
    tail[0] = (place >> 22) as u8 & 0x0f;
    tail[1] = (place >> 14) as u8;
    tail[2] = (place >> 8) as u8 & 0x3f;
    tail[3] = place as u8;
    rand::Rng::fill(&mut rand::rng(), &mut tail[6..]);
    uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
}

/// Begins each millisecond at a random place in the lower half, then counts.
fn place_within(millis: u64, random: u32) -> u32 {
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let known = last.iter().position(|(moment, _)| *moment == millis).and_then(|at| last.remove(at));
    let place = known.map_or(random >> 7, |(_, place)| place.wrapping_add(1));
    last.push_front((millis, place));
    last.truncate(MOMENTS);
    place
}

/// A secret for cookies, tokens and links: 192 random bits as URL-safe text.
pub fn new_secret() -> String {
    use base64::Engine;
    let mut bytes = [0u8; 24];
    rand::Rng::fill(&mut rand::rng(), &mut bytes[..]);
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// How a secret is kept: only its hash stands in the database.
pub fn secret_hash(secret: &str) -> String {
    blake3::hash(secret.as_bytes()).to_hex().to_string()
}

/// Letters of a follow code: none that is taken for another.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// A code by which somebody without an account finds the own matter again: ten letters that can be read out on the telephone.
pub fn follow_code() -> String {
    let secret = blake3::hash(new_secret().as_bytes());
    let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
    let letters: String = secret.as_bytes().iter().take(10).map(letter).collect();
    format!("{}-{}", &letters[..5], &letters[5..])
}

/// How a follow code is kept; however it was typed.
pub fn follow_hash(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secret_hash(&letters.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_follow_each_other() {
        let now: DateTime<Utc> = "2026-03-10T02:00:00Z".parse().unwrap();
        let ids: Vec<Uuid> = (0..1000).map(|_| new_id(now)).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn ids_of_another_moment_in_between_change_no_order() {
        let now: DateTime<Utc> = "2026-03-11T02:00:00Z".parse().unwrap();
        let mut ids = Vec::new();
        for n in 0..1000 {
            ids.push(new_id(now));
            // Twenty other clocks, some of them behind.
            new_id(now + chrono::Duration::minutes(11 * (n % 20) - 100));
        }
        ids.dedup();
        assert_eq!(ids.len(), 1000);
        // The clock that shows the same moment makes ids of it too, and they follow as well.
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
