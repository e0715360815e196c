//! A program that listens, and what it is told.

use crate::dossier::{Happened, Status};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Uuid};
use sea_orm::FromQueryResult;
use serde::Serialize;

#[derive(Debug, Clone)]
pub(super) struct Hook {
    pub id: Uuid,
    pub name: String,
    pub address: String,
    pub events: Vec<Happened>,
    /// Counts its secrets.
    pub turn: i64,
    pub account_id: Option<Uuid>,
    pub made_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl FromQueryResult for Hook {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Hook, sea_orm::DbErr> {
        let events: serde_json::Value = row.try_get(pre, "events")?;
        Ok(Hook {
            id: row.try_get(pre, "id")?,
            name: row.try_get(pre, "name")?,
            address: row.try_get(pre, "address")?,
            events: serde_json::from_value(events)
                .map_err(|wrong| sea_orm::DbErr::Json(wrong.to_string()))?,
            turn: row.try_get(pre, "turn")?,
            account_id: row.try_get(pre, "account_id")?,
            made_at: row.try_get(pre, "made_at")?,
            ended_at: row.try_get(pre, "ended_at")?,
        })
    }
}

impl Hook {
    /// The secret that its notices are signed with: made anew each time from a key file, so that no row holds it.
    pub fn secret(&self, ctx: &Ctx) -> Result<String> {
        let key = audit::keys::load(&ctx.app.config.data, "outward")?;
        let mut hasher = blake3::Hasher::new_keyed(&key);
        hasher.update(ctx.commune.as_bytes()).update(self.id.as_bytes()).update(&self.turn.to_le_bytes());
        Ok(hasher.finalize().to_hex().to_string())
    }
}

/// What may be asked for: what the applicant may see as well.
pub(super) fn choices() -> impl Iterator<Item = Happened> {
    Happened::ALL.iter().copied().filter(|what| what.public())
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Notice {
    pub id: Uuid,
    pub hook_id: Uuid,
    pub dossier_id: Uuid,
    pub code: String,
    pub event: Happened,
    pub status: Status,
    pub due_at: Option<DateTime<Utc>>,
    pub at: DateTime<Utc>,
    pub delivered_at: Option<DateTime<Utc>>,
}

/// The body of a notice.
#[derive(Debug, Serialize)]
pub(super) struct Body<'a> {
    /// Comes again with the same when it is sent again.
    notice: Uuid,
    event: &'static str,
    /// The dossier, for `/api/v1/dossiers/{id}`.
    id: Uuid,
    code: &'a str,
    /// 1 to 10.
    status: i64,
    at: DateTime<Utc>,
    due: Option<DateTime<Utc>>,
}

impl Notice {
    pub fn body(&self) -> Body<'_> {
        Body {
            notice: self.id,
            event: self.event.code(),
            id: self.dossier_id,
            code: &self.code,
            status: self.status.number(),
            at: self.at,
            due: self.due_at,
        }
    }
}
