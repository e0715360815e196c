//! What was counted stays known until somebody writes.

use crate::count::Counted;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use platform::{App, Ctx, Error, Result, Tx, Uuid};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Another process (a command, a second server) may write too and cannot tell us: nothing is believed for longer.
fn believed() -> Duration {
    Duration::seconds(15)
}
/// More than the days that pages ask for.
const MOST: usize = 500;

type Of = (Uuid, &'static str);

#[derive(Default)]
pub(crate) struct Cache(Mutex<State>);

#[derive(Default)]
struct State {
    generations: HashMap<Of, u64>,
    kept: HashMap<(Of, NaiveDate), Kept>,
}

struct Kept {
    generation: u64,
    at: DateTime<Utc>,
    counted: Arc<Counted>,
}

/// The rows of a base have changed: once the transaction stands, what was counted from them is counted anew. Call it in
/// each rule that writes such rows.
pub fn touch(ctx: &Ctx, tx: &Tx, base: &'static str) {
    let (app, of) = (ctx.app.clone(), (ctx.commune, base));
    tx.after_commit(move || {
        if let Ok(cache) = cache(&app) {
            let mut state = cache.0.lock().expect("no panic while held");
            *state.generations.entry(of).or_default() += 1;
        }
    });
}

/// The same for the rows of every base: after a restore, and for measuring.
pub fn touch_all(ctx: &Ctx, tx: &Tx) {
    for base in crate::model::bases(&ctx.app) {
        touch(ctx, tx, base.name);
    }
}

fn cache(app: &App) -> Result<&Cache> {
    app.offers::<Cache>()
        .next()
        .ok_or_else(|| Error::internal("the area of the figures is not in the program"))
}

/// What is known, or what `count` finds. The generation is read before counting: a write meanwhile makes the answer old
/// at once.
pub(crate) async fn get_or_count<F>(
    ctx: &Ctx,
    base: &'static str,
    day: NaiveDate,
    count: F,
) -> Result<Arc<Counted>>
where
    F: Future<Output = Result<Counted>>,
{
    let of = (ctx.commune, base);
    let generation = {
        let state = cache(&ctx.app)?.0.lock().expect("no panic while held");
        let generation = state.generations.get(&of).copied().unwrap_or(0);
        if let Some(kept) = state.kept.get(&(of, day)) {
            let age = ctx.now - kept.at;
            if kept.generation == generation && age >= Duration::zero() && age < believed() {
                return Ok(kept.counted.clone());
            }
        }
        generation
    };
    let counted = Arc::new(count.await?);
    let mut state = cache(&ctx.app)?.0.lock().expect("no panic while held");
    if state.kept.len() >= MOST {
        state.kept.clear();
    }
    state.kept.insert((of, day), Kept { generation, at: ctx.now, counted: counted.clone() });
    Ok(counted)
}
