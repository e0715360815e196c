//! The desk: what waits for me today, what is late first.

use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::{NavItem, Shell, Status, Waiting, Waits};

#[derive(Template)]
#[template(path = "desk.html")]
struct Desk {
    shell: Shell,
    greeting: String,
    waiting: Vec<Waiting>,
    areas: Vec<NavItem>,
}

pub async fn show(ctx: Ctx) -> Result<Response> {
    let shell = Shell::of(&ctx, "portal-desk-title").await?;
    let mut waiting = Vec::new();
    for Waits(tell) in ctx.app.offers::<Waits>() {
        waiting.extend(tell(&ctx).await?);
    }
    waiting.sort_by_key(|one| urgency(one.status));
    let name = ctx.actor.as_ref().map_or("", |actor| actor.name.as_str());
    let greeting = ctx
        .t()
        .a("portal-desk-greeting", &[("name", name.into()), ("day", ctx.t().date(ctx.today()).into())]);
    let areas = shell.nav.iter().filter(|item| item.url != "/lam-viec").cloned().collect();
    Ok(html(ui::render(&Desk { shell, greeting, waiting, areas })?))
}

fn urgency(status: Status) -> u8 {
    match status {
        Status::Late => 0,
        Status::Soon => 1,
        Status::Waiting => 2,
        Status::Active => 3,
        _ => 4,
    }
}

/// The key of a status in words.
pub fn status_key(status: &Status) -> &'static str {
    match status {
        Status::Info => "portal-desk-info",
        Status::Waiting => "portal-desk-waiting",
        Status::Active => "portal-desk-active",
        Status::Done => "portal-desk-done",
        Status::Soon => "portal-desk-soon",
        Status::Late => "portal-desk-late",
        Status::Off => "portal-desk-off",
        Status::Honour => "portal-desk-honour",
    }
}
