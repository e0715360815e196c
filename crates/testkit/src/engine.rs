//! A database of its own for each test.

use platform::db::Location;
use platform::ids::new_secret;
use sea_orm::{ConnectionTrait, Database};
use std::path::Path;

/// Where the test's rows stand.
pub struct TestDatabase {
    pub location: Location,
    server: Option<(String, String)>,
}

impl TestDatabase {
    /// The engine that `SANDINH_TEST_ENGINE` names.
    pub async fn make(folder: &Path) -> TestDatabase {
        match std::env::var("SANDINH_TEST_ENGINE").as_deref() {
            Ok("postgres") => TestDatabase::postgres().await,
            Ok("sqlite") | Err(_) => TestDatabase::sqlite(folder),
            Ok(other) => panic!("SANDINH_TEST_ENGINE is sqlite or postgres, not {other}"),
        }
    }

    pub fn sqlite(folder: &Path) -> TestDatabase {
        TestDatabase { location: Location::File(folder.join("sandinh.db")), server: None }
    }

    /// A new database on the test server.
    pub async fn postgres() -> TestDatabase {
        let server =
            std::env::var("SANDINH_TEST_PG").expect("SANDINH_TEST_PG: `cargo xtask test` starts a server");
        let random: String = new_secret().chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("t_{}", random.to_lowercase());
        run_on(&server, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let (base, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
        TestDatabase { location: Location::Url(format!("{base}/{name}")), server: Some((server, name)) }
    }

    pub async fn remove(self) {
        if let Some((server, name)) = self.server {
            run_on(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

async fn run_on(server: &str, statement: &str) {
    let connection = Database::connect(server).await.expect("the test server answers");
    connection.execute_unprepared(statement).await.expect(statement);
    connection.close().await.expect("closed");
}
