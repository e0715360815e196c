//! `cargo xtask ci`: what must pass before a change is taken, the same on a laptop.

use crate::run::{Outcome, cargo, command, run};
use crate::{front, install, test, tidy, workspace};

pub fn ci() -> Outcome {
    tidy::tidy()?;
    install::ensure(&install::TESTS.iter().collect::<Vec<_>>())?; // clippy builds what wants CMake
    front::build()?; // clippy builds the crate that embeds it
    clippy()?;
    front_types()?;
    test::test(&[])
}

fn clippy() -> Outcome {
    if !install::works("cargo clippy --version") {
        run(&mut command("rustup component add clippy"))?;
    }
    run(&mut cargo("clippy --workspace --all-targets -- -D warnings"))
}

/// esbuild takes the types away unread; the compiler reads them.
fn front_types() -> Outcome {
    let web = workspace::root().join("web");
    if !web.join("package.json").exists() {
        return Ok(());
    }
    run(command("npm run --silent check").current_dir(web))
}
