//! SQL of imports.

use super::batch::{Batch, State};
use super::check::{Identity, Known};
use super::extra::{HELD, KnownExtra};
use super::row::{Line, Verdict};
use crate::{household, person};
use platform::access::{Place, Scope};
use platform::db::{FromQueryResult, Value, insert_many};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use std::collections::{HashMap, HashSet};

const COLUMNS: &str = "id, file_id, file_name, digest, mapping, from_date, source, state, row_count, faulty_count, \
                       done_count, account_id, created_at, finished_at";

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Batch> {
    sql(format!("SELECT {COLUMNS} FROM import_batch WHERE commune_id = $1 AND id = $2"))
        .bind(ctx.commune)
        .bind(id)
        .one(on)
        .await
}

/// The newest batches first; ids are made in the order of time.
pub(super) async fn list(ctx: &Ctx, before: Option<Uuid>, limit: i64) -> Result<Vec<Batch>> {
    let mut query = sql(format!("SELECT {COLUMNS} FROM import_batch WHERE commune_id = ")).arg(ctx.commune);
    if let Some(before) = before {
        query = query.push(" AND id < ").arg(before);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The batch of the same bytes before this one, if there was one that was not given up.
pub(super) async fn same_file(ctx: &Ctx, batch: &Batch) -> Result<Option<Batch>> {
    let these = sql(format!("SELECT {COLUMNS} FROM import_batch WHERE commune_id = ")).arg(ctx.commune);
    let these =
        these.push(" AND digest = ").arg(batch.digest.as_str()).push(" AND state <> ").arg(State::Cancelled);
    let these = these.push(" AND id <> ").arg(batch.id).push(" AND created_at <= ").arg(batch.created_at);
    these.push(" ORDER BY id DESC LIMIT 1").first(&ctx.app.db).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, batch: &Batch) -> Result<()> {
    sql("INSERT INTO import_batch (commune_id, id, file_id, file_name, digest, mapping, from_date, source, state, \
         row_count, faulty_count, done_count, account_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, $10, $11)")
    .bind(ctx.commune)
    .bind(batch.id)
    .bind(batch.file_id)
    .bind(batch.file_name.as_str())
    .bind(batch.digest.as_str())
    .bind(serde_json::to_value(&batch.plan)?)
    .bind(batch.from_date)
    .bind(batch.source.as_str())
    .bind(batch.state)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes the batch, unless it left the state `from` meanwhile; true when it was written.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, batch: &Batch, from: State) -> Result<bool> {
    let written = sql("UPDATE import_batch SET mapping = $3, from_date = $4, source = $5, state = $6, row_count = $7, \
         faulty_count = $8, done_count = $9, finished_at = $10 WHERE commune_id = $1 AND id = $2 AND state = $11")
    .bind(ctx.commune)
    .bind(batch.id)
    .bind(serde_json::to_value(&batch.plan)?)
    .bind(batch.from_date)
    .bind(batch.source.as_str())
    .bind(batch.state)
    .bind(batch.row_count)
    .bind(batch.faulty_count)
    .bind(batch.done_count)
    .bind(batch.finished_at)
    .bind(from)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// A row as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub key: String,
    pub line: Line,
    pub verdict: Verdict,
    pub state: RowState,
    pub household_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
}

platform::choice! {
    RowState, "registry-import-row", {
        Ready = "ready",
        Faulty = "faulty",
        Done = "done",
        /// Somebody left it out.
        Dropped = "dropped",
    }
}

impl FromQueryResult for Kept {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Kept, sea_orm::DbErr> {
        let json = |wrong: serde_json::Error| sea_orm::DbErr::Json(wrong.to_string());
        let mut line: Line = serde_json::from_value(row.try_get(pre, "raw")?).map_err(json)?;
        line.row = u32::try_from(row.try_get::<i64>(pre, "row_no")?).unwrap_or_default();
        Ok(Kept {
            key: row.try_get(pre, "household_key")?,
            line,
            verdict: serde_json::from_value(row.try_get(pre, "problems")?).map_err(json)?,
            state: row.try_get(pre, "state")?,
            household_id: row.try_get(pre, "household_id")?,
            person_id: row.try_get(pre, "person_id")?,
        })
    }
}

const ROW: &str = "row_no, household_key, raw, problems, state, household_id, person_id";

pub(super) async fn rows_drop(ctx: &Ctx, tx: &Tx, batch: Uuid) -> Result<()> {
    sql("DELETE FROM import_row WHERE commune_id = $1 AND batch_id = $2")
        .bind(ctx.commune)
        .bind(batch)
        .run(tx)
        .await?;
    Ok(())
}

/// Writes rows, new or again.
pub(super) async fn rows_put(ctx: &Ctx, tx: &Tx, batch: Uuid, rows: &[Kept]) -> Result<()> {
    let mut values: Vec<Vec<Value>> = Vec::with_capacity(rows.len());
    for row in rows {
        values.push(vec![
            ctx.commune.into(),
            batch.into(),
            i64::from(row.line.row).into(),
            row.key.as_str().into(),
            serde_json::to_value(&row.line)?.into(),
            serde_json::to_value(&row.verdict)?.into(),
            row.state.into(),
            row.household_id.into(),
            row.person_id.into(),
        ]);
    }
    let columns = [
        "commune_id",
        "batch_id",
        "row_no",
        "household_key",
        "raw",
        "problems",
        "state",
        "household_id",
        "person_id",
    ];
    let suffix = " ON CONFLICT (commune_id, batch_id, row_no) DO UPDATE SET household_key = excluded.household_key, \
                  raw = excluded.raw, problems = excluded.problems, state = excluded.state, \
                  household_id = excluded.household_id, person_id = excluded.person_id";
    insert_many(tx, "import_row", &columns, values, suffix).await?;
    Ok(())
}

pub(super) async fn row(ctx: &Ctx, on: &impl Run, batch: Uuid, row: u32) -> Result<Kept> {
    sql(format!("SELECT {ROW} FROM import_row WHERE commune_id = $1 AND batch_id = $2 AND row_no = $3"))
        .bind(ctx.commune)
        .bind(batch)
        .bind(i64::from(row))
        .one(on)
        .await
}

/// All rows of a batch in these states, in the order of the file.
pub(super) async fn rows(ctx: &Ctx, on: &impl Run, batch: Uuid, states: &[RowState]) -> Result<Vec<Kept>> {
    sql(format!("SELECT {ROW} FROM import_row WHERE commune_id = "))
        .arg(ctx.commune)
        .push(" AND batch_id = ")
        .arg(batch)
        .push(" AND state IN (")
        .args(states.iter().copied())
        .push(") ORDER BY row_no")
        .all(on)
        .await
}

/// A page of the rows in one state, after a row.
pub(super) async fn rows_page(
    ctx: &Ctx,
    batch: Uuid,
    state: RowState,
    after: u32,
    limit: i64,
) -> Result<Vec<Kept>> {
    sql(format!("SELECT {ROW} FROM import_row WHERE commune_id = $1 AND batch_id = $2 AND state = $3 AND row_no > $4 ORDER BY row_no LIMIT $5"))
        .bind(ctx.commune)
        .bind(batch)
        .bind(state)
        .bind(i64::from(after))
        .bind(limit)
        .all(&ctx.app.db)
        .await
}

pub(super) async fn count(ctx: &Ctx, on: &impl Run, batch: Uuid, state: RowState) -> Result<i64> {
    sql("SELECT COUNT(*) FROM import_row WHERE commune_id = $1 AND batch_id = $2 AND state = $3")
        .bind(ctx.commune)
        .bind(batch)
        .bind(state)
        .count(on)
        .await
}

/// What the registry knows of the people and households of these lines.
pub(super) async fn known(ctx: &Ctx, on: &impl Run, lines: &[Line]) -> Result<Known> {
    let (mut numbers, mut names, mut books) = (HashSet::new(), HashSet::new(), HashSet::new());
    for line in lines {
        let identity = Identity::of(line);
        numbers.extend(identity.number);
        names.extend(identity.birth.map(|_| identity.name));
        books.extend(Some(line.text("book_no").to_owned()).filter(|text| !text.is_empty()));
    }
    let numbers: Vec<String> = numbers.into_iter().collect();
    let mut ids: HashSet<Uuid> =
        person::by_numbers(ctx, on, &numbers).await?.into_iter().map(|found| found.id).collect();
    let names: Vec<String> = names.into_iter().collect();
    for some in names.chunks(500) {
        let these =
            sql("SELECT id FROM person WHERE commune_id = ").arg(ctx.commune).push(" AND name_folded IN (");
        let these =
            these.args(some.iter().map(String::as_str)).push(") AND state = ").arg(person::State::Present);
        ids.extend(these.column::<Uuid>(on).await?);
    }
    let mut known = Known::default();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    for some in ids.chunks(500) {
        known.people.extend(person::get_many_in(ctx, on, &whole(ctx), some).await?);
    }
    for (at, person) in known.people.iter().enumerate() {
        known.by_number.extend(person.facts.personal_no.clone().map(|number| (number, at)));
        let name = (vntext::fold(&person.facts.full_name), person.facts.birth_date);
        known.by_name.entry(name).or_default().push(at);
    }
    let books: Vec<String> = books.into_iter().collect();
    for (book, village, id) in household::by_books(ctx, on, &books).await? {
        known.books.insert((village, book), id);
    }
    known.households = households(ctx, on, &known).await?;
    known.extra = extra(ctx, on, &known, lines).await?;
    Ok(known)
}

async fn households(ctx: &Ctx, on: &impl Run, known: &Known) -> Result<HashMap<Uuid, household::Household>> {
    let homes = known.people.iter().map(|person| person.place.household_id);
    let ids: HashSet<Uuid> = homes.chain(known.books.values().copied()).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut found = HashMap::new();
    for some in ids.chunks(500) {
        for listed in household::get_many_in(ctx, on, &whole(ctx), some).await? {
            found.insert(listed.household.id, listed.household);
        }
    }
    Ok(found)
}

/// Skills, crops and herds, where the file speaks of them at all.
async fn extra(ctx: &Ctx, on: &impl Run, known: &Known, lines: &[Line]) -> Result<KnownExtra> {
    let mut extra = KnownExtra::default();
    if lines.iter().any(|line| line.has("skills")) {
        let ids: Vec<Uuid> = known.people.iter().map(|person| person.id).collect();
        extra.skills = person::skill_codes(ctx, on, &ids).await?;
    }
    if lines.iter().any(|line| HELD.iter().any(|column| line.has(column))) {
        let ids: Vec<Uuid> = known.households.keys().copied().collect();
        extra.held = household::holdings_of(ctx, on, &ids).await?;
    }
    Ok(extra)
}

/// An import is for the whole commune: a file names any village.
pub(super) fn whole(ctx: &Ctx) -> Scope {
    Scope::new(vec![Place::new("commune", ctx.commune)])
}
