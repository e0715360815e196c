//! A database of its own for each test.

use platform::Area;
use platform::db::{Db, Location, migrate};
use platform::ids::new_secret;
use sea_orm::{ConnectionTrait, Database};
use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;
use tokio::sync::Mutex;

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
        TestDatabase::postgres_like("template0").await
    }

    async fn postgres_like(pattern: &str) -> TestDatabase {
        let server =
            std::env::var("SANDINH_TEST_PG").expect("SANDINH_TEST_PG: `cargo xtask test` starts a server");
        let random: String = new_secret().chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("t_{}", random.to_lowercase());
        run_on(&server, &format!("CREATE DATABASE {name} TEMPLATE {pattern}")).await;
        let (base, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
        TestDatabase { location: Location::Url(format!("{base}/{name}")), server: Some((server, name)) }
    }

    /// With the tables of these areas. They are made once a process, and copied for each test.
    pub(crate) async fn with_tables(folder: &Path, areas: &[Area]) -> TestDatabase {
        let names: Vec<&str> = areas.iter().map(|area| area.name).collect();
        let mut patterns = PATTERNS.lock().await;
        let pattern = match patterns.get(&names) {
            Some(pattern) => pattern,
            None => patterns.entry(names).or_insert(Pattern::make(areas).await),
        };
        pattern.copy(folder).await
    }

    pub async fn remove(self) {
        if let Some((server, name)) = self.server {
            run_on(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

static PATTERNS: LazyLock<Mutex<HashMap<Vec<&str>, Pattern>>> = LazyLock::new(Mutex::default);

/// A database with tables and without rows.
enum Pattern {
    /// The bytes of the file.
    Sqlite(Vec<u8>),
    /// Its name on the server, which ends with the tests.
    Postgres(String),
}

impl Pattern {
    async fn make(areas: &[Area]) -> Pattern {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = TestDatabase::make(folder.path()).await;
        let db = Db::open(&database.location).await.expect("the database opens");
        let now = crate::START.parse().expect("a date");
        migrate(&db, &platform::app::migrations(areas), now).await.expect("the tables are made");
        db.close().await;
        match &database.location {
            Location::File(path) => Pattern::Sqlite(std::fs::read(path).expect("the file of the database")),
            Location::Url(url) => Pattern::Postgres(url.rsplit('/').next().unwrap_or_default().to_owned()),
        }
    }

    async fn copy(&self, folder: &Path) -> TestDatabase {
        match self {
            Pattern::Sqlite(bytes) => {
                let database = TestDatabase::sqlite(folder);
                if let Location::File(path) = &database.location {
                    std::fs::write(path, bytes).expect("the file of the database");
                }
                database
            }
            Pattern::Postgres(name) => TestDatabase::postgres_like(name).await,
        }
    }
}

async fn run_on(server: &str, statement: &str) {
    let connection = Database::connect(server).await.expect("the test server answers");
    connection.execute_unprepared(statement).await.expect(statement);
    connection.close().await.expect("closed");
}
