//! One database behind one interface: SQLite in the data folder, or PostgreSQL by URL. The same SQL text runs on
//! both; what differs stands in `dialect` and nowhere else.

mod dialect;
pub mod dump;
mod durable;
mod gate;
mod migrate;
mod open;
mod record;
mod snapshot;
mod sql;

pub use migrate::{Migration, applied, migrate};
pub use open::Location;
pub use record::{Recorded, recorded};
pub use sea_orm::{FromQueryResult, Value};
pub use snapshot::Snapshot;
pub use sql::{Sql, insert_many, sql};

use crate::{Error, Result};
use durable::Durable;
use gate::{Gate, Permit};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement};
use sea_orm::{SqliteTransactionMode, TransactionOptions, TransactionTrait};
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// A row as the engine gave it.
pub type Row = sea_orm::QueryResult;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }

    fn backend(self) -> DbBackend {
        match self {
            Engine::Sqlite => DbBackend::Sqlite,
            Engine::Postgres => DbBackend::Postgres,
        }
    }
}

/// What statements run on: the readers of the database, or one write transaction.
pub trait Run: Sync {
    fn engine(&self) -> Engine;
    fn rows(&self, statement: Sql) -> impl Future<Output = Result<Vec<Row>>> + Send;
    fn exec(&self, statement: Sql) -> impl Future<Output = Result<u64>> + Send;
}

/// The database. Reading needs only `&Db`; writing goes through [`Db::begin`].
pub struct Db {
    engine: Engine,
    readers: DatabaseConnection,
    writer: DatabaseConnection,
    gate: Gate,
    durable: Arc<Durable>,
    /// Counts the commits of this program.
    written: Arc<AtomicU64>,
}

impl Db {
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Starts a write transaction. On SQLite there is one at a time, in the order of arrival; when the queue is full
    /// or the wait too long the answer is [`Kind::Busy`](crate::Kind::Busy) and nothing was done.
    ///
    /// Do no hashing, no PDF, no picture and no network while you hold it.
    pub async fn begin(&self) -> Result<Tx> {
        let permit = self.gate.enter().await?;
        let inner = match self.engine {
            Engine::Sqlite => {
                let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
                let options = TransactionOptions { sqlite_transaction_mode, ..Default::default() };
                self.writer.begin_with_options(options).await?
            }
            Engine::Postgres => self.writer.begin().await?,
        };
        let (written, durable) = (self.written.clone(), self.durable.clone());
        Ok(Tx { inner, engine: self.engine, after: Mutex::default(), written, durable, permit })
    }

    /// How often this program has written: what was read before a number is as it was while the number stands.
    pub fn written(&self) -> u64 {
        self.written.load(Ordering::SeqCst)
    }

    /// How many writers wait: for `/metrics`.
    pub fn writers_waiting(&self) -> usize {
        self.gate.waiting()
    }

    /// Closes the pools; on SQLite this also folds the write-ahead log back into the file.
    pub async fn close(&self) {
        self.readers.close_by_ref().await.ok();
        self.writer.close_by_ref().await.ok();
        self.durable.close().await;
    }
}

impl Run for Db {
    fn engine(&self) -> Engine {
        self.engine
    }

    async fn rows(&self, statement: Sql) -> Result<Vec<Row>> {
        rows(&self.readers, self.engine, statement).await
    }

    /// A single write outside a transaction is refused: every write is a transaction.
    async fn exec(&self, statement: Sql) -> Result<u64> {
        Err(Error::internal(format!("a write outside a transaction: {}", statement.text)))
    }
}

type AfterCommit = Box<dyn FnOnce() + Send>;

/// A write transaction. Dropped without [`Tx::commit`], it leaves nothing.
pub struct Tx {
    inner: DatabaseTransaction,
    engine: Engine,
    after: Mutex<Vec<AfterCommit>>,
    written: Arc<AtomicU64>,
    durable: Arc<Durable>,
    permit: Permit,
}

impl Tx {
    /// Runs `what` once the transaction stands: waking a worker, dropping a cached value.
    pub fn after_commit(&self, what: impl FnOnce() + Send + 'static) {
        self.after.lock().expect("no panic while held").push(Box::new(what));
    }

    /// What was written is on the disk when this returns.
    pub async fn commit(self) -> Result<()> {
        self.inner.commit().await?;
        self.written.fetch_add(1, Ordering::SeqCst);
        for what in self.after.into_inner().expect("no panic while held") {
            what();
        }
        // The next writer begins while this one waits for the disk.
        drop(self.permit);
        self.durable.committed().await
    }

    /// Undoes everything now; the same as dropping, but the connection is free when this returns, and what it saw of
    /// others is on the disk.
    pub async fn rollback(self) -> Result<()> {
        self.inner.rollback().await?;
        drop(self.permit);
        self.durable.settled().await
    }
}

impl Run for Tx {
    fn engine(&self) -> Engine {
        self.engine
    }

    async fn rows(&self, statement: Sql) -> Result<Vec<Row>> {
        rows(&self.inner, self.engine, statement).await
    }

    async fn exec(&self, statement: Sql) -> Result<u64> {
        record::note(self.engine, &statement.text);
        let text = dialect::values_in_order(statement.text, self.engine);
        let statement = Statement::from_sql_and_values(self.engine.backend(), text, statement.values);
        Ok(self.inner.execute_raw(statement).await?.rows_affected())
    }
}

async fn rows(on: &impl ConnectionTrait, engine: Engine, statement: Sql) -> Result<Vec<Row>> {
    record::note(engine, &statement.text);
    let text = dialect::values_in_order(statement.text, engine);
    let statement = Statement::from_sql_and_values(engine.backend(), text, statement.values);
    Ok(on.query_all_raw(statement).await?)
}
