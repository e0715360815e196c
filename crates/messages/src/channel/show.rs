//! What became of a message, person by person and channel by channel; and the message as its recipients read it.

use super::model::{Bulletin, Channel, Copy, Problem, State};
use super::{PATH, rules, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Message, Result, Uuid};
use std::collections::HashMap;
use ui::{Html, Shell};

struct Way {
    name: String,
    badge: Html,
    at: String,
    problem: String,
}

struct Person {
    name: String,
    ways: Vec<Way>,
}

impl Person {
    fn ways(&self) -> &[Way] {
        &self.ways
    }
}

#[derive(Template)]
#[template(path = "bulletin-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    body: String,
    facts: Vec<(String, String)>,
    people: Vec<Person>,
    summary: Vec<Html>,
    /// Something failed, or could not be reached.
    may_again: bool,
    key: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let copies = store::copies(&ctx, &[id]).await?;
    let t = ctx.t();
    let shell = Shell::of(&ctx, &one.title).await?;
    let shell = shell.crumb(t.t("channel-bulletins"), PATH).crumb(&one.title, "");
    let mut ids: Vec<Uuid> = copies.iter().map(|copy| copy.account_id).collect();
    ids.extend(one.sent_by);
    ids.sort_unstable();
    ids.dedup();
    let names = if ids.is_empty() { HashMap::new() } else { identity::account_names(&ctx, &ids).await? };
    let by = one.sent_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let stuck = |copy: &Copy| matches!(copy.state, State::Failed | State::None);
    let page = ShowPage {
        path: one.path(),
        body: one.body.clone(),
        facts: vec![(t.t("channel-sent-by"), by), (t.t("channel-sent-at"), t.moment(one.sent_at))],
        summary: summary(&ctx, &copies),
        may_again: ctx.may("bulletin.send") && copies.iter().any(stuck),
        people: people(&ctx, &copies, &names),
        key: ctx.new_id().to_string(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// Whoever has not read it stands first.
fn people(ctx: &Ctx, copies: &[Copy], names: &HashMap<Uuid, String>) -> Vec<Person> {
    let mut order: Vec<Uuid> = Vec::new();
    for copy in copies {
        if !order.contains(&copy.account_id) {
            order.push(copy.account_id);
        }
    }
    let of = |id: Uuid| copies.iter().filter(move |copy| copy.account_id == id);
    order.sort_by_key(|id| {
        let failed = of(*id).any(|copy| copy.state == State::Failed);
        let read = of(*id).any(|copy| copy.read_at.is_some());
        let name = names.get(id).map(|name| vntext::name_sort_key(name)).unwrap_or_default();
        (!failed, read, name)
    });
    let person = |id: &Uuid| {
        let mut mine: Vec<&Copy> = of(*id).collect();
        mine.sort_by_key(|copy| copy.channel);
        let page = ctx.t().t("channel-page-copy");
        Person {
            name: names.get(id).cloned().unwrap_or(page),
            ways: mine.into_iter().map(|copy| way(ctx, copy)).collect(),
        }
    };
    order.iter().map(person).collect()
}

fn way(ctx: &Ctx, copy: &Copy) -> Way {
    let t = ctx.t();
    let name = t.t(copy.channel.text_key());
    let at = copy.read_at.or(copy.delivered_at).or(copy.sent_at);
    let waits = copy.state == State::Waiting && !copy.problem.is_empty();
    let mut problem = if copy.problem.is_empty() { String::new() } else { Problem::words(t, &copy.problem) };
    if waits && copy.next_at > ctx.now {
        problem = format!("{problem} {}", t.s("channel-next-at", "at", &t.moment(copy.next_at)));
    }
    Way {
        badge: copy.state.status().badge(&format!("{name}: {}", t.t(copy.state.text_key()))),
        at: at.map(|at| t.moment(at)).unwrap_or_default(),
        problem: problem.trim().to_owned(),
        name,
    }
}

/// How many are how far in each channel.
fn summary(ctx: &Ctx, copies: &[Copy]) -> Vec<Html> {
    let t = ctx.t();
    let mut counts: Vec<((Channel, State), usize)> = Vec::new();
    for key in copies.iter().map(|copy| (copy.channel, copy.state)) {
        match counts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => *count += 1,
            None => counts.push((key, 1)),
        }
    }
    counts.sort_by_key(|(key, _)| *key);
    let badge = |((channel, state), count): ((Channel, State), usize)| {
        let words = format!("{}: {} {count}", t.t(channel.text_key()), t.t(state.text_key()).to_lowercase());
        state.status().badge(&words)
    };
    counts.into_iter().map(badge).collect()
}

pub(super) async fn again(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::again(&ctx, &tx, id).await;
    let done = done.map(|count| {
        (format!("{PATH}/{id}"), Note::new(Message::new("channel-sent-again").with("count", count)))
    });
    settle(&ctx, key, tx, done).await?
}

#[derive(Template)]
#[template(path = "bulletin-read.html")]
struct ReadPage {
    shell: Shell,
    body: String,
    about: String,
    link: String,
}

/// The message as a recipient reads it: now it is read. Nobody else finds it.
pub(super) async fn read(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let copy = store::own(&ctx, &ctx.app.db, id, ctx.account()?).await?.ok_or_else(Error::not_found)?;
    let one: Bulletin = store::find(&ctx, &ctx.app.db, id).await?;
    if copy.read_at.is_none() {
        let tx = ctx.begin().await?;
        rules::read(&ctx, &tx, id).await?;
        tx.commit().await?;
    }
    let t = ctx.t();
    let by: Vec<Uuid> = one.sent_by.into_iter().collect();
    let names = if by.is_empty() { HashMap::new() } else { identity::account_names(&ctx, &by).await? };
    let by = names.into_values().next().unwrap_or_default();
    let shell = Shell::of(&ctx, &one.title).await?;
    let shell = shell.crumb(t.t("messages-title"), "/lam-viec/hop-thu").crumb(&one.title, "");
    let about = [t.moment(one.sent_at), by].into_iter().filter(|part| !part.is_empty());
    let page =
        ReadPage { body: one.body, about: about.collect::<Vec<_>>().join(" · "), link: one.link, shell };
    Ok(html(ui::render(&page)?))
}

/// A phone has shown the notice. Its number is known to that phone only; a wrong one changes nothing.
pub(super) async fn arrived(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let tx = ctx.begin().await?;
    store::write_arrived(&ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
