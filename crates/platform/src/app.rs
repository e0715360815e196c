//! The running program: database, clock, areas. Cloning is cheap.

use crate::access::Actor;
use crate::access::Policies;
use crate::area::{Area, Route};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Migration, migrate};
use crate::http::ErrorPage;
use crate::i18n;
use crate::jobs::Jobs;
use crate::law::Law;
use crate::remember::Memory;
use crate::telemetry::Metrics;
use crate::{Error, Result, area};
use futures_util::future::BoxFuture;
use http::HeaderMap;
use std::any::Any;
use std::sync::Arc;
use uuid::Uuid;

/// Finds out who sends a request. The identity area registers it with [`Builder::authenticator`].
pub trait Authenticator: Send + Sync {
    /// `None` is an anonymous visitor; an error is a sign-in that is no longer good.
    fn actor<'a>(&'a self, app: &'a App, headers: &'a HeaderMap)
    -> BoxFuture<'a, Result<Option<Arc<Actor>>>>;

    /// The commune that an anonymous visitor of this host sees.
    fn commune<'a>(&'a self, app: &'a App, headers: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>>;
}

pub struct Inner {
    pub db: Db,
    pub clock: Clock,
    pub config: Config,
    pub policies: Policies,
    pub jobs: Jobs,
    pub law: Law,
    pub metrics: Metrics,
    pub memory: Memory,
    areas: Vec<Area>,
    authenticator: Box<dyn Authenticator>,
    error_page: ErrorPage,
}

#[derive(Clone)]
pub struct App(Arc<Inner>);

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// The parts of an app before it starts.
pub struct Builder {
    pub config: Config,
    pub clock: Clock,
    pub areas: Vec<Area>,
    pub authenticator: Box<dyn Authenticator>,
    pub error_page: ErrorPage,
}

impl Builder {
    /// Opens the database, brings it up to date, loads texts, policies and law files.
    pub async fn start(self) -> Result<App> {
        for area in &self.areas {
            for (lang, text) in area.locales {
                i18n::load(area.name, *lang, text);
            }
        }
        let db = Db::open(&self.config.database).await?;
        let ran = migrate(&db, &migrations(&self.areas), self.clock.now()).await?;
        if !ran.is_empty() {
            tracing::info!(migrations = ran.len(), "schema brought up to date");
        }
        Ok(App(Arc::new(Inner {
            policies: area::policies(&self.areas)?,
            jobs: Jobs::new(&self.areas)?,
            law: Law::open(self.config.law_folder()),
            metrics: Metrics::new(),
            memory: Memory::default(),
            db,
            clock: self.clock,
            config: self.config,
            areas: self.areas,
            authenticator: self.authenticator,
            error_page: self.error_page,
        })))
    }
}

/// The steps of the platform itself and of all areas.
pub fn migrations(areas: &[Area]) -> Vec<Migration> {
    let own = crate::MIGRATIONS.iter();
    own.chain(areas.iter().flat_map(|area| area.migrations)).copied().collect()
}

impl App {
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    pub fn routes(&self) -> impl Iterator<Item = &Route> {
        self.areas.iter().flat_map(|area| &area.routes)
    }

    /// Everything of one type that the areas offer, in the order of the areas.
    pub fn offers<O: Any + Send + Sync>(&self) -> impl Iterator<Item = &O> {
        self.areas.iter().flat_map(|area| &area.offers).filter_map(|offer| offer.downcast_ref())
    }

    pub fn authenticator(&self) -> &dyn Authenticator {
        &*self.authenticator
    }

    pub fn error_page(&self) -> ErrorPage {
        self.error_page
    }

    /// The action as the area wrote it; for the policies' cache, which keeps static names.
    pub fn action(&self, name: &str) -> Result<&'static str> {
        let found = self.routes().map(|route| route.action).find(|action| *action == name);
        found.ok_or_else(|| Error::internal(format!("no route has the action {name}")))
    }
}
