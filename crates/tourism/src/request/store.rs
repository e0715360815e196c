//! SQL of requests.

use super::model::{Request, State};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, code, place_id, organisation_id, name, phone, email, from_on, to_on, people, words, english, \
     follow_hash, state, answer, answered_by, answered_at, asked_at, delete_on, revision FROM tourism_request WHERE commune_id = ";

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, one: &Request) -> Result<()> {
    sql("INSERT INTO tourism_request (commune_id, id, code, place_id, organisation_id, name, phone, email, from_on, to_on, people, \
         words, english, follow_hash, state, answer, asked_at, delete_on, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', $16, $17, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.code.as_str())
    .bind(one.place_id)
    .bind(one.organisation_id)
    .bind(one.name.as_str())
    .bind(one.phone.as_str())
    .bind(one.email.as_str())
    .bind(one.from_on)
    .bind(one.to_on)
    .bind(one.people)
    .bind(one.words.as_str())
    .bind(one.english)
    .bind(one.follow_hash.as_str())
    .bind(one.state)
    .bind(one.asked_at)
    .bind(one.delete_on)
    .run(tx)
    .await?;
    Ok(())
}

/// By the code that the visitor has; who asks proves it by the follow code.
pub(crate) async fn by_code(ctx: &Ctx, code: &str) -> Result<Request> {
    sql(SELECT).arg(ctx.commune).push(" AND code = ").arg(code).one(&ctx.app.db).await
}

/// Those of the reader's businesses, or all for the staff.
fn scoped(ctx: &Ctx, query: Sql) -> Sql {
    if ctx.scope.whole() {
        return query;
    }
    query.push(" AND organisation_id IN (").args(ctx.scope.ids("organisation")).push(")")
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Request> {
    scoped(ctx, sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id)).one(on).await
}

fn narrowed(query: Sql, state: Option<State>) -> Sql {
    match state {
        Some(state) => query.push(" AND state = ").arg(state),
        None => query,
    }
}

/// The newest first, after the one with this id.
pub(crate) async fn list(
    ctx: &Ctx,
    state: Option<State>,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Request>> {
    let mut query = narrowed(scoped(ctx, sql(SELECT).arg(ctx.commune)), state);
    if let Some(after) = after {
        query = query.push(" AND id < ").arg(after);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many, at most a thousand.
pub(crate) async fn count(ctx: &Ctx, state: Option<State>) -> Result<i64> {
    let inner = sql("SELECT 1 FROM tourism_request WHERE commune_id = ").arg(ctx.commune);
    let inner = narrowed(scoped(ctx, inner), state).push(" LIMIT 1000");
    sql("SELECT COUNT(*) FROM (").then(inner).push(") counted").count(&ctx.app.db).await
}

/// Writes the answer; false when somebody else was first.
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, one: &Request) -> Result<bool> {
    let written = sql("UPDATE tourism_request SET state = $4, answer = $5, answered_by = $6, answered_at = $7, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.state)
    .bind(one.answer.as_str())
    .bind(one.answered_by)
    .bind(one.answered_at)
    .run(tx)
    .await?;
    Ok(written == 1)
}

pub(crate) async fn delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM tourism_request WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Those whose term is over.
pub(crate) async fn delete_due(ctx: &Ctx, tx: &Tx) -> Result<u64> {
    sql("DELETE FROM tourism_request WHERE commune_id = $1 AND delete_on <= $2")
        .bind(ctx.commune)
        .bind(ctx.today())
        .run(tx)
        .await
}
