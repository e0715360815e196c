//! SQL of what residents are asked.

use super::model::{Kind, Matter, State};
use platform::access::Scope;
use platform::db::{Sql, insert_many};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use std::collections::HashMap;

const SELECT: &str = "SELECT m.id, m.kind, m.title, m.about, m.who, m.shown, m.budget, m.picks, m.state, m.from_on, m.until_on, \
                      m.opened, m.given, m.roll, m.seal, m.why, m.done_on, m.revision FROM ask_matter m WHERE m.commune_id = ";

fn select(ctx: &Ctx) -> Sql {
    sql(SELECT).arg(ctx.commune)
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Matter> {
    select(ctx).push(" AND m.id = ").arg(id).one(on).await
}

/// Which matters a list shows.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub kind: Option<Kind>,
    /// What asks this village, alone or with others.
    pub village: Option<Uuid>,
    /// Those that run or are ahead.
    pub open: bool,
    /// Those of the past.
    pub over: bool,
    /// What is prepared as well.
    pub all: bool,
}

fn narrowed(ctx: &Ctx, query: Sql, filter: &Filter) -> Sql {
    let mut query = query;
    if let Some(kind) = filter.kind {
        query = query.push(" AND m.kind = ").arg(kind);
    }
    if let Some(village) = filter.village {
        query = asked(query, &[village]);
    }
    if !filter.all {
        query = query.push(" AND m.state <> ").arg(State::Preparing);
    }
    if filter.open {
        query = query.push(" AND m.state = ").arg(State::Out).push(" AND m.until_on >= ").arg(ctx.today());
    }
    if filter.over {
        query = query.push(" AND (m.state <> ").arg(State::Out).push(" OR m.until_on < ");
        query = query.arg(ctx.today()).push(")");
    }
    query
}

fn asked(query: Sql, villages: &[Uuid]) -> Sql {
    query
        .push(" AND EXISTS (SELECT 1 FROM ask_place p WHERE p.commune_id = m.commune_id AND p.matter_id = m.id AND p.village_id IN (")
        .args(villages.iter().copied())
        .push("))")
}

/// The newest first, within the places of the reader.
pub(crate) async fn list(ctx: &Ctx, scope: &Scope, filter: &Filter, limit: i64) -> Result<Vec<Matter>> {
    let mut query = narrowed(ctx, select(ctx), filter);
    if !scope.whole() {
        query = asked(query, &scope.ids("village"));
    }
    query.push(" ORDER BY m.id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// Those whose day of opening has come, and rounds of works whose last day is over.
pub(crate) async fn due(ctx: &Ctx, limit: i64) -> Result<Vec<Matter>> {
    let query =
        select(ctx).push(" AND m.state = ").arg(State::Out).push(" AND ((m.opened = FALSE AND m.from_on <= ");
    let query = query.arg(ctx.today()).push(") OR (m.kind = ").arg(Kind::Works).push(" AND m.until_on < ");
    query.arg(ctx.today()).push(")) ORDER BY m.until_on, m.id LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, one: &Matter) -> Result<()> {
    sql("INSERT INTO ask_matter (commune_id, id, kind, title, about, who, shown, budget, picks, state, from_on, until_on, opened, \
         given, roll, seal, why, done_on, by_id, at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, FALSE, 0, 0, '', '', NULL, $13, $14, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.kind)
    .bind(one.title.as_str())
    .bind(one.about.as_str())
    .bind(one.who)
    .bind(one.shown)
    .bind(one.budget)
    .bind(one.picks)
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
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, one: &Matter) -> Result<()> {
    let done = sql(
        "UPDATE ask_matter SET title = $4, about = $5, who = $6, shown = $7, budget = $8, picks = $9, state = $10, \
         from_on = $11, until_on = $12, opened = $13, roll = $14, seal = $15, why = $16, done_on = $17, \
         revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.title.as_str())
    .bind(one.about.as_str())
    .bind(one.who)
    .bind(one.shown)
    .bind(one.budget)
    .bind(one.picks)
    .bind(one.state)
    .bind(one.from_on)
    .bind(one.until_on)
    .bind(one.opened)
    .bind(one.roll)
    .bind(one.seal.as_str())
    .bind(one.why.as_str())
    .bind(one.done_on)
    .run(tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::conflict("ask-moved-on")) }
}

/// One answer more while it is open; the matter is held until the transaction ends.
pub(crate) async fn give(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let done =
        sql("UPDATE ask_matter SET given = given + 1 WHERE commune_id = $1 AND id = $2 AND state = 'out' \
                    AND from_on <= $3 AND until_on >= $3")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.today());
    Ok(done.run(tx).await? == 1)
}

/// Held until the transaction ends, as it stands now.
pub(crate) async fn hold(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Matter> {
    sql("UPDATE ask_matter SET at = at WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    find(ctx, tx, id).await
}

pub(crate) async fn set_villages(ctx: &Ctx, tx: &Tx, id: Uuid, villages: &[Uuid]) -> Result<()> {
    sql("DELETE FROM ask_place WHERE commune_id = $1 AND matter_id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    let rows = villages.iter().map(|village| vec![ctx.commune.into(), id.into(), (*village).into()]);
    insert_many(tx, "ask_place", &["commune_id", "matter_id", "village_id"], rows, "").await?;
    Ok(())
}

/// The villages of these matters.
pub(crate) async fn villages(ctx: &Ctx, on: &impl Run, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut found: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let query = sql("SELECT matter_id, village_id FROM ask_place WHERE commune_id = ").arg(ctx.commune);
    let rows = query
        .push(" AND matter_id IN (")
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
