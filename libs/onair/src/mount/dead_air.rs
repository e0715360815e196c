//! Listens at the very end: to what leaves, not to what was meant to.

use super::Outlet;
use crate::audio::Reader;
use bytes::Bytes;
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;
use symphonia::core::formats::probe::Hint;

/// When silence is an alarm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeadAirSettings {
    /// What counts as silence, as the highest sample: 0.001 is -60 dB.
    pub floor: f32,
    /// For how long it may last. Together with the pace of the looks it must stay below the ten seconds that were promised.
    pub longest: Duration,
}

impl Default for DeadAirSettings {
    fn default() -> DeadAirSettings {
        DeadAirSettings { floor: 0.001, longest: Duration::from_secs(8) }
    }
}

/// What is wrong with a mount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing leaves.
    Nothing,
    /// Silence leaves, and the plan says sound.
    Silence,
}

/// A mount fell silent, or is well again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Which mount.
    pub mount: Arc<str>,
    /// `None`: it is well again.
    pub trouble: Option<Trouble>,
}

/// The watcher of all mounts. Ask it once a second, from a thread or task of its own: one that stops with the engine sees nothing.
pub struct DeadAir {
    settings: DeadAirSettings,
    mounts: Vec<Watched>,
}

struct Watched {
    name: Arc<str>,
    outlet: Outlet,
    seen: u64,
    /// When it was last well.
    well: Option<Duration>,
    told: bool,
}

impl DeadAir {
    /// Watches these mounts' MP3 streams.
    pub fn new(settings: DeadAirSettings, mounts: impl IntoIterator<Item = (Arc<str>, Outlet)>) -> DeadAir {
        let watched = |(name, outlet)| Watched { name, outlet, seen: 0, well: None, told: false };
        DeadAir { settings, mounts: mounts.into_iter().map(watched).collect() }
    }

    /// Looks at what has left since the last look. `elapsed` is a clock that does not jump; `sound` says if the plan wants sound on a mount now.
    /// Gives what has changed.
    pub fn look(&mut self, elapsed: Duration, sound: impl Fn(&str) -> bool) -> Vec<Alarm> {
        let (mut alarms, mut judged) = (Vec::new(), HashMap::new());
        let settings = self.settings;
        for mount in &mut self.mounts {
            let now = mount.trouble(&settings, &sound, &mut judged);
            let well = *mount.well.get_or_insert(elapsed);
            match now {
                None => mount.well = Some(elapsed),
                Some(_) if elapsed.saturating_sub(well) < settings.longest => continue,
                Some(_) => {}
            }
            if now.is_some() != mount.told {
                mount.told = now.is_some();
                alarms.push(Alarm { mount: mount.name.clone(), trouble: now });
            }
        }
        alarms
    }
}

impl Watched {
    fn trouble(
        &mut self,
        settings: &DeadAirSettings,
        sound: &impl Fn(&str) -> bool,
        judged: &mut HashMap<*const u8, bool>,
    ) -> Option<Trouble> {
        let Some((number, chunk)) = self.outlet.newest().filter(|(number, _)| *number != self.seen) else {
            return Some(Trouble::Nothing);
        };
        self.seen = number;
        // Mounts that hear the same share the very bytes: judged once.
        let silent = *judged.entry(chunk.as_ptr()).or_insert_with(|| is_silent(chunk, settings.floor));
        (silent && sound(&self.name)).then_some(Trouble::Silence)
    }
}

/// Decodes a chunk of MP3 frames. The first of them may lean on frames that are not here, the rest decides. What cannot be decoded is no
/// sound.
fn is_silent(chunk: Bytes, floor: f32) -> bool {
    let mut hint = Hint::new();
    hint.with_extension("mp3");
    let Ok(mut reader) = Reader::from_source(Box::new(Cursor::new(chunk)), &hint) else { return true };
    let mut samples = Vec::new();
    while let Ok(true) = reader.read(&mut samples) {}
    samples.iter().all(|sample| sample.abs() < floor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::{Mp3Settings, mp3_file};
    use crate::mount::OutletSettings;

    /// Chunks of ten frames, as the engine makes them.
    fn chunks(samples: &[f32]) -> Vec<Bytes> {
        let all = mp3_file(samples, Mp3Settings::default()).unwrap();
        all.chunks(1_920).map(|chunk| Bytes::from(chunk.to_vec())).collect()
    }

    #[test]
    fn silence_and_nothing_are_told_once_within_ten_seconds_and_so_is_the_end() {
        let tone: Vec<f32> = (0..96_000).map(|n| (n as f32 * 0.05).sin() * 0.1).collect();
        let (loud, quiet) = (chunks(&tone)[3].clone(), chunks(&vec![0.0; 96_000])[3].clone());
        let outlets: Vec<Outlet> =
            (0..3).map(|_| Outlet::new(OutletSettings::default(), Bytes::new())).collect();
        let named = ["planned", "stopped", "free"].map(Arc::from).into_iter().zip(outlets.clone());
        let mut watch = DeadAir::new(DeadAirSettings::default(), named);
        let mut told = Vec::new();
        for second in 0..40u64 {
            let silent = (5..25).contains(&second);
            outlets[0].push(if silent { quiet.clone() } else { loud.clone() }, 11_520);
            if !silent {
                outlets[1].push(loud.clone(), 11_520);
            }
            outlets[2].push(quiet.clone(), 11_520);
            for alarm in watch.look(Duration::from_secs(second), |mount| mount != "free") {
                told.push((second, alarm.mount.to_string(), alarm.trouble));
            }
        }
        let wanted = [
            (12, "planned".to_owned(), Some(Trouble::Silence)),
            (12, "stopped".to_owned(), Some(Trouble::Nothing)),
            (25, "planned".to_owned(), None),
            (25, "stopped".to_owned(), None),
        ];
        assert_eq!(told, wanted, "well at second 4, silent from 5: alarm at 12");
    }
}
