//! Background work on our own table: at least once, with progress, tries and a place for what failed for good.

mod queue;
mod runner;

pub use queue::{JobRow, cancel, enqueue, find, list, list_of, retry};
pub use runner::{run_all_due, spawn};

use crate::area::Area;
use crate::{Ctx, Error, Result, Uuid, sql};
use futures_util::future::BoxFuture;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// After this many failed tries a job waits on the dead-letter page for a person.
pub const TRIES: i64 = 6;

type Body = Arc<dyn Fn(Ctx, Job) -> BoxFuture<'static, Result<Value>> + Send + Sync>;

/// The code behind one kind of job. It may run twice for one job; it returns what the page shows as the result.
#[derive(Clone)]
pub struct Worker {
    /// `registry.import`
    pub kind: &'static str,
    body: Body,
}

impl Worker {
    pub fn new<F, Fut>(kind: &'static str, run: F) -> Worker
    where
        F: Fn(Ctx, Job) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Value>> + Send + 'static,
    {
        Worker { kind, body: Arc::new(move |ctx, job| Box::pin(run(ctx, job))) }
    }
}

/// Work that comes again: the next run is queued when the last one is due. `kind` must have a worker.
#[derive(Clone)]
pub struct Every {
    pub kind: &'static str,
    pub period: Duration,
}

/// A new job.
pub struct Work {
    kind: &'static str,
    payload: Value,
    dedupe: Option<String>,
    delay: chrono::Duration,
}

impl Work {
    pub fn new(kind: &'static str, payload: Value) -> Work {
        Work { kind, payload, dedupe: None, delay: chrono::Duration::zero() }
    }

    /// A second job of this kind with the same key is not queued.
    pub fn once(mut self, key: impl Into<String>) -> Work {
        self.dedupe = Some(key.into());
        self
    }

    pub fn after(mut self, delay: chrono::Duration) -> Work {
        self.delay = delay;
        self
    }
}

/// A job while it runs.
#[derive(Clone)]
pub struct Job {
    pub id: Uuid,
    pub payload: Value,
    /// Who asked for it, if a person did.
    pub account_id: Option<Uuid>,
    /// 1 for the first try.
    pub attempt: i64,
}

impl Job {
    /// Writes how far the work is; also proves that it is alive, so nobody takes it over. Call it between batches.
    ///
    /// # Errors
    /// `Conflict` when a person has cancelled the job meanwhile: stop and undo.
    pub async fn progress(&self, ctx: &Ctx, done: i64, total: i64) -> Result<()> {
        let tx = ctx.begin().await?;
        let alive = sql("UPDATE job SET progress_done = $3, progress_total = $4, lease_until = $5 \
                         WHERE commune_id = $1 AND id = $2 AND state = 'running'")
        .bind(ctx.commune)
        .bind(self.id)
        .bind(done)
        .bind(total)
        .bind(ctx.app.clock.now() + runner::LEASE)
        .run(&tx)
        .await?;
        tx.commit().await?;
        if alive == 1 { Ok(()) } else { Err(Error::conflict("job-cancelled")) }
    }
}

/// What can run, and the bell that wakes the runner.
pub struct Jobs {
    bodies: HashMap<&'static str, Body>,
    pub(crate) bell: Arc<Notify>,
}

impl Jobs {
    pub(crate) fn new(areas: &[Area]) -> Result<Jobs> {
        let mut bodies: HashMap<&'static str, Body> = HashMap::new();
        let workers = areas.iter().flat_map(|area| &area.workers).map(|w| (w.kind, w.body.clone()));
        let handlers = areas.iter().flat_map(|area| &area.handlers).map(|h| {
            let run = h.run.clone();
            let body: Body = Arc::new(move |ctx, job| {
                let done = run(ctx, job.payload);
                Box::pin(async move { done.await.map(|()| Value::Null) })
            });
            (h.name, body)
        });
        for (kind, body) in workers.chain(handlers) {
            if bodies.insert(kind, body).is_some() {
                return Err(Error::internal(format!("two workers for {kind}")));
            }
        }
        Ok(Jobs { bodies, bell: Arc::default() })
    }
}
