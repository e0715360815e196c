//! Measures the one-stop desk: `cargo xtask bench onestop`.
//!
//! `--dossiers 1000000` is how many stand in the store while lists and spikes are measured, `--seconds 10` how long each
//! spike lasts, `--submissions 60` how often a submission with photographs is made, `--only submit,durable,lists,spikes`
//! leaves parts out. PostgreSQL is measured after SQLite where `--database-url` names an empty database, or
//! `SANDINH_TEST_PG` a server on which one can be made (`cargo xtask with cargo xtask bench onestop`). Requests go through
//! the whole program inside this process, without a socket.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a measuring program talks to its terminal")]

mod cast;
mod durable;
mod fill;
mod life;
mod lists;
#[path = "../measure/mod.rs"]
mod measure;
mod spikes;
mod submit;

use cast::World;
use measure::{place, report};
use report::Report;
use std::time::Duration;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What was asked for on the command line.
pub struct Wish {
    pub dossiers: usize,
    pub seconds: u64,
    pub submissions: usize,
    pub database_url: Option<String>,
    write: Option<String>,
    only: Option<Vec<String>>,
}

impl Wish {
    fn parse() -> Wish {
        let mut wish = Wish {
            dossiers: 1_000_000,
            seconds: 10,
            submissions: 60,
            database_url: None,
            write: None,
            only: None,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let value = words.next().unwrap_or_else(|| panic!("{word} wants a value"));
            match word.as_str() {
                "--dossiers" => wish.dossiers = value.replace(['.', '_'], "").parse().expect("a number"),
                "--seconds" => wish.seconds = value.parse().expect("a number"),
                "--submissions" => wish.submissions = value.parse().expect("a number"),
                "--database-url" => wish.database_url = Some(value),
                "--write" => wish.write = Some(value),
                "--only" => wish.only = Some(value.split(',').map(str::to_owned).collect()),
                _ => panic!("what is {word}?"),
            }
        }
        wish
    }

    fn wants(&self, part: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.iter().any(|one| one == part))
    }

    pub fn spike(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

#[tokio::main]
async fn main() {
    let wish = Wish::parse();
    let mut report = Report::new("onestop");
    measure(&wish, None, &mut report).await;
    match &wish.database_url {
        Some(url) => measure(&wish, Some(url), &mut report).await,
        None if std::env::var_os("SANDINH_TEST_PG").is_some() => {
            let database = testkit::TestDatabase::postgres().await;
            if let platform::db::Location::Url(url) = &database.location {
                measure(&wish, Some(url), &mut report).await;
            }
            database.remove().await;
        }
        None => {}
    }
    match &wish.write {
        Some(path) => report.write(path),
        None => println!("{}", report.text()),
    }
}

/// Everything on one engine.
async fn measure(wish: &Wish, database_url: Option<&str>, report: &mut Report) {
    let folder = place::folder();
    let world = World::start(folder.path(), database_url).await;
    let engine = world.app.db.engine().name();
    if wish.wants("submit") {
        report.heading(&format!("A submission on {engine}"));
        submit::measure(&world, wish.submissions, report).await;
    }
    if wish.wants("durable") {
        report.heading(&format!("Submissions at once on {engine}"));
        durable::measure(&world, report).await;
    }
    if wish.wants("lists") || wish.wants("spikes") {
        fill::fill(&world, wish.dossiers).await;
    }
    if wish.wants("lists") {
        report.heading(&format!("Reading out of {} dossiers on {engine}", report::number(wish.dossiers)));
        lists::measure(&world, report).await;
    }
    if wish.wants("spikes") {
        report.heading(&format!("Lifecycles among {} dossiers on {engine}", report::number(wish.dossiers)));
        spikes::measure(&world, wish, report).await;
    }
    report.line("");
    report.line(&format!(
        "Memory of the whole process at the worst moment so far (VmHWM): {}.",
        report::peak()
    ));
    world.app.db.close().await;
}
