//! The formatter's word is final.

use super::house::{Fault, House};
use crate::install::works;
use crate::run::{cargo, command, output};

pub fn unformatted(_: &House) -> Vec<Fault> {
    if !works("cargo fmt --version") && output(&mut command("rustup component add rustfmt")).is_none() {
        return vec![Fault::of("rustfmt", "is not installed: rustup component add rustfmt".into())];
    }
    let Ok(result) = cargo("fmt --all --check -- -l --config=error_on_line_overflow=false").output() else {
        return vec![Fault::of("cargo fmt", "cannot be started".into())];
    };
    if result.status.success() {
        return Vec::new();
    }
    let files = String::from_utf8_lossy(&result.stdout).into_owned();
    let root = format!("{}/", crate::workspace::root().display());
    let mut faults: Vec<Fault> = files
        .lines()
        .filter(|line| line.ends_with(".rs"))
        .map(|file| Fault::of(file.strip_prefix(&root).unwrap_or(file), "is not formatted: cargo fmt".into()))
        .collect();
    if faults.is_empty() {
        faults.push(Fault::of("cargo fmt", String::from_utf8_lossy(&result.stderr).trim().to_owned()));
    }
    faults
}
