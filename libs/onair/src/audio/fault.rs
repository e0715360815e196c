use std::time::Duration;

/// Why a file or stream cannot go on air.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AudioFault {
    /// No format that is known here, or not one packet in it that can be decoded. The text is the detail for the log.
    #[error("this is not an audio file: {0}")]
    NotAudio(String),
    /// A film without sound, a picture in an MP4 box.
    #[error("the file has no audio track")]
    NoAudioTrack,
    /// Audio, in a way that is not supported.
    #[error("this kind of audio is not supported: {0}")]
    Unsupported(String),
    /// Longer than the caller allows.
    #[error("the recording is longer than {} s", .limit.as_secs())]
    TooLong {
        /// What was allowed.
        limit: Duration,
    },
    /// The file could not be read.
    #[error("reading failed: {0}")]
    Io(#[from] std::io::Error),
}
