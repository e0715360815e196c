//! The screen in the waiting room: who is called where, and who is next. Numbers only.

use super::line::ordered;
use super::model::{State, Ticket};
use super::rules::today;
use super::{Settings, wants_piece};
use askama::Template;
use axum::response::Response;
use chrono::Duration;
use platform::http::html;
use platform::{Ctx, Result};
use ui::{Html, Shell};

const CALLED: usize = 5;
const NEXT: usize = 8;
/// So long a number that was just called stands out.
const FRESH: Duration = Duration::seconds(20);

struct Called {
    label: String,
    counter: String,
    fresh: bool,
}

#[derive(Template)]
#[template(path = "queue-screen.html")]
struct ScreenPage {
    shell: Shell,
    piece: Html,
}

#[derive(Template)]
#[template(path = "queue-screen-piece.html")]
struct ScreenPiece {
    shell: Shell,
    hour: String,
    called: Vec<Called>,
    next: Vec<String>,
    rest: usize,
}

pub(super) async fn show(ctx: Ctx) -> Result<Response> {
    let settings = Settings::load(&ctx)?;
    let day = today(&ctx).await?;
    let shell = Shell::of(&ctx, "onestop-number-screen").await?;
    let piece = Html(ui::render(&piece(&ctx, shell.clone(), &settings, &day))?);
    if wants_piece(&ctx) {
        return Ok(html(piece.0));
    }
    Ok(html(ui::render(&ScreenPage { shell, piece })?))
}

fn piece(ctx: &Ctx, shell: Shell, settings: &Settings, day: &[Ticket]) -> ScreenPiece {
    let mut called: Vec<&Ticket> = day.iter().filter(|one| one.state == State::Called).collect();
    called.sort_by_key(|one| std::cmp::Reverse(one.last_called_at));
    let called = called.into_iter().take(CALLED).map(|one| Called {
        label: one.label.clone(),
        counter: settings.counter_name(&one.counter),
        fresh: one.last_called_at.is_some_and(|at| ctx.now - at < FRESH),
    });
    let order = ordered(day, |_| true, ctx.now, settings.priority_run());
    ScreenPiece {
        hour: super::follow::hour(ctx.now),
        called: called.collect(),
        next: order.iter().take(NEXT).map(|one| one.label.clone()).collect(),
        rest: order.len().saturating_sub(NEXT),
        shell,
    }
}
