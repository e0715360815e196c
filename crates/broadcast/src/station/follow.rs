//! From the plan in the tables to the engine: begun, followed, stopped.

use super::{air, beat, watch};
use crate::alarm;
use crate::law::Broadcast;
use crate::live;
use crate::plan::store as plan;
use crate::plan::{Line, Slot};
use crate::programme::{self, Form, Programme, State};
use chrono::Duration;
use onair::relay::{Relay, RelaySettings};
use onair::{
    Class, Engine, Entry, Moment, Plan, Schedule, Settings, Source, Station, Stop, Streams, SystemClock,
};
use platform::area::Service;
use platform::clock::Clock;
use platform::{App, Ctx, Error, Result, Tx, Uuid, sql};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use units::place::Ground;

/// The mount of the commune as a whole: what is for every village, for those who listen by the Internet.
pub(crate) const XA: &str = "xa";
/// The plan is looked at again, also when nobody rang: other programs may have written it.
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_secs(5);
/// A listener waits so long for a station that has to be begun.
const BEGUN_WITHIN: std::time::Duration = std::time::Duration::from_secs(3);

/// The stations of this program. The area offers it.
#[derive(Default)]
pub(crate) struct Stations {
    running: Mutex<HashMap<Uuid, Running>>,
    /// Somebody listens there, though nothing may be planned.
    wanted: Mutex<HashSet<Uuid>>,
    bell: Notify,
    begun: Notify,
}

struct Running {
    station: Arc<Station>,
    stop: Stop,
    mounts: Vec<String>,
    /// What was given to the engine last.
    given: Given,
    relays: HashMap<String, Arc<Relay>>,
    writer: JoinHandle<()>,
    watcher: JoinHandle<()>,
    wall: Box<dyn Fn() -> Moment + Send + Sync>,
}

type Given = (Vec<Entry>, BTreeSet<String>);

impl Stations {
    fn of(app: &App) -> Option<&Stations> {
        app.offers::<Stations>().next()
    }

    fn running(&self) -> MutexGuard<'_, HashMap<Uuid, Running>> {
        self.running.lock().expect("no holder panics")
    }

    fn streams(&self, commune: Uuid, mount: &str) -> Option<Streams> {
        self.running().get(&commune).and_then(|one| one.station.streams(mount)).cloned()
    }
}

/// The plan has changed: the engine follows as soon as it is written.
pub(crate) fn changed(ctx: &Ctx, tx: &Tx) {
    let app = ctx.app.clone();
    tx.after_commit(move || {
        if let Some(stations) = Stations::of(&app) {
            stations.bell.notify_one();
        }
    });
    crate::link::ring_plan(ctx, tx);
}

/// The time as the commune's station counts it; the clock's own where none runs.
pub(crate) fn now(ctx: &Ctx) -> Moment {
    let counted = Stations::of(&ctx.app)
        .and_then(|stations| stations.running().get(&ctx.commune).map(|one| (one.wall)()));
    counted.unwrap_or_else(|| Moment::from_micros(ctx.app.clock.now().timestamp_micros()))
}

/// The streams of a mount; a station that sleeps is begun.
///
/// # Errors
/// Not found: a mount that does not exist, or a station that does not begin in time.
pub(crate) async fn streams(ctx: &Ctx, mount: &str) -> Result<Streams> {
    let stations = Stations::of(&ctx.app).ok_or_else(|| Error::internal("no stations"))?;
    let begun = stations.begun.notified();
    if let Some(found) = stations.streams(ctx.commune, mount) {
        return Ok(found);
    }
    stations.wanted.lock().expect("no holder panics").insert(ctx.commune);
    stations.bell.notify_one();
    let _ = tokio::time::timeout(BEGUN_WITHIN, begun).await;
    stations.streams(ctx.commune, mount).ok_or_else(Error::not_found)
}

/// The station's own hand in the program: from its start to its end.
pub(crate) fn service() -> Service {
    Service::new("broadcast", |app, stop| Box::pin(follow(app, stop)))
}

async fn follow(app: App, stop: CancellationToken) {
    let Some(stations) = Stations::of(&app) else { return };
    while !stop.is_cancelled() {
        if let Err(error) = look(&app, stations).await {
            tracing::error!(%error, "the plan of the radio cannot be read; what is on air goes on");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = stations.bell.notified() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
    let all: Vec<Running> = stations.running().drain().map(|(_, one)| one).collect();
    for one in all {
        end(one).await;
    }
}

async fn end(one: Running) {
    one.watcher.abort();
    one.stop.stop();
    // The writer ends when the engine has told its last word.
    let _ = one.writer.await;
}

async fn look(app: &App, stations: &Stations) -> Result<()> {
    let communes: Vec<Uuid> = sql("SELECT id FROM commune ORDER BY id").column(&app.db).await?;
    for commune in communes {
        let ctx = Ctx::system(app, commune, "broadcast.station");
        // One commune's trouble is not another's.
        if let Err(error) = look_at(&ctx, stations).await {
            tracing::error!(%error, %commune, "the plan of the radio cannot be followed; what is on air goes on");
        }
    }
    Ok(())
}

async fn look_at(ctx: &Ctx, stations: &Stations) -> Result<()> {
    let today = ctx.today();
    let (from, to) = (today - Duration::days(1), today + Duration::days(2));
    let slots = plan::between(ctx, &ctx.app.db, from, to).await?;
    let wanted = stations.wanted.lock().expect("no holder panics").contains(&ctx.commune);
    let (alarms, spoken) = (alarm::running(ctx).await?, live::running(ctx).await?);
    let quiet = slots.is_empty() && alarms.is_empty() && spoken.is_empty();
    if quiet && !wanted && !stations.running().contains_key(&ctx.commune) {
        return Ok(());
    }
    let ground = Ground::load(ctx).await?;
    let mut mounts = vec![XA.to_owned()];
    mounts.extend(ground.villages.iter().map(|(unit, _)| unit.id.to_string()));
    let stale = stations.running().get(&ctx.commune).is_some_and(|one| one.mounts != mounts);
    if stale {
        let old = stations.running().remove(&ctx.commune);
        if let Some(old) = old {
            end(old).await;
        }
    }
    if !stations.running().contains_key(&ctx.commune) {
        let one = begin(ctx, mounts.clone()).await?;
        stations.running().insert(ctx.commune, one);
        stations.begun.notify_waiters();
    }
    let skips = plan::skips(ctx, &ctx.app.db, &slots, from, to).await?;
    let ids: Vec<Uuid> =
        slots.iter().map(|slot| slot.programme_id).collect::<BTreeSet<_>>().into_iter().collect();
    let programmes = programme::store::get_many(ctx, &ids).await?;
    let days = (0..=3).map(|ahead| from + Duration::days(ahead));
    let lines: Vec<Line> = days.flat_map(|day| crate::plan::lines(&slots, &skips, day)).collect();
    let mut urgent = (Vec::new(), HashMap::new());
    for one in &alarms {
        let entries = alarm::entries(ctx, one, &mounts, &mut urgent.1).await?;
        urgent.0.extend(entries);
    }
    for (one, input) in spoken {
        if let Some((entry, name, source)) = live::entry(&one, input, &mounts) {
            urgent.0.push(entry);
            urgent.1.insert(name, source);
        }
    }
    let mut sources = HashMap::new();
    for one in programmes.iter().filter(|one| one.state == State::Approved && one.sounds()) {
        match source(ctx, stations, one).await {
            Ok(named) => drop(sources.insert(one.id, named)),
            // The rest of the plan is aired.
            Err(error) => tracing::error!(%error, programme = %one.id, "a programme has lost its sound"),
        }
    }
    give(ctx, stations, &mounts, &lines, (sources, urgent))
}

type Named = (Arc<str>, Source);
/// What alarms and microphones put on the air.
type Urgent = (Vec<Entry>, HashMap<Arc<str>, Source>);

/// The source of a programme. Its name changes with its file: what is on air keeps what it has.
async fn source(ctx: &Ctx, stations: &Stations, one: &Programme) -> Result<Named> {
    if one.form == Form::Relay {
        let name = format!("{}:{}", one.id, one.address);
        let known =
            stations.running().get(&ctx.commune).and_then(|station| station.relays.get(&name).cloned());
        let relay = match known {
            Some(relay) => relay,
            None => {
                let runtime = tokio::runtime::Handle::current();
                let made =
                    Relay::new(&one.address, RelaySettings::default(), runtime).map_err(Error::internal)?;
                let made = Arc::new(made);
                if let Some(station) = stations.running().get_mut(&ctx.commune) {
                    station.relays.insert(name.clone(), made.clone());
                }
                made
            }
        };
        return Ok((name.into(), Source::Relay(relay)));
    }
    let path = programme::sound_place(ctx, one).await?.ok_or_else(|| Error::internal("no sound"))?;
    let file = one.file_id.map(|id| id.to_string()).unwrap_or_default();
    let gain = one.gain as f32 / 100.0;
    Ok((format!("{}:{file}", one.id).into(), Source::File { path, gain, again: false }))
}

fn give(
    ctx: &Ctx,
    stations: &Stations,
    mounts: &[String],
    lines: &[Line],
    (sources, urgent): (HashMap<Uuid, Named>, Urgent),
) -> Result<()> {
    let entry = |line: &Line| {
        let (source, _) = sources.get(&line.slot.programme_id)?;
        Some(entry(line, source.clone(), mounts))
    };
    let mut entries: Vec<Entry> = lines.iter().filter(|line| line.off.is_none()).filter_map(entry).collect();
    entries.extend(urgent.0);
    // A line whose villages are all gone is heard nowhere.
    entries.retain(|entry| !entry.mounts.is_empty());
    let sources: HashMap<Arc<str>, Source> = sources.into_values().chain(urgent.1).collect();
    let names = sources.keys().map(ToString::to_string).collect();
    let now: Given = (entries, names);
    let mut running = stations.running();
    let Some(one) = running.get_mut(&ctx.commune).filter(|one| one.given != now) else { return Ok(()) };
    one.relays.retain(|name, _| now.1.contains(name));
    let plan = Plan::new(now.0.clone(), Vec::new()).map_err(Error::internal)?;
    one.station.set_schedule(Schedule { plan, sources });
    one.given = now;
    Ok(())
}

fn entry(line: &Line, source: Arc<str>, mounts: &[String]) -> Entry {
    let slot: &Slot = line.slot;
    let villages = slot.villages();
    let heard = |mount: &&String| villages.is_empty() || mount.parse().is_ok_and(|id| villages.contains(&id));
    Entry {
        id: format!("{}@{}", slot.id, line.day).into(),
        start: Moment::from_micros(line.at.timestamp_micros()),
        length: std::time::Duration::from_secs(slot.length.unsigned_abs()),
        source,
        from: std::time::Duration::ZERO,
        mounts: mounts.iter().filter(heard).map(|mount| Arc::from(mount.as_str())).collect(),
        class: if slot.form == Form::Relay { Class::Relay } else { Class::Scheduled },
        priority: slot.priority,
    }
}

async fn begin(ctx: &Ctx, mounts: Vec<String>) -> Result<Running> {
    let app = &ctx.app;
    // A file of the law that cannot be read is told now, not at five in the morning.
    Broadcast::now(ctx)?;
    let last = beat::last(app, ctx.commune);
    air::cut_off(ctx, &mounts, last).await?;
    let (told, events) = tokio::sync::mpsc::unbounded_channel();
    let names: Vec<&str> = mounts.iter().map(String::as_str).collect();
    let log = Box::new(move |event| drop(told.send(event)));
    let (engine, station) = Engine::new(&names, Settings::default(), last, log).map_err(Error::internal)?;
    let (stop, wall) = (Stop::default(), wall(app));
    let (halt, clock) = (stop.clone(), SystemClock::new(wall.clone()));
    let run = move || {
        if let Err(error) = engine.run(&clock, &halt) {
            tracing::error!(%error, "the station's engine ended");
        }
    };
    std::thread::Builder::new().name("radio".to_owned()).spawn(run)?;
    let writer = tokio::spawn(air::write(app.clone(), ctx.commune, events));
    let watcher = tokio::spawn(watch::watch(app.clone(), ctx.commune, station.clone(), wall.clone()));
    let (given, relays) = (Given::default(), HashMap::new());
    Ok(Running { station, stop, mounts, given, relays, writer, watcher, wall: Box::new(wall) })
}

/// The wall clock of a station. A test's clock stands still until it is moved; a station's does not.
fn wall(app: &App) -> impl Fn() -> Moment + Clone + Send + Sync + 'static {
    let (clock, began) = (app.clock.clone(), std::time::Instant::now());
    move || {
        let passed =
            if matches!(clock, Clock::Fake(_)) { began.elapsed() } else { std::time::Duration::ZERO };
        Moment::from_micros(clock.now().timestamp_micros()).plus(passed)
    }
}
