//! Whatever people upload, as one channel of samples at [`RATE`](crate::RATE).

mod fault;
mod reader;
mod resample;

pub use fault::AudioFault;
pub use reader::{Ending, Reader};

use crate::time::samples;
use std::path::Path;
use std::time::Duration;

/// A whole recording in memory: for measuring and editing. What goes on air is read piece by piece ([`Reader`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Pcm {
    /// One channel at [`RATE`](crate::RATE), nominally -1 to 1.
    pub samples: Vec<f32>,
    /// Whether the file ended where it should.
    pub ending: Ending,
}

/// Reads a file to its end.
///
/// # Errors
/// What [`Reader::open`] refuses; [`AudioFault::TooLong`] as soon as more than `limit` has been read (a minute of samples takes
/// 11.5 MB).
pub fn read_file(path: &Path, limit: Duration) -> Result<Pcm, AudioFault> {
    let mut reader = Reader::open(path)?;
    let too_long = || AudioFault::TooLong { limit };
    if reader.length().is_some_and(|length| length > limit + Duration::from_secs(1)) {
        return Err(too_long());
    }
    let mut pcm = Vec::new();
    while reader.read(&mut pcm)? {
        if pcm.len() as u64 > samples(limit) {
            return Err(too_long());
        }
    }
    Ok(Pcm { samples: pcm, ending: reader.ending() })
}
