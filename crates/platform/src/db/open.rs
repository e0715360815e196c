//! Opening the database at either place.

use super::{Db, Engine, gate::Gate};
use crate::Result;
use sea_orm::{ConnectOptions, Database};
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
    // FULL: what was acknowledged survives a power cut. The page cache is in KiB when negative.
    writing.map_sqlx_sqlite_opts(|options| {
        options
            .row_buffer_size(512)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
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
    Ok(Db { engine: Engine::Sqlite, readers, writer, gate: Gate::new(1, 512), written: Arc::default() })
}

async fn open_postgres(url: &str) -> Result<Db> {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(READERS + PG_WRITERS)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .set_application_name("sandinh");
    let pool = Database::connect(options).await?;
    let gate = Gate::new(PG_WRITERS as usize, 512);
    Ok(Db { engine: Engine::Postgres, readers: pool.clone(), writer: pool, gate, written: Arc::default() })
}
