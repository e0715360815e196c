//! SQL of funds.

use super::model::{Due, Entry, Fund};
use chrono::NaiveDate;
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use std::collections::HashMap;

fn funds(ctx: &Ctx) -> Sql {
    sql("SELECT id, village_id, name, purpose, opened_on, balance FROM village_fund WHERE commune_id = ")
        .arg(ctx.commune)
}

pub async fn list(ctx: &Ctx, on: &impl Run, village: Uuid) -> Result<Vec<Fund>> {
    funds(ctx).push(" AND village_id = ").arg(village).push(" ORDER BY id LIMIT 50").all(on).await
}

pub async fn find(ctx: &Ctx, on: &impl Run, village: Uuid, id: Uuid) -> Result<Fund> {
    funds(ctx).push(" AND id = ").arg(id).push(" AND village_id = ").arg(village).one(on).await
}

pub async fn insert(ctx: &Ctx, tx: &Tx, one: &Fund) -> Result<()> {
    sql("INSERT INTO village_fund (commune_id, id, village_id, name, purpose, opened_on, balance) \
         VALUES ($1, $2, $3, $4, $5, $6, 0)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.village_id)
    .bind(one.name.as_str())
    .bind(one.purpose.as_str())
    .bind(one.opened_on)
    .run(tx)
    .await?;
    Ok(())
}

/// Adds to the balance and holds the fund's row until the transaction ends; the new balance.
pub async fn add(ctx: &Ctx, tx: &Tx, fund: Uuid, amount: i64) -> Result<i64> {
    let balance: Option<i64> = sql(
        "UPDATE village_fund SET balance = balance + $3 WHERE commune_id = $1 AND id = $2 RETURNING balance",
    )
    .bind(ctx.commune)
    .bind(fund)
    .bind(amount)
    .scalar(tx)
    .await?;
    balance.ok_or_else(platform::Error::not_found)
}

fn dues(ctx: &Ctx) -> Sql {
    sql("SELECT id, fund_id, title, per, amount, due_on, why FROM village_fund_due WHERE commune_id = ")
        .arg(ctx.commune)
}

pub async fn dues_of(ctx: &Ctx, fund: Uuid) -> Result<Vec<Due>> {
    dues(ctx).push(" AND fund_id = ").arg(fund).push(" ORDER BY id DESC LIMIT 50").all(&ctx.app.db).await
}

pub async fn due(ctx: &Ctx, on: &impl Run, fund: Uuid, id: Uuid) -> Result<Due> {
    dues(ctx).push(" AND id = ").arg(id).push(" AND fund_id = ").arg(fund).one(on).await
}

pub async fn insert_due(ctx: &Ctx, tx: &Tx, one: &Due) -> Result<()> {
    sql("INSERT INTO village_fund_due (commune_id, id, fund_id, title, per, amount, due_on, why, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.fund_id)
    .bind(one.title.as_str())
    .bind(one.per)
    .bind(one.amount)
    .bind(one.due_on)
    .bind(one.why.as_str())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// What each household has paid of a contribution.
pub async fn paid(ctx: &Ctx, on: &impl Run, due: Uuid) -> Result<HashMap<Uuid, i64>> {
    let rows = sql(
        "SELECT household_id, CAST(SUM(amount) AS BIGINT) FROM village_fund_entry WHERE commune_id = $1 AND due_id = $2 \
         AND household_id IS NOT NULL GROUP BY household_id",
    );
    let rows = rows.bind(ctx.commune).bind(due).rows(on).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// Households that need not pay, and why.
pub async fn exempt(ctx: &Ctx, on: &impl Run, due: Uuid) -> Result<HashMap<Uuid, String>> {
    let rows =
        sql("SELECT household_id, reason FROM village_fund_exempt WHERE commune_id = $1 AND due_id = $2");
    let rows = rows.bind(ctx.commune).bind(due).rows(on).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

pub async fn set_exempt(ctx: &Ctx, tx: &Tx, due: Uuid, household: Uuid, reason: &str) -> Result<()> {
    sql("INSERT INTO village_fund_exempt (commune_id, due_id, household_id, reason, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, due_id, household_id) DO UPDATE SET reason = $4, at = $5")
    .bind(ctx.commune)
    .bind(due)
    .bind(household)
    .bind(reason)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub async fn drop_exempt(ctx: &Ctx, tx: &Tx, due: Uuid, household: Uuid) -> Result<u64> {
    sql("DELETE FROM village_fund_exempt WHERE commune_id = $1 AND due_id = $2 AND household_id = $3")
        .bind(ctx.commune)
        .bind(due)
        .bind(household)
        .run(tx)
        .await
}

fn entries(ctx: &Ctx) -> Sql {
    sql("SELECT id, fund_id, due_id, household_id, kind, code, payer, words, amount, day, approver, below, file_id, \
         reverses_id, reversed, by_id, at FROM village_fund_entry WHERE commune_id = ")
    .arg(ctx.commune)
}

pub async fn entry(ctx: &Ctx, on: &impl Run, fund: Uuid, id: Uuid) -> Result<Entry> {
    entries(ctx).push(" AND id = ").arg(id).push(" AND fund_id = ").arg(fund).one(on).await
}

/// The entry that takes this one back.
pub async fn reversal(ctx: &Ctx, fund: Uuid, one: &Entry) -> Result<Option<Entry>> {
    let these = entries(ctx).push(" AND fund_id = ").arg(fund).push(" AND day >= ").arg(one.day);
    these.push(" AND reverses_id = ").arg(one.id).first(&ctx.app.db).await
}

/// The entries of a fund in a span of days, the newest first.
pub async fn entries_of(ctx: &Ctx, fund: Uuid, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>> {
    let these = entries(ctx).push(" AND fund_id = ").arg(fund).push(" AND day >= ").arg(from);
    these.push(" AND day <= ").arg(to).push(" ORDER BY day DESC, id DESC").all(&ctx.app.db).await
}

/// What a fund had before a day.
pub async fn before(ctx: &Ctx, fund: Uuid, day: NaiveDate) -> Result<i64> {
    let sum =
        sql("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM village_fund_entry WHERE commune_id = $1 \
                   AND fund_id = $2 AND day < $3");
    Ok(sum.bind(ctx.commune).bind(fund).bind(day).scalar(&ctx.app.db).await?.unwrap_or(0))
}

/// What a household has paid, the newest first.
pub async fn of_household(ctx: &Ctx, household: Uuid) -> Result<Vec<Entry>> {
    let these = entries(ctx).push(" AND household_id = ").arg(household).push(" AND reverses_id IS NULL");
    these.push(" ORDER BY id DESC LIMIT 200").all(&ctx.app.db).await
}

/// Marks an entry as taken back; false when it was already.
pub async fn mark_reversed(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let done =
        sql("UPDATE village_fund_entry SET reversed = TRUE WHERE commune_id = $1 AND id = $2 AND reversed = FALSE")
            .bind(ctx.commune)
            .bind(id)
            .run(tx)
            .await?;
    Ok(done == 1)
}

pub async fn insert_entry(ctx: &Ctx, tx: &Tx, village: Uuid, one: &Entry) -> Result<()> {
    sql("INSERT INTO village_fund_entry (commune_id, id, village_id, fund_id, due_id, household_id, kind, code, payer, words, \
         amount, day, approver, below, file_id, reverses_id, reversed, by_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, FALSE, $17, $18)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(village)
    .bind(one.fund_id)
    .bind(one.due_id)
    .bind(one.household_id)
    .bind(one.kind)
    .bind(one.code.as_str())
    .bind(one.payer.as_str())
    .bind(one.words.as_str())
    .bind(one.amount)
    .bind(one.day)
    .bind(one.approver.as_str())
    .bind(one.below.as_str())
    .bind(one.file_id)
    .bind(one.reverses_id)
    .bind(one.by_id)
    .bind(one.at)
    .run(tx)
    .await?;
    Ok(())
}
