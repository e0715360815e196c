//! SQL of what residents write under articles.

use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, choice, sql};
use sea_orm::FromQueryResult;

choice! {
    CommentState, "news-comment-state", {
        /// Nobody but its writer and the editors see it.
        Held = "held",
        Shown = "shown",
        Refused = "refused",
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Comment {
    pub id: Uuid,
    pub article_id: Uuid,
    pub account_id: Uuid,
    pub name: String,
    pub body: String,
    pub state: CommentState,
    pub reports: i64,
    pub at: DateTime<Utc>,
}

const COMMENT: &str =
    "SELECT id, article_id, account_id, name, body, state, reports, at FROM news_comment WHERE commune_id = ";

pub(crate) async fn comment_find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Comment> {
    sql(COMMENT).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// What everybody may read under an article, and what the reader wrote there.
pub(crate) async fn comments_of(ctx: &Ctx, article: Uuid) -> Result<Vec<Comment>> {
    let mut query = sql(COMMENT).arg(ctx.commune).push(" AND article_id = ").arg(article);
    query = query.push(" AND (state = ").arg(CommentState::Shown);
    if let Some(me) = ctx.account_or_none() {
        query =
            query.push(" OR (state = ").arg(CommentState::Held).push(" AND account_id = ").arg(me).push(")");
    }
    query.push(") ORDER BY id LIMIT 200").all(&ctx.app.db).await
}

/// The oldest first: they have waited longest. Those that residents reported come with them.
pub(crate) async fn comments_waiting(
    ctx: &Ctx,
    state: CommentState,
    reported: bool,
    limit: i64,
) -> Result<Vec<Comment>> {
    let mut query = sql(COMMENT).arg(ctx.commune).push(" AND state = ").arg(state);
    if reported {
        query = query.push(" AND reports > 0");
    }
    query.push(" ORDER BY id LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn comment_insert(ctx: &Ctx, tx: &Tx, one: &Comment) -> Result<()> {
    sql("INSERT INTO news_comment (commune_id, id, article_id, account_id, name, body, state, reports, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.article_id)
    .bind(one.account_id)
    .bind(one.name.as_str())
    .bind(one.body.as_str())
    .bind(one.state)
    .bind(one.at)
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn comment_decide(ctx: &Ctx, tx: &Tx, id: Uuid, state: CommentState) -> Result<()> {
    sql("UPDATE news_comment SET state = $3, reports = 0, decided_by = $4, decided_at = $5 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(state)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// A resident finds a comment wrong; each counts once.
pub(crate) async fn comment_report(ctx: &Ctx, tx: &Tx, id: Uuid, account: Uuid) -> Result<bool> {
    let first = sql(
        "INSERT INTO news_comment_report (commune_id, comment_id, account_id, at) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (commune_id, comment_id, account_id) DO NOTHING",
    );
    if first.bind(ctx.commune).bind(id).bind(account).bind(ctx.now).run(tx).await? == 0 {
        return Ok(false);
    }
    sql("UPDATE news_comment SET reports = reports + 1 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(true)
}
