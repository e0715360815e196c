//! A round of works on the work side: the ballot, the roll, papers, the count, the minutes.

use super::model::{Offer, Way, Work, WorkState, ranked};
use super::{ballot, count as counting, paper, rules, store};
use crate::law::Asking;
use crate::matter::{Frame, Matter, Standing, State, frame, kept, press};
use crate::who;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note, html};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::back::Back;
use ui::{Html, Shell, Status};

/// Sheets of paper at once.
const SHEETS: usize = 100;

struct Line {
    position: i64,
    name: String,
    about: String,
    badge: Html,
    held: bool,
    cost: String,
    key: String,
}

#[derive(Template)]
#[template(path = "works-desk.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    works: Vec<Line>,
    typed: Vec<String>,
    running: bool,
    given: i64,
    roll: i64,
    turnout: String,
    handed: i64,
    /// Paper ballots that were written down, by their codes.
    papers: Vec<(String, String, String)>,
    counting: bool,
    counted: bool,
}

pub(crate) async fn page(ctx: &Ctx, one: &Matter, back: Back) -> Result<String> {
    let t = ctx.t();
    let standing = one.standing(ctx.today());
    let line = |work: &Work| Line {
        position: work.position,
        name: work.name.clone(),
        about: about(ctx, work),
        badge: badge(ctx, one, work),
        held: work.state == WorkState::Held,
        cost: if work.cost > 0 { t.number(work.cost) } else { String::new() },
        key: ctx.new_id().to_string(),
    };
    let works = store::works(ctx, &ctx.app.db, one.id).await?;
    let papers = store::papers(ctx, &ctx.app.db, one.id).await?;
    let (shell, frame) = frame(ctx, one, &back).await?;
    ui::render(&Page {
        works: works.iter().map(line).collect(),
        typed: ["ten", "cho", "gia", "mo-ta", "ma"].map(|name| back.or(name, "")).to_vec(),
        running: one.opened && one.state != State::Cancelled,
        given: one.given,
        roll: one.roll,
        turnout: turnout(ctx, one)?,
        handed: store::handed(ctx, &ctx.app.db, one.id).await?,
        papers: papers
            .iter()
            .map(|paper| (paper.code.clone(), names(&works, &paper.picks()), ctx.new_id().to_string()))
            .collect(),
        counting: frame.keeps && standing == Standing::Over,
        counted: standing == Standing::Done,
        shell,
        frame,
    })
}

pub(super) fn about(ctx: &Ctx, work: &Work) -> String {
    let cost = if work.cost > 0 { format!("{} đ", ctx.t().number(work.cost)) } else { String::new() };
    [work.place.as_str(), cost.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// "Đường nhóm 2, Nhà văn hóa"; words for a spoilt paper stand in the template.
pub(super) fn names(works: &[Work], picks: &[i64]) -> String {
    let name = |pick: &i64| works.iter().find(|one| one.position == *pick).map(|one| one.name.as_str());
    picks.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

pub(super) fn badge(ctx: &Ctx, round: &Matter, work: &Work) -> Html {
    let t = ctx.t();
    match (work.state, round.state) {
        (WorkState::In, State::Done) if work.chosen => Status::Done.badge(&t.t("ask-work-chosen")),
        (WorkState::In, State::Done) => Status::Off.badge(&t.t("ask-work-not-chosen")),
        (WorkState::In, _) => Html(String::new()),
        (WorkState::Held, _) => Status::Waiting.badge(&t.t("ask-work-held")),
        (WorkState::Refused, _) => Status::Off.badge(&t.t("ask-work-refused")),
    }
}

/// "12 / 44 hộ: chưa đủ một nửa", with the law it rests on.
pub(super) fn turnout(ctx: &Ctx, one: &Matter) -> Result<String> {
    let law = Asking::on(ctx, one.from_on)?;
    let key = if law.enough(one.given, one.roll) { "ask-turnout-enough" } else { "ask-turnout-missing" };
    Ok(format!("{} {}", ctx.t().n(key, "count", law.households_percent), law.law(ctx)))
}

pub(super) async fn offer(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        rules::offer(&ctx, tx, one.id, read(&sent)?).await?;
        Ok((one.work_path(), Note::new("ask-work-added")))
    };
    press(&ctx, &one, &sent, rule).await
}

pub(super) fn read(sent: &Form) -> Result<Offer> {
    let text = |name: &str| sent.text(name).to_owned();
    Ok(Offer { name: text("ten"), place: text("cho"), about: text("mo-ta"), cost: sent.whole("gia")? })
}

/// Takes a proposal in, or a work off the ballot.
pub(super) async fn decide(ctx: Ctx, Path((id, row)): Path<(Uuid, i64)>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let state = match sent.text("lam") {
            "nhan" => WorkState::In,
            "bo" => WorkState::Refused,
            _ => return Err(Error::invalid("error-choose")),
        };
        rules::decide(&ctx, tx, one.id, row, state, sent.whole("gia-moi")?).await?;
        let said = if state == WorkState::In { "ask-work-added" } else { "ask-work-dropped" };
        Ok((one.work_path(), Note::new(said)))
    };
    press(&ctx, &one, &sent, rule).await
}

struct Home {
    id: Uuid,
    name: String,
    address: String,
    badge: Html,
    open: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "works-roll.html")]
struct RollPage {
    shell: Shell,
    path: String,
    back: String,
    q: String,
    given: i64,
    roll: i64,
    homes: Vec<Home>,
}

/// The roll: who has taken part. What anybody chose is nowhere.
pub(super) async fn roll(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let t = ctx.t();
    let q = asked.get("q").cloned().unwrap_or_default();
    let roll = store::roll(&ctx, &ctx.app.db, one.id).await?;
    let ids: Vec<Uuid> = roll.iter().map(|home| home.household_id).collect();
    let mut known = Vec::new();
    for some in ids.chunks(500) {
        known.extend(registry::household::get_many(&who::whole(&ctx), some).await?);
    }
    let way = |id: Uuid| roll.iter().find(|home| home.household_id == id).map_or(Way::Not, |home| home.way);
    let open = ctx.may("ask.keep") && one.standing(ctx.today()) == Standing::Open;
    let homes = known.into_iter().map(|listed| {
        let home = listed.household;
        let way = way(home.id);
        Home {
            name: listed.head_name.unwrap_or(home.code),
            address: home.facts.address,
            badge: match way {
                Way::Not => Html(String::new()),
                _ => Status::Done.badge(&t.t(way.text_key())),
            },
            open: open && way == Way::Not,
            key: ctx.new_id().to_string(),
            id: home.id,
        }
    });
    let words = vntext::fold(&q);
    let homes = homes.filter(|home| vntext::fold(&home.name).contains(words.trim())).collect();
    let shell = Shell::of(&ctx, "ask-roll").await?.crumb(t.t("ask-menu"), crate::matter::WORK);
    Ok(html(ui::render(&RollPage {
        shell: shell.crumb(one.title.clone(), &one.work_path()).crumb(t.t("ask-roll"), ""),
        path: format!("{}/ho", one.work_path()),
        back: one.work_path(),
        given: one.given,
        roll: one.roll,
        homes,
        q,
    })?))
}

pub(super) async fn hand(ctx: Ctx, Path((id, home)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        paper::hand(&ctx, tx, &one, home).await?;
        Ok((format!("{}/ho", one.work_path()), Note::new("ask-paper-given")))
    };
    press(&ctx, &one, &sent, rule).await
}

#[derive(Template)]
#[template(path = "works-paper.html")]
struct SheetPage {
    shell: Shell,
    title: String,
    days: String,
    picks: String,
    works: Vec<(i64, String, String)>,
    codes: Vec<String>,
    verify: String,
    counts: Vec<(String, String)>,
    here: String,
}

/// Paper ballots to be printed, each with a code of its own that stands nowhere else.
pub(super) async fn sheet(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let t = ctx.t();
    let count = asked.get("so").and_then(|count| count.parse().ok()).unwrap_or(4usize).clamp(1, SHEETS);
    let works = store::works(&ctx, &ctx.app.db, one.id).await?;
    let works = works.iter().filter(|work| work.state == WorkState::In);
    let path = format!("{}/phieu-giay", one.work_path());
    let shell = Shell::of(&ctx, "ask-paper-sheets").await?.crumb(t.t("ask-menu"), crate::matter::WORK);
    Ok(html(ui::render(&SheetPage {
        shell: shell.crumb(one.title.clone(), &one.work_path()).crumb(t.t("ask-paper-sheets"), ""),
        days: one.days(t),
        picks: t.n("ask-pick-upto", "count", one.picks),
        works: works.map(|work| (work.position, work.name.clone(), about(&ctx, work))).collect(),
        codes: (0..count).map(|_| ballot::code()).collect(),
        verify: format!("{}{}", ctx.app.config.base_url(), one.path()),
        counts: [4, 10, 20, 50, 100].map(|n| (format!("{path}?so={n}"), t.number(n))).to_vec(),
        here: format!("{path}?so={count}"),
        title: one.title,
    })?))
}

fn picks(sent: &Form) -> Result<Vec<i64>> {
    sent.all("chon").map(|pick| pick.parse().map_err(|_| Error::field("chon", "error-choose"))).collect()
}

pub(super) async fn write_paper(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        paper::write_paper(&ctx, tx, one.id, sent.text("ma"), &picks(&sent)?).await?;
        Ok((format!("{}#phieu-giay", one.work_path()), Note::new("ask-paper-written")))
    };
    press(&ctx, &one, &sent, rule).await
}

pub(super) async fn drop_paper(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        paper::take_back(&ctx, tx, one.id, sent.text("ma-bo")).await?;
        Ok((format!("{}#phieu-giay", one.work_path()), Note::new("ask-paper-dropped")))
    };
    press(&ctx, &one, &sent, rule).await
}

pub(super) async fn count(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        let done = counting::count(&ctx, tx, one.clone()).await?;
        Ok((done.work_path(), Note::new(Message::new("ask-counted").with("count", done.given))))
    };
    press(&ctx, &one, &sent, rule).await
}

#[derive(Template)]
#[template(path = "works-minutes.html")]
struct MinutesPage {
    shell: Shell,
    day: String,
    title: String,
    about: String,
    facts: Vec<(String, String)>,
    works: Vec<(String, String, String, Html)>,
    seal: String,
    turnout: String,
}

/// The minutes, to be signed.
pub(super) async fn minutes(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = kept(&ctx, id).await?;
    let t = ctx.t();
    if one.state != State::Done {
        return Err(Error::conflict("ask-not-counted"));
    }
    let works = store::works(&ctx, &ctx.app.db, one.id).await?;
    let works: Vec<Work> = works.into_iter().filter(|work| work.state == WorkState::In).collect();
    let ballots = store::ballots(&ctx, &ctx.app.db, one.id).await?;
    let (_, frame) = frame(&ctx, &one, &Back::default()).await?;
    let number = |number: usize| t.number(i64::try_from(number).unwrap_or(i64::MAX));
    let spoilt = ballots.iter().filter(|ballot| ballot.picks.is_empty()).count();
    let mut facts = frame.facts;
    facts.push((t.t("ask-roll"), t.number(one.roll)));
    facts.push((t.t("ask-given"), t.number(one.given)));
    facts.push((t.t("ask-papers-handed"), t.number(store::handed(&ctx, &ctx.app.db, one.id).await?)));
    facts.push((t.t("ask-ballots"), number(ballots.len())));
    facts.push((t.t("ask-spoilt"), number(spoilt)));
    let line =
        |work: &&Work| (work.name.clone(), about(&ctx, work), t.number(work.votes), badge(&ctx, &one, work));
    let shell = Shell::of(&ctx, "ask-minutes").await?.crumb(t.t("ask-menu"), crate::matter::WORK);
    Ok(html(ui::render(&MinutesPage {
        shell: shell.crumb(one.title.clone(), &one.work_path()).crumb(t.t("ask-minutes"), ""),
        day: one.done_on.map(|day| t.date(day)).unwrap_or_default(),
        works: ranked(&works).iter().map(line).collect(),
        turnout: turnout(&ctx, &one)?,
        title: one.title,
        about: one.about,
        seal: one.seal,
        facts,
    })?))
}
