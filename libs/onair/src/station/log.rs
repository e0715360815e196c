use crate::time::Moment;
use std::sync::Arc;
use std::time::Duration;

/// Why something went on air or left it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// The station began; what was on air before is not known to it.
    Started,
    /// The plan says so at this time.
    Planned,
    /// A new schedule was set.
    NewSchedule,
    /// The wall clock was set.
    ClockJumped,
    /// The recording ended before its time.
    SourceEnded,
    /// What was on air, or should have been, failed.
    SourceFailed(Arc<str>),
    /// What had failed is well again.
    SourceReturned,
    /// The station stopped.
    Stopped,
}

/// What happened on air. Places are instants of the wall clock as the plan sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AirEvent {
    /// From here on the mount plays this; no entry is silence.
    Began {
        /// The mount.
        mount: Arc<str>,
        /// The entry and its source.
        on_air: Option<(Arc<str>, Arc<str>)>,
        /// When.
        at: Moment,
        /// The place in the source.
        offset: Duration,
        /// The reason.
        why: Why,
    },
    /// Up to here the mount played this.
    Ended {
        /// The mount.
        mount: Arc<str>,
        /// The entry and its source.
        on_air: Option<(Arc<str>, Arc<str>)>,
        /// When it began.
        from: Moment,
        /// When it ended.
        to: Moment,
        /// The reason.
        why: Why,
    },
    /// This entry should play from here on and cannot; what plays in its place is told by itself.
    Missing {
        /// The mount.
        mount: Arc<str>,
        /// The entry.
        entry: Arc<str>,
        /// When.
        at: Moment,
        /// The reason, for the log.
        reason: Arc<str>,
    },
    /// The station is alive, and everything that began goes on. Once a second: the last one that was kept shows when a station that was killed fell silent.
    Beat {
        /// When.
        at: Moment,
    },
    /// Nothing was on air on any mount between these instants.
    Gap {
        /// The last sign of life.
        from: Moment,
        /// The first beat after it.
        to: Moment,
    },
}

/// Where the log goes. Called by the engine between two beats, so it must not wait: put it into a channel.
pub trait AirLog: Send {
    /// Takes an event.
    fn note(&mut self, event: AirEvent);
}

impl<F: FnMut(AirEvent) + Send> AirLog for F {
    fn note(&mut self, event: AirEvent) {
        self(event);
    }
}
