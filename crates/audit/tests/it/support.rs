use futures_util::future::BoxFuture;
use http::HeaderMap;
use platform::access::Actor;
use platform::app::Authenticator;
use platform::{App, Ctx, Error, Result, Uuid, sql};
use std::sync::Arc;
use testkit::TestApp;

/// A door that knows nobody: these tests call the rules.
struct Nobody;

impl Authenticator for Nobody {
    fn actor<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        Box::pin(async { Ok(None) })
    }

    fn commune<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async { Err(Error::not_found()) })
    }
}

pub async fn start() -> TestApp {
    TestApp::with(vec![platform::area(), audit::area()], Box::new(Nobody)).await
}

/// A commune of the app, and the context of work in it.
pub async fn commune(test: &TestApp, name: &str) -> Ctx {
    let id = platform::ids::new_id(test.app.clock.now());
    let tx = test.app.db.begin().await.unwrap();
    sql("INSERT INTO commune (id, name, created_at) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(name)
        .bind(test.app.clock.now())
        .run(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Ctx::system(&test.app, id, "test.run")
}
