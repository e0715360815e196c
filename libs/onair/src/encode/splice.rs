//! From the frames of one MP3 encoder to those of another without a gap or a broken frame.
//!
//! A frame of MP3 may keep its data in the frames before it (the bit reservoir), so frames of two encoders cannot simply follow each
//! other: the first frames of the second would read the data of the first. [`join`] puts the data that they need where they look for it; what
//! stood there belonged to frames of the first encoder that nobody will hear.

/// A frame as it stands in the stream: header, side information, and a piece of the stream of data.
pub(crate) type Slot = Box<[u8]>;
/// Header and side information of MPEG-1 layer III with one channel and without a checksum.
const FRONT: usize = 4 + 17;
/// Only for the documentation: the size of a frame at 64 kbit/s.
#[cfg(test)]
pub(crate) const SLOT: usize = 192;

/// Samples of a frame.
pub(crate) const fn frame_step() -> u64 {
    1_152
}

/// How many bytes before this frame its data begins.
fn reaches_back(slot: &[u8]) -> usize {
    match slot {
        [_, _, _, _, high, low, ..] => usize::from(*high) << 1 | usize::from(*low >> 7),
        _ => 0,
    }
}

/// Where the two streams meet.
pub(crate) struct Join {
    /// The frames of the first stream that are kept, ready to be followed by the second stream's.
    pub kept: Vec<Slot>,
    /// Bytes of the last kept frame that had to give way; zero is a join that no decoder can tell.
    pub lost: usize,
}

/// Joins two streams of frames that begin with the same number: keeps some of `from`, to be followed by the rest of `to`. `None` if there is
/// no place at which the data of `to` does not reach back beyond the beginning.
pub(crate) fn join(from: &[&[u8]], to: &[&[u8]]) -> Option<Join> {
    let lost = |at: usize| reaches_back(to[at]).saturating_sub(reaches_back(from[at]));
    let fits = |at: &usize| reaches_back(to[*at]) <= at * to[*at].len().saturating_sub(FRONT);
    let places = (0..from.len().min(to.len())).filter(fits);
    // The latest of the best: the younger encoder has settled by then.
    let kept = places.min_by_key(|at| (lost(*at), std::cmp::Reverse(*at)))?;
    let mut slots: Vec<Slot> = from[..kept].iter().map(|slot| Slot::from(*slot)).collect();
    let mut left = reaches_back(to[kept]);
    for (slot, other) in slots.iter_mut().zip(to).rev() {
        let room = slot.len().min(other.len()).saturating_sub(FRONT).min(left);
        let (begin, end) = (slot.len() - room, slot.len());
        slot[begin..end].copy_from_slice(&other[other.len() - room..]);
        left -= room;
    }
    Some(Join { kept: slots, lost: lost(kept) })
}
