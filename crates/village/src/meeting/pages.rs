//! The meetings of a village, one meeting, and who came.

use super::model::{How, Meeting, Rule, State};
use super::rules::{self, Counting};
use super::{Counted, counted, found, path, store};
use crate::back::{Back, act, key};
use crate::book::{self, Tab};
use crate::place;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell, Status};
use units::Unit;

const SHOWN: i64 = 50;

/// A meeting in a list.
pub(super) struct Line {
    pub url: String,
    pub title: String,
    pub when: String,
    pub badge: Html,
}

pub(super) fn badge(ctx: &Ctx, one: &Meeting) -> Html {
    let status = match one.state {
        State::Called if one.day < ctx.today() => Status::Late,
        State::Called => Status::Waiting,
        State::Held => Status::Done,
        State::Cancelled => Status::Off,
    };
    let word = match one.state {
        State::Called if one.day < ctx.today() => "village-meeting-unclosed",
        state => state.text_key(),
    };
    status.badge(&ctx.t().t(word))
}

pub(super) fn when(ctx: &Ctx, one: &Meeting) -> String {
    format!("{} · {} · {}", one.hour, ctx.t().date(one.day), one.place)
}

#[derive(Template)]
#[template(path = "meeting-book.html")]
struct ListPage {
    shell: Shell,
    name: String,
    tabs: Vec<(String, String)>,
    here: String,
    new: String,
    meetings: Vec<Line>,
}

pub(super) async fn list(ctx: Ctx, Path(village): Path<Uuid>) -> Result<Response> {
    let village = place::village(&ctx, village).await?;
    let (shell, tabs, here) = book::frame(&ctx, &village, Tab::Meetings).await?;
    let line = |one: &Meeting| Line {
        url: path(village.id, one.id),
        title: one.title.clone(),
        when: when(&ctx, one),
        badge: badge(&ctx, one),
    };
    let meetings = store::list(&ctx, village.id, SHOWN).await?.iter().map(line).collect();
    let new = if book::keeps(&ctx, village.id) { format!("{here}/moi") } else { String::new() };
    Ok(html(ui::render(&ListPage { name: village.name.clone(), new, meetings, shell, tabs, here })?))
}

#[derive(Template)]
#[template(path = "meeting-one.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    public: String,
    when: String,
    badge: Html,
    agenda: String,
    present: i64,
    homes: i64,
    quorum: String,
    law: String,
    votes: Vec<Counted>,
    matters: Vec<(String, String)>,
    decisions: String,
    minutes: String,
    photo: String,
    open: bool,
    begun: bool,
    keys: Vec<String>,
    typed: Vec<String>,
    errors: FieldErrors,
    wrong: String,
}

impl ShowPage {
    fn key(&self, n: &usize) -> &str {
        self.keys.get(*n).map_or("", String::as_str)
    }
}

pub(super) async fn show(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let (village, one) = found(&ctx, village, id).await?;
    Ok(html(page(&ctx, &village, &one, Back::default()).await?))
}

async fn page(ctx: &Ctx, village: &Unit, one: &Meeting, back: Back) -> Result<String> {
    let t = ctx.t();
    let rule = Rule::on(ctx, one.day)?;
    let open = one.state == State::Called && book::keeps(ctx, village.id);
    let own = path(village.id, one.id);
    let homes = match one.state {
        State::Held => one.homes,
        _ => homes(ctx, village.id).await?,
    };
    let present = store::present(ctx, &ctx.app.db, one.id).await?;
    let votes = store::votes(ctx, &ctx.app.db, one.id).await?;
    let enough = rule.enough(present, homes);
    let numbers = [("done", t.number(present).into()), ("total", t.number(homes).into())];
    let quorum = if enough { "village-quorum-enough" } else { "village-quorum-missing" };
    let shell = book::inner(ctx, village, Tab::Meetings, &one.title).await?;
    let law =
        if rule.unverified { t.s("village-law-unverified", "name", &rule.law) } else { rule.law.clone() };
    ui::render(&ShowPage {
        public: if one.state == State::Cancelled {
            String::new()
        } else {
            format!("/thon/{}/hop/{}", village.slug, one.id)
        },
        when: when(ctx, one),
        badge: badge(ctx, one),
        agenda: one.agenda.clone(),
        quorum: t.a(quorum, &numbers),
        law,
        votes: counted(ctx, one, &votes, if open { &own } else { "" })?,
        matters: rule.matter.iter().map(|one| (one.code.clone(), one.name(ctx.lang).to_owned())).collect(),
        decisions: one.decisions.clone(),
        minutes: one.minutes.clone(),
        photo: one.file_id.map(|_| format!("{own}/anh")).unwrap_or_default(),
        begun: one.day <= ctx.today(),
        keys: (0..votes.len() + 2).map(|_| key(ctx)).collect(),
        typed: ["cau-hoi", "dong-y", "khong", "y-kien-khac", "loai"].map(|name| back.or(name, "")).to_vec(),
        errors: back.errors,
        wrong: back.wrong,
        path: own,
        present,
        homes,
        open,
        shell,
    })
}

/// How many households the village has now.
pub(super) async fn homes(ctx: &Ctx, village: Uuid) -> Result<i64> {
    let all = place::homes(&place::whole(ctx), village).await?;
    i64::try_from(all.len()).map_err(Error::internal)
}

pub(super) async fn count(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let (village, one) = found(&ctx, village, id).await?;
    let homes = homes(&ctx, village.id).await?;
    let draw = async |back: Back| page(&ctx, &village, &one, back).await;
    let rule = async |tx: &Tx| {
        let counting = Counting {
            question: sent.text("cau-hoi").to_owned(),
            matter: sent.text("loai").to_owned(),
            yes: sent.whole("dong-y")?,
            no: sent.whole("khong")?,
            abstain: sent.whole("y-kien-khac")?,
        };
        let vote = rules::count(&ctx, tx, &one, homes, counting).await?;
        let own = path(village.id, one.id);
        let said = if vote.carried { "village-vote-said-carried" } else { "village-vote-said" };
        Ok((own.clone(), Note::new(said).undo(format!("{own}/bieu-quyet/{}/bo", vote.id))))
    };
    act(&ctx, &sent, rule, draw).await
}

pub(super) async fn uncount(
    ctx: Ctx,
    Path((village, id, vote)): Path<(Uuid, Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let (village, one) = found(&ctx, village, id).await?;
    let rule = async |tx: &Tx| {
        rules::uncount(&ctx, tx, &one, vote).await?;
        Ok((path(village.id, one.id), Note::new("village-vote-dropped")))
    };
    book::press(&ctx, &sent, rule).await
}

pub(super) async fn cancel(
    ctx: Ctx,
    Path((village, id)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let (village, one) = found(&ctx, village, id).await?;
    let own = path(village.id, one.id);
    let rule = async |tx: &Tx| {
        rules::cancel(&ctx, tx, &village, one).await?;
        Ok((own, Note::new("village-meeting-cancelled")))
    };
    book::press(&ctx, &sent, rule).await
}

/// A household that is ticked or not.
struct Ticked {
    id: Uuid,
    name: String,
    address: String,
    own: bool,
    proxy: bool,
}

#[derive(Template)]
#[template(path = "meeting-tick.html")]
struct AttendPage {
    shell: Shell,
    path: String,
    back: String,
    when: String,
    q: String,
    quorum: String,
    open: bool,
    rows: Vec<Ticked>,
    key: String,
}

pub(super) async fn attendance(
    ctx: Ctx,
    Path((village, id)): Path<(Uuid, Uuid)>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let (village, one) = found(&ctx, village, id).await?;
    let q = asked.get("q").cloned().unwrap_or_default();
    let here = store::attendance(&ctx, &ctx.app.db, one.id).await?;
    let all = place::homes(&ctx, village.id).await?;
    let (present, homes) = (here.len() as i64, all.len() as i64);
    let enough = Rule::on(&ctx, one.day)?.enough(present, homes);
    let numbers = [("done", ctx.t().number(present).into()), ("total", ctx.t().number(homes).into())];
    let quorum = if enough { "village-quorum-enough" } else { "village-quorum-missing" };
    let row = |home: place::Home| Ticked {
        own: here.get(&home.id) == Some(&How::Own),
        proxy: here.get(&home.id) == Some(&How::Proxy),
        id: home.id,
        name: home.name,
        address: home.address,
    };
    let own = path(village.id, one.id);
    Ok(html(ui::render(&AttendPage {
        shell: book::inner(&ctx, &village, Tab::Meetings, "village-attendance").await?,
        path: format!("{own}/diem-danh"),
        when: format!("{} · {}", one.title, when(&ctx, &one)),
        rows: place::named(all, &q).into_iter().map(row).collect(),
        open: one.state == State::Called && one.day <= ctx.today() && book::keeps(&ctx, village.id),
        quorum: ctx.t().a(quorum, &numbers),
        key: key(&ctx),
        back: own,
        q,
    })?))
}

/// Only the households that the page showed are ticked or not.
pub(super) async fn tick(ctx: Ctx, Path((village, id)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let (village, one) = found(&ctx, village, id).await?;
    let ids = |name: &'static str| -> Result<Vec<Uuid>> {
        sent.all(name).map(|id| id.parse().map_err(|_| Error::field(name, "error-choose"))).collect()
    };
    let (shown, own, proxy) = (ids("ho")?, ids("co-mat")?, ids("di-thay")?);
    let how = |id: &Uuid| match (own.contains(id), proxy.contains(id)) {
        (true, _) => Some(How::Own),
        (false, true) => Some(How::Proxy),
        (false, false) => None,
    };
    let ticked: Vec<(Uuid, Option<How>)> = shown.iter().map(|id| (*id, how(id))).collect();
    let homes = place::homes(&ctx, village.id).await?;
    let rule = async |tx: &Tx| {
        let present = rules::tick(&ctx, tx, &one, &homes, &ticked).await?;
        let said = Message::new("village-ticked").with("count", present);
        Ok((format!("{}/diem-danh", path(village.id, one.id)), Note::new(said)))
    };
    book::press(&ctx, &sent, rule).await
}
