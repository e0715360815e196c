//! Another station's stream as a source: reconnected, judged, and left when it fails.

mod fetch;
mod health;
mod icy;

pub use icy::IcyStrip;

use crate::feed::{Feed, State};
use health::Health;
use hyper::Uri;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// When a relay counts as failed and as well again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RelaySettings {
    /// What has to lie ready before it is heard; takes up the unevenness of the network. It must be below the three seconds within which a
    /// stream that stalls has to be left.
    pub reserve: Duration,
    /// The highest sample that counts as silence. 0.003 is -50 dB: lines hum.
    pub floor: f32,
    /// Silence longer than this is a failure.
    pub silence: Duration,
    /// It has to be well for so long before it is heard again.
    pub back_after: Duration,
}

impl Default for RelaySettings {
    fn default() -> RelaySettings {
        RelaySettings {
            reserve: Duration::from_secs(1),
            floor: 0.003,
            silence: Duration::from_secs(3),
            back_after: Duration::from_secs(5),
        }
    }
}

/// An HTTP or Icecast stream (MP3, Ogg, AAC in the formats of [`Reader`](crate::audio::Reader)). Connects when the plan comes near it, and leaves when nobody
/// plans it any more.
pub struct Relay {
    uri: Uri,
    settings: RelaySettings,
    runtime: tokio::runtime::Handle,
    /// The connection of the feed that was opened last.
    line: Mutex<Line>,
}

/// How a relay stands, for people who want to see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayStatus {
    /// How much lies ready to be played.
    pub ready: Duration,
    /// Why the last attempt to connect failed or ended; `None` while sound comes.
    pub fault: Option<Arc<str>>,
}

/// The address of a relay is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no address of a stream (http://… or https://…)")]
pub struct RelayAddress(String);

impl Relay {
    /// A relay whose connections run on this runtime.
    ///
    /// # Errors
    /// An address that is not `http` or `https` with a host.
    pub fn new(
        address: &str,
        settings: RelaySettings,
        runtime: tokio::runtime::Handle,
    ) -> Result<Relay, RelayAddress> {
        let uri: Uri = address.parse().map_err(|_| RelayAddress(address.into()))?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none() {
            return Err(RelayAddress(address.into()));
        }
        Ok(Relay { uri, settings, runtime, line: Mutex::default() })
    }

    /// How it stands now. A relay that the plan is not near is not connected, and has nothing ready.
    pub fn status(&self) -> RelayStatus {
        let line = self.line.lock().expect("no holder panics").clone();
        let line = line.get();
        let ready = Duration::from_micros(line.samples.len() as u64 * 125 / 6);
        RelayStatus { ready, fault: line.fault.clone() }
    }

    pub(crate) fn feed(&self) -> RelayFeed {
        let line = Line::default();
        *self.line.lock().expect("no holder panics") = line.clone();
        let task = self.runtime.spawn(fetch::forever(self.uri.clone(), line.clone()));
        RelayFeed { line, health: Health::new(self.settings), task: task.abort_handle() }
    }
}

/// What the connection has delivered, between its thread and the engine's.
#[derive(Clone, Default)]
pub(crate) struct Line(Arc<Mutex<Delivered>>);

#[derive(Default)]
struct Delivered {
    samples: VecDeque<f32>,
    fault: Option<Arc<str>>,
}

/// No more than two seconds lie ready: what servers send in a rush at the beginning would be a delay for ever, and would hide a stream that
/// stalls.
const MOST: usize = 2 * crate::RATE as usize;

impl Line {
    fn get(&self) -> MutexGuard<'_, Delivered> {
        self.0.lock().expect("no holder panics")
    }

    pub fn push(&self, samples: &[f32]) {
        let mut line = self.get();
        line.samples.extend(samples);
        let over = line.samples.len().saturating_sub(MOST);
        line.samples.drain(..over);
    }

    pub fn fault(&self, fault: Option<&str>) {
        self.get().fault = fault.map(Arc::from);
    }
}

pub(crate) struct RelayFeed {
    line: Line,
    health: Health,
    task: tokio::task::AbortHandle,
}

impl Feed for RelayFeed {
    fn read(&mut self, _at: u64, out: &mut [f32]) -> State {
        let mut line = self.line.get();
        let wanted = self.health.takes(line.samples.len(), out.len());
        out.fill(0.0);
        out.iter_mut().zip(line.samples.drain(..wanted)).for_each(|(to, sample)| *to = sample);
        let fault = line.fault.clone();
        drop(line);
        self.health.heard(&out[..wanted], out.len(), fault)
    }

    fn state(&mut self) -> State {
        self.health.state().clone()
    }
}

impl Drop for RelayFeed {
    fn drop(&mut self) {
        self.task.abort();
    }
}
