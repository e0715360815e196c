//! SQL of work files and what they hold.

use super::model::{Event, Happened, Item, Kind, State, WorkFile};
use platform::clock::local_date;
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const COLUMNS: &str = "id, code, year, heading, title, term, keeper_id, state, opened_at, closed_at, note, transfer_id, revision";
const ITEMS: &str = "SELECT id, file_id, kind, object_id, title, symbol, author, dated, pages, place, added_by, added_at \
                     FROM work_file_item WHERE commune_id = ";

pub(super) fn select(ctx: &Ctx) -> Sql {
    sql("SELECT ").push(COLUMNS).push(" FROM work_file WHERE commune_id = ").arg(ctx.commune)
}

/// Who does not see every file sees those that they keep, and those of tasks that they were charged with.
fn seen(ctx: &Ctx, query: Sql) -> Result<Sql> {
    if ctx.may("workfile.list") {
        return Ok(query);
    }
    let me = ctx.account()?;
    let query = query.push(" AND (keeper_id = ").arg(me);
    let query = query.push(
        " OR id IN (SELECT i.file_id FROM task_part p JOIN work_file_item i ON i.commune_id = p.commune_id ",
    );
    let query =
        query.push("AND i.kind = 'task' AND i.object_id = p.task_id WHERE p.commune_id = ").arg(ctx.commune);
    Ok(query.push(" AND p.account_id = ").arg(me).push("))"))
}

/// # Errors
/// Not found, also when the reader may not see it.
pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<WorkFile> {
    seen(ctx, select(ctx).push(" AND id = ").arg(id))?.one(on).await
}

/// The file whoever asks: for the program's own work.
pub(super) async fn of_any_reader(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<WorkFile> {
    select(ctx).push(" AND id = ").arg(id).one(on).await
}

/// Which files a list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub state: Option<State>,
    /// Only those that the reader keeps.
    pub mine: bool,
    pub heading: String,
    pub year: Option<i64>,
    /// What a search found.
    pub ids: Option<Vec<Uuid>>,
    pub transfer: Option<Uuid>,
}

fn narrowed(ctx: &Ctx, query: Sql, filter: &Filter) -> Result<Sql> {
    let mut query = seen(ctx, query)?;
    if filter.mine {
        query = query.push(" AND keeper_id = ").arg(ctx.account()?);
    }
    if let Some(state) = filter.state {
        query = query.push(" AND state = ").arg(state);
    }
    if !filter.heading.is_empty() {
        query = query.push(" AND heading = ").arg(filter.heading.as_str());
    }
    if let Some(year) = filter.year {
        query = query.push(" AND year = ").arg(year);
    }
    if let Some(transfer) = filter.transfer {
        query = query.push(" AND transfer_id = ").arg(transfer);
    }
    Ok(match &filter.ids {
        Some(ids) if ids.is_empty() => query.push(" AND 1 = 0"),
        Some(ids) => query.push(" AND id IN (").args(ids.iter().copied()).push(")"),
        None => query,
    })
}

/// The newest first, below `after`.
pub(crate) async fn list(
    ctx: &Ctx,
    filter: &Filter,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<WorkFile>> {
    let mut query = narrowed(ctx, select(ctx), filter)?;
    if let Some(after) = after {
        query = query.push(" AND id < ").arg(after);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many a list shows, counted to 1,000.
pub(crate) async fn count(ctx: &Ctx, filter: &Filter) -> Result<i64> {
    let rows = narrowed(ctx, sql("SELECT 1 FROM work_file WHERE commune_id = ").arg(ctx.commune), filter)?;
    sql("SELECT COUNT(*) FROM (").then(rows.push(" LIMIT 1000")).push(") counted").count(&ctx.app.db).await
}

/// Closed files that stand in no list of transfer, those that were closed first before others.
pub(super) async fn to_transfer(ctx: &Ctx, on: &impl Run, limit: i64) -> Result<Vec<WorkFile>> {
    select(ctx)
        .push(" AND state = ")
        .arg(State::Closed)
        .push(" ORDER BY closed_at, id LIMIT ")
        .arg(limit)
        .all(on)
        .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &WorkFile) -> Result<()> {
    sql("INSERT INTO work_file (commune_id, id, code, year, heading, title, term, keeper_id, state, opened_by, opened_at, \
         opened_on, note, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.code.as_str())
    .bind(one.year)
    .bind(one.heading.as_str())
    .bind(one.title.as_str())
    .bind(one.term.as_str())
    .bind(one.keeper_id)
    .bind(one.state)
    .bind(ctx.account()?)
    .bind(one.opened_at)
    .bind(local_date(one.opened_at))
    .run(tx)
    .await?;
    Ok(())
}

/// Writes what may change; false when somebody else was first.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &WorkFile) -> Result<bool> {
    let written = sql("UPDATE work_file SET heading = $4, title = $5, term = $6, keeper_id = $7, state = $8, closed_at = $9, \
                       note = $10, transfer_id = $11, revision = revision + 1 \
                       WHERE commune_id = $1 AND id = $2 AND revision = $3")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.revision)
        .bind(one.heading.as_str())
        .bind(one.title.as_str())
        .bind(one.term.as_str())
        .bind(one.keeper_id)
        .bind(one.state)
        .bind(one.closed_at)
        .bind(one.note.as_str())
        .bind(one.transfer_id)
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Adds something; false when the file holds it already.
pub(super) async fn insert_item(ctx: &Ctx, tx: &Tx, one: &Item) -> Result<bool> {
    let written = sql("INSERT INTO work_file_item (commune_id, id, file_id, kind, object_id, title, symbol, author, dated, pages, \
                       place, added_by, added_at, added_on) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
                       ON CONFLICT (commune_id, file_id, kind, object_id) DO NOTHING")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.file_id)
        .bind(one.kind)
        .bind(one.object_id)
        .bind(one.title.as_str())
        .bind(one.symbol.as_str())
        .bind(one.author.as_str())
        .bind(one.dated)
        .bind(one.pages)
        .bind(one.place.as_str())
        .bind(one.added_by)
        .bind(one.added_at)
        .bind(local_date(one.added_at))
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Copies what the documents say by now.
pub(super) async fn update_item(ctx: &Ctx, tx: &Tx, one: &Item) -> Result<()> {
    sql("UPDATE work_file_item SET title = $3, symbol = $4, author = $5, dated = $6, pages = $7 \
         WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.title.as_str())
    .bind(one.symbol.as_str())
    .bind(one.author.as_str())
    .bind(one.dated)
    .bind(one.pages)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn delete_item(ctx: &Ctx, tx: &Tx, file: Uuid, id: Uuid) -> Result<()> {
    sql("DELETE FROM work_file_item WHERE commune_id = $1 AND file_id = $2 AND id = $3")
        .bind(ctx.commune)
        .bind(file)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// What a file holds, in the order of its days; what has none stands where it was added.
pub(crate) async fn items(ctx: &Ctx, on: &impl Run, file: Uuid) -> Result<Vec<Item>> {
    let mut items: Vec<Item> =
        sql(ITEMS).arg(ctx.commune).push(" AND file_id = ").arg(file).push(" ORDER BY id").all(on).await?;
    items.sort_by_key(|one| (one.dated.unwrap_or_else(|| local_date(one.added_at)), one.id));
    Ok(items)
}

/// One thing of a file; none when it was taken out.
pub(super) async fn item(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Option<Item>> {
    sql(ITEMS).arg(ctx.commune).push(" AND id = ").arg(id).first(on).await
}

/// Takes words out of what happened to a file.
pub(super) async fn forget_words(ctx: &Ctx, tx: &Tx, file: Uuid, what: Happened, words: &str) -> Result<()> {
    sql("UPDATE work_file_event SET words = '' WHERE commune_id = $1 AND file_id = $2 AND what = $3 AND words = $4")
        .bind(ctx.commune)
        .bind(file)
        .bind(what)
        .bind(words)
        .run(tx)
        .await?;
    Ok(())
}

/// Files that hold one of these things.
pub(super) async fn files_of(ctx: &Ctx, items: &[Uuid]) -> Result<Vec<Uuid>> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    sql("SELECT file_id FROM work_file_item WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND id IN (")
        .args(items.iter().copied())
        .push(")")
        .column(&ctx.app.db)
        .await
}

/// How many things each of these files holds, and how many of them are paper.
pub(super) async fn counts(ctx: &Ctx, files: &[Uuid]) -> Result<Vec<Count>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    sql("SELECT file_id, COUNT(*) AS items, COUNT(CASE WHEN kind = 'paper' THEN 1 END) AS papers, CAST(SUM(pages) AS BIGINT) AS pages \
         FROM work_file_item WHERE commune_id = ")
    .arg(ctx.commune)
    .push(" AND file_id IN (")
    .args(files.iter().copied())
    .push(") GROUP BY file_id")
    .all(&ctx.app.db)
    .await
}

#[derive(Debug, Clone, Copy, sea_orm::FromQueryResult)]
pub(super) struct Count {
    pub file_id: Uuid,
    pub items: i64,
    pub papers: i64,
    pub pages: Option<i64>,
}

/// The files that hold something and that the reader may see, the newest first.
pub(crate) async fn holding(ctx: &Ctx, on: &impl Run, kind: Kind, object: Uuid) -> Result<Vec<WorkFile>> {
    seen(ctx, held(ctx, kind, &[object]))?.push(" ORDER BY id DESC LIMIT 20").all(on).await
}

/// Open files that hold one of these, whoever keeps them.
pub(super) async fn open_with(ctx: &Ctx, tx: &Tx, kind: Kind, objects: &[Uuid]) -> Result<Vec<WorkFile>> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    held(ctx, kind, objects)
        .push(" AND state = ")
        .arg(State::Open)
        .push(" ORDER BY id LIMIT 20")
        .all(tx)
        .await
}

fn held(ctx: &Ctx, kind: Kind, objects: &[Uuid]) -> Sql {
    select(ctx)
        .push(" AND id IN (SELECT file_id FROM work_file_item WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND kind = ")
        .arg(kind)
        .push(" AND object_id IN (")
        .args(objects.iter().copied())
        .push("))")
}

/// Ids of files that hold one of these documents.
pub(super) async fn ids_with(ctx: &Ctx, kind: Kind, objects: &[Uuid]) -> Result<Vec<Uuid>> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    sql("SELECT file_id FROM work_file_item WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND kind = ")
        .arg(kind)
        .push(" AND object_id IN (")
        .args(objects.iter().copied())
        .push(") LIMIT 1000")
        .column(&ctx.app.db)
        .await
}

pub(super) async fn insert_event(ctx: &Ctx, tx: &Tx, file: Uuid, what: Happened, words: &str) -> Result<()> {
    sql("INSERT INTO work_file_event (commune_id, id, file_id, what, words, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(ctx.commune)
        .bind(ctx.new_id())
        .bind(file)
        .bind(what)
        .bind(words)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// What happened to a file, in order.
pub(super) async fn events(ctx: &Ctx, file: Uuid) -> Result<Vec<Event>> {
    sql("SELECT what, words, by_id, at FROM work_file_event WHERE commune_id = $1 AND file_id = $2 ORDER BY id")
        .bind(ctx.commune)
        .bind(file)
        .all(&ctx.app.db)
        .await
}
