//! A small area with notes: enough to try every part of the ground.

use futures_util::future::BoxFuture;
use http::HeaderMap;
use platform::access::{Actor, Grant, Place, Via};
use platform::app::{App, Authenticator};
use platform::area::{get, post};
use platform::db::Migration;
use platform::http::{Form, cookie, html, see_other};
use platform::jobs::{Work, Worker};
use platform::{Area, Ctx, Error, Result, Uuid, events, jobs, once, sql};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::TestApp;

pub const COMMUNE: Uuid = Uuid::from_u128(1);
pub const VILLAGE: Uuid = Uuid::from_u128(2);
/// How often the counting job ran.
pub static RUNS: AtomicUsize = AtomicUsize::new(0);

const MIGRATIONS: &[Migration] = &[Migration {
    version: 9001,
    name: "toy",
    text: "CREATE TABLE note (commune_id UUID NOT NULL, id UUID NOT NULL, body TEXT NOT NULL, at TIMESTAMPTZ NOT NULL, \
           on_day DATE, extra JSONB, good BOOLEAN NOT NULL, PRIMARY KEY (commune_id, id));\n",
}];

const POLICY: &str = r#"
    permit (principal == Role::"anyone", action in [Action::"home.show", Action::"boom.show"], resource);
    permit (principal == Role::"officer", action == Action::"note.add", resource == Place::"commune");
    permit (principal == Role::"head", action == Action::"note.add", resource == Place::"village");
    permit (principal == Role::"officer", action == Action::"secret.show", resource) when { context.second_factor };
"#;

pub fn area() -> Area {
    Area::new("toy")
        .migrations(MIGRATIONS)
        .policies(POLICY)
        .routes(vec![
            get("/", "home.show", home),
            get("/so", "home.show", count).kept(),
            get("/boom", "boom.show", boom),
            post("/note", "note.add", add),
            get("/secret", "secret.show", home),
            get("/api/v1/boom", "boom.show", fail),
        ])
        .worker(Worker::new("toy.count", |ctx: Ctx, job: jobs::Job| async move {
            for done in 1..=3 {
                job.progress(&ctx, done, 3).await?;
            }
            RUNS.fetch_add(1, Ordering::SeqCst);
            Ok(json!({ "counted": 3 }))
        }))
        .worker(Worker::new("toy.wrong", |_, _| async { Err(Error::invalid("error-invalid")) }))
        .worker(Worker::new("toy.flaky", |_, job: jobs::Job| async move {
            if job.attempt < 3 { Err(Error::internal("not yet")) } else { Ok(json!(job.attempt)) }
        }))
        .worker(Worker::new("toy.panic", |_, _| async { panic!("as if by mistake") }))
        .on(events::Handler::new("toy.note.added", "toy.on_note", |ctx: Ctx, payload| async move {
            let tx = ctx.begin().await?;
            jobs::enqueue(&ctx, &tx, Work::new("toy.count", payload)).await?;
            tx.commit().await
        }))
}

async fn home(ctx: Ctx) -> axum::response::Response {
    html(format!("<p lang={}>xã</p>", ctx.lang.code()))
}

/// How many times the page of numbers was drawn.
pub static DRAWN: AtomicUsize = AtomicUsize::new(0);

async fn count(ctx: Ctx) -> Result<axum::response::Response> {
    DRAWN.fetch_add(1, Ordering::SeqCst);
    let notes =
        sql("SELECT COUNT(*) FROM note WHERE commune_id = $1").bind(ctx.commune).count(&ctx.app.db).await?;
    let page = html(format!("<p lang={}>{notes} phiếu</p>", ctx.lang.code()));
    Ok(if ctx.path.contains("tep") {
        platform::http::download("số.csv", "text/csv", b"1".to_vec())
    } else {
        page
    })
}

async fn boom() -> axum::response::Response {
    panic!("a mistake in a handler")
}

async fn fail() -> Result<axum::response::Response> {
    Err(Error::field("ten", "error-too-large"))
}

async fn add(ctx: Ctx, form: Form) -> Result<axum::response::Response> {
    let key = form.key()?;
    let tx = match once::begin(&ctx, key).await? {
        once::Once::Again(url) => return Ok(see_other(&url)),
        once::Once::First(tx) => tx,
    };
    if form.text("body").is_empty() {
        return Err(Error::field("body", "error-choose"));
    }
    let id = ctx.new_id();
    sql("INSERT INTO note (commune_id, id, body, at, on_day, extra, good) VALUES ($1, $2, $3, $4, $5, $6, TRUE)")
        .bind(ctx.commune)
        .bind(id)
        .bind(form.text("body"))
        .bind(ctx.now)
        .bind(ctx.today())
        .bind(json!({ "a": 1 }))
        .run(&tx)
        .await?;
    events::publish(&ctx, &tx, "toy.note.added", json!({ "id": id })).await?;
    let url = format!("/note/{id}");
    once::finish(&ctx, tx, key, &url).await?;
    Ok(see_other(&url))
}

/// Signs in whoever the cookie `as` names.
pub struct ByCookie;

impl Authenticator for ByCookie {
    fn actor<'a>(&'a self, _: &'a App, headers: &'a HeaderMap) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        let role = cookie(headers, "as");
        Box::pin(async move {
            Ok(role.map(|role| {
                let place = if role == "head" {
                    Place::new("village", VILLAGE)
                } else {
                    Place::new("commune", COMMUNE)
                };
                Arc::new(Actor {
                    account_id: Uuid::from_u128(7),
                    commune_id: COMMUNE,
                    name: "Thử".into(),
                    grants: vec![Grant { role, place }],
                    second_factor: false,
                    via: Via::Session(Uuid::nil()),
                })
            }))
        })
    }

    fn commune<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async { Ok(COMMUNE) })
    }
}

/// The toy's app with its one commune.
pub async fn start() -> TestApp {
    let test = TestApp::with(vec![platform::area(), area()], Box::new(ByCookie)).await;
    let tx = test.app.db.begin().await.unwrap();
    sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, 'Xã Thử', NULL, $2)")
        .bind(COMMUNE)
        .bind(test.clock.now())
        .run(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    test
}

pub fn ctx(test: &TestApp) -> Ctx {
    Ctx::system(&test.app, COMMUNE, "toy")
}
