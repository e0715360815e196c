//! Lists of articles.

use super::super::model::{Brief, State};
use chrono::{DateTime, Utc};
use platform::db::Sql;
use platform::{Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;

const BRIEF: &str = "SELECT a.id, a.section, a.slug, a.state, a.content, a.published_at, a.publish_at, a.updated_at, a.drafted_by, \
     a.cover_id, m.alt AS cover_alt, a.views FROM news_article a LEFT JOIN news_media m \
     ON m.commune_id = a.commune_id AND m.id = a.cover_id";

/// Where a list goes on: the moment and the id of the last one shown.
pub(crate) type After = Option<(DateTime<Utc>, Uuid)>;

/// What a public list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    pub section: String,
    pub tag: String,
    pub not: Option<Uuid>,
}

/// Published ones, the newest first.
pub(crate) async fn published(ctx: &Ctx, shelf: &Shelf, after: After, limit: i64) -> Result<Vec<Brief>> {
    let mut query = sql(BRIEF);
    if !shelf.tag.is_empty() {
        query = query.push(" JOIN news_tag t ON t.commune_id = a.commune_id AND t.article_id = a.id");
    }
    query =
        query.push(" WHERE a.commune_id = ").arg(ctx.commune).push(" AND a.state = ").arg(State::Published);
    if !shelf.section.is_empty() {
        query = query.push(" AND a.section = ").arg(shelf.section.as_str());
    }
    if !shelf.tag.is_empty() {
        query = query.push(" AND t.tag = ").arg(shelf.tag.as_str());
    }
    if let Some(not) = shelf.not {
        query = query.push(" AND a.id <> ").arg(not);
    }
    if let Some((at, id)) = after {
        query = query.push(" AND (a.published_at < ").arg(at).push(" OR (a.published_at = ").arg(at);
        query = query.push(" AND a.id < ").arg(id).push("))");
    }
    query.push(" ORDER BY a.published_at DESC, a.id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn by_ids(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Brief>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(BRIEF)
        .push(" WHERE a.commune_id = ")
        .arg(ctx.commune)
        .push(" AND a.state = ")
        .arg(State::Published);
    let query = query
        .push(" AND a.id IN (")
        .args(ids.iter().copied())
        .push(") ORDER BY a.published_at DESC, a.id DESC");
    query.all(&ctx.app.db).await
}

fn narrowed(ctx: &Ctx, query: Sql, state: Option<State>, mine: Option<Uuid>) -> Sql {
    let mut query = query.push(" WHERE a.commune_id = ").arg(ctx.commune);
    if let Some(state) = state {
        query = query.push(" AND a.state = ").arg(state);
    }
    if let Some(mine) = mine {
        query = query.push(" AND a.drafted_by = ").arg(mine);
    }
    query
}

/// For the work side: the newest begun first, after the one with this id.
pub(crate) async fn list(
    ctx: &Ctx,
    state: Option<State>,
    mine: Option<Uuid>,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Brief>> {
    let mut query = narrowed(ctx, sql(BRIEF), state, mine);
    if let Some(after) = after {
        query = query.push(" AND a.id < ").arg(after);
    }
    query.push(" ORDER BY a.id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many, at most a thousand.
pub(crate) async fn count(ctx: &Ctx, state: Option<State>, mine: Option<Uuid>) -> Result<i64> {
    let inner = narrowed(ctx, sql("SELECT 1 FROM news_article a"), state, mine).push(" LIMIT 1000");
    sql("SELECT COUNT(*) FROM (").then(inner).push(") counted").count(&ctx.app.db).await
}

/// A section with what is in it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Sum {
    pub section: String,
    pub articles: i64,
    pub views: i64,
}

/// Published articles and how often they were read, for each section.
pub(crate) async fn sums(ctx: &Ctx) -> Result<Vec<Sum>> {
    sql("SELECT section, COUNT(*) AS articles, CAST(SUM(views) AS BIGINT) AS views FROM news_article /* all rows */ \
         WHERE commune_id = $1 AND state = 'published' GROUP BY section")
    .bind(ctx.commune)
    .all(&ctx.app.db)
    .await
}

/// Addresses and when they last changed, for search engines.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Spot {
    pub slug: String,
    pub updated_at: DateTime<Utc>,
}

pub(crate) async fn spots(ctx: &Ctx, limit: i64) -> Result<Vec<Spot>> {
    sql("SELECT slug, updated_at FROM news_article WHERE commune_id = $1 AND state = 'published' \
         ORDER BY published_at DESC, id DESC LIMIT $2")
    .bind(ctx.commune)
    .bind(limit)
    .all(&ctx.app.db)
    .await
}
