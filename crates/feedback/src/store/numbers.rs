//! SQL of the numbers of a span of time.

use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;

/// One report of a span, as far as it is counted.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Counted {
    pub kind: String,
    pub village_id: Option<Uuid>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub sent_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub open: bool,
    pub reopened: i64,
    pub rating: Option<i64>,
}

/// Reports sent in a span; at most `limit`. What is closed is counted nowhere.
pub async fn sent_between(
    ctx: &Ctx,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Counted>> {
    sql("SELECT kind, village_id, lat, lon, sent_at, due_at, ended_at, open, reopened, rating FROM feedback_report \
         WHERE commune_id = $1 AND sent_at >= $2 AND sent_at < $3 AND closed = FALSE AND state NOT IN ('held', 'joined') \
         ORDER BY sent_at, id LIMIT $4")
    .bind(ctx.commune)
    .bind(from)
    .bind(to)
    .bind(limit)
    .all(&ctx.app.db)
    .await
}
