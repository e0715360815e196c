//! Measures the portal: `cargo xtask bench portal`.
//!
//! `--only pages,crowd,lighthouse,reports` leaves parts out; `--reports 1000000` is how many reports of residents stand in the
//! store while others are sent and answered. The same pages are measured beside nginx, which gives out their HTML from its
//! cache, and beside Debian's WordPress with the same articles, all in one run on the same cores.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a measuring program talks to its terminal")]

mod crowd;
mod lighthouse;
#[path = "../measure/mod.rs"]
mod measure;
mod pages;
mod reports;
mod wordpress;

use measure::{place, report};
use report::Report;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What was asked for on the command line.
pub struct Wish {
    pub reports: usize,
    /// How long each wave of reports lasts.
    pub seconds: u64,
    write: Option<String>,
    only: Option<Vec<String>>,
}

impl Wish {
    fn parse() -> Wish {
        let mut wish = Wish { reports: 1_000_000, seconds: 10, write: None, only: None };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let value = words.next().unwrap_or_else(|| panic!("{word} wants a value"));
            let number = || value.replace(['.', '_'], "").parse().expect("a number");
            match word.as_str() {
                "--reports" => wish.reports = number(),
                "--seconds" => wish.seconds = number() as u64,
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
    let mut report = Report::new("portal");
    if ["pages", "crowd", "lighthouse"].iter().any(|part| wish.wants(part)) {
        let folder = place::folder();
        let program = measure::program::serve(folder.path());
        let shown = pages::chosen(&program);
        if wish.wants("pages") {
            pages::measure(&program, &shown, &mut report);
        }
        if wish.wants("crowd") {
            crowd::measure(&program, &shown, &mut report).await;
        }
        if wish.wants("lighthouse") {
            lighthouse::measure(&program, &shown, &mut report);
        }
    }
    if wish.wants("reports") {
        reports::measure(&wish, &mut report).await;
    }
    match &wish.write {
        Some(path) => report.write(path),
        None => println!("{}", report.text()),
    }
}
