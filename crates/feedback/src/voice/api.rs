//! The waiting room for programs.

use super::model::{Matter, Why};
use super::rules::{self, Open, Turning};
use super::store::{self, Room};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, Utc};
use messages::channel::voice::{How, Side};
use platform::area::{get, post};
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, Tx, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, turn, join, answer, aside, restore))]
struct Paths;

pub fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/feedback/voices", "feedback.voices", list),
        get("/api/v1/feedback/voices/{id}", "feedback.voices", show),
        post("/api/v1/feedback/voices/{id}/report", "feedback.voices", turn),
        post("/api/v1/feedback/voices/{id}/join", "feedback.voices", join),
        post("/api/v1/feedback/voices/{id}/answer", "feedback.voices", answer),
        post("/api/v1/feedback/voices/{id}/aside", "feedback.voices", aside),
        post("/api/v1/feedback/voices/{id}/restore", "feedback.voices", restore),
    ]
}

const PAGE: i64 = 100;

/// What somebody wrote to the page or to Zalo. Who it was is opened on the page alone, by a recorded click.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct VoiceBody {
    id: Uuid,
    /// facebook or zalo.
    channel: &'static str,
    /// waiting, report, joined, answered, aside or withdrawn.
    state: &'static str,
    /// It accuses somebody: whoever does not settle denunciations reads no words.
    accuses: bool,
    report_id: Option<Uuid>,
    heard_at: DateTime<Utc>,
    revision: i64,
    /// In the order in which it was said.
    lines: Vec<VoiceLine>,
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct VoiceLine {
    /// Said by the office, not by the resident.
    ours: bool,
    text: String,
    said_at: DateTime<Utc>,
    deleted: bool,
    /// heard, waiting, sent or failed.
    state: &'static str,
}

impl VoiceBody {
    fn of(one: &Matter, lines: Vec<VoiceLine>) -> VoiceBody {
        VoiceBody {
            id: one.id,
            channel: one.channel.code(),
            state: one.state.code(),
            accuses: one.closed,
            report_id: one.report_id,
            heard_at: one.heard_at,
            revision: one.revision,
            lines,
        }
    }

    fn whole(open: &Open) -> VoiceBody {
        let line = |line: &messages::channel::voice::Line| VoiceLine {
            ours: line.side == Side::Said,
            text: line.body.clone(),
            said_at: line.said_at,
            deleted: line.deleted_at.is_some(),
            state: line.state.code(),
        };
        VoiceBody::of(&open.one, open.lines.iter().map(line).collect())
    }
}

/// Which of them.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VoiceQuery {
    /// waiting, settled or aside; waiting if left out.
    #[serde(default)]
    which: String,
    /// The id of the last one of the page before.
    after: Option<Uuid>,
}

/// What waits, without its words; 100 a page.
#[utoipa::path(get, path = "/api/v1/feedback/voices", tag = "feedback", security(("token" = [])), params(VoiceQuery),
    responses((status = 200, body = Vec<VoiceBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<VoiceQuery>) -> Result<Json<Vec<VoiceBody>>> {
    let room = match query.which.as_str() {
        "settled" => Room::Settled,
        "aside" => Room::Aside,
        _ => Room::Waiting,
    };
    let found = store::list(&ctx, room, query.after, PAGE).await?;
    Ok(Json(found.iter().map(|one| VoiceBody::of(one, Vec::new())).collect()))
}

/// One of them, with what was said.
#[utoipa::path(get, path = "/api/v1/feedback/voices/{id}", tag = "feedback", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = VoiceBody), (status = 404)))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<VoiceBody>> {
    Ok(Json(VoiceBody::whole(&rules::find(&ctx, &ctx.app.db, id).await?)))
}

fn member(error: Error) -> Error {
    error.renamed(&[
        ("loai", "kind"),
        ("noi-dung", "text"),
        ("thon", "village_id"),
        ("cho", "place"),
        ("ten", "name"),
        ("loi", "text"),
        ("cach", "how"),
        ("vao", "report_id"),
    ])
}

/// Does it once, and answers with how it stands.
async fn once<R>(ctx: &Ctx, id: Uuid, rule: R) -> Result<Json<VoiceBody>>
where
    R: AsyncFnOnce(&Tx) -> Result<()>,
{
    let id = match begin(ctx).await? {
        Begun::Again(url) => id_of(&url)?,
        Begun::First(key, tx) => {
            let done = rule(&tx).await.map(|()| id).map_err(member);
            settle(ctx, key, tx, done, |id| format!("{}/{id}", super::PATH)).await?
        }
    };
    Ok(Json(VoiceBody::whole(&rules::find(ctx, &ctx.app.db, id).await?)))
}

/// What the report shall be.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnBody {
    revision: i64,
    kind: String,
    /// What the resident wrote, if left out.
    #[serde(default)]
    text: String,
    village_id: Option<Uuid>,
    #[serde(default)]
    place: String,
    #[serde(default)]
    name: String,
    /// The sender hears how it stands.
    #[serde(default)]
    tells: bool,
}

/// It becomes a report.
#[utoipa::path(post, path = "/api/v1/feedback/voices/{id}/report", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = TurnBody,
    responses((status = 200, body = VoiceBody), (status = 404), (status = 409), (status = 422)))]
pub async fn turn(ctx: Ctx, Path(id): Path<Uuid>, Json(body): Json<TurnBody>) -> Result<Json<VoiceBody>> {
    let files = super::act::pictures(&ctx, id).await?;
    let words = match body.text.as_str() {
        "" => rules::find(&ctx, &ctx.app.db, id).await?.words(),
        text => text.to_owned(),
    };
    let rule = async |tx: &Tx| {
        let turning = Turning {
            kind: &body.kind,
            village: body.village_id,
            place_words: &body.place,
            words: &words,
            name: &body.name,
            tells: body.tells,
            files,
        };
        rules::turn(&ctx, tx, id, body.revision, turning).await.map(|_| ())
    };
    once(&ctx, id, rule).await
}

/// The report that says the same.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinBody {
    revision: i64,
    report_id: Uuid,
    #[serde(default)]
    tells: bool,
}

/// It joins a report.
#[utoipa::path(post, path = "/api/v1/feedback/voices/{id}/join", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = JoinBody,
    responses((status = 200, body = VoiceBody), (status = 404), (status = 409), (status = 422)))]
pub async fn join(ctx: Ctx, Path(id): Path<Uuid>, Json(body): Json<JoinBody>) -> Result<Json<VoiceBody>> {
    let rule = async |tx: &Tx| {
        rules::join(&ctx, tx, id, body.revision, body.report_id, body.tells).await.map(|_| ())
    };
    once(&ctx, id, rule).await
}

/// An answer.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyBody {
    revision: i64,
    /// comment (everybody reads it), private or message.
    how: String,
    text: String,
}

/// It is answered where it was written.
#[utoipa::path(post, path = "/api/v1/feedback/voices/{id}/answer", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = ReplyBody,
    responses((status = 200, body = VoiceBody), (status = 404), (status = 409), (status = 422)))]
pub async fn answer(ctx: Ctx, Path(id): Path<Uuid>, Json(body): Json<ReplyBody>) -> Result<Json<VoiceBody>> {
    let rule = async |tx: &Tx| {
        let how = How::parse(&body.how).ok_or_else(|| Error::field("cach", "error-choose"))?;
        rules::answer(&ctx, tx, id, body.revision, how, &body.text).await
    };
    once(&ctx, id, rule).await
}

/// Why it is nothing for the office.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AsideBody {
    revision: i64,
    /// nothing, spam or insult.
    why: String,
}

/// It is set aside.
#[utoipa::path(post, path = "/api/v1/feedback/voices/{id}/aside", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = AsideBody,
    responses((status = 200, body = VoiceBody), (status = 404), (status = 409), (status = 422)))]
pub async fn aside(ctx: Ctx, Path(id): Path<Uuid>, Json(body): Json<AsideBody>) -> Result<Json<VoiceBody>> {
    let rule = async |tx: &Tx| {
        let why = Why::parse(&body.why).ok_or_else(|| Error::field("why", "error-choose"))?;
        rules::aside(&ctx, tx, id, Some(body.revision), why).await
    };
    once(&ctx, id, rule).await
}

/// It waits again.
#[utoipa::path(post, path = "/api/v1/feedback/voices/{id}/restore", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = VoiceBody), (status = 404), (status = 409)))]
pub async fn restore(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<VoiceBody>> {
    once(&ctx, id, async |tx: &Tx| rules::restore(&ctx, tx, id).await).await
}
