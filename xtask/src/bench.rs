//! `cargo xtask bench [AREA]`: each area's measuring program is `crates/sandinh/examples/bench_AREA`; it writes its own
//! part of `docs/benchmarks.md`, with the command and the machine.

use crate::run::{Outcome, cargo, run};
use crate::{front, install, workspace};
use std::path::Path;
use std::process::Command;

/// Where the program stands that judges pages as a phone sees them; large, and of no use to the tests.
const LIGHTHOUSE: &str = "e2e/lighthouse";

pub fn bench(arguments: &[String]) -> Outcome {
    let known = areas(&workspace::root().join("crates/sandinh/examples"));
    let (chosen, rest) = match arguments.split_first() {
        Some((area, rest)) if known.contains(area) => (vec![area.clone()], rest),
        Some((area, _)) if !area.starts_with('-') => {
            return Err(format!("nothing measures \"{area}\"; there is: {}", known.join(", ")));
        }
        _ => (known, arguments),
    };
    if chosen.is_empty() {
        return Err("no area brings a bench_AREA.rs in crates/sandinh/examples".into());
    }
    install::ensure(&[&install::NODE, &install::WRK])?;
    front::build()?;
    let portal = chosen.iter().any(|area| area == "portal");
    if portal {
        let browser = install::TESTS.iter().filter(|need| need.packages.contains(&"chromium"));
        install::ensure(&install::NEIGHBOURS.iter().chain(browser).collect::<Vec<_>>())?;
        front::npm_packages(LIGHTHOUSE)?;
    }
    // One build: the examples ask for features of dependencies that the program alone does not, and two builds would make all anew.
    let mut build = cargo("build --release -p sandinh --bin sandinh");
    for area in &chosen {
        build.args(["--example".to_owned(), format!("bench_{area}")]);
    }
    run(&mut build)?;
    let release = workspace::target().join("release");
    for area in chosen {
        let mut bench = Command::new(release.join("examples").join(format!("bench_{area}")));
        bench.current_dir(workspace::root()).args(["--write", "docs/benchmarks.md"]).args(rest);
        bench.env("SANDINH_BIN", release.join("sandinh"));
        bench.env(
            "LIGHTHOUSE",
            workspace::root().join(LIGHTHOUSE).join("node_modules/lighthouse/cli/index.js"),
        );
        if let Some(browser) = install::chromium() {
            bench.env("CHROME_PATH", browser);
        }
        run(&mut bench)?;
    }
    Ok(())
}

/// The areas that can be measured.
fn areas(examples: &Path) -> Vec<String> {
    let names = std::fs::read_dir(examples).into_iter().flatten().flatten();
    let mut areas: Vec<String> = names
        .filter_map(|entry| {
            let name = entry.path().file_stem()?.to_str()?.strip_prefix("bench_")?.to_owned();
            Some(name)
        })
        .collect();
    areas.sort();
    areas
}
