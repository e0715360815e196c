//! What is heard, and how loud: by the settings, an alarm, a test tone and the moment.

use onair::RATE;
use speakerlink::Settings;
use std::f32::consts::TAU;

/// From silence to full strength in 50 ms: no click, and no delay that one hears.
const STEP: f32 = 1.0 / (RATE as f32 * 0.05);
/// Decibels between the volumes 1 and 100. Half of the way is then half as loud to the ear (20 dB less), not half of the current.
const SPAN: f32 = 40.0;
/// The test tone: where horns are good, and not to be mistaken for a siren.
const HERTZ: f32 = 880.0;
const TONE_PEAK: f32 = 0.25;

/// What was asked of the loudspeaker.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    pub settings: Settings,
    /// An alarm is on air up to this moment of the programme, in microseconds.
    pub alarm: i64,
    /// A test tone sounds up to this moment, in microseconds.
    pub tone: i64,
}

/// Before the station has said anything.
pub fn first_settings() -> Settings {
    Settings { revision: 0, on: true, volume: 70, muted: false, alarm_volume: 100, status_every: 60 }
}

impl Wish {
    /// How strong the programme of a moment is; nothing if it is not heard at all.
    pub fn programme(&self, at: i64) -> Option<f32> {
        let set = &self.settings;
        let volume = match (at < self.alarm, set.on && !set.muted) {
            (true, _) => set.alarm_volume,
            (false, true) => set.volume,
            (false, false) => 0,
        };
        (volume > 0).then(|| strength(volume))
    }

    /// How strong the test tone is: over what is on air, also while the loudspeaker is off, but never while somebody wants silence.
    pub fn tone(&self, at: i64) -> f32 {
        if at < self.tone && !self.settings.muted { strength(self.settings.volume) } else { 0.0 }
    }

    /// Whether the stream is needed. A loudspeaker that is off costs no data.
    pub fn stream(&self, at: i64) -> bool {
        self.settings.on || at < self.alarm
    }
}

/// The strength of a volume from 0 to 100: even steps for the ear, that is in decibels.
pub fn strength(volume: u8) -> f32 {
    if volume == 0 {
        return 0.0;
    }
    let below = f32::from(100 - volume.min(100)) * SPAN / 100.0;
    10f32.powf(-below / 20.0)
}

/// A volume that moves without clicks.
#[derive(Debug, Default)]
pub struct Ramp(f32);

impl Ramp {
    /// Makes a piece as strong as wanted, step by step.
    pub fn apply(&mut self, wanted: f32, sound: &mut [f32]) {
        for sample in sound {
            self.0 += (wanted - self.0).clamp(-STEP, STEP);
            *sample *= self.0;
        }
    }
}

/// Adds the test tone to a piece that begins at a sample.
pub fn add_tone(ramp: &mut Ramp, wanted: f32, at: i64, sound: &mut [f32]) {
    let second = i64::from(RATE);
    let mut tone: Vec<f32> = (at..at + sound.len() as i64)
        .map(|sample| (sample.rem_euclid(second) as f32 / RATE as f32 * HERTZ * TAU).sin() * TONE_PEAK)
        .collect();
    ramp.apply(wanted, &mut tone);
    sound.iter_mut().zip(tone).for_each(|(sample, tone)| *sample += tone);
}

/// As the sound card wants it.
pub fn whole(sound: &[f32]) -> Vec<i16> {
    sound.iter().map(|sample| (sample.clamp(-1.0, 1.0) * 32_767.0) as i16).collect()
}

/// Takes `out` samples of somewhat more: a few are left out, far from each other.
pub fn thin_out(sound: &[f32], out: usize) -> Vec<f32> {
    (0..out).map(|place| sound[place * sound.len() / out.max(1)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(on: bool, muted: bool, volume: u8) -> Wish {
        Wish { settings: Settings { on, muted, volume, ..first_settings() }, alarm: 0, tone: 0 }
    }

    #[test]
    fn an_alarm_is_aloud_whatever_the_settings_say() {
        for quiet in [wish(false, false, 50), wish(true, true, 50), wish(true, false, 0)] {
            assert_eq!(quiet.programme(10), None, "{quiet:?}");
            let alarm = Wish { alarm: 20, ..quiet };
            assert_eq!((alarm.programme(10), alarm.stream(10)), (Some(1.0), true));
            assert_eq!(alarm.programme(20), None, "it is over");
        }
        assert!(!wish(false, false, 50).stream(10) && wish(true, true, 50).stream(10));
    }

    #[test]
    fn volumes_are_even_steps_for_the_ear() {
        assert_eq!((strength(0), strength(100), strength(255)), (0.0, 1.0, 1.0));
        assert!((strength(50) - 0.1).abs() < 1e-6);
        let steps = (1..100).map(|volume| strength(volume + 1) / strength(volume));
        assert!(steps.into_iter().all(|step| (step - 1.047).abs() < 0.001));
    }

    #[test]
    fn the_tone_sounds_while_off_and_not_while_muted() {
        let tone = |wish: Wish| Wish { tone: 20, ..wish }.tone(10);
        assert_eq!((tone(wish(false, false, 100)), tone(wish(true, true, 100))), (1.0, 0.0));
        assert_eq!(wish(true, false, 100).tone(10), 0.0);
    }

    #[test]
    fn nothing_clicks() {
        let (mut ramp, mut sound) = (Ramp::default(), vec![1.0; 4_800]);
        ramp.apply(1.0, &mut sound);
        assert!(sound.windows(2).all(|two| (two[1] - two[0]).abs() <= STEP * 1.01));
        assert_eq!(sound[4_799], 1.0);
        let mut tone = vec![0.0; 4_800];
        add_tone(&mut Ramp::default(), 1.0, 0, &mut tone);
        assert!(tone.iter().any(|sample| *sample > 0.24) && tone.iter().all(|sample| *sample <= 0.25));
    }

    #[test]
    fn a_few_samples_are_left_out_evenly() {
        let sound: Vec<f32> = (0..968).map(|number| number as f32).collect();
        let thin = thin_out(&sound, 960);
        assert_eq!((thin.len(), thin[0]), (960, 0.0));
        assert!(thin.windows(2).all(|two| two[1] - two[0] <= 2.0));
        assert_eq!(thin_out(&sound, 968), sound);
    }
}
