//! SQL of households.

use super::model::{FACTS, Facts, Household, Poverty, Residence, State};
use crate::page::{self, After, Count, Page};
use crate::version::Table;
use chrono::NaiveDate;
use platform::access::Scope;
use platform::db::{Sql, Value, insert_many};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

pub(crate) const VERSIONS: Table = Table { name: "household_version", columns: &FACTS };

const COLUMNS: &str = "h.id, h.code, h.village_id, h.address, h.book_no, h.head_person_id, h.poverty, h.residence, \
                       h.fibre, h.water, h.electric, h.size, h.state, h.ended_on, h.end_reason, h.revision";

/// What a list asks for; the default is every household that exists.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub villages: Vec<Uuid>,
    pub poverty: Option<Poverty>,
    pub residence: Option<Residence>,
    pub fibre: Option<bool>,
    pub ended: bool,
    /// Only these: what a search found.
    pub ids: Option<Vec<Uuid>>,
}

/// A household in a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Listed {
    #[serde(flatten)]
    pub household: Household,
    /// `None` when it has no head.
    pub head_name: Option<String>,
}

impl sea_orm::FromQueryResult for Listed {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Listed, sea_orm::DbErr> {
        Ok(Listed {
            household: Household::from_query_result(row, pre)?,
            head_name: row.try_get(pre, "head_name")?,
        })
    }
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, scope: &Scope, id: Uuid) -> Result<Household> {
    let these = sql(format!("SELECT {COLUMNS} FROM household h WHERE h.commune_id = $1 AND h.id = $2"));
    page::within(these.bind(ctx.commune).bind(id), scope, "h.village_id").one(on).await
}

/// Households by id within the scope, in the order of lists; unknown ones are left out.
pub(crate) async fn get_many(ctx: &Ctx, on: &impl Run, scope: &Scope, ids: &[Uuid]) -> Result<Vec<Listed>> {
    let these = sql(listed()).arg(ctx.commune).push(" AND h.id IN (").args(ids.iter().copied()).push(")");
    page::within(these, scope, "h.village_id").push(" ORDER BY h.sort_key, h.id").all(on).await
}

fn listed() -> String {
    format!(
        "SELECT {COLUMNS}, p.full_name AS head_name, h.sort_key FROM household h LEFT JOIN person p ON \
             p.commune_id = h.commune_id AND p.id = h.head_person_id WHERE h.commune_id = "
    )
}

pub(crate) async fn list(
    ctx: &Ctx,
    scope: &Scope,
    filter: &Filter,
    after: Option<&After>,
    limit: i64,
) -> Result<Page<Listed>> {
    let query = filtered(sql(listed()).arg(ctx.commune), scope, filter);
    page::page(query, "h", after, limit, &ctx.app.db).await
}

pub(crate) async fn count(ctx: &Ctx, scope: &Scope, filter: &Filter) -> Result<Count> {
    let start =
        sql("SELECT COUNT(*) FROM (SELECT h.id FROM household h WHERE h.commune_id = ").arg(ctx.commune);
    page::count(ctx, filtered(start, scope, filter)).await
}

fn filtered(query: Sql, scope: &Scope, filter: &Filter) -> Sql {
    let state = if filter.ended { State::Ended } else { State::Active };
    let mut query = page::within(query.push(" AND h.state = ").arg(state), scope, "h.village_id");
    if !filter.villages.is_empty() {
        query = query.push(" AND h.village_id IN (").args(filter.villages.iter().copied()).push(")");
    }
    if let Some(poverty) = filter.poverty {
        query = query.push(" AND h.poverty = ").arg(poverty);
    }
    if let Some(residence) = filter.residence {
        query = query.push(" AND h.residence = ").arg(residence);
    }
    if let Some(fibre) = filter.fibre {
        query = query.push(" AND h.fibre = ").arg(fibre);
    }
    match &filter.ids {
        Some(ids) => query.push(" AND h.id IN (").args(ids.iter().copied()).push(")"),
        None => query,
    }
}

/// A row to be inserted.
pub(crate) struct NewRow<'a> {
    pub id: Uuid,
    pub code: &'a str,
    pub facts: &'a Facts,
    pub size: i64,
    pub ended: Option<(NaiveDate, &'a str)>,
    pub sort_key: String,
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, rows: Vec<NewRow<'_>>) -> Result<()> {
    let mut columns = vec!["commune_id", "id", "code"];
    columns.extend(FACTS);
    columns.extend(["size", "state", "ended_on", "end_reason", "sort_key", "revision"]);
    let rows = rows.into_iter().map(|row| {
        let mut values: Vec<Value> = vec![ctx.commune.into(), row.id.into(), row.code.into()];
        values.extend(row.facts.values());
        let state = if row.ended.is_some() { State::Ended } else { State::Active };
        let (ended_on, reason) = row.ended.map_or((None, ""), |(day, reason)| (Some(day), reason));
        values.extend([
            row.size.into(),
            state.into(),
            ended_on.into(),
            reason.into(),
            row.sort_key.into(),
            1i64.into(),
        ]);
        values
    });
    insert_many(tx, "household", &columns, rows, "").await?;
    Ok(())
}

/// Writes the facts of now; 0 when somebody else was first.
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, facts: &Facts) -> Result<u64> {
    let mut query = sql("UPDATE household SET revision = revision + 1");
    for (column, value) in FACTS.iter().zip(facts.values()) {
        query = query.push(&format!(", {column} = ")).arg(value);
    }
    query
        .push(" WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND id = ")
        .arg(id)
        .push(" AND revision = ")
        .arg(revision)
        .run(tx)
        .await
}

pub(crate) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, on: NaiveDate, reason: &str) -> Result<()> {
    sql(
        "UPDATE household SET state = $3, ended_on = $4, end_reason = $5, size = 0, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(State::Ended)
    .bind(on)
    .bind(reason)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes what is counted and sorted by; no revision, because nobody edits it.
pub(crate) async fn set_derived(ctx: &Ctx, tx: &Tx, id: Uuid, size: i64, sort_key: &str) -> Result<()> {
    sql("UPDATE household SET size = $3, sort_key = $4 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(size)
        .bind(sort_key)
        .run(tx)
        .await?;
    Ok(())
}

/// Active households with these book numbers: (book number, village, id).
pub(crate) async fn by_books(
    ctx: &Ctx,
    on: &impl Run,
    books: &[String],
) -> Result<Vec<(String, Uuid, Uuid)>> {
    #[derive(sea_orm::FromQueryResult)]
    struct Found {
        book_no: String,
        village_id: Uuid,
        id: Uuid,
    }
    let mut found = Vec::new();
    for some in books.chunks(500) {
        let these = sql("SELECT book_no, village_id, id FROM household WHERE commune_id = ").arg(ctx.commune);
        let these = these
            .push(" AND book_no IN (")
            .args(some.iter().map(String::as_str))
            .push(") AND state = ")
            .arg(State::Active);
        found.extend(these.all::<Found>(on).await?.into_iter().map(|f| (f.book_no, f.village_id, f.id)));
    }
    Ok(found)
}
