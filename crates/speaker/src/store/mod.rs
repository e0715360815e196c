//! What outlasts a restart: a folder with the state, the plan with its audio, and what was played and not told yet.

mod clips;
mod ledger;
mod state;

pub use clips::Faulty;
pub use state::State;

use ledger::Ledger;
use speakerlink::{Plan, Played};
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard};

/// The folder, and what of it is in memory. A disk that is full or broken is told in the log; what can be heard without it is heard.
pub struct Store {
    folder: PathBuf,
    state: Mutex<State>,
    plan: Mutex<Arc<Plan>>,
    ledger: Mutex<Ledger>,
    /// Heads of clips that were refused: they are not fetched again.
    refused: Mutex<HashSet<String>>,
    /// Counts plans and audio that came.
    fetched: AtomicU64,
}

impl Store {
    /// Opens the folder, and makes it if it is not there.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn open(folder: &Path) -> io::Result<Store> {
        std::fs::create_dir_all(folder.join("audio"))?;
        write(&folder.join("probe"), b"")?;
        std::fs::remove_file(folder.join("probe"))?;
        let ledger = Ledger::open(&folder.join("played.jsonl"))?;
        Ok(Store {
            state: Mutex::new(read(&folder.join("state.json")).unwrap_or_default()),
            plan: Mutex::new(Arc::new(clips::kept_plan(&folder.join("plan.json")))),
            ledger: Mutex::new(ledger),
            refused: Mutex::default(),
            fetched: AtomicU64::new(0),
            folder: folder.to_owned(),
        })
    }

    /// The state as of now.
    pub fn state(&self) -> State {
        self.held().clone()
    }

    /// Changes the state, and keeps it.
    pub fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.held();
        change(&mut state);
        let kept = write(&self.folder.join("state.json"), &speakerlink::write(&*state));
        told(kept, "the state is not kept");
    }

    /// Keeps what was played until the broker has it.
    pub fn note(&self, played: Played) {
        told(self.ledger().note(played), "what was played is not kept");
    }

    /// The oldest that was not told yet.
    pub fn untold(&self) -> Option<Played> {
        self.ledger().first()
    }

    /// The broker has it.
    pub fn taken(&self, id: &str) {
        told(self.ledger().taken(id), "what was told is told again after a restart");
    }

    fn held(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder panics")
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().expect("no holder panics")
    }
}

fn told(outcome: io::Result<()>, what: &str) {
    if let Err(fault) = outcome {
        tracing::error!(%fault, "{what}");
    }
}

/// A file of ours; nothing if it is not there or is none.
fn read<M: serde::de::DeserializeOwned>(path: &Path) -> Option<M> {
    let bytes = std::fs::read(path).ok()?;
    let read = speakerlink::read(&bytes);
    if let Err(fault) = &read {
        tracing::warn!(path = %path.display(), %fault, "a file that cannot be read is left aside");
    }
    read.ok()
}

/// Writes a file whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = std::fs::File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&new, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_outlasts_a_restart_and_a_broken_file_is_no_reason_to_be_silent() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.change(|state| state.difference = 7);
        drop(store);
        assert_eq!(Store::open(folder.path()).unwrap().state().difference, 7);
        std::fs::write(folder.path().join("state.json"), b"{").unwrap();
        std::fs::write(folder.path().join("plan.json"), b"[]").unwrap();
        std::fs::write(folder.path().join("played.jsonl"), b"what\n").unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert_eq!((store.state(), store.untold()), (State::default(), None));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, b"").unwrap();
        assert!(Store::open(&file).is_err());
    }
}
