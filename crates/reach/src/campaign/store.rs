//! SQL of campaigns and their villages.

use super::model::{Campaign, State};
use chrono::NaiveDate;
use platform::access::Scope;
use platform::db::{Sql, insert_many};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use std::collections::HashMap;

const SELECT: &str = "SELECT c.id, c.title, c.say, c.link, c.topic, c.audience, c.goal, c.lead_id, c.state, c.from_on, c.until_on, \
                      c.started_on, c.ended_on, c.reminded_on, c.later, c.why, c.revision FROM reach_campaign c \
                      WHERE c.commune_id = ";

fn select(ctx: &Ctx) -> Sql {
    sql(SELECT).arg(ctx.commune)
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Campaign> {
    select(ctx).push(" AND c.id = ").arg(id).one(on).await
}

/// Which campaigns a list shows.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub states: &'static [State],
    /// Those that are for this village, alone or with others.
    pub village: Option<Uuid>,
}

/// Those for everybody come with those of the villages.
fn meant(query: Sql, villages: &[Uuid]) -> Sql {
    query
        .push(" AND (EXISTS (SELECT 1 FROM reach_place p WHERE p.commune_id = c.commune_id AND p.campaign_id = c.id AND p.village_id IN (")
        .args(villages.iter().copied())
        .push(")) OR NOT EXISTS (SELECT 1 FROM reach_place p WHERE p.commune_id = c.commune_id AND p.campaign_id = c.id))")
}

/// The newest first, within the places of the reader.
pub(crate) async fn list(ctx: &Ctx, scope: &Scope, filter: &Filter, limit: i64) -> Result<Vec<Campaign>> {
    let mut query = select(ctx);
    if !filter.states.is_empty() {
        query = query.push(" AND c.state IN (").args(filter.states.iter().copied()).push(")");
    }
    if let Some(village) = filter.village {
        query = meant(query, &[village]);
    }
    if !scope.whole() {
        query = meant(query, &scope.ids("village"));
    }
    query.push(" ORDER BY c.id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn running(ctx: &Ctx, limit: i64) -> Result<Vec<Campaign>> {
    let query = select(ctx).push(" AND c.state = ").arg(State::Running);
    query.push(" ORDER BY c.until_on, c.id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The running campaigns on whose roll a household stands, and the last ones that ended.
pub(crate) async fn of_household(
    ctx: &Ctx,
    household: Uuid,
    states: &[State],
    limit: i64,
) -> Result<Vec<Campaign>> {
    let query = select(ctx).push(" AND c.state IN (").args(states.iter().copied());
    let query = query.push(
        ") AND EXISTS (SELECT 1 FROM reach_home h WHERE h.commune_id = c.commune_id AND h.household_id = ",
    );
    let query = query.arg(household).push(" AND h.campaign_id = c.id AND h.gone_on IS NULL)");
    query.push(" ORDER BY c.id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, one: &Campaign) -> Result<()> {
    sql("INSERT INTO reach_campaign (commune_id, id, title, say, link, topic, audience, goal, lead_id, state, from_on, until_on, \
         started_on, ended_on, reminded_on, later, why, by_id, at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, NULL, NULL, 0, '', $13, $14, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.title.as_str())
    .bind(one.say.as_str())
    .bind(one.link.as_str())
    .bind(one.topic.as_str())
    .bind(one.audience)
    .bind(one.goal)
    .bind(one.lead_id)
    .bind(one.state)
    .bind(one.from_on)
    .bind(one.until_on)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes it anew where the reader's revision is still the newest.
///
/// # Errors
/// `Conflict` when somebody else was first.
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, one: &Campaign) -> Result<()> {
    let done = sql("UPDATE reach_campaign SET title = $4, say = $5, link = $6, topic = $7, audience = $8, goal = $9, lead_id = $10, \
                    state = $11, from_on = $12, until_on = $13, started_on = $14, ended_on = $15, why = $16, \
                    revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.title.as_str())
    .bind(one.say.as_str())
    .bind(one.link.as_str())
    .bind(one.topic.as_str())
    .bind(one.audience)
    .bind(one.goal)
    .bind(one.lead_id)
    .bind(one.state)
    .bind(one.from_on)
    .bind(one.until_on)
    .bind(one.started_on)
    .bind(one.ended_on)
    .bind(one.why.as_str())
    .run(tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::conflict("reach-moved-on")) }
}

/// Held until the transaction ends, as it stands now.
pub(crate) async fn hold(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Campaign> {
    sql("UPDATE reach_campaign SET at = at WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    find(ctx, tx, id).await
}

/// How many households came later. Nobody edits it, so the revision stays.
pub(crate) async fn set_later(ctx: &Ctx, tx: &Tx, id: Uuid, later: i64) -> Result<()> {
    sql("UPDATE reach_campaign SET later = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(later)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn set_reminded(ctx: &Ctx, tx: &Tx, id: Uuid, day: NaiveDate) -> Result<()> {
    sql("UPDATE reach_campaign SET reminded_on = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(day)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn set_villages(ctx: &Ctx, tx: &Tx, id: Uuid, villages: &[Uuid]) -> Result<()> {
    sql("DELETE FROM reach_place WHERE commune_id = $1 AND campaign_id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    let rows = villages.iter().map(|village| vec![ctx.commune.into(), id.into(), (*village).into()]);
    insert_many(tx, "reach_place", &["commune_id", "campaign_id", "village_id"], rows, "").await?;
    Ok(())
}

/// The villages of these campaigns; one that is for everybody has none.
pub(crate) async fn villages(ctx: &Ctx, on: &impl Run, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut found: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let query = sql("SELECT campaign_id, village_id FROM reach_place WHERE commune_id = ").arg(ctx.commune);
    let rows = query
        .push(" AND campaign_id IN (")
        .args(ids.iter().copied())
        .push(") ORDER BY village_id")
        .rows(on)
        .await?;
    for row in rows {
        found.entry(row.try_get_by_index(0)?).or_default().push(row.try_get_by_index(1)?);
    }
    Ok(found)
}

pub(crate) async fn villages_of(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Vec<Uuid>> {
    Ok(villages(ctx, on, &[id]).await?.remove(&id).unwrap_or_default())
}
