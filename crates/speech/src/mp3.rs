//! Recordings as every phone and every player of a loudspeaker takes them: MP3, one channel.

use crate::wave::Wave;
use mp3lame_encoder::{Bitrate, Builder, Encoder, FlushNoGap, MonoPcm, Quality};
use platform::{Error, Result};

/// Speech of a voice with 22 kHz gains nothing above it; three minutes are one megabyte.
const RATE: Bitrate = Bitrate::Kbps48;
/// Between two paragraphs, in milliseconds.
const PAUSE: u32 = 500;

/// Joins paragraphs to a file, with a pause after each.
pub(crate) struct Recorder {
    encoder: Encoder,
    rate: u32,
    bytes: Vec<u8>,
    samples: usize,
}

impl Recorder {
    pub fn new(rate: u32) -> Result<Recorder> {
        let builder = Builder::new().ok_or_else(|| Error::internal("no encoder"))?;
        let wrong = |error| Error::internal(format!("the encoder: {error:?}"));
        let encoder = builder
            .with_num_channels(1)
            .and_then(|builder| builder.with_sample_rate(rate))
            .and_then(|builder| builder.with_brate(RATE))
            .and_then(|builder| builder.with_quality(Quality::Good))
            .map_err(wrong)?
            .build()
            .map_err(wrong)?;
        Ok(Recorder { encoder, rate, bytes: Vec::new(), samples: 0 })
    }

    /// A paragraph; a voice does not change its rate from one to the next.
    pub fn add(&mut self, wave: &Wave) -> Result<()> {
        if wave.rate != self.rate {
            return Err(Error::internal("the voice changed its rate"));
        }
        self.put(&wave.samples)?;
        self.put(&vec![0; (self.rate * PAUSE / 1_000) as usize])
    }

    fn put(&mut self, samples: &[i16]) -> Result<()> {
        self.samples += samples.len();
        self.bytes.reserve(mp3lame_encoder::max_required_buffer_size(samples.len()));
        let done = self.encoder.encode_to_vec(MonoPcm(samples), &mut self.bytes);
        done.map(|_| ()).map_err(|error| Error::internal(format!("the encoder: {error:?}")))
    }

    /// The file, and how many seconds it lasts.
    pub fn end(mut self) -> Result<(Vec<u8>, i64)> {
        self.bytes.reserve(mp3lame_encoder::max_required_buffer_size(0));
        let done = self.encoder.flush_to_vec::<FlushNoGap>(&mut self.bytes);
        done.map_err(|error| Error::internal(format!("the encoder: {error:?}")))?;
        let seconds = self.samples.div_ceil(self.rate as usize);
        Ok((self.bytes, i64::try_from(seconds).unwrap_or(i64::MAX)))
    }
}
