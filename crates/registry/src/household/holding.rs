//! Crops and herds of a household, as the last survey counted them.

use super::rules::{active_in, load};
use super::store;
use crate::lists;
use crate::version::{day_before, not_in_future};
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Message, Result, Run, Tx, Uuid, clock, events, sql};
use sea_orm::FromQueryResult;
use serde_json::json;
use std::collections::HashMap;

/// What a household grows or keeps.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct Holding {
    /// A code of the crop list (m2) or the herd list (heads).
    pub kind: String,
    pub quantity: i64,
    pub valid_from: NaiveDate,
    pub source: String,
}

/// The holdings of a household on a day.
pub async fn holdings(ctx: &Ctx, household: Uuid, on: NaiveDate) -> Result<Vec<Holding>> {
    super::get(ctx, household).await?;
    sql("SELECT kind, quantity, valid_from, source FROM household_holding WHERE commune_id = $1 AND household_id = $2 \
         AND valid_from <= $3 AND valid_to >= $3 ORDER BY kind")
        .bind(ctx.commune)
        .bind(household)
        .bind(on)
        .all(&ctx.app.db)
        .await
}

/// Writes what a survey counted; what it left out, and what is as before, stays. The household's revision goes on, so
/// that one survey does not write over another unseen.
///
/// # Errors
/// `Conflict` when somebody else was first.
pub async fn holdings_set(
    ctx: &Ctx,
    tx: &Tx,
    household: Uuid,
    revision: i64,
    survey: &[Holding],
) -> Result<()> {
    let old = load(ctx, tx, household, revision).await?;
    let now = holdings(ctx, household, ctx.today()).await?;
    let known = |kind: &str| now.iter().find(|held| held.kind == kind).map_or(0, |held| held.quantity);
    let mut kinds = Vec::new();
    for holding in survey.iter().filter(|holding| holding.quantity != known(&holding.kind)) {
        holding_set(ctx, tx, household, holding).await?;
        kinds.push(holding.kind.as_str());
    }
    if kinds.is_empty() {
        return Ok(());
    }
    if store::update(ctx, tx, household, revision, &old.facts).await? == 0 {
        return Err(crate::person::changed_meanwhile());
    }
    events::publish(ctx, tx, "registry.household.changed", json!({ "id": household, "fields": kinds })).await
}

/// Writes a holding from a day on, until the next one that is written of its kind.
pub async fn holding_set(ctx: &Ctx, tx: &Tx, household: Uuid, holding: &Holding) -> Result<()> {
    active_in(ctx, tx, household).await?;
    not_in_future(ctx, holding.valid_from)?;
    let lists = lists::load(ctx)?;
    let Some(word) = lists.crop.find(&holding.kind).or_else(|| lists.herd.find(&holding.kind)) else {
        return Err(Error::field(
            "loai",
            Message::new("registry-word-unknown").with("word", holding.kind.as_str()),
        ));
    };
    if holding.quantity < 0 {
        return Err(Error::field("so-luong", "error-number"));
    }
    let key = |text: &str| {
        sql(text).bind(ctx.commune).bind(household).bind(word.code.as_str()).bind(holding.valid_from)
    };
    let next: Option<NaiveDate> =
        key("SELECT valid_from FROM household_holding WHERE commune_id = $1 AND household_id = $2 AND \
                                       kind = $3 AND valid_from > $4 ORDER BY valid_from LIMIT 1")
        .scalar(tx)
        .await?;
    key("UPDATE household_holding SET valid_to = $5 WHERE commune_id = $1 AND household_id = $2 AND kind = $3 AND \
         valid_from < $4 AND valid_to >= $4")
        .bind(day_before(holding.valid_from))
        .run(tx)
        .await?;
    key("INSERT INTO household_holding (commune_id, household_id, kind, valid_from, valid_to, quantity, source) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (commune_id, household_id, kind, valid_from) DO UPDATE SET \
         valid_to = excluded.valid_to, quantity = excluded.quantity, source = excluded.source")
        .bind(next.map_or_else(clock::forever, day_before))
        .bind(holding.quantity)
        .bind(holding.source.as_str())
        .run(tx)
        .await?;
    let detail = json!({ "kind": word.code, "from": holding.valid_from });
    audit::record(ctx, tx, Entry { action: "household.holding", kind: "household", id: household, detail })
        .await
}

/// What many households hold today, by kind; the scope is not looked after here.
pub(crate) async fn holdings_of(
    ctx: &Ctx,
    on: &impl Run,
    households: &[Uuid],
) -> Result<HashMap<Uuid, HashMap<String, i64>>> {
    #[derive(FromQueryResult)]
    struct Row {
        household_id: Uuid,
        kind: String,
        quantity: i64,
    }
    let mut found: HashMap<Uuid, HashMap<String, i64>> = HashMap::new();
    for some in households.chunks(500) {
        let these = sql("SELECT household_id, kind, quantity FROM household_holding WHERE commune_id = ");
        let these = these.arg(ctx.commune).push(" AND household_id IN (").args(some.iter().copied());
        let these = these.push(") AND valid_from <= ").arg(ctx.today()).push(" AND valid_to >= ");
        for row in these.arg(ctx.today()).all::<Row>(on).await? {
            found.entry(row.household_id).or_default().insert(row.kind, row.quantity);
        }
    }
    Ok(found)
}
