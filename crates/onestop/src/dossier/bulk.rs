//! Many dossiers at once: what another system kept, or what a measurement needs.

use super::event::Happened;
use super::model::Dossier;
use super::{rules, store, submit};
use crate::procedure::Procedure;
use audit::Entry;
use platform::db::insert_many as rows;
use platform::{Ctx, Error, Result, Tx, Uuid, search};
use serde_json::json;

/// Writes dossiers of one procedure as they are, each with the event of its submission and an entry of the search; one
/// entry of the audit for all. Nobody is told of them, neither the applicants nor other programs. Codes and ids are the
/// caller's and must be new; the procedure's version must be pinned ([`crate::procedure::keep_version`]).
pub async fn insert_many(ctx: &Ctx, tx: &Tx, procedure: &Procedure, all: &[Dossier]) -> Result<()> {
    let first = all.first().ok_or_else(|| Error::invalid("onestop-no-dossiers"))?;
    store::insert_many(ctx, tx, all).await?;
    let columns = "commune_id dossier_id id at kind status step account_id to_account_id due_at note marks";
    let columns: Vec<&str> = columns.split(' ').collect();
    let events = all.iter().map(|one| {
        vec![
            ctx.commune.into(),
            one.id.into(),
            ctx.new_id().into(),
            one.submitted_at.into(),
            Happened::Submitted.into(),
            one.status.into(),
            one.step.as_str().into(),
            ctx.account_or_none().into(),
            None::<Uuid>.into(),
            one.due_at.into(),
            "".into(),
            json!({}).into(),
        ]
    });
    rows(tx, "dossier_event", &columns, events, "").await?;
    let found: Vec<search::Entry> = all.iter().map(|one| submit::found(ctx, procedure, one)).collect();
    search::put_new(ctx, tx, &found).await?;
    rules::touched(ctx, tx);
    let detail = json!({ "procedure": procedure.code, "count": all.len() });
    let entry = Entry { action: "dossier.insert_many", kind: "dossier", id: first.id, detail };
    audit::record(ctx, tx, entry).await
}
