//! The running station: what stands in the plan, as streams that never stop.

mod choose;
mod engine;
mod line;
mod log;
mod merge;
mod player;

pub use engine::{Engine, Stop};
pub use log::{AirEvent, AirLog, Why};

use crate::encode::{EncodeFault, Mp3Settings, OpusOgg, OpusSettings};
use crate::feed::Source;
use crate::mount::{Outlet, OutletSettings};
use crate::plan::Plan;
use arc_swap::ArcSwap;
use bytes::Bytes;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

/// A plan, and what the names in it stand for. A name keeps its meaning as long as something with it is on air.
#[derive(Clone, Default)]
pub struct Schedule {
    /// What plays when and where.
    pub plan: Plan,
    /// The sources by name. An entry whose source is not here has failed, and is logged as that.
    pub sources: HashMap<Arc<str>, Source>,
}

/// How the station runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Every mount has an MP3 stream.
    pub mp3: Mp3Settings,
    /// And an Opus stream, unless this is `None`.
    pub opus: Option<OpusSettings>,
    /// How long a beat may wait for a recording that is not ready. Live: a few milliseconds. Simulated time runs faster than any disk: seconds.
    pub patience: Duration,
    /// Sources are opened so long before their time.
    pub lead: Duration,
    /// Streams for listeners.
    pub outlet: OutletSettings,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            mp3: Mp3Settings::default(),
            opus: Some(OpusSettings::default()),
            patience: Duration::from_millis(4),
            lead: Duration::from_secs(5),
            outlet: OutletSettings::default(),
        }
    }
}

/// The station as everybody but the engine sees it: change the plan, listen. Cheap to share.
pub struct Station {
    schedule: ArcSwap<Schedule>,
    mounts: BTreeMap<Arc<str>, Streams>,
}

/// The streams of a mount.
#[derive(Clone)]
pub struct Streams {
    /// MP3, frames of 24 ms.
    pub mp3: Outlet,
    /// Opus in Ogg, if the settings have it.
    pub opus: Option<Outlet>,
}

impl Station {
    fn new(mounts: &[&str], settings: &Settings) -> Result<Station, EncodeFault> {
        let head = match settings.opus {
            Some(opus) => Bytes::from(OpusOgg::new(opus, 0)?.head()?),
            None => Bytes::new(),
        };
        let streams = || Streams {
            mp3: Outlet::new(settings.outlet, Bytes::new()),
            opus: settings.opus.map(|_| Outlet::new(settings.outlet, head.clone())),
        };
        let mounts = mounts.iter().map(|name| (Arc::from(*name), streams())).collect();
        Ok(Station { schedule: ArcSwap::default(), mounts })
    }

    /// Sets the schedule; the engine follows with its next beat, 20 ms later at the most.
    pub fn set_schedule(&self, schedule: Schedule) {
        self.schedule.store(Arc::new(schedule));
    }

    /// The schedule that is followed now.
    pub fn schedule(&self) -> Arc<Schedule> {
        self.schedule.load_full()
    }

    /// The streams of a mount.
    pub fn streams(&self, mount: &str) -> Option<&Streams> {
        self.mounts.get(mount)
    }

    /// All mounts, by name.
    pub fn mounts(&self) -> impl Iterator<Item = (&Arc<str>, &Streams)> {
        self.mounts.iter()
    }
}
