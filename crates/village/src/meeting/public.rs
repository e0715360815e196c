//! Meetings as everybody reads them: when and about what, how many households came, what was decided.

use super::model::{Meeting, State};
use super::{Counted, counted, pages, store};
use crate::place;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Error, Result, Uuid};
use ui::{Html, Shell};
use units::Unit;

const SHOWN: i64 = 50;

/// A meeting in a list for everybody.
pub(crate) struct Open {
    pub url: String,
    pub title: String,
    pub when: String,
    pub badge: Html,
}

/// The newest, without those that were cancelled.
pub(crate) async fn newest(ctx: &Ctx, village: &Unit, limit: i64) -> Result<Vec<Open>> {
    let open = |one: &Meeting| Open {
        url: format!("/thon/{}/hop/{}", village.slug, one.id),
        title: one.title.clone(),
        when: pages::when(ctx, one),
        badge: pages::badge(ctx, one),
    };
    let all = store::list(ctx, village.id, limit).await?;
    Ok(all.iter().filter(|one| one.state != State::Cancelled).map(open).collect())
}

#[derive(Template)]
#[template(path = "public-meetings.html")]
struct ListPage {
    shell: Shell,
    village: String,
    meetings: Vec<Open>,
}

pub(super) async fn list(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let village = place::by_slug(&ctx, &slug).await?;
    let shell = crate::public::frame(&ctx, &village, "village-meetings").await?;
    let meetings = newest(&ctx, &village, SHOWN).await?;
    Ok(html(ui::render(&ListPage { village: village.name, meetings, shell })?))
}

#[derive(Template)]
#[template(path = "public-meeting.html")]
struct ShowPage {
    shell: Shell,
    village: String,
    title: String,
    when: String,
    badge: Html,
    agenda: String,
    present: String,
    decisions: String,
    votes: Vec<Counted>,
}

pub(super) async fn show(ctx: Ctx, Path((slug, id)): Path<(String, Uuid)>) -> Result<Response> {
    let village = place::by_slug(&ctx, &slug).await?;
    let one = store::find(&ctx, &ctx.app.db, village.id, id).await?;
    if one.state == State::Cancelled {
        return Err(Error::not_found());
    }
    let t = ctx.t();
    // What is counted while the meeting goes on may still be mended.
    let votes = match one.state {
        State::Held => store::votes(&ctx, &ctx.app.db, one.id).await?,
        _ => Vec::new(),
    };
    let numbers = [("done", t.number(one.present).into()), ("total", t.number(one.homes).into())];
    Ok(html(ui::render(&ShowPage {
        shell: crate::public::frame(&ctx, &village, &one.title).await?,
        when: pages::when(&ctx, &one),
        badge: pages::badge(&ctx, &one),
        present: if one.state == State::Held { t.a("village-present-of", &numbers) } else { String::new() },
        votes: counted(&ctx, &one, &votes, "")?,
        village: village.name,
        title: one.title,
        agenda: one.agenda,
        decisions: one.decisions,
    })?))
}
