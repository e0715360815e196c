//! Complaints of applicants, and their answers.

use super::once::{Begun, begin, id_of, key, settle};
use crate::complaint::{self, Answering, Complaint, Sending, theirs};
use crate::dossier::{self, Dossier};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, Utc};
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};

/// A complaint about a dossier.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ComplaintBody {
    id: Uuid,
    dossier_id: Uuid,
    /// late, asked-twice, wrong-fee, attitude or wrong-decision.
    kind: &'static str,
    text: String,
    /// open, answered or withdrawn.
    state: &'static str,
    sent_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    answer: String,
    /// The commune apologises that it took too long.
    apology: bool,
    ended_at: Option<DateTime<Utc>>,
    /// How the answer was found: 1 to 3.
    rating: Option<i64>,
    /// Send it back with the answer.
    revision: i64,
}

impl ComplaintBody {
    fn of(one: Complaint) -> ComplaintBody {
        ComplaintBody {
            id: one.id,
            dossier_id: one.dossier_id,
            kind: one.kind.code(),
            text: one.body,
            state: one.state.code(),
            sent_at: one.sent_at,
            due_at: one.due_at,
            answer: one.answer,
            apology: one.apology,
            ended_at: one.ended_at,
            rating: one.rating,
            revision: one.revision,
        }
    }
}

/// What an applicant complains of.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintNew {
    /// late, asked-twice, wrong-fee, attitude or wrong-decision. A denunciation goes elsewhere by law.
    kind: String,
    text: String,
}

/// How the answer was.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintRating {
    /// 1 unsatisfied, 2 satisfied, 3 very satisfied.
    rating: i64,
}

/// The answer of a leader.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintAnswer {
    revision: i64,
    text: String,
    /// With an apology that it took too long.
    #[serde(default)]
    apology: bool,
}

/// Which complaints.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ComplaintQuery {
    /// Those that are over; those that wait for an answer if left out.
    #[serde(default)]
    over: bool,
}

const MOST: i64 = 200;

/// What the pages call the members.
fn member(error: Error) -> Error {
    error.renamed(&[("loai", "kind"), ("noi-dung", "text"), ("tra-loi", "text"), ("muc", "rating")])
}

async fn own(ctx: &Ctx, id: Uuid) -> Result<(Dossier, Vec<Complaint>)> {
    let one = dossier::find(ctx, &ctx.app.db, id).await?;
    let mut all = complaint::of_dossier(ctx, &ctx.app.db, id).await?;
    all.retain(|complaint| theirs(ctx, &one, complaint));
    Ok((one, all))
}

/// What the reader complained of about an own dossier, newest first.
#[utoipa::path(get, path = "/api/v1/my/dossiers/{id}/complaints", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<ComplaintBody>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn mine(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<Vec<ComplaintBody>>> {
    Ok(Json(own(&ctx, id).await?.1.into_iter().map(ComplaintBody::of).collect()))
}

/// Complains about an own dossier. A file goes with it on the page only.
#[utoipa::path(post, path = "/api/v1/my/dossiers/{id}/complaints", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is kept once")),
    request_body = ComplaintNew,
    responses((status = 200, body = ComplaintBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn send(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(body): Json<ComplaintNew>,
) -> Result<Json<ComplaintBody>> {
    key(&ctx)?;
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    let said = Sending { kind: &body.kind, body: &body.text, file: None, account: ctx.account_or_none() };
    let complaint = match begin(&ctx).await? {
        Begun::First(key, tx) => {
            let done = complaint::send(&ctx, &tx, &one, said).await.map_err(member);
            settle(&ctx, key, tx, done, Complaint::path).await?
        }
        Begun::Again(url) => complaint::find(&ctx, &ctx.app.db, id_of(&url)?).await?,
    };
    Ok(Json(ComplaintBody::of(complaint)))
}

/// Takes a complaint back.
#[utoipa::path(post, path = "/api/v1/my/dossiers/{id}/complaints/{complaint}/withdraw", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("complaint" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = ComplaintBody),
        (status = 409, description = "It is over", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw(ctx: Ctx, Path((id, complaint)): Path<(Uuid, Uuid)>) -> Result<Json<ComplaintBody>> {
    let (one, all) = own(&ctx, id).await?;
    all.iter().find(|one| one.id == complaint).ok_or_else(Error::not_found)?;
    let done = match begin(&ctx).await? {
        Begun::First(key, tx) => {
            let done = complaint::withdraw(&ctx, &tx, &one, complaint).await;
            settle(&ctx, key, tx, done, Complaint::path).await?
        }
        Begun::Again(_) => complaint::find(&ctx, &ctx.app.db, complaint).await?,
    };
    Ok(Json(ComplaintBody::of(done)))
}

/// Says how the answer was, once.
#[utoipa::path(post, path = "/api/v1/my/dossiers/{id}/complaints/{complaint}/rating", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("complaint" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = ComplaintRating,
    responses((status = 200, body = ComplaintBody),
        (status = 409, description = "It was said already, or there is no answer", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn rate(
    ctx: Ctx,
    Path((id, complaint)): Path<(Uuid, Uuid)>,
    Json(body): Json<ComplaintRating>,
) -> Result<Json<ComplaintBody>> {
    let (_, all) = own(&ctx, id).await?;
    all.iter().find(|one| one.id == complaint).ok_or_else(Error::not_found)?;
    if let Begun::First(key, tx) = begin(&ctx).await? {
        let done = complaint::rate(&ctx, &tx, complaint, &body.rating.to_string()).await.map_err(member);
        settle(&ctx, key, tx, done, Complaint::path).await?;
    }
    Ok(Json(ComplaintBody::of(complaint::find(&ctx, &ctx.app.db, complaint).await?)))
}

/// Complaints for the leaders: what waits, the most urgent first. The look at each dossier is recorded.
#[utoipa::path(get, path = "/api/v1/complaints", tag = "onestop", security(("token" = [])), params(ComplaintQuery),
    responses((status = 200, body = Vec<ComplaintBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<ComplaintQuery>) -> Result<Json<Vec<ComplaintBody>>> {
    let all = complaint::list(&ctx, !query.over, MOST).await?;
    let about: Vec<Uuid> = all.iter().map(|one| one.dossier_id).collect();
    let tx = ctx.begin().await?;
    audit::viewed(&ctx, &tx, &about, "procedure", &["complaint"]).await?;
    tx.commit().await?;
    Ok(Json(all.into_iter().map(ComplaintBody::of).collect()))
}

/// Answers one.
#[utoipa::path(post, path = "/api/v1/complaints/{id}/answer", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is answered once")),
    request_body = ComplaintAnswer,
    responses((status = 200, body = ComplaintBody),
        (status = 409, description = "It is over, changed, or about the reader's own work", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn answer(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(body): Json<ComplaintAnswer>,
) -> Result<Json<ComplaintBody>> {
    let one = match begin(&ctx).await? {
        Begun::First(key, tx) => {
            let said = Answering { revision: body.revision, text: &body.text, apology: body.apology };
            let done = complaint::answer(&ctx, &tx, id, said).await.map_err(member);
            settle(&ctx, key, tx, done, Complaint::path).await?
        }
        Begun::Again(_) => complaint::find(&ctx, &ctx.app.db, id).await?,
    };
    Ok(Json(ComplaintBody::of(one)))
}
