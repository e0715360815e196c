//! The big screen in the hall: what is discussed, who speaks, how many have voted, and the result once a vote is closed.

use super::edit::hour;
use super::live::{self, Live};
use super::model::{Meeting, State};
use super::store;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result, Uuid};
use ui::{Html, Shell};

/// Names of the speaking list that the screen has room for.
const NEXT: usize = 8;

/// The vote that was closed last; its letters and bars grow with the screen.
struct Closed {
    question: String,
    note: String,
    lines: Vec<live::Line>,
    present: i64,
}

#[derive(Template)]
#[template(path = "meeting-screen.html")]
struct ScreenPage {
    shell: Shell,
    piece: Html,
}

#[derive(Template)]
#[template(path = "meeting-screen-piece.html")]
struct ScreenPiece {
    shell: Shell,
    path: String,
    title: String,
    hour: String,
    /// Before it is opened, and when it is over.
    words: String,
    live: Live,
    turnout: String,
    kind: String,
    rest: usize,
    result: Option<Closed>,
    /// For checking in, on the screen of who runs the meeting.
    qr: Option<Html>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let shell = Shell::of(&ctx, &one.title).await?;
    let piece = Html(ui::render(&piece(&ctx, &one, shell.clone()).await?)?);
    if ctx.headers.contains_key("hx-request") {
        return Ok(html(piece.0));
    }
    Ok(html(ui::render(&ScreenPage { shell, piece })?))
}

async fn piece(ctx: &Ctx, one: &Meeting, shell: Shell) -> Result<ScreenPiece> {
    let t = ctx.t();
    let mut live = Live::load(ctx, one).await?;
    let rest = live.waiting.len().saturating_sub(NEXT);
    live.waiting.truncate(NEXT);
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let turnout = live.vote.as_ref().map(|vote| live::turnout(ctx, count(vote.voted), count(vote.present)));
    let secret = live.vote.as_ref().is_some_and(|vote| vote.secret);
    let votes = store::votes(ctx, &ctx.app.db, one.id).await?;
    let result = match live::last_closed(votes).filter(|_| live.vote.is_none()) {
        Some(vote) => Some(Closed {
            note: live::note(ctx, &vote),
            lines: live::lines(ctx, &vote).await?,
            present: vote.present.max(1),
            question: vote.question,
        }),
        None => None,
    };
    let words = match one.state {
        State::Draft | State::Invited => t.s("office-meeting-screen-before", "time", &hour(one.starts_at)),
        State::Closed => t.t("office-meeting-screen-over"),
        State::Cancelled => t.t("office-meeting-state-cancelled"),
        State::Open => String::new(),
    };
    Ok(ScreenPiece {
        path: format!("{}/man-hinh", one.path()),
        title: one.title.clone(),
        hour: hour(ctx.now),
        words,
        turnout: turnout.unwrap_or_default(),
        kind: t.t(if secret { "office-meeting-secret" } else { "office-meeting-public" }),
        rest,
        result,
        qr: if one.runs(ctx.account()?) { super::attend::qr(ctx, one)? } else { None },
        live,
        shell,
    })
}
