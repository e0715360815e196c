//! A form sent twice is done once. Every form carries a key; the first write stores what came of it in the same
//! transaction, and the second is led to the same place.

pub mod api;

use crate::{Ctx, Error, Result, Tx, Uuid, db::Run, sql};

/// What [`begin`] found.
pub enum Once {
    /// Nobody used the key: do the work in this transaction, then call [`finish`].
    First(Tx),
    /// The work is done already; this is the address it led to.
    Again(String),
}

#[derive(sea_orm::FromQueryResult)]
struct Seen {
    account_id: Option<Uuid>,
    action: String,
    outcome: Option<String>,
}

/// Opens the transaction of a form.
///
/// # Errors
/// `Invalid` when the key was used by somebody else or for something else.
pub async fn begin(ctx: &Ctx, key: Uuid) -> Result<Once> {
    let tx = ctx.begin().await?;
    let fresh = sql("INSERT INTO idempotency (commune_id, key, account_id, action, outcome, at) \
                     VALUES ($1, $2, $3, $4, NULL, $5) ON CONFLICT (commune_id, key) DO NOTHING")
    .bind(ctx.commune)
    .bind(key)
    .bind(ctx.account_or_none())
    .bind(ctx.action)
    .bind(ctx.now)
    .run(&tx)
    .await?;
    if fresh == 1 {
        return Ok(Once::First(tx));
    }
    let seen: Seen =
        sql("SELECT account_id, action, outcome FROM idempotency WHERE commune_id = $1 AND key = $2")
            .bind(ctx.commune)
            .bind(key)
            .one(&tx)
            .await?;
    tx.rollback().await?;
    match seen.outcome {
        Some(outcome) if seen.account_id == ctx.account_or_none() && seen.action == ctx.action => {
            Ok(Once::Again(outcome))
        }
        _ => Err(Error::invalid("error-form-key-used")),
    }
}

/// Stores where the work led and commits.
pub async fn finish(ctx: &Ctx, tx: Tx, key: Uuid, outcome: &str) -> Result<()> {
    keep(ctx, &tx, key, outcome).await?;
    tx.commit().await
}

async fn keep(ctx: &Ctx, tx: &impl Run, key: Uuid, outcome: &str) -> Result<()> {
    sql("UPDATE idempotency SET outcome = $3 WHERE commune_id = $1 AND key = $2")
        .bind(ctx.commune)
        .bind(key)
        .bind(outcome)
        .run(tx)
        .await?;
    Ok(())
}

/// Forgets keys older than 14 days: no form is open that long.
pub async fn sweep(ctx: &Ctx) -> Result<u64> {
    let tx = ctx.begin().await?;
    let gone = sql("DELETE FROM idempotency WHERE commune_id = $1 AND at < $2")
        .bind(ctx.commune)
        .bind(ctx.now - chrono::Duration::days(14))
        .run(&tx)
        .await?;
    tx.commit().await?;
    Ok(gone)
}
