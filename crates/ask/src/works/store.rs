//! SQL of works, the roll and the ballots.

use super::model::{Ballot, Enrolled, Offer, Way, Work, WorkState};
use platform::db::insert_many;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

/// The works of a round as they stand on the ballot, and the proposals that nobody read yet.
pub(crate) async fn works(ctx: &Ctx, on: &impl Run, round: Uuid) -> Result<Vec<Work>> {
    sql("SELECT position, name, place, about, cost, state, votes, chosen FROM ask_work WHERE commune_id = $1 AND matter_id = $2 \
         ORDER BY position")
    .bind(ctx.commune)
    .bind(round)
    .all(on)
    .await
}

pub(super) async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    round: Uuid,
    position: i64,
    one: &Offer,
    state: WorkState,
) -> Result<()> {
    sql("INSERT INTO ask_work (commune_id, matter_id, position, name, place, about, cost, state, by_id, votes, chosen) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, FALSE)")
    .bind(ctx.commune)
    .bind(round)
    .bind(position)
    .bind(one.name.as_str())
    .bind(one.place.as_str())
    .bind(one.about.as_str())
    .bind(one.cost.unwrap_or(0))
    .bind(state)
    .bind(ctx.account_or_none())
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn set_state(
    ctx: &Ctx,
    tx: &Tx,
    round: Uuid,
    position: i64,
    state: WorkState,
    cost: i64,
) -> Result<u64> {
    sql("UPDATE ask_work SET state = $4, cost = $5 WHERE commune_id = $1 AND matter_id = $2 AND position = $3")
        .bind(ctx.commune)
        .bind(round)
        .bind(position)
        .bind(state)
        .bind(cost)
        .run(tx)
        .await
}

pub(super) async fn set_result(
    ctx: &Ctx,
    tx: &Tx,
    round: Uuid,
    position: i64,
    votes: i64,
    chosen: bool,
) -> Result<()> {
    sql("UPDATE ask_work SET votes = $4, chosen = $5 WHERE commune_id = $1 AND matter_id = $2 AND position = $3")
        .bind(ctx.commune)
        .bind(round)
        .bind(position)
        .bind(votes)
        .bind(chosen)
        .run(tx)
        .await?;
    Ok(())
}

/// Writes the roll in the order of ids, which says nothing.
pub(super) async fn insert_roll(ctx: &Ctx, tx: &Tx, round: Uuid, homes: &[Uuid]) -> Result<()> {
    let rows =
        homes.iter().map(|home| vec![ctx.commune.into(), round.into(), (*home).into(), Way::Not.into()]);
    insert_many(tx, "ask_roll", &["commune_id", "matter_id", "household_id", "way"], rows, "").await?;
    Ok(())
}

pub(super) async fn roll(ctx: &Ctx, on: &impl Run, round: Uuid) -> Result<Vec<Enrolled>> {
    sql("SELECT household_id, way FROM ask_roll WHERE commune_id = $1 AND matter_id = $2 ORDER BY household_id")
        .bind(ctx.commune)
        .bind(round)
        .all(on)
        .await
}

pub(super) async fn enrolled(ctx: &Ctx, on: &impl Run, round: Uuid, home: Uuid) -> Result<Option<Way>> {
    sql("SELECT way FROM ask_roll WHERE commune_id = $1 AND matter_id = $2 AND household_id = $3")
        .bind(ctx.commune)
        .bind(round)
        .bind(home)
        .scalar(on)
        .await
}

/// Strikes a household off: it has taken part. False when it had already.
pub(super) async fn strike(ctx: &Ctx, tx: &Tx, round: Uuid, home: Uuid, way: Way) -> Result<bool> {
    let done = sql("UPDATE ask_roll SET way = $4 WHERE commune_id = $1 AND matter_id = $2 AND household_id = $3 AND way = 'not'")
        .bind(ctx.commune)
        .bind(round)
        .bind(home)
        .bind(way);
    Ok(done.run(tx).await? == 1)
}

pub(super) async fn handed(ctx: &Ctx, on: &impl Run, round: Uuid) -> Result<i64> {
    sql("SELECT COUNT(*) FROM ask_roll WHERE commune_id = $1 AND matter_id = $2 AND way = 'paper'")
        .bind(ctx.commune)
        .bind(round)
        .count(on)
        .await
}

pub(super) async fn open_box(ctx: &Ctx, on: &impl Run, round: Uuid) -> Result<Option<String>> {
    sql("SELECT sealed FROM ask_box WHERE commune_id = $1 AND matter_id = $2")
        .bind(ctx.commune)
        .bind(round)
        .scalar(on)
        .await
}

pub(super) async fn write_box(ctx: &Ctx, tx: &Tx, round: Uuid, sealed: &str) -> Result<()> {
    sql("INSERT INTO ask_box (commune_id, matter_id, sealed) VALUES ($1, $2, $3) \
         ON CONFLICT (commune_id, matter_id) DO UPDATE SET sealed = $3")
    .bind(ctx.commune)
    .bind(round)
    .bind(sealed)
    .run(tx)
    .await?;
    Ok(())
}

/// The box and the papers go: they were counted, or the round was cancelled.
pub(super) async fn clear(ctx: &Ctx, tx: &Tx, round: Uuid) -> Result<()> {
    for table in ["ask_box", "ask_paper"] {
        sql(format!("DELETE FROM {table} WHERE commune_id = $1 AND matter_id = $2"))
            .bind(ctx.commune)
            .bind(round)
            .run(tx)
            .await?;
    }
    Ok(())
}

pub(super) async fn papers(ctx: &Ctx, on: &impl Run, round: Uuid) -> Result<Vec<Ballot>> {
    sql("SELECT code, picks FROM ask_paper WHERE commune_id = $1 AND matter_id = $2 ORDER BY code")
        .bind(ctx.commune)
        .bind(round)
        .all(on)
        .await
}

/// False when the code is there already.
pub(super) async fn insert_paper(ctx: &Ctx, tx: &Tx, round: Uuid, one: &Ballot) -> Result<bool> {
    let done = sql("INSERT INTO ask_paper (commune_id, matter_id, code, picks) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT (commune_id, matter_id, code) DO NOTHING")
    .bind(ctx.commune)
    .bind(round)
    .bind(one.code.as_str())
    .bind(one.picks.as_str());
    Ok(done.run(tx).await? == 1)
}

pub(super) async fn delete_paper(ctx: &Ctx, tx: &Tx, round: Uuid, code: &str) -> Result<u64> {
    sql("DELETE FROM ask_paper WHERE commune_id = $1 AND matter_id = $2 AND code = $3")
        .bind(ctx.commune)
        .bind(round)
        .bind(code)
        .run(tx)
        .await
}

pub(super) async fn insert_ballots(ctx: &Ctx, tx: &Tx, round: Uuid, all: &[Ballot]) -> Result<()> {
    let row = |one: &Ballot| {
        vec![ctx.commune.into(), round.into(), one.code.as_str().into(), one.picks.as_str().into()]
    };
    insert_many(tx, "ask_ballot", &["commune_id", "matter_id", "code", "picks"], all.iter().map(row), "")
        .await?;
    Ok(())
}

/// The counted ballots by their codes, in the order of bytes on either engine.
pub(crate) async fn ballots(ctx: &Ctx, on: &impl Run, round: Uuid) -> Result<Vec<Ballot>> {
    let mut all: Vec<Ballot> =
        sql("SELECT code, picks FROM ask_ballot WHERE commune_id = $1 AND matter_id = $2")
            .bind(ctx.commune)
            .bind(round)
            .all(on)
            .await?;
    all.sort();
    Ok(all)
}
