//! Encoders whose output does not depend on when they were started, so that listeners can be handed from one to another.

mod mp3;
mod ogg;
mod opus;
mod splice;

#[cfg(test)]
mod tests;

pub use mp3::{CopyFault, Mp3, Mp3Settings, mp3_copy, mp3_file};
pub(crate) use opus::PAGE_STEP;
pub use opus::{OpusOgg, OpusSettings};
pub(crate) use splice::{Slot, frame_step, join};

/// Why an encoder could not be built or fed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeFault {
    /// LAME's own words.
    #[error("MP3: {0}")]
    Mp3(String),
    /// libopus' own words.
    #[error("Opus: {0}")]
    Opus(#[from] ::opus::Error),
}
