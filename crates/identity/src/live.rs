//! What the running program remembers between requests: open sessions for some seconds, tries at the door, the list
//! of communes. All of it is bounded, and a change drops what it concerns at once.

use crate::hasher::Hasher;
use crate::passkey::ceremony::Ceremonies;
use crate::provider::depart::{Departures, Services};
use crate::tries::Tries;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use platform::access::Actor;
use platform::http::Throttle;
use platform::{App, Error, Result, Uuid};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

const SESSION_SECONDS: i64 = 10;
const COMMUNE_SECONDS: i64 = 30;
const MAX_SESSIONS: usize = 20_000;
const MAX_UNKNOWN: usize = 10_000;

/// Offered by the area, so each running app has its own.
pub(crate) struct Live {
    pub hasher: Hasher,
    /// Sign-in tries by address: an office of sixty people shares one.
    pub addresses: Throttle,
    pub ceremonies: Ceremonies,
    pub departures: Departures,
    pub services: Services,
    known: Mutex<HashMap<String, Known>>,
    /// Counts changes: what was read before a change is not kept after it.
    epoch: AtomicU64,
    unknown: Mutex<HashMap<(Uuid, String), Tries>>,
    communes: Mutex<Option<(DateTime<Utc>, Arc<Communes>)>>,
    factor_roles: Mutex<Option<(NaiveDate, Arc<Vec<String>>)>>,
}

struct Known {
    actor: Arc<Actor>,
    read_at: DateTime<Utc>,
}

/// Which commune a host name shows.
#[derive(Default)]
pub(crate) struct Communes {
    pub first: Option<Uuid>,
    pub by_host: HashMap<String, Uuid>,
}

impl Default for Live {
    fn default() -> Live {
        Live {
            hasher: Hasher::default(),
            addresses: Throttle::per_minute(60),
            ceremonies: Ceremonies::default(),
            departures: Departures::default(),
            services: Services::default(),
            known: Mutex::default(),
            epoch: AtomicU64::new(0),
            unknown: Mutex::default(),
            communes: Mutex::default(),
            factor_roles: Mutex::default(),
        }
    }
}

/// # Errors
/// When the app runs without this area.
pub(crate) fn live(app: &App) -> Result<&Live> {
    app.offers::<Live>().next().ok_or_else(|| Error::internal("the app has no identity area"))
}

impl Live {
    /// The actor of a session or token read within the last seconds.
    pub fn actor(&self, hash: &str, now: DateTime<Utc>) -> Option<Arc<Actor>> {
        let known = self.known.lock().expect("no panic while held");
        known
            .get(hash)
            .filter(|known| fresh(known.read_at, now, SESSION_SECONDS))
            .map(|known| known.actor.clone())
    }

    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::SeqCst)
    }

    /// Keeps an actor that was read since `epoch`, unless something changed meanwhile.
    pub fn keep(&self, hash: String, actor: Arc<Actor>, now: DateTime<Utc>, epoch: u64) {
        let mut known = self.known.lock().expect("no panic while held");
        if self.epoch() != epoch {
            return;
        }
        if known.len() >= MAX_SESSIONS {
            known.retain(|_, known| fresh(known.read_at, now, SESSION_SECONDS));
            if known.len() >= MAX_SESSIONS {
                known.clear();
            }
        }
        known.insert(hash, Known { actor, read_at: now });
    }

    /// Forgets everything of an account, so that its next request reads anew.
    pub fn forget_account(&self, account: Uuid) {
        let mut known = self.known.lock().expect("no panic while held");
        self.epoch.fetch_add(1, Ordering::SeqCst);
        known.retain(|_, known| known.actor.account_id != account);
    }

    /// Tries at a login that does not exist count like those at one that does.
    pub fn unknown_tries(&self, commune: Uuid, login: &str) -> Tries {
        let unknown = self.unknown.lock().expect("no panic while held");
        unknown.get(&(commune, login.to_owned())).copied().unwrap_or_default()
    }

    pub fn unknown_wrong(&self, commune: Uuid, login: &str, now: DateTime<Utc>) {
        let mut unknown = self.unknown.lock().expect("no panic while held");
        if unknown.len() >= MAX_UNKNOWN {
            unknown.retain(|_, tries| tries.wait(now).is_some());
            if unknown.len() >= MAX_UNKNOWN {
                unknown.clear();
            }
        }
        let tries = unknown.entry((commune, login.to_owned())).or_default();
        *tries = tries.and_wrong(now);
    }

    pub fn communes(&self, now: DateTime<Utc>) -> Option<Arc<Communes>> {
        let kept = self.communes.lock().expect("no panic while held");
        kept.as_ref().filter(|(at, _)| fresh(*at, now, COMMUNE_SECONDS)).map(|(_, communes)| communes.clone())
    }

    pub fn keep_communes(&self, communes: Arc<Communes>, now: DateTime<Utc>) {
        *self.communes.lock().expect("no panic while held") = Some((now, communes));
    }

    /// The roles that work only after the second factor, from the dated file.
    pub fn factor_roles(&self, app: &App, day: NaiveDate) -> Result<Arc<Vec<String>>> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            roles: Vec<String>,
        }
        let mut kept = self.factor_roles.lock().expect("no panic while held");
        if let Some((_, roles)) = kept.as_ref().filter(|(on, _)| *on == day) {
            return Ok(roles.clone());
        }
        let roles = Arc::new(app.law.in_force::<File>("second-factor", day)?.content.roles.clone());
        *kept = Some((day, roles.clone()));
        Ok(roles)
    }
}

fn fresh(at: DateTime<Utc>, now: DateTime<Utc>, seconds: i64) -> bool {
    now >= at && now - at < Duration::seconds(seconds)
}
