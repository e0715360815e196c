//! SQL of words and recordings.

use crate::record::{Recording, State};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// Recordings looked at in one go.
const PAGE: i64 = 200;

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Word {
    pub id: Uuid,
    pub written: String,
    pub said: String,
}

/// The commune's own words, by what is written.
pub(crate) async fn words(ctx: &Ctx, on: &impl Run) -> Result<Vec<Word>> {
    sql("SELECT id, written, said FROM speech_word /* all rows */ WHERE commune_id = $1 ORDER BY written")
        .bind(ctx.commune)
        .all(on)
        .await
}

pub(crate) async fn put_word(ctx: &Ctx, tx: &Tx, id: Uuid, written: &str, said: &str) -> Result<()> {
    sql(
        "INSERT INTO speech_word (commune_id, id, written, said, by_id, at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (commune_id, id) DO UPDATE SET said = $4, by_id = $5, at = $6",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(written)
    .bind(said)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn remove_word(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM speech_word WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

fn select(ctx: &Ctx) -> Sql {
    sql("SELECT kind, object_id, name, text, digest, state, file_id, seconds, why, at FROM speech_recording WHERE commune_id = ")
        .arg(ctx.commune)
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, kind: &str, object: Uuid) -> Result<Option<Recording>> {
    select(ctx).push(" AND kind = ").arg(kind).push(" AND object_id = ").arg(object).first(on).await
}

pub(crate) async fn of(ctx: &Ctx, kind: &str, objects: &[Uuid]) -> Result<Vec<Recording>> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let query = select(ctx).push(" AND kind = ").arg(kind).push(" AND object_id IN (");
    query.args(objects.iter().copied()).push(")").all(&ctx.app.db).await
}

/// The next ones in their order.
pub(crate) async fn after(ctx: &Ctx, last: Option<&(String, Uuid)>) -> Result<Vec<Recording>> {
    let query = match last {
        None => select(ctx),
        Some((kind, object)) => {
            let query = select(ctx).push(" AND (kind, object_id) > (").arg(kind.as_str());
            query.push(", ").arg(*object).push(")")
        }
    };
    query.push(" ORDER BY kind, object_id LIMIT ").arg(PAGE).all(&ctx.app.db).await
}

/// It waits to be read. What was read before is heard until then.
pub(crate) async fn put(
    ctx: &Ctx,
    tx: &Tx,
    (kind, object): (&str, Uuid),
    name: &str,
    text: &str,
    digest: &str,
) -> Result<()> {
    sql("INSERT INTO speech_recording (commune_id, kind, object_id, name, text, digest, state, file_id, seconds, why, at) \
         VALUES ($1, $2, $3, $4, $5, $6, 'waiting', NULL, 0, '', $7) ON CONFLICT (commune_id, kind, object_id) \
         DO UPDATE SET name = $4, text = $5, digest = $6, state = 'waiting', why = '', at = $7")
    .bind(ctx.commune)
    .bind(kind)
    .bind(object)
    .bind(name)
    .bind(text)
    .bind(digest)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes the result; false when the text changed meanwhile.
pub(crate) async fn done(ctx: &Ctx, tx: &Tx, one: &Recording, file: Uuid, seconds: i64) -> Result<bool> {
    ended(ctx, tx, one, State::Done, Some(file), seconds, "").await
}

pub(crate) async fn failed(ctx: &Ctx, tx: &Tx, one: &Recording, why: &str) -> Result<bool> {
    ended(ctx, tx, one, State::Failed, one.file_id, one.seconds, why).await
}

async fn ended(
    ctx: &Ctx,
    tx: &Tx,
    one: &Recording,
    state: State,
    file: Option<Uuid>,
    seconds: i64,
    why: &str,
) -> Result<bool> {
    let written =
        sql("UPDATE speech_recording SET state = $5, file_id = $6, seconds = $7, why = $8, at = $9 \
         WHERE commune_id = $1 AND kind = $2 AND object_id = $3 AND digest = $4")
        .bind(ctx.commune)
        .bind(one.kind.as_str())
        .bind(one.object_id)
        .bind(one.digest.as_str())
        .bind(state)
        .bind(file)
        .bind(seconds)
        .bind(why)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(written == 1)
}
