//! SQL of incoming documents.

use super::model::{Event, Facts, FileLine, Happened, Incoming, State, TextState};
use chrono::{DateTime, Utc};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const COLUMNS: &str = "id, state, book, year, arrival_number, arrived_at, registered_at, registered_by, channel, external_id, \
                       sender_code, sender_name, number, notation, issued_on, kind, subject, signer_name, \
                       signer_position, urgency, due_on, page_count, reason, ended_at, revision";

fn select(ctx: &Ctx) -> Sql {
    sql("SELECT ").push(COLUMNS).push(" FROM incoming_document WHERE commune_id = ").arg(ctx.commune)
}

/// Who does not see every document sees those that were handed to them.
fn seen(ctx: &Ctx, query: Sql) -> Sql {
    if ctx.scope.whole() {
        return query;
    }
    query
        .push(" AND id IN (SELECT document_id FROM incoming_reader WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND account_id IN (")
        .args(ctx.scope.ids("account"))
        .push("))")
}

/// # Errors
/// Not found, also when the reader may not see it.
pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Incoming> {
    seen(ctx, select(ctx).push(" AND id = ").arg(id)).one(on).await
}

/// The document that the sender's system calls so.
pub(super) async fn by_external(
    ctx: &Ctx,
    on: &impl Run,
    sender: &str,
    external: &str,
) -> Result<Option<Incoming>> {
    select(ctx)
        .push(" AND sender_code = ")
        .arg(sender)
        .push(" AND external_id = ")
        .arg(external)
        .first(on)
        .await
}

/// Others with the same number, notation, sender and year; at most five.
pub(super) async fn alike(ctx: &Ctx, on: &impl Run, likeness: &str, except: Uuid) -> Result<Vec<Incoming>> {
    select(ctx)
        .push(" AND likeness = ")
        .arg(likeness)
        .push(" AND id <> ")
        .arg(except)
        .push(" AND state <> ")
        .arg(State::Refused)
        .push(" ORDER BY id LIMIT 5")
        .all(on)
        .await
}

/// Which documents a list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub states: Vec<State>,
    /// What a search found.
    pub ids: Option<Vec<Uuid>>,
}

fn narrowed(ctx: &Ctx, query: Sql, filter: &Filter) -> Sql {
    let mut query = seen(ctx, query);
    if !filter.states.is_empty() {
        query = query.push(" AND state IN (").args(filter.states.iter().copied()).push(")");
    }
    match &filter.ids {
        Some(ids) if ids.is_empty() => query.push(" AND 1 = 0"),
        Some(ids) => query.push(" AND id IN (").args(ids.iter().copied()).push(")"),
        None => query,
    }
}

/// The newest first, below `after`.
pub(crate) async fn list(
    ctx: &Ctx,
    filter: &Filter,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Incoming>> {
    let mut query = narrowed(ctx, select(ctx), filter);
    if let Some(after) = after {
        query = query.push(" AND id < ").arg(after);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many a list shows, counted to 1,000.
pub(crate) async fn count(ctx: &Ctx, filter: &Filter) -> Result<i64> {
    let rows = sql("SELECT 1 FROM incoming_document WHERE commune_id = ").arg(ctx.commune);
    let rows = narrowed(ctx, rows, filter).push(" LIMIT 1000");
    sql("SELECT COUNT(*) FROM (").then(rows).push(") counted").count(&ctx.app.db).await
}

/// When the document arrived that has waited longest in a state.
pub(super) async fn oldest(ctx: &Ctx, state: State) -> Result<Option<DateTime<Utc>>> {
    let query = sql("SELECT arrived_at FROM incoming_document WHERE commune_id = ").arg(ctx.commune);
    seen(ctx, query.push(" AND state = ").arg(state)).push(" ORDER BY id LIMIT 1").scalar(&ctx.app.db).await
}

/// A book of a year in the order of its numbers, above `after`.
pub(crate) async fn book(ctx: &Ctx, book: &str, year: i64, after: i64, limit: i64) -> Result<Vec<Incoming>> {
    seen(ctx, select(ctx).push(" AND book = ").arg(book).push(" AND year = ").arg(year))
        .push(" AND arrival_number > ")
        .arg(after)
        .push(" ORDER BY arrival_number LIMIT ")
        .arg(limit)
        .all(&ctx.app.db)
        .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Incoming) -> Result<()> {
    let facts = &one.facts;
    sql("INSERT INTO incoming_document (commune_id, id, state, arrived_at, channel, external_id, sender_code, sender_name, \
         number, notation, issued_on, kind, subject, signer_name, signer_position, urgency, due_on, page_count, likeness, \
         reason, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, \
         '', 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.state)
    .bind(one.arrived_at)
    .bind(one.channel)
    .bind(one.external_id.clone())
    .bind(one.sender_code.as_str())
    .bind(facts.sender_name.as_str())
    .bind(facts.number.as_str())
    .bind(facts.notation.as_str())
    .bind(facts.issued_on)
    .bind(facts.kind.as_str())
    .bind(facts.subject.as_str())
    .bind(facts.signer_name.as_str())
    .bind(facts.signer_position.as_str())
    .bind(facts.urgency)
    .bind(facts.due_on)
    .bind(facts.page_count)
    .bind(facts.likeness())
    .run(tx)
    .await?;
    Ok(())
}

/// Writes the facts where the reader's revision is still the newest; false when it is not.
pub(super) async fn write_facts(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, facts: &Facts) -> Result<bool> {
    let written = sql("UPDATE incoming_document SET sender_name = $4, number = $5, notation = $6, issued_on = $7, kind = $8, \
                       subject = $9, signer_name = $10, signer_position = $11, urgency = $12, due_on = $13, \
                       page_count = $14, likeness = $15, revision = revision + 1 \
                       WHERE commune_id = $1 AND id = $2 AND revision = $3")
        .bind(ctx.commune)
        .bind(id)
        .bind(revision)
        .bind(facts.sender_name.as_str())
        .bind(facts.number.as_str())
        .bind(facts.notation.as_str())
        .bind(facts.issued_on)
        .bind(facts.kind.as_str())
        .bind(facts.subject.as_str())
        .bind(facts.signer_name.as_str())
        .bind(facts.signer_position.as_str())
        .bind(facts.urgency)
        .bind(facts.due_on)
        .bind(facts.page_count)
        .bind(facts.likeness())
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Writes where it stands in the book.
pub(super) async fn write_number(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    book: &str,
    year: i64,
    number: i64,
) -> Result<()> {
    sql("UPDATE incoming_document SET state = $3, book = $4, year = $5, arrival_number = $6, registered_at = $7, \
         registered_on = $9, registered_by = $8 WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(id)
    .bind(State::Registered)
    .bind(book)
    .bind(year)
    .bind(number)
    .bind(ctx.now)
    .bind(ctx.account()?)
    .bind(ctx.today())
    .run(tx)
    .await?;
    figures::touch(ctx, tx, crate::figures::DOCUMENTS);
    Ok(())
}

/// Moves it on where it stands in one of `from`; false when it does not.
pub(super) async fn write_state(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    from: &[State],
    to: State,
    reason: &str,
) -> Result<bool> {
    let ended = matches!(to, State::Done | State::Refused | State::Recalled).then_some(ctx.now);
    // The day of the first word of a leader, or of the end without one, stays.
    let decided = matches!(to, State::Directed | State::Done).then_some(ctx.today());
    figures::touch(ctx, tx, crate::figures::DOCUMENTS);
    let moved = sql("UPDATE incoming_document SET revision = revision + 1, state = ")
        .arg(to)
        .push(", reason = ")
        .arg(reason)
        .push(", ended_at = ")
        .arg(ended)
        .push(", decided_on = COALESCE(decided_on, ")
        .arg(decided)
        .push(") WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND id = ")
        .arg(id)
        .push(" AND state IN (")
        .args(from.iter().copied())
        .push(")")
        .run(tx)
        .await?;
    Ok(moved == 1)
}

pub(super) async fn insert_file(
    ctx: &Ctx,
    tx: &Tx,
    document: Uuid,
    file: Uuid,
    state: TextState,
    text: &str,
) -> Result<Uuid> {
    let id = ctx.new_id();
    sql("INSERT INTO incoming_file (commune_id, id, document_id, file_id, text_state, text) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(id)
        .bind(document)
        .bind(file)
        .bind(state)
        .bind(text)
        .run(tx)
        .await?;
    Ok(id)
}

/// The words of a file, once they were read in the background.
pub(super) async fn write_text(ctx: &Ctx, tx: &Tx, id: Uuid, state: TextState, text: &str) -> Result<()> {
    sql("UPDATE incoming_file SET text_state = $3, text = $4 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(state)
        .bind(text)
        .run(tx)
        .await?;
    Ok(())
}

/// The files of a document that the caller has found, in the order in which they came.
pub(crate) async fn files(ctx: &Ctx, on: &impl Run, document: Uuid) -> Result<Vec<FileLine>> {
    sql("SELECT id, file_id, text_state FROM incoming_file WHERE commune_id = $1 AND document_id = $2 ORDER BY id")
        .bind(ctx.commune)
        .bind(document)
        .all(on)
        .await
}

/// Files whose words wait to be read, with their documents; oldest first.
pub(super) async fn unread(ctx: &Ctx, limit: i64) -> Result<Vec<Unread>> {
    sql(
        "SELECT id, document_id, file_id FROM incoming_file WHERE commune_id = $1 AND text_state = 'waiting' \
         ORDER BY id LIMIT $2",
    )
    .bind(ctx.commune)
    .bind(limit)
    .all(&ctx.app.db)
    .await
}

#[derive(Debug, sea_orm::FromQueryResult)]
pub(super) struct Unread {
    pub id: Uuid,
    pub document_id: Uuid,
    pub file_id: Uuid,
}

/// The words of all its files, one after the other.
pub(crate) async fn text(ctx: &Ctx, on: &impl Run, document: Uuid) -> Result<String> {
    let texts: Vec<String> =
        sql("SELECT text FROM incoming_file WHERE commune_id = $1 AND document_id = $2 ORDER BY id")
            .bind(ctx.commune)
            .bind(document)
            .column(on)
            .await?;
    Ok(texts.join("\n"))
}

/// Takes a document out altogether: what bears a secrecy stamp leaves not even a row.
pub(super) async fn delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    for table in ["incoming_event", "incoming_reader", "incoming_file"] {
        let rows = sql("DELETE FROM ").push(table).push(" WHERE commune_id = ").arg(ctx.commune);
        rows.push(" AND document_id = ").arg(id).run(tx).await?;
    }
    sql("DELETE FROM incoming_document WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Lets people read it.
pub(super) async fn insert_readers(ctx: &Ctx, tx: &Tx, document: Uuid, accounts: &[Uuid]) -> Result<()> {
    for account in accounts {
        sql("INSERT INTO incoming_reader (commune_id, account_id, document_id, added_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (commune_id, account_id, document_id) DO NOTHING")
        .bind(ctx.commune)
        .bind(*account)
        .bind(document)
        .bind(ctx.now)
        .run(tx)
        .await?;
    }
    Ok(())
}

/// The accounts to which it was handed.
pub(super) async fn readers(ctx: &Ctx, on: &impl Run, document: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT account_id FROM incoming_reader WHERE commune_id = $1 AND document_id = $2")
        .bind(ctx.commune)
        .bind(document)
        .column(on)
        .await
}

pub(super) async fn insert_event(
    ctx: &Ctx,
    tx: &Tx,
    document: Uuid,
    what: Happened,
    words: &str,
) -> Result<()> {
    sql("INSERT INTO incoming_event (commune_id, id, document_id, what, words, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(ctx.commune)
        .bind(ctx.new_id())
        .bind(document)
        .bind(what)
        .bind(words)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// What happened to it, in order.
pub(crate) async fn events(ctx: &Ctx, on: &impl Run, document: Uuid) -> Result<Vec<Event>> {
    sql("SELECT what, words, by_id, at FROM incoming_event WHERE commune_id = $1 AND document_id = $2 ORDER BY id")
        .bind(ctx.commune)
        .bind(document)
        .all(on)
        .await
}
