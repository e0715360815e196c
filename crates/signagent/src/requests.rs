//! What waits for the official: each request with its own name and window, for a short time, signed at most once.

use chrono::{DateTime, TimeDelta, Utc};
use platform::Lang;
use rand::Rng;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How long a request waits.
pub const LIFE: TimeDelta = TimeDelta::minutes(10);
/// How long what became of it is known.
const KNOWN: TimeDelta = TimeDelta::minutes(20);
/// More do not wait at a time.
pub const WAITING_MAX: usize = 5;

/// What the page hands over.
#[derive(Debug)]
pub(crate) struct Asked {
    pub origin: String,
    pub lang: Lang,
    /// As the page says; the agent cannot know.
    pub title: String,
    pub number: String,
    pub reason: String,
    pub place: String,
    pub file: Vec<u8>,
    /// Hexadecimal, of the file.
    pub digest: String,
    /// Who signed it before.
    pub signed_by: Vec<String>,
    pub drawn: Option<Drawn>,
}

/// What is drawn at the place of the signature.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub page: usize,
    pub at: [f32; 4],
    pub drawing: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    Waiting,
    /// The token works on it.
    Signing,
    Signed(Arc<Vec<u8>>),
    Cancelled,
    Expired,
}

impl State {
    pub fn code(&self) -> &'static str {
        match self {
            State::Waiting | State::Signing => "waiting",
            State::Signed(_) => "signed",
            State::Cancelled => "cancelled",
            State::Expired => "expired",
        }
    }
}

struct Request {
    id: String,
    secret: String,
    asked: Arc<Asked>,
    at: DateTime<Utc>,
    state: State,
}

#[derive(Default)]
pub(crate) struct Requests(Mutex<Vec<Request>>);

impl Requests {
    fn now(&self, now: DateTime<Utc>) -> MutexGuard<'_, Vec<Request>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|one| now - one.at < KNOWN);
        for one in all.iter_mut().filter(|one| one.state == State::Waiting && now - one.at >= LIFE) {
            one.state = State::Expired;
        }
        all
    }

    /// Its name for the page and its name for the window; none when too many wait.
    pub fn add(&self, asked: Asked, now: DateTime<Utc>) -> Option<(String, String)> {
        let mut all = self.now(now);
        if all.iter().filter(|one| one.state.code() == "waiting").count() >= WAITING_MAX {
            return None;
        }
        let (id, secret) = (name(), name());
        all.push(Request {
            id: id.clone(),
            secret: secret.clone(),
            asked: Arc::new(asked),
            at: now,
            state: State::Waiting,
        });
        Some((id, secret))
    }

    /// For the page that asked.
    pub fn state(&self, id: &str, origin: &str, now: DateTime<Utc>) -> Option<State> {
        let all = self.now(now);
        all.iter().find(|one| one.id == id && one.asked.origin == origin).map(|one| one.state.clone())
    }

    /// The signed file, once.
    pub fn take(&self, id: &str, origin: &str, now: DateTime<Utc>) -> Option<Arc<Vec<u8>>> {
        let mut all = self.now(now);
        let at = all.iter().position(|one| one.id == id && one.asked.origin == origin)?;
        let State::Signed(file) = all[at].state.clone() else { return None };
        all.remove(at);
        Some(file)
    }

    /// The page waits no more; what the token works on is not stopped.
    pub fn give_up(&self, id: &str, origin: &str, now: DateTime<Utc>) {
        let mut all = self.now(now);
        let mut mine = all.iter_mut().filter(|one| one.id == id && one.asked.origin == origin);
        if let Some(one) = mine.find(|one| one.state == State::Waiting) {
            one.state = State::Cancelled;
        }
    }

    /// For the window.
    pub fn of(&self, secret: &str, now: DateTime<Utc>) -> Option<(Arc<Asked>, State)> {
        let all = self.now(now);
        all.iter().find(|one| one.secret == secret).map(|one| (one.asked.clone(), one.state.clone()))
    }

    /// From one state to another; false when it is in none of the first kind any more.
    pub fn change(&self, secret: &str, from: &State, to: State, now: DateTime<Utc>) -> bool {
        let mut all = self.now(now);
        let one = all.iter_mut().find(|one| one.secret == secret && one.state == *from);
        one.map(|one| one.state = to).is_some()
    }

    /// What waits, for the agent's first page: window and title.
    pub fn waiting(&self, now: DateTime<Utc>) -> Vec<(String, String)> {
        let all = self.now(now);
        let open = all.iter().filter(|one| one.state == State::Waiting);
        open.map(|one| (one.secret.clone(), one.asked.title.clone())).collect()
    }
}

/// A name that nobody guesses.
fn name() -> String {
    let mut bytes = [0_u8; 20];
    rand::rng().fill(&mut bytes[..]);
    hex::encode(bytes)
}
