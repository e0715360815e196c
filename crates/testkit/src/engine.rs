//! A database of its own for each test.

use platform::Area;
use platform::db::{Db, Location, migrate};
use platform::ids::new_secret;
use sea_orm::{ConnectionTrait, Database, DbErr};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

const FILE: &str = "sandinh.db";

/// Where the test's rows stand.
pub struct TestDatabase {
    pub location: Location,
    server: Option<(String, String)>,
}

impl TestDatabase {
    /// The engine that `SANDINH_TEST_ENGINE` names.
    pub async fn make(folder: &Path) -> TestDatabase {
        if on_postgres() { TestDatabase::postgres().await } else { TestDatabase::sqlite(folder) }
    }

    pub fn sqlite(folder: &Path) -> TestDatabase {
        TestDatabase { location: Location::File(folder.join(FILE)), server: None }
    }

    /// A new database on the test server.
    pub async fn postgres() -> TestDatabase {
        TestDatabase::postgres_like("template0").await.expect("a new database")
    }

    async fn postgres_like(pattern: &str) -> Result<TestDatabase, DbErr> {
        let server = server();
        let random: String = new_secret().chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("t_{}", random.to_lowercase());
        run_on(&server, &format!("CREATE DATABASE {name} TEMPLATE {pattern}")).await?;
        let (base, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
        Ok(TestDatabase { location: Location::Url(format!("{base}/{name}")), server: Some((server, name)) })
    }

    /// With the tables of these areas. Whichever test is the first makes them; the others, also those of other processes, copy.
    pub(crate) async fn with_tables(folder: &Path, areas: &[Area]) -> TestDatabase {
        let pattern = pattern_name(areas);
        match on_postgres() {
            false => {
                let database = TestDatabase::sqlite(folder);
                let kept = pattern_file(&pattern);
                if !kept.exists() {
                    make_file(&kept, areas).await;
                }
                std::fs::copy(&kept, folder.join(FILE)).expect("the file of the database");
                database
            }
            true => match TestDatabase::postgres_like(&pattern).await {
                Ok(database) => database,
                Err(_) => {
                    make_database(&pattern, areas).await;
                    TestDatabase::postgres_like(&pattern).await.expect("a copy of the tables")
                }
            },
        }
    }

    pub async fn remove(self) {
        if let Some((server, name)) = self.server {
            run_on(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.expect("dropped");
        }
    }
}

fn on_postgres() -> bool {
    match std::env::var("SANDINH_TEST_ENGINE").as_deref() {
        Ok("postgres") => true,
        Ok("sqlite") | Err(_) => false,
        Ok(other) => panic!("SANDINH_TEST_ENGINE is sqlite or postgres, not {other}"),
    }
}

fn server() -> String {
    std::env::var("SANDINH_TEST_PG").expect("SANDINH_TEST_PG: `cargo xtask test` starts a server")
}

/// Another name once a step of the schema is added or changed.
fn pattern_name(areas: &[Area]) -> String {
    let mut digest = DefaultHasher::new();
    for step in platform::app::migrations(areas) {
        (step.version, step.text).hash(&mut digest);
    }
    format!("tables_{:016x}", digest.finish())
}

/// Beside the test programs, so that it goes when they go.
fn pattern_file(name: &str) -> PathBuf {
    let program = std::env::current_exe().expect("the test program");
    program.with_file_name(format!("{name}.db"))
}

/// Written beside and renamed: several tests may do so at once.
async fn make_file(kept: &Path, areas: &[Area]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    make_tables(&TestDatabase::sqlite(folder.path()).location, areas).await;
    let beside = kept.with_extension(format!("{}.new", new_secret()));
    std::fs::copy(folder.path().join(FILE), &beside).expect("the tables are kept");
    std::fs::rename(&beside, kept).expect("the tables are kept");
}

/// Made under another name and renamed; where another test was quicker, its database stays.
async fn make_database(name: &str, areas: &[Area]) {
    let database = TestDatabase::postgres().await;
    make_tables(&database.location, areas).await;
    let (server, own) = database.server.as_ref().expect("a server");
    if run_on(server, &format!("ALTER DATABASE {own} RENAME TO {name}")).await.is_err() {
        database.remove().await;
    }
}

async fn make_tables(location: &Location, areas: &[Area]) {
    let db = Db::open(location).await.expect("the database opens");
    let now = crate::START.parse().expect("a date");
    migrate(&db, &platform::app::migrations(areas), now).await.expect("the tables are made");
    db.close().await;
}

async fn run_on(server: &str, statement: &str) -> Result<(), DbErr> {
    let connection = Database::connect(server).await.expect("the test server answers");
    let done = connection.execute_unprepared(statement).await;
    connection.close().await.expect("closed");
    done.map(|_| ())
}
