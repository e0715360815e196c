//! The tests of the crates: all of them on SQLite, those of running areas again on PostgreSQL, then the judgement of every
//! statement that they ran.

use super::tally::Tally;
use super::{Servers, counted};
use crate::run::{Outcome, cargo};
use crate::{install, workspace};
use std::process::Command;

/// Runs them and adds what they count. A filter leaves out what can only be judged as a whole.
pub fn all(filter: Option<&str>, servers: &Servers, tally: &mut Tally) -> Outcome {
    let recorded = workspace::target().join("recorded-sql");
    let _ = std::fs::remove_dir_all(&recorded);
    let run = |part: &'static str, tests: &mut Command| {
        counted(part, servers.tell(tests).env("SANDINH_RECORD_SQL", &recorded))
    };
    let begin = runner();
    tally.add("crates, SQLite", run("crates, SQLite", runner_of(&begin).args(EVERYTHING).args(filter))?);
    let both = on_both_engines();
    if !both.is_empty() {
        let mut tests = runner_of(&begin);
        tests
            .args(both.iter().flat_map(|name| ["-p", name]))
            .args(["--test", "it"])
            .args(filter)
            .env("SANDINH_TEST_ENGINE", "postgres");
        tally.add("crates, PostgreSQL", run("crates, PostgreSQL", &mut tests)?);
    }
    if filter.is_some() {
        return Ok(());
    }
    tally.add("documents", counted("documents", &mut cargo("test --doc --workspace --no-fail-fast"))?);
    if !both.is_empty() {
        let mut judge = cargo("run --quiet -p testkit --bin judge-statements --");
        let good = crate::run::watch(servers.tell(judge.arg(&recorded)), |_| {})?;
        tally.add("statements", Tally::of("statements", usize::from(good), usize::from(!good)));
    }
    Ok(())
}

/// nextest shows slow tests and uses both cores better; cargo alone will do.
#[derive(PartialEq)]
enum Runner {
    Nextest,
    Cargo,
}

fn runner() -> Runner {
    if install::works("cargo nextest --version") { Runner::Nextest } else { Runner::Cargo }
}

fn runner_of(runner: &Runner) -> Command {
    match runner {
        Runner::Nextest => cargo("nextest run --no-fail-fast --no-tests=pass --status-level=slow"),
        Runner::Cargo => cargo("test --no-fail-fast"),
    }
}

/// Everything but the documents, which have a run of their own, and the examples, which the lints build: linked as
/// programs, each would take as much of the disk as the commune's own.
const EVERYTHING: [&str; 4] = ["--workspace", "--lib", "--bins", "--tests"];

/// The crates whose tests run an app.
fn on_both_engines() -> Vec<String> {
    let root = workspace::root();
    let runs_app = |member: &workspace::Member| {
        member.test_dependencies.iter().any(|name| name == "testkit")
            && root.join(&member.folder).join("tests/it/main.rs").exists()
    };
    workspace::members(&root).into_iter().filter(runs_app).map(|member| member.name).collect()
}
