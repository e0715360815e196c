use crate::RATE;

/// One sample of the siren, by its place: a wail that rises from 400 to 1,000 Hz and falls again every four seconds, with a third harmonic, because horn
/// loudspeakers carry little below 400 Hz. Level: -6 dB at the peak.
pub fn siren(at: u64) -> f32 {
    const WAIL: f64 = 4.0;
    const MIDDLE: f64 = 700.0;
    const SWING: f64 = 300.0;
    let time = (at % (RATE as u64 * WAIL as u64)) as f64 / f64::from(RATE);
    let turn = std::f64::consts::TAU / WAIL;
    // The integral of 700 - 300 cos(turn * t) hertz; after a wail it is 2,800 whole turns, so the phase goes on.
    let phase = std::f64::consts::TAU * (MIDDLE * time - SWING / turn * (turn * time).sin());
    // The siren swells within its first 50 ms: it frightens enough.
    let swell = (at as f64 / 2_400.0).min(1.0);
    ((phase.sin() * 0.42 + (3.0 * phase).sin() * 0.08) * swell) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_wails_without_a_jump_and_within_bounds() {
        let all: Vec<f32> = (0..480_000).map(siren).collect();
        assert!(all.iter().all(|sample| sample.abs() <= 0.5));
        let jump = all.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(jump < 0.12, "{jump}");
        let crossings =
            |from: usize| all[from..from + 4_800].windows(2).filter(|p| p[0] < 0.0 && p[1] >= 0.0).count();
        assert!(
            crossings(2_400) < 50 && crossings(96_000) > 90,
            "{} {}",
            crossings(2_400),
            crossings(96_000)
        );
    }
}
