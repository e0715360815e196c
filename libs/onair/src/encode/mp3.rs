use super::EncodeFault;
use super::splice::{Slot, frame_step};
use crate::audio::{AudioFault, Reader};
use crate::time::RATE;
use mp3lame_encoder::{Bitrate, Builder, Encoder, FlushNoGap, MonoPcm, Quality};
use std::num::NonZeroU32;

/// How MP3 is made: one channel, 48 kHz, constant rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mp3Settings {
    /// Kilobits a second: 32, 48, 64, 96 or 128.
    pub kbps: u16,
    /// LAME's effort, 0 (finest) to 9 (fastest).
    pub effort: u8,
}

impl Default for Mp3Settings {
    /// 64 kbit/s, effort 7: what remains of the difference to the finest is nothing that a horn loudspeaker can show, and costs a third.
    fn default() -> Mp3Settings {
        Mp3Settings { kbps: 64, effort: 7 }
    }
}

impl Mp3Settings {
    /// Bytes of a frame; at 48 kHz they are whole, so that no frame is padded.
    pub(crate) fn slot(self) -> usize {
        usize::from(self.kbps) * 3
    }

    fn bitrate(self) -> Result<Bitrate, EncodeFault> {
        Ok(match self.kbps {
            32 => Bitrate::Kbps32,
            48 => Bitrate::Kbps48,
            64 => Bitrate::Kbps64,
            96 => Bitrate::Kbps96,
            128 => Bitrate::Kbps128,
            other => return Err(EncodeFault::Mp3(format!("{other} kbit/s is none of 32, 48, 64, 96, 128"))),
        })
    }

    fn quality(self) -> Quality {
        match self.effort {
            0 => Quality::Best,
            1 => Quality::SecondBest,
            2 => Quality::NearBest,
            3 => Quality::VeryNice,
            4 => Quality::Nice,
            5 => Quality::Good,
            6 => Quality::Decent,
            7 => Quality::Ok,
            8 => Quality::SecondWorst,
            _ => Quality::Worst,
        }
    }
}

/// A running MP3 encoder; gives whole frames.
pub struct Mp3 {
    encoder: Encoder,
    settings: Mp3Settings,
    bytes: Vec<u8>,
    next: u64,
}

impl Mp3 {
    /// An encoder whose first frame has this number. Encoders whose numbers follow one clock (frame = sample / 1,152) can replace each other.
    ///
    /// # Errors
    /// Settings that MP3 does not know.
    pub fn new(settings: Mp3Settings, first: u64) -> Result<Mp3, EncodeFault> {
        let wrong = |error: mp3lame_encoder::BuildError| EncodeFault::Mp3(error.to_string());
        let builder = Builder::new().ok_or_else(|| EncodeFault::Mp3("no memory".into()))?;
        let encoder = builder
            .with_num_channels(1)
            .and_then(|builder| builder.with_sample_rate(RATE))
            .and_then(|builder| builder.with_output_sample_rate(NonZeroU32::new(RATE)))
            .and_then(|builder| builder.with_to_write_vbr_tag(false))
            .and_then(|builder| builder.with_quality(settings.quality()))
            .map_err(wrong)?
            .with_brate(settings.bitrate()?)
            .and_then(Builder::build)
            .map_err(wrong)?;
        Ok(Mp3 { encoder, settings, bytes: Vec::new(), next: first })
    }

    /// Takes samples (-1 to 1), and appends the frames that are ready.
    ///
    /// # Errors
    /// LAME's.
    pub(crate) fn push(
        &mut self,
        samples: &[f32],
        out: &mut impl Extend<(u64, Slot)>,
    ) -> Result<(), EncodeFault> {
        self.bytes.reserve(mp3lame_encoder::max_required_buffer_size(samples.len()));
        let done = self.encoder.encode_to_vec(MonoPcm(samples), &mut self.bytes);
        done.map_err(|error| EncodeFault::Mp3(error.to_string()))?;
        let size = self.settings.slot();
        let whole = self.bytes.len() / size;
        for slot in self.bytes.chunks_exact(size) {
            out.extend([(self.next, slot.into())]);
            self.next += 1;
        }
        self.bytes.drain(..whole * size);
        Ok(())
    }
}

/// A whole recording as MP3: for archives, podcasts and clips.
///
/// # Errors
/// Settings that MP3 does not know.
pub fn mp3_file(samples: &[f32], settings: Mp3Settings) -> Result<Vec<u8>, EncodeFault> {
    let mut encoder = Mp3::new(settings, 0)?;
    let mut slots = Vec::new();
    for piece in samples.chunks(frame_step() as usize * 100) {
        encoder.push(piece, &mut slots)?;
    }
    let mut bytes = Vec::with_capacity((slots.len() + 8) * settings.slot());
    slots.iter().for_each(|(_, slot)| bytes.extend_from_slice(slot));
    bytes.append(&mut encoder.bytes);
    bytes.reserve(mp3lame_encoder::max_required_buffer_size(0));
    let end = encoder.encoder.flush_to_vec::<FlushNoGap>(&mut bytes);
    end.map_err(|error| EncodeFault::Mp3(error.to_string()))?;
    Ok(bytes)
}

/// Writes what a reader gives as MP3, louder by `gain` decibels: a file that loudspeakers keep. Returns how many samples it holds.
///
/// # Errors
/// Audio that cannot be read, settings that MP3 does not know, a place that cannot be written.
pub fn mp3_copy(
    reader: &mut Reader,
    gain: f32,
    settings: Mp3Settings,
    out: &mut impl std::io::Write,
) -> Result<u64, CopyFault> {
    let mut encoder = Mp3::new(settings, 0)?;
    let (factor, mut count, mut more) = (10f32.powf(gain / 20.0), 0, true);
    let (mut sound, mut slots) = (Vec::new(), Vec::new());
    while more {
        sound.clear();
        more = reader.read(&mut sound)?;
        sound.iter_mut().for_each(|sample| *sample = (*sample * factor).clamp(-1.0, 1.0));
        count += sound.len() as u64;
        encoder.push(&sound, &mut slots)?;
        for (_, slot) in slots.drain(..) {
            out.write_all(&slot)?;
        }
    }
    let mut end = std::mem::take(&mut encoder.bytes);
    end.reserve(mp3lame_encoder::max_required_buffer_size(0));
    let flushed = encoder.encoder.flush_to_vec::<FlushNoGap>(&mut end);
    flushed.map_err(|error| EncodeFault::Mp3(error.to_string()))?;
    out.write_all(&end)?;
    Ok(count)
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum CopyFault {
    #[error(transparent)]
    Audio(#[from] AudioFault),
    #[error(transparent)]
    Encode(#[from] EncodeFault),
    #[error(transparent)]
    Write(#[from] std::io::Error),
}
