//! What nearly every page reads and hardly anybody writes (the villages, say), known until this program writes anything.

use crate::{Ctx, Error, Result, Uuid};
use chrono::{DateTime, Duration, Utc};
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Another program on the same database may write too and cannot tell us.
const BELIEVED: Duration = Duration::seconds(5);
const MOST: usize = 2_000;

type Key = (Uuid, &'static str, String);

#[derive(Default)]
pub struct Memory(Mutex<HashMap<Key, Known>>);

struct Known {
    written: u64,
    at: DateTime<Utc>,
    value: Arc<dyn Any + Send + Sync>,
}

/// What `read` found last time, or finds now. `what` names one reading in the program, `of` its arguments; the commune
/// is part of the key. Not for what a scope narrows.
pub async fn remember<V, F>(ctx: &Ctx, what: &'static str, of: String, read: F) -> Result<Arc<V>>
where
    V: Any + Send + Sync,
    F: Future<Output = Result<V>>,
{
    let memory = &ctx.app.memory;
    let written = ctx.app.db.written();
    let key = (ctx.commune, what, of);
    let known = {
        let all = memory.0.lock().expect("no panic while held");
        all.get(&key).filter(|known| known.holds(written, ctx.now)).map(|known| known.value.clone())
    };
    if let Some(value) = known {
        return value.downcast().map_err(|_| Error::internal(format!("two readings are called {what}")));
    }
    let value = Arc::new(read.await?);
    let mut all = memory.0.lock().expect("no panic while held");
    if all.len() >= MOST {
        all.clear();
    }
    all.insert(key, Known { written, at: ctx.now, value: value.clone() });
    Ok(value)
}

impl Known {
    fn holds(&self, written: u64, now: DateTime<Utc>) -> bool {
        let age = now - self.at;
        self.written == written && age >= Duration::zero() && age < BELIEVED
    }
}
