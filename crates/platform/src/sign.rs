//! Signatures of notices between programs: HMAC-SHA256 over the moment, a point and the body as it was sent.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How far the clocks of two programs may be apart, in seconds; an older notice may be somebody's copy.
pub const WINDOW: i64 = 300;

/// Why a notice is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    Signature,
    Moment,
}

fn mac(secret: &[u8], timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

/// `sha256=` and 64 hexadecimal digits.
pub fn signature(secret: &[u8], timestamp: i64, body: &[u8]) -> String {
    let code = mac(secret, &timestamp.to_string(), body).finalize().into_bytes();
    format!("sha256={}", hex::encode(code))
}

/// Checks a signature, then the moment that it holds for (seconds since 1970).
pub fn verify(
    secret: &[u8],
    timestamp: &str,
    signature: &str,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<(), Doubt> {
    let code = signature.strip_prefix("sha256=").unwrap_or(signature);
    let code = hex::decode(code).map_err(|_| Doubt::Signature)?;
    // Compares in constant time.
    mac(secret, timestamp, body).verify_slice(&code).map_err(|_| Doubt::Signature)?;
    let at: i64 = timestamp.parse().map_err(|_| Doubt::Moment)?;
    if (now.timestamp() - at).abs() <= WINDOW { Ok(()) } else { Err(Doubt::Moment) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_rfc_4231_and_every_way_to_fail() {
        // Test case 2 of RFC 4231 with the point of ours: "what do ya want for nothing?" cannot be said, so the parts.
        let mut plain = Hmac::<Sha256>::new_from_slice(b"Jefe").unwrap();
        plain.update(b"what do ya want for nothing?");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex::encode(plain.finalize().into_bytes()), expected);

        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let (stamp, body) = ("1800000000", b"{}".as_slice());
        let signed = signature(b"secret", 1_800_000_000, body);
        assert_eq!(verify(b"secret", stamp, &signed, body, now), Ok(()));
        assert_eq!(verify(b"secret", stamp, &signed["sha256=".len()..], body, now), Ok(()));
        assert_eq!(verify(b"other", stamp, &signed, body, now), Err(Doubt::Signature));
        assert_eq!(verify(b"secret", stamp, &signed, b"{ }", now), Err(Doubt::Signature));
        assert_eq!(verify(b"secret", "1800000001", &signed, body, now), Err(Doubt::Signature));
        assert_eq!(verify(b"secret", stamp, "sha256=00", body, now), Err(Doubt::Signature));
        assert_eq!(verify(b"secret", stamp, "", body, now), Err(Doubt::Signature));
        let late = now + chrono::Duration::seconds(WINDOW + 1);
        assert_eq!(verify(b"secret", stamp, &signed, body, late), Err(Doubt::Moment));
    }
}
