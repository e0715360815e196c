//! The work side: everything that is asked, the frame of one page, and the buttons that all kinds have.

use super::model::{Kind, Matter, Standing, State, WORK};
use super::rules;
use super::store::{self, Filter};
use crate::law::Asking;
use crate::{draft, poll, works};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::Duration;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::back::Back;
use ui::{FieldErrors, Html, Shell, Status, Waiting, Waits};

const SHOWN: i64 = 200;

pub(super) async fn shell(ctx: &Ctx, title: &str) -> Result<Shell> {
    let shell = Shell::of(ctx, title).await?.crumb(ctx.t().t("ask-menu"), WORK);
    let last = shell.title.clone();
    Ok(shell.crumb(last, ""))
}

/// True when the reader's places for an action hold all that it asks.
fn within(ctx: &Ctx, action: &'static str, villages: &[Uuid]) -> bool {
    let scope = ctx.scope_of(action);
    scope.whole()
        || (!villages.is_empty() && villages.iter().all(|village| scope.covers("village", *village)))
}

/// A matter of the reader's own desk.
///
/// # Errors
/// Not found, also where it is no business of the reader.
pub(crate) async fn kept(ctx: &Ctx, id: Uuid) -> Result<Matter> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let villages = store::villages_of(ctx, &ctx.app.db, id).await?;
    if within(ctx, ctx.action, &villages) { Ok(one) } else { Err(Error::not_found()) }
}

struct Line {
    url: String,
    title: String,
    about: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "ask-desk.html")]
struct DeskPage {
    shell: Shell,
    keeps: bool,
    /// Consultations are the commune's alone.
    whole: bool,
    tabs: Vec<(String, String)>,
    here: String,
    lines: Vec<Line>,
    held: String,
}

pub(super) async fn list(ctx: Ctx, Query(asked): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let chosen = asked.get("loai").map(String::as_str).unwrap_or_default();
    let filter = Filter { kind: Kind::parse(chosen), all: true, ..Filter::default() };
    let found = store::list(&ctx, &ctx.scope, &filter, SHOWN).await?;
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let places = Places::load(&ctx, &ids).await?;
    let line = |one: &Matter| Line {
        url: one.work_path(),
        about: format!("{} · {} · {}", t.t(one.kind.text_key()), places.words(&ctx, one.id), one.days(t)),
        badge: one.badge(t, ctx.today()),
        title: one.title.clone(),
    };
    let tab = |kind: &Kind| (format!("{WORK}?loai={}", kind.code()), t.t(kind.text_key()));
    let mut tabs = vec![(WORK.to_owned(), t.t("ask-all"))];
    tabs.extend(Kind::ALL.iter().map(tab));
    let held = draft::held(&ctx, None).await?;
    Ok(html(ui::render(&DeskPage {
        keeps: ctx.may("ask.keep"),
        whole: ctx.scope_of("ask.keep").whole(),
        here: filter.kind.map_or(WORK.to_owned(), |kind| format!("{WORK}?loai={}", kind.code())),
        held: if held == 0 { String::new() } else { t.n("ask-held-count", "count", held) },
        lines: found.iter().map(line).collect(),
        shell: Shell::of(&ctx, "ask-menu").await?,
        tabs,
    })?))
}

/// The names of the villages that are asked.
pub(super) struct Places {
    of: HashMap<Uuid, Vec<Uuid>>,
    names: HashMap<Uuid, String>,
}

impl Places {
    pub async fn load(ctx: &Ctx, ids: &[Uuid]) -> Result<Places> {
        let of = store::villages(ctx, &ctx.app.db, ids).await?;
        let mut all: Vec<Uuid> = of.values().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let names = units::get_many(ctx, &all).await?.into_iter().map(|unit| (unit.id, unit.name)).collect();
        Ok(Places { of, names })
    }

    pub fn words(&self, ctx: &Ctx, id: Uuid) -> String {
        let Some(villages) = self.of.get(&id) else { return ctx.t().t("ask-whole-commune") };
        let mut names: Vec<&str> =
            villages.iter().filter_map(|village| self.names.get(village)).map(String::as_str).collect();
        names.sort_by_key(|name| vntext::sort_key(name));
        names.join(", ")
    }
}

/// What stands above and below every page of the work side.
pub(crate) struct Frame {
    pub path: String,
    /// The public page, also as a preview.
    pub public: String,
    pub badge: Html,
    pub facts: Vec<(String, String)>,
    pub about: String,
    pub why: String,
    pub keeps: bool,
    pub ahead: bool,
    pub preparing: bool,
    pub may_cancel: bool,
    pub revision: i64,
    /// Keys of the forms on the page.
    pub keys: Vec<String>,
    pub errors: FieldErrors,
    pub wrong: String,
}

impl Frame {
    pub fn key(&self, n: usize) -> &str {
        self.keys.get(n).map_or("", String::as_str)
    }
}

pub(crate) async fn frame(ctx: &Ctx, one: &Matter, back: &Back) -> Result<(Shell, Frame)> {
    let t = ctx.t();
    let places = Places::load(ctx, &[one.id]).await?;
    let villages = store::villages_of(ctx, &ctx.app.db, one.id).await?;
    let standing = one.standing(ctx.today());
    let mut facts = vec![
        (t.t("ask-kind"), t.t(one.kind.text_key())),
        (t.t("ask-place"), places.words(ctx, one.id)),
        (t.t("ask-days"), one.days(t)),
    ];
    if one.kind == Kind::Poll {
        facts.push((t.t("ask-who"), t.t(one.who.text_key())));
        facts.push((t.t("ask-shown"), t.t(one.shown.text_key())));
    }
    if one.kind == Kind::Works {
        facts.push((t.t("ask-budget"), format!("{} đ", t.number(one.budget))));
        facts.push((t.t("ask-picks"), t.number(one.picks)));
    }
    let keeps = within(ctx, "ask.keep", &villages);
    let frame = Frame {
        path: one.work_path(),
        public: one.path(),
        badge: one.badge(t, ctx.today()),
        facts,
        about: one.about.clone(),
        why: one.why.clone(),
        keeps,
        ahead: keeps && standing.ahead(),
        preparing: keeps && standing == Standing::Preparing,
        may_cancel: keeps
            && one.state != State::Cancelled
            && !(one.kind == Kind::Works && one.state == State::Done),
        revision: one.revision,
        keys: (0..5).map(|_| ctx.new_id().to_string()).collect(),
        errors: back.errors.clone(),
        wrong: back.wrong.clone(),
    };
    Ok((shell(ctx, &one.title).await?, frame))
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    Ok(html(page(&ctx, &one, Back::default()).await?))
}

async fn page(ctx: &Ctx, one: &Matter, back: Back) -> Result<String> {
    match one.kind {
        Kind::Poll => poll::desk_page(ctx, one, back).await,
        Kind::Draft => draft::desk_page(ctx, one, back).await,
        Kind::Works => works::desk_page(ctx, one, back).await,
    }
}

/// A form of the page of one matter: it leads back there, or is drawn again with what was wrong.
pub(crate) async fn press<R>(ctx: &Ctx, one: &Matter, sent: &Form, rule: R) -> Result<Response>
where
    R: AsyncFnOnce(&Tx) -> Result<(String, Note)>,
{
    let draw = async |back: Back| {
        let now = store::find(ctx, &ctx.app.db, one.id).await?;
        page(ctx, &now, back).await
    };
    let (key, tx) = match start(ctx, sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await;
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => ui::back::again(ctx, sent, error, draw).await,
    }
}

pub(super) async fn publish(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let out = rules::publish(&ctx, tx, one.clone(), sent.revision()?).await?;
        Ok((out.work_path(), Note::new("ask-published")))
    };
    press(&ctx, &one, &sent, rule).await
}

pub(super) async fn cancel(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let off = rules::cancel(&ctx, tx, one.clone(), sent.revision()?, sent.text("ly-do")).await?;
        Ok((off.work_path(), Note::new("ask-cancelled")))
    };
    press(&ctx, &one, &sent, rule).await
}

/// What of this waits on the desk: comments to read, what ends soon, what is over and not counted or answered.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let scope = ctx.scope_of("ask.keep");
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let (t, today) = (ctx.t(), ctx.today());
    let soon = today + Duration::days(Asking::now(ctx)?.remind_days);
    let mut all = Vec::new();
    let held = if scope.whole() { draft::held(ctx, None).await? } else { 0 };
    if held > 0 {
        let label = t.n("ask-held-count", "count", held);
        all.push(Waiting { label, url: format!("{WORK}?loai=draft"), status: Status::Waiting });
    }
    for one in store::list(ctx, &scope, &Filter::default(), SHOWN).await? {
        let (key, status) = match one.standing(today) {
            Standing::Open if one.until_on <= soon => ("ask-waits-soon", Status::Soon),
            Standing::Over => ("ask-waits-over", Status::Late),
            _ => continue,
        };
        let said = [("name", one.title.as_str().into()), ("day", t.date(one.until_on).into())];
        all.push(Waiting { label: t.a(key, &said), url: one.work_path(), status });
    }
    Ok(all)
}
