//! Adding to the chain.

use crate::entry::{Entry, Link, canonical, genesis};
use platform::{Ctx, Error, Result, Run, Tx, sql};
use sea_orm::FromQueryResult;
use serde_json::Value;

#[derive(FromQueryResult)]
struct Head {
    seq: i64,
    hash: String,
}

/// Adds an entry to the commune's chain. Call it as the last thing before the commit: from here on the transaction
/// holds the head of the chain, and on PostgreSQL the other writers of the commune wait for it.
pub async fn record(ctx: &Ctx, tx: &Tx, entry: Entry) -> Result<()> {
    let head = take_head(ctx, tx).await?;
    let mut link = Link {
        seq: head.seq,
        at: ctx.now,
        account_id: ctx.account_or_none(),
        action: entry.action.to_owned(),
        kind: entry.kind.to_owned(),
        object_id: entry.id,
        detail: canonical(&with_way(ctx, entry.detail)),
        prev_hash: head.hash,
        hash: String::new(),
    };
    link.hash = link.digest(ctx.commune);
    insert(ctx, tx, &link).await?;
    sql("UPDATE audit_head SET hash = $2 WHERE commune_id = $1")
        .bind(ctx.commune)
        .bind(link.hash.as_str())
        .run(tx)
        .await?;
    Ok(())
}

/// Who acts from a phone that a link was bound to did not sign in: the record says so.
fn with_way(ctx: &Ctx, mut detail: Value) -> Value {
    if ctx.actor.as_ref().is_some_and(|actor| actor.by_link())
        && let Some(members) = detail.as_object_mut()
    {
        members.insert("by".to_owned(), "link".into());
    }
    detail
}

/// Locks the head, takes the next number and reads the hash before it, in one statement.
async fn take_head(ctx: &Ctx, tx: &Tx) -> Result<Head> {
    sql("INSERT INTO audit_head (commune_id, seq, hash) VALUES ($1, 1, $2) ON CONFLICT (commune_id) \
         DO UPDATE SET seq = audit_head.seq + 1 RETURNING seq, hash")
    .bind(ctx.commune)
    .bind(genesis(ctx.commune))
    .first(tx)
    .await?
    .ok_or_else(|| Error::internal("the audit head gave no number"))
}

async fn insert(ctx: &Ctx, tx: &impl Run, link: &Link) -> Result<()> {
    sql("INSERT INTO audit_entry (commune_id, seq, at, account_id, action, kind, object_id, detail, prev_hash, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(ctx.commune)
        .bind(link.seq)
        .bind(link.at)
        .bind(link.account_id)
        .bind(link.action.as_str())
        .bind(link.kind.as_str())
        .bind(link.object_id)
        .bind(link.detail.as_str())
        .bind(link.prev_hash.as_str())
        .bind(link.hash.as_str())
        .run(tx)
        .await?;
    Ok(())
}
