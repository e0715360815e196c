//! What an area of the commune hands to the binary: its tables, texts, policies, routes and background work.

use crate::access::Policies;
use crate::app::App;
use crate::db::Migration;
use crate::events::Handler;
use crate::i18n::Lang;
use crate::jobs::{Every, Worker};
use axum::routing::MethodRouter;
use futures_util::future::BoxFuture;
use http::Method;
use std::any::Any;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// One area. Build it with the `with` functions in the area's `lib.rs`.
#[derive(Default)]
pub struct Area {
    pub name: &'static str,
    pub migrations: &'static [Migration],
    pub locales: &'static [(Lang, &'static str)],
    /// Cedar policies (`access.cedar`).
    pub policies: &'static str,
    pub routes: Vec<Route>,
    pub workers: Vec<Worker>,
    pub every: Vec<Every>,
    pub handlers: Vec<Handler>,
    pub services: Vec<Service>,
    /// The area's parts of `/api/openapi.json`.
    pub openapi: Vec<fn() -> utoipa::openapi::OpenApi>,
    /// What higher layers collect: figures, panels, menu entries. See [`App::offers`].
    pub offers: Vec<Arc<dyn Any + Send + Sync>>,
}

impl Area {
    pub fn new(name: &'static str) -> Area {
        Area { name, ..Area::default() }
    }

    pub fn migrations(mut self, migrations: &'static [Migration]) -> Area {
        self.migrations = migrations;
        self
    }

    pub fn locales(mut self, vi: &'static str, en: &'static str) -> Area {
        self.locales = Box::leak(Box::new([(Lang::Vi, vi), (Lang::En, en)]));
        self
    }

    pub fn policies(mut self, cedar: &'static str) -> Area {
        self.policies = cedar;
        self
    }

    pub fn routes(mut self, routes: Vec<Route>) -> Area {
        self.routes.extend(routes);
        self
    }

    pub fn worker(mut self, worker: Worker) -> Area {
        self.workers.push(worker);
        self
    }

    pub fn every(mut self, every: Every) -> Area {
        self.every.push(every);
        self
    }

    pub fn on(mut self, handler: Handler) -> Area {
        self.handlers.push(handler);
        self
    }

    pub fn service(mut self, service: Service) -> Area {
        self.services.push(service);
        self
    }

    pub fn openapi(mut self, make: fn() -> utoipa::openapi::OpenApi) -> Area {
        self.openapi.push(make);
        self
    }

    /// Offers a value that a layer above collects by its type.
    pub fn offer<O: Any + Send + Sync>(mut self, value: O) -> Area {
        self.offers.push(Arc::new(value));
        self
    }
}

/// What runs beside the requests as long as the program serves: it ends soon after its token says so.
#[derive(Clone)]
pub struct Service {
    pub name: &'static str,
    pub run: fn(App, CancellationToken) -> BoxFuture<'static, ()>,
}

impl Service {
    pub fn new(name: &'static str, run: fn(App, CancellationToken) -> BoxFuture<'static, ()>) -> Service {
        Service { name, run }
    }
}

/// One address and what it does. The action is what the policies speak of; a route without one cannot be written.
#[derive(Clone)]
pub struct Route {
    pub method: Method,
    /// As axum writes it: `/lam-viec/ho/{id}`.
    pub path: &'static str,
    /// `noun.verb`, e.g. `household.update`.
    pub action: &'static str,
    pub handler: MethodRouter<App>,
    /// Visitors without a session all see the same page.
    pub kept: bool,
    /// A phone may keep the page, to be read where there is no network.
    pub on_phone: bool,
}

impl Route {
    fn new(method: Method, path: &'static str, action: &'static str, handler: MethodRouter<App>) -> Route {
        Route { method, path, action, handler, kept: false, on_phone: false }
    }

    /// The page is the same for every visitor without a session, and has no form that writes: it is kept for some
    /// seconds, packed, and drawn anew after any write.
    pub fn kept(mut self) -> Route {
        self.kept = true;
        self.on_phone()
    }

    /// The page is public, or the reader's own: the phone keeps it, locked, until the reader signs out.
    pub fn on_phone(mut self) -> Route {
        self.on_phone = true;
        self
    }
}

/// `get("/lam-viec/ho", "household.list", pages::list)`
pub fn get<H, A: 'static>(path: &'static str, action: &'static str, handler: H) -> Route
where
    H: axum::handler::Handler<A, App>,
{
    Route::new(Method::GET, path, action, axum::routing::get(handler))
}

pub fn post<H, A: 'static>(path: &'static str, action: &'static str, handler: H) -> Route
where
    H: axum::handler::Handler<A, App>,
{
    Route::new(Method::POST, path, action, axum::routing::post(handler))
}

pub fn put<H, A: 'static>(path: &'static str, action: &'static str, handler: H) -> Route
where
    H: axum::handler::Handler<A, App>,
{
    Route::new(Method::PUT, path, action, axum::routing::put(handler))
}

pub fn delete<H, A: 'static>(path: &'static str, action: &'static str, handler: H) -> Route
where
    H: axum::handler::Handler<A, App>,
{
    Route::new(Method::DELETE, path, action, axum::routing::delete(handler))
}

/// The policies of all areas in one set.
pub(crate) fn policies(areas: &[Area]) -> crate::Result<Policies> {
    let texts: Vec<(&str, &str)> = areas.iter().map(|area| (area.name, area.policies)).collect();
    Policies::parse(&texts)
}
