//! SQL of letters and what was attached to them.

use crate::incoming::TextState;
use crate::mailbox::model::{Attachment, Automatic, Letter, Problem, State};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const LETTER: &str = "SELECT id, mailbox_id, uid_validity, uid, key, message_id, from_address, from_name, subject, sent_at, \
                      came_at, text, state, automatic, problem, documents, file_id, reason, incoming_id, decided_by, decided_at, \
                      revision FROM mail_letter WHERE commune_id = ";

/// A letter by its id, for those who may see the mailbox at all.
pub(in crate::mailbox) async fn letter(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Letter> {
    sql(LETTER).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

pub(in crate::mailbox) async fn letter_of_key(ctx: &Ctx, on: &impl Run, key: &str) -> Result<Option<Letter>> {
    sql(LETTER).arg(ctx.commune).push(" AND key = ").arg(key).first(on).await
}

fn narrowed(query: Sql, state: Option<State>) -> Sql {
    match state {
        Some(state) => query.push(" AND state = ").arg(state),
        None => query,
    }
}

/// The newest first, below `after`.
pub(in crate::mailbox) async fn letters(
    ctx: &Ctx,
    state: Option<State>,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Letter>> {
    let mut query = narrowed(sql(LETTER).arg(ctx.commune), state);
    if let Some(after) = after {
        query = query.push(" AND id < ").arg(after);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many, counted to 1,000.
pub(in crate::mailbox) async fn letter_count(ctx: &Ctx, state: Option<State>) -> Result<i64> {
    let rows = sql("SELECT 1 FROM mail_letter WHERE commune_id = ").arg(ctx.commune);
    let rows = narrowed(rows, state).push(" LIMIT 1000");
    sql("SELECT COUNT(*) FROM (").then(rows).push(") counted").count(&ctx.app.db).await
}

/// Writes it down; false when the same letter is there.
pub(in crate::mailbox) async fn letter_insert(ctx: &Ctx, tx: &Tx, one: &Letter) -> Result<bool> {
    let added = sql("INSERT INTO mail_letter (commune_id, id, mailbox_id, uid_validity, uid, key, message_id, from_address, from_name, \
                     subject, sent_at, came_at, text, state, automatic, problem, documents, reason, marked, revision) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', false, 1) \
                     ON CONFLICT (commune_id, key) DO NOTHING")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.mailbox_id)
        .bind(one.uid_validity)
        .bind(one.uid)
        .bind(one.key.as_str())
        .bind(one.message_id.as_str())
        .bind(one.from_address.as_str())
        .bind(one.from_name.as_str())
        .bind(one.subject.as_str())
        .bind(one.sent_at)
        .bind(one.came_at)
        .bind(one.text.as_str())
        .bind(one.state)
        .bind(one.automatic.map(Automatic::code))
        .bind(one.problem.map(Problem::code))
        .bind(one.documents)
        .run(tx)
        .await?;
    Ok(added == 1)
}

/// Where the letter as it came is kept.
pub(in crate::mailbox) async fn letter_file(ctx: &Ctx, tx: &Tx, id: Uuid, file: Uuid) -> Result<()> {
    sql("UPDATE mail_letter SET file_id = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(file)
        .run(tx)
        .await?;
    Ok(())
}

pub(in crate::mailbox) struct NewAttachment<'a> {
    pub name: &'a str,
    pub file: Option<Uuid>,
    pub problem: Option<Problem>,
    pub text_state: TextState,
    pub text: &'a str,
    pub pages: Option<i64>,
}

pub(in crate::mailbox) async fn attachment_insert(
    ctx: &Ctx,
    tx: &Tx,
    letter: Uuid,
    one: &NewAttachment<'_>,
) -> Result<()> {
    sql("INSERT INTO mail_attachment (commune_id, id, letter_id, name, file_id, problem, text_state, text, pages) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(ctx.commune)
    .bind(ctx.new_id())
    .bind(letter)
    .bind(one.name)
    .bind(one.file)
    .bind(one.problem.map(Problem::code))
    .bind(one.text_state)
    .bind(one.text)
    .bind(one.pages)
    .run(tx)
    .await?;
    Ok(())
}

/// In the order in which they stood in the letter.
pub(in crate::mailbox) async fn attachments(
    ctx: &Ctx,
    on: &impl Run,
    letter: Uuid,
) -> Result<Vec<Attachment>> {
    sql("SELECT id, name, file_id, problem, text_state, text, pages FROM mail_attachment \
         WHERE commune_id = $1 AND letter_id = $2 ORDER BY id")
    .bind(ctx.commune)
    .bind(letter)
    .all(on)
    .await
}

/// Letters of a mailbox of which the server was not told that they were taken: their numbers.
pub(in crate::mailbox) async fn unmarked(ctx: &Ctx, mailbox: Uuid, validity: i64) -> Result<Vec<Unmarked>> {
    sql("SELECT id, uid FROM mail_letter WHERE commune_id = $1 AND mailbox_id = $2 AND marked = false AND uid_validity = $3 \
         AND (problem IS NULL OR problem <> 'large') ORDER BY id LIMIT 500")
    .bind(ctx.commune)
    .bind(mailbox)
    .bind(validity)
    .all(&ctx.app.db)
    .await
}

#[derive(Debug, sea_orm::FromQueryResult)]
pub(in crate::mailbox) struct Unmarked {
    pub id: Uuid,
    pub uid: i64,
}

pub(in crate::mailbox) async fn mark(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("UPDATE mail_letter SET marked = true WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// What somebody decided, where the letter stands as they saw it; false when it does not.
pub(in crate::mailbox) async fn decide(
    ctx: &Ctx,
    tx: &Tx,
    one: &Letter,
    to: State,
    reason: &str,
    incoming: Option<Uuid>,
) -> Result<bool> {
    let decided = sql("UPDATE mail_letter SET state = $5, reason = $6, incoming_id = $7, decided_by = $8, decided_at = $9, \
                       revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3 AND state = $4")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.revision)
        .bind(one.state)
        .bind(to)
        .bind(reason)
        .bind(incoming)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(decided == 1)
}

/// Takes a letter out altogether: what is secret leaves not even a row.
pub(in crate::mailbox) async fn letter_delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    for table in ["mail_attachment", "mail_answer"] {
        let rows = sql("DELETE FROM ").push(table).push(" WHERE commune_id = ").arg(ctx.commune);
        rows.push(" AND letter_id = ").arg(id).run(tx).await?;
    }
    sql("DELETE FROM mail_letter WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}
