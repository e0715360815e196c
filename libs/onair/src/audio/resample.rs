//! From the rate of the file to ours.

use super::AudioFault;
use crate::time::RATE;
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler};

/// Rates that microphones and files have. Others are mistakes, and would cost memory in the filter.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;
const CHUNK: usize = 1_024;

pub(super) struct Resample {
    rate: u32,
    inner: Option<Box<Fft<f32>>>,
    waiting: Vec<f32>,
    /// Samples of the filter's delay that are still to be dropped.
    skip: usize,
    taken: u64,
    given: u64,
}

impl Resample {
    pub fn new(rate: u32) -> Result<Resample, AudioFault> {
        if !RATES.contains(&rate) {
            return Err(AudioFault::Unsupported(format!("{rate} samples a second")));
        }
        let wrong = |error| AudioFault::Unsupported(format!("{rate} samples a second: {error}"));
        let inner = if rate == RATE {
            None
        } else {
            let filter = Fft::new(rate as usize, RATE as usize, CHUNK, 1, FixedSync::Input).map_err(wrong)?;
            Some(Box::new(filter))
        };
        let skip = inner.as_ref().map_or(0, |filter| filter.output_delay());
        Ok(Resample { rate, inner, waiting: Vec::new(), skip, taken: 0, given: 0 })
    }

    pub fn rate(&self) -> u32 {
        self.rate
    }

    pub fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.taken += samples.len() as u64;
        if self.inner.is_none() {
            out.extend_from_slice(samples);
            return;
        }
        self.waiting.extend_from_slice(samples);
        self.run(out, None);
    }

    /// The last samples, so that the length is what the file's length says.
    pub fn finish(&mut self, out: &mut Vec<f32>) {
        if self.inner.is_none() {
            return;
        }
        let whole = self.taken * u64::from(RATE) / u64::from(self.rate);
        // The filter holds back less than this many chunks.
        for _ in 0..8 {
            if self.given >= whole {
                break;
            }
            self.run(out, Some(self.waiting.len()));
        }
        let over = usize::try_from(self.given.saturating_sub(whole)).unwrap_or(0);
        out.truncate(out.len().saturating_sub(over));
        self.given -= over as u64;
    }

    fn run(&mut self, out: &mut Vec<f32>, last: Option<usize>) {
        let Some(filter) = self.inner.as_mut() else { return };
        let mut from = 0;
        let mut once = last.is_some();
        while once || self.waiting.len() - from >= filter.input_frames_next() {
            once = false;
            let wanted = filter.input_frames_next();
            let room = filter.output_frames_next();
            let begin = out.len();
            if last.is_some() {
                self.waiting.resize(wanted, 0.0);
            }
            out.resize(begin + room, 0.0);
            let indexing = Indexing::new();
            let made = InterleavedSlice::new(&self.waiting[from..], 1, self.waiting.len() - from)
                .ok()
                .zip(InterleavedSlice::new_mut(&mut out[begin..], 1, room).ok())
                .and_then(|(input, mut output)| {
                    filter.process_into_buffer(&input, &mut output, Some(&indexing)).ok()
                });
            let (used, made) = made.unwrap_or((wanted, 0));
            from += used;
            out.truncate(begin + made);
            let skipped = self.skip.min(made);
            out.drain(begin..begin + skipped);
            self.skip -= skipped;
            self.given += (made - skipped) as u64;
        }
        self.waiting.drain(..from.min(self.waiting.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: u32, seconds: f32) -> Vec<f32> {
        let count = (rate as f32 * seconds) as usize;
        (0..count).map(|n| (n as f32 * 440.0 * std::f32::consts::TAU / rate as f32).sin() * 0.5).collect()
    }

    #[test]
    fn length_and_place_are_kept() {
        for rate in [8_000, 11_025, 22_050, 44_100, 96_000] {
            let mut resample = Resample::new(rate).unwrap();
            let mut out = Vec::new();
            tone(rate, 2.0).chunks(777).for_each(|piece| resample.push(piece, &mut out));
            resample.finish(&mut out);
            assert_eq!(out.len(), 96_000, "{rate}");
            let wanted = tone(RATE, 2.0);
            let worst = (4_800..91_200).map(|n| (out[n] - wanted[n]).abs()).fold(0.0, f32::max);
            assert!(worst < 0.01, "{rate}: {worst}");
        }
    }

    #[test]
    fn absurd_rates_are_refused() {
        assert!(matches!(Resample::new(1), Err(AudioFault::Unsupported(_))));
        assert!(matches!(Resample::new(u32::MAX), Err(AudioFault::Unsupported(_))));
    }
}
