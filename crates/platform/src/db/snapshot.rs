//! One moment of the whole database, read while others write: for backup.

use super::{Db, Engine, Row, Run, Sql, sql};
use crate::{Error, Result};
use sea_orm::{AccessMode, ConnectionTrait, DatabaseTransaction, IsolationLevel, Statement};
use sea_orm::{SqliteTransactionMode, TransactionOptions, TransactionTrait};

/// A reading transaction on a connection of its own. Everything read through it is of one moment. Its statements
/// reach across communes and are not recorded: they are the keeper's, not the program's daily ones.
pub struct Snapshot {
    inner: DatabaseTransaction,
    engine: Engine,
}

impl Db {
    /// Takes the moment. Writers go on; on SQLite the write-ahead log grows until the snapshot is dropped.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        let options = match self.engine {
            Engine::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..Default::default()
            },
            Engine::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            },
        };
        let snapshot =
            Snapshot { inner: self.readers.begin_with_options(options).await?, engine: self.engine };
        // Both engines take the moment at the first read, not at BEGIN.
        sql("SELECT COUNT(*) FROM commune").rows(&snapshot).await?;
        Ok(snapshot)
    }
}

impl Run for Snapshot {
    fn engine(&self) -> Engine {
        self.engine
    }

    async fn rows(&self, statement: Sql) -> Result<Vec<Row>> {
        let statement =
            Statement::from_sql_and_values(self.engine.backend(), statement.text, statement.values);
        Ok(self.inner.query_all_raw(statement).await?)
    }

    async fn exec(&self, statement: Sql) -> Result<u64> {
        Err(Error::internal(format!("a write in a snapshot: {}", statement.text)))
    }
}
