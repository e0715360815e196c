//! Starting and ending the program.

use crate::board::Board;
use crate::config::Config;
use crate::control::Control;
use crate::link::Link;
use crate::net::Site;
use crate::output::{CommandOutput, Output};
use crate::player::{Parts, Player};
use crate::store::Store;
use crate::stream::Stream;
use crate::tape::SharedTape;
use crate::timing::{OwnClock, Timing};
use crate::{check, clock, plan};
use onair::{Moment, SystemClock};
use platform::{Error, Message, Result};
use speakerlink::DELAY;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How it is started.
#[derive(clap::Args, Debug, Clone)]
pub struct Options {
    /// The file that was downloaded from the commune's page
    #[arg(long)]
    pub config: PathBuf,
    /// Tries everything once, tells how it went, and ends
    #[arg(long)]
    pub check: bool,
}

/// Why the program has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Somebody stopped it.
    Stopped,
    /// The station wants it to begin anew: whoever keeps it running starts it again.
    Restart,
}

impl Ending {
    /// What the process ends with. A restart is no success, so that systemd's `Restart=on-failure` begins anew.
    pub fn code(self) -> u8 {
        match self {
            Ending::Stopped => 0,
            Ending::Restart => 75, // "try again" by the custom of sysexits
        }
    }
}

/// What a loudspeaker stands on; tests bring their own.
pub struct Means {
    pub clock: OwnClock,
    pub output: Box<dyn Output>,
    pub stop: CancellationToken,
}

/// Patience with the last words.
const LAST_WORDS: Duration = Duration::from_secs(6);

/// Runs until it is stopped (Ctrl-C, SIGTERM) or told to begin anew. `tell` hears what the person who started it should know.
///
/// # Errors
/// A file that is wrong, a store that cannot be written; with `--check` anything that did not go well.
pub async fn run(options: Options, mut tell: impl FnMut(&Message)) -> Result<Ending> {
    crate::load_texts();
    let config = Config::read(&options.config)?;
    if options.check {
        return check::check(&config, own_clock(), &mut tell).await;
    }
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    tokio::spawn(async move {
        asked_to_stop().await;
        stopped.cancel();
    });
    let output = Box::new(CommandOutput::new(&config.output));
    tell(&Message::new("speaker-runs").with("site", config.site.clone()));
    serve(config, Means { clock: own_clock(), output, stop }).await
}

fn own_clock() -> OwnClock {
    let now = || Moment::from_micros(platform::clock::Clock::System.now().timestamp_micros());
    Arc::new(SystemClock::new(now))
}

async fn asked_to_stop() {
    let term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
    let terminated = async {
        match term {
            Ok(mut term) => drop(term.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// Opens the store of a loudspeaker.
pub(crate) fn open_store(config: &Config) -> Result<Store> {
    Store::open(&config.store).map_err(|fault| {
        let message = Message::new("speaker-store-wrong").with("path", config.store.display().to_string());
        Error { detail: Some(fault.to_string()), ..Error::invalid(message) }
    })
}

/// The authorities of the file are read by both lines.
pub(crate) fn authorities_wrong(config: &Config, fault: &std::io::Error) -> Error {
    let path = config.ca.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let message = Message::new("speaker-ca-wrong").with("path", path);
    Error { detail: Some(fault.to_string()), ..Error::invalid(message) }
}

/// The loudspeaker itself.
///
/// # Errors
/// As [`run`].
pub async fn serve(config: Config, means: Means) -> Result<Ending> {
    let store = Arc::new(open_store(&config)?);
    let state = store.state();
    let timing = Arc::new(Timing::new(means.clock, state.difference));
    let board = Arc::new(Board::new(&state));
    let site = Arc::new(Site::new(&config).map_err(|fault| authorities_wrong(&config, &fault))?);
    let tape = SharedTape::default();
    let (inbox, delivered) = mpsc::unbounded_channel();
    let link = Link::new(&config, store.clone(), board.clone(), inbox)
        .map_err(|fault| authorities_wrong(&config, &fault))?;

    let mut tasks = JoinSet::new();
    let (ask_plan, asked_plan) = mpsc::unbounded_channel();
    let device = || config.device.clone();
    tasks.spawn(clock::keep(site.clone(), device(), timing.clone(), board.clone(), store.clone()));
    tasks.spawn(plan::keep(site.clone(), device(), store.clone(), asked_plan));
    let (own_timing, own_board) = (timing.clone(), board.clone());
    let stream = Stream { site, device: device(), timing: own_timing, board: own_board, tape: tape.clone() };
    tasks.spawn(stream.keep());
    let (told, tell) = mpsc::unbounded_channel();
    let (online, is_online) = watch::channel(false);
    let finish = CancellationToken::new();
    let line = tokio::spawn(link.keep(tell, online, finish.clone()));

    let output_delay = i64::from(config.output_delay) * 1_000;
    let (quiet, played) = (CancellationToken::new(), oneshot::channel());
    let parts = Parts {
        timing: timing.clone(),
        board: board.clone(),
        store: store.clone(),
        stream: tape,
        key: config.station_key,
        output: means.output,
        output_delay,
        stop: quiet.clone(),
    };
    start_player(parts, played.0)?;
    let behind = i64::try_from(DELAY.as_micros()).unwrap_or(0) - output_delay;
    let began = timing.elapsed();
    let control = Control { timing, board, store, told, plan: ask_plan, began, behind };
    let ending = control.run(delivered, is_online, &means.stop).await;

    // What was played last, then how we leave, then the line.
    quiet.cancel();
    drop(tokio::time::timeout(LAST_WORDS, played.1).await);
    control.leave();
    finish.cancel();
    drop(tokio::time::timeout(LAST_WORDS, line).await);
    Ok(ending)
}

fn start_player(parts: Parts, over: oneshot::Sender<()>) -> Result<()> {
    let player = Player::new(parts);
    let thread = std::thread::Builder::new().name("speaker-player".into());
    let run = move || {
        player.run();
        // Nobody waits any more if it took too long.
        let _ = over.send(());
    };
    thread.spawn(run).map(drop).map_err(Error::internal)
}
