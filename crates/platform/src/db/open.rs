//! Opening the database at either place.

use super::durable::{Durable, Means};
use super::{Db, Engine, gate::Gate};
use crate::{Error, Result};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, Statement};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Where the data stands.
#[derive(Debug, Clone)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// `postgres://…`
    Url(String),
}

const READERS: u32 = 4;
const PG_WRITERS: u32 = 8;

impl Db {
    pub async fn open(location: &Location) -> Result<Db> {
        match location {
            Location::File(path) => open_sqlite(path).await,
            Location::Url(url) => open_postgres(url).await,
        }
    }
}

async fn open_sqlite(path: &std::path::Path) -> Result<Db> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let mut writing = ConnectOptions::new(url.clone());
    writing.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None).sqlx_logging(false);
    // NORMAL: a commit is not yet on the disk; `durable` waits for that, once for all commits of the same moment. The page
    // cache is in KiB when negative. The log is folded back every 32 MB: each time costs some waits for the disk.
    writing.map_sqlx_sqlite_opts(|options| {
        options
            .row_buffer_size(512)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "NORMAL")
            .pragma("wal_autocheckpoint", "8000")
            .pragma("foreign_keys", "ON")
            .pragma("busy_timeout", "10000")
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "MEMORY")
            .pragma("journal_size_limit", "67108864")
    });
    let writer = Database::connect(writing).await?;
    let mut reading = ConnectOptions::new(url);
    reading
        .max_connections(READERS)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .sqlx_logging(false);
    reading.map_sqlx_sqlite_opts(|options| {
        options
            // Rows cross from the engine's thread in batches: each crossing wakes somebody.
            .row_buffer_size(512)
            .pragma("query_only", "ON")
            .pragma("busy_timeout", "10000")
            .pragma("cache_size", "-8000")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "MEMORY")
    });
    let readers = Database::connect(reading).await?;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let durable = Arc::new(Durable::new(Means::Log(log.into())));
    let gate = Gate::new(1, 512);
    let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode");
    let journal =
        readers.query_one_raw(asked).await?.map(|row| row.try_get_by_index::<String>(0)).transpose()?;
    // Without its log, SQLite would keep nothing safe in this way; a shared folder of another machine is the usual reason.
    if journal.as_deref() != Some("wal") {
        return Err(Error::internal(format!("{} does not stand on a disk of this machine", path.display())));
    }
    Ok(Db { engine: Engine::Sqlite, readers, writer, gate, durable, written: Arc::default() })
}

async fn open_postgres(url: &str) -> Result<Db> {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(READERS + PG_WRITERS)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .set_application_name("sandinh");
    let mut flushing = options.clone();
    flushing.max_connections(1);
    // The lock on the head of the audit is held until a commit returns: it may not wait for the disk as well. `durable`
    // does, once for all commits of the same moment.
    options.map_sqlx_postgres_opts(|options| options.options([("synchronous_commit", "off")]));
    flushing.map_sqlx_postgres_opts(|options| options.options([("synchronous_commit", "on")]));
    let pool = Database::connect(options).await?;
    let durable = Arc::new(Durable::new(Means::Server(Database::connect(flushing).await?)));
    let gate = Gate::new(PG_WRITERS as usize, 512);
    let (readers, written) = (pool.clone(), Arc::default());
    Ok(Db { engine: Engine::Postgres, readers, writer: pool, gate, durable, written })
}
