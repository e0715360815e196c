//! SQL of votes.

use crate::meeting::model::{Choice, Vote, VoteState, Voter};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};

pub(in crate::meeting) async fn votes(ctx: &Ctx, on: &impl Run, meeting: Uuid) -> Result<Vec<Vote>> {
    sql("SELECT id, question, secret, state, closed_at, present, voted FROM meeting_vote \
         WHERE commune_id = $1 AND meeting_id = $2 ORDER BY id")
    .bind(ctx.commune)
    .bind(meeting)
    .all(on)
    .await
}

pub(in crate::meeting) async fn vote(ctx: &Ctx, on: &impl Run, meeting: Uuid, id: Uuid) -> Result<Vote> {
    votes(ctx, on, meeting).await?.into_iter().find(|vote| vote.id == id).ok_or_else(Error::not_found)
}

pub(in crate::meeting) async fn insert_vote(
    ctx: &Ctx,
    tx: &Tx,
    meeting: Uuid,
    one: &Vote,
    choices: &[String],
) -> Result<()> {
    sql("INSERT INTO meeting_vote (commune_id, id, meeting_id, question, secret, state, present, voted) \
         VALUES ($1, $2, $3, $4, $5, 'ready', 0, 0)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(meeting)
    .bind(one.question.as_str())
    .bind(one.secret)
    .run(tx)
    .await?;
    for (position, words) in (1_i64..).zip(choices) {
        sql("INSERT INTO meeting_option (commune_id, vote_id, position, words, votes) VALUES ($1, $2, $3, $4, 0)")
            .bind(ctx.commune)
            .bind(one.id)
            .bind(position)
            .bind(words.as_str())
            .run(tx)
            .await?;
    }
    Ok(())
}

pub(in crate::meeting) async fn delete_vote(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM meeting_option WHERE commune_id = $1 AND vote_id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    sql("DELETE FROM meeting_vote WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Opens what is ready; false when it is not.
pub(in crate::meeting) async fn write_vote_open(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let moved = sql(
        "UPDATE meeting_vote SET state = $3, opened_at = $4 WHERE commune_id = $1 AND id = $2 AND state = $5",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(VoteState::Open)
    .bind(ctx.now)
    .bind(VoteState::Ready)
    .run(tx)
    .await?;
    Ok(moved == 1)
}

/// Closes what is open, so that whoever votes at the same moment is before or after it; false when it is not open.
pub(in crate::meeting) async fn write_vote_closed(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    present: i64,
) -> Result<bool> {
    let moved = sql("UPDATE meeting_vote SET state = $3, closed_at = $4, present = $5, \
         voted = (SELECT COUNT(*) FROM meeting_voter v WHERE v.commune_id = $1 AND v.vote_id = $2) \
         WHERE commune_id = $1 AND id = $2 AND state = $6")
    .bind(ctx.commune)
    .bind(id)
    .bind(VoteState::Closed)
    .bind(ctx.now)
    .bind(present)
    .bind(VoteState::Open)
    .run(tx)
    .await?;
    Ok(moved == 1)
}

/// Counts an open vote.
pub(in crate::meeting) async fn write_counted(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("UPDATE meeting_option SET votes = (SELECT COUNT(*) FROM meeting_voter v WHERE v.commune_id = $1 \
         AND v.vote_id = $2 AND v.position = meeting_option.position) WHERE commune_id = $1 AND vote_id = $2")
    .bind(ctx.commune)
    .bind(id)
    .run(tx)
    .await?;
    Ok(())
}

pub(in crate::meeting) async fn choices(ctx: &Ctx, on: &impl Run, vote: Uuid) -> Result<Vec<Choice>> {
    sql("SELECT position, words, votes FROM meeting_option WHERE commune_id = $1 AND vote_id = $2 ORDER BY position")
        .bind(ctx.commune)
        .bind(vote)
        .all(on)
        .await
}

pub(in crate::meeting) async fn voters(ctx: &Ctx, on: &impl Run, vote: Uuid) -> Result<Vec<Voter>> {
    sql("SELECT account_id, position FROM meeting_voter WHERE commune_id = $1 AND vote_id = $2 ORDER BY account_id")
        .bind(ctx.commune)
        .bind(vote)
        .all(on)
        .await
}

/// Holds the vote open for this transaction; false when it is not open.
pub(in crate::meeting) async fn hold_open(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let held = sql("UPDATE meeting_vote SET state = state WHERE commune_id = $1 AND id = $2 AND state = $3")
        .bind(ctx.commune)
        .bind(id)
        .bind(VoteState::Open)
        .run(tx)
        .await?;
    Ok(held == 1)
}

/// The reader's choice in an open vote; a later one takes its place.
pub(in crate::meeting) async fn write_open_ballot(
    ctx: &Ctx,
    tx: &Tx,
    vote: Uuid,
    position: i64,
) -> Result<()> {
    sql("INSERT INTO meeting_voter (commune_id, vote_id, account_id, position) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (commune_id, vote_id, account_id) DO UPDATE SET position = excluded.position")
    .bind(ctx.commune)
    .bind(vote)
    .bind(ctx.account()?)
    .bind(position)
    .run(tx)
    .await?;
    Ok(())
}

/// That the reader voted, and nothing of what; false when they had.
pub(in crate::meeting) async fn insert_voter(ctx: &Ctx, tx: &Tx, vote: Uuid) -> Result<bool> {
    let fresh = sql("INSERT INTO meeting_voter (commune_id, vote_id, account_id) VALUES ($1, $2, $3) \
                     ON CONFLICT (commune_id, vote_id, account_id) DO NOTHING")
    .bind(ctx.commune)
    .bind(vote)
    .bind(ctx.account()?)
    .run(tx)
    .await?;
    Ok(fresh == 1)
}

/// One more for a choice of a secret vote. Every row of the vote is written anew, so that none tells by its place in the
/// table or by its transaction which was meant.
pub(in crate::meeting) async fn add_secret(ctx: &Ctx, tx: &Tx, vote: Uuid, position: i64) -> Result<()> {
    sql("UPDATE meeting_option SET votes = votes + (CASE WHEN position = $3 THEN 1 ELSE 0 END) \
         WHERE commune_id = $1 AND vote_id = $2")
    .bind(ctx.commune)
    .bind(vote)
    .bind(position)
    .run(tx)
    .await?;
    Ok(())
}
