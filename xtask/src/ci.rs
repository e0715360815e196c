//! `cargo xtask ci`: what must pass before a change is taken, the same on a laptop.

use crate::run::{Outcome, cargo, run};
use crate::{install, test, tidy};

pub fn ci() -> Outcome {
    tidy::tidy()?;
    clippy()?;
    test::test(&[])
}

fn clippy() -> Outcome {
    if !install::works("cargo clippy --version") {
        run(&mut crate::run::command("rustup component add clippy"))?;
    }
    run(&mut cargo("clippy --workspace --all-targets -- -D warnings"))
}
