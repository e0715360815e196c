//! The context of one request or job: who, when, where, in which language. Every rule takes it first.

use crate::access::{Actor, Place, Scope};
use crate::app::App;
use crate::db::Tx;
use crate::i18n::{Lang, T};
use crate::{Error, Kind, Result, clock, ids};
use chrono::{DateTime, NaiveDate, Utc};
use http::HeaderMap;
use std::net::IpAddr;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Clone)]
pub struct Ctx {
    pub app: App,
    /// The tenant: first in every key and every query.
    pub commune: Uuid,
    /// The moment the request came in; one moment for all that it writes.
    pub now: DateTime<Utc>,
    pub lang: Lang,
    pub actor: Option<Arc<Actor>>,
    /// The action of the route, for audit and log.
    pub action: &'static str,
    /// Where the actor may do it; never empty inside a handler.
    pub scope: Scope,
    pub request_id: String,
    pub path: String,
    pub ip: Option<IpAddr>,
    /// The request's headers: cookies of appearance, the browser's name. Empty in background work.
    pub headers: Arc<HeaderMap>,
}

impl Ctx {
    /// The context of background work: no person, the whole commune.
    pub fn system(app: &App, commune: Uuid, action: &'static str) -> Ctx {
        Ctx {
            app: app.clone(),
            commune,
            now: app.clock.now(),
            lang: Lang::Vi,
            actor: None,
            action,
            scope: Scope::new(vec![Place::new("commune", commune)]),
            request_id: format!("job-{}", &ids::new_secret()[..8]),
            path: String::new(),
            ip: None,
            headers: Arc::default(),
        }
    }

    pub fn t(&self) -> T {
        T(self.lang)
    }

    pub fn today(&self) -> NaiveDate {
        clock::local_date(self.now)
    }

    pub fn new_id(&self) -> Uuid {
        ids::new_id(self.now)
    }

    /// The account that acts; an error that leads to the sign-in form when there is none.
    pub fn account(&self) -> Result<Uuid> {
        self.actor.as_ref().map(|actor| actor.account_id).ok_or_else(|| Error::new(Kind::SignIn))
    }

    pub fn account_or_none(&self) -> Option<Uuid> {
        self.actor.as_ref().map(|actor| actor.account_id)
    }

    /// May the actor also do `action`? For showing a button or a menu entry; the route itself decides again.
    pub fn may(&self, action: &'static str) -> bool {
        !self.scope_of(action).is_empty()
    }

    /// The places of another action than the route's own.
    pub fn scope_of(&self, action: &'static str) -> Scope {
        self.app.policies.decide(self.actor.as_deref(), self.commune, action)
    }

    pub async fn begin(&self) -> Result<Tx> {
        self.app.db.begin().await
    }
}
