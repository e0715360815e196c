//! Checksums of all rows of a table, whatever their order: the proof that two databases hold the same.

use super::schema::{Table, tables};
use super::{Column, Step};
use crate::db::{Db, Migration, Run, Snapshot, sql};
use crate::{Error, Result};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Rows fetched at once.
const PAGE: usize = 2000;

/// How many rows, and the sum of their hashes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub rows: u64,
    lanes: [u64; 4],
}

impl Sum {
    /// Adds a row by its line. Addition has no order, and a row that stands twice counts twice.
    pub(super) fn add(&mut self, line: &[u8]) {
        self.rows += 1;
        let hash = blake3::hash(line);
        for (lane, bytes) in self.lanes.iter_mut().zip(hash.as_bytes().chunks_exact(8)) {
            *lane = lane.wrapping_add(u64::from_le_bytes(bytes.try_into().expect("eight bytes")));
        }
    }

    pub fn checksum(&self) -> String {
        self.lanes.iter().map(|lane| format!("{lane:016x}")).collect()
    }
}

/// A table that differs between two databases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub table: String,
    pub left: Sum,
    pub right: Sum,
}

/// The sum of each table, of one moment.
pub async fn sums(db: &Db, migrations: &[Migration]) -> Result<BTreeMap<String, Sum>> {
    let snapshot = db.snapshot().await?;
    let steps = steps(&snapshot, migrations).await?;
    let mut sums = BTreeMap::new();
    for table in tables(&known(migrations, &steps)?)? {
        let mut sum = Sum::default();
        let mut pages = Pages::new(&table);
        while let Some(page) = pages.next(&snapshot).await? {
            page.iter().for_each(|line| sum.add(line.as_bytes()));
        }
        sums.insert(table.name, sum);
    }
    Ok(sums)
}

/// The tables in which two databases differ; empty when they hold the same.
pub async fn compare(left: &Db, right: &Db, migrations: &[Migration]) -> Result<Vec<Difference>> {
    let (left, mut right) = (sums(left, migrations).await?, sums(right, migrations).await?);
    let pair = |(table, left): (String, Sum)| {
        let right = right.remove(&table).unwrap_or_default();
        (left != right).then_some(Difference { table, left, right })
    };
    Ok(left.into_iter().filter_map(pair).collect())
}

/// The steps of the schema that have run.
pub(super) async fn steps(on: &Snapshot, migrations: &[Migration]) -> Result<Vec<Step>> {
    let rows = sql("SELECT version, name, checksum FROM schema_migration ORDER BY version").rows(on).await?;
    let step = |row: &crate::db::Row| -> Result<Step> {
        Ok(Step {
            version: row.try_get_by_index(0)?,
            name: row.try_get_by_index(1)?,
            checksum: row.try_get_by_index(2)?,
        })
    };
    let steps: Vec<Step> = rows.iter().map(step).collect::<Result<_>>()?;
    known(migrations, &steps)?;
    Ok(steps)
}

/// The migrations behind these steps.
///
/// # Errors
/// `Conflict` when a step is not of this program: the rows were written by a newer one.
pub(super) fn known(migrations: &[Migration], steps: &[Step]) -> Result<Vec<Migration>> {
    let find = |step: &Step| {
        let same = |m: &&Migration| m.version == step.version && m.checksum() == step.checksum;
        migrations.iter().find(same).copied().ok_or_else(|| Error {
            detail: Some(format!("schema step {} {}", step.version, step.name)),
            ..Error::conflict("dump-newer-program")
        })
    };
    steps.iter().map(find).collect()
}

/// Walks a table by its primary key, so that a large one is never held in memory.
pub(super) struct Pages<'a> {
    table: &'a Table,
    after: Option<Vec<Json>>,
    done: bool,
}

impl<'a> Pages<'a> {
    pub fn new(table: &'a Table) -> Pages<'a> {
        Pages { table, after: None, done: false }
    }

    /// The next rows as lines; `None` after the last.
    pub async fn next(&mut self, on: &impl Run) -> Result<Option<Vec<String>>> {
        if self.done {
            return Ok(None);
        }
        let names = |columns: &mut dyn Iterator<Item = &Column>| {
            columns.map(|c| c.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let columns = names(&mut self.table.columns.iter());
        let key = names(&mut self.table.key.iter().map(|at| &self.table.columns[*at]));
        let mut query = sql(format!("SELECT {columns} FROM {}", self.table.name));
        if let Some(after) = &self.after {
            let values =
                self.table.key.iter().zip(after).map(|(at, cell)| self.table.columns[*at].kind.value(cell));
            let values: Vec<_> =
                values.collect::<Option<_>>().ok_or_else(|| Error::internal("a key that cannot be read"))?;
            query = query.push(&format!(" WHERE ({key}) > (")).args(values).push(")");
        }
        let rows = query.push(&format!(" ORDER BY {key} LIMIT {PAGE}")).rows(on).await?;
        self.done = rows.len() < PAGE;
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            let cell = |(at, column): (usize, &Column)| column.kind.read(row, at);
            let cells: Vec<Json> = self.table.columns.iter().enumerate().map(cell).collect::<Result<_>>()?;
            lines.push(serde_json::to_string(&cells)?);
            self.after = Some(self.table.key.iter().map(|at| cells[*at].clone()).collect());
        }
        Ok(Some(lines))
    }
}
