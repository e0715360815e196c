//! What the parts of the program know of each other.

use crate::mixer::{Wish, first_settings};
use crate::store::State;
use speakerlink::Mode;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard};
use tokio::sync::{Notify, watch};

/// Shared by the player's thread and the tasks.
pub struct Board {
    wish: Mutex<Wish>,
    /// Rings when the wish has changed.
    pub wished: Notify,
    /// What is heard.
    pub mode: watch::Sender<Mode>,
    /// Rings when something was played that the station should hear of.
    pub played: Notify,
    /// Rings when the stream is so far from its time that it must begin anew.
    pub astray: Notify,
    refused: AtomicU32,
}

impl Board {
    /// As an earlier run has left it.
    pub fn new(state: &State) -> Board {
        let settings = state.settings.clone().unwrap_or_else(first_settings);
        Board {
            wish: Mutex::new(Wish { settings, alarm: state.alarm, tone: 0 }),
            wished: Notify::new(),
            mode: watch::Sender::new(Mode::Silent),
            played: Notify::new(),
            astray: Notify::new(),
            refused: AtomicU32::new(0),
        }
    }

    /// What was asked, as of now.
    pub fn wish(&self) -> Wish {
        self.held().clone()
    }

    /// Asks for something else.
    pub fn change(&self, change: impl FnOnce(&mut Wish)) {
        change(&mut self.held());
        self.wished.notify_one();
    }

    /// A clip was refused.
    pub fn refuse(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// How many were.
    pub fn refused(&self) -> u32 {
        self.refused.load(Ordering::Relaxed)
    }

    fn held(&self) -> MutexGuard<'_, Wish> {
        self.wish.lock().expect("no holder panics")
    }
}
