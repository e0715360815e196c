//! One uploaded file and what becomes of it.

use super::read::Proposal;
use super::row::Counts;
use chrono::{DateTime, NaiveDate, Utc};
use platform::choice;
use platform::{Error, Result, Uuid};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

choice! {
    State, "registry-import-state", {
        /// Uploaded; somebody looks at the columns.
        Staged = "staged",
        /// Every row is judged, nothing is written.
        Checked = "checked",
        /// Rows are being written.
        Running = "running",
        /// Written; faulty rows may still wait to be mended.
        Committed = "committed",
        Failed = "failed",
        /// Given up, or taken back.
        Cancelled = "cancelled",
    }
}

choice! {
    /// What to do when rows are faulty.
    Mode, "registry-import-mode", {
        /// All rows or none.
        All = "all",
        /// The households whose rows are all right; the others wait.
        Right = "right",
    }
}

/// How the file is read and what is done with it; kept with the batch as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Plan {
    #[serde(flatten)]
    pub proposal: Proposal,
    /// The village of rows that name none: an id, `""` for none.
    #[serde(default)]
    pub village: String,
    /// The ethnic group of rows that name none: a code, `""` for none.
    #[serde(default)]
    pub ethnic: String,
    #[serde(default)]
    pub mode: Option<Mode>,
    /// Write into the registry what the file says differently of people who are there.
    #[serde(default)]
    pub update: bool,
    /// The work in hand, or the last one.
    #[serde(default)]
    pub job: Option<Uuid>,
    #[serde(default)]
    pub counts: Counts,
    /// The key of a sentence about the last attempt.
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Batch {
    pub id: Uuid,
    pub file_id: Option<Uuid>,
    pub file_name: String,
    pub digest: String,
    pub(crate) plan: Plan,
    /// From this day what the file says is true.
    pub from_date: NaiveDate,
    pub source: String,
    pub state: State,
    pub row_count: i64,
    pub faulty_count: i64,
    pub done_count: i64,
    pub account_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

impl Batch {
    pub fn path(&self) -> String {
        path(self.id)
    }

    /// Rows may be mended and the batch written (again).
    pub fn open(&self) -> Result<()> {
        match self.state {
            State::Checked | State::Committed => Ok(()),
            _ => Err(Error::conflict("registry-import-not-now")),
        }
    }
}

/// The page of a batch.
pub fn path(id: Uuid) -> String {
    format!("/lam-viec/nhap/{id}")
}

impl FromQueryResult for Batch {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Batch, sea_orm::DbErr> {
        let plan: serde_json::Value = row.try_get(pre, "mapping")?;
        Ok(Batch {
            id: row.try_get(pre, "id")?,
            file_id: row.try_get(pre, "file_id")?,
            file_name: row.try_get(pre, "file_name")?,
            digest: row.try_get(pre, "digest")?,
            plan: serde_json::from_value(plan).map_err(|wrong| sea_orm::DbErr::Json(wrong.to_string()))?,
            from_date: row.try_get(pre, "from_date")?,
            source: row.try_get(pre, "source")?,
            state: row.try_get(pre, "state")?,
            row_count: row.try_get(pre, "row_count")?,
            faulty_count: row.try_get(pre, "faulty_count")?,
            done_count: row.try_get(pre, "done_count")?,
            account_id: row.try_get(pre, "account_id")?,
            created_at: row.try_get(pre, "created_at")?,
            finished_at: row.try_get(pre, "finished_at")?,
        })
    }
}
