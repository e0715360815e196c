//! Events: how a lower area tells higher ones that something happened. An event becomes one job for each handler, in
//! the transaction that caused it; a handler may run twice and must not mind.

use crate::jobs::{self, Work};
use crate::{Ctx, Result, Tx};
use futures_util::future::BoxFuture;
use serde_json::Value;
use std::sync::Arc;

/// What a handler gets: the context of a job and the event's payload.
pub type Run = Arc<dyn Fn(Ctx, Value) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// One area's interest in one kind of event.
#[derive(Clone)]
pub struct Handler {
    /// `registry.person.died`
    pub event: &'static str,
    /// Names the handler in the job list: `office.person_died`.
    pub name: &'static str,
    pub run: Run,
}

impl Handler {
    pub fn new<F, Fut>(event: &'static str, name: &'static str, run: F) -> Handler
    where
        F: Fn(Ctx, Value) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        Handler { event, name, run: Arc::new(move |ctx, value| Box::pin(run(ctx, value))) }
    }
}

/// Publishes an event. Payloads carry ids, no personal text.
pub async fn publish(ctx: &Ctx, tx: &Tx, event: &'static str, payload: Value) -> Result<()> {
    let id = ctx.new_id();
    let handlers =
        ctx.app.areas().iter().flat_map(|area| &area.handlers).filter(|handler| handler.event == event);
    for handler in handlers {
        let work = Work::new(handler.name, payload.clone()).once(id.to_string());
        jobs::enqueue(ctx, tx, work).await?;
    }
    Ok(())
}
