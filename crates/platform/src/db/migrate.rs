//! Migrations of all areas in one timeline. A migration that has run is never changed: its checksum is kept.

use super::{Db, Run, Tx, dialect, sql};
use crate::{Error, Result};
use chrono::{DateTime, Utc};

/// One step of the schema. `version` orders the steps of all areas; the file is `migrations/{version}_{name}.sql`.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    pub version: i64,
    pub name: &'static str,
    pub text: &'static str,
}

impl Migration {
    pub(super) fn checksum(&self) -> String {
        blake3::hash(self.text.as_bytes()).to_hex()[..16].to_owned()
    }
}

#[derive(sea_orm::FromQueryResult)]
struct Applied {
    version: i64,
    checksum: String,
}

/// Brings the schema up to date; returns the names of the steps that ran. All in one transaction: a failed upgrade
/// leaves the old schema.
pub async fn migrate(db: &Db, migrations: &[Migration], now: DateTime<Utc>) -> Result<Vec<&'static str>> {
    let tx = db.begin().await?;
    let ran = migrate_in(&tx, migrations, now).await?;
    tx.commit().await?;
    Ok(ran)
}

/// The same inside a transaction of the caller, who commits.
pub(super) async fn migrate_in(
    tx: &Tx,
    migrations: &[Migration],
    now: DateTime<Utc>,
) -> Result<Vec<&'static str>> {
    let mut ordered = migrations.to_vec();
    ordered.sort_by_key(|m| m.version);
    if let Some(pair) = ordered.windows(2).find(|pair| pair[0].version == pair[1].version) {
        return Err(Error::internal(format!(
            "two migrations have number {}: {} and {}",
            pair[0].version, pair[0].name, pair[1].name
        )));
    }
    create_table(tx).await?;
    let done: Vec<Applied> =
        sql("SELECT version, checksum FROM schema_migration ORDER BY version").all(tx).await?;
    let mut ran = Vec::new();
    for migration in &ordered {
        match done.iter().find(|d| d.version == migration.version) {
            Some(d) if d.checksum != migration.checksum() => {
                return Err(Error::internal(format!(
                    "migration {} was changed after it ran",
                    migration.name
                )));
            }
            Some(_) => {}
            None => {
                run_one(tx, migration, now).await?;
                ran.push(migration.name);
            }
        }
    }
    if let Some(newer) = done.iter().find(|d| ordered.iter().all(|m| m.version != d.version)) {
        return Err(Error::internal(format!(
            "the data was written by a newer program (migration {})",
            newer.version
        )));
    }
    Ok(ran)
}

async fn create_table(tx: &Tx) -> Result<()> {
    let text = "CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, \
                checksum TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL);\n";
    for statement in dialect::statements(text, tx.engine()) {
        sql(statement).run(tx).await?;
    }
    Ok(())
}

async fn run_one(tx: &Tx, migration: &Migration, now: DateTime<Utc>) -> Result<()> {
    for statement in dialect::statements(migration.text, tx.engine()) {
        let shown: String = statement.chars().take(80).collect();
        sql(statement)
            .run(tx)
            .await
            .map_err(|e| Error::internal(format!("{}: {shown}: {e}", migration.name)))?;
    }
    sql("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)")
        .bind(migration.version)
        .bind(migration.name)
        .bind(migration.checksum())
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// The number of the newest step in the database, 0 if there is none.
pub async fn applied(db: &Db) -> Result<i64> {
    Ok(sql("SELECT MAX(version) FROM schema_migration")
        .scalar::<Option<i64>>(db)
        .await?
        .flatten()
        .unwrap_or(0))
}
