//! Judges every statement that the tests ran (recorded in the folder given): would Citus take it, and does its plan
//! read a large table from end to end? Ends with the number of each and fails on any problem.

use platform::app::migrations;
use platform::clock::Clock;
use platform::db::{Db, Engine, Recorded, migrate, recorded};
use sea_orm::{Database, DatabaseConnection};
use std::path::Path;
use std::process::ExitCode;
use testkit::{TestDatabase, citus, plans};

#[tokio::main]
async fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: judge-statements FOLDER");
        return ExitCode::FAILURE;
    };
    let statements = recorded(Path::new(&folder)).expect("the folder of recorded statements");
    let statements: Vec<Recorded> = statements.into_iter().filter(|s| of_the_program(&s.sql)).collect();
    if statements.is_empty() {
        eprintln!("nothing was recorded in {folder}");
        return ExitCode::FAILURE;
    }
    let mut problems = Vec::new();
    for statement in statements.iter().filter(|s| s.engine == Engine::Postgres.name()) {
        problems.extend(
            citus::problems(&statement.sql).into_iter().map(|p| format!("Citus: {p}: {}", statement.sql)),
        );
    }
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let these: Vec<&Recorded> = statements.iter().filter(|s| s.engine == engine.name()).collect();
        if !these.is_empty() {
            problems.extend(judge_plans(engine, &these).await);
        }
    }
    problems.iter().for_each(|problem| eprintln!("{problem}"));
    eprintln!("{} statements judged, {} problems", statements.len(), problems.len());
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Schema, settings, dumps and the tests' own toy table are not the program's daily statements.
fn of_the_program(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default().to_uppercase();
    let toys =
        ["note ", "note WHERE", "child", "each_type", "zz_last", "sqlite_", "schema_migration", "pragma"];
    // Restoring asks of each table whether the whole installation is empty.
    let restoring = text.starts_with("SELECT 1 FROM ") && text.ends_with("/* all rows */ LIMIT 1");
    matches!(word.as_str(), "SELECT" | "WITH" | "INSERT" | "UPDATE" | "DELETE")
        && !restoring
        && !toys.iter().any(|name| text.contains(&format!(" {name}")))
}

async fn judge_plans(engine: Engine, statements: &[&Recorded]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let database = match engine {
        Engine::Sqlite => TestDatabase::sqlite(folder.path()),
        Engine::Postgres => TestDatabase::postgres().await,
    };
    let db = Db::open(&database.location).await.expect("a database");
    migrate(&db, &migrations(&sandinh::areas()), Clock::System.now()).await.expect("the schema");
    db.close().await;
    let raw = connect(&database).await;
    if engine == Engine::Sqlite {
        plans::plant_statistics(&raw).await;
    }
    let mut problems = Vec::new();
    for statement in statements {
        if let Some(problem) = plans::problem(&raw, statement).await {
            problems.push(format!("{} plan: {problem}: {}", engine.name(), statement.sql));
        }
    }
    raw.close().await.ok();
    database.remove().await;
    problems
}

async fn connect(database: &TestDatabase) -> DatabaseConnection {
    let url = match &database.location {
        platform::db::Location::File(path) => format!("sqlite://{}", path.display()),
        platform::db::Location::Url(url) => url.clone(),
    };
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("a connection")
}
