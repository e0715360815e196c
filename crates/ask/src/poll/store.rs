//! SQL of polls.

use chrono::NaiveDate;
use platform::db::insert_many;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Question {
    pub position: i64,
    pub words: String,
    pub several: bool,
    pub free: bool,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Choice {
    pub question: i64,
    pub position: i64,
    pub words: String,
    pub votes: i64,
}

pub(crate) async fn list(ctx: &Ctx, on: &impl Run, poll: Uuid) -> Result<Vec<Question>> {
    sql("SELECT position, words, several, free FROM ask_question WHERE commune_id = $1 AND matter_id = $2 ORDER BY position")
        .bind(ctx.commune)
        .bind(poll)
        .all(on)
        .await
}

pub(crate) async fn choices(ctx: &Ctx, on: &impl Run, poll: Uuid) -> Result<Vec<Choice>> {
    sql("SELECT question, position, words, votes FROM ask_choice WHERE commune_id = $1 AND matter_id = $2 \
         ORDER BY question, position")
    .bind(ctx.commune)
    .bind(poll)
    .all(on)
    .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, poll: Uuid, one: &Question, choices: &[String]) -> Result<()> {
    sql("INSERT INTO ask_question (commune_id, matter_id, position, words, several, free) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(poll)
        .bind(one.position)
        .bind(one.words.as_str())
        .bind(one.several)
        .bind(one.free)
        .run(tx)
        .await?;
    let rows = (1i64..).zip(choices).map(|(position, words)| {
        vec![
            ctx.commune.into(),
            poll.into(),
            one.position.into(),
            position.into(),
            words.as_str().into(),
            0i64.into(),
        ]
    });
    let columns = ["commune_id", "matter_id", "question", "position", "words", "votes"];
    insert_many(tx, "ask_choice", &columns, rows, "").await?;
    Ok(())
}

pub(super) async fn delete(ctx: &Ctx, tx: &Tx, poll: Uuid, position: i64) -> Result<u64> {
    sql("DELETE FROM ask_choice WHERE commune_id = $1 AND matter_id = $2 AND question = $3")
        .bind(ctx.commune)
        .bind(poll)
        .bind(position)
        .run(tx)
        .await?;
    sql("DELETE FROM ask_question WHERE commune_id = $1 AND matter_id = $2 AND position = $3")
        .bind(ctx.commune)
        .bind(poll)
        .bind(position)
        .run(tx)
        .await
}

/// That somebody answered; false when they had already.
pub(super) async fn answered(ctx: &Ctx, tx: &Tx, poll: Uuid, voter: &str) -> Result<bool> {
    let done = sql("INSERT INTO ask_answered (commune_id, matter_id, voter) VALUES ($1, $2, $3) \
                    ON CONFLICT (commune_id, matter_id, voter) DO NOTHING")
    .bind(ctx.commune)
    .bind(poll)
    .bind(voter);
    Ok(done.run(tx).await? == 1)
}

pub(super) async fn has_answered(ctx: &Ctx, poll: Uuid, voter: &str) -> Result<bool> {
    let found =
        sql("SELECT COUNT(*) FROM ask_answered WHERE commune_id = $1 AND matter_id = $2 AND voter = $3")
            .bind(ctx.commune)
            .bind(poll)
            .bind(voter);
    Ok(found.count(&ctx.app.db).await? > 0)
}

/// Counts what was chosen, as pairs of question and choice. All rows are written anew, so that none of them tells which were meant.
pub(super) async fn count(ctx: &Ctx, tx: &Tx, poll: Uuid, chosen: &[(i64, i64)]) -> Result<()> {
    let mut query = sql("UPDATE ask_choice SET votes = votes + CASE WHEN 1 = 0");
    for (question, position) in chosen {
        query =
            query.push(" OR (question = ").arg(*question).push(" AND position = ").arg(*position).push(")");
    }
    query = query.push(" THEN 1 ELSE 0 END WHERE commune_id = ").arg(ctx.commune);
    query.push(" AND matter_id = ").arg(poll).run(tx).await?;
    Ok(())
}

pub(super) async fn insert_words(ctx: &Ctx, tx: &Tx, poll: Uuid, question: i64, words: &str) -> Result<()> {
    // No time in the id: the order of the words is none.
    let mut random = [0u8; 16];
    rand::Rng::fill(&mut rand::rng(), &mut random[..]);
    sql("INSERT INTO ask_words (commune_id, matter_id, id, question, words) VALUES ($1, $2, $3, $4, $5)")
        .bind(ctx.commune)
        .bind(poll)
        .bind(Uuid::from_bytes(random))
        .bind(question)
        .bind(words)
        .run(tx)
        .await?;
    Ok(())
}

/// Free words by question.
pub(super) async fn words(ctx: &Ctx, poll: Uuid, limit: i64) -> Result<Vec<(i64, String)>> {
    let rows = sql("SELECT question, words FROM ask_words WHERE commune_id = $1 AND matter_id = $2 ORDER BY question, id LIMIT $3")
        .bind(ctx.commune)
        .bind(poll)
        .bind(limit)
        .rows(&ctx.app.db)
        .await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// Free words, and that somebody answered, of polls that ended before a day.
pub(crate) async fn forget(ctx: &Ctx, tx: &Tx, before: NaiveDate) -> Result<u64> {
    let mut gone = 0;
    for table in ["ask_words", "ask_answered"] {
        gone += sql(format!(
            "DELETE FROM {table} WHERE commune_id = $1 AND matter_id IN \
             (SELECT id FROM ask_matter WHERE commune_id = $1 AND kind = 'poll' AND state <> 'preparing' AND until_on < $2)"
        ))
        .bind(ctx.commune)
        .bind(before)
        .run(tx)
        .await?;
    }
    Ok(gone)
}
