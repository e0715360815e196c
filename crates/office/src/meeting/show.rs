//! The page of a meeting: what it is about, who comes, and what the reader may do now.

use super::agenda::Typed;
use super::back::{Back, act, key};
use super::edit::hour;
use super::model::{Answer, Came, Guest, Item, Meeting, State};
use super::{PATH, people, rules, store};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use chrono::Duration;
use platform::http::{Form, html};
use platform::{Ctx, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

struct Line {
    title: String,
    about: String,
    /// It is discussed now.
    now: bool,
    /// Where it is changed; `""` for who may not.
    change: String,
}

struct File {
    name: String,
    about: String,
    url: String,
    /// Where it is taken out; `""` for who may not.
    delete: String,
    key: String,
}

struct Invited {
    name: String,
    role: String,
    words: String,
    badge: Html,
    came: String,
}

#[derive(Template)]
#[template(path = "meeting-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    reason: String,
    about: String,
    facts: Vec<(String, String)>,
    video_url: String,
    items: Vec<Line>,
    papers: Vec<File>,
    guests: Vec<Invited>,
    counts: Vec<Html>,
    /// The reader's own answer, while it may be given.
    answers: Vec<(String, String)>,
    answer: String,
    answer_words: String,
    /// It has gone out: calendars may have it.
    invited: bool,
    keeps: bool,
    runs: bool,
    ahead: bool,
    /// Something happens or has happened in it.
    begun: bool,
    may_invite: bool,
    may_open: bool,
    may_close: bool,
    may_cancel: bool,
    may_draft: bool,
    minutes: Option<(String, String)>,
    typed: Typed,
    typed_minutes: String,
    typed_reason: String,
    not_secret: bool,
    keys: [String; 6],
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(page(&ctx, id, Back::default()).await?))
}

pub(super) async fn page(ctx: &Ctx, id: Uuid, back: Back) -> Result<String> {
    let t = ctx.t();
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let me = ctx.account()?;
    let guests = store::guests(ctx, &ctx.app.db, id).await?;
    let own = guests.iter().find(|guest| guest.account_id == me).cloned();
    let (keeps, runs) = (one.keeps(me), one.runs(me));
    let items = store::items(ctx, &ctx.app.db, id).await?;
    let answerable = own.is_some() && matches!(one.state, State::Invited | State::Open);
    let answers = [Answer::Comes, Answer::Cannot, Answer::Sends];
    let shell = Shell::of(ctx, &one.title).await?.crumb(t.t("office-meeting-menu"), PATH);
    ui::render(&ShowPage {
        shell: shell.crumb(&one.title, ""),
        path: one.path(),
        badge: one.badge().badge(&t.t(one.state.text_key())),
        reason: one.reason.clone(),
        about: one.about.clone(),
        facts: facts(ctx, &one).await?,
        video_url: one.video_url.clone(),
        items: agenda(ctx, &one, &items, keeps),
        papers: papers(ctx, &one, keeps).await?,
        counts: counts(ctx, &guests),
        guests: invited(ctx, &guests, keeps).await?,
        answers: if answerable {
            answers.iter().map(|one| (one.code().to_owned(), t.t(one.text_key()))).collect()
        } else {
            Vec::new()
        },
        answer: back.or("tra-loi", own.as_ref().map_or("", |own| own.answer.code())),
        answer_words: back.or("ly-do", own.as_ref().map_or("", |own| own.words.as_str())),
        invited: one.state != State::Draft,
        keeps,
        runs,
        ahead: one.ahead(),
        begun: matches!(one.state, State::Open | State::Closed),
        may_invite: keeps && one.state == State::Draft,
        may_open: runs && one.state == State::Invited,
        may_close: runs && one.state == State::Open,
        may_draft: super::minutes::may_draft(ctx, &one),
        may_cancel: keeps && matches!(one.state, State::Draft | State::Invited),
        minutes: super::minutes::link(ctx, &one).await?,
        typed: Typed {
            title: back.text("muc").to_owned(),
            minutes: None,
            speaker: back.text("trinh-bay").to_owned(),
        },
        typed_minutes: back.text("phut").to_owned(),
        typed_reason: back.text("ly-do-huy").to_owned(),
        not_secret: back.sent().is_some_and(|sent| sent.ticked("khong-mat")),
        keys: std::array::from_fn(|_| key(ctx)),
        errors: back.errors,
        wrong: back.wrong,
    })
}

async fn facts(ctx: &Ctx, one: &Meeting) -> Result<Vec<(String, String)>> {
    let t = ctx.t();
    let names = people::names(ctx, [one.chair_id, one.writer_id, one.called_by]).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let when = format!("{} – {}", t.moment(one.starts_at), hour(one.ends_at));
    let all = [
        ("office-meeting-when", when),
        ("office-meeting-place", one.place.clone()),
        ("office-meeting-chair", name(one.chair_id)),
        ("office-meeting-writer", name(one.writer_id)),
        ("office-meeting-opened-at", one.opened_at.map(|at| t.moment(at)).unwrap_or_default()),
        ("office-meeting-closed-at", one.closed_at.map(|at| t.moment(at)).unwrap_or_default()),
    ];
    Ok(all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect())
}

/// The parts with the hour at which each is planned to begin, as long as all before it say how long they take.
fn agenda(ctx: &Ctx, one: &Meeting, items: &[Item], keeps: bool) -> Vec<Line> {
    let t = ctx.t();
    let mut planned = Some(one.starts_at);
    let mut lines = Vec::new();
    for item in items {
        let minutes = item.minutes.map(|minutes| t.n("office-meeting-minutes", "count", minutes));
        let about = [planned.map(hour), minutes, Some(item.speaker.clone()).filter(|who| !who.is_empty())];
        lines.push(Line {
            title: item.title.clone(),
            about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            now: one.item_id == Some(item.id),
            change: if keeps && one.ahead() {
                format!("{}/chuong-trinh/{}", one.path(), item.id)
            } else {
                String::new()
            },
        });
        planned = planned.zip(item.minutes).map(|(at, minutes)| at + Duration::minutes(minutes));
    }
    lines
}

async fn papers(ctx: &Ctx, one: &Meeting, keeps: bool) -> Result<Vec<File>> {
    let t = ctx.t();
    let papers = store::papers(ctx, &ctx.app.db, one.id).await?;
    let mut files = Vec::new();
    for paper in papers {
        let url = format!("{}/tai-lieu/{}", one.path(), paper.id);
        files.push(File {
            name: paper.name,
            about: paper.pages.map(|pages| t.n("office-meeting-pages", "count", pages)).unwrap_or_default(),
            delete: if keeps && one.ahead() { format!("{url}/xoa") } else { String::new() },
            url,
            key: key(ctx),
        });
    }
    Ok(files)
}

fn counts(ctx: &Ctx, guests: &[Guest]) -> Vec<Html> {
    let t = ctx.t();
    let mut shown = Vec::new();
    for answer in Answer::ALL {
        let these: Vec<&Guest> = guests.iter().filter(|guest| guest.answer == *answer).collect();
        if let Some(one) = these.first() {
            shown.push(one.badge().badge(&format!("{}: {}", t.t(answer.text_key()), these.len())));
        }
    }
    shown
}

/// Why somebody cannot come is for those who prepare the meeting.
async fn invited(ctx: &Ctx, guests: &[Guest], keeps: bool) -> Result<Vec<Invited>> {
    let t = ctx.t();
    let people = people::all(ctx).await?;
    let known: HashMap<Uuid, (usize, &people::Person)> =
        people.iter().enumerate().map(|(at, one)| (one.id, (at, one))).collect();
    let names = people::names(ctx, guests.iter().map(|guest| guest.account_id)).await?;
    let mut guests: Vec<&Guest> = guests.iter().collect();
    guests.sort_by_key(|guest| known.get(&guest.account_id).map_or(usize::MAX, |(at, _)| *at));
    let line = |guest: &&Guest| Invited {
        name: names.get(&guest.account_id).cloned().unwrap_or_default(),
        role: known.get(&guest.account_id).map(|(_, one)| one.role.clone()).unwrap_or_default(),
        words: if keeps || guest.answer == Answer::Sends { guest.words.clone() } else { String::new() },
        badge: guest.badge().badge(&t.t(guest.answer.text_key())),
        came: came(ctx, guest),
    };
    Ok(guests.iter().map(line).collect())
}

/// `Đã điểm danh 08:02`
pub(super) fn came(ctx: &Ctx, guest: &Guest) -> String {
    let at = guest.came_at.map(hour).unwrap_or_default();
    guest.came.map(|how: Came| format!("{} {at}", ctx.t().t(how.text_key()))).unwrap_or_default()
}

macro_rules! step {
    ($(#[$about:meta])* $name:ident, $note:literal, |$ctx:ident, $tx:ident, $id:ident, $sent:ident| $done:expr) => {
        $(#[$about])*
        pub(super) async fn $name(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
            let draw = async |back: Back| page(&ctx, id, back).await;
            let rule = async |tx: &Tx| {
                let ($ctx, $tx, $id, $sent) = (&ctx, tx, id, &sent);
                Ok($done.await?.path())
            };
            act(&ctx, &sent, $note, rule, draw).await
        }
    };
}

step!(invite, "office-meeting-was-invited", |ctx, tx, id, _sent| rules::invite(ctx, tx, id));
step!(open, "office-meeting-was-opened", |ctx, tx, id, _sent| rules::open(ctx, tx, id));
step!(close, "office-meeting-was-closed", |ctx, tx, id, _sent| rules::close(ctx, tx, id));
step!(cancel, "office-meeting-was-cancelled", |ctx, tx, id, sent| rules::cancel(
    ctx,
    tx,
    id,
    sent.text("ly-do-huy")
));
step!(answer, "office-meeting-was-answered", |ctx, tx, id, sent| rules::answer(
    ctx,
    tx,
    id,
    Answer::parse(sent.text("tra-loi")),
    sent.text("ly-do")
));
