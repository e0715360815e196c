//! The way in: request id, who it is, which commune, which language, and whether the route is open to them.

use super::kept::{Look, Shelf};
use super::note;
use super::outbox;
use super::throttle::Throttle;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::i18n::Lang;
use crate::{Ctx, Error, Kind, Uuid, ids};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header, request::Parts};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What is known of a request before its route is found.
#[derive(Clone)]
pub(super) struct Visit {
    pub commune: Option<Uuid>,
    pub actor: Option<Arc<Actor>>,
    pub lang: Lang,
    pub request_id: String,
    pub path: String,
    pub ip: Option<IpAddr>,
    pub headers: Arc<HeaderMap>,
    pub now: chrono::DateTime<chrono::Utc>,
}

impl Visit {
    pub(super) fn ctx(&self, app: &App, action: &'static str, scope: Scope) -> Ctx {
        Ctx {
            app: app.clone(),
            commune: self.commune.unwrap_or_default(),
            now: self.now,
            lang: self.lang,
            actor: self.actor.clone(),
            action,
            scope,
            request_id: self.request_id.clone(),
            path: self.path.clone(),
            ip: self.ip,
            headers: self.headers.clone(),
        }
    }
}

/// Outermost: names the request, finds the person, refuses forged and too frequent ones.
pub(super) async fn identify(
    State((app, throttle)): State<(App, Arc<Throttle>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let now = app.clock.now();
    let request_id = ids::new_secret()[..12].to_owned();
    let ip = address(&app, &request);
    let mut visit = Visit {
        commune: None,
        actor: None,
        lang: language(request.uri().query(), request.headers()),
        request_id: request_id.clone(),
        path: request.uri().path_and_query().map_or_else(String::new, ToString::to_string),
        ip,
        headers: Arc::new(request.headers().clone()),
        now,
    };
    let entry = match same_site(&request) {
        Ok(()) => enter(&app, &throttle, &mut visit).await,
        Err(error) => Err(error),
    };
    request.extensions_mut().insert(visit.clone());
    let mut response = match entry {
        Ok(()) => next.run(request).await,
        Err(error) => super::answer::show(
            &app,
            &visit,
            error,
            super::answer::wants_json(request.headers(), request.uri().path()),
        ),
    };
    note::clear(&visit.headers, &mut response);
    outbox::tell(&visit.headers, &mut response);
    let took = app.clock.now() - now;
    tracing::debug!(
        request.id = request_id,
        http.status = response.status().as_u16(),
        took_us = took.num_microseconds()
    );
    if let Ok(value) = request_id.parse() {
        response.headers_mut().insert("x-request-id", value);
    }
    if let Some(lang) = chosen(visit.path.split_once('?').map(|(_, query)| query)) {
        let value = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code());
        response.headers_mut().append(header::SET_COOKIE, value.parse().expect("plain ASCII"));
    }
    response
}

async fn enter(app: &App, throttle: &Throttle, visit: &mut Visit) -> Result<(), Error> {
    if let Some(ip) = visit.ip.filter(|ip| !ip.is_loopback()) {
        throttle.check(&ip, visit.now).map_err(|wait| Error::too_many("error-too-many", wait))?;
    }
    visit.actor = app.authenticator().actor(app, &visit.headers).await?;
    visit.commune = match &visit.actor {
        Some(actor) => Some(actor.commune_id),
        None => app.authenticator().commune(app, &visit.headers).await.ok(),
    };
    Ok(())
}

/// A page of another site may not send our forms: browsers say where a request comes from.
fn same_site(request: &Request) -> Result<(), Error> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    if safe || headers.contains_key(header::AUTHORIZATION) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let foreign = match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), _, _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| from != host),
        _ => false,
    };
    if foreign { Err(Error { message: "error-foreign-form".into(), ..Error::forbidden() }) } else { Ok(()) }
}

/// The header of a page that a phone may keep: an account, or `everybody`.
const KEEP: &str = "x-keep";

/// What stands before a route.
#[derive(Clone)]
pub(super) struct Door {
    pub app: App,
    pub action: &'static str,
    /// As the area wrote it, for the measurements.
    pub path: &'static str,
    /// Where the route's pages are kept, if they are.
    pub shelf: Option<Arc<Shelf>>,
    /// The page may be kept on the reader's phone.
    pub on_phone: bool,
}

/// Innermost: is this action open to this person, and where?
pub(super) async fn guard(State(door): State<Door>, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>().cloned() else {
        return Error::internal("a route outside the router").into_response();
    };
    let started = std::time::Instant::now();
    let method = request.method().to_string();
    let shelf = door.shelf.as_deref().filter(|_| request.method() == Method::GET);
    let mut response = match shelf.and_then(|shelf| Some((shelf, shelf.look(&door.app, &visit)?))) {
        None => open(&door, &visit, request, next).await,
        Some((_, Look::Found(response))) => response,
        Some((shelf, Look::Empty(place))) => {
            let response = open(&door, &visit, request, next).await;
            shelf.put(place, response).await
        }
    };
    if door.on_phone {
        on_phone(&visit, &mut response);
    }
    door.app.metrics.request(door.path, &method, response.status().as_u16(), started.elapsed());
    response
}

/// Tells the service worker (`web/src/worker.ts`) that it may keep this page, and whose it is.
fn on_phone(visit: &Visit, response: &mut Response) {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if response.status() != StatusCode::OK
        || !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
    {
        return;
    }
    let whose = visit.actor.as_ref().map(|actor| actor.account_id.to_string());
    if let Ok(whose) = whose.as_deref().unwrap_or("everybody").parse() {
        response.headers_mut().insert(KEEP, whose);
    }
}

async fn open(door: &Door, visit: &Visit, mut request: Request, next: Next) -> Response {
    match decide(&door.app, visit, door.action) {
        Ok(ctx) => {
            request.extensions_mut().insert(ctx);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    }
}

fn decide(app: &App, visit: &Visit, action: &'static str) -> Result<Ctx, Error> {
    let commune =
        visit.commune.ok_or_else(|| Error { message: "error-no-commune".into(), ..Error::not_found() })?;
    let scope = app.policies.decide(visit.actor.as_deref(), commune, action);
    if !scope.is_empty() {
        return Ok(visit.ctx(app, action, scope));
    }
    match &visit.actor {
        None => Err(Error::new(Kind::SignIn)),
        Some(actor) if app.policies.wants_second_factor(actor, action) => {
            Err(Error { message: "error-second-factor".into(), ..Error::new(Kind::SignIn) })
        }
        Some(_) => Err(Error::forbidden()),
    }
}

impl FromRequestParts<App> for Ctx {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Ctx, Error> {
        parts
            .extensions
            .get::<Ctx>()
            .cloned()
            .ok_or_else(|| Error::internal("a handler outside a guarded route"))
    }
}

fn address(app: &App, request: &Request) -> Option<IpAddr> {
    if app.config.behind_proxy {
        let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
        // The last entry is the one our own proxy wrote.
        if let Some(ip) = forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()) {
            return Some(ip);
        }
    }
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())
}

fn chosen(query: Option<&str>) -> Option<Lang> {
    query?.split('&').find_map(|pair| Lang::parse(pair.strip_prefix("lang=")?))
}

/// `?lang=`, then the cookie, then Vietnamese: a browser's own preference is often English on phones bought abroad.
fn language(query: Option<&str>, headers: &HeaderMap) -> Lang {
    chosen(query).or_else(|| Lang::parse(&cookie(headers, "lang")?)).unwrap_or_default()
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(cookie::Cookie::split_parse)
        .flatten()
        .find(|c| c.name() == name)
        .map(|c| c.value().to_owned())
}
