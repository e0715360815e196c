//! What is done with meetings. Each request is done once by its idempotency key and answers with the meeting.

use super::body::{MeetingBody, member};
use crate::meeting::agenda::{self, Typed};
use crate::meeting::ballot::{self, Asking};
use crate::meeting::conclusion::{self, Concluding};
use crate::meeting::model::{Answer, Came, Meeting};
use crate::meeting::rules::{self, Calling};
use crate::meeting::{minutes, speech};
use axum::Json;
use axum::extract::Path;
use chrono::NaiveDate;
use platform::http::Problem;
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Result, Tx, Uuid};

/// Runs a rule once; the meeting as it stands then.
async fn once<R>(ctx: &Ctx, rule: R) -> Result<Json<MeetingBody>>
where
    R: AsyncFnOnce(&Tx) -> Result<Meeting>,
{
    let id = match begin(ctx).await? {
        Begun::Again(url) => id_of(&url)?,
        Begun::First(key, tx) => {
            let done = rule(&tx).await.map_err(member);
            settle(ctx, key, tx, done, Meeting::path).await?.id
        }
    };
    Ok(Json(MeetingBody::load(ctx, id).await?))
}

/// A new meeting.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingNew {
    title: String,
    #[serde(default)]
    about: String,
    day: NaiveDate,
    /// `HH:MM` in Vietnam.
    from: String,
    until: String,
    place: String,
    /// Where one joins by video; begins with https://
    #[serde(default)]
    video_url: String,
    chair: Uuid,
    /// Who writes the minutes.
    secretary: Uuid,
    /// Accounts beside those two.
    #[serde(default)]
    guests: Vec<Uuid>,
    /// Invites every village head.
    #[serde(default)]
    all_village_heads: bool,
}

/// Whether the reader comes.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingAnswer {
    /// comes, cannot or sends.
    answer: String,
    /// Why not, or who comes instead.
    #[serde(default)]
    words: String,
}

/// A reason.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingReason {
    reason: String,
}

/// A part of the agenda.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaNew {
    title: String,
    minutes: Option<i64>,
    #[serde(default)]
    speaker: String,
}

/// Somebody is here.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    account_id: Uuid,
    /// Somebody came in their place.
    #[serde(default)]
    deputy: bool,
}

/// What the reader wants to speak to.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpeechNew {
    item: Option<Uuid>,
}

/// A vote.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoteNew {
    question: String,
    choices: Vec<String>,
    #[serde(default)]
    secret: bool,
}

/// What the reader chooses.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    /// The position of the choice.
    position: i64,
}

/// A conclusion.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConclusionNew {
    words: String,
    doer: Option<Uuid>,
    due_on: Option<NaiveDate>,
}

/// Calls a meeting.
#[utoipa::path(post, path = "/api/v1/meetings", tag = "office", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = MeetingNew,
    responses((status = 200, body = MeetingBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn call(ctx: Ctx, Json(sent): Json<MeetingNew>) -> Result<Json<MeetingBody>> {
    let calling = Calling {
        title: sent.title,
        about: sent.about,
        day: Some(sent.day),
        from: sent.from,
        until: sent.until,
        place: sent.place,
        video_url: sent.video_url,
        chair: Some(sent.chair),
        writer: Some(sent.secretary),
        guests: sent.guests,
        all_heads: sent.all_village_heads,
    };
    once(&ctx, async |tx: &Tx| rules::keep(&ctx, tx, None, &calling).await).await
}

/// Sends the invitations.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/invite", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn invite(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| rules::invite(&ctx, tx, id).await).await
}

/// Opens it.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/open", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn open(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| rules::open(&ctx, tx, id).await).await
}

/// Ends it.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/close", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn close(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| rules::close(&ctx, tx, id).await).await
}

/// Cancels it.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/cancel", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = MeetingReason,
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn cancel(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<MeetingReason>,
) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| rules::cancel(&ctx, tx, id, &sent.reason).await).await
}

/// The reader answers the invitation.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/answer", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = MeetingAnswer,
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn answer(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<MeetingAnswer>,
) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| rules::answer(&ctx, tx, id, Answer::parse(&sent.answer), &sent.words).await)
        .await
}

/// Adds to the agenda.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/agenda", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = AgendaNew,
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn add_item(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<AgendaNew>,
) -> Result<Json<MeetingBody>> {
    let typed = Typed { title: sent.title, minutes: sent.minutes, speaker: sent.speaker };
    once(&ctx, async |tx: &Tx| agenda::add(&ctx, tx, id, typed).await).await
}

/// Checks somebody in by hand.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/check-ins", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = CheckIn,
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn check_in(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<CheckIn>,
) -> Result<Json<MeetingBody>> {
    let how = if sent.deputy { Came::Deputy } else { Came::Hand };
    let who = Some(sent.account_id);
    once(&ctx, async |tx: &Tx| rules::check_in_by_hand(&ctx, tx, id, who, how).await).await
}

/// The reader asks to speak.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/speeches", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = SpeechNew,
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn ask_to_speak(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<SpeechNew>,
) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| speech::ask(&ctx, tx, id, sent.item).await).await
}

/// Calls the next of the speaking list.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/speeches/next", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn call_next(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| speech::call(&ctx, tx, id, None).await).await
}

/// Whoever speaks has ended.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/speeches/end", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn end_speech(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| speech::end(&ctx, tx, id).await).await
}

/// Prepares a vote.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/votes", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = VoteNew,
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn prepare_vote(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<VoteNew>,
) -> Result<Json<MeetingBody>> {
    let asking = Asking { question: sent.question, choices: sent.choices, secret: sent.secret };
    once(&ctx, async |tx: &Tx| {
        ballot::prepare(&ctx, tx, id, asking).await?;
        rules::run(&ctx, tx, id).await
    })
    .await
}

/// The chair opens a vote.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/votes/{vote}/open", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("vote" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn open_vote(ctx: Ctx, Path((id, vote)): Path<(Uuid, Uuid)>) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| ballot::open(&ctx, tx, id, vote).await).await
}

/// The chair closes a vote.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/votes/{vote}/close", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("vote" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn close_vote(ctx: Ctx, Path((id, vote)): Path<(Uuid, Uuid)>) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| ballot::close(&ctx, tx, id, vote).await).await
}

/// The reader votes. What was chosen in a secret vote stands nowhere beside who chose it.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/votes/{vote}/ballot", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("vote" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = Ballot,
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn cast(
    ctx: Ctx,
    Path((id, vote)): Path<(Uuid, Uuid)>,
    Json(sent): Json<Ballot>,
) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| ballot::cast(&ctx, tx, id, vote, Some(sent.position)).await).await
}

/// Writes down a conclusion.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/conclusions", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = ConclusionNew,
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn conclude(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<ConclusionNew>,
) -> Result<Json<MeetingBody>> {
    let typed = Concluding { words: sent.words, doer: sent.doer, due: sent.due_on };
    once(&ctx, async |tx: &Tx| conclusion::add(&ctx, tx, id, typed).await).await
}

/// Makes a task of a conclusion, once.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/conclusions/{conclusion}/task", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("conclusion" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn hand_out(ctx: Ctx, Path((id, conclusion)): Path<(Uuid, Uuid)>) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| conclusion::hand_out(&ctx, tx, id, Some(conclusion)).await).await
}

/// Drafts the minutes as an outgoing document, once.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/minutes", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    responses((status = 200, body = MeetingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn draft_minutes(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<MeetingBody>> {
    once(&ctx, async |tx: &Tx| {
        minutes::draft(&ctx, tx, id).await?;
        rules::run(&ctx, tx, id).await
    })
    .await
}
