//! One report: how it stands, what happened, and what its sender may do.

use super::check;
use crate::kinds::Kinds;
use crate::model::{Happened, Kept, Part, Report, State};
use crate::reporter;
use crate::store;
use crate::story::{self, Reader, Shown, Told};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, html};
use platform::{Ctx, Error, Kind, Result, Uuid, files};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};
use units::drawing::{Drawing, Pin};
use units::place::Ground;

/// A report in a list.
pub struct Line {
    pub id: String,
    pub url: String,
    pub code: String,
    pub kind: String,
    pub icon: Html,
    pub words: String,
    pub place: String,
    pub day: String,
    pub badge: Html,
    pub supporters: String,
    /// The small picture, or "".
    pub picture: String,
    pub metres: String,
}

pub(super) fn own(ctx: &Ctx, report: &Report, follow: &str) -> Result<bool> {
    reporter::is_sender(ctx, report, follow)
}

pub(crate) fn own_address(report: &Report, follow: &str) -> String {
    if follow.is_empty() { report.path() } else { format!("{}?ma={follow}", report.path()) }
}

fn tail(follow: &str) -> String {
    if follow.is_empty() { String::new() } else { format!("?ma={follow}") }
}

/// A report as a line, with its first picture.
pub(super) async fn line(ctx: &Ctx, one: &Report, follow: &str) -> Result<Line> {
    let mut all = lines(ctx, std::slice::from_ref(one), follow).await?;
    all.pop().ok_or_else(Error::not_found)
}

pub(super) async fn lines(ctx: &Ctx, reports: &[Report], follow: &str) -> Result<Vec<Line>> {
    let t = ctx.t();
    let kinds = Kinds::load(ctx)?;
    let ground = Ground::load(ctx).await?;
    let ids: Vec<Uuid> = reports.iter().map(|one| one.id).collect();
    let files = store::files(ctx, &ctx.app.db, &ids).await?;
    let line = |one: &Report| {
        let sender =
            !follow.is_empty() || (one.account_id.is_some() && one.account_id == ctx.account_or_none());
        let reader = if sender { Reader::Sender } else { Reader::Everybody };
        let mut own = files.iter().filter(|file| file.report_id == one.id);
        let first = own.find(|file| file.part == Part::Sent && !file.sound && reader.sees(file));
        Line {
            id: one.id.to_string(),
            url: own_address(one, follow),
            code: one.code.clone(),
            kind: kinds.name(&one.kind, ctx.lang),
            icon: ui::icon(kinds.icon(&one.kind)),
            words: one.short(140),
            place: ground.name(one.village_id),
            day: t.date(platform::clock::local_date(one.sent_at)),
            badge: one.badge(ctx),
            supporters: supporters(ctx, one),
            picture: first
                .map(|file| story::shown(ctx, file, &one.path(), &tail(follow)).small)
                .unwrap_or_default(),
            metres: String::new(),
        }
    };
    Ok(reports.iter().map(line).collect())
}

fn supporters(ctx: &Ctx, one: &Report) -> String {
    if one.supporters > 0 { ctx.t().n("feedback-supporters", "count", one.supporters) } else { String::new() }
}

#[derive(Template)]
#[template(path = "report-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    code: String,
    badge: Html,
    body: String,
    facts: Vec<(String, String)>,
    pictures: Vec<Shown>,
    sounds: Vec<Shown>,
    told: Vec<Told>,
    /// The last answer, which stands above the story.
    answer: String,
    after: Vec<Shown>,
    map: Option<Drawing>,
    supporters: String,
    may_support: bool,
    sender: bool,
    /// Shown once to whoever sent it without an account.
    follow: String,
    asked: String,
    may_rate: bool,
    stars: i64,
    ask_fixed: bool,
    may_reopen: bool,
    closed: bool,
    waits_look: bool,
    /// Letters can be sent to whoever follows without an account.
    may_follow: bool,
    kept_days: i64,
    keys: [String; 5],
    typed: String,
    typed_email: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let follow = query.get("ma").map_or("", String::as_str);
    let report = store::by_code(&ctx, &ctx.app.db, &code).await?;
    let sender = own(&ctx, &report, follow)?;
    if !sender && !report.shown {
        return Err(Error::not_found());
    }
    if sender && report.state == State::Held {
        return check::page(&ctx, &report, follow).await;
    }
    Ok(html(ui::render(&page(&ctx, &report, sender, follow).await?)?))
}

async fn page(ctx: &Ctx, one: &Report, sender: bool, follow: &str) -> Result<ShowPage> {
    let t = ctx.t();
    let kinds = Kinds::load(ctx)?;
    let ground = Ground::load(ctx).await?;
    let reader = if sender { Reader::Sender } else { Reader::Everybody };
    let kind = kinds.name(&one.kind, ctx.lang);
    let shell = Shell::public(ctx, &kind).await?;
    let shell = shell.crumb(t.t("feedback-title"), "/phan-anh").crumb(&one.code, "");
    let events = store::events(ctx, &ctx.app.db, one.id).await?;
    let files = store::files(ctx, &ctx.app.db, &[one.id]).await?;
    let tail = if sender { tail(follow) } else { String::new() };
    let shown = |file: &Kept| story::shown(ctx, file, &one.path(), &tail);
    let sent = |file: &&Kept| file.part == Part::Sent && reader.sees(file);
    let answer = events.iter().rev().find(|event| event.what == Happened::Answered && !one.open);
    let asked = events.iter().rev().find(|event| event.what == Happened::Asked && one.state == State::Asked);
    let after = |file: &&Kept| answer.is_some_and(|answer| answer.id == file.event_id) && reader.sees(file);
    let key = || ctx.new_id().to_string();
    Ok(ShowPage {
        path: one.path(),
        code: one.code.clone(),
        badge: one.badge(ctx),
        body: one.body.clone(),
        facts: facts(ctx, one, &ground),
        pictures: files.iter().filter(sent).filter(|file| !file.sound).map(shown).collect(),
        sounds: files.iter().filter(sent).filter(|file| file.sound).map(shown).collect(),
        told: story::told(ctx, one, reader, &one.path(), &tail).await?,
        answer: answer.map(|answer| answer.words.clone()).unwrap_or_default(),
        after: files.iter().filter(after).map(shown).collect(),
        map: one.point().and_then(|at| {
            let mut map = Drawing::of(t, &ground, t.t("feedback-map-one"))?;
            let look = if !one.open {
                "done"
            } else if one.late(ctx.now) {
                "late"
            } else {
                "open"
            };
            map.pins = vec![Pin { at, url: one.path(), name: one.code.clone(), look, sign: "" }];
            Some(map)
        }),
        supporters: supporters(ctx, one),
        may_support: !sender && one.open,
        sender,
        follow: if sender { follow.to_owned() } else { String::new() },
        asked: asked.map(|asked| asked.words.clone()).unwrap_or_default(),
        may_rate: sender && one.rating.is_none() && matches!(one.state, State::Answered | State::Closed),
        stars: one.rating.unwrap_or(0),
        ask_fixed: sender && one.asked_at.is_some() && one.state == State::Answered,
        may_reopen: sender && reporter::may_reopen(ctx, &kinds, one),
        closed: one.closed,
        waits_look: sender
            && !one.shown
            && !one.closed
            && kinds.find(&one.kind).is_some_and(|kind| kind.public),
        may_follow: ctx.app.config.mail.is_some() && (sender || one.shown),
        kept_days: crate::forget::Terms::load(ctx)?.contact_days,
        keys: [key(), key(), key(), key(), key()],
        typed: String::new(),
        typed_email: String::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

fn facts(ctx: &Ctx, one: &Report, ground: &Ground) -> Vec<(String, String)> {
    let t = ctx.t();
    let due = one.due_at.filter(|_| one.open).map(|due| t.date(crate::model::last_day(due)));
    let facts = [
        (t.t("feedback-village"), ground.name(one.village_id)),
        (t.t("feedback-place-words"), one.place_words.clone()),
        (t.t("feedback-sent-at"), t.moment(one.sent_at)),
        (t.t("feedback-due"), due.unwrap_or_default()),
        (t.t("feedback-ended-at"), one.ended_at.map(|at| t.moment(at)).unwrap_or_default()),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The page again with what is wrong.
pub(crate) async fn again(ctx: &Ctx, report: &Report, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) {
        return Err(error);
    }
    let follow = sent.text("ma");
    let sender = own(ctx, report, follow)?;
    let mut page = page(ctx, report, sender, follow).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed_email = sent.text("thu").to_owned();
    page.typed = sent.some("them").or(sent.some("ly-do")).unwrap_or_default().to_owned();
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn picture(
    ctx: Ctx,
    Path((code, picture)): Path<(String, Uuid)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let report = store::by_code(&ctx, &ctx.app.db, &code).await?;
    let sender = own(&ctx, &report, query.get("ma").map_or("", String::as_str))?;
    if !sender && !report.shown {
        return Err(Error::not_found());
    }
    let reader = if sender { Reader::Sender } else { Reader::Everybody };
    let mut answer = allowed_file(&ctx, &report, picture, reader, query.contains_key("nho")).await?;
    if !sender {
        // Bytes under an id never change; an hour bounds how long a hidden picture stays in somebody's phone.
        answer
            .headers_mut()
            .insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("private, max-age=3600"));
    }
    Ok(answer)
}

/// The bytes of a file that this reader may see.
pub(crate) async fn allowed_file(
    ctx: &Ctx,
    report: &Report,
    id: Uuid,
    reader: Reader,
    small: bool,
) -> Result<Response> {
    let all = store::files(ctx, &ctx.app.db, &[report.id]).await?;
    let one = all.into_iter().find(|one| one.id == id && reader.sees(one)).ok_or_else(Error::not_found)?;
    let wanted = if small { one.small_id.unwrap_or(one.file_id) } else { one.file_id };
    let found = files::find(ctx, &ctx.app.db, wanted).await?;
    let bytes = files::read(ctx, &found).await?;
    Ok(platform::http::file(&found.name, &found.media_type, bytes))
}
