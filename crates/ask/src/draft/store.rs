//! SQL of consultations.

use chrono::{DateTime, Utc};
use platform::db::insert_many;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, choice, sql};
use sea_orm::FromQueryResult;

choice! {
    CommentState, "ask-comment-state", {
        /// Nobody but its writer and the office sees it.
        Held = "held",
        Shown = "shown",
        Refused = "refused",
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Part {
    pub position: i64,
    pub mark: String,
    pub depth: i64,
    pub words: String,
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Comment {
    pub id: Uuid,
    pub matter_id: Uuid,
    /// 0: on the whole.
    pub position: i64,
    pub account_id: Uuid,
    pub name: String,
    pub body: String,
    pub state: CommentState,
    /// A code of [`super::Verdict`]; `""` before it is answered.
    pub verdict: String,
    pub reply: String,
    pub at: DateTime<Utc>,
    pub revision: i64,
}

pub(crate) async fn list(ctx: &Ctx, on: &impl Run, draft: Uuid) -> Result<Vec<Part>> {
    sql("SELECT position, mark, depth, words FROM ask_part WHERE commune_id = $1 AND matter_id = $2 ORDER BY position")
        .bind(ctx.commune)
        .bind(draft)
        .all(on)
        .await
}

pub(super) async fn set_parts(ctx: &Ctx, tx: &Tx, draft: Uuid, parts: &[Part]) -> Result<()> {
    sql("DELETE FROM ask_part WHERE commune_id = $1 AND matter_id = $2")
        .bind(ctx.commune)
        .bind(draft)
        .run(tx)
        .await?;
    let row = |one: &Part| {
        vec![
            ctx.commune.into(),
            draft.into(),
            one.position.into(),
            one.mark.as_str().into(),
            one.depth.into(),
            one.words.as_str().into(),
        ]
    };
    let columns = ["commune_id", "matter_id", "position", "mark", "depth", "words"];
    insert_many(tx, "ask_part", &columns, parts.iter().map(row), "").await?;
    Ok(())
}

pub(super) async fn set_stance(
    ctx: &Ctx,
    tx: &Tx,
    draft: Uuid,
    position: i64,
    voter: &str,
    agrees: bool,
) -> Result<()> {
    sql(
        "INSERT INTO ask_stance (commune_id, matter_id, position, voter, agrees) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, matter_id, position, voter) DO UPDATE SET agrees = $5",
    )
    .bind(ctx.commune)
    .bind(draft)
    .bind(position)
    .bind(voter)
    .bind(agrees)
    .run(tx)
    .await?;
    Ok(())
}

/// How many are for and against each paragraph: position, for, against.
pub(crate) async fn stances(ctx: &Ctx, draft: Uuid) -> Result<Vec<(i64, i64, i64)>> {
    let rows = sql(
        "SELECT position, CAST(SUM(CASE WHEN agrees THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN agrees THEN 0 ELSE 1 END) AS BIGINT) FROM ask_stance WHERE commune_id = $1 AND matter_id = $2 \
         GROUP BY position ORDER BY position",
    )
    .bind(ctx.commune)
    .bind(draft)
    .rows(&ctx.app.db)
    .await?;
    let row = |row: &platform::db::Row| {
        Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
    };
    rows.iter().map(row).collect()
}

const COMMENT: &str = "SELECT id, matter_id, position, account_id, name, body, state, verdict, reply, at, revision FROM ask_comment \
                       WHERE commune_id = ";

/// The comments on a draft by paragraph, the oldest first.
pub(crate) async fn comments(ctx: &Ctx, on: &impl Run, draft: Uuid) -> Result<Vec<Comment>> {
    let query = sql(COMMENT).arg(ctx.commune).push(" AND matter_id = ").arg(draft);
    query.push(" ORDER BY position, id LIMIT 2000").all(on).await
}

pub(super) async fn comment(ctx: &Ctx, on: &impl Run, draft: Uuid, id: Uuid) -> Result<Comment> {
    sql(COMMENT)
        .arg(ctx.commune)
        .push(" AND id = ")
        .arg(id)
        .push(" AND matter_id = ")
        .arg(draft)
        .one(on)
        .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Comment) -> Result<()> {
    sql("INSERT INTO ask_comment (commune_id, id, matter_id, position, account_id, name, body, state, verdict, reply, at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', $9, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.matter_id)
    .bind(one.position)
    .bind(one.account_id)
    .bind(one.name.as_str())
    .bind(one.body.as_str())
    .bind(one.state)
    .bind(one.at)
    .run(tx)
    .await?;
    Ok(())
}

/// # Errors
/// `Conflict` when somebody else was first.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Comment) -> Result<()> {
    let done = sql("UPDATE ask_comment SET state = $4, verdict = $5, reply = $6, revision = revision + 1 \
                    WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.state)
    .bind(one.verdict.as_str())
    .bind(one.reply.as_str())
    .run(tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::conflict("ask-moved-on")) }
}

/// Comments that wait to be read; of one draft, or of all.
pub(super) async fn held(ctx: &Ctx, on: &impl Run, draft: Option<Uuid>) -> Result<i64> {
    let query = sql("SELECT COUNT(*) FROM ask_comment WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND state = 'held'");
    match draft {
        Some(draft) => query.push(" AND matter_id = ").arg(draft).count(on).await,
        None => query.count(on).await,
    }
}
