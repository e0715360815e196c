//! SQL of opinions.

use super::model::{Opinion, State};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, dossier_id, asked_by, asked_of, village_id, question, shared, state, answer, asked_at, \
                      due_at, ended_at, revision FROM dossier_opinion WHERE commune_id = ";

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Opinion) -> Result<()> {
    sql("INSERT INTO dossier_opinion (commune_id, id, dossier_id, asked_by, asked_of, village_id, question, shared, state, \
         answer, asked_at, due_at, ended_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, $11, NULL, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.dossier_id)
    .bind(one.asked_by)
    .bind(one.asked_of)
    .bind(one.village_id)
    .bind(one.question.as_str())
    .bind(serde_json::to_value(&one.shared)?)
    .bind(one.state)
    .bind(one.asked_at)
    .bind(one.due_at)
    .run(tx)
    .await?;
    Ok(())
}

/// What was asked of the reader, in the places of the request: who no longer leads a village reads no more of it.
fn of_reader(ctx: &Ctx, query: Sql) -> Result<Sql> {
    let query = query.push(" AND asked_of = ").arg(ctx.account()?);
    if ctx.scope.whole() {
        return Ok(query);
    }
    Ok(query.push(" AND village_id IN (").args(ctx.scope.ids("village")).push(")"))
}

/// # Errors
/// Not found, also when somebody else was asked.
pub(crate) async fn own(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Opinion> {
    of_reader(ctx, sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id))?.one(on).await
}

/// What was asked of the reader: what waits, the most urgent first, or what is over, the newest first.
pub(crate) async fn mine(ctx: &Ctx, waiting: bool, limit: i64) -> Result<Vec<Opinion>> {
    let query = of_reader(ctx, sql(SELECT).arg(ctx.commune))?;
    let query = if waiting {
        query.push(" AND state = ").arg(State::Waiting).push(" ORDER BY due_at, id LIMIT ")
    } else {
        let over = [State::Answered, State::Declined, State::Withdrawn];
        query.push(" AND state IN (").args(over).push(") ORDER BY id DESC LIMIT ")
    };
    query.arg(limit).all(&ctx.app.db).await
}

/// All opinions on a dossier that the caller has found, oldest first.
pub(crate) async fn of_dossier(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<Vec<Opinion>> {
    sql(SELECT).arg(ctx.commune).push(" AND dossier_id = ").arg(dossier).push(" ORDER BY id").all(on).await
}

/// Writes how it ended; false when it ended already.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, state: State, answer: &str) -> Result<bool> {
    let ended =
        sql("UPDATE dossier_opinion SET state = $3, answer = $4, ended_at = $5, revision = revision + 1 \
                     WHERE commune_id = $1 AND id = $2 AND state = 'waiting'")
        .bind(ctx.commune)
        .bind(id)
        .bind(state)
        .bind(answer)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(ended == 1)
}

/// What still waits of a dossier waits no more.
pub(super) async fn end_all(ctx: &Ctx, tx: &Tx, dossier: Uuid) -> Result<()> {
    sql("UPDATE dossier_opinion SET state = 'withdrawn', ended_at = $3, revision = revision + 1 \
         WHERE commune_id = $1 AND dossier_id = $2 AND state = 'waiting'")
    .bind(ctx.commune)
    .bind(dossier)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}
