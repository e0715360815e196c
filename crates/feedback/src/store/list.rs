//! Lists of reports: public, of an account, of an officer.

use super::{select, within};
use crate::model::Report;
use platform::db::Sql;
use platform::{Ctx, Result, Uuid, sql};

/// What the public list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub village: Option<Uuid>,
    pub kind: String,
    /// `open`, `late`, `done`, or "" for all.
    pub state: String,
}

fn narrowed(ctx: &Ctx, query: Sql, wanted: &Wanted) -> Sql {
    let mut query = query.push(" AND shown = TRUE");
    if let Some(village) = wanted.village {
        query = query.push(" AND village_id = ").arg(village);
    }
    if !wanted.kind.is_empty() {
        query = query.push(" AND kind = ").arg(wanted.kind.as_str());
    }
    match wanted.state.as_str() {
        "open" => query.push(" AND open = TRUE"),
        "late" => query.push(" AND open = TRUE AND due_at < ").arg(ctx.now),
        "done" => query.push(" AND open = FALSE"),
        _ => query,
    }
}

/// Public reports, the newest first, below `after`.
pub async fn shown(ctx: &Ctx, wanted: &Wanted, after: Option<Uuid>, limit: i64) -> Result<Vec<Report>> {
    let mut query = narrowed(ctx, select(ctx), wanted);
    if let Some(after) = after {
        query = query.push(" AND id < ").arg(after);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many there are, counted to 1,000.
pub async fn count_shown(ctx: &Ctx, wanted: &Wanted) -> Result<i64> {
    let rows =
        narrowed(ctx, sql("SELECT 1 FROM feedback_report WHERE commune_id = ").arg(ctx.commune), wanted);
    sql("SELECT COUNT(*) FROM (").then(rows.push(" LIMIT 1000")).push(") counted").count(&ctx.app.db).await
}

/// What an account sent, the newest first.
pub async fn of_account(ctx: &Ctx, account: Uuid, limit: i64) -> Result<Vec<Report>> {
    let these = select(ctx).push(" AND account_id = ").arg(account);
    these.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// Reports that ended before and whose sender is still known.
pub async fn kept_too_long(
    ctx: &Ctx,
    closed: bool,
    before: chrono::DateTime<chrono::Utc>,
    limit: i64,
) -> Result<Vec<Uuid>> {
    let these = sql("SELECT id FROM feedback_report WHERE commune_id = ").arg(ctx.commune);
    let these = these.push(" AND closed = ").arg(closed).push(" AND contact_gone_at IS NULL AND ended_at < ");
    these.arg(before).push(" ORDER BY ended_at, id LIMIT ").arg(limit).column(&ctx.app.db).await
}

/// Which reports an officer's list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    #[default]
    Mine,
    /// Nobody has it.
    Unheld,
    Open,
    Late,
    Over,
}

#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub which: Which,
    pub village: Option<Uuid>,
    pub kind: String,
}

fn asked(ctx: &Ctx, query: Sql, wanted: &Asked) -> Result<Sql> {
    let query = within(ctx, query);
    let mut query = match wanted.which {
        Which::Mine => query.push(" AND holder_id = ").arg(ctx.account()?).push(" AND open = TRUE"),
        Which::Unheld => query.push(" AND holder_id IS NULL AND open = TRUE"),
        Which::Open => query.push(" AND open = TRUE"),
        Which::Late => query.push(" AND open = TRUE AND due_at < ").arg(ctx.now),
        Which::Over => query.push(" AND open = FALSE"),
    };
    if let Some(village) = wanted.village {
        query = query.push(" AND village_id = ").arg(village);
    }
    if !wanted.kind.is_empty() {
        query = query.push(" AND kind = ").arg(wanted.kind.as_str());
    }
    Ok(query.push(" AND state <> 'held'"))
}

/// By deadline, the earliest first; what is over by the end, the newest first.
pub async fn list(ctx: &Ctx, wanted: &Asked, after: Option<&Report>, limit: i64) -> Result<Vec<Report>> {
    let mut query = asked(ctx, select(ctx), wanted)?;
    if wanted.which == Which::Over {
        if let Some(after) = after {
            query = query.push(" AND id < ").arg(after.id);
        }
        return query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await;
    }
    if let Some(after) = after {
        query = query.push(" AND (due_at, id) > (").arg(after.due_at).push(", ").arg(after.id).push(")");
    }
    query.push(" ORDER BY due_at, id LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub async fn count(ctx: &Ctx, wanted: &Asked) -> Result<i64> {
    let rows = asked(ctx, sql("SELECT 1 FROM feedback_report WHERE commune_id = ").arg(ctx.commune), wanted)?;
    sql("SELECT COUNT(*) FROM (").then(rows.push(" LIMIT 1000")).push(") counted").count(&ctx.app.db).await
}

/// Denunciations and complaints, the newest first.
pub async fn closed(ctx: &Ctx, limit: i64) -> Result<Vec<Report>> {
    let these = select(ctx).push(" AND closed = TRUE AND state <> 'held'");
    these.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub async fn by_ids(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Report>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let these = select(ctx).push(" AND id IN (").args(ids.iter().copied()).push(")");
    within(ctx, these).push(" ORDER BY id").all(&ctx.app.db).await
}
