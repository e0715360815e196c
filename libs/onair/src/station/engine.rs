use super::choose::{Occasion, Seat};
use super::line::Line;
use super::log::{AirEvent, AirLog, Why};
use super::merge::Lines;
use super::player::Players;
use super::{Schedule, Settings, Station, Streams};
use crate::encode::{EncodeFault, PAGE_STEP};
use crate::time::{BLOCK, Clock, Due, Moment, Pacer, RATE};
use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The thread's end of the station: makes 20 ms of every mount at a time.
pub struct Engine {
    station: Arc<Station>,
    settings: Settings,
    log: Box<dyn AirLog>,
    seats: Vec<Seat>,
    streams: Vec<Streams>,
    players: Players,
    lines: Lines,
    /// Samples since the station began: what encoders count by. The wall clock may jump, this does not.
    position: u64,
    followed: Arc<Schedule>,
    last: Option<i64>,
}

/// Stops a running engine.
#[derive(Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// The engine ends with its next beat.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Engine {
    /// A station with these mounts, and the engine that runs it. `last_beat` is the last [`AirEvent::Beat`] that an earlier run has kept:
    /// what lies between is logged as a gap.
    ///
    /// # Errors
    /// Settings that a codec does not know.
    pub fn new(
        mounts: &[&str],
        settings: Settings,
        last_beat: Option<Moment>,
        log: Box<dyn AirLog>,
    ) -> Result<(Engine, Arc<Station>), EncodeFault> {
        let station = Arc::new(Station::new(mounts, &settings)?);
        let (names, streams): (Vec<_>, Vec<_>) =
            station.mounts().map(|(name, streams)| (name.clone(), streams.clone())).unzip();
        let engine = Engine {
            lines: Lines::new(&settings, names.len())?,
            followed: station.schedule(),
            station: station.clone(),
            settings,
            log,
            seats: names.into_iter().map(Seat::new).collect(),
            streams,
            players: Players::default(),
            position: 0,
            last: last_beat.map(Moment::sample),
        };
        Ok((engine, station))
    }

    /// Runs by a clock until it is stopped. Needs a thread of its own.
    ///
    /// # Errors
    /// Only those of an encoder; no programme can bring them about.
    pub fn run(mut self, clock: &dyn Clock, stop: &Stop) -> Result<(), EncodeFault> {
        let mut pacer = Pacer::new(clock.wall(), clock.elapsed());
        while !stop.0.load(Ordering::Relaxed) {
            match pacer.next(clock.wall(), clock.elapsed()) {
                Due::Wait(length) => clock.pause(length),
                Due::Block { at, jumped } => self.beat(at, jumped)?,
            }
        }
        self.close();
        Ok(())
    }

    /// Makes the 20 ms that begin at an instant of the wall clock, for tests and tools that keep their own time. Instants are multiples of 20 ms; one that does not follow
    /// the last is a jump of the clock.
    ///
    /// # Errors
    /// As [`Engine::run`].
    pub fn step(&mut self, at: Moment) -> Result<(), EncodeFault> {
        let at = at.sample().div_euclid(BLOCK as i64) * BLOCK as i64;
        let jumped = self.position > 0 && self.last != Some(at);
        self.beat(at, jumped)
    }

    /// How much is open and running: programmes that are decoded, and lines that are encoded.
    pub fn load(&self) -> (usize, usize) {
        (self.players.count(), self.lines.all.len())
    }

    fn beat(&mut self, at: i64, jumped: bool) -> Result<(), EncodeFault> {
        let schedule = self.station.schedule();
        let new_schedule = !Arc::ptr_eq(&schedule, &self.followed);
        self.followed = schedule.clone();
        self.gap(at, jumped);
        let mut occasion = Occasion { jumped, new_schedule };
        let (mut now, end) = (at, at + BLOCK as i64);
        while now < end {
            let next = self.next_change(&schedule, now).min(end);
            self.piece(&schedule, now, usize::try_from(next - now).unwrap_or(BLOCK), occasion)?;
            (now, occasion) = (next, Occasion::default());
        }
        let second = i64::from(RATE);
        if at.rem_euclid(second / 2) == 0 || new_schedule || jumped {
            let here = (end, self.position);
            self.seats
                .iter()
                .for_each(|seat| seat.prepare(&schedule, &mut self.players, here, &self.settings));
        }
        if at.rem_euclid(second) == 0 {
            self.log.note(AirEvent::Beat { at: Moment::of_sample(at) });
        }
        self.last = Some(end);
        Ok(())
    }

    /// Logs what lies between the last sign of life and now; after a jump the old places mean nothing.
    fn gap(&mut self, at: i64, jumped: bool) {
        let from = self.last.unwrap_or(at);
        if self.position == 0 && from < at {
            let (from, to) = (Moment::of_sample(from), Moment::of_sample(at));
            self.log.note(AirEvent::Gap { from, to });
        }
        if jumped {
            self.players.clear();
            let to = Moment::of_sample(from);
            self.seats.iter_mut().for_each(|seat| seat.leave(to, self.log.as_mut()));
        }
    }

    /// The first sample after this one at which something begins or ends on a mount.
    fn next_change(&self, schedule: &Schedule, now: i64) -> i64 {
        let after = Moment::of_sample(now);
        let changes = self.seats.iter().filter_map(|seat| schedule.plan.next_change(&seat.name, after));
        changes.map(Moment::sample).filter(|change| *change > now).min().unwrap_or(i64::MAX)
    }

    /// A piece of time within which nothing begins or ends.
    fn piece(
        &mut self,
        schedule: &Schedule,
        now: i64,
        count: usize,
        occasion: Occasion,
    ) -> Result<(), EncodeFault> {
        let here = (now, self.position);
        let mut wanted = Vec::with_capacity(self.seats.len());
        for seat in &mut self.seats {
            let log = self.log.as_mut();
            wanted.push(seat.choose(schedule, &mut self.players, here, &self.settings, occasion, log));
        }
        self.lines.part(&wanted, self.position, &self.settings)?;
        self.players.begin(count, self.position);
        for line in &mut self.lines.all {
            line.play(&mut self.players, now, count)?;
        }
        self.position += count as u64;
        self.deliver(now + count as i64);
        self.lines.unite(self.position);
        Ok(())
    }

    /// Hands out what is ready; `end` is the sample of the wall clock that comes next.
    fn deliver(&mut self, end: i64) {
        for index in 0..self.lines.all.len() {
            let line = &mut self.lines.all[index];
            let (pages, chunk) = (line.pages(), line.chunk(self.position));
            let members = line.members.clone();
            for (_, page) in pages {
                let page = Bytes::from(page);
                let outlets = members.iter().filter_map(|mount| self.streams[*mount].opus.as_ref());
                outlets.for_each(|outlet| outlet.push(page.clone(), PAGE_STEP as u32));
            }
            let Some(chunk) = chunk else { continue };
            let bytes = Bytes::from(chunk.concat());
            let until = Moment::of_sample(end - line.behind(self.position) as i64);
            for mount in members {
                let own = self.lines.share(mount, &chunk).map_or_else(|| bytes.clone(), Bytes::from);
                self.streams[mount].mp3.push_until(own, Line::chunk_length(), Some(until));
            }
        }
    }

    fn close(&mut self) {
        let to = Moment::of_sample(self.last.unwrap_or_default());
        self.seats.iter().for_each(|seat| seat.end(to, Why::Stopped, self.log.as_mut()));
        for streams in &self.streams {
            streams.mp3.close();
            streams.opus.iter().for_each(crate::mount::Outlet::close);
        }
    }
}
