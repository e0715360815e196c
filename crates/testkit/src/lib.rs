//! A running commune for tests. Tests act as a person over HTTP:
//!
//! ```text
//! let app = TestApp::start().await;
//! let head = app.sign_in("truong-thon-dong-cam").await;
//! head.get("/lam-viec/ho").await.ok().shows("Đông Căm");
//! ```
//!
//! The engine is SQLite, or PostgreSQL when `SANDINH_TEST_ENGINE=postgres` (then `SANDINH_TEST_PG` is the address of
//! a server where databases may be made). `cargo xtask test` runs everything on both.

mod answer;
mod cast;
mod client;
mod engine;

pub mod citus;
pub mod plans;

pub use answer::Answer;
pub use cast::{Cast, TestCommune};
pub use client::{Client, encode};
pub use engine::TestDatabase;

use axum::Router;
use platform::app::{Authenticator, Builder};
use platform::clock::Clock;
use platform::config::{Config, Tls};
use platform::{App, Area, Lang, i18n, jobs};
use tempfile::TempDir;

/// The day on which tests begin: an ordinary Tuesday morning in Vietnam.
pub const START: &str = "2026-03-10T02:00:00Z";

/// One app on a database of its own.
pub struct TestApp {
    pub app: App,
    pub clock: Clock,
    router: Router,
    database: TestDatabase,
    data: TempDir,
}

impl TestApp {
    /// An app of these areas, empty but for its tables.
    pub async fn with(areas: Vec<Area>, authenticator: Box<dyn Authenticator>) -> TestApp {
        TestApp::with_settings(areas, authenticator, |_| ()).await
    }

    /// The same, with other settings.
    pub async fn with_settings(
        areas: Vec<Area>,
        authenticator: Box<dyn Authenticator>,
        set: impl FnOnce(&mut Config),
    ) -> TestApp {
        ui::load(); // error pages speak also in an app without the area of the design system
        let data = tempfile::tempdir().expect("a temporary folder");
        let database = TestDatabase::with_tables(data.path(), &areas).await;
        let clock = Clock::fake(START.parse().expect("a date"));
        let mut config = Config {
            data: data.path().to_owned(),
            database: database.location.clone(),
            listen: ([127, 0, 0, 1], 0).into(),
            demo: false,
            tls: Tls::Off,
            mail: None,
            behind_proxy: false,
            public_url: Some("https://giaphu.example".into()),
            voice: None,
            mqtt: platform::config::Mqtt::Off,
        };
        set(&mut config);
        let error_page = sandinh::error_page();
        let builder = Builder { config, clock: clock.clone(), areas, authenticator, error_page };
        let app = builder.start().await.expect("the app starts");
        TestApp { router: platform::http::router(&app), app, clock, database, data }
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// Somebody with this cookie.
    pub fn with_cookie(&self, cookie: &str) -> Client {
        self.visitor().cookie(cookie)
    }

    /// Runs all background work that is due, in order.
    pub async fn run_jobs(&self) {
        jobs::run_all_due(&self.app).await.expect("jobs run");
    }

    /// The folder of files, keys and (on SQLite) the database.
    pub fn data(&self) -> &std::path::Path {
        self.data.path()
    }

    /// Ends the app: fails on texts that stood in no locale file, and drops the database.
    pub async fn end(self) {
        assert_eq!(i18n::missing(), Vec::<String>::new(), "texts are missing");
        self.app.db.close().await;
        self.database.remove().await;
    }
}

/// Runs a check in both languages.
pub async fn in_both_languages<F: AsyncFn(Lang)>(check: F) {
    for lang in Lang::ALL {
        check(lang).await;
    }
}
