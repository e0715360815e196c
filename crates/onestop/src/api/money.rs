//! Money for dossiers.

use super::once::{Begun, begin, id_of, settle};
use crate::pay::{self, Payment, payment, payments};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use platform::http::Problem;
use platform::{Ctx, Result, Uuid};

/// Money that came in.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PaymentBody {
    id: Uuid,
    dossier_id: Option<Uuid>,
    /// cash, transfer or portal.
    method: &'static str,
    /// Đồng.
    amount: i64,
    /// The bank's, or our own for cash.
    reference: String,
    note: String,
    paid_on: NaiveDate,
    receipt_no: Option<i64>,
    /// Why it belongs to no dossier; empty when it does.
    problem: String,
    recorded_at: DateTime<Utc>,
}

impl PaymentBody {
    pub(super) fn of(one: Payment) -> PaymentBody {
        PaymentBody {
            id: one.id,
            dossier_id: one.dossier_id,
            method: one.method.code(),
            amount: one.amount,
            reference: one.reference,
            note: one.note,
            paid_on: one.paid_on,
            receipt_no: one.receipt_no,
            problem: one.problem,
            recorded_at: one.recorded_at,
        }
    }
}

/// Which payments, newest first.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PaymentQuery {
    /// Only those that belong to no dossier; only the others if left out.
    #[serde(default)]
    problems: bool,
    /// At most 500; 100 if left out.
    limit: Option<i64>,
}

/// Cash at the counter.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CashBody {
    /// The revision that the dossier had when it was looked at.
    revision: i64,
}

/// Payments, newest first.
#[utoipa::path(get, path = "/api/v1/payments", tag = "onestop", security(("token" = [])), params(PaymentQuery),
    responses((status = 200, body = Vec<PaymentBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<PaymentQuery>) -> Result<Json<Vec<PaymentBody>>> {
    let found = payments(&ctx, query.problems, query.limit.unwrap_or(100).clamp(1, 500)).await?;
    Ok(Json(found.into_iter().map(PaymentBody::of).collect()))
}

/// Takes all that is owed in cash, with a receipt of the next number.
#[utoipa::path(post, path = "/api/v1/dossiers/{id}/cash", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "The same key leads to the same payment")),
    request_body = CashBody, responses((status = 200, body = PaymentBody),
        (status = 409, description = "Nothing is owed, or somebody else was first", body = Problem, content_type = "application/problem+json")))]
pub async fn cash(ctx: Ctx, Path(id): Path<Uuid>, Json(sent): Json<CashBody>) -> Result<Json<PaymentBody>> {
    let made = match begin(&ctx).await? {
        Begun::Again(url) => id_of(&url)?,
        Begun::First(key, tx) => {
            let done = pay::cash(&ctx, &tx, id, sent.revision).await;
            settle(&ctx, key, tx, done, |id| format!("/api/v1/payments/{id}")).await?
        }
    };
    Ok(Json(PaymentBody::of(payment(&ctx, made).await?)))
}
