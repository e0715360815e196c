//! The news for programs: what is published, for everybody; writing and deciding, by the rules of the pages.

mod body;

use super::model::{Article, Draft, State};
use super::pass;
use super::store::{self, Shelf};
use super::write::{self, Sent};
use axum::Json;
use axum::extract::{Path, Query};
use body::{
    ArticleBody, ArticleChange, ArticleStep, DeskBody, DeskQuery, NewsBody, NewsQuery, NewsWhole, body, whole,
};
use platform::area::{get, post, put};
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, Tx, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, desk, open, create, save, submit, approve, send_back, take_down))]
struct Paths;

pub fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/news", "news.read", list),
        get("/api/v1/news/{slug}", "news.read", show),
        get("/api/v1/articles", "news.write", desk),
        post("/api/v1/articles", "news.write", create),
        get("/api/v1/articles/{id}", "news.write", open),
        put("/api/v1/articles/{id}", "news.write", save),
        post("/api/v1/articles/{id}/submit", "news.write", submit),
        post("/api/v1/articles/{id}/approve", "news.approve", approve),
        post("/api/v1/articles/{id}/return", "news.approve", send_back),
        post("/api/v1/articles/{id}/take-down", "news.approve", take_down),
    ]
}

const PAGE: i64 = 50;

/// The fields of the form by the names of this API.
const FIELDS: &[(&str, &str)] = &[
    ("chuyen-muc", "section"),
    ("tieu-de", "title"),
    ("sapo", "summary"),
    ("noi-dung", "body"),
    ("the", "tags"),
    ("tac-gia", "author"),
    ("nguon", "source"),
    ("tieu-de-en", "title_en"),
    ("sapo-en", "summary_en"),
    ("noi-dung-en", "body_en"),
    ("dia-chi", "slug"),
    ("ly-do", "reason"),
    ("ly-do-go", "reason"),
];

/// Published articles, the newest first, 50 a page.
#[utoipa::path(get, path = "/api/v1/news", tag = "news", params(NewsQuery),
    responses((status = 200, body = Vec<NewsBody>), (status = 404, description = "`after` is no published article")))]
pub async fn list(ctx: Ctx, Query(query): Query<NewsQuery>) -> Result<Json<Vec<NewsBody>>> {
    let shelf = Shelf { section: query.section, tag: query.tag, not: None };
    let after = match query.after {
        None => None,
        Some(id) => {
            let last = store::by_ids(&ctx, &[id]).await?.pop().ok_or_else(Error::not_found)?;
            last.published_at.map(|at| (at, id))
        }
    };
    let rows = store::published(&ctx, &shelf, after, PAGE).await?;
    let ids: Vec<Uuid> = rows.iter().map(|one| one.id).collect();
    let heard = super::voice::heard(&ctx, &ids).await?;
    Ok(Json(rows.iter().map(|one| body(one, heard.contains(&one.id))).collect()))
}

/// One published article.
#[utoipa::path(get, path = "/api/v1/news/{slug}", tag = "news", params(("slug" = String, Path)),
    responses((status = 200, body = NewsWhole), (status = 404)))]
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Json<NewsWhole>> {
    let one = store::by_slug(&ctx, &slug).await?.filter(|one| one.state == State::Published);
    let one = one.ok_or_else(Error::not_found)?;
    let brief = store::by_ids(&ctx, &[one.id]).await?.pop().ok_or_else(Error::not_found)?;
    let heard = super::voice::heard(&ctx, &[one.id]).await?;
    Ok(Json(NewsWhole {
        news: body(&brief, !heard.is_empty()),
        html: one.html,
        words: one.words,
        body: one.content.body,
        body_en: one.content.body_en,
        author: one.content.author,
        source: one.content.source,
    }))
}

/// Articles in any state, the newest begun first, 50 a page.
#[utoipa::path(get, path = "/api/v1/articles", tag = "news", security(("token" = [])), params(DeskQuery),
    responses((status = 200, body = Vec<DeskBody>), (status = 422)))]
pub async fn desk(ctx: Ctx, Query(query): Query<DeskQuery>) -> Result<Json<Vec<DeskBody>>> {
    let state = match query.state.as_str() {
        "" => None,
        code => Some(State::parse(code).ok_or_else(|| Error::field("state", "error-choose"))?),
    };
    let rows = store::list(&ctx, state, None, query.after, PAGE).await?;
    Ok(Json(rows.iter().map(|one| DeskBody { news: body(one, false), state: one.state.code() }).collect()))
}

/// One article in any state.
#[utoipa::path(get, path = "/api/v1/articles/{id}", tag = "news", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = ArticleBody), (status = 404)))]
pub async fn open(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<ArticleBody>> {
    Ok(Json(whole(store::find(&ctx, &ctx.app.db, id).await?)))
}

/// Does one thing to an article once for each `Idempotency-Key`, and tells how it is then.
async fn once(ctx: &Ctx, what: impl AsyncFnOnce(&Tx) -> Result<Article>) -> Result<Json<ArticleBody>> {
    let (key, tx) = match begin(ctx).await? {
        Begun::Again(url) => return Ok(Json(whole(store::find(ctx, &ctx.app.db, id_of(&url)?).await?))),
        Begun::First(key, tx) => (key, tx),
    };
    let done = what(&tx).await.map_err(|error| error.renamed(FIELDS));
    let one = settle(ctx, key, tx, done, |one| format!("/api/v1/articles/{}", one.id)).await?;
    Ok(Json(whole(store::find(ctx, &ctx.app.db, one.id).await?)))
}

/// Begins an article.
#[utoipa::path(post, path = "/api/v1/articles", tag = "news", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header)), request_body = Draft,
    responses((status = 200, body = ArticleBody), (status = 422)))]
pub async fn create(ctx: Ctx, Json(sent): Json<Draft>) -> Result<Json<ArticleBody>> {
    once(&ctx, async |tx| write::create(&ctx, tx, sent, None).await).await
}

/// Keeps what was written as the next version; a published article is corrected by who may publish.
#[utoipa::path(put, path = "/api/v1/articles/{id}", tag = "news", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = ArticleChange,
    responses((status = 200, body = ArticleBody), (status = 404), (status = 409), (status = 422)))]
pub async fn save(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<ArticleChange>,
) -> Result<Json<ArticleBody>> {
    let change = Sent { draft: sent.content, slug: sent.slug, html: false };
    once(&ctx, async |tx| write::save(&ctx, tx, id, sent.revision, change).await).await
}

/// Lays it before a leader.
#[utoipa::path(post, path = "/api/v1/articles/{id}/submit", tag = "news", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = ArticleStep,
    responses((status = 200, body = ArticleBody), (status = 404), (status = 409), (status = 422)))]
pub async fn submit(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(step): Json<ArticleStep>,
) -> Result<Json<ArticleBody>> {
    once(&ctx, async |tx| pass::submit(&ctx, tx, id, step.revision).await).await
}

/// Publishes it, now or at an hour.
#[utoipa::path(post, path = "/api/v1/articles/{id}/approve", tag = "news", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = ArticleStep,
    responses((status = 200, body = ArticleBody), (status = 404), (status = 409), (status = 422)))]
pub async fn approve(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(step): Json<ArticleStep>,
) -> Result<Json<ArticleBody>> {
    once(&ctx, async |tx| pass::approve(&ctx, tx, id, step.revision, step.publish_at, step.to_page).await)
        .await
}

/// Gives it back to its writer with a word.
#[utoipa::path(post, path = "/api/v1/articles/{id}/return", tag = "news", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = ArticleStep,
    responses((status = 200, body = ArticleBody), (status = 404), (status = 409), (status = 422)))]
pub async fn send_back(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(step): Json<ArticleStep>,
) -> Result<Json<ArticleBody>> {
    once(&ctx, async |tx| pass::send_back(&ctx, tx, id, step.revision, &step.reason).await).await
}

/// Takes it down; its address says why.
#[utoipa::path(post, path = "/api/v1/articles/{id}/take-down", tag = "news", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = ArticleStep,
    responses((status = 200, body = ArticleBody), (status = 404), (status = 409), (status = 422)))]
pub async fn take_down(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(step): Json<ArticleStep>,
) -> Result<Json<ArticleBody>> {
    once(&ctx, async |tx| pass::take_down(&ctx, tx, id, step.revision, &step.reason).await).await
}
