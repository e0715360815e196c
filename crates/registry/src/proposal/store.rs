//! SQL of proposals, and reading them.

use super::diff::Diff;
use crate::page;
use chrono::{DateTime, NaiveDate, Utc};
use platform::choice;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

choice! {
    /// What a proposal is about.
    Kind, "registry-proposal", { Person = "person", Household = "household" }
}

choice! {
    State, "registry-proposal", {
        Waiting = "waiting", Approved = "approved", Rejected = "rejected", Withdrawn = "withdrawn",
    }
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Proposal {
    pub id: Uuid,
    pub kind: Kind,
    pub object_id: Uuid,
    pub village_id: Uuid,
    /// The revision that it was made from.
    pub base_revision: i64,
    pub diff: Diff,
    /// From which day it is so.
    pub on_date: NaiveDate,
    pub reason: String,
    pub state: State,
    pub proposed_by: Option<Uuid>,
    pub proposed_at: DateTime<Utc>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    /// What the officer says to it.
    pub answer: String,
}

impl FromQueryResult for Proposal {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Proposal, sea_orm::DbErr> {
        let diff: serde_json::Value = row.try_get(pre, "diff")?;
        Ok(Proposal {
            id: row.try_get(pre, "id")?,
            kind: row.try_get(pre, "kind")?,
            object_id: row.try_get(pre, "object_id")?,
            village_id: row.try_get(pre, "village_id")?,
            base_revision: row.try_get(pre, "base_revision")?,
            diff: serde_json::from_value(diff).map_err(|e| sea_orm::DbErr::Type(e.to_string()))?,
            on_date: row.try_get(pre, "on_date")?,
            reason: row.try_get(pre, "reason")?,
            state: row.try_get(pre, "state")?,
            proposed_by: row.try_get(pre, "proposed_by")?,
            proposed_at: row.try_get(pre, "proposed_at")?,
            decided_by: row.try_get(pre, "decided_by")?,
            decided_at: row.try_get(pre, "decided_at")?,
            answer: row.try_get(pre, "answer")?,
        })
    }
}

const COLUMNS: &str = "c.id, c.kind, c.object_id, c.village_id, c.base_revision, c.diff, c.on_date, c.reason, c.state, \
                       c.proposed_by, c.proposed_at, c.decided_by, c.decided_at, c.answer";

/// A proposal inside the scope.
pub async fn get(ctx: &Ctx, id: Uuid) -> Result<Proposal> {
    find(ctx, &ctx.app.db, id).await
}

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Proposal> {
    let these = sql(format!("SELECT {COLUMNS} FROM change_proposal c WHERE c.commune_id = $1 AND c.id = $2"));
    page::within(these.bind(ctx.commune).bind(id), &ctx.scope, "c.village_id").one(on).await
}

/// Proposals in a state inside the scope, newest first; `before` is the last one of the page before.
pub async fn list(ctx: &Ctx, state: State, before: Option<Uuid>, limit: i64) -> Result<Vec<Proposal>> {
    let query =
        sql(format!("SELECT {COLUMNS} FROM change_proposal c WHERE c.commune_id = ")).arg(ctx.commune);
    let mut query = page::within(query.push(" AND c.state = ").arg(state), &ctx.scope, "c.village_id");
    if let Some(before) = before {
        query = query.push(" AND c.id < ").arg(before);
    }
    query.push(" ORDER BY c.id DESC LIMIT ").arg(limit.clamp(1, page::PAGE_MAX)).all(&ctx.app.db).await
}

/// How many wait inside the scope, at most 1,000: for the desk.
pub async fn waiting(ctx: &Ctx) -> Result<i64> {
    let query = sql("SELECT COUNT(*) FROM (SELECT c.id FROM change_proposal c WHERE c.commune_id = ")
        .arg(ctx.commune);
    let query = page::within(query.push(" AND c.state = ").arg(State::Waiting), &ctx.scope, "c.village_id");
    query.push(" LIMIT 1000) counted").count(&ctx.app.db).await
}

/// What waits for one person or household: shown on its page.
pub async fn waiting_for(ctx: &Ctx, object: Uuid) -> Result<Vec<Proposal>> {
    let query =
        sql(format!("SELECT {COLUMNS} FROM change_proposal c WHERE c.commune_id = ")).arg(ctx.commune);
    let query = query.push(" AND c.object_id = ").arg(object).push(" AND c.state = ").arg(State::Waiting);
    page::within(query, &ctx.scope, "c.village_id").push(" ORDER BY c.id").all(&ctx.app.db).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, proposal: &Proposal) -> Result<()> {
    sql("INSERT INTO change_proposal (commune_id, id, kind, object_id, village_id, base_revision, diff, on_date, reason, \
         state, proposed_by, proposed_at, decided_by, decided_at, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
         $10, $11, $12, NULL, NULL, '')")
        .bind(ctx.commune)
        .bind(proposal.id)
        .bind(proposal.kind)
        .bind(proposal.object_id)
        .bind(proposal.village_id)
        .bind(proposal.base_revision)
        .bind(serde_json::to_value(&proposal.diff)?)
        .bind(proposal.on_date)
        .bind(proposal.reason.as_str())
        .bind(proposal.state)
        .bind(proposal.proposed_by)
        .bind(proposal.proposed_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Decides a proposal that waits; 0 when somebody was first.
pub(super) async fn decide(ctx: &Ctx, tx: &Tx, id: Uuid, state: State, answer: &str) -> Result<u64> {
    sql("UPDATE change_proposal SET state = $3, decided_by = $4, decided_at = $5, answer = $6 \
         WHERE commune_id = $1 AND id = $2 AND state = 'waiting'")
    .bind(ctx.commune)
    .bind(id)
    .bind(state)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .bind(answer)
    .run(tx)
    .await
}

/// What an approval wrote over.
pub(super) async fn before(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Option<serde_json::Value>> {
    #[derive(FromQueryResult)]
    struct Kept {
        before: Option<serde_json::Value>,
    }
    let kept: Kept = sql("SELECT before FROM change_proposal WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .one(on)
        .await?;
    Ok(kept.before)
}

pub(super) async fn keep_before(ctx: &Ctx, tx: &Tx, id: Uuid, before: serde_json::Value) -> Result<()> {
    sql("UPDATE change_proposal SET before = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(before)
        .run(tx)
        .await?;
    Ok(())
}

/// An approved proposal waits again; 0 when somebody was first.
pub(super) async fn wait_again(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<u64> {
    sql("UPDATE change_proposal SET state = 'waiting', decided_by = NULL, decided_at = NULL, answer = '', before = NULL \
         WHERE commune_id = $1 AND id = $2 AND state = 'approved'")
    .bind(ctx.commune)
    .bind(id)
    .run(tx)
    .await
}
