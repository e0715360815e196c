//! A number on the telephone of whoever drew it: how many are called before. No name stands anywhere.

use super::line::ahead;
use super::model::{State, Ticket};
use super::rules::today;
use super::{Settings, store, wants_piece};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use chrono::{DateTime, Utc};
use platform::http::html;
use platform::{Ctx, Result, Uuid, clock};
use ui::{Html, Shell};

#[derive(Template)]
#[template(path = "queue-follow.html")]
struct FollowPage {
    shell: Shell,
    piece: Html,
}

#[derive(Template)]
#[template(path = "queue-follow-piece.html")]
struct FollowPiece {
    path: String,
    label: String,
    group: String,
    /// "Còn 3 người trước", "Mời đến Quầy 1".
    words: String,
    hour: String,
    called: bool,
    /// Asked for anew while something may happen.
    live: bool,
    refresh: String,
}

/// 08:30
pub(super) fn hour(at: DateTime<Utc>) -> String {
    at.with_timezone(&clock::vietnam()).format("%H:%M").to_string()
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let settings = Settings::load(&ctx)?;
    let day = today(&ctx).await?;
    let one = match day.iter().find(|one| one.id == id) {
        Some(one) => one.clone(),
        None => store::find(&ctx, &ctx.app.db, id).await?,
    };
    let piece = Html(ui::render(&piece(&ctx, &settings, &day, &one))?);
    if wants_piece(&ctx) {
        return Ok(html(piece.0));
    }
    let title = ctx.t().s("onestop-number-number", "number", &one.label);
    let shell = Shell::public(&ctx, &title).await?;
    Ok(html(ui::render(&FollowPage { shell, piece })?))
}

fn piece(ctx: &Ctx, settings: &Settings, day: &[Ticket], one: &Ticket) -> FollowPiece {
    let t = ctx.t();
    let old = one.day != ctx.today();
    let words = match one.state {
        _ if old => t.s("onestop-number-old", "day", &t.date(one.day)),
        State::Waiting => {
            t.n("onestop-number-ahead", "count", ahead(day, one, ctx.now, settings.priority_run()))
        }
        State::Called => t.s("onestop-number-come", "name", &settings.counter_name(&one.counter)),
        State::Served => t.t("onestop-number-served-you"),
        State::Absent => t.t("onestop-number-absent-you"),
    };
    FollowPiece {
        path: one.path(),
        label: one.label.clone(),
        group: settings.group_name(&one.group_key),
        words,
        hour: one.due_at.map(hour).unwrap_or_default(),
        called: one.state == State::Called && !old,
        live: !old && one.state != State::Served,
        refresh: t.t("ui-refresh"),
    }
}
