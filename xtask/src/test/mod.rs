//! `cargo xtask test`: the house rules, the tests of every crate on both engines, the journeys in a real browser.

mod imap;
mod mail;
mod oidc;
mod postgres;
mod rust;
mod server;
pub mod tally;

use crate::run::{Outcome, cargo, command, run, watch};
use crate::{front, install, tidy, workspace};
use imap::Imap;
use mail::Mail;
use oidc::Oidc;
use postgres::{Care, Postgres};
use std::process::Command;
use std::time::Instant;
use tally::Tally;

/// What `cargo xtask test` was asked for.
#[derive(Debug, Default, PartialEq)]
struct Wish {
    /// Only tests whose name contains it.
    filter: Option<String>,
    rust_only: bool,
    browser_only: bool,
}

impl Wish {
    fn parse(arguments: &[String]) -> Outcome<Wish> {
        let mut wish = Wish::default();
        for argument in arguments {
            match argument.as_str() {
                "--rust" => wish.rust_only = true,
                "--browser" => wish.browser_only = true,
                text if text.starts_with('-') || wish.filter.is_some() => {
                    return Err(format!(
                        "cargo xtask test [FILTER] [--rust | --browser]: what is \"{text}\"?"
                    ));
                }
                text => wish.filter = Some(text.to_owned()),
            }
        }
        if wish.rust_only && wish.browser_only {
            return Err("--rust and --browser are either, or".into());
        }
        Ok(wish)
    }
}

/// Runs everything and ends with one honest line.
pub fn test(arguments: &[String]) -> Outcome {
    let wish = Wish::parse(arguments)?;
    let begin = Instant::now();
    let mut tally = all(&wish).unwrap_or_else(|error| {
        println!("{error}");
        Tally::fault("preparation")
    });
    if tally.is_empty() {
        tally.add("nothing was run", Tally::fault("")); // most likely a misspelt filter
    }
    let seconds = begin.elapsed().as_secs();
    println!("\n{}In {} min {:02} s.", tally.table(), seconds / 60, seconds % 60);
    println!("{}", tally.closing_line());
    // The closing line is the last one, so nothing more may be said: the exit code tells the rest.
    if tally.good() { Ok(()) } else { std::process::exit(1) }
}

fn all(wish: &Wish) -> Outcome<Tally> {
    let mut tally = Tally::default();
    let whole = wish.filter.is_none();
    if whole && !wish.browser_only {
        tally.add("house rules", tidy::counted());
    }
    let needs: Vec<&install::Need> = install::TESTS.iter().chain([&install::NODE]).collect();
    install::ensure(&needs)?;
    front::build()?;
    if !wish.browser_only {
        let servers = Servers::start(Care::Fast)?;
        rust::all(wish.filter.as_deref(), &servers, &mut tally)?;
    }
    if !wish.rust_only {
        tally.add("in the browser", journeys(wish.filter.as_deref(), false)?);
    }
    Ok(tally)
}

/// What runs beside the tests and stops with them.
struct Servers {
    postgres: Postgres,
    mail: Mail,
    imap: Imap,
    oidc: Oidc,
}

impl Servers {
    fn start(care: Care) -> Outcome<Servers> {
        Ok(Servers {
            postgres: Postgres::start(care)?,
            mail: Mail::start()?,
            imap: Imap::start()?,
            oidc: Oidc::start()?,
        })
    }

    /// Tells a command where they are.
    fn tell<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("SANDINH_TEST_PG", self.postgres.url())
            .env("SANDINH_TEST_SMTP", self.mail.address())
            .env("SANDINH_TEST_MAILDIR", self.mail.folder())
            .env("SANDINH_TEST_IMAP", self.imap.address())
            .env("SANDINH_TEST_IMAPS", self.imap.secure_address())
            .env("SANDINH_TEST_IMAP_CERT", self.imap.certificate())
            .env("SANDINH_TEST_OIDC", self.oidc.address())
    }
}

/// The journeys need the program itself, as the crates' tests have just built it.
fn journeys(filter: Option<&str>, screens: bool) -> Outcome<Tally> {
    let root = workspace::root();
    if !root.join("crates/sandinh/Cargo.toml").exists() {
        println!("There is no crates/sandinh yet: the journeys have nothing to walk through.");
        return Ok(Tally::fault("journeys"));
    }
    front::npm_packages("e2e")?;
    run(&mut cargo("build -p sandinh"))?;
    let mut playwright = command("node node_modules/@playwright/test/cli.js test");
    playwright.current_dir(root.join("e2e")).env("CARGO_TARGET_DIR", workspace::target());
    playwright.env("SANDINH_BIN", workspace::target().join("debug/sandinh"));
    if let Some(browser) = install::chromium() {
        playwright.env("CHROMIUM", browser);
    }
    if let Some(filter) = filter {
        playwright.args(["--pass-with-no-tests", "--grep", filter]);
    }
    if screens {
        playwright.env("SANDINH_SCREENS", "docs");
    }
    counted("journeys", &mut playwright)
}

/// Runs a test command and counts what it reports.
fn counted(part: &'static str, command: &mut Command) -> Outcome<Tally> {
    println!("\n{part}");
    let mut tally = Tally::default();
    let ok = watch(command, |line| tally.read(part, line))?;
    if !ok && tally.good() {
        tally.add(part, Tally::fault(part)); // it ended before it could count: a build error, a crash
    }
    Ok(tally)
}

/// `cargo xtask with cargo test -p registry`: any command beside the servers of the tests.
pub fn with(arguments: &[String]) -> Outcome {
    let Some((program, rest)) = arguments.split_first() else {
        return Err("cargo xtask with COMMAND…, for example: cargo xtask with cargo test -p registry".into());
    };
    install::ensure(&install::TESTS.iter().collect::<Vec<_>>())?;
    front::build()?;
    // What is measured must be safe on the disk, as it is in a commune.
    let measured = arguments.iter().any(|word| word == "bench" || word.contains("bench_"));
    let servers = Servers::start(if measured { Care::Safe } else { Care::Fast })?;
    run(servers.tell(Command::new(program).args(rest)))
}

/// `cargo xtask screens`: the journeys once more, their pictures kept in docs/screens.
pub fn screens() -> Outcome {
    let needs: Vec<&install::Need> = install::TESTS.iter().chain([&install::NODE]).collect();
    install::ensure(&needs)?;
    front::build()?;
    let tally = journeys(None, true)?;
    if tally.good() { Ok(()) } else { Err(tally.closing_line()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(line: &str) -> Outcome<Wish> {
        Wish::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn wishes_are_understood() {
        assert_eq!(wish(""), Ok(Wish::default()));
        assert_eq!(
            wish("household --rust"),
            Ok(Wish { filter: Some("household".into()), rust_only: true, browser_only: false })
        );
        assert!(wish("--rust --browser").is_err());
        assert!(wish("--fast").is_err());
        assert!(wish("one two").is_err());
    }

    #[test]
    fn a_command_that_fails_before_counting_is_a_failure() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo 'error: could not compile'; exit 101"]);
        assert_eq!(counted("crates", &mut shell).unwrap().closing_line(), "0 passed, 1 failed");
    }

    #[test]
    fn failures_are_not_counted_twice() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo 'test result: FAILED. 4 passed; 2 failed; 0 ignored'; exit 101"]);
        assert_eq!(counted("crates", &mut shell).unwrap().closing_line(), "4 passed, 2 failed");
    }
}
