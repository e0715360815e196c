//! The working copy of a procedure: what its file would say, changed piece by piece, in force only when somebody says so.

use super::store::{self, Row};
use crate::procedure::{Procedure, catalogue};
use audit::Entry;
use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Result, Run, Tx, Uuid};
use serde_json::json;

#[derive(Debug, Clone)]
pub struct Working {
    pub code: String,
    pub procedure: Procedure,
    /// As it stood before the last change.
    pub before: Procedure,
    /// 0 while nothing was changed: the procedure stands as it is in force.
    pub revision: i64,
    pub account_id: Option<Uuid>,
    pub updated_at: Option<DateTime<Utc>>,
}

impl Working {
    pub fn new(mut procedure: Procedure) -> Working {
        // The form of those that bring none is the program's, not the file's.
        if !procedure.has_own_form() {
            procedure.form = None;
        }
        let code = procedure.code.clone();
        let before = procedure.clone();
        Working { code, procedure, before, revision: 0, account_id: None, updated_at: None }
    }

    fn of(row: Row) -> Result<Working> {
        Ok(Working {
            procedure: serde_json::from_value(row.body)?,
            before: serde_json::from_value(row.former)?,
            code: row.code,
            revision: row.revision,
            account_id: row.account_id,
            updated_at: Some(row.updated_at),
        })
    }

    pub fn path(&self) -> String {
        path(&self.code)
    }

    /// The last change can be taken back.
    pub fn may_undo(&self) -> bool {
        self.revision > 0 && self.before != self.procedure
    }
}

pub(super) fn path(code: &str) -> String {
    format!("/lam-viec/thu-tuc/{code}/sua")
}

/// The working copy of a code, or what is in force as one that nobody changed yet.
pub(super) async fn find(ctx: &Ctx, on: &impl Run, code: &str) -> Result<Working> {
    match store::find(ctx, on, code).await? {
        Some(row) => Working::of(row),
        None => Ok(Working::new(catalogue(ctx).await?.get(code)?.procedure.as_ref().clone())),
    }
}

/// Those that somebody began.
pub(super) async fn begun(ctx: &Ctx) -> Result<Vec<Working>> {
    store::all(ctx).await?.into_iter().map(Working::of).collect()
}

/// As [`find`], and refused when the reader looked at an older one.
pub(super) async fn open(ctx: &Ctx, tx: &Tx, code: &str, revision: i64) -> Result<Working> {
    let found = find(ctx, tx, code).await?;
    if found.revision == revision { Ok(found) } else { Err(Error::conflict("onestop-build-elsewhere")) }
}

/// Keeps a change. `what` names the changed place in the record.
pub(super) async fn keep(ctx: &Ctx, tx: &Tx, old: &Working, changed: Procedure, what: &str) -> Result<()> {
    let new = Working { procedure: changed, before: old.procedure.clone(), ..old.clone() };
    match old.revision {
        0 => store::insert(ctx, tx, &new).await?,
        _ => store::update(ctx, tx, &new).await?,
    }
    let detail = json!({ "code": old.code, "changed": what });
    audit::record(ctx, tx, Entry { action: "procedure.draft", kind: "procedure", id: ctx.commune, detail })
        .await
}
