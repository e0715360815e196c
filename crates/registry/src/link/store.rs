//! SQL of the links between accounts and people.

use super::model::{Link, State};
use chrono::{DateTime, Utc};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, account_id, person_id, state, way, asked_at, decided_at, decided_by, reason, grant_id \
                      FROM account_link WHERE commune_id = ";

fn links(ctx: &Ctx) -> Sql {
    sql(SELECT).arg(ctx.commune)
}

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Link> {
    links(ctx).push(" AND id = ").arg(id).one(on).await
}

/// The newest of an account, in any of these states.
pub(super) async fn of_account(
    ctx: &Ctx,
    on: &impl Run,
    account: Uuid,
    states: &[State],
) -> Result<Option<Link>> {
    let these = links(ctx).push(" AND account_id = ").arg(account).push(" AND state IN (");
    these.args(states.iter().copied()).push(") ORDER BY asked_at DESC, id DESC LIMIT 1").first(on).await
}

/// The link of a person that stands.
pub(super) async fn of_person(ctx: &Ctx, on: &impl Run, person: Uuid) -> Result<Option<Link>> {
    let these = links(ctx).push(" AND person_id = ").arg(person).push(" AND state = ").arg(State::Linked);
    these.push(" LIMIT 1").first(on).await
}

/// Everything of a person, the newest first.
pub(super) async fn story(ctx: &Ctx, person: Uuid) -> Result<Vec<Link>> {
    let these = links(ctx).push(" AND person_id = ").arg(person).push(" AND state <> ").arg(State::Asked);
    these.push(" ORDER BY asked_at DESC, id DESC LIMIT 20").all(&ctx.app.db).await
}

pub(super) async fn waiting(ctx: &Ctx, limit: i64) -> Result<Vec<Link>> {
    let these = links(ctx).push(" AND state = ").arg(State::Asked);
    these.push(" ORDER BY asked_at, id LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, link: &Link) -> Result<()> {
    sql("INSERT INTO account_link (commune_id, id, account_id, person_id, state, way, asked_at, decided_at, decided_by, \
         reason, grant_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(ctx.commune)
    .bind(link.id)
    .bind(link.account_id)
    .bind(link.person_id)
    .bind(link.state)
    .bind(link.way)
    .bind(link.asked_at)
    .bind(link.decided_at)
    .bind(link.decided_by)
    .bind(link.reason.as_str())
    .bind(link.grant_id)
    .run(tx)
    .await?;
    Ok(())
}

/// From one state to the next; no row when somebody was quicker.
pub(super) async fn decide(ctx: &Ctx, tx: &Tx, link: &Link, before: State) -> Result<u64> {
    sql("UPDATE account_link SET state = $4, decided_at = $5, decided_by = $6, reason = $7, grant_id = $8 \
         WHERE commune_id = $1 AND id = $2 AND state = $3")
    .bind(ctx.commune)
    .bind(link.id)
    .bind(before)
    .bind(link.state)
    .bind(link.decided_at)
    .bind(link.decided_by)
    .bind(link.reason.as_str())
    .bind(link.grant_id)
    .run(tx)
    .await
}

/// One code for each account; the one before is worth nothing.
pub(super) async fn code_set(
    ctx: &Ctx,
    tx: &Tx,
    account: Uuid,
    hash: &str,
    until: DateTime<Utc>,
) -> Result<()> {
    sql("INSERT INTO account_code (commune_id, account_id, code_hash, expires_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (commune_id, account_id) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at")
    .bind(ctx.commune)
    .bind(account)
    .bind(hash)
    .bind(until)
    .run(tx)
    .await?;
    Ok(())
}

/// Uses a code up: the account it was shown to.
pub(super) async fn code_take(ctx: &Ctx, tx: &Tx, hash: &str) -> Result<Option<Uuid>> {
    sql("DELETE FROM account_code WHERE commune_id = $1 AND code_hash = $2 AND expires_at > $3 RETURNING account_id")
        .bind(ctx.commune)
        .bind(hash)
        .bind(ctx.now)
        .scalar(tx)
        .await
}
