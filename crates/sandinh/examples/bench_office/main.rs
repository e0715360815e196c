//! Measures the office: `cargo xtask bench office`.
//!
//! `--documents 1000` is how many are numbered, signed and issued at once, `--texts 200000` how many incoming documents stand
//! in the store while it is searched, `--only issue,search,package,paper` leaves parts out. PostgreSQL is measured after
//! SQLite where `SANDINH_TEST_PG` names a server (`cargo xtask with cargo xtask bench office`). Requests go through the whole
//! program inside this process, without a socket.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a measuring program talks to its terminal")]

mod cast;
mod heap;
mod issue;
#[path = "../measure/mod.rs"]
mod measure;
mod package;
mod paper;
mod search;

use cast::World;
use measure::{place, report};
use report::Report;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What was asked for on the command line.
pub struct Wish {
    pub documents: usize,
    pub texts: usize,
    write: Option<String>,
    only: Option<Vec<String>>,
}

impl Wish {
    fn parse() -> Wish {
        let mut wish = Wish { documents: 1_000, texts: 200_000, write: None, only: None };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let value = words.next().unwrap_or_else(|| panic!("{word} wants a value"));
            let number = || value.replace(['.', '_'], "").parse().expect("a number");
            match word.as_str() {
                "--documents" => wish.documents = number(),
                "--texts" => wish.texts = number(),
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
    let mut report = Report::new("office");
    if wish.wants("package") {
        report.heading("A package of edXML with an attachment of 10 MB");
        package::measure(&mut report);
    }
    measure(&wish, None, &mut report).await;
    if std::env::var_os("SANDINH_TEST_PG").is_some() {
        let database = testkit::TestDatabase::postgres().await;
        if let platform::db::Location::Url(url) = &database.location {
            measure(&wish, Some(url), &mut report).await;
        }
        database.remove().await;
    }
    report.line("");
    report.line(&format!("Memory of the whole process at the worst moment (VmHWM): {}.", report::peak()));
    match &wish.write {
        Some(path) => report.write(path),
        None => println!("{}", report.text()),
    }
}

/// Everything that needs a store, on one engine.
async fn measure(wish: &Wish, database_url: Option<&str>, report: &mut Report) {
    if !["paper", "issue", "search"].iter().any(|part| wish.wants(part)) {
        return;
    }
    let folder = place::folder();
    let world = World::start(folder.path(), database_url).await;
    let engine = world.app.db.engine().name();
    if wish.wants("paper") {
        report.heading(&format!("A paper of two pages by Decree 30 on {engine}"));
        paper::measure(&world, report).await;
    }
    if wish.wants("issue") {
        report.heading(&format!("{} documents issued at once on {engine}", report::number(wish.documents)));
        issue::measure(&world, wish.documents, report).await;
    }
    if wish.wants("search") {
        search::fill(&world, wish.texts).await;
        report.heading(&format!("Search among {} documents on {engine}", report::number(wish.texts)));
        search::measure(&world, wish.texts, report).await;
    }
    world.app.db.close().await;
}
