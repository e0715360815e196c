//! One report for the officer.

use super::PATH;
use crate::handle;
use crate::kinds::{Answers, Kinds};
use crate::model::{Kept, Part, Report, last_day};
use crate::resident::allowed_file;
use crate::send;
use crate::store;
use crate::story::{self, Reader, Shown, Told};
use crate::voice;
use askama::Template;
use audit::Entry;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, html};
use platform::{Ctx, Error, Kind, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};
use units::drawing::{Drawing, Pin};
use units::place::Ground;

#[derive(Template)]
#[template(path = "work-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    code: String,
    badge: Html,
    body: String,
    facts: Vec<(String, String)>,
    closed: bool,
    shown: bool,
    public_path: String,
    /// The masked contact, or "".
    contact: String,
    /// Until when it is kept.
    kept: String,
    pictures: Vec<Shown>,
    sounds: Vec<Shown>,
    map: Option<Drawing>,
    near: Vec<(String, String)>,
    told: Vec<Told>,
    talks: Vec<voice::Card>,
    may: bool,
    open: bool,
    fresh: bool,
    people: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    kind: String,
    beginnings: Vec<(String, String)>,
    keys: Vec<String>,
    revision: i64,
    typed: HashMap<&'static str, String>,
    errors: FieldErrors,
    wrong: String,
}

impl ShowPage {
    fn typed(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

/// What an officer types, kept when it has to be shown again.
const TYPED: [&str; 6] = ["loi", "ly-do", "tra-loi", "co-quan", "ai", "nhan"];

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = handle::find(&ctx, &ctx.app.db, id).await?;
    looked(&ctx, &one).await?;
    Ok(html(ui::render(&page(&ctx, &one).await?)?))
}

/// Each look at a closed report stands in the record before the answer.
async fn looked(ctx: &Ctx, one: &Report) -> Result<()> {
    if !one.closed {
        return Ok(());
    }
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({});
    audit::record(ctx, &tx, Entry { action: "feedback.look", kind: "feedback", id: one.id, detail }).await?;
    tx.commit().await
}

async fn page(ctx: &Ctx, one: &Report) -> Result<ShowPage> {
    let t = ctx.t();
    let kinds = Kinds::load(ctx)?;
    let ground = Ground::load(ctx).await?;
    let shell = Shell::of(ctx, &kinds.name(&one.kind, ctx.lang)).await?;
    let shell = shell.crumb(t.t("feedback-work"), PATH).crumb(&one.code, "");
    let files = store::files(ctx, &ctx.app.db, &[one.id]).await?;
    let base = one.work_path();
    let shown = |file: &Kept| story::shown(ctx, file, &base, "");
    let sent = |file: &&Kept| file.part == Part::Sent;
    let may = handle::may_settle(ctx, &kinds, one);
    let people = if one.open && may { handle::candidates(ctx, one).await? } else { Vec::new() };
    let named = |kind: &crate::kinds::Kind| (kind.code.clone(), kind.name(ctx.lang).to_owned());
    Ok(ShowPage {
        code: one.code.clone(),
        badge: one.badge(ctx),
        body: one.body.clone(),
        facts: facts(ctx, one, &ground).await?,
        closed: one.closed,
        shown: one.shown,
        public_path: one.path(),
        contact: contact_masked(ctx, one),
        kept: kept(ctx, one)?,
        pictures: files.iter().filter(sent).filter(|file| !file.sound).map(shown).collect(),
        sounds: files.iter().filter(sent).filter(|file| file.sound).map(shown).collect(),
        map: one.point().and_then(|at| {
            let mut map = Drawing::of(t, &ground, t.t("feedback-map-one"))?;
            let look = if !one.open {
                "done"
            } else if one.late(ctx.now) {
                "late"
            } else {
                "open"
            };
            map.pins = vec![Pin { at, url: one.work_path(), name: one.code.clone(), look, sign: "" }];
            Some(map)
        }),
        near: near(ctx, one).await?,
        told: story::told(ctx, one, Reader::Office, &base, "").await?,
        talks: voice::cards(ctx, one).await?,
        may,
        open: one.open,
        fresh: one.state == crate::model::State::New,
        people: people.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        kinds: kinds.kind.iter().filter(|kind| kind.way.is_some() || !one.closed).map(named).collect(),
        kind: one.kind.clone(),
        beginnings: Answers::of(ctx, &one.kind)?,
        keys: (0..9).map(|_| ctx.new_id().to_string()).collect(),
        revision: one.revision,
        path: base.clone(),
        typed: HashMap::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

async fn facts(ctx: &Ctx, one: &Report, ground: &Ground) -> Result<Vec<(String, String)>> {
    let t = ctx.t();
    let names = match one.holder_id {
        Some(id) => identity::account_names(ctx, &[id]).await?,
        None => HashMap::new(),
    };
    let holder = one.holder_id.and_then(|id| names.get(&id).cloned());
    let outside = if one.outside { t.t("feedback-outside") } else { String::new() };
    let facts = [
        (t.t("feedback-village"), if outside.is_empty() { ground.name(one.village_id) } else { outside }),
        (t.t("feedback-place-words"), one.place_words.clone()),
        (t.t("feedback-sent-at"), t.moment(one.sent_at)),
        (t.t("feedback-due"), one.due_at.map(|due| t.date(last_day(due))).unwrap_or_default()),
        (t.t("feedback-holder"), holder.unwrap_or_else(|| t.t("feedback-nobody"))),
        (t.t("feedback-supporters-short"), t.number(one.supporters)),
        (
            t.t("feedback-reopened-times"),
            if one.reopened > 0 { t.number(one.reopened) } else { String::new() },
        ),
        (t.t("feedback-stars"), one.rating.map(|stars| format!("{stars}/5")).unwrap_or_default()),
    ];
    Ok(facts.into_iter().filter(|(_, value)| !value.is_empty()).collect())
}

/// Open reports of the same kind nearby, so that they are settled together.
async fn near(ctx: &Ctx, one: &Report) -> Result<Vec<(String, String)>> {
    let Some(point) = one.point().filter(|_| !one.closed) else { return Ok(Vec::new()) };
    let found = send::nearby(ctx, &ctx.app.db, point, &one.kind).await?;
    let others = found.into_iter().filter(|(other, _)| other.id != one.id);
    Ok(others
        .map(|(other, metres)| {
            let metres = ctx.t().n("feedback-metres", "count", metres.round() as i64);
            (other.work_path(), format!("{} ({metres}): {}", other.code, other.short(60)))
        })
        .collect())
}

/// How long it is kept who sent it.
fn kept(ctx: &Ctx, one: &Report) -> Result<String> {
    let terms = crate::forget::Terms::load(ctx)?;
    let days = if one.closed { terms.closed_days } else { terms.contact_days };
    let t = ctx.t();
    Ok(match one.ended_at {
        Some(ended) => {
            let until = platform::clock::local_date(ended + chrono::Duration::days(days));
            t.s("feedback-kept-until", "day", &t.date(until))
        }
        None => t.n("feedback-kept-after", "count", days),
    })
}

fn contact_masked(ctx: &Ctx, one: &Report) -> String {
    let there = one.account_id.is_some() || !one.contact_name.is_empty() || !one.contact_phone.is_empty();
    if !there {
        return String::new();
    }
    let digits: Vec<char> = one.contact_phone.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits.iter().skip(digits.len().saturating_sub(3)).collect();
    if last.is_empty() {
        ctx.t().t("feedback-contact-there")
    } else {
        format!("••••••• {last}")
    }
}

#[derive(Template)]
#[template(path = "work-contact.html")]
struct ContactPage {
    shell: Shell,
    value: String,
}

/// Who sent it: opened by a click that is recorded.
pub(super) async fn contact(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = handle::find(&ctx, &ctx.app.db, id).await?;
    let account = match one.account_id {
        Some(account) => identity::account_names(&ctx, &[account]).await?.remove(&account),
        None => None,
    };
    let tx = ctx.begin().await?;
    let detail = serde_json::json!({ "closed": one.closed });
    audit::record(&ctx, &tx, Entry { action: "feedback.contact", kind: "feedback", id, detail }).await?;
    tx.commit().await?;
    let parts = [account.unwrap_or_default(), one.contact_name, one.contact_phone];
    let mut parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.dedup();
    let shell = Shell::of(&ctx, "feedback-contact").await?;
    Ok(html(ui::render(&ContactPage { shell, value: parts.join(", ") })?))
}

/// The page again with what is wrong.
pub(crate) async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) {
        return Err(error);
    }
    let one = handle::find(ctx, &ctx.app.db, id).await?;
    looked(ctx, &one).await?;
    let mut page = page(ctx, &one).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed = TYPED.into_iter().map(|name| (name, sent.text(name).to_owned())).collect();
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn picture(
    ctx: Ctx,
    Path((id, picture)): Path<(Uuid, Uuid)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let one = handle::find(&ctx, &ctx.app.db, id).await?;
    allowed_file(&ctx, &one, picture, Reader::Office, query.contains_key("nho")).await
}
