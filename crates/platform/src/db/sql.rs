//! A statement: one text with `$n` for both engines, and its values.

use super::{Row, Run};
use crate::{Error, Result};
use futures_util::future::BoxFuture;
use sea_orm::{FromQueryResult, Value};

/// Starts a statement. The text is the same on SQLite and PostgreSQL.
///
/// ```text
/// sql("SELECT name FROM unit WHERE commune_id = $1 AND id = $2").bind(commune).bind(id)
/// ```
pub fn sql(text: impl Into<String>) -> Sql {
    Sql { text: text.into(), values: Vec::new() }
}

#[derive(Debug, Clone)]
pub struct Sql {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Sql {
    /// The value of the next `$n` in the text.
    pub fn bind(mut self, value: impl Into<Value>) -> Sql {
        self.values.push(value.into());
        self
    }

    /// Adds another statement that begins with `$1`, with its values; nothing was bound before.
    pub fn then(mut self, other: Sql) -> Sql {
        debug_assert!(self.values.is_empty(), "the numbers of {} would clash", other.text);
        self.text.push_str(&other.text);
        self.values = other.values;
        self
    }

    /// What asks the same question has the same text here: for remembering the answer.
    pub fn key(&self) -> String {
        format!("{}{:?}", self.text, self.values)
    }

    /// Adds text.
    pub fn push(mut self, text: &str) -> Sql {
        self.text.push_str(text);
        self
    }

    /// Adds `$n` and its value: for conditions that are there only sometimes.
    pub fn arg(mut self, value: impl Into<Value>) -> Sql {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Adds `$n, $m, …` for a list; an empty list becomes NULL, which no value equals.
    pub fn args<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Sql {
        let mut first = true;
        for value in values {
            self = if first { self } else { self.push(", ") };
            self = self.arg(value);
            first = false;
        }
        if first { self.push("NULL") } else { self }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// All rows.
    pub async fn all<T: FromQueryResult>(self, on: &impl Run) -> Result<Vec<T>> {
        let rows = on.rows(self).await?;
        rows.iter().map(|row| T::from_query_result(row, "").map_err(Error::from)).collect()
    }

    /// The first row, if any.
    pub async fn first<T: FromQueryResult>(self, on: &impl Run) -> Result<Option<T>> {
        Ok(self.all(on).await?.into_iter().next())
    }

    /// The one row that must be there for this reader; otherwise "not found".
    pub async fn one<T: FromQueryResult>(self, on: &impl Run) -> Result<T> {
        self.first(on).await?.ok_or_else(Error::not_found)
    }

    /// The first column of every row.
    pub async fn column<T: sea_orm::TryGetable>(self, on: &impl Run) -> Result<Vec<T>> {
        let rows = on.rows(self).await?;
        rows.iter().map(|row| row.try_get_by_index(0).map_err(Error::from)).collect()
    }

    /// The first column of the first row.
    pub async fn scalar<T: sea_orm::TryGetable>(self, on: &impl Run) -> Result<Option<T>> {
        Ok(self.column(on).await?.into_iter().next())
    }

    /// A count.
    pub async fn count(self, on: &impl Run) -> Result<i64> {
        Ok(self.scalar(on).await?.unwrap_or(0))
    }

    /// The rows as they are, for callers that read columns by hand.
    pub async fn rows(self, on: &impl Run) -> Result<Vec<Row>> {
        on.rows(self).await
    }

    /// Runs it; how many rows it touched.
    pub async fn run(self, on: &impl Run) -> Result<u64> {
        on.exec(self).await
    }
}

/// `INSERT INTO table (columns) VALUES …` for many rows, in statements of at most 30,000 values (SQLite's limit is
/// 32,766). `suffix` may be an ON CONFLICT clause. The rows are taken at once, so a lazy iterator may borrow.
pub fn insert_many<'a>(
    on: &'a impl Run,
    table: &'a str,
    columns: &'a [&'a str],
    rows: impl IntoIterator<Item = Vec<Value>>,
    suffix: &'a str,
) -> BoxFuture<'a, Result<u64>> {
    Box::pin(insert_rows(on, table, columns, rows.into_iter().collect(), suffix))
}

async fn insert_rows(
    on: &impl Run,
    table: &str,
    columns: &[&str],
    rows: Vec<Vec<Value>>,
    suffix: &str,
) -> Result<u64> {
    let batch = (30_000 / columns.len()).min(500);
    let mut done = 0;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut statement = sql(format!("INSERT INTO {table} ({}) VALUES ", columns.join(", ")));
        for (i, row) in rows.by_ref().take(batch).enumerate() {
            debug_assert_eq!(row.len(), columns.len(), "one value a column in {table}");
            statement = statement.push(if i == 0 { "(" } else { ", (" }).args(row).push(")");
        }
        done += statement.push(suffix).run(on).await?;
    }
    Ok(done)
}
