//! Identifiers made by the program: UUID version 7, so that new rows land at the end of an index.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A new id whose time part is `now`, the context's time, not the machine's.
pub fn new_id(now: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    let mut tail = [0u8; 10];
    rand::Rng::fill(&mut rand::rng(), &mut tail[..]);
    uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
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
