//! Measures the registry and what it stands on: `cargo xtask bench registry`.
//!
//! `--people 10000,100000,1000000` chooses the sizes of the growth table, `--database-url` measures it on PostgreSQL,
//! `--only start,door,sheet,growth` leaves parts out. Pages and rules are timed inside the server (no socket); requests
//! per second over loopback by wrk, which shares the cores with the server.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a measuring program talks to its terminal")]

mod door;
mod growth;
#[path = "../measure/mod.rs"]
mod measure;
mod sheet;
mod start;

use measure::{place, report};
use report::Report;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What was asked for on the command line.
pub struct Wish {
    pub people: Vec<usize>,
    pub database_url: Option<String>,
    pub write: Option<String>,
    only: Option<Vec<String>>,
}

impl Wish {
    fn parse() -> Wish {
        let mut wish =
            Wish { people: vec![10_000, 100_000, 1_000_000], database_url: None, write: None, only: None };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let value = words.next().unwrap_or_else(|| panic!("{word} wants a value"));
            match word.as_str() {
                "--people" => wish.people = value.split(',').map(|n| n.parse().expect("a number")).collect(),
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
}

#[tokio::main]
async fn main() {
    let wish = Wish::parse();
    let mut report = Report::new("registry");
    if wish.wants("start") {
        start::measure(&mut report);
    }
    if wish.wants("door") {
        door::measure(&mut report).await;
    }
    if wish.wants("sheet") {
        sheet::measure(&mut report).await;
    }
    if wish.wants("growth") {
        growth::measure(&wish, &mut report).await;
    }
    match &wish.write {
        Some(path) => report.write(path),
        None => println!("{}", report.text()),
    }
}
