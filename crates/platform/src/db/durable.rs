//! What was committed is on the disk before it is acknowledged, and the disk is asked once for all who wait: on a disk
//! that takes 4 ms for it, one by one would be 250 writes a second. A commit gives way to the next writer at once; whoever
//! wrote it waits here.
//!
//! Another reader may see what was committed in the milliseconds before it is safe. Nobody has been told by then
//! that it stands, and who sends a form a second time is told only when it is (`Tx::rollback`).

use crate::{Error, Result};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::Mutex;

pub(super) struct Durable {
    means: Means,
    /// Commits that the engine has taken.
    committed: AtomicU64,
    /// How many of them the disk has. Who holds it asks the disk; the others stand in line.
    safe: Mutex<u64>,
    /// The disk has refused once: what it would say to a second try is worth nothing.
    refused: Arc<AtomicBool>,
}

pub(super) enum Means {
    /// The write-ahead log of SQLite, which with `synchronous=NORMAL` is left to the operating system.
    Log(PathBuf),
    /// A connection of its own on which PostgreSQL writes down one more thing, and with it everything before it.
    Server(DatabaseConnection),
}

impl Durable {
    pub fn new(means: Means) -> Durable {
        Durable { means, committed: AtomicU64::new(0), safe: Mutex::new(0), refused: Arc::default() }
    }

    /// Waits for a commit that the engine has just taken.
    pub async fn committed(&self) -> Result<()> {
        let mine = self.committed.fetch_add(1, Ordering::SeqCst) + 1;
        self.until(mine).await
    }

    /// Waits for everything that was committed before.
    pub async fn settled(&self) -> Result<()> {
        self.until(self.committed.load(Ordering::SeqCst)).await
    }

    async fn until(&self, mine: u64) -> Result<()> {
        let mut safe = self.safe.lock().await;
        if *safe >= mine {
            return Ok(());
        }
        let all = self.committed.load(Ordering::SeqCst);
        self.flush().await?;
        *safe = all;
        Ok(())
    }

    async fn flush(&self) -> Result<()> {
        if self.refused.load(Ordering::SeqCst) {
            return Err(Error::internal("the disk has refused to keep something; start the program again"));
        }
        match &self.means {
            Means::Log(path) => {
                let (path, refused) = (path.clone(), self.refused.clone());
                // The thread says itself that it failed: whoever asked it may have gone.
                let work = move || sync(&path).inspect_err(|_| refused.store(true, Ordering::SeqCst));
                Ok(tokio::task::spawn_blocking(work).await.map_err(Error::internal)??)
            }
            Means::Server(connection) => {
                connection.execute_unprepared("SELECT pg_logical_emit_message(true, 'sandinh', '')").await?;
                Ok(())
            }
        }
    }

    pub async fn close(&self) {
        if let Means::Server(connection) = &self.means {
            connection.close_by_ref().await.ok();
        }
    }
}

fn sync(log: &PathBuf) -> std::io::Result<()> {
    match std::fs::File::open(log) {
        Ok(log) => log.sync_data(),
        // The engine takes its log away when it closes, after all of it is safe in the database.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_is_told_once_the_disk_has_it_and_a_refusal_stays() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        std::fs::write(&log, b"commits").unwrap();
        let durable = Durable::new(Means::Log(log));
        durable.settled().await.unwrap();
        assert_eq!(*durable.safe.lock().await, 0);
        let (first, second) = tokio::join!(durable.committed(), durable.committed());
        first.and(second).unwrap();
        assert_eq!(*durable.safe.lock().await, 2);

        let refused = Durable::new(Means::Log(folder.path().join("log/below a file")));
        assert!(refused.committed().await.is_err());
        let text = refused.committed().await.unwrap_err().to_string();
        assert!(text.contains("start the program again"), "{text}");
    }
}
