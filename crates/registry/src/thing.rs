//! What organisations and assets have in common: a code, dated facts, an end, a place in lists and in the search.

use crate::code::{self, Kind};
use crate::page::{self, After, Count, Page};
use crate::person::{Version, changed_meanwhile};
use crate::version::{How, Table, not_in_future};
use audit::Entry;
use chrono::NaiveDate;
use platform::access::{Place, Scope};
use platform::choice;
use platform::db::{FromQueryResult, Sql, Value, insert_many};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, events, search, sql};
use serde_json::json;

choice! {
    State, "registry-thing", { Active = "active", Ended = "ended" }
}

/// The facts of a noun and where they are kept.
pub(crate) trait Facts: FromQueryResult + Clone + PartialEq + Send + Sync {
    const KIND: Kind;
    /// The versions' table; the current one has the name of the kind.
    const VERSIONS: Table;
    /// The scope of an organisation's manager compares with this column.
    const OWNER: &'static str;
    const ACTIONS: Actions;

    fn values(&self) -> Vec<Value>;
    fn sort_key(&self) -> String;
    fn village(&self) -> Option<Uuid>;
    /// Title, subtitle and more words for the search.
    fn found_by(&self) -> (String, String, String);
    /// The organisation that this thing belongs to; for an organisation itself `None`.
    fn owner(&self) -> Option<Uuid>;
}

/// Names of the actions in the audit, and of the event.
pub(crate) struct Actions {
    pub insert: &'static str,
    pub update: &'static str,
    pub end: &'static str,
    pub changed: &'static str,
    pub path: &'static str,
}

/// A noun as it is now.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Thing<F> {
    pub id: Uuid,
    /// The identity code.
    pub code: String,
    #[serde(flatten)]
    pub facts: F,
    pub state: State,
    /// The first day on which it no longer is.
    pub ended_on: Option<NaiveDate>,
    pub end_reason: String,
    pub revision: i64,
}

impl<F: FromQueryResult> FromQueryResult for Thing<F> {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Thing<F>, sea_orm::DbErr> {
        Ok(Thing {
            id: row.try_get(pre, "id")?,
            code: row.try_get(pre, "code")?,
            facts: F::from_query_result(row, pre)?,
            state: row.try_get(pre, "state")?,
            ended_on: row.try_get(pre, "ended_on")?,
            end_reason: row.try_get(pre, "end_reason")?,
            revision: row.try_get(pre, "revision")?,
        })
    }
}

/// What a list asks for; the default is all that exist.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub kind: Option<&'static str>,
    pub villages: Vec<Uuid>,
    pub organisation: Option<Uuid>,
    pub ended: bool,
    pub ids: Option<Vec<Uuid>>,
}

fn start<F: Facts>(ctx: &Ctx) -> Sql {
    let columns: Vec<String> = F::VERSIONS.columns.iter().map(|c| format!("t.{c}")).collect();
    let text = format!(
        "SELECT t.id, t.code, {}, t.state, t.ended_on, t.end_reason, t.revision, t.sort_key FROM {} t WHERE t.commune_id = ",
        columns.join(", "),
        F::KIND.name
    );
    sql(text).arg(ctx.commune)
}

/// Villages by `village_id`, organisations by the owner's column.
fn within<F: Facts>(query: Sql, scope: &Scope) -> Sql {
    if scope.whole() {
        return query;
    }
    let query = query.push(" AND (t.village_id IN (").args(scope.ids("village"));
    query.push(&format!(") OR t.{} IN (", F::OWNER)).args(scope.ids("organisation")).push("))")
}

pub(crate) async fn find<F: Facts>(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Thing<F>> {
    within::<F>(start::<F>(ctx).push(" AND t.id = ").arg(id), &ctx.scope).one(on).await
}

fn filtered<F: Facts>(query: Sql, scope: &Scope, filter: &Filter) -> Sql {
    let state = if filter.ended { State::Ended } else { State::Active };
    let mut query = within::<F>(query.push(" AND t.state = ").arg(state), scope);
    if let Some(kind) = filter.kind {
        query = query.push(" AND t.kind = ").arg(kind);
    }
    if !filter.villages.is_empty() {
        query = query.push(" AND t.village_id IN (").args(filter.villages.iter().copied()).push(")");
    }
    if let Some(owner) = filter.organisation {
        query = query.push(&format!(" AND t.{} = ", F::OWNER)).arg(owner);
    }
    match &filter.ids {
        Some(ids) => query.push(" AND t.id IN (").args(ids.iter().copied()).push(")"),
        None => query,
    }
}

pub(crate) async fn list<F: Facts>(
    ctx: &Ctx,
    filter: &Filter,
    after: Option<&After>,
    limit: i64,
) -> Result<Page<Thing<F>>> {
    page::page(filtered::<F>(start::<F>(ctx), &ctx.scope, filter), "t", after, limit, &ctx.app.db).await
}

pub(crate) async fn count<F: Facts>(ctx: &Ctx, filter: &Filter) -> Result<Count> {
    let text = format!("SELECT COUNT(*) FROM (SELECT t.id FROM {} t WHERE t.commune_id = ", F::KIND.name);
    page::count(ctx, filtered::<F>(sql(text).arg(ctx.commune), &ctx.scope, filter)).await
}

pub(crate) async fn history<F: Facts>(ctx: &Ctx, id: Uuid) -> Result<Vec<Version<F>>> {
    find::<F>(ctx, &ctx.app.db, id).await?;
    let columns = F::VERSIONS.columns.join(", ");
    let text = format!(
        "SELECT valid_from, valid_to, source, {columns} FROM {} WHERE commune_id = $1 AND id = $2 ORDER BY valid_from",
        F::VERSIONS.name
    );
    sql(text).bind(ctx.commune).bind(id).all(&ctx.app.db).await
}

/// Writes a new noun from a day on.
pub(crate) async fn insert<F: Facts>(
    ctx: &Ctx,
    tx: &Tx,
    facts: F,
    on: NaiveDate,
    source: &str,
) -> Result<Uuid> {
    allowed(ctx, &facts)?;
    not_in_future(ctx, on)?;
    let id = ctx.new_id();
    let code = code::issue(ctx, tx, F::KIND, id).await?;
    let mut columns = vec!["commune_id", "id", "code"];
    columns.extend(F::VERSIONS.columns);
    columns.extend(["state", "ended_on", "end_reason", "sort_key", "revision"]);
    let mut row: Vec<Value> = vec![ctx.commune.into(), id.into(), code.as_str().into()];
    row.extend(facts.values());
    row.extend([
        State::Active.into(),
        None::<NaiveDate>.into(),
        "".into(),
        facts.sort_key().into(),
        1i64.into(),
    ]);
    insert_many(tx, F::KIND.name, &columns, [row], "").await?;
    F::VERSIONS.open(ctx, tx, id, on, source, facts.values()).await?;
    search::put_new(ctx, tx, &[entry(id, &code, &facts)]).await?;
    events::publish(ctx, tx, F::ACTIONS.changed, json!({ "id": id })).await?;
    let detail = json!({ "on": on, "village": facts.village() });
    audit::record(ctx, tx, Entry { action: F::ACTIONS.insert, kind: F::KIND.name, id, detail }).await?;
    Ok(id)
}

/// Writes what is different, as a change from a day on or as a correction.
pub(crate) async fn update<F: Facts>(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    facts: F,
    how: &How,
) -> Result<Thing<F>> {
    let old = find::<F>(ctx, tx, id).await?;
    if old.state == State::Ended {
        return Err(Error::invalid("registry-thing-is-ended"));
    }
    if old.revision != revision {
        return Err(changed_meanwhile());
    }
    if !(ctx.scope.covers("organisation", id)) {
        allowed(ctx, &facts)?;
    }
    let mut query = sql(format!("UPDATE {} SET revision = revision + 1, sort_key = ", F::KIND.name))
        .arg(facts.sort_key());
    for (column, value) in F::VERSIONS.columns.iter().zip(facts.values()) {
        query = query.push(&format!(", {column} = ")).arg(value);
    }
    query = query.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND id = ").arg(id);
    if query.push(" AND revision = ").arg(revision).run(tx).await? == 0 {
        return Err(changed_meanwhile());
    }
    let fields: Vec<&str> = F::VERSIONS
        .columns
        .iter()
        .zip(old.facts.values().into_iter().zip(facts.values()))
        .filter(|(_, (a, b))| a != b)
        .map(|(name, _)| *name)
        .collect();
    if !fields.is_empty() {
        F::VERSIONS.write(ctx, tx, id, how, facts.values()).await?;
    }
    search::put(ctx, tx, &[entry(id, &old.code, &facts)]).await?;
    events::publish(ctx, tx, F::ACTIONS.changed, json!({ "id": id, "fields": fields })).await?;
    let detail = json!({ "fields": fields, "how": how.word() });
    audit::record(ctx, tx, Entry { action: F::ACTIONS.update, kind: F::KIND.name, id, detail }).await?;
    Ok(Thing { facts, revision: revision + 1, ..old })
}

/// It is no more from a day on; its code stays taken.
pub(crate) async fn end<F: Facts>(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    on: NaiveDate,
    reason: &str,
) -> Result<()> {
    let old = find::<F>(ctx, tx, id).await?;
    if old.state == State::Ended {
        return Err(Error::invalid("registry-thing-is-ended"));
    }
    let done = sql(format!(
        "UPDATE {} SET state = $4, ended_on = $5, end_reason = $6, revision = revision + 1 \
                            WHERE commune_id = $1 AND id = $2 AND revision = $3",
        F::KIND.name
    ))
    .bind(ctx.commune)
    .bind(id)
    .bind(revision)
    .bind(State::Ended)
    .bind(on)
    .bind(vntext::clean(reason))
    .run(tx)
    .await?;
    if done == 0 {
        return Err(changed_meanwhile());
    }
    F::VERSIONS.close(ctx, tx, id, on).await?;
    search::remove(ctx, tx, &[id]).await?;
    code::retire(ctx, tx, id).await?;
    events::publish(ctx, tx, F::ACTIONS.changed, json!({ "id": id, "ended": on })).await?;
    audit::record(
        ctx,
        tx,
        Entry { action: F::ACTIONS.end, kind: F::KIND.name, id, detail: json!({ "on": on }) },
    )
    .await
}

/// New and moved things stay inside the scope of who writes them.
fn allowed<F: Facts>(ctx: &Ctx, facts: &F) -> Result<()> {
    let in_village = facts.village().is_some_and(|village| ctx.scope.covers("village", village));
    let in_organisation = facts.owner().is_some_and(|owner| ctx.scope.covers("organisation", owner));
    if ctx.scope.whole() || in_village || in_organisation { Ok(()) } else { Err(Error::not_found()) }
}

fn entry<F: Facts>(id: Uuid, code: &str, facts: &F) -> search::Entry {
    let (title, subtitle, words) = facts.found_by();
    let organisation = facts.owner().or_else(|| (F::OWNER == "id").then_some(id));
    let places = facts.village().map(|id| Place::new("village", id)).into_iter();
    search::Entry {
        id,
        kind: F::KIND.name,
        title,
        subtitle,
        url: format!("{}/{id}", F::ACTIONS.path),
        words: format!("{words} {code} {}", code.replace('-', "")),
        places: places.chain(organisation.map(|id| Place::new("organisation", id))).collect(),
    }
}
