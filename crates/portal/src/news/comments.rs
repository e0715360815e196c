//! What residents write under an article: signed in, read by an editor first, closed after some days.

use super::model::{Article, State};
use super::sections::Sections;
use super::store::{self, Comment, CommentState};
use super::{PATH, WORK};
use askama::Template;
use audit::Entry;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use platform::http::{Form, Note, Start, Throttle, html, settle, start};
use platform::{Ctx, Error, Kind, Message, Result, Tx, Uuid, said};
use serde_json::json;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::OnceLock;
use ui::Shell;

const BODY_MAX: usize = 1_500;
const SHOWN: i64 = 50;
const TEN_MINUTES: u32 = 600;

/// How often somebody wrote lately. The area offers it.
#[derive(Default)]
pub(crate) struct Tries {
    people: OnceLock<Throttle<Uuid>>,
    addresses: OnceLock<Throttle<IpAddr>>,
}

/// Whether the reader may write under an article now.
pub(super) fn open(ctx: &Ctx, one: &Article) -> Result<bool> {
    let days = Sections::load(ctx)?.comments.days;
    let young = one.published_at.is_some_and(|at| ctx.now < at + Duration::days(days));
    Ok(young && one.state == State::Published && !one.content.closed)
}

/// # Errors
/// Without words, too many at once, or when nobody may write here any more.
async fn write(ctx: &Ctx, tx: &Tx, slug: &str, body: &str) -> Result<Article> {
    let one = store::by_slug(ctx, slug).await?.ok_or_else(Error::not_found)?;
    if !open(ctx, &one)? {
        return Err(Error::conflict("news-comments-closed"));
    }
    let body = said::needed("binh-luan", body, "news-comment-empty", BODY_MAX)?;
    patient(ctx)?;
    let actor = ctx.actor.as_ref().ok_or_else(|| Error::new(Kind::SignIn))?;
    let comment = Comment {
        id: ctx.new_id(),
        article_id: one.id,
        account_id: actor.account_id,
        name: actor.name.clone(),
        body,
        state: CommentState::Held,
        reports: 0,
        at: ctx.now,
    };
    store::comment_insert(ctx, tx, &comment).await?;
    let entry = Entry { action: "news.comment", kind: "news-comment", id: comment.id, detail: json!({}) };
    audit::record(ctx, tx, entry).await?;
    Ok(one)
}

/// So many of one person and of one address in ten minutes.
fn patient(ctx: &Ctx) -> Result<()> {
    let rules = Sections::load(ctx)?;
    let wait = |seconds: u32| {
        let minutes = seconds.div_ceil(60);
        let message = Message::new("news-comment-wait").with("minutes", minutes);
        Error { message, retry_after: Some(seconds), ..Error::new(Kind::TooMany) }
    };
    for tries in ctx.app.offers::<Tries>() {
        let people = tries.people.get_or_init(|| Throttle::new(rules.comments.per_person, TEN_MINUTES));
        let addresses =
            tries.addresses.get_or_init(|| Throttle::new(rules.comments.per_address, TEN_MINUTES));
        people.check(&ctx.account()?, ctx.now).map_err(wait)?;
        if let Some(ip) = ctx.ip {
            addresses.check(&ip, ctx.now).map_err(wait)?;
        }
    }
    Ok(())
}

pub(super) async fn send(ctx: Ctx, Path(slug): Path<String>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = write(&ctx, &tx, &slug, sent.text("binh-luan")).await;
    let done = done.map(|one| (format!("{}#binh-luan", one.path()), Note::new("news-comment-taken")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooMany) => {
            let status = error.kind.status();
            let page = super::article::page(&ctx, &slug, Some((&error, sent.text("binh-luan")))).await?;
            Ok((status, page).into_response())
        }
        Err(error) => Err(error),
    }
}

/// A reader finds a comment wrong.
pub(super) async fn report(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = async {
        let comment = store::comment_find(&ctx, &tx, id).await?;
        if comment.state != CommentState::Shown {
            return Err(Error::not_found());
        }
        let one = store::find(&ctx, &tx, comment.article_id).await?;
        store::comment_report(&ctx, &tx, id, ctx.account()?).await?;
        Ok((format!("{}#binh-luan", one.path()), Note::new("news-comment-reported")))
    };
    let done = done.await;
    settle(&ctx, key, tx, done).await?
}

struct Line {
    id: Uuid,
    title: String,
    url: String,
    name: String,
    body: String,
    at: String,
    reports: i64,
    shown: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "news-comments.html")]
struct CommentsPage {
    shell: Shell,
    lines: Vec<Line>,
    tabs: Vec<(String, String)>,
    here: String,
}

/// What waits for an editor; with `xem=bao` what readers reported.
pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let reported = query.get("xem").is_some_and(|which| which == "bao");
    let state = if reported { CommentState::Shown } else { CommentState::Held };
    let t = ctx.t();
    let mut lines = Vec::new();
    for one in store::comments_waiting(&ctx, state, reported, SHOWN).await? {
        let article = store::find(&ctx, &ctx.app.db, one.article_id).await?;
        lines.push(Line {
            id: one.id,
            title: article.title(ctx.lang),
            url: article.path(),
            name: one.name,
            body: one.body,
            at: t.moment(one.at),
            reports: one.reports,
            shown: one.state == CommentState::Shown,
            key: ctx.new_id().to_string(),
        });
    }
    let path = format!("{WORK}/binh-luan");
    let reports = format!("{path}?xem=bao");
    let page = CommentsPage {
        shell: Shell::of(&ctx, "news-comments")
            .await?
            .crumb(t.t("news-menu"), WORK)
            .crumb(t.t("news-comments"), ""),
        lines,
        here: if reported { reports.clone() } else { path.clone() },
        tabs: vec![(path, t.t("news-comments-held")), (reports, t.t("news-comments-reported"))],
    };
    Ok(html(ui::render(&page)?))
}

/// An editor shows a comment to everybody, or refuses it.
pub(super) async fn decide(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let state = match sent.text("lam") {
        "hien" => CommentState::Shown,
        "tu-choi" => CommentState::Refused,
        _ => return Err(Error::invalid("error-choose")),
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = async {
        store::comment_find(&ctx, &tx, id).await?;
        store::comment_decide(&ctx, &tx, id, state).await?;
        let detail = json!({ "state": state.code() });
        audit::record(&ctx, &tx, Entry { action: "news.moderate", kind: "news-comment", id, detail }).await?;
        Ok((format!("{WORK}/binh-luan"), Note::new(state.text_key())))
    };
    let done = done.await;
    settle(&ctx, key, tx, done).await?
}

/// Where a reader signs in to write, and comes back.
pub(super) fn sign_in(one: &Article) -> String {
    format!("/dang-nhap?tiep={PATH}/{}%23binh-luan", one.slug)
}
