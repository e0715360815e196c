//! People who have set out to a service and are not back yet, and what the services said of themselves.

use chrono::{DateTime, Duration, Utc};
use openidconnect::core::CoreProviderMetadata;
use platform::Uuid;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// So long somebody may look for the password of the service.
const MINUTES: i64 = 10;
const MAX: usize = 10_000;
/// What a service says of itself is read again so often.
const SERVICE_MINUTES: i64 = 60;
/// A key that we do not know makes us look once more, but not oftener.
const AGAIN_SECONDS: i64 = 30;

/// Why somebody set out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Purpose {
    Enter,
    /// To link the service to this account, in this session.
    Link(Uuid),
}

#[derive(Debug, Clone)]
pub(crate) struct Departure {
    pub commune: Uuid,
    pub provider: Uuid,
    pub purpose: Purpose,
    pub nonce: String,
    pub verifier: String,
    /// The secret that the browser carries.
    pub browser: String,
    pub next: String,
    pub at: DateTime<Utc>,
}

/// By the state that goes to the service and comes back. Bounded: when it is full, the older half is forgotten.
#[derive(Default)]
pub(crate) struct Departures(Mutex<HashMap<String, Departure>>);

impl Departures {
    pub fn keep(&self, state: String, departure: Departure) {
        let mut all = self.0.lock().expect("no panic while held");
        if all.len() >= MAX {
            let mut times: Vec<DateTime<Utc>> = all.values().map(|one| one.at).collect();
            let (_, middle, _) = times.select_nth_unstable(MAX / 2);
            let middle = *middle;
            all.retain(|_, one| one.at > middle);
        }
        all.insert(state, departure);
    }

    /// Once, in time, in the browser that set out, and back from where it went.
    pub fn take(
        &self,
        state: &str,
        commune: Uuid,
        provider: Uuid,
        browser: &str,
        now: DateTime<Utc>,
    ) -> Option<Departure> {
        let one = self.0.lock().expect("no panic while held").remove(state)?;
        let in_time = now >= one.at && now - one.at < Duration::minutes(MINUTES);
        let same = one.commune == commune && one.provider == provider && one.browser == browser;
        (in_time && same).then_some(one)
    }
}

struct Said {
    at: DateTime<Utc>,
    metadata: Arc<CoreProviderMetadata>,
}

/// What the services said of themselves, keys included.
#[derive(Default)]
pub(crate) struct Services(Mutex<HashMap<Uuid, Said>>);

impl Services {
    /// What is known, unless it is old. With `anew` only what was read within the last seconds.
    pub fn get(&self, id: Uuid, now: DateTime<Utc>, anew: bool) -> Option<Arc<CoreProviderMetadata>> {
        let long = if anew { Duration::seconds(AGAIN_SECONDS) } else { Duration::minutes(SERVICE_MINUTES) };
        let all = self.0.lock().expect("no panic while held");
        all.get(&id).filter(|said| now >= said.at && now - said.at < long).map(|said| said.metadata.clone())
    }

    pub fn keep(&self, id: Uuid, now: DateTime<Utc>, metadata: Arc<CoreProviderMetadata>) {
        self.0.lock().expect("no panic while held").insert(id, Said { at: now, metadata });
    }

    pub fn forget(&self, id: Uuid) {
        self.0.lock().expect("no panic while held").remove(&id);
    }
}
