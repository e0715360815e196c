//! The one-click door of the demo, which no real commune has.

use crate::support::areas;
use axum::extract::ConnectInfo;
use identity::{NewAccount, NewGrant, SignIn, account_insert, grant_insert};
use platform::access::Place;
use platform::app::Builder;
use platform::clock::Clock;
use platform::config::{Config, Tls};
use platform::{App, Ctx, Uuid, sql};
use std::net::SocketAddr;
use testkit::TestDatabase;
use tower::ServiceExt;

async fn demo_app(data: &std::path::Path, database: &TestDatabase, demo: bool, behind_proxy: bool) -> App {
    let config = Config {
        data: data.to_owned(),
        database: database.location.clone(),
        listen: ([127, 0, 0, 1], 0).into(),
        demo,
        tls: Tls::Off,
        mail: None,
        behind_proxy,
        public_url: None,
        voice: None,
        mqtt: platform::config::Mqtt::Off,
    };
    let clock = Clock::fake(testkit::START.parse().unwrap());
    let error_page = ui::error_page;
    let builder = Builder { config, clock, areas: areas(), authenticator: Box::new(SignIn), error_page };
    builder.start().await.unwrap()
}

async fn chairman(app: &App) {
    let ctx = Ctx::system(app, Uuid::from_u128(7), "test.run");
    let tx = ctx.begin().await.unwrap();
    let row = sql("INSERT INTO commune (id, name, created_at) VALUES ($1, 'Xã Gia Phú', $2)");
    row.bind(ctx.commune).bind(ctx.now).run(&tx).await.unwrap();
    let new =
        NewAccount { login: "chu.tich".into(), display_name: "Chủ tịch".into(), ..NewAccount::default() };
    let account_id = account_insert(&ctx, &tx, new, None).await.unwrap().id;
    let place = Place::new("commune", ctx.commune);
    let grant =
        NewGrant { account_id, role: "chairman".into(), place, valid_from: ctx.today(), valid_to: None };
    grant_insert(&ctx, &tx, grant).await.unwrap();
    tx.commit().await.unwrap();
}

async fn click(app: &App, from: &str, path: &str) -> http::Response<axum::body::Body> {
    let peer: SocketAddr = from.parse().unwrap();
    let mut request = http::Request::get(path).body(axum::body::Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    platform::http::router(app).oneshot(request).await.unwrap()
}

#[tokio::test]
async fn it_opens_on_this_machine_only() {
    let data = tempfile::tempdir().unwrap();
    let database = TestDatabase::make(data.path()).await;
    let app = demo_app(data.path(), &database, true, false).await;
    chairman(&app).await;
    let opened = click(&app, "127.0.0.1:5000", "/demo/vao/chu.tich").await;
    assert_eq!(
        (opened.status(), &opened.headers()["location"]),
        (http::StatusCode::SEE_OTHER, &"/lam-viec".parse().unwrap())
    );
    assert!(opened.headers()["set-cookie"].to_str().unwrap().starts_with("phien="));
    let onward = click(&app, "127.0.0.1:5000", "/demo/vao/chu.tich?tiep=//evil.example").await;
    assert_eq!(onward.headers()["location"], "/lam-viec");
    assert_eq!(click(&app, "127.0.0.1:5000", "/demo/vao/khong.co").await.status(), 404);
    assert_eq!(click(&app, "203.0.113.7:5000", "/demo/vao/chu.tich").await.status(), 404);
    app.db.close().await;
    // Where TLS is spoken, the cookie never travels without it.
    let app = demo_app(data.path(), &database, true, true).await;
    let opened = click(&app, "127.0.0.1:5000", "/demo/vao/chu.tich").await;
    assert!(opened.headers()["set-cookie"].to_str().unwrap().ends_with("; Secure"));
    app.db.close().await;
    // The same data served as a real commune has no such door.
    let app = demo_app(data.path(), &database, false, false).await;
    assert_eq!(click(&app, "127.0.0.1:5000", "/demo/vao/chu.tich").await.status(), 404);
    app.db.close().await;
    database.remove().await;
}
