//! What is true of a unit for a while.

use crate::model::Kind;
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Tx, Uuid, clock, sql};
use sea_orm::FromQueryResult;
use serde_json::json;

/// A fact on one day.
#[derive(Debug, Clone, PartialEq, FromQueryResult, serde::Serialize)]
pub struct Fact {
    pub unit_id: Uuid,
    /// `area_km2`, `distance_city_km`, `ntm_recognised_year`, `fibre_cable`, `mobile_broadband`, …
    pub key: String,
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: NaiveDate,
    /// In the unit that the key names; yes and no are 1 and 0.
    pub value_number: Option<f64>,
    pub value_text: Option<String>,
    pub source: String,
}

impl Fact {
    /// A yes-or-no fact that says yes.
    pub fn yes(&self) -> bool {
        self.value_number == Some(1.0)
    }
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    Number(f64),
    Yes(bool),
    Text(String),
}

/// A fact to be written.
#[derive(Debug, Clone)]
pub struct NewFact {
    pub unit_id: Uuid,
    pub key: String,
    pub value: FactValue,
    pub valid_from: NaiveDate,
    pub source: String,
}

const COLUMNS: &str = "f.unit_id, f.key, f.valid_from, f.valid_to, f.value_number, f.value_text, f.source";

/// The facts of a unit on a day, by key.
pub async fn facts(ctx: &Ctx, unit: Uuid, day: NaiveDate) -> Result<Vec<Fact>> {
    sql(format!(
        "SELECT {COLUMNS} FROM unit_fact f WHERE f.commune_id = $1 AND f.unit_id = $2 AND f.valid_from <= $3 \
                 AND f.valid_to >= $3 ORDER BY f.key"
    ))
    .bind(ctx.commune)
    .bind(unit)
    .bind(day)
    .all(&ctx.app.db)
    .await
}

/// One fact of all units of a level on a day: which villages have fibre.
pub async fn facts_of_kind(ctx: &Ctx, kind: Kind, key: &str, day: NaiveDate) -> Result<Vec<Fact>> {
    sql(format!("SELECT {COLUMNS} FROM unit_fact f JOIN unit u ON u.commune_id = f.commune_id AND u.id = f.unit_id \
                 WHERE f.commune_id = $1 AND f.key = $2 AND f.valid_from <= $3 AND f.valid_to >= $3 AND u.kind = $4 \
                 ORDER BY u.sort_key, u.id"))
        .bind(ctx.commune)
        .bind(key)
        .bind(day)
        .bind(kind.code())
        .all(&ctx.app.db)
        .await
}

/// The number of one fact on a day.
pub async fn fact_number(ctx: &Ctx, unit: Uuid, key: &str, day: NaiveDate) -> Result<Option<f64>> {
    let number =
        sql("SELECT value_number FROM unit_fact WHERE commune_id = $1 AND unit_id = $2 AND key = $3 AND \
                      valid_from <= $4 AND valid_to >= $4")
        .bind(ctx.commune)
        .bind(unit)
        .bind(key)
        .bind(day)
        .scalar::<Option<f64>>(&ctx.app.db)
        .await?;
    Ok(number.flatten())
}

/// True when a yes-or-no fact says yes on a day.
pub async fn fact_yes(ctx: &Ctx, unit: Uuid, key: &str, day: NaiveDate) -> Result<bool> {
    Ok(fact_number(ctx, unit, key, day).await? == Some(1.0))
}

/// Writes a fact from a day on. What was true before ends the day before; what was written for later days stays, and
/// the new fact ends where it begins.
pub async fn fact_set(ctx: &Ctx, tx: &Tx, fact: NewFact) -> Result<()> {
    if fact.valid_from > ctx.today() {
        return Err(Error::field("tu-ngay", "unit-date-in-future"));
    }
    let last = last_day(ctx, tx, &fact).await?;
    sql("UPDATE unit_fact SET valid_to = $5 WHERE commune_id = $1 AND unit_id = $2 AND key = $3 AND valid_from < $4 \
         AND valid_to >= $4")
        .bind(ctx.commune)
        .bind(fact.unit_id)
        .bind(fact.key.as_str())
        .bind(fact.valid_from)
        .bind(fact.valid_from.pred_opt())
        .run(tx)
        .await?;
    put(ctx, tx, &fact, last).await?;
    let detail = json!({ "key": fact.key, "from": fact.valid_from });
    audit::record(ctx, tx, Entry { action: "unit.fact", kind: "unit", id: fact.unit_id, detail }).await
}

/// The day before the next fact of the same key, or for ever.
async fn last_day(ctx: &Ctx, tx: &Tx, fact: &NewFact) -> Result<NaiveDate> {
    let next: Option<NaiveDate> =
        sql("SELECT valid_from FROM unit_fact WHERE commune_id = $1 AND unit_id = $2 AND \
                                       key = $3 AND valid_from > $4 ORDER BY valid_from LIMIT 1")
        .bind(ctx.commune)
        .bind(fact.unit_id)
        .bind(fact.key.as_str())
        .bind(fact.valid_from)
        .scalar(tx)
        .await?;
    Ok(next.and_then(|day| day.pred_opt()).unwrap_or_else(clock::forever))
}

async fn put(ctx: &Ctx, tx: &Tx, fact: &NewFact, last: NaiveDate) -> Result<()> {
    let (number, text) = match &fact.value {
        FactValue::Number(number) => (Some(*number), None),
        FactValue::Yes(yes) => (Some(f64::from(u8::from(*yes))), None),
        FactValue::Text(text) => (None, Some(text.clone())),
    };
    sql("INSERT INTO unit_fact (commune_id, unit_id, key, valid_from, valid_to, value_number, value_text, source) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (commune_id, unit_id, key, valid_from) DO UPDATE SET \
         valid_to = excluded.valid_to, value_number = excluded.value_number, value_text = excluded.value_text, \
         source = excluded.source")
        .bind(ctx.commune)
        .bind(fact.unit_id)
        .bind(fact.key.as_str())
        .bind(fact.valid_from)
        .bind(last)
        .bind(number)
        .bind(text)
        .bind(fact.source.as_str())
        .run(tx)
        .await?;
    Ok(())
}
