//! SQL of keeping: what ended long ago, decisions, and the rows of a dossier that are emptied.

use super::model::{Disposal, Ended, State};
use super::terms::Search;
use platform::clock::start_of_day;
use platform::db::insert_many as rows_into;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const ENDED: &str =
    "SELECT id, code, procedure_code, field, status, ended_at, erased_at FROM dossier WHERE commune_id = ";
const DISPOSAL: &str = "SELECT id, decision_no, decided_on, signer, state, account_id, made_at, ended_by, ended_at, revision \
                        FROM dossier_disposal WHERE commune_id = ";

/// What stands in the place of a name.
const NAMELESS: &str = "(đã tiêu hủy)";

/// Dossiers that a search finds, the oldest end first; those that stand in a decision are left out.
pub(super) async fn over(ctx: &Ctx, search: &Search, limit: i64) -> Result<Vec<Ended>> {
    let mut query =
        sql(ENDED).arg(ctx.commune).push(" AND status IN (").args(search.statuses.iter().copied());
    query = query.push(") AND erased_at IS NULL AND ended_at < ").arg(start_of_day(search.before));
    for (column, values, not) in [
        ("field", &search.fields, ""),
        ("field", &search.not_fields, "NOT "),
        ("procedure_code", &search.procedures, ""),
        ("procedure_code", &search.not_procedures, "NOT "),
    ] {
        if !values.is_empty() {
            query = query
                .push(&format!(" AND {column} {not}IN ("))
                .args(values.iter().map(String::as_str))
                .push(")");
        }
    }
    query = query.push(
        " AND NOT EXISTS (SELECT 1 FROM dossier_disposal_item i WHERE i.commune_id = dossier.commune_id \
         AND i.dossier_id = dossier.id) ORDER BY ended_at, id LIMIT ",
    );
    query.arg(limit).all(&ctx.app.db).await
}

/// These dossiers, as far as keeping asks.
pub(super) async fn ended(ctx: &Ctx, on: &impl Run, ids: &[Uuid]) -> Result<Vec<Ended>> {
    sql(ENDED)
        .arg(ctx.commune)
        .push(" AND id IN (")
        .args(ids.iter().copied())
        .push(") ORDER BY id")
        .all(on)
        .await
}

/// The dossiers of one person.
pub(super) async fn of_person(ctx: &Ctx, person: Uuid) -> Result<Vec<Ended>> {
    sql(ENDED)
        .arg(ctx.commune)
        .push(" AND applicant_person_id = ")
        .arg(person)
        .push(" ORDER BY id LIMIT 1000")
        .all(&ctx.app.db)
        .await
}

/// Writes a decision with its dossiers; false when one of them stands in another.
pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Disposal, dossiers: &[Uuid]) -> Result<bool> {
    sql("INSERT INTO dossier_disposal (commune_id, id, decision_no, decided_on, signer, state, account_id, made_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.decision_no.as_str())
    .bind(one.decided_on)
    .bind(one.signer.as_str())
    .bind(one.state)
    .bind(one.account_id)
    .bind(one.made_at)
    .run(tx)
    .await?;
    let rows = dossiers.iter().map(|id| vec![ctx.commune.into(), one.id.into(), (*id).into()]);
    let columns = ["commune_id", "disposal_id", "dossier_id"];
    let fresh = rows_into(
        tx,
        "dossier_disposal_item",
        &columns,
        rows,
        " ON CONFLICT (commune_id, dossier_id) DO NOTHING",
    )
    .await?;
    Ok(usize::try_from(fresh).is_ok_and(|fresh| fresh == dossiers.len()))
}

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Disposal> {
    sql(DISPOSAL).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// The newest decisions.
pub(super) async fn list(ctx: &Ctx, limit: i64) -> Result<Vec<Disposal>> {
    sql(DISPOSAL).arg(ctx.commune).push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The dossiers of a decision.
pub(super) async fn items(ctx: &Ctx, on: &impl Run, disposal: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT dossier_id FROM dossier_disposal_item WHERE commune_id = $1 AND disposal_id = $2 ORDER BY dossier_id")
        .bind(ctx.commune)
        .bind(disposal)
        .column(on)
        .await
}

/// Writes how a decision ended; false when somebody else was first.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, state: State) -> Result<bool> {
    let ended =
        sql("UPDATE dossier_disposal SET state = $3, ended_by = $4, ended_at = $5, revision = revision + 1 \
                     WHERE commune_id = $1 AND id = $2 AND revision = $6 AND state = 'decided'")
        .bind(ctx.commune)
        .bind(id)
        .bind(state)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .bind(revision)
        .run(tx)
        .await?;
    Ok(ended == 1)
}

/// The dossiers of a dropped decision may stand in another.
pub(super) async fn free(ctx: &Ctx, tx: &Tx, disposal: Uuid) -> Result<()> {
    sql("DELETE FROM dossier_disposal_item WHERE commune_id = $1 AND disposal_id = $2")
        .bind(ctx.commune)
        .bind(disposal)
        .run(tx)
        .await?;
    Ok(())
}

/// Empties everything of these dossiers that tells of a person; code, procedure, states and days stay.
pub(super) async fn empty(ctx: &Ctx, tx: &Tx, ids: &[Uuid]) -> Result<()> {
    let these = |start: &str, column: &str| {
        sql(format!("{start} WHERE commune_id = "))
            .arg(ctx.commune)
            .push(&format!(" AND {column} IN ("))
            .args(ids.iter().copied())
            .push(")")
    };
    sql("UPDATE dossier SET answers = '{}', applicant_number = '', applicant_phone = '', reason = '', applicant_account_id = NULL, applicant_person_id = NULL, filed_by = NULL, \
         revision = revision + 1, erased_at = ")
    .arg(ctx.now)
    .push(", applicant_name = ")
    .arg(NAMELESS)
    .push(", subject = ")
    .arg(NAMELESS)
    .push(" WHERE commune_id = ")
    .arg(ctx.commune)
    .push(" AND id IN (")
    .args(ids.iter().copied())
    .push(")")
    .run(tx)
    .await?;
    for (start, column) in [
        ("UPDATE dossier_event SET note = '', marks = '{}'", "dossier_id"),
        ("DELETE FROM dossier_paper", "dossier_id"),
        ("DELETE FROM dossier_once", "dossier_id"),
        ("DELETE FROM dossier_behalf", "dossier_id"),
        ("UPDATE dossier_payment SET note = ''", "dossier_id"),
        (
            "UPDATE dossier_opinion SET question = '', answer = '', shared = '{\"fields\": [], \"papers\": []}'",
            "dossier_id",
        ),
        ("UPDATE dossier_complaint SET body = '', answer = ''", "dossier_id"),
        ("UPDATE province_call SET reason = '', problem = ''", "dossier_id"),
    ] {
        these(start, column).run(tx).await?;
    }
    Ok(())
}
