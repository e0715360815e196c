//! An opinion that was asked for.

use chrono::{DateTime, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

choice! {
    State, "onestop-opinion-state", {
        Waiting = "waiting",
        Answered = "answered",
        Declined = "declined",
        /// The asker took the question back, or the dossier ended.
        Withdrawn = "withdrawn",
    }
}

/// What the asked person may read of the dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shared {
    /// Keys of the form.
    pub fields: Vec<String>,
    /// Pages by their ids.
    pub papers: Vec<Uuid>,
}

#[derive(Debug, Clone)]
pub(crate) struct Opinion {
    pub id: Uuid,
    pub dossier_id: Uuid,
    pub asked_by: Uuid,
    pub asked_of: Uuid,
    pub village_id: Option<Uuid>,
    pub question: String,
    pub shared: Shared,
    pub state: State,
    /// What was answered, or why not.
    pub answer: String,
    pub asked_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

impl FromQueryResult for Opinion {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Opinion, sea_orm::DbErr> {
        let shared: serde_json::Value = row.try_get(pre, "shared")?;
        Ok(Opinion {
            id: row.try_get(pre, "id")?,
            dossier_id: row.try_get(pre, "dossier_id")?,
            asked_by: row.try_get(pre, "asked_by")?,
            asked_of: row.try_get(pre, "asked_of")?,
            village_id: row.try_get(pre, "village_id")?,
            question: row.try_get(pre, "question")?,
            shared: serde_json::from_value(shared)
                .map_err(|wrong| sea_orm::DbErr::Json(wrong.to_string()))?,
            state: row.try_get(pre, "state")?,
            answer: row.try_get(pre, "answer")?,
            asked_at: row.try_get(pre, "asked_at")?,
            due_at: row.try_get(pre, "due_at")?,
            ended_at: row.try_get(pre, "ended_at")?,
            revision: row.try_get(pre, "revision")?,
        })
    }
}

impl Opinion {
    /// Its page for whoever was asked.
    pub fn path(&self) -> String {
        format!("/lam-viec/y-kien/{}", self.id)
    }

    pub fn waits(&self) -> bool {
        self.state == State::Waiting
    }

    pub fn badge(&self, now: DateTime<Utc>) -> (ui::Status, &'static str) {
        match self.state {
            State::Waiting if self.due_at < now => (ui::Status::Late, "onestop-opinion-late"),
            State::Waiting => (ui::Status::Waiting, self.state.text_key()),
            State::Answered => (ui::Status::Done, self.state.text_key()),
            State::Declined | State::Withdrawn => (ui::Status::Off, self.state.text_key()),
        }
    }
}
