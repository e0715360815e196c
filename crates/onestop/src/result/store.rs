//! SQL of the commune's papers.

use super::model::{Paper, State};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT dossier_id, serial, code, state, template, template_from, subject, body, receivers, \
     drafted_by, drafted_at, book, year, number, symbol, signer_id, signer_name, signer_role, numbered_at, issued_at, \
     paper_id, digest, revoked_at, revoked_why, revision FROM dossier_result WHERE commune_id = ";

/// The last paper of a dossier. The caller has found the dossier within the reader's scope.
pub(crate) async fn last(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<Option<Paper>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND dossier_id = ").arg(dossier);
    query.push(" ORDER BY serial DESC LIMIT 1").first(on).await
}

/// The last paper, unless it was revoked.
pub(crate) async fn live(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<Option<Paper>> {
    Ok(last(ctx, on, dossier).await?.filter(|paper| paper.state != State::Revoked))
}

/// Those of these dossiers that were issued, newest first.
pub(super) async fn issued(ctx: &Ctx, dossiers: &[Uuid]) -> Result<Vec<Paper>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND dossier_id IN (").args(dossiers.iter().copied());
    let query = query.push(") AND issued_at IS NOT NULL ORDER BY issued_at DESC, dossier_id, serial DESC");
    query.all(&ctx.app.db).await
}

/// Whoever asks: the code proves that somebody was shown the paper.
pub(super) async fn by_code(ctx: &Ctx, code: &str) -> Result<Option<Paper>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND code = ").arg(code);
    query.push(" AND issued_at IS NOT NULL").first(&ctx.app.db).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Paper) -> Result<()> {
    sql("INSERT INTO dossier_result (commune_id, dossier_id, serial, code, state, template, template_from, subject, body, \
         receivers, drafted_by, drafted_at, book, symbol, signer_name, signer_role, digest, revoked_why, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', '', '', '', 1)")
    .bind(ctx.commune)
    .bind(one.dossier_id)
    .bind(one.serial)
    .bind(one.code.as_str())
    .bind(one.state)
    .bind(one.template.as_str())
    .bind(one.template_from)
    .bind(one.subject.as_str())
    .bind(one.body.as_str())
    .bind(one.receivers.as_str())
    .bind(one.drafted_by)
    .bind(one.drafted_at)
    .bind(one.book.as_str())
    .bind(one.symbol.as_str())
    .run(tx)
    .await?;
    Ok(())
}

/// Writes what may change; false when somebody else was first.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Paper) -> Result<bool> {
    let written = sql("UPDATE dossier_result SET revision = revision + 1, state = ")
        .arg(one.state)
        .push(", subject = ")
        .arg(one.subject.as_str())
        .push(", body = ")
        .arg(one.body.as_str())
        .push(", receivers = ")
        .arg(one.receivers.as_str())
        .push(", drafted_by = ")
        .arg(one.drafted_by)
        .push(", drafted_at = ")
        .arg(one.drafted_at)
        .push(", year = ")
        .arg(one.year)
        .push(", number = ")
        .arg(one.number)
        .push(", signer_id = ")
        .arg(one.signer_id)
        .push(", signer_name = ")
        .arg(one.signer_name.as_str())
        .push(", signer_role = ")
        .arg(one.signer_role.as_str())
        .push(", numbered_at = ")
        .arg(one.numbered_at)
        .push(", issued_at = ")
        .arg(one.issued_at)
        .push(", paper_id = ")
        .arg(one.paper_id)
        .push(", digest = ")
        .arg(one.digest.as_str())
        .push(", revoked_at = ")
        .arg(one.revoked_at)
        .push(", revoked_why = ")
        .arg(one.revoked_why.as_str())
        .push(" WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND dossier_id = ")
        .arg(one.dossier_id)
        .push(" AND serial = ")
        .arg(one.serial)
        .push(" AND revision = ")
        .arg(one.revision)
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Empties what the papers of these dossiers say of people; number, day and signer stay.
pub(crate) async fn empty(ctx: &Ctx, tx: &Tx, dossiers: &[Uuid]) -> Result<()> {
    let query = sql(
        "UPDATE dossier_result SET subject = '', body = '', receivers = '', paper_id = NULL WHERE commune_id = ",
    );
    let query = query.arg(ctx.commune).push(" AND dossier_id IN (").args(dossiers.iter().copied());
    query.push(")").run(tx).await?;
    Ok(())
}
