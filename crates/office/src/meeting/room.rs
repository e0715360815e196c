//! The room: what is discussed, who speaks, what is voted on; and what the reader does there.

use super::back::{Back, act, again, key};
use super::ballot::{self, Asking};
use super::live::{self, Live};
use super::model::{Guest, Meeting, State, Vote, VoteState};
use super::{PATH, speech, store};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, html};
use platform::{Ctx, Result, Tx, Uuid};
use ui::{BarChart, FieldErrors, Html, Shell};

/// A vote as the room shows it.
struct Card {
    path: String,
    question: String,
    note: String,
    badge: Html,
    choices: Vec<(String, String)>,
    /// What the reader chose in an open vote.
    chosen: String,
    may_vote: bool,
    voted: bool,
    may_open: bool,
    may_close: bool,
    may_delete: bool,
    chart: Option<BarChart>,
    key: String,
    key_two: String,
}

#[derive(Template)]
#[template(path = "meeting-room.html")]
struct RoomPage {
    shell: Shell,
    path: String,
    badge: Html,
    piece: Html,
    live: Live,
    /// The meeting is open.
    open: bool,
    runs: bool,
    here: bool,
    may_ask: bool,
    items: Vec<(String, String)>,
    item: String,
    asked_item: String,
    cards: Vec<Card>,
    question: String,
    choices: String,
    secret: String,
    kinds: Vec<(String, String)>,
    may_prepare: bool,
    keys: [String; 5],
    errors: FieldErrors,
    wrong: String,
}

#[derive(Template)]
#[template(path = "meeting-room-piece.html")]
struct RoomPiece<'a> {
    shell: Shell,
    path: String,
    live: &'a Live,
    turnout: String,
    open: bool,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    if ctx.headers.contains_key("hx-request") {
        let one = store::find(&ctx, &ctx.app.db, id).await?;
        let live = Live::load(&ctx, &one).await?;
        let shell = Shell::of(&ctx, &one.title).await?;
        return Ok(html(piece(&ctx, &one, shell, &live)?));
    }
    Ok(html(page(&ctx, id, Back::default()).await?))
}

fn piece(ctx: &Ctx, one: &Meeting, shell: Shell, live: &Live) -> Result<String> {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let turnout = live.vote.as_ref().map(|vote| live::turnout(ctx, count(vote.voted), count(vote.present)));
    ui::render(&RoomPiece {
        shell,
        path: one.path(),
        live,
        turnout: turnout.unwrap_or_default(),
        open: one.state == State::Open,
    })
}

async fn page(ctx: &Ctx, id: Uuid, back: Back) -> Result<String> {
    let t = ctx.t();
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let me = ctx.account()?;
    let own = store::guest(ctx, &ctx.app.db, id, me).await?;
    let live = Live::load(ctx, &one).await?;
    let shell = Shell::of(ctx, "office-meeting-room").await?.crumb(t.t("office-meeting-menu"), PATH);
    let shell = shell.crumb(&one.title, &one.path()).crumb(t.t("office-meeting-room"), "");
    let items = store::items(ctx, &ctx.app.db, id).await?;
    let items = items.into_iter().map(|item| (item.id.to_string(), item.title)).collect();
    let listed = |speaker: &live::Speaker| speaker.own;
    let waits = live.waiting.iter().any(listed) || live.speaking.as_ref().is_some_and(listed);
    let (open, runs) = (one.state == State::Open, one.runs(me));
    let here = own.as_ref().is_some_and(|own| own.came.is_some());
    let usual = ["office-meeting-yes", "office-meeting-no", "office-meeting-abstain"].map(|key| t.t(key));
    let now = one.item_id.map(|id| id.to_string()).unwrap_or_default();
    let kinds = [("0", "office-meeting-public"), ("1", "office-meeting-secret")];
    ui::render(&RoomPage {
        path: one.path(),
        badge: one.badge().badge(&t.t(one.state.text_key())),
        piece: Html(piece(ctx, &one, shell.clone(), &live)?),
        cards: cards(ctx, &one, own.as_ref()).await?,
        open,
        runs,
        here,
        may_ask: open && here && !waits,
        items,
        asked_item: back.or("muc", &now),
        item: now,
        question: back.text("cau-hoi").to_owned(),
        choices: if back.text("kin").is_empty() {
            usual.join("\n")
        } else {
            back.text("phuong-an").to_owned()
        },
        secret: if back.text("kin").is_empty() { "0".to_owned() } else { back.text("kin").to_owned() },
        kinds: kinds.map(|(value, key)| (value.to_owned(), t.t(key))).to_vec(),
        may_prepare: runs && one.ahead(),
        keys: std::array::from_fn(|_| key(ctx)),
        errors: back.errors,
        wrong: back.wrong,
        live,
        shell,
    })
}

/// The vote that is open first, then what was prepared, then results, the latest first.
async fn cards(ctx: &Ctx, one: &Meeting, own: Option<&Guest>) -> Result<Vec<Card>> {
    let mut votes = store::votes(ctx, &ctx.app.db, one.id).await?;
    votes.sort_by_key(|vote| match vote.state {
        VoteState::Open => (0, vote.id.as_u128()),
        VoteState::Ready => (1, vote.id.as_u128()),
        VoteState::Closed => (2, u128::MAX - vote.id.as_u128()),
    });
    let mut cards = Vec::new();
    for vote in &votes {
        // What is only prepared is nobody else's.
        if vote.state == VoteState::Ready && !one.runs(ctx.account()?) {
            continue;
        }
        cards.push(card(ctx, one, vote, own).await?);
    }
    Ok(cards)
}

async fn card(ctx: &Ctx, one: &Meeting, vote: &Vote, own: Option<&Guest>) -> Result<Card> {
    let t = ctx.t();
    let me = ctx.account()?;
    let open = one.state == State::Open;
    let voters = store::voters(ctx, &ctx.app.db, vote.id).await?;
    let mine = voters.iter().find(|voter| voter.account_id == me);
    let able = open && vote.state == VoteState::Open && own.is_some_and(Guest::votes);
    let choices = store::choices(ctx, &ctx.app.db, vote.id).await?;
    Ok(Card {
        path: format!("{}/bieu-quyet/{}", one.path(), vote.id),
        question: vote.question.clone(),
        note: t.t(if vote.secret { "office-meeting-secret" } else { "office-meeting-public" }),
        badge: vote.badge().badge(&t.t(vote.state.text_key())),
        choices: choices.into_iter().map(|one| (one.position.to_string(), one.words)).collect(),
        chosen: mine.and_then(|mine| mine.position).map(|at| at.to_string()).unwrap_or_default(),
        may_vote: able && !(vote.secret && mine.is_some()),
        voted: mine.is_some(),
        may_open: open && one.chair_id == me && vote.state == VoteState::Ready,
        may_close: open && one.chair_id == me && vote.state == VoteState::Open,
        may_delete: one.runs(me) && one.ahead() && vote.state == VoteState::Ready,
        chart: if vote.state == VoteState::Closed { Some(live::result(ctx, vote).await?) } else { None },
        key: key(ctx),
        key_two: key(ctx),
    })
}

macro_rules! done {
    ($(#[$about:meta])* $name:ident, $note:literal, |$ctx:ident, $tx:ident, $id:ident, $sent:ident| $done:expr) => {
        $(#[$about])*
        pub(super) async fn $name(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
            let draw = async |back: Back| page(&ctx, id, back).await;
            let rule = async |tx: &Tx| {
                let ($ctx, $tx, $id, $sent) = (&ctx, tx, id, &sent);
                Ok($done.await?.path() + "/dieu-hanh")
            };
            act(&ctx, &sent, $note, rule, draw).await
        }
    };
}

done!(move_on, "office-meeting-moved-on", |ctx, tx, id, sent| speech::item_now(ctx, tx, id, sent.id("muc")?));
done!(ask_to_speak, "office-meeting-asked", |ctx, tx, id, sent| speech::ask(ctx, tx, id, sent.id("muc")?));
done!(call_next, "office-meeting-called", |ctx, tx, id, _sent| speech::call(ctx, tx, id, None));
done!(end_speech, "office-meeting-ended", |ctx, tx, id, _sent| speech::end(ctx, tx, id));

/// Calls somebody out of turn, or takes them off the list.
pub(super) async fn turn(ctx: Ctx, Path((id, turn)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| page(&ctx, id, back).await;
    let off = sent.text("lam") == "rut";
    let rule = async |tx: &Tx| {
        let one = if off {
            speech::withdraw(&ctx, tx, id, turn).await?
        } else {
            speech::call(&ctx, tx, id, Some(turn)).await?
        };
        Ok(one.path() + "/dieu-hanh")
    };
    let note = if off { "office-meeting-off-list" } else { "office-meeting-called" };
    act(&ctx, &sent, note, rule, draw).await
}

pub(super) async fn prepare(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| page(&ctx, id, back).await;
    let asking = Asking {
        question: sent.text("cau-hoi").to_owned(),
        choices: sent.text("phuong-an").lines().map(str::to_owned).collect(),
        secret: sent.text("kin") == "1",
    };
    let rule = async |tx: &Tx| {
        ballot::prepare(&ctx, tx, id, asking).await?;
        Ok(format!("{PATH}/{id}/dieu-hanh"))
    };
    act(&ctx, &sent, "office-meeting-vote-kept", rule, draw).await
}

/// Opens, closes or takes out a vote.
pub(super) async fn lead(ctx: Ctx, Path((id, vote)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| page(&ctx, id, back).await;
    let what = sent.text("lam");
    let rule = async |tx: &Tx| {
        let one = match what {
            "mo" => ballot::open(&ctx, tx, id, vote).await?,
            "dong" => ballot::close(&ctx, tx, id, vote).await?,
            "xoa" => ballot::delete(&ctx, tx, id, vote).await?,
            _ => return Err(platform::Error::invalid("error-choose")),
        };
        Ok(one.path() + "/dieu-hanh")
    };
    let note = match what {
        "mo" => "office-meeting-vote-opened",
        "dong" => "office-meeting-vote-closed",
        _ => "office-meeting-vote-gone",
    };
    act(&ctx, &sent, note, rule, draw).await
}

/// A ballot. Where it leads and what is said is the same whatever was chosen.
pub(super) async fn vote(ctx: Ctx, Path((id, vote)): Path<(Uuid, Uuid)>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| page(&ctx, id, back).await;
    let position = match sent.whole("chon") {
        Ok(position) => position,
        Err(error) => return again(&ctx, &sent, error, draw).await,
    };
    let rule = async |tx: &Tx| Ok(ballot::cast(&ctx, tx, id, vote, position).await?.path() + "/dieu-hanh");
    act(&ctx, &sent, "office-meeting-voted", rule, draw).await
}
