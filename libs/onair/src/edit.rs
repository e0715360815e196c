//! Cutting, joining and drawing recordings.

use crate::time::{RATE, samples};
use std::time::Duration;

/// A cut begins and ends with a fade of 5 ms: an edge in the middle of a wave is a click.
const FADE: usize = RATE as usize / 200;

/// Why a cut cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditFault {
    /// The end is not after the beginning.
    #[error("the cut ends before it begins")]
    Backwards,
    /// The cut begins after the end of the recording.
    #[error("the cut lies behind the end of the recording")]
    Beyond,
}

/// The part of a recording (one channel at [`RATE`]) between two places, faded at both edges that are not the recording's own. An end beyond the recording's is the
/// recording's.
///
/// # Errors
/// A cut that would be empty.
pub fn cut(pcm: &[f32], from: Duration, to: Duration) -> Result<Vec<f32>, EditFault> {
    if to <= from {
        return Err(EditFault::Backwards);
    }
    let place = |at: Duration| usize::try_from(samples(at)).unwrap_or(usize::MAX).min(pcm.len());
    let (begin, end) = (place(from), place(to));
    if begin >= end {
        return Err(EditFault::Beyond);
    }
    let mut part = pcm[begin..end].to_vec();
    let length = FADE.min(part.len() / 2);
    let share = |n: usize| (n as f32 + 0.5) / length as f32;
    if begin > 0 {
        part.iter_mut().take(length).enumerate().for_each(|(n, sample)| *sample *= share(n));
    }
    if end < pcm.len() {
        part.iter_mut().rev().take(length).enumerate().for_each(|(n, sample)| *sample *= share(n));
    }
    Ok(part)
}

/// Recordings one after the other, with a pause between each two.
pub fn join(parts: &[&[f32]], pause: Duration) -> Vec<f32> {
    let gap = vec![0.0; usize::try_from(samples(pause)).unwrap_or(0)];
    parts.join(&gap[..])
}

/// The lowest and highest sample of each of `columns` equal parts: a waveform to draw. A recording shorter than its picture gives
/// as many columns as it has samples.
pub fn waveform(pcm: &[f32], columns: usize) -> Vec<(f32, f32)> {
    let columns = columns.min(pcm.len());
    let part = |column: usize| &pcm[column * pcm.len() / columns..(column + 1) * pcm.len() / columns];
    let extremes = |(low, high): (f32, f32), sample: &f32| (low.min(*sample), high.max(*sample));
    (0..columns).map(|column| part(column).iter().fold((f32::MAX, f32::MIN), extremes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cut_keeps_the_middle_and_fades_the_edges() {
        let pcm = vec![1.0; RATE as usize];
        let part = cut(&pcm, Duration::from_millis(100), Duration::from_millis(300)).unwrap();
        assert_eq!(part.len(), 9_600);
        assert!(part[0] < 0.01 && part[9_599] < 0.01 && part[240..9_360].iter().all(|sample| *sample == 1.0));
        let whole = cut(&pcm, Duration::ZERO, Duration::from_secs(9)).unwrap();
        assert_eq!(whole, pcm, "the recording's own edges are left alone");
        let second = Duration::from_secs(1);
        assert_eq!(cut(&pcm, second, second), Err(EditFault::Backwards));
        assert_eq!(cut(&pcm, second, second * 2), Err(EditFault::Beyond));
    }

    #[test]
    fn parts_follow_each_other_with_a_pause() {
        let joined = join(&[&[1.0, 2.0], &[3.0]], Duration::from_micros(42));
        assert_eq!(joined, [1.0, 2.0, 0.0, 0.0, 3.0]);
        assert_eq!(join(&[], Duration::from_secs(1)), Vec::<f32>::new());
    }

    proptest! {
        #[test]
        fn a_waveform_covers_every_sample(pcm in prop::collection::vec(-1.0f32..1.0, 0..400), columns in 0usize..100) {
            let drawn = waveform(&pcm, columns);
            prop_assert_eq!(drawn.len(), columns.min(pcm.len()));
            if columns > 0 && !pcm.is_empty() {
                let low = drawn.iter().map(|pair| pair.0).fold(f32::MAX, f32::min);
                let high = drawn.iter().map(|pair| pair.1).fold(f32::MIN, f32::max);
                prop_assert_eq!(low, pcm.iter().copied().fold(f32::MAX, f32::min));
                prop_assert_eq!(high, pcm.iter().copied().fold(f32::MIN, f32::max));
            }
        }
    }
}
