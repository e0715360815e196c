//! The table of marriages.

use super::model::{Ended, Marriage};
use chrono::NaiveDate;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const COLUMNS: &str = "id, husband_id, husband_name, wife_id, wife_name, on_date, act_number, ended_on, ended_reason, \
                       source, ended_source";

/// The columns in which a person may stand.
pub(super) const SIDES: [&str; 2] = ["husband_id", "wife_id"];

/// The marriages of a person, newest first. Who may ask is the caller's matter.
pub async fn of_person(ctx: &Ctx, on: &impl Run, person: Uuid) -> Result<Vec<Marriage>> {
    let mut all: Vec<Marriage> = Vec::new();
    for column in SIDES {
        let text = format!(
            "SELECT {COLUMNS} FROM marriage WHERE commune_id = $1 AND {column} = $2 ORDER BY on_date DESC LIMIT 50"
        );
        all.extend(sql(text).bind(ctx.commune).bind(person).all::<Marriage>(on).await?);
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.on_date));
    Ok(all)
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Marriage) -> Result<()> {
    sql("INSERT INTO marriage (commune_id, id, husband_id, husband_name, wife_id, wife_name, on_date, act_number, \
         ended_on, ended_reason, source, ended_source, account_id, recorded_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, $9, '', $10, $11)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.husband_id)
        .bind(one.husband_name.as_str())
        .bind(one.wife_id)
        .bind(one.wife_name.as_str())
        .bind(one.on_date)
        .bind(one.act_number.as_str())
        .bind(one.source.as_str())
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// Ends one that stands; the number of rows is 0 when none does.
pub(super) async fn end(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    on: NaiveDate,
    reason: Ended,
    source: &str,
) -> Result<u64> {
    sql("UPDATE marriage SET ended_on = $3, ended_reason = $4, ended_source = $5 \
         WHERE commune_id = $1 AND id = $2 AND ended_on IS NULL")
    .bind(ctx.commune)
    .bind(id)
    .bind(on)
    .bind(reason)
    .bind(source)
    .run(tx)
    .await
}

/// Ends what stands of somebody who died.
pub(super) async fn end_by_death(ctx: &Ctx, tx: &Tx, person: Uuid, on: NaiveDate) -> Result<()> {
    for column in SIDES {
        let text = format!(
            "UPDATE marriage SET ended_on = $3, ended_reason = $4 WHERE commune_id = $1 AND {column} = $2 AND ended_on IS NULL"
        );
        sql(text).bind(ctx.commune).bind(person).bind(on).bind(Ended::Death).run(tx).await?;
    }
    Ok(())
}

pub(super) async fn delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<u64> {
    sql("DELETE FROM marriage WHERE commune_id = $1 AND id = $2").bind(ctx.commune).bind(id).run(tx).await
}
