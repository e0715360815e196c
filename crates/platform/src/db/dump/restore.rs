//! Reading a dump into an empty place: everything or nothing.

use super::check::{manifest, open, verify};
use super::schema::{Table, tables};
use super::sum::known;
use super::{Manifest, TablePart};
use crate::db::{Db, Migration, Tx, Value, applied, insert_many, migrate, sql};
use crate::{Error, Message, Result, files, search};
use chrono::{DateTime, Utc};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;

/// Rows put in at once.
const BATCH: usize = 500;

/// What was read in.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    /// Steps of the schema that ran after the rows were in: the dump was of an older program.
    pub upgraded: Vec<&'static str>,
}

/// Reads a dump into an empty database and its files into `folder`. Every checksum is compared before anything is
/// written; the rows go in as one transaction.
///
/// # Errors
/// Those of [`verify`]; `Conflict` when the place is not empty or its schema is newer than the dump.
pub async fn restore(
    db: &Db,
    migrations: &[Migration],
    folder: &Path,
    src: &Path,
    now: DateTime<Utc>,
) -> Result<Restored> {
    let path = src.to_owned();
    let manifest = blocking(move || verify(&path)).await?;
    let steps = known(migrations, &manifest.schema)?;
    let newest = steps.iter().map(|step| step.version).max().unwrap_or(0);
    if applied(db).await.unwrap_or(0) > newest {
        return Err(Error::conflict("dump-place-newer"));
    }
    let tx = db.begin().await?;
    migrate::migrate_in(&tx, &steps, now).await?;
    let tables = tables(&steps)?;
    require_empty(&tx, &tables).await?;
    let unpacked = unpack(src, folder).await?;
    let filled = fill(&tx, &tables, src, &manifest, migrations, now).await;
    let done = match filled {
        Ok(upgraded) => tx.commit().await.map(|()| upgraded),
        Err(error) => tx.rollback().await.and(Err(error)),
    };
    match done {
        Ok(upgraded) => Ok(Restored { manifest, upgraded }),
        Err(error) => {
            unpacked.iter().for_each(|path| drop(std::fs::remove_file(path)));
            Err(error)
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

async fn require_empty(tx: &Tx, tables: &[Table]) -> Result<()> {
    for table in tables {
        let full = sql(format!("SELECT 1 FROM {} /* all rows */ LIMIT 1", table.name)).rows(tx).await?;
        if !full.is_empty() {
            return Err(Error::conflict(
                Message::new("dump-place-not-empty").with("table", table.name.as_str()),
            ));
        }
    }
    Ok(())
}

async fn fill(
    tx: &Tx,
    tables: &[Table],
    src: &Path,
    manifest: &Manifest,
    migrations: &[Migration],
    now: DateTime<Utc>,
) -> Result<Vec<&'static str>> {
    let (send, mut batches) = mpsc::channel(4);
    let (path, parts) = (src.to_owned(), manifest.tables.clone());
    let reader = tokio::task::spawn_blocking(move || read_tables(&path, &parts, &send));
    let mut counts = vec![0; manifest.tables.len()];
    while let Some((at, rows)) = batches.recv().await {
        let (at, rows): (usize, Vec<Vec<Value>>) = (at, rows);
        let part = &manifest.tables[at];
        if !tables.iter().any(|table| table.name == part.name && table.columns == part.columns) {
            return Err(Error::internal(format!("table {} is not as its migrations make it", part.name)));
        }
        let columns: Vec<&str> = part.columns.iter().map(|column| column.name.as_str()).collect();
        counts[at] += insert_many(tx, &part.name, &columns, rows, "").await?;
    }
    reader.await.map_err(Error::internal)??;
    let counted = counts.iter().zip(&manifest.tables).find(|(count, part)| **count != part.rows);
    if let Some((count, part)) = counted {
        return Err(Error::internal(format!("table {}: {count} rows of {}", part.name, part.rows)));
    }
    let upgraded = migrate::migrate_in(tx, migrations, now).await?;
    search::rebuild(tx).await?;
    Ok(upgraded)
}

type Batches = mpsc::Sender<(usize, Vec<Vec<Value>>)>;

/// Runs on a thread of its own and stops when nobody listens any more.
fn read_tables(src: &Path, parts: &[TablePart], send: &Batches) -> Result<()> {
    let mut archive = open(src)?;
    for (at, part) in parts.iter().enumerate() {
        let bytes = archive.by_name(&part.part()).map_err(Error::internal)?.take(part.bytes);
        let mut rows = Vec::with_capacity(BATCH);
        for line in BufReader::new(bytes).lines() {
            rows.push(row(part, &line?)?);
            if rows.len() == BATCH && send.blocking_send((at, std::mem::take(&mut rows))).is_err() {
                return Ok(());
            }
        }
        if !rows.is_empty() && send.blocking_send((at, rows)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

fn row(part: &TablePart, line: &str) -> Result<Vec<Value>> {
    let cells: Vec<serde_json::Value> = serde_json::from_str(line)?;
    let values: Option<Vec<Value>> =
        part.columns.iter().zip(&cells).map(|(column, cell)| column.kind.value(cell)).collect();
    let whole = values.filter(|values| values.len() == part.columns.len() && values.len() == cells.len());
    whole.ok_or_else(|| Error::internal(format!("a row of table {} does not fit its columns", part.name)))
}

/// Writes the files; returns the paths that were not there before, to be taken back if the rows do not follow.
async fn unpack(src: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let (src, folder) = (src.to_owned(), folder.to_owned());
    blocking(move || {
        let mut archive = open(&src)?;
        let mut new = Vec::new();
        for file in manifest(&mut archive)?.files {
            let path = files::path_of(&folder, &file.digest);
            let mut bytes = Vec::new();
            archive
                .by_name(&file.part())
                .map_err(Error::internal)?
                .take(file.bytes)
                .read_to_end(&mut bytes)?;
            let there = path.exists();
            files::write_bytes(&folder, &bytes)?;
            if !there {
                new.push(path);
            }
        }
        Ok(new)
    })
    .await
}
