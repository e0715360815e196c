//! SQL of payments.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, choice, sql};
use sea_orm::FromQueryResult;

choice! { Method, "onestop-method", { Cash = "cash", Transfer = "transfer", Portal = "portal" } }

#[derive(Debug, Clone, FromQueryResult)]
pub struct Payment {
    pub id: Uuid,
    pub dossier_id: Option<Uuid>,
    pub method: Method,
    /// Đồng.
    pub amount: i64,
    pub reference: String,
    pub note: String,
    pub paid_on: NaiveDate,
    pub receipt_no: Option<i64>,
    /// `""` when it belongs to the dossier.
    pub problem: String,
    pub account_id: Option<Uuid>,
    pub recorded_at: DateTime<Utc>,
}

const SELECT: &str = "SELECT id, dossier_id, method, amount, reference, note, paid_on, receipt_no, problem, account_id, \
                      recorded_at FROM dossier_payment WHERE commune_id = ";

/// The money with this reference.
pub async fn by_reference(ctx: &Ctx, on: &impl Run, reference: &str) -> Result<Option<Payment>> {
    sql(SELECT).arg(ctx.commune).push(" AND reference = ").arg(reference).first(on).await
}

pub async fn insert(ctx: &Ctx, tx: &Tx, one: &Payment) -> Result<()> {
    sql("INSERT INTO dossier_payment (commune_id, id, dossier_id, method, amount, reference, note, paid_on, \
                       receipt_no, problem, account_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
                       $11, $12)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.dossier_id)
    .bind(one.method)
    .bind(one.amount)
    .bind(one.reference.as_str())
    .bind(one.note.as_str())
    .bind(one.paid_on)
    .bind(one.receipt_no)
    .bind(one.problem.as_str())
    .bind(one.account_id)
    .bind(one.recorded_at)
    .run(tx)
    .await?;
    Ok(())
}

/// What was paid for a dossier.
pub async fn paid(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<Vec<Payment>> {
    sql(SELECT)
        .arg(ctx.commune)
        .push(" AND dossier_id = ")
        .arg(dossier)
        .push(" AND problem = '' ORDER BY id")
        .all(on)
        .await
}

/// The newest payments; `problems` only those that belong nowhere.
pub async fn list(ctx: &Ctx, problems: bool, limit: i64) -> Result<Vec<Payment>> {
    let these = sql(SELECT).arg(ctx.commune);
    let these = if problems { these.push(" AND problem <> ''") } else { these.push(" AND problem = ''") };
    these.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// Payments of these ids.
pub async fn get_many(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Payment>> {
    let these = sql(SELECT).arg(ctx.commune).push(" AND id IN (").args(ids.iter().copied());
    these.push(")").all(&ctx.app.db).await
}

pub async fn find(ctx: &Ctx, id: Uuid) -> Result<Payment> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(&ctx.app.db).await
}
