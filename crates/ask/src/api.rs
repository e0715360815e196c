//! What is asked and what came of it, for programs. Nobody votes here: an answer of a program would be kept beside its key.

use crate::matter::store::Filter;
use crate::matter::{Kind, Matter, Shown, Standing, State, store};
use crate::{draft, poll, who, works};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::NaiveDate;
use platform::area::get;
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, ballots))]
struct Paths;

pub fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/ask/matters", "ask.read", list),
        get("/api/v1/ask/matters/{id}", "ask.read", show),
        get("/api/v1/ask/matters/{id}/ballots", "ask.read", ballots),
    ]
}

const PAGE: i64 = 200;

/// Something that residents are asked.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct MatterBody {
    id: Uuid,
    /// poll, draft or works.
    kind: &'static str,
    title: String,
    about: String,
    /// out, done or cancelled.
    state: &'static str,
    from_on: NaiveDate,
    until_on: NaiveDate,
    /// None: the whole commune.
    villages: Vec<Uuid>,
    /// Answers, comments, or households that took part.
    given: i64,
    /// Households that may take part in a choice of works.
    roll: i64,
    url: String,
}

/// A number with what it counts.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct CountBody {
    /// The question, the paragraph's name, or empty.
    of: String,
    /// The choice, the paragraph, or the work.
    name: String,
    /// Votes, or voices for a paragraph.
    votes: i64,
    /// Voices against a paragraph.
    against: Option<i64>,
    /// Đồng, of a work.
    cost: Option<i64>,
    chosen: Option<bool>,
}

/// The same with its numbers.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct WholeBody {
    #[serde(flatten)]
    matter: MatterBody,
    /// Empty while nobody sees them.
    counts: Vec<CountBody>,
    /// SHA-256 over the list of ballots; empty before the count.
    seal: String,
}

/// A ballot under its code.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct BallotBody {
    code: String,
    /// Positions of the works; none on a spoilt paper.
    picks: Vec<i64>,
}

/// Which matters.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MatterQuery {
    /// poll, draft or works; all if left out.
    #[serde(default)]
    kind: String,
    village_id: Option<Uuid>,
    /// Only what runs or is ahead.
    #[serde(default)]
    open: bool,
}

fn body(one: &Matter, villages: Vec<Uuid>) -> MatterBody {
    MatterBody {
        id: one.id,
        kind: one.kind.code(),
        title: one.title.clone(),
        about: one.about.clone(),
        state: one.state.code(),
        from_on: one.from_on,
        until_on: one.until_on,
        villages,
        given: one.given,
        roll: one.roll,
        url: one.path(),
    }
}

/// Polls, drafts and rounds of works, the newest first.
#[utoipa::path(get, path = "/api/v1/ask/matters", tag = "ask", params(MatterQuery),
    responses((status = 200, body = Vec<MatterBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<MatterQuery>) -> Result<Json<Vec<MatterBody>>> {
    let filter = Filter {
        kind: Kind::parse(&query.kind),
        village: query.village_id,
        open: query.open,
        ..Filter::default()
    };
    let found = store::list(&ctx, &who::whole(&ctx).scope, &filter, PAGE).await?;
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let mut villages = store::villages(&ctx, &ctx.app.db, &ids).await?;
    Ok(Json(found.iter().map(|one| body(one, villages.remove(&one.id).unwrap_or_default())).collect()))
}

async fn public(ctx: &Ctx, id: Uuid) -> Result<Matter> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    if one.state == State::Preparing { Err(Error::not_found()) } else { Ok(one) }
}

/// One, with its numbers where they are to be seen.
#[utoipa::path(get, path = "/api/v1/ask/matters/{id}", tag = "ask", params(("id" = Uuid, Path)),
    responses((status = 200, body = WholeBody), (status = 404)))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<WholeBody>> {
    let one = public(&ctx, id).await?;
    let villages = store::villages_of(&ctx, &ctx.app.db, id).await?;
    let counts = counts(&ctx, &one).await?;
    Ok(Json(WholeBody { matter: body(&one, villages), counts, seal: one.seal }))
}

async fn counts(ctx: &Ctx, one: &Matter) -> Result<Vec<CountBody>> {
    let (db, standing) = (&ctx.app.db, one.standing(ctx.today()));
    let plain = |of: String, name: String, votes: i64| CountBody {
        of,
        name,
        votes,
        against: None,
        cost: None,
        chosen: None,
    };
    Ok(match one.kind {
        _ if standing == Standing::Cancelled => Vec::new(),
        Kind::Poll if one.shown == Shown::Live || standing == Standing::Done => {
            let questions = poll::list(ctx, db, one.id).await?;
            let of = |at: i64| {
                questions.iter().find(|q| q.position == at).map(|q| q.words.clone()).unwrap_or_default()
            };
            let choices = poll::choices(ctx, db, one.id).await?;
            choices.into_iter().map(|choice| plain(of(choice.question), choice.words, choice.votes)).collect()
        }
        Kind::Draft => {
            let parts = draft::list(ctx, db, one.id).await?;
            let stances = draft::stances(ctx, one.id).await?;
            let part = |at: i64| parts.iter().find(|part| part.position == at);
            let count = |(at, votes, against): (i64, i64, i64)| CountBody {
                of: part(at).map(|part| part.mark.clone()).unwrap_or_default(),
                name: part(at).map(|part| part.words.clone()).unwrap_or_default(),
                votes,
                against: Some(against),
                cost: None,
                chosen: None,
            };
            stances.into_iter().map(count).collect()
        }
        Kind::Works => {
            let works = works::works(ctx, db, one.id).await?;
            let on = works.into_iter().filter(|work| work.state == works::WorkState::In);
            let count = |work: works::Work| CountBody {
                cost: Some(work.cost),
                chosen: (standing == Standing::Done).then_some(work.chosen),
                ..plain(String::new(), work.name, work.votes)
            };
            on.map(count).collect()
        }
        Kind::Poll => Vec::new(),
    })
}

/// All ballots of a choice of works, once they are counted.
#[utoipa::path(get, path = "/api/v1/ask/matters/{id}/ballots", tag = "ask", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<BallotBody>), (status = 404)))]
pub async fn ballots(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<Vec<BallotBody>>> {
    let one = public(&ctx, id).await?;
    if one.seal.is_empty() {
        return Err(Error::not_found());
    }
    let all = works::ballots(&ctx, &ctx.app.db, id).await?;
    Ok(Json(
        all.iter().map(|ballot| BallotBody { code: ballot.code.clone(), picks: ballot.picks() }).collect(),
    ))
}
