//! The page of the exchange: who we are, with whom, what waits, what is asked, what went and came.

use super::model::{In, Net, Office, Out, Peer, Sent, Taken, Way};
use super::rules::{self, Said};
use super::{PATH, store};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid, once};
use ui::{FieldErrors, Shell};

/// Lines of each list.
const LINES: i64 = 50;

struct PeerLine {
    id: Uuid,
    name: String,
    code: String,
    way: String,
    address: String,
    since: String,
    key: Uuid,
}

/// Something on its way out, or gone.
struct OutLine {
    id: Uuid,
    to: String,
    title: String,
    what: String,
    state: String,
    problem: String,
    at: String,
    key: Uuid,
}

/// Something that came.
struct InLine {
    id: Uuid,
    from: String,
    title: String,
    what: String,
    state: String,
    note: String,
    at: String,
    key: Uuid,
}

#[derive(Template)]
#[template(path = "exchange.html")]
struct ExchangePage {
    shell: Shell,
    keeps: bool,
    office: Office,
    peers: Vec<PeerLine>,
    fresh: Option<(String, String)>,
    waiting: Vec<OutLine>,
    asked: Vec<InLine>,
    sent: Vec<OutLine>,
    came: Vec<InLine>,
    refused: Vec<InLine>,
    said: Said,
    ways: Vec<(&'static str, String)>,
    nets: Vec<(&'static str, String)>,
    key: Uuid,
    key_of_office: Uuid,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, Said::default(), None, None).await?)?))
}

fn out_line(ctx: &Ctx, peers: &[Peer], one: Out) -> OutLine {
    let t = ctx.t();
    let name = peers.iter().find(|peer| peer.code == one.code).map(|peer| peer.name.clone());
    let title = match &one.item {
        super::model::Item::Document(document) => {
            format!("{}/{} {}", document.number, document.notation, document.subject)
        }
        super::model::Item::Status(reply) => format!("{} {}", reply.number, reply.note).trim().to_owned(),
    };
    let state = one.standing.map_or_else(|| t.t(one.state.text_key()), |standing| t.t(standing.text_key()));
    // A key of ours, or what the other side said.
    let problem = if one.problem.starts_with("office-") { t.t(&one.problem) } else { one.problem };
    OutLine {
        id: one.id,
        to: name.unwrap_or(one.code),
        title,
        what: t.t(one.what.text_key()),
        state: if one.standing_note.is_empty() { state } else { format!("{state}: {}", one.standing_note) },
        problem,
        at: t.moment(one.standing_at.or(one.sent_at).unwrap_or(one.at)),
        key: ctx.new_id(),
    }
}

fn in_line(ctx: &Ctx, peers: &[Peer], one: In) -> InLine {
    let t = ctx.t();
    let name = peers.iter().find(|peer| peer.code == one.code).map(|peer| peer.name.clone());
    let (reason, line) = one.problem.split_once(':').unwrap_or((one.problem.as_str(), ""));
    let mut note = if reason.is_empty() { one.note } else { t.t(&format!("office-edxml-{reason}")) };
    if !line.is_empty() {
        note = format!("{note} {}", t.s("office-exchange-line", "line", line));
    }
    InLine {
        id: one.id,
        from: name.unwrap_or(one.code),
        title: format!("{} {}", one.number, one.subject).trim().to_owned(),
        what: t.t(one.what.text_key()),
        state: t.t(one.state.text_key()),
        note,
        at: t.moment(one.at),
        key: ctx.new_id(),
    }
}

async fn page(
    ctx: &Ctx,
    said: Said,
    fresh: Option<(String, String)>,
    error: Option<&Error>,
) -> Result<ExchangePage> {
    let (t, db) = (ctx.t(), &ctx.app.db);
    let peers = store::peers(ctx, db).await?;
    let outs = |rows: Vec<Out>| rows.into_iter().map(|row| out_line(ctx, &peers, row)).collect::<Vec<_>>();
    let ins = |rows: Vec<In>| rows.into_iter().map(|row| in_line(ctx, &peers, row)).collect::<Vec<_>>();
    let mut waiting = outs(store::out_list(ctx, db, Sent::Refused, LINES).await?);
    waiting.extend(outs(store::out_list(ctx, db, Sent::Waiting, LINES).await?));
    let sent = outs(store::out_last(ctx, db, Sent::Gone, LINES).await?);
    let asked = ins(store::in_list(ctx, db, Taken::Asked, LINES).await?);
    let came = ins(store::in_list(ctx, db, Taken::Kept, LINES).await?);
    let refused = ins(store::in_list(ctx, db, Taken::Refused, LINES).await?);
    let wrong = error.filter(|error| error.fields.is_empty()).map(|error| error.message.text(t));
    Ok(ExchangePage {
        shell: Shell::of(ctx, "office-exchange").await?,
        keeps: ctx.may("exchange.keep"),
        office: store::office(ctx, db).await?.unwrap_or_default(),
        waiting,
        asked,
        sent,
        came,
        refused,
        peers: peers.iter().map(|peer| peer_line(ctx, peer)).collect(),
        fresh,
        said: if said.net.is_empty() { Said { net: Net::State.code().to_owned(), ..said } } else { said },
        nets: Net::ALL.iter().map(|net| (net.code(), t.t(net.text_key()))).collect(),
        ways: Way::ALL.iter().map(|way| (way.code(), t.t(way.text_key()))).collect(),
        key: ctx.new_id(),
        key_of_office: ctx.new_id(),
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong.unwrap_or_default(),
    })
}

fn peer_line(ctx: &Ctx, peer: &Peer) -> PeerLine {
    PeerLine {
        id: peer.id,
        name: peer.name.clone(),
        code: peer.code.clone(),
        way: format!("{} · {}", ctx.t().t(peer.net.text_key()), ctx.t().t(peer.way.text_key())),
        address: peer.address.clone(),
        since: ctx.t().moment(peer.made_at),
        key: ctx.new_id(),
    }
}

async fn again_with(ctx: &Ctx, said: Said, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let page = page(ctx, said, None, Some(&error)).await?;
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

/// A peer; its secret stands in this answer and nowhere else: pressed twice the form leads to the list.
pub(super) async fn insert(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let said = Said {
        code: sent.text("ma").to_owned(),
        name: sent.text("ten").to_owned(),
        way: sent.text("cach").to_owned(),
        address: sent.text("dia-chi").to_owned(),
        secret: sent.text("khoa-chung").to_owned(),
        net: sent.text("mang").to_owned(),
        own_code: sent.text("ma-minh").to_owned(),
        own_name: sent.text("ten-minh").to_owned(),
    };
    match rules::insert(&ctx, &tx, &said).await {
        Ok((peer, secret)) => {
            once::finish(&ctx, tx, key, PATH).await?;
            let fresh = (peer.way == Way::Https).then_some((peer.name, secret));
            Ok(html(ui::render(&page(&ctx, Said::default(), fresh, None).await?)?))
        }
        Err(error) => {
            tx.rollback().await?;
            again_with(&ctx, said, error).await
        }
    }
}

pub(super) async fn office(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let text = |name: &str| sent.text(name).to_owned();
    let one = Office { code: text("ma-co-quan"), name: text("ten-co-quan"), in_charge: text("cap-tren") };
    let done = rules::office(&ctx, &tx, one).await;
    let done = done.map(|()| (PATH.to_owned(), Note::new("office-exchange-office-kept")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again_with(&ctx, Said::default(), error).await,
    }
}

pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::end(&ctx, &tx, id).await;
    let done = done.map(|()| (PATH.to_owned(), Note::new("office-exchange-ended")));
    settle(&ctx, key, tx, done).await?
}

pub(super) async fn again(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::again(&ctx, &tx, id).await;
    let done = done.map(|()| (PATH.to_owned(), Note::new("office-exchange-again-done")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again_with(&ctx, Said::default(), error).await,
    }
}

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let agreed = sent.text("tra-loi") == "dong-y";
    let done = rules::answer(&ctx, &tx, id, agreed, sent.text("ly-do")).await;
    let done = done.map(|_| (PATH.to_owned(), Note::new("office-exchange-answer-done")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again_with(&ctx, Said::default(), error).await,
    }
}
