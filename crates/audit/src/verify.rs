//! Reading the chain from end to end.

use crate::entry::{COLUMNS, Link, genesis};
use chrono::{DateTime, Utc};
use platform::{App, Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;

const BATCH: i64 = 2_000;

/// What reading the chain found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Entries whose hash is right, counted from the first.
    pub entries: i64,
    /// The first number at which the chain does not hold: a row changed, missing or cut off.
    pub broken_at: Option<i64>,
}

/// The last reading, as it is kept for the auditor's page.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Checked {
    pub at: DateTime<Utc>,
    pub entries: i64,
    pub broken_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct Head {
    seq: i64,
    hash: String,
}

/// Reads the commune's chain in batches and compares every hash. The head is read first: what is written meanwhile
/// is left for the next time.
pub async fn verify(ctx: &Ctx) -> Result<Verified> {
    let db = &ctx.app.db;
    let head: Option<Head> =
        sql("SELECT seq, hash FROM audit_head WHERE commune_id = $1").bind(ctx.commune).first(db).await?;
    let mut last = (0, genesis(ctx.commune));
    loop {
        let links: Vec<Link> = sql(format!(
            "SELECT {COLUMNS} FROM audit_entry WHERE commune_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
        ))
        .bind(ctx.commune)
        .bind(last.0)
        .bind(BATCH)
        .all(db)
        .await?;
        let count = links.len();
        for link in links {
            let holds =
                link.seq == last.0 + 1 && link.prev_hash == last.1 && link.hash == link.digest(ctx.commune);
            // The head closes the chain: a last entry that was swapped with a fresh hash still differs from it.
            let at_head = head.as_ref().is_some_and(|head| head.seq == link.seq && head.hash != link.hash);
            if !holds || at_head {
                return Ok(Verified { entries: last.0, broken_at: Some(last.0 + 1) });
            }
            last = (link.seq, link.hash);
        }
        if (count as i64) < BATCH {
            break;
        }
    }
    // Rows cut off at the end, or rows without a head.
    let expected = head.map_or(0, |head| head.seq);
    let cut = last.0 < expected || (expected == 0 && last.0 > 0);
    Ok(Verified { entries: last.0, broken_at: cut.then_some(last.0 + 1) })
}

/// Verifies and keeps the outcome for the auditor's page.
pub async fn verify_and_keep(ctx: &Ctx) -> Result<Verified> {
    let found = verify(ctx).await?;
    let tx = ctx.begin().await?;
    sql("INSERT INTO audit_check (commune_id, at, entries, broken_at) VALUES ($1, $2, $3, $4) ON CONFLICT (commune_id) \
         DO UPDATE SET at = excluded.at, entries = excluded.entries, broken_at = excluded.broken_at")
        .bind(ctx.commune)
        .bind(ctx.now)
        .bind(found.entries)
        .bind(found.broken_at)
        .run(&tx)
        .await?;
    tx.commit().await?;
    if let Some(seq) = found.broken_at {
        tracing::error!(commune.id = %ctx.commune, audit.seq = seq, "the audit chain is broken");
    }
    Ok(found)
}

/// The last kept outcome.
pub async fn last_check(ctx: &Ctx) -> Result<Option<Checked>> {
    sql("SELECT at, entries, broken_at FROM audit_check WHERE commune_id = $1")
        .bind(ctx.commune)
        .first(&ctx.app.db)
        .await
}

/// Every commune of the installation, for `sandinh audit verify`: id, name, outcome.
pub async fn verify_all(app: &App) -> Result<Vec<(Uuid, String, Verified)>> {
    #[derive(FromQueryResult)]
    struct Commune {
        id: Uuid,
        name: String,
    }
    let communes: Vec<Commune> =
        sql("SELECT id, name FROM commune ORDER BY created_at, id").all(&app.db).await?;
    let mut all = Vec::new();
    for commune in communes {
        let ctx = Ctx::system(app, commune.id, "audit.verify");
        all.push((commune.id, commune.name, verify_and_keep(&ctx).await?));
    }
    Ok(all)
}
