//! Does what the station asks, and tells how the loudspeaker is.

use crate::board::Board;
use crate::health;
use crate::link::{Delivery, Told};
use crate::net::FIRMWARE;
use crate::plan::Asked;
use crate::run::Ending;
use crate::store::Store;
use crate::timing::Timing;
use speakerlink::{Ack, Command, Mode, Order, Outcome, Settings, Status, Topic};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

/// What is older is not done any more.
const LATE: i64 = 10 * 60 * 1_000_000;
/// A test tone of more than a minute is a nuisance.
const TONE_MAX: u32 = 60;
/// A status more often than this costs more than it tells.
const OFTEN: u32 = 5;

/// What the control needs.
pub struct Control {
    pub timing: Arc<Timing>,
    pub board: Arc<Board>,
    pub store: Arc<Store>,
    pub told: mpsc::UnboundedSender<Told>,
    pub plan: mpsc::UnboundedSender<Asked>,
    /// The monotonic clock when the program began.
    pub began: i64,
    /// What is written to the output now is the moment of the programme that lies so many microseconds behind the station's time.
    pub behind: i64,
}

impl Control {
    /// Works until the program is to end, and says why.
    pub async fn run(
        &self,
        mut inbox: mpsc::UnboundedReceiver<Delivery>,
        mut online: watch::Receiver<bool>,
        stop: &CancellationToken,
    ) -> Ending {
        let mut mode = self.board.mode.subscribe();
        loop {
            let every = self.board.wish().settings.status_every.max(OFTEN);
            tokio::select! {
                () = stop.cancelled() => return Ending::Stopped,
                Some(delivery) = inbox.recv() => {
                    let ending = self.take(&delivery);
                    delivery.token.ack();
                    if let Some(ending) = ending {
                        return ending;
                    }
                }
                Ok(()) = mode.changed() => self.report(),
                Ok(()) = online.changed() => {
                    if *online.borrow_and_update() {
                        self.report();
                    }
                }
                () = tokio::time::sleep(Duration::from_secs(every.into())) => self.report(),
            }
        }
    }

    /// Something came. Says if the program is to end.
    fn take(&self, delivery: &Delivery) -> Option<Ending> {
        let read = match delivery.topic {
            Topic::Settings if delivery.payload.is_empty() => Ok(None), // the station has taken its settings back
            Topic::Settings => speakerlink::read(&delivery.payload).map(|settings| self.set(settings)),
            _ => speakerlink::read(&delivery.payload).map(|command| self.command(&command)),
        };
        read.unwrap_or_else(|fault| {
            tracing::warn!(%fault, topic = ?delivery.topic, "a message that cannot be read");
            None
        })
    }

    /// Newer settings count, older ones do not.
    fn set(&self, settings: Settings) -> Option<Ending> {
        if self.store.state().settings.is_some_and(|old| old.revision >= settings.revision) {
            return None;
        }
        tracing::info!(revision = settings.revision, "new settings");
        self.store.change(|state| state.settings = Some(settings.clone()));
        self.board.change(|wish| wish.settings = settings);
        self.report();
        None
    }

    /// Does a command once, in time; and tells what became of it each time that it comes.
    fn command(&self, command: &Command) -> Option<Ending> {
        if let Some(outcome) = self.store.state().outcome(&command.id) {
            self.ack(&command.id, outcome);
            return None;
        }
        if self.timing.now() - command.at > LATE {
            self.done(&command.id, Outcome::Late);
            return None;
        }
        let outcome = match command.order {
            Order::TestTone { seconds } => self.tone(seconds),
            Order::Report => Outcome::Done,
            Order::Plan => {
                self.fetch_plan(command.id.clone());
                return None;
            }
            Order::Restart => Outcome::Done,
            Order::Alarm { until } => self.alarm(|_| until),
            // What the station said before it is over is still on its way to the loudspeakers.
            Order::AllClear => self.alarm(|alarm| alarm.min(command.at)),
            Order::Unknown => Outcome::Unable,
        };
        self.done(&command.id, outcome);
        if command.order == Order::Report {
            self.report();
        }
        (command.order == Order::Restart).then_some(Ending::Restart)
    }

    fn tone(&self, seconds: u32) -> Outcome {
        let until = self.timing.now() - self.behind + i64::from(seconds.min(TONE_MAX)) * 1_000_000;
        self.board.change(|wish| wish.tone = until);
        if self.board.wish().settings.muted { Outcome::Unable } else { Outcome::Done }
    }

    fn alarm(&self, until: impl Fn(i64) -> i64) -> Outcome {
        self.board.change(|wish| wish.alarm = until(wish.alarm));
        let alarm = self.board.wish().alarm;
        self.store.change(|state| state.alarm = alarm);
        Outcome::Done
    }

    /// An alarm must not wait for a slow line, so the answer comes when it comes.
    fn fetch_plan(&self, id: String) {
        let (send, fetched) = oneshot::channel();
        if self.plan.send(send).is_err() {
            return self.ack(&id, Outcome::Unable);
        }
        let (store, told, timing) = (self.store.clone(), self.told.clone(), self.timing.clone());
        tokio::spawn(async move {
            let outcome = if fetched.await.unwrap_or(false) { Outcome::Done } else { Outcome::Unable };
            store.change(|state| state.remember(&id, outcome));
            // If the program ends meanwhile, the station asks again.
            let _ = told.send(Told::Ack(Ack { id, at: timing.now(), outcome }));
        });
    }

    fn done(&self, id: &str, outcome: Outcome) {
        self.store.change(|state| state.remember(id, outcome));
        self.ack(id, outcome);
    }

    fn ack(&self, id: &str, outcome: Outcome) {
        self.say(Told::Ack(Ack { id: id.to_owned(), at: self.timing.now(), outcome }));
    }

    /// Tells how the loudspeaker is now.
    pub fn report(&self) {
        self.say(Told::Status(Box::new(self.status(*self.board.mode.borrow()))));
    }

    /// The last word.
    pub fn leave(&self) {
        self.say(Told::Status(Box::new(self.status(Mode::Silent))));
    }

    fn status(&self, mode: Mode) -> Status {
        let wish = self.board.wish();
        Status {
            at: self.timing.now(),
            mode,
            volume: wish.settings.volume,
            muted: wish.settings.muted,
            on: wish.settings.on,
            settings: wish.settings.revision,
            firmware: FIRMWARE.to_owned(),
            signal: health::signal(),
            temperature: health::temperature(),
            clips: self.store.ready(),
            refused: self.board.refused(),
            up: u64::try_from((self.timing.elapsed() - self.began) / 1_000_000).unwrap_or(0),
            clock: self.timing.difference().map(|ahead| -ahead / 1_000),
        }
    }

    fn say(&self, told: Told) {
        // The line ends last; when it has, nobody is to be told.
        let _ = self.told.send(told);
    }
}
