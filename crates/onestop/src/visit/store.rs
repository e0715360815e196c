//! SQL of appointments.

use super::model::Visit;
use chrono::{DateTime, NaiveDate, Utc};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

const COLUMNS: &str = "id, code, procedure_code, person_id, booked_by, day, starts_at, papers, state, hold, ticket_id, \
                       made_at, ended_at, revision";

fn select(ctx: &Ctx) -> Sql {
    sql(format!("SELECT {COLUMNS} FROM visit WHERE commune_id = ")).arg(ctx.commune)
}

/// An appointment of the commune; the caller decides who may see it.
pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Visit> {
    select(ctx).push(" AND id = ").arg(id).one(on).await
}

/// Who comes on a day, by hour.
pub async fn of_day(ctx: &Ctx, day: NaiveDate) -> Result<Vec<Visit>> {
    select(ctx).push(" AND day = ").arg(day).push(" ORDER BY starts_at, id LIMIT 1000").all(&ctx.app.db).await
}

pub async fn open_count(ctx: &Ctx, day: NaiveDate) -> Result<i64> {
    sql("SELECT COUNT(*) FROM visit WHERE commune_id = $1 AND day = $2 AND state = 'booked'")
        .bind(ctx.commune)
        .bind(day)
        .count(&ctx.app.db)
        .await
}

pub async fn of_person(ctx: &Ctx, person: Uuid, limit: i64) -> Result<Vec<Visit>> {
    let query = select(ctx).push(" AND person_id = ").arg(person);
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// What the reader booked, or what was booked for them; newest first.
pub async fn mine(ctx: &Ctx, limit: i64) -> Result<Vec<Visit>> {
    let account = ctx.account()?;
    // One index for each way to be connected; an OR over them would read the commune.
    let booked = select(ctx).push(" AND booked_by = ").arg(account);
    let mut found: Vec<Visit> = booked.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await?;
    for person in ctx.scope.ids("person") {
        found.extend(of_person(ctx, person, limit).await?);
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.id));
    found.dedup_by_key(|one| one.id);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// False when the person's place among the open ones was taken meanwhile.
pub async fn insert(ctx: &Ctx, tx: &Tx, one: &Visit) -> Result<bool> {
    let written = sql(format!(
        "INSERT INTO visit (commune_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
         $15) ON CONFLICT (commune_id, person_id, procedure_code, hold) DO NOTHING"
    ))
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.code.as_str())
    .bind(one.procedure_code.as_str())
    .bind(one.person_id)
    .bind(one.booked_by)
    .bind(one.day)
    .bind(one.starts_at)
    .bind(one.papers)
    .bind(one.state)
    .bind(one.hold)
    .bind(one.ticket_id)
    .bind(one.made_at)
    .bind(one.ended_at)
    .bind(one.revision)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// Ends it in the state given; false when somebody else was first.
pub async fn end(ctx: &Ctx, tx: &Tx, one: &Visit) -> Result<bool> {
    let written = sql(
        "UPDATE visit SET state = $4, ticket_id = $5, ended_at = $6, hold = NULL, revision = revision + 1 \
                       WHERE commune_id = $1 AND id = $2 AND revision = $3",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.state)
    .bind(one.ticket_id)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// An open appointment: its place among the person's, and its hour.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Held {
    pub hold: i64,
    pub starts_at: DateTime<Utc>,
}

/// The places among the open appointments that a person has taken for a procedure. Those of days gone by, which nobody
/// ended, are let go.
pub async fn holds(ctx: &Ctx, tx: &Tx, person: Uuid, procedure: &str) -> Result<Vec<Held>> {
    sql("UPDATE visit SET hold = NULL WHERE commune_id = $1 AND person_id = $2 AND procedure_code = $3 \
         AND hold IS NOT NULL AND day < $4")
    .bind(ctx.commune)
    .bind(person)
    .bind(procedure)
    .bind(ctx.today())
    .run(tx)
    .await?;
    sql("SELECT hold, starts_at FROM visit WHERE commune_id = $1 AND person_id = $2 AND procedure_code = $3 \
         AND hold IS NOT NULL")
    .bind(ctx.commune)
    .bind(person)
    .bind(procedure)
    .all(tx)
    .await
}

/// How many places of an hour are taken.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Taken {
    pub starts_at: DateTime<Utc>,
    pub taken: i64,
}

pub async fn taken(ctx: &Ctx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Taken>> {
    sql("SELECT starts_at, taken FROM visit_slot WHERE commune_id = $1 AND starts_at >= $2 AND starts_at <= $3")
        .bind(ctx.commune)
        .bind(from)
        .bind(to)
        .all(&ctx.app.db)
        .await
}

/// Takes a place of an hour, its row locked until the transaction ends; false when none is left.
pub async fn slot_take(ctx: &Ctx, tx: &Tx, at: DateTime<Utc>, places: i64) -> Result<bool> {
    let written = sql("INSERT INTO visit_slot (commune_id, starts_at, taken) VALUES ($1, $2, 1) \
                       ON CONFLICT (commune_id, starts_at) DO UPDATE SET taken = visit_slot.taken + 1 \
                       WHERE visit_slot.taken < $3")
    .bind(ctx.commune)
    .bind(at)
    .bind(places)
    .run(tx)
    .await?;
    Ok(written == 1)
}

pub async fn slot_free(ctx: &Ctx, tx: &Tx, at: DateTime<Utc>) -> Result<()> {
    sql("UPDATE visit_slot SET taken = taken - 1 WHERE commune_id = $1 AND starts_at = $2 AND taken > 0")
        .bind(ctx.commune)
        .bind(at)
        .run(tx)
        .await?;
    Ok(())
}
