//! A signed clip: a programme that is sent ahead and played by a loudspeaker whose line is cut. What was altered, is not signed by
//! the station or is out of date never plays.
//!
//! The container: `OACLIP01`, the length of the statement (u32, little-endian), the statement, a signature of Ed25519 over everything before it
//! (64 bytes), the audio. The statement holds the SHA-256 of the audio, so the signature covers it all.

use crate::time::Moment;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

const MAGIC: &[u8; 8] = b"OACLIP01";
/// A statement is a few hundred bytes; one that says it is larger is wrong before it is read.
const LONGEST: usize = 64 * 1024;

/// What is said of a clip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Unique at the station.
    pub id: String,
    /// It may play from here on,
    pub from: Moment,
    /// and up to here.
    pub to: Moment,
    /// Where it may play.
    pub villages: BTreeSet<String>,
}

/// Why a clip does not play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClipFault {
    /// Not a clip, or cut off.
    #[error("this is no clip")]
    Malformed,
    /// The signature is not that of the station, or what it covers was altered.
    #[error("the clip is not signed by the station, or was altered")]
    Signature,
    /// The audio is not the one that was signed.
    #[error("the audio was altered")]
    Audio,
    /// The time has not come.
    #[error("the clip is not valid yet")]
    Early,
    /// The time has passed.
    #[error("the clip is out of date")]
    Expired,
    /// For other villages.
    #[error("the clip is not for this village")]
    Elsewhere,
    /// An id or name that is longer than 65,535 bytes, or more villages than that.
    #[error("the statement is too long")]
    TooLong,
}

/// The station's key.
pub struct ClipKey(SigningKey);

impl ClipKey {
    /// From 32 secret random bytes.
    pub fn new(secret: [u8; 32]) -> ClipKey {
        ClipKey(SigningKey::from_bytes(&secret))
    }

    /// What loudspeakers are given to judge clips.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Packs and signs audio.
    ///
    /// # Errors
    /// [`ClipFault::TooLong`].
    pub fn seal(&self, statement: &Statement, audio: &[u8]) -> Result<Vec<u8>, ClipFault> {
        let mut clip = self.head(statement, &Sha256::digest(audio).into())?;
        clip.extend_from_slice(audio);
        Ok(clip)
    }

    /// Everything before the audio, which is known by its SHA-256: what goes on air each day needs to be sent once only.
    ///
    /// # Errors
    /// [`ClipFault::TooLong`].
    pub fn head(&self, statement: &Statement, audio: &[u8; 32]) -> Result<Vec<u8>, ClipFault> {
        let said = write(statement, audio)?;
        let mut clip = Vec::with_capacity(said.len() + 80);
        clip.extend_from_slice(MAGIC);
        clip.extend_from_slice(&u32::try_from(said.len()).map_err(|_| ClipFault::TooLong)?.to_le_bytes());
        clip.extend_from_slice(&said);
        let signature = self.0.sign(&clip);
        clip.extend_from_slice(&signature.to_bytes());
        Ok(clip)
    }
}

/// The statement and the audio of a clip that this station signed, whatever the time: for a store that receives clips ahead.
///
/// # Errors
/// [`ClipFault`].
pub fn open<'c>(clip: &'c [u8], station: &[u8; 32]) -> Result<(Statement, &'c [u8]), ClipFault> {
    let rest = clip.strip_prefix(MAGIC).ok_or(ClipFault::Malformed)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(ClipFault::Malformed)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| ClipFault::Malformed)?;
    if length > LONGEST || rest.len() < length {
        return Err(ClipFault::Malformed);
    }
    let (said, rest) = rest.split_at(length);
    let (signature, audio) = rest.split_first_chunk::<64>().ok_or(ClipFault::Malformed)?;
    let key = VerifyingKey::from_bytes(station).map_err(|_| ClipFault::Signature)?;
    let signed = &clip[..MAGIC.len() + 4 + length];
    let signature = Signature::from_bytes(signature);
    key.verify_strict(signed, &signature).map_err(|_| ClipFault::Signature)?;
    let (statement, hash) = read(said).ok_or(ClipFault::Malformed)?;
    if Sha256::digest(audio)[..] != hash {
        return Err(ClipFault::Audio);
    }
    Ok((statement, audio))
}

/// The audio of a clip that may play in this village now.
///
/// # Errors
/// [`ClipFault`].
pub fn play<'c>(
    clip: &'c [u8],
    station: &[u8; 32],
    village: &str,
    now: Moment,
) -> Result<&'c [u8], ClipFault> {
    let (statement, audio) = open(clip, station)?;
    if now < statement.from {
        return Err(ClipFault::Early);
    }
    if now >= statement.to {
        return Err(ClipFault::Expired);
    }
    if !statement.villages.contains(village) {
        return Err(ClipFault::Elsewhere);
    }
    Ok(audio)
}

fn write(statement: &Statement, hash: &[u8; 32]) -> Result<Vec<u8>, ClipFault> {
    let mut bytes = hash.to_vec();
    bytes.extend_from_slice(&statement.from.micros().to_le_bytes());
    bytes.extend_from_slice(&statement.to.micros().to_le_bytes());
    let count = |number: usize| u16::try_from(number).map(u16::to_le_bytes).map_err(|_| ClipFault::TooLong);
    bytes.extend_from_slice(&count(statement.villages.len())?);
    for text in std::iter::once(&statement.id).chain(&statement.villages) {
        bytes.extend_from_slice(&count(text.len())?);
        bytes.extend_from_slice(text.as_bytes());
    }
    if bytes.len() > LONGEST { Err(ClipFault::TooLong) } else { Ok(bytes) }
}

fn read(said: &[u8]) -> Option<(Statement, [u8; 32])> {
    let (hash, rest) = said.split_first_chunk::<32>()?;
    let (from, rest) = rest.split_first_chunk::<8>()?;
    let (to, rest) = rest.split_first_chunk::<8>()?;
    let (count, mut rest) = rest.split_first_chunk::<2>()?;
    let mut text = || {
        let (length, after) = rest.split_first_chunk::<2>()?;
        let (text, after) = after.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
        rest = after;
        String::from_utf8(text.to_vec()).ok()
    };
    let id = text()?;
    let villages = (0..u16::from_le_bytes(*count)).map(|_| text()).collect::<Option<BTreeSet<_>>>()?;
    let moment = |bytes: &[u8; 8]| Moment::from_micros(i64::from_le_bytes(*bytes));
    rest.is_empty().then(|| (Statement { id, from: moment(from), to: moment(to), villages }, *hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn statement() -> Statement {
        Statement {
            id: "bulletin-7".into(),
            from: Moment::from_seconds(1_000),
            to: Moment::from_seconds(2_000),
            villages: ["Đông Căm".into(), "Bản Mới".into()].into(),
        }
    }

    #[test]
    fn a_clip_plays_in_its_village_in_its_time() {
        let key = ClipKey::new([7; 32]);
        let clip = key.seal(&statement(), b"sound").unwrap();
        let head = key.head(&statement(), &Sha256::digest(b"sound").into()).unwrap();
        assert_eq!([&head[..], b"sound"].concat(), clip);
        assert_eq!(open(&clip, &key.public()), Ok((statement(), &b"sound"[..])));
        let play = |village, second| play(&clip, &key.public(), village, Moment::from_seconds(second));
        assert_eq!(play("Đông Căm", 1_000), Ok(&b"sound"[..]));
        assert_eq!(play("Đông Căm", 999), Err(ClipFault::Early));
        assert_eq!(play("Bản Mới", 2_000), Err(ClipFault::Expired));
        assert_eq!(play("Elsewhere", 1_500), Err(ClipFault::Elsewhere));
    }

    #[test]
    fn another_stations_clip_and_an_endless_name_are_refused() {
        let clip = ClipKey::new([8; 32]).seal(&statement(), b"sound").unwrap();
        assert_eq!(open(&clip, &ClipKey::new([7; 32]).public()), Err(ClipFault::Signature));
        assert_eq!(open(b"ID3", &[0; 32]), Err(ClipFault::Malformed));
        let long = Statement { id: "x".repeat(70_000), ..statement() };
        assert_eq!(ClipKey::new([7; 32]).seal(&long, b""), Err(ClipFault::TooLong));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// One changed bit anywhere, or a byte less or more, and it does not play.
        #[test]
        fn whatever_is_altered_never_plays(at in any::<prop::sample::Index>(), bit in 0u8..8, cut in any::<prop::sample::Index>()) {
            let key = ClipKey::new([7; 32]);
            let clip = key.seal(&statement(), b"the sound of the commune").unwrap();
            let mut altered = clip.clone();
            altered[at.index(clip.len())] ^= 1 << bit;
            prop_assert!(open(&altered, &key.public()).is_err());
            prop_assert!(open(&clip[..cut.index(clip.len())], &key.public()).is_err());
            let longer = [&clip[..], b"x"].concat();
            prop_assert_eq!(open(&longer, &key.public()), Err(ClipFault::Audio));
        }

        #[test]
        fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let clip = [MAGIC, &bytes[..]].concat();
            prop_assert!(open(&clip, &ClipKey::new([7; 32]).public()).is_err());
        }
    }
}
