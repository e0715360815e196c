//! Questions that devices have been asked and have not answered yet.

use chrono::{DateTime, Duration, Utc};
use platform::{Uuid, ids};
use std::collections::HashMap;
use std::sync::Mutex;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration};

/// As long as browsers let a person look for the phone.
const MINUTES: i64 = 5;
const MAX: usize = 10_000;

pub(crate) enum Ceremony {
    /// A new key of this account.
    Add(Uuid, Box<PasskeyRegistration>),
    /// Somebody at the door; who, the key will tell.
    Enter(Box<DiscoverableAuthentication>),
}

struct Asked {
    commune: Uuid,
    at: DateTime<Utc>,
    what: Ceremony,
}

/// Bounded: when it is full, the older half is forgotten.
#[derive(Default)]
pub(crate) struct Ceremonies(Mutex<HashMap<String, Asked>>);

impl Ceremonies {
    pub fn keep(&self, commune: Uuid, now: DateTime<Utc>, what: Ceremony) -> String {
        let mut all = self.0.lock().expect("no panic while held");
        if all.len() >= MAX {
            let mut times: Vec<DateTime<Utc>> = all.values().map(|asked| asked.at).collect();
            let (_, middle, _) = times.select_nth_unstable(MAX / 2);
            let middle = *middle;
            all.retain(|_, asked| asked.at > middle);
        }
        let id = ids::new_secret();
        all.insert(id.clone(), Asked { commune, at: now, what });
        id
    }

    /// The question, once and in time.
    pub fn take(&self, id: &str, commune: Uuid, now: DateTime<Utc>) -> Option<Ceremony> {
        let asked = self.0.lock().expect("no panic while held").remove(id)?;
        let in_time = now >= asked.at && now - asked.at < Duration::minutes(MINUTES);
        (asked.commune == commune && in_time).then_some(asked.what)
    }
}
