//! `cargo xtask demo`: from a fresh clone to an open page.

use crate::run::{Outcome, cargo, run};
use crate::{front, install, workspace};
use std::process::Command;

pub fn demo(arguments: &[String]) -> Outcome {
    install::ensure(&[&install::CMAKE])?;
    front::build()?;
    // As the tests have it: soon built, quick enough to look round in, and the tests need not build it again.
    run(&mut cargo("build -p sandinh"))?;
    serve(Command::new(workspace::target().join("debug/sandinh")).arg("demo").args(arguments))
}

/// Ctrl-C reaches the server too, which then stops in order: that end is no error of ours.
fn serve(command: &mut Command) -> Outcome {
    match command.status() {
        Ok(status) if status.success() || status.code().is_none() => Ok(()),
        Ok(status) => Err(format!("sandinh demo ended: {status}")),
        Err(error) => Err(format!("sandinh demo cannot be started: {error}")),
    }
}
