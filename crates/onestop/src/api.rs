//! Procedures and dossiers as JSON, by the same rules as the pages.

use crate::dossier::{
    self, Act, Doing, Dossier, Event, Filing, Filter, Queue, Sorted, Status, events, insert,
};
use crate::form::check;
use crate::form::model::Answers;
use crate::procedure::model::{Channel, Procedure};
use crate::procedure::{catalogue, find, pin};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use platform::area::{get as read, post};
use platform::http::Problem;
use platform::once::{self, Once};
use platform::{Ctx, Error, Result, Route, Tx, Uuid};
use utoipa::OpenApi;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        read("/api/v1/procedures", "procedure.list", procedures),
        read("/api/v1/procedures/{code}", "procedure.show", procedure),
        read("/api/v1/dossiers", "dossier.list", list),
        post("/api/v1/dossiers", "dossier.counter", create),
        read("/api/v1/dossiers/{id}", "dossier.show", show),
        post("/api/v1/dossiers/{id}/acts/{act}", "dossier.work", act),
    ]
}

/// A procedure in a list.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ProcedureLine {
    code: String,
    name: String,
    /// A code of the fields of administration.
    field: String,
    /// settle, working-copy, appointment or guide.
    kind: &'static str,
    from: NaiveDate,
    /// Names the very text; a dossier keeps it.
    digest: String,
}

/// Which procedures.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProcedureQuery {
    /// Everyday words, with or without marks.
    #[serde(default)]
    q: String,
    /// Only this field.
    #[serde(default)]
    field: String,
}

/// A dossier. Numbers of people and answers stand only in the one that is asked for by its id.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DossierBody {
    id: Uuid,
    code: String,
    procedure: String,
    /// The version of the procedure that it was begun with.
    procedure_digest: String,
    /// national-portal, provincial-system, portal, counter or team.
    channel: &'static str,
    /// The number of the national portal, 1 to 10.
    status: i64,
    /// The step whose turn it is.
    step: String,
    /// Whose turn it is: one-stop-officer, specialist, leader, citizen, nobody.
    queue: &'static str,
    subject: String,
    submitted_at: DateTime<Utc>,
    received_at: Option<DateTime<Utc>>,
    /// The promised moment.
    due_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    returned_at: Option<DateTime<Utc>>,
    /// Send it back with an act.
    revision: i64,
}

impl DossierBody {
    pub(crate) fn of(one: &Dossier) -> DossierBody {
        DossierBody {
            id: one.id,
            code: one.code.clone(),
            procedure: one.procedure_code.clone(),
            procedure_digest: one.procedure_digest.clone(),
            channel: one.channel.code(),
            status: one.status.number(),
            step: one.step.clone(),
            queue: one.queue.code(),
            subject: one.subject.clone(),
            submitted_at: one.submitted_at,
            received_at: one.received_at,
            due_at: one.due_at,
            ended_at: one.ended_at,
            returned_at: one.returned_at,
            revision: one.revision,
        }
    }
}

/// A page of dossiers.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DossierPage {
    items: Vec<DossierBody>,
    /// Ask again with this as `after`; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Uuid>,
}

/// Something that happened.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct EventBody {
    at: DateTime<Utc>,
    kind: &'static str,
    status: i64,
    step: String,
    note: String,
    account_id: Option<Uuid>,
}

/// A dossier with its answers and what happened to it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DossierCard {
    #[serde(flatten)]
    dossier: DossierBody,
    #[schema(value_type = Object)]
    answers: Answers,
    events: Vec<EventBody>,
}

/// Which dossiers, newest first.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DossierQuery {
    /// 1 to 10.
    status: Option<i64>,
    /// Whose turn it is.
    queue: Option<String>,
    /// The code of a procedure.
    procedure: Option<String>,
    /// The `after` of the page before.
    after: Option<Uuid>,
    /// Dossiers on a page, at most 500; 100 if left out.
    limit: Option<i64>,
}

/// A dossier that came by another door.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DossierNew {
    /// Makes a second sending harmless: the same key leads to the same dossier.
    key: Uuid,
    procedure: String,
    /// national-portal, provincial-system or counter.
    channel: String,
    /// By the form's schema, which `/api/v1/procedures/{code}` tells.
    #[schema(value_type = Object)]
    answers: Answers,
}

/// An act, with what is said.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActBody {
    /// The revision that the dossier had when it was looked at.
    revision: i64,
    #[serde(default)]
    note: String,
    /// Fields, and papers as `giay-KEY`, that are sent back, each with its reason.
    #[serde(default)]
    #[schema(value_type = Object)]
    marks: std::collections::BTreeMap<String, String>,
    /// The colleague who gets it.
    to: Option<Uuid>,
    /// A day to be promised.
    due: Option<NaiveDate>,
}

#[derive(OpenApi)]
#[openapi(paths(procedures, procedure, list, create, show, act))]
struct Paths;

/// This area's part of the description of the API.
pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    let mut all = Paths::openapi();
    all.merge(crate::pay::paths());
    all.merge(crate::handed::paths());
    all
}

/// Procedures in force, the best first when words are asked for.
#[utoipa::path(get, path = "/api/v1/procedures", tag = "onestop", params(ProcedureQuery),
    responses((status = 200, body = Vec<ProcedureLine>)))]
pub async fn procedures(ctx: Ctx, Query(query): Query<ProcedureQuery>) -> Result<Json<Vec<ProcedureLine>>> {
    let catalogue = catalogue(&ctx).await?;
    let line = |one: &crate::procedure::InForce| ProcedureLine {
        code: one.procedure.code.clone(),
        name: one.procedure.name.of(ctx.lang).to_owned(),
        field: one.procedure.field.clone(),
        kind: one.procedure.kind.code(),
        from: one.from,
        digest: one.digest.clone(),
    };
    Ok(Json(find(&catalogue, &query.q, &query.field).into_iter().map(line).collect()))
}

/// One procedure whole: papers, fees, steps, the form with its schema.
#[utoipa::path(get, path = "/api/v1/procedures/{code}", tag = "onestop", params(("code" = String, Path)),
    responses((status = 200, description = "As its file says it", body = Object),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn procedure(ctx: Ctx, Path(code): Path<String>) -> Result<Json<Procedure>> {
    Ok(Json(catalogue(&ctx).await?.get(&code)?.procedure.as_ref().clone()))
}

/// Dossiers, newest first.
#[utoipa::path(get, path = "/api/v1/dossiers", tag = "onestop", security(("token" = [])), params(DossierQuery),
    responses((status = 200, body = DossierPage), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn list(ctx: Ctx, Query(query): Query<DossierQuery>) -> Result<Json<DossierPage>> {
    let choose = |name: &'static str| Error::field(name, "error-choose");
    let status = query.status.map(|n| Status::of(n).ok_or_else(|| choose("status"))).transpose()?;
    let queue =
        query.queue.as_deref().map(|text| Queue::parse(text).ok_or_else(|| choose("queue"))).transpose()?;
    let filter = Filter { status, queue, procedure: query.procedure, any: true, ..Filter::default() };
    let limit = query.limit.unwrap_or(100).clamp(1, 500);
    let mut found = dossier::list(&ctx, &filter, Sorted::Newest(query.after), limit + 1).await?;
    let more = i64::try_from(found.len()).unwrap_or(0) > limit;
    if more {
        found.pop();
    }
    let after = found.last().filter(|_| more).map(|last| last.id);
    Ok(Json(DossierPage { items: found.iter().map(DossierBody::of).collect(), after }))
}

/// One dossier with its answers. The look is recorded.
#[utoipa::path(get, path = "/api/v1/dossiers/{id}", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = DossierCard), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<DossierCard>> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    let tx = ctx.begin().await?;
    let about = one.applicant_person_id.unwrap_or(one.id);
    audit::viewed(&ctx, &tx, &[about], "procedure", &["dossier"]).await?;
    tx.commit().await?;
    let told = events(&ctx, &ctx.app.db, id).await?;
    let told = told.into_iter().map(|event: Event| EventBody {
        at: event.at,
        kind: event.kind.code(),
        status: event.status.number(),
        step: event.step,
        note: event.note,
        account_id: event.account_id,
    });
    Ok(Json(DossierCard { dossier: DossierBody::of(&one), answers: one.answers, events: told.collect() }))
}

/// Takes a dossier in that came by another door: new, in the pool of the desk.
#[utoipa::path(post, path = "/api/v1/dossiers", tag = "onestop", security(("token" = [])), request_body = DossierNew,
    responses((status = 200, body = DossierBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn create(ctx: Ctx, Json(body): Json<DossierNew>) -> Result<Json<DossierBody>> {
    let tx = match once::begin(&ctx, body.key).await? {
        Once::First(tx) => tx,
        Once::Again(path) => {
            let id = path.rsplit('/').next().and_then(|id| id.parse().ok()).ok_or_else(Error::not_found)?;
            return Ok(Json(DossierBody::of(&dossier::find(&ctx, &ctx.app.db, id).await?)));
        }
    };
    let key = body.key;
    match take_in(&ctx, &tx, body).await {
        Ok(one) => {
            once::finish(&ctx, tx, key, &one.path()).await?;
            Ok(Json(DossierBody::of(&one)))
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

async fn take_in(ctx: &Ctx, tx: &Tx, body: DossierNew) -> Result<Dossier> {
    let channel =
        Channel::parse(&body.channel).filter(|channel| !matches!(channel, Channel::Portal | Channel::Team));
    let channel = channel.ok_or_else(|| Error::field("channel", "error-choose"))?;
    let catalogue = catalogue(ctx).await?;
    let in_force = catalogue.get(&body.procedure).map_err(|_| Error::field("procedure", "error-choose"))?;
    let procedure = in_force.procedure.clone();
    if let Some(form) = &procedure.form {
        let wrong = check::problems(form, &body.answers)?;
        if !wrong.is_empty() {
            return Err(Error::fields(wrong));
        }
    }
    pin(ctx, tx, in_force).await?;
    let filing = Filing {
        id: ctx.new_id(),
        procedure,
        digest: in_force.digest.clone(),
        channel,
        answers: body.answers,
        person: None,
        filed_by: None,
    };
    insert(ctx, tx, filing).await
}

/// Does something with a dossier: tiep-nhan (receive), tu-choi (refuse), bo-sung (ask for more), nhan-viec (take),
/// chuyen-nguoi (give), chuyen-buoc (pass on), tra-lai (send back), xin-loi (apologise), dung (stop).
#[utoipa::path(post, path = "/api/v1/dossiers/{id}/acts/{act}", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("act" = String, Path)), request_body = ActBody,
    responses((status = 200, body = DossierBody),
        (status = 409, description = "Somebody else was first, or it is not possible now", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn act(
    ctx: Ctx,
    Path((id, act)): Path<(Uuid, String)>,
    Json(body): Json<ActBody>,
) -> Result<Json<DossierBody>> {
    let what = Act::parse(&act).ok_or_else(Error::not_found)?;
    let due = match body.due {
        Some(day) => {
            let closes = dossier::DeskRules::load(&ctx)?.closes_on(day);
            Some(closes.ok_or_else(|| Error::field("due", "onestop-due-closed"))?)
        }
        None => None,
    };
    let doing = Doing { note: body.note, marks: body.marks.into_iter().collect(), to: body.to, due };
    let tx = ctx.begin().await?;
    match dossier::act(&ctx, &tx, id, body.revision, what, doing).await {
        Ok(one) => {
            tx.commit().await?;
            Ok(Json(DossierBody::of(&one)))
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}
