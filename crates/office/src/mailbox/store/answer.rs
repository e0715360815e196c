//! SQL of what is answered to senders.

use crate::mailbox::model::{Answer, Answering, Sent};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const ANSWER: &str = "SELECT id, letter_id, what, to_address, subject, body, state, tries, next_at, problem, at, sent_at \
                      FROM mail_answer WHERE commune_id = ";

pub(in crate::mailbox) async fn answer_insert(ctx: &Ctx, tx: &Tx, one: &Answer) -> Result<()> {
    sql("INSERT INTO mail_answer (commune_id, id, letter_id, what, to_address, subject, body, state, tries, next_at, problem, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $9)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.letter_id)
    .bind(one.what)
    .bind(one.to_address.as_str())
    .bind(one.subject.as_str())
    .bind(one.body.as_str())
    .bind(one.state)
    .bind(one.at)
    .bind(one.problem.as_str())
    .run(tx)
    .await?;
    Ok(())
}

/// Automatic confirmations to an address since a moment, also those on their way.
pub(in crate::mailbox) async fn receipts_since(
    ctx: &Ctx,
    on: &impl Run,
    to: &str,
    since: DateTime<Utc>,
) -> Result<i64> {
    sql("SELECT COUNT(*) FROM mail_answer WHERE commune_id = $1 AND to_address = $2 AND at > $3 AND what = $4 AND state <> $5")
        .bind(ctx.commune)
        .bind(to)
        .bind(since)
        .bind(Answering::Receipt)
        .bind(Sent::Held)
        .count(on)
        .await
}

pub(in crate::mailbox) async fn answers_of(ctx: &Ctx, letter: Uuid) -> Result<Vec<Answer>> {
    sql(ANSWER)
        .arg(ctx.commune)
        .push(" AND letter_id = ")
        .arg(letter)
        .push(" ORDER BY id")
        .all(&ctx.app.db)
        .await
}

/// Those whose turn it is.
pub(in crate::mailbox) async fn answers_due(ctx: &Ctx, now: DateTime<Utc>) -> Result<Vec<Answer>> {
    let query = sql(ANSWER)
        .arg(ctx.commune)
        .push(" AND state = ")
        .arg(Sent::Waiting)
        .push(" AND next_at <= ")
        .arg(now);
    query.push(" ORDER BY next_at LIMIT 100").all(&ctx.app.db).await
}

/// Takes one in hand until `until`; false when somebody else has.
pub(in crate::mailbox) async fn answer_claim(
    ctx: &Ctx,
    tx: &Tx,
    one: &Answer,
    until: DateTime<Utc>,
) -> Result<bool> {
    let mine = sql("UPDATE mail_answer SET tries = tries + 1, next_at = $4 WHERE commune_id = $1 AND id = $2 AND tries = $3 \
                    AND state = $5")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.tries)
    .bind(until)
    .bind(Sent::Waiting)
    .run(tx)
    .await?;
    Ok(mine == 1)
}

pub(in crate::mailbox) async fn answer_note(ctx: &Ctx, tx: &Tx, one: &Answer) -> Result<()> {
    sql("UPDATE mail_answer SET state = $3, next_at = $4, problem = $5, sent_at = $6 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.state)
        .bind(one.next_at)
        .bind(one.problem.as_str())
        .bind(one.sent_at)
        .run(tx)
        .await?;
    Ok(())
}
