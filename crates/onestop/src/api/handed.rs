//! What a portal hands in after the dossier: the applicant's supplement, a payment that it took.

use super::body::DossierBody;
use super::once::settle;
use crate::dossier::{self, Dossier};
use crate::form::model::Answers;
use crate::pay::{PortalPayment, portal};
use axum::Json;
use axum::extract::Path;
use chrono::NaiveDate;
use platform::http::Problem;
use platform::once::{self, Once};
use platform::{Ctx, Result, Uuid};
use std::collections::BTreeMap;

/// The applicant's answer to a request.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplementNew {
    /// Makes a second sending harmless.
    key: Uuid,
    /// The revision that the dossier had when it was looked at.
    revision: i64,
    /// New values of the fields that were sent back.
    #[schema(value_type = Object)]
    answers: Answers,
}

/// Money that the portal took.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentNew {
    /// The portal's number: the same comes once.
    reference: String,
    /// Đồng.
    amount: i64,
    paid_on: NaiveDate,
}

/// What was kept.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PaymentKept {
    id: Uuid,
}

/// Hands in what was asked for. Pages that were sent back are taken on the applicant's page or at the counter, not here.
#[utoipa::path(post, path = "/api/v1/dossiers/{id}/supplements", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path)), request_body = SupplementNew,
    responses((status = 200, body = DossierBody),
        (status = 409, description = "Nothing was asked for, or it moved on", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn supplement(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(body): Json<SupplementNew>,
) -> Result<Json<DossierBody>> {
    let tx = match once::begin(&ctx, body.key).await? {
        Once::First(tx) => tx,
        Once::Again(_) => return Ok(Json(DossierBody::of(&dossier::find(&ctx, &ctx.app.db, id).await?))),
    };
    let done = dossier::answer(&ctx, &tx, id, body.revision, &body.answers, BTreeMap::new()).await;
    let one = settle(&ctx, body.key, tx, done, Dossier::path).await?;
    Ok(Json(DossierBody::of(&one)))
}

/// Keeps money that the national portal took for a dossier.
#[utoipa::path(post, path = "/api/v1/dossiers/{id}/payments", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path)), request_body = PaymentNew,
    responses((status = 200, body = PaymentKept),
        (status = 409, description = "Nothing is owed, or the reference is known otherwise", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn payment(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(body): Json<PaymentNew>,
) -> Result<Json<PaymentKept>> {
    let said = PortalPayment { reference: body.reference, amount: body.amount, on: body.paid_on };
    let tx = ctx.begin().await?;
    match portal(&ctx, &tx, id, None, &said).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(Json(PaymentKept { id }))
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}
