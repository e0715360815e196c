//! The record as the auditor reads it.

use crate::entry::{COLUMNS, Link};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Result, Uuid, clock, sql};

/// What to show; `None` means any.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub account_id: Option<Uuid>,
    /// A whole action (`household.update`).
    pub action: Option<String>,
    pub object_id: Option<Uuid>,
    /// Days in Vietnam, both included.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Entries with a smaller number: the next page.
    pub before: Option<i64>,
}

/// An entry of the list.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Listed {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub account_id: Option<Uuid>,
    pub action: String,
    pub kind: String,
    pub object_id: Uuid,
    /// Canonical JSON.
    pub detail: String,
    pub hash: String,
}

impl From<Link> for Listed {
    fn from(link: Link) -> Listed {
        Listed {
            seq: link.seq,
            at: link.at,
            account_id: link.account_id,
            action: link.action,
            kind: link.kind,
            object_id: link.object_id,
            detail: link.detail,
            hash: link.hash,
        }
    }
}

/// The newest `limit` entries that fit, newest first.
pub async fn list(ctx: &Ctx, filter: &Filter, limit: i64) -> Result<Vec<Listed>> {
    let mut query = sql(format!("SELECT {COLUMNS} FROM audit_entry WHERE commune_id = ")).arg(ctx.commune);
    if let Some(account) = filter.account_id {
        query = query.push(" AND account_id = ").arg(account);
    }
    if let Some(action) = &filter.action {
        query = query.push(" AND action = ").arg(action.as_str());
    }
    if let Some(object) = filter.object_id {
        query = query.push(" AND object_id = ").arg(object);
    }
    if let Some(from) = filter.from {
        query = query.push(" AND at >= ").arg(clock::start_of_day(from));
    }
    if let Some(to) = filter.to {
        query = query.push(" AND at < ").arg(clock::end_of_day(to));
    }
    if let Some(before) = filter.before {
        query = query.push(" AND seq < ").arg(before);
    }
    let links: Vec<Link> = query.push(" ORDER BY seq DESC LIMIT ").arg(limit).all(&ctx.app.db).await?;
    Ok(links.into_iter().map(Listed::from).collect())
}
