//! How loud a recording is (EBU R 128), and what brings it to the level of all others.

use crate::time::RATE;
use ebur128::{EbuR128, Mode};

/// What was measured of a recording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loudness {
    /// Integrated loudness in LUFS; `None` for silence and for less than 400 ms of sound, which have none.
    pub integrated: Option<f64>,
    /// The highest true peak in dBTP; `None` for digital silence.
    pub true_peak: Option<f64>,
}

/// Measures a recording piece by piece.
pub struct Meter(EbuR128);

impl Default for Meter {
    fn default() -> Meter {
        // Cannot fail: one channel at 48 kHz.
        Meter(EbuR128::new(1, RATE, Mode::I | Mode::TRUE_PEAK).expect("one channel at 48 kHz"))
    }
}

impl Meter {
    /// Takes the next samples: one channel at [`RATE`], -1 to 1.
    pub fn push(&mut self, samples: &[f32]) {
        // Refuses only frames with more channels than were announced.
        self.0.add_frames_f32(samples).expect("one channel");
    }

    /// What was measured so far.
    pub fn loudness(&self) -> Loudness {
        let integrated = self.0.loudness_global().ok().filter(|loudness| loudness.is_finite());
        let peak = self.0.true_peak(0).ok().filter(|peak| *peak > 0.0);
        Loudness { integrated, true_peak: peak.map(|peak| 20.0 * peak.log10()) }
    }
}

/// Measures a whole recording.
pub fn measure(samples: &[f32]) -> Loudness {
    let mut meter = Meter::default();
    samples.chunks(RATE as usize).for_each(|second| meter.push(second));
    meter.loudness()
}

impl Loudness {
    /// The amplification in decibel that brings the recording to `target` (LUFS: -23 as broadcasters do, -16 for small loudspeakers) without lifting
    /// its peak above `ceiling` (dBTP: -1 leaves room for the encoder). Zero for what has no loudness. Without a limiter the ceiling wins: lively
    /// recordings stay below the target.
    pub fn gain(&self, target: f64, ceiling: f64) -> f64 {
        let wanted = self.integrated.map_or(0.0, |loudness| target - loudness);
        self.true_peak.map_or(wanted, |peak| wanted.min(ceiling - peak))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(amplitude: f32) -> Vec<f32> {
        (0..RATE * 5)
            .map(|n| (n as f32 * 997.0 * std::f32::consts::TAU / RATE as f32).sin() * amplitude)
            .collect()
    }

    /// EBU Tech 3341, first signal: 1 kHz at -23 dBFS on both channels is -23 LUFS; on one channel it is 3 dB less.
    #[test]
    fn a_reference_tone_has_its_loudness() {
        let loudness = measure(&tone(10f32.powf(-20.0 / 20.0)));
        assert!((loudness.integrated.unwrap() + 23.0).abs() < 0.2, "{loudness:?}");
        assert!((loudness.true_peak.unwrap() + 20.0).abs() < 0.2);
    }

    #[test]
    fn gain_leads_to_the_target_and_stops_at_the_ceiling() {
        let quiet = tone(0.01);
        let gain = measure(&quiet).gain(-23.0, -1.0);
        let louder: Vec<f32> = quiet.iter().map(|sample| sample * 10f32.powf(gain as f32 / 20.0)).collect();
        assert!((measure(&louder).integrated.unwrap() + 23.0).abs() < 0.1);
        // A click over quiet speech.
        let mut clicked = tone(0.01);
        (0..10).for_each(|n| clicked[100_000 + n] = 0.9);
        let measured = measure(&clicked);
        let gain = measured.gain(-16.0, -1.0);
        assert!(gain < 1.0 && (measured.true_peak.unwrap() + gain + 1.0).abs() < 0.01, "{measured:?} {gain}");
    }

    #[test]
    fn silence_has_no_loudness_and_is_left_alone() {
        for samples in [vec![], vec![0.0; 96_000]] {
            let loudness = measure(&samples);
            assert_eq!((loudness.integrated, loudness.true_peak), (None, None));
            assert_eq!(loudness.gain(-16.0, -1.0), 0.0);
        }
    }
}
