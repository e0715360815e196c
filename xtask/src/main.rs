//! `cargo xtask`: everything that one does with this repository, needing nothing but cargo at the start.
#![allow(clippy::print_stdout, reason = "a command line tool talks to its terminal")]

mod bench;
mod ci;
mod demo;
mod front;
mod install;
mod new_area;
mod run;
mod test;
mod tidy;
mod workspace;

use run::Outcome;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask demo [--data DIR] [--listen ADDR]   build everything and serve the demo commune
cargo xtask test [FILTER] [--rust | --browser]  install what the tests need and run them; last line: N passed, N failed
cargo xtask with COMMAND…                       run a command with the test database and mail server, e.g. one crate's tests
cargo xtask tidy                                the house rules
cargo xtask ci                                  tidy, clippy, test: what must pass before a change is taken
cargo xtask bench [AREA]                        measure, and write docs/benchmarks.md
cargo xtask screens                             renew the pictures in docs/screens
cargo xtask new-area NAME                       begin a new area that already passes every check
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[][..]),
    };
    let outcome: Outcome = match command {
        "demo" => demo::demo(rest),
        "test" => test::test(rest),
        "with" => test::with(rest),
        "tidy" => tidy::tidy(),
        "ci" => ci::ci(),
        "bench" => bench::bench(rest),
        "screens" => test::screens(),
        "new-area" => new_area::new_area(rest),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no command \"{other}\"\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
