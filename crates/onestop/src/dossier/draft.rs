//! What somebody began: kept on the server at every step, so that a dead battery loses at most one page.

use super::paper::{self, Given};
use crate::form::model::Answers;
use crate::procedure::{self, InForce, Procedure};
use audit::Entry;
use chrono::{DateTime, Utc};
use platform::files::Prepared;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use serde_json::json;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct Draft {
    pub id: Uuid,
    pub account_id: Uuid,
    /// For whom: the account's own person, or the one that a team member files for.
    pub person_id: Option<Uuid>,
    pub procedure_code: String,
    pub procedure_digest: String,
    pub answers: Answers,
    /// The section that is to be filled in next; after the last one come papers and review.
    pub section: i64,
    pub revision: i64,
    pub updated_at: DateTime<Utc>,
}

impl FromQueryResult for Draft {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Draft, sea_orm::DbErr> {
        let answers: serde_json::Value = row.try_get(pre, "answers")?;
        Ok(Draft {
            id: row.try_get(pre, "id")?,
            account_id: row.try_get(pre, "account_id")?,
            person_id: row.try_get(pre, "person_id")?,
            procedure_code: row.try_get(pre, "procedure_code")?,
            procedure_digest: row.try_get(pre, "procedure_digest")?,
            answers: serde_json::from_value(answers)
                .map_err(|wrong| sea_orm::DbErr::Json(wrong.to_string()))?,
            section: row.try_get(pre, "section")?,
            revision: row.try_get(pre, "revision")?,
            updated_at: row.try_get(pre, "updated_at")?,
        })
    }
}

const SELECT: &str = "SELECT id, account_id, person_id, procedure_code, procedure_digest, answers, section, revision, \
                      updated_at FROM dossier_draft WHERE commune_id = ";

impl Draft {
    pub fn path(&self) -> String {
        format!("/ho-so-cua-toi/nhap/{}", self.id)
    }

    /// The version of the procedure that it was begun with.
    pub async fn procedure(&self, ctx: &Ctx) -> Result<Arc<Procedure>> {
        procedure::pinned(ctx, &ctx.app.db, &self.procedure_digest).await
    }
}

/// A draft of the reader's own account.
pub async fn draft_find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Draft> {
    let account = ctx.account()?;
    sql(SELECT)
        .arg(ctx.commune)
        .push(" AND id = ")
        .arg(id)
        .push(" AND account_id = ")
        .arg(account)
        .one(on)
        .await
}

/// The reader's draft of a procedure, if one was begun.
pub async fn draft_of(ctx: &Ctx, code: &str) -> Result<Option<Draft>> {
    let these = sql(SELECT).arg(ctx.commune).push(" AND account_id = ").arg(ctx.account()?);
    these.push(" AND procedure_code = ").arg(code).push(" ORDER BY id DESC LIMIT 1").first(&ctx.app.db).await
}

/// The reader's draft of a procedure for this person, if one was begun.
pub async fn draft_for(ctx: &Ctx, code: &str, person: Uuid) -> Result<Option<Draft>> {
    let these = sql(SELECT).arg(ctx.commune).push(" AND account_id = ").arg(ctx.account()?);
    let these = these.push(" AND procedure_code = ").arg(code).push(" AND person_id = ").arg(person);
    these.push(" ORDER BY id DESC LIMIT 1").first(&ctx.app.db).await
}

/// All drafts of the reader, the newest first.
pub async fn drafts(ctx: &Ctx) -> Result<Vec<Draft>> {
    let these = sql(SELECT).arg(ctx.commune).push(" AND account_id = ").arg(ctx.account()?);
    these.push(" ORDER BY id DESC LIMIT 50").all(&ctx.app.db).await
}

/// Begins a draft with what is known already.
pub async fn draft_open(
    ctx: &Ctx,
    tx: &Tx,
    in_force: &InForce,
    person: Option<Uuid>,
    answers: Answers,
) -> Result<Uuid> {
    procedure::pin(ctx, tx, in_force).await?;
    let id = ctx.new_id();
    sql("INSERT INTO dossier_draft (commune_id, id, account_id, person_id, procedure_code, procedure_digest, answers, \
         section, revision, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 1, $8, $8)")
    .bind(ctx.commune)
    .bind(id)
    .bind(ctx.account()?)
    .bind(person)
    .bind(in_force.procedure.code.as_str())
    .bind(in_force.digest.as_str())
    .bind(serde_json::Value::Object(answers))
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(id)
}

/// Keeps answers, wrong ones too: nothing typed is lost.
///
/// # Errors
/// `Conflict` when the same draft was saved elsewhere meanwhile (a second tab, an outbox that came late).
pub async fn draft_save(ctx: &Ctx, tx: &Tx, draft: &Draft) -> Result<()> {
    let written =
        sql("UPDATE dossier_draft SET answers = $3, section = $4, updated_at = $5, revision = revision + 1 \
                       WHERE commune_id = $1 AND id = $2 AND revision = $6")
        .bind(ctx.commune)
        .bind(draft.id)
        .bind(serde_json::Value::Object(draft.answers.clone()))
        .bind(draft.section)
        .bind(ctx.now)
        .bind(draft.revision)
        .run(tx)
        .await?;
    if written == 1 { Ok(()) } else { Err(Error::conflict("onestop-draft-elsewhere")) }
}

/// Throws a draft away; its pages stay as files without owner until the sweep.
pub async fn draft_drop(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM dossier_draft WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Adds pages to a paper of a draft that the caller has found.
pub async fn draft_pages_add(ctx: &Ctx, tx: &Tx, draft: Uuid, key: &str, pages: &[Prepared]) -> Result<()> {
    for page in pages {
        paper::paper_add(ctx, tx, draft, Given::Paper, key, page).await?;
    }
    let detail = json!({ "paper": key, "pages": pages.len() });
    audit::record(ctx, tx, Entry { action: "draft.pages", kind: "draft", id: draft, detail }).await
}

/// Takes a page of a draft away.
pub async fn draft_page_drop(ctx: &Ctx, tx: &Tx, draft: Uuid, page: Uuid) -> Result<()> {
    paper::paper_drop(ctx, tx, draft, page).await?;
    let detail = json!({ "page": page });
    audit::record(ctx, tx, Entry { action: "draft.page-drop", kind: "draft", id: draft, detail }).await
}
