//! A round of works as everybody sees it, the booth of a household, and the list of ballots.

use super::desk::{about, badge, names, read, turnout};
use super::model::{Ballot, Work, WorkState, list, ranked};
use super::{ballot, rules, store};
use crate::bars::Bars;
use crate::matter::{Head, Matter, Standing, head};
use crate::who;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, download, html, settle, start};
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use ui::back::{Back, act, key};
use ui::{FieldErrors, Html, Shell};

struct Line {
    position: i64,
    name: String,
    at: String,
    about: String,
    badge: Html,
}

fn lines(ctx: &Ctx, round: &Matter, works: &[Work]) -> Vec<Line> {
    let line = |work: &Work| Line {
        position: work.position,
        name: work.name.clone(),
        at: about(ctx, work),
        about: work.about.clone(),
        badge: badge(ctx, round, work),
    };
    works.iter().filter(|work| work.state == WorkState::In).map(line).collect()
}

#[derive(Template)]
#[template(path = "works-show.html")]
struct ShowPage {
    shell: Shell,
    head: Head,
    path: String,
    budget: String,
    picks: String,
    works: Vec<Line>,
    /// The reader may vote now.
    booth: bool,
    /// Why not; `""` when it is not to be said.
    hindrance: String,
    proposes: bool,
    running: bool,
    given: i64,
    roll: i64,
    turnout: String,
    counting: bool,
    chart: Option<Bars>,
    /// The reader's own ballot, looked up by its code: what was chosen.
    code: String,
    found: Option<String>,
    ballots: Vec<(String, String)>,
    seal: String,
    key: String,
    typed: Vec<String>,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(page(&ctx, id, "", Back::default()).await?))
}

/// Looks a ballot up. Not by an address, which would stay in the browser and in the log of a proxy, beside whoever looked.
pub(super) async fn find(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    Ok(html(page(&ctx, id, sent.text("ma"), Back::default()).await?))
}

async fn round(ctx: &Ctx, id: Uuid) -> Result<Matter> {
    let one = crate::matter::store::find(ctx, &ctx.app.db, id).await?;
    if one.kind == crate::matter::Kind::Works { Ok(one) } else { Err(Error::not_found()) }
}

async fn page(ctx: &Ctx, id: Uuid, code: &str, back: Back) -> Result<String> {
    let t = ctx.t();
    let one = round(ctx, id).await?;
    let standing = one.standing(ctx.today());
    let works = store::works(ctx, &ctx.app.db, id).await?;
    let ballots = store::ballots(ctx, &ctx.app.db, id).await?;
    let (shell, head) = head(ctx, &one).await?;
    let me = who::me(ctx).await?;
    let mut hindrance = None;
    if let (Standing::Open, Some(me)) = (standing, &me) {
        hindrance = rules::hindrance(ctx, &one, me).await?;
    } else if standing == Standing::Open && ctx.actor.is_some() {
        hindrance = Some(Message::new("ask-not-linked"));
    }
    let villages = crate::matter::store::villages_of(ctx, &ctx.app.db, id).await?;
    let mine = me.as_ref().is_some_and(|me| villages.contains(&me.village));
    let chosen = |ballot: &Ballot| match ballot.picks().as_slice() {
        [] => t.t("ask-ballot-spoilt"),
        picks => names(&works, picks),
    };
    let typed = ballot::typed(code);
    let found = ballots.iter().find(|ballot| typed.as_deref() == Some(ballot.code.as_str()));
    ui::render(&ShowPage {
        path: one.path(),
        budget: format!("{} đ", t.number(one.budget)),
        picks: t.n("ask-pick-upto", "count", one.picks),
        works: if standing == Standing::Done {
            lines(ctx, &one, &best_first(&works))
        } else {
            lines(ctx, &one, &works)
        },
        booth: standing == Standing::Open && me.is_some() && hindrance.is_none(),
        hindrance: hindrance.map(|why| why.text(t)).unwrap_or_default(),
        proposes: standing == Standing::Planned && mine,
        running: one.opened && head.gone.is_empty(),
        given: one.given,
        roll: one.roll,
        turnout: turnout(ctx, &one)?,
        counting: standing == Standing::Over,
        chart: (standing == Standing::Done).then(|| chart(ctx, &works, ballots.len())),
        found: found.map(chosen),
        ballots: ballots.iter().map(|ballot| (ballot.code.clone(), chosen(ballot))).collect(),
        seal: one.seal.clone(),
        key: key(ctx),
        typed: ["ten", "cho", "gia", "mo-ta"].map(|name| back.or(name, "")).to_vec(),
        code: code.chars().take(20).collect(),
        errors: back.errors,
        wrong: back.wrong,
        head,
        shell,
    })
}

fn best_first(works: &[Work]) -> Vec<Work> {
    ranked(works).into_iter().cloned().collect()
}

fn chart(ctx: &Ctx, works: &[Work], ballots: usize) -> Bars {
    let on: Vec<Work> = works.iter().filter(|work| work.state == WorkState::In).cloned().collect();
    Bars {
        title: String::new(),
        note: format!("{}: {ballots}", ctx.t().t("ask-ballots")),
        bars: ranked(&on).iter().map(|work| (work.name.clone(), work.votes)).collect(),
        whole: i64::try_from(ballots).unwrap_or(i64::MAX).max(1),
    }
}

/// The bytes that the published hash is made of.
pub(super) async fn file(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = round(&ctx, id).await?;
    if one.seal.is_empty() {
        return Err(Error::not_found());
    }
    let ballots = store::ballots(&ctx, &ctx.app.db, id).await?;
    Ok(download("phieu.csv", "text/csv; charset=utf-8", list(&ballots).into_bytes()))
}

#[derive(Template)]
#[template(path = "works-booth.html")]
struct Booth {
    shell: Shell,
    path: String,
    picks: String,
    budget: String,
    works: Vec<Line>,
    ticked: Vec<String>,
    code: String,
    key: String,
    errors: FieldErrors,
    wrong: String,
}

impl Booth {
    fn ticked(&self, position: &i64) -> bool {
        self.ticked.contains(&position.to_string())
    }
}

pub(super) async fn booth(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = round(&ctx, id).await?;
    let me = who::needed(&ctx).await?;
    if one.standing(ctx.today()) != Standing::Open {
        return Err(Error::conflict("ask-not-open"));
    }
    if let Some(why) = rules::hindrance(&ctx, &one, &me).await? {
        return Err(Error::conflict(why));
    }
    Ok(html(booth_page(&ctx, &one, Back::default()).await?))
}

async fn booth_page(ctx: &Ctx, one: &Matter, back: Back) -> Result<String> {
    let t = ctx.t();
    let works = store::works(ctx, &ctx.app.db, one.id).await?;
    let ticked = back.sent().map(|sent| sent.all("chon").map(str::to_owned).collect());
    // A code that was refused is not shown again.
    let code = Some(back.text("ma")).filter(|_| back.wrong.is_empty()).and_then(ballot::typed);
    let shell = Shell::public(ctx, "ask-booth").await?.crumb(t.t("ask"), "/hoi-dan");
    ui::render(&Booth {
        shell: shell.crumb(one.title.clone(), &one.path()).crumb(t.t("ask-booth"), ""),
        path: one.path(),
        picks: t.n("ask-pick-upto", "count", one.picks),
        budget: format!("{} đ", t.number(one.budget)),
        works: lines(ctx, one, &works),
        ticked: ticked.unwrap_or_default(),
        code: code.unwrap_or_else(ballot::code),
        key: key(ctx),
        errors: back.errors,
        wrong: back.wrong,
    })
}

#[derive(Template)]
#[template(path = "works-voted.html")]
struct Voted {
    shell: Shell,
    path: String,
    code: String,
    until: String,
}

/// Takes the ballot. The answer shows its code once more; nothing that is kept holds it beside the household, hence no redirect.
pub(super) async fn vote(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = round(&ctx, id).await?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let picks = sent.all("chon").map(|pick| pick.parse().map_err(|_| Error::field("chon", "ask-pick-one")));
    let done = match picks.collect::<Result<Vec<i64>>>() {
        Ok(picks) => ballot::cast(&ctx, &tx, &one, sent.text("ma"), &picks).await,
        Err(error) => Err(error),
    };
    let done = done.map(|()| (one.path(), Note::new("ask-voted")));
    match settle(&ctx, key, tx, done).await? {
        Ok(_) => {
            let shell = Shell::public(&ctx, "ask-voted").await?.crumb(ctx.t().t("ask"), "/hoi-dan");
            let page = Voted {
                shell: shell.crumb(one.title.clone(), &one.path()).crumb(ctx.t().t("ask-voted"), ""),
                path: one.path(),
                code: ballot::typed(sent.text("ma")).unwrap_or_default(),
                until: ctx.t().date(one.until_on),
            };
            Ok(html(ui::render(&page)?).into_response())
        }
        Err(error) => {
            ui::back::again(&ctx, &sent, error, async |back| booth_page(&ctx, &one, back).await).await
        }
    }
}

pub(super) async fn propose(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = round(&ctx, id).await?;
    let rule = async |tx: &Tx| {
        rules::propose(&ctx, tx, id, read(&sent)?).await?;
        Ok((one.path(), Note::new("ask-work-proposed")))
    };
    act(&ctx, &sent, rule, async |back| page(&ctx, id, "", back).await).await
}
