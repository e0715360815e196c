//! The agent's own pages: what is asked for, by whom, and the press with the PIN.

use crate::Agent;
use crate::requests::{Asked, State as Stands};
use crate::token::{Offered, PinState, TokenFault};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode, header};
use pades::{Fault, Shown, Signer, Signing};
use platform::clock::{local_date, vietnam};
use platform::{Lang, T};
use serde::Deserialize;
use std::sync::Arc;

/// A certificate to choose.
struct Choice {
    value: String,
    name: String,
    line: String,
    /// Why it cannot be used now, or what to mind.
    warning: String,
    usable: bool,
    checked: bool,
}

#[derive(Template)]
#[template(path = "sign.html")]
struct SignPage<'a> {
    t: T,
    asked: &'a Asked,
    path: String,
    choices: Vec<Choice>,
    /// Something can be signed with.
    ready: bool,
    wrong: String,
    facts: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "told.html")]
struct ToldPage {
    t: T,
    title: String,
    line: String,
    waiting: Vec<(String, String)>,
    facts: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub(crate) struct Press {
    #[serde(default)]
    certificate: String,
    #[serde(default)]
    pin: String,
}

fn page(status: StatusCode, drawn: askama::Result<String>) -> Response {
    match drawn {
        Ok(text) => (status, Html(text)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn told(t: T, status: StatusCode, title: &str, line: &str) -> Response {
    let (waiting, facts) = (Vec::new(), Vec::new());
    page(status, ToldPage { t, title: t.t(title), line: t.t(line), waiting, facts }.render())
}

/// For whoever opens the agent's address: that it runs, what it finds, what waits.
pub(crate) async fn home(State(agent): State<Agent>, headers: HeaderMap) -> Response {
    let asked =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let t = T(if asked.starts_with("en") { Lang::En } else { Lang::Vi });
    let (found, agent) = listed(agent).await;
    let line = match &found {
        Ok(all) => all.iter().map(|one| one.certificate.name.as_str()).collect::<Vec<_>>().join(", "),
        Err(fault) => sentence(t, fault),
    };
    let drawn = ToldPage {
        t,
        title: t.t("agent-runs"),
        line: t.t("agent-runs-line"),
        waiting: agent.0.requests.waiting(agent.0.clock.now()),
        facts: vec![(t.t("agent-certificates"), line), (t.t("agent-sites"), agent.0.allow.join(", "))],
    };
    page(StatusCode::OK, drawn.render())
}

pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css")], include_str!("../templates/look.css")).into_response()
}

async fn listed(agent: Agent) -> (Result<Vec<Offered>, TokenFault>, Agent) {
    let asked = agent.clone();
    let found = tokio::task::spawn_blocking(move || asked.0.tokens.list()).await;
    (found.unwrap_or_else(|error| Err(TokenFault::Driver(error.to_string()))), agent)
}

pub(crate) async fn show(State(agent): State<Agent>, Path(secret): Path<String>) -> Response {
    window(agent, &secret, StatusCode::OK, None, "").await
}

/// The document itself, to be read before it is signed.
pub(crate) async fn file(State(agent): State<Agent>, Path(secret): Path<String>) -> Response {
    match agent.0.requests.of(&secret, agent.0.clock.now()) {
        Some((asked, _)) => {
            let headers =
                [(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, "inline")];
            (headers, asked.file.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(crate) async fn cancel(State(agent): State<Agent>, Path(secret): Path<String>) -> Response {
    agent.0.requests.change(&secret, &Stands::Waiting, Stands::Cancelled, agent.0.clock.now());
    window(agent, &secret, StatusCode::OK, None, "").await
}

/// The press: one PIN signs one document, once.
pub(crate) async fn sign(
    State(agent): State<Agent>,
    Path(secret): Path<String>,
    Form(press): Form<Press>,
) -> Response {
    let now = agent.0.clock.now();
    let Some((asked, state)) = agent.0.requests.of(&secret, now) else { return gone(Lang::Vi) };
    if press.pin.is_empty() && state == Stands::Waiting {
        let wrong = T(asked.lang).t("agent-pin-empty");
        return window(agent, &secret, StatusCode::UNPROCESSABLE_ENTITY, Some(wrong), &press.certificate)
            .await;
    }
    if !agent.0.requests.change(&secret, &Stands::Waiting, Stands::Signing, now) {
        return window(agent, &secret, StatusCode::CONFLICT, None, "").await;
    }
    let (worker, chosen) = (agent.clone(), press.certificate.clone());
    let work = move || signed(&worker, &asked, &press, now);
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.unwrap_or_else(|error| Err(TokenFault::Driver(error.to_string())));
    let (state, wrong) = match done {
        Ok(file) => (Stands::Signed(Arc::new(file)), None),
        Err(fault) => (Stands::Waiting, Some(fault)),
    };
    agent.0.requests.change(&secret, &Stands::Signing, state, agent.0.clock.now());
    let lang = agent.0.requests.of(&secret, now).map_or(Lang::Vi, |(asked, _)| asked.lang);
    let wrong = wrong.map(|fault| sentence(T(lang), &fault));
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    window(agent, &secret, status, wrong, &chosen).await
}

fn signed(agent: &Agent, asked: &Asked, press: &Press, now: DateTime<Utc>) -> Result<Vec<u8>, TokenFault> {
    let at = now.with_timezone(&vietnam());
    let signing = Signing { at, reason: &asked.reason, place: &asked.place };
    let drawn = asked.drawn.as_ref();
    let shown = drawn.map(|drawn| Shown { page: drawn.page, at: drawn.at, drawing: &drawn.drawing });
    let mut file = Vec::new();
    agent.0.tokens.open(&press.certificate, &press.pin, &mut |key: &dyn Signer| {
        file = pades::sign_shown(&asked.file, key, &signing, shown.as_ref())?;
        Ok(())
    })?;
    // A token whose key and certificate do not belong together gives a signature that nobody will believe.
    let good = pades::check(&file, &[])?.last().is_some_and(|one| one.intact && one.whole);
    if good { Ok(file) } else { Err(TokenFault::NoKey) }
}

fn gone(lang: Lang) -> Response {
    told(T(lang), StatusCode::NOT_FOUND, "agent-expired-title", "agent-expired-line")
}

async fn window(
    agent: Agent,
    secret: &str,
    status: StatusCode,
    wrong: Option<String>,
    chosen: &str,
) -> Response {
    let now = agent.0.clock.now();
    let Some((asked, state)) = agent.0.requests.of(secret, now) else { return gone(Lang::Vi) };
    let t = T(asked.lang);
    match state {
        Stands::Signed(_) => return told(t, status, "agent-signed-title", "agent-signed-line"),
        Stands::Cancelled => return told(t, status, "agent-cancelled-title", "agent-cancelled-line"),
        Stands::Signing => return told(t, status, "agent-signing-title", "agent-signing-line"),
        Stands::Expired => return gone(asked.lang),
        Stands::Waiting => {}
    }
    let (found, _) = listed(agent).await;
    let (choices, fault) = match found {
        Ok(all) => (choices(t, &all, now, chosen), None),
        Err(fault) => (Vec::new(), Some(sentence(t, &fault))),
    };
    let drawn = SignPage {
        t,
        path: format!("/ky/{secret}"),
        ready: choices.iter().any(|one| one.usable),
        choices,
        wrong: wrong.or(fault).unwrap_or_default(),
        facts: facts(t, &asked),
        asked: &asked,
    };
    page(status, drawn.render())
}

fn facts(t: T, asked: &Asked) -> Vec<(String, String)> {
    let all = [
        ("agent-number", asked.number.clone()),
        ("agent-reason", asked.reason.clone()),
        ("agent-site", asked.origin.clone()),
        ("agent-signed-by", asked.signed_by.join(", ")),
        (
            "agent-drawn",
            asked.drawn.as_ref().map(|one| t.n("agent-drawn-page", "page", one.page)).unwrap_or_default(),
        ),
        (
            "agent-size",
            format!("{} kB", t.number(i64::try_from(asked.file.len().div_ceil(1024)).unwrap_or(0))),
        ),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect()
}

fn choices(t: T, all: &[Offered], now: DateTime<Utc>, chosen: &str) -> Vec<Choice> {
    let choice = |one: &Offered| {
        let until = t.date(local_date(one.certificate.not_after));
        let over = one.certificate.asked_at(now).err();
        let (warning, usable) = match (&over, one.pin) {
            (Some(fault), _) => (sentence(t, &TokenFault::Signing(fault.clone())), false),
            (None, PinState::Locked) => (t.t("agent-pin-locked"), false),
            (None, PinState::Unset) => (t.t("agent-pin-unset"), false),
            (None, PinState::Last) => (t.t("agent-pin-last-now"), true),
            (None, PinState::Low) => (t.t("agent-pin-low-now"), true),
            (None, PinState::Fresh) if one.certificate.key_kind().is_none() => (t.t("agent-key-kind"), false),
            (None, PinState::Fresh) => (String::new(), true),
        };
        let issuer = t.a(
            "agent-choice",
            &[
                ("issuer", one.certificate.issuer.clone().into()),
                ("until", until.into()),
                ("token", one.token.clone().into()),
            ],
        );
        let line = [one.certificate.organisation.clone(), issuer];
        Choice {
            value: one.name(),
            name: one.certificate.name.clone(),
            line: line.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            warning,
            usable,
            checked: false,
        }
    };
    let mut all: Vec<Choice> = all.iter().map(choice).collect();
    let usable = all.iter().filter(|one| one.usable).count();
    for one in all.iter_mut().filter(|one| one.usable) {
        one.checked = usable == 1 || one.value == chosen;
    }
    all
}

/// Why it did not work, in words.
fn sentence(t: T, fault: &TokenFault) -> String {
    match fault {
        TokenFault::Signing(Fault::Expired(day) | Fault::NotYet(day)) => {
            t.s(fault.text_key(), "day", &t.date(local_date(*day)))
        }
        TokenFault::Driver(detail) => t.s(fault.text_key(), "detail", detail),
        TokenFault::Signing(Fault::Signer(detail)) => t.s("agent-refused", "detail", detail),
        _ => t.t(fault.text_key()),
    }
}
