//! Background work: once, again after a failure, dead after wrong input, cancelled.

use crate::toy;
use platform::jobs::{self, Work};
use platform::{Ctx, Uuid};
use serde_json::json;
use std::sync::atomic::Ordering;
use testkit::TestApp;

async fn queue(ctx: &Ctx, work: Work) -> Option<Uuid> {
    let tx = ctx.begin().await.unwrap();
    let id = jobs::enqueue(ctx, &tx, work).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn state(test: &TestApp, id: Uuid) -> jobs::JobRow {
    jobs::find(&toy::ctx(test), &test.app.db, id).await.unwrap()
}

#[tokio::test]
async fn a_job_runs_with_progress_and_result_and_is_queued_once() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let id = queue(&ctx, Work::new("toy.count", json!({})).once("a")).await.unwrap();
    assert_eq!(queue(&ctx, Work::new("toy.count", json!({})).once("a")).await, None);
    test.run_jobs().await;
    let row = state(&test, id).await;
    assert_eq!((row.state.as_str(), row.progress_done, row.progress_total), ("done", 3, 3));
    assert_eq!(row.result.unwrap()["counted"], 3);
    test.end().await;
}

#[tokio::test]
async fn an_event_reaches_its_handler() {
    let test = toy::start().await;
    let before = toy::RUNS.load(Ordering::SeqCst);
    let key = "0190a0a0-0000-7000-8000-00000000000b";
    test.with_cookie("as=officer").post("/note", &[("khoa", key), ("body", "x")]).await.is(303);
    test.run_jobs().await;
    assert!(toy::RUNS.load(Ordering::SeqCst) > before);
    test.end().await;
}

#[tokio::test]
async fn failures_are_tried_again_later_and_wrong_input_is_dead_at_once() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let flaky = queue(&ctx, Work::new("toy.flaky", json!({}))).await.unwrap();
    let wrong = queue(&ctx, Work::new("toy.wrong", json!({}))).await.unwrap();
    let panics = queue(&ctx, Work::new("toy.panic", json!({}))).await.unwrap();
    test.run_jobs().await;
    assert_eq!(state(&test, flaky).await.state, "queued");
    assert_eq!(state(&test, wrong).await.state, "dead");
    assert_eq!(state(&test, panics).await.state, "queued");
    test.clock.advance(chrono::Duration::seconds(11));
    test.run_jobs().await;
    test.clock.advance(chrono::Duration::seconds(41));
    test.run_jobs().await;
    let done = state(&test, flaky).await;
    assert_eq!((done.state.as_str(), done.attempts), ("done", 3));
    // A person looks at the dead one and sends it again.
    let tx = ctx.begin().await.unwrap();
    jobs::retry(&ctx, &tx, wrong).await.unwrap();
    assert!(jobs::retry(&ctx, &tx, flaky).await.is_err());
    tx.commit().await.unwrap();
    assert_eq!(jobs::list(&ctx, &test.app.db, "dead").await.unwrap().len(), 0);
    test.end().await;
}

#[tokio::test]
async fn a_cancelled_job_does_not_run() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let id = queue(&ctx, Work::new("toy.flaky", json!({}))).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    jobs::cancel(&ctx, &tx, id).await.unwrap();
    tx.commit().await.unwrap();
    test.run_jobs().await;
    let row = state(&test, id).await;
    assert_eq!((row.state.as_str(), row.attempts), ("cancelled", 0));
    test.end().await;
}

#[tokio::test]
async fn a_job_of_a_dead_runner_is_taken_over() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let id = queue(&ctx, Work::new("toy.count", json!({}))).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    let dead =
        "UPDATE job SET state = 'running', attempts = 1, lease_until = $3 WHERE commune_id = $1 AND id = $2";
    platform::sql(dead)
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now + chrono::Duration::minutes(2))
        .run(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    test.run_jobs().await;
    assert_eq!(state(&test, id).await.state, "running");
    test.clock.advance(chrono::Duration::minutes(3));
    test.run_jobs().await;
    assert_eq!(state(&test, id).await.state, "done");
    test.end().await;
}
