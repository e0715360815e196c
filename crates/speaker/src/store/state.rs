use serde::{Deserialize, Serialize};
use speakerlink::{Outcome, Settings};
use std::collections::VecDeque;

/// So many commands are remembered. The station numbers them without end, and does not repeat what is older than ten minutes.
const REMEMBERED: usize = 200;

/// What the station has said, and what was learned of the clock.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub settings: Option<Settings>,
    /// An alarm goes on up to this moment, also after a restart.
    pub alarm: i64,
    /// Commands that were done, with what became of them.
    pub done: VecDeque<(String, Outcome)>,
    /// By how many microseconds the station is ahead of this machine's clock.
    pub difference: i64,
}

impl State {
    /// Remembers a command.
    pub fn remember(&mut self, id: &str, outcome: Outcome) {
        self.done.push_back((id.to_owned(), outcome));
        while self.done.len() > REMEMBERED {
            self.done.pop_front();
        }
    }

    /// What became of a command.
    pub fn outcome(&self, id: &str) -> Option<Outcome> {
        self.done.iter().find(|(done, _)| done == id).map(|(_, outcome)| *outcome)
    }
}
