//! What happened to a document or a file, as its page tells it: the newest first.

use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;

/// A line of the story.
pub(crate) struct Told {
    pub what: String,
    pub words: String,
    pub who: String,
    pub at: String,
}

/// Something that happened; `what` is a key of the locales.
pub(crate) struct Happening {
    pub what: &'static str,
    pub words: String,
    pub by: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// Told with the names of those who did it. What happened comes in the order in which it happened.
pub(crate) async fn told(ctx: &Ctx, happened: Vec<Happening>) -> Result<Vec<Told>> {
    let t = ctx.t();
    let ids: Vec<Uuid> = happened.iter().filter_map(|one| one.by).collect();
    let names = if ids.is_empty() { HashMap::new() } else { identity::account_names(ctx, &ids).await? };
    let line = |one: Happening| Told {
        what: t.t(one.what),
        words: one.words,
        who: one.by.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        at: t.moment(one.at),
    };
    Ok(happened.into_iter().rev().map(line).collect())
}
