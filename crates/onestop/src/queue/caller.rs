//! The officer's page: sit down at a counter, call, serve. The usual work is one key.

use super::follow::hour;
use super::line::{figures, ordered};
use super::model::{Act, State, Ticket};
use super::rules::{self, current};
use super::{Settings, store, wants_piece};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Message, Result, Uuid};
use ui::{FieldErrors, Html, Shell};

const SHOWN: usize = 10;

/// The number at the counter.
struct Current {
    id: String,
    label: String,
    group: String,
    waited: String,
    first: String,
    calls: i64,
    /// It was called often enough to be set aside.
    may_skip: bool,
    revision: i64,
}

struct Line {
    label: String,
    group: String,
    first: String,
    since: String,
}

struct Aside {
    id: String,
    label: String,
    group: String,
    revision: i64,
    key: String,
}

#[derive(Template)]
#[template(path = "queue-caller.html")]
struct CallerPage {
    shell: Shell,
    /// `""` while the reader sits nowhere.
    counter: String,
    counter_key: String,
    counters: Vec<(String, String)>,
    groups: Vec<(String, String)>,
    current: Option<Current>,
    holding: String,
    keys: Vec<String>,
    absent: Vec<Aside>,
    piece: Html,
    needed: i64,
    errors: FieldErrors,
    wrong: String,
}

/// The figures of the day and who is next, asked for anew every few seconds.
#[derive(Template)]
#[template(path = "queue-caller-piece.html")]
struct CallerPiece {
    shell: Shell,
    waiting: usize,
    served: usize,
    wait: String,
    lines: Vec<Line>,
    rest: usize,
}

pub(super) async fn show(ctx: Ctx) -> Result<Response> {
    let page = page(&ctx).await?;
    if wants_piece(&ctx) {
        return Ok(html(page.piece.0));
    }
    Ok(html(ui::render(&page)?))
}

async fn page(ctx: &Ctx) -> Result<CallerPage> {
    let t = ctx.t();
    let settings = Settings::load(ctx)?;
    let day = store::day(ctx, &ctx.app.db, ctx.today()).await?;
    let posts = store::posts(ctx, &ctx.app.db).await?;
    let account = ctx.account()?;
    let own = posts.iter().find(|post| post.account_id == account).map_or("", |post| &post.counter);
    let shell = Shell::of(ctx, "onestop-number-menu-call").await?;
    let counters = settings.counters().iter().map(|counter| {
        let name = counter.name.of(ctx.lang);
        let taken = posts.iter().any(|post| post.counter == counter.key && post.account_id != account);
        let words = if taken { t.s("onestop-number-counter-open", "name", name) } else { name.to_owned() };
        (counter.key.clone(), words)
    });
    let standing = current(&day, own).filter(|_| !own.is_empty());
    let groups = settings.groups().iter().map(|group| (group.key.clone(), settings.group_name(&group.key)));
    let absent = day.iter().filter(|one| one.state == State::Absent && one.put_back == 0);
    let absent = absent.map(|one| Aside {
        id: one.id.to_string(),
        label: one.label.clone(),
        group: settings.group_name(&one.group_key),
        revision: one.revision,
        key: ctx.new_id().to_string(),
    });
    Ok(CallerPage {
        counters: counters.collect(),
        groups: groups.filter(|(key, _)| standing.is_none_or(|one| one.group_key != *key)).collect(),
        holding: standing.map(|one| one.id.to_string()).unwrap_or_default(),
        current: standing.map(|one| drawn(ctx, &settings, one)),
        keys: (0..7).map(|_| ctx.new_id().to_string()).collect(),
        absent: absent.collect(),
        piece: Html(ui::render(&piece(ctx, shell.clone(), &settings, &day, own))?),
        counter: if own.is_empty() { String::new() } else { settings.counter_name(own) },
        counter_key: own.to_owned(),
        needed: settings.calls(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

/// Why it comes first, in a word.
fn first_word(ctx: &Ctx, one: &Ticket) -> String {
    match one.due_at {
        Some(due) => ctx.t().s("onestop-number-appointment", "time", &hour(due)),
        None if one.priority.is_empty() => String::new(),
        None => ctx.t().t("onestop-number-priority"),
    }
}

fn drawn(ctx: &Ctx, settings: &Settings, one: &Ticket) -> Current {
    Current {
        id: one.id.to_string(),
        label: one.label.clone(),
        group: settings.group_name(&one.group_key),
        waited: ctx.t().n("onestop-minutes", "count", one.waited().unwrap_or(0)),
        first: first_word(ctx, one),
        calls: one.calls,
        may_skip: one.calls >= settings.calls(),
        revision: one.revision,
    }
}

fn piece(ctx: &Ctx, shell: Shell, settings: &Settings, day: &[Ticket], counter: &str) -> CallerPiece {
    let mine = settings.counter(counter);
    let in_line = |one: &Ticket| mine.is_none_or(|mine| mine.groups.contains(&one.group_key));
    let order = ordered(day, in_line, ctx.now, settings.priority_run());
    let line = |one: &&Ticket| Line {
        label: one.label.clone(),
        group: settings.group_name(&one.group_key),
        first: first_word(ctx, one),
        since: ctx.t().n("onestop-minutes", "count", (ctx.now - one.drawn_at).num_minutes()),
    };
    let figures = figures(day);
    CallerPiece {
        waiting: figures.waiting,
        served: figures.served,
        wait: figures.wait.map_or_else(|| "–".to_owned(), |wait| ctx.t().number(wait)),
        lines: order.iter().take(SHOWN).map(line).collect(),
        rest: order.len().saturating_sub(SHOWN),
        shell,
    }
}

pub(super) async fn sit(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::sit(&ctx, &tx, sent.text("quay")).await;
    let key_of = if sent.text("quay").is_empty() { "onestop-number-left" } else { "onestop-number-sat" };
    let done = done.map(|()| ("/lam-viec/goi-so".to_owned(), Note::new(key_of)));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, error).await,
    }
}

pub(super) async fn next(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.id("dang-goi") {
        Ok(holding) => rules::call_next(&ctx, &tx, holding).await,
        Err(error) => Err(error),
    };
    let done = done.map(|called| ("/lam-viec/goi-so".to_owned(), note(called.as_ref())));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, error).await,
    }
}

fn note(called: Option<&Ticket>) -> Note {
    match called {
        Some(one) => Note::new(Message::new("onestop-number-called").with("number", one.label.as_str())),
        None => Note::new("onestop-number-nobody"),
    }
}

pub(super) async fn act(ctx: Ctx, Path((id, act)): Path<(Uuid, String)>, sent: Form) -> Result<Response> {
    let what = Act::parse(&act).ok_or_else(Error::not_found)?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.revision() {
        Ok(revision) => rules::act(&ctx, &tx, (id, revision), what, sent.text("nhom")).await,
        Err(error) => Err(error),
    };
    let done = done.map(|one| {
        let note = Message::new(done_key(what)).with("number", one.label.as_str());
        ("/lam-viec/goi-so".to_owned(), Note::new(note))
    });
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, error).await,
    }
}

fn done_key(what: Act) -> &'static str {
    match what {
        Act::Again => "onestop-number-called",
        Act::Serve => "onestop-number-done",
        Act::Absent => "onestop-number-aside",
        Act::Move => "onestop-number-moved",
        Act::Back => "onestop-number-back",
    }
}

/// The page as it stands now, with what went wrong above it.
async fn again(ctx: &Ctx, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let mut page = page(ctx).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
