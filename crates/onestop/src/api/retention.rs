//! Dossiers whose time of keeping is over, and decisions about them.

use super::once::{Begun, begin, id_of, settle};
use crate::retention::{self, Deciding, Disposal, Due};
use axum::Json;
use axum::extract::Path;
use chrono::NaiveDate;
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};

/// A dossier whose time is over; nothing here names a person.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DueBody {
    id: Uuid,
    code: String,
    procedure: String,
    field: String,
    /// The last day on which it had to be kept.
    until: NaiveDate,
}

impl DueBody {
    fn of(one: Due) -> DueBody {
        let Due { dossier, until } = one;
        let (procedure, field) = (dossier.procedure_code, dossier.field);
        DueBody { id: dossier.id, code: dossier.code, procedure, field, until }
    }
}

/// A decision to destroy.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisposalNew {
    number: String,
    decided_on: NaiveDate,
    signer: String,
    dossiers: Vec<Uuid>,
}

/// A decision as it stands.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DisposalBody {
    id: Uuid,
    number: String,
    decided_on: NaiveDate,
    signer: String,
    /// decided, done or dropped.
    state: &'static str,
    dossiers: Vec<Uuid>,
    /// Send it back when it is carried out.
    revision: i64,
}

/// Which revision is carried out.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisposalDone {
    revision: i64,
}

async fn body(ctx: &Ctx, id: Uuid) -> Result<Json<DisposalBody>> {
    let (one, dossiers) = retention::show(ctx, id).await?;
    Ok(Json(DisposalBody {
        id: one.id,
        number: one.decision_no,
        decided_on: one.decided_on,
        signer: one.signer,
        state: one.state.code(),
        dossiers: dossiers.into_iter().map(|one| one.id).collect(),
        revision: one.revision,
    }))
}

/// Dossiers whose time is over, the oldest end first, at most 200.
#[utoipa::path(get, path = "/api/v1/retention", tag = "onestop", security(("token" = [])), responses((status = 200, body = Vec<DueBody>)))]
pub async fn due(ctx: Ctx) -> Result<Json<Vec<DueBody>>> {
    Ok(Json(retention::due(&ctx).await?.into_iter().map(DueBody::of).collect()))
}

/// A decision with its dossiers.
#[utoipa::path(get, path = "/api/v1/retention/{id}", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = DisposalBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<DisposalBody>> {
    body(&ctx, id).await
}

/// Records a decision; nothing is destroyed by it.
#[utoipa::path(post, path = "/api/v1/retention", tag = "onestop", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is recorded once")), request_body = DisposalNew,
    responses((status = 200, body = DisposalBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn decide(ctx: Ctx, Json(new): Json<DisposalNew>) -> Result<Json<DisposalBody>> {
    let said =
        Deciding { number: new.number, on: Some(new.decided_on), signer: new.signer, dossiers: new.dossiers };
    let id = match begin(&ctx).await? {
        Begun::First(key, tx) => {
            let done = retention::decide(&ctx, &tx, said).await.map_err(member);
            settle(&ctx, key, tx, done, Disposal::path).await?.id
        }
        Begun::Again(url) => id_of(&url)?,
    };
    body(&ctx, id).await
}

/// What the page calls the members.
fn member(error: Error) -> Error {
    let words = [
        ("so-quyet-dinh", "number"),
        ("ngay-quyet-dinh", "decided_on"),
        ("nguoi-ky", "signer"),
        ("ho-so", "dossiers"),
    ];
    error.renamed(&words)
}

/// Carries a decision out: files and personal answers of its dossiers are gone for ever.
#[utoipa::path(post, path = "/api/v1/retention/{id}/destroy", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    request_body = DisposalDone,
    responses((status = 200, body = DisposalBody),
        (status = 409, description = "It changed or was carried out", body = Problem, content_type = "application/problem+json")))]
pub async fn destroy(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(said): Json<DisposalDone>,
) -> Result<Json<DisposalBody>> {
    if let Begun::First(key, tx) = begin(&ctx).await? {
        let done = retention::destroy(&ctx, &tx, id, said.revision).await;
        settle(&ctx, key, tx, done, Disposal::path).await?;
    }
    body(&ctx, id).await
}
