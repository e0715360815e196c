//! The front end in `web/`: styles and script islands, built by npm, embedded in the binary.

use crate::run::{Outcome, command, run};
use crate::{install, workspace};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Installs the npm packages of a folder, unless they already match the lock file.
pub fn npm_packages(folder: &str) -> Outcome {
    let folder = workspace::root().join(folder);
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&folder.join("package-lock.json")) {
        return Ok(());
    }
    install::ensure(&[&install::NODE])?;
    // Debian's Chromium is used; a second browser would be a large download for nothing.
    let mut npm = command("npm ci --no-audit --no-fund --loglevel=error");
    run(npm.current_dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}

/// Builds `web/dist` when a source is newer.
pub fn build() -> Outcome {
    let root = workspace::root();
    let web = root.join("web");
    if !web.join("package.json").exists() {
        println!("There is no front end yet (web/package.json); going on without it.");
        return Ok(());
    }
    let built = newest(&web.join("dist"));
    if built.is_some() && built >= sources_changed(&root) {
        return Ok(());
    }
    install::ensure(&[&install::NODE])?;
    npm_packages("web")?;
    run(command("npm run --silent build").current_dir(&web))
}

/// When a file of the front end last changed: all of `web/`, and the styles and scripts that stand with their areas.
fn sources_changed(root: &Path) -> Option<SystemTime> {
    let belongs = |file: &&PathBuf| {
        let by_kind = |kind| matches!(kind, "css" | "ts" | "svg" | "mjs");
        file.starts_with("web")
            || file.starts_with("crates") && file.extension().and_then(|e| e.to_str()).is_some_and(by_kind)
    };
    workspace::files(root).iter().filter(belongs).filter_map(|file| modified(&root.join(file))).max()
}

fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    entries
        .filter_map(
            |entry| if entry.path().is_dir() { newest(&entry.path()) } else { modified(&entry.path()) },
        )
        .max()
}

fn modified(file: &Path) -> Option<SystemTime> {
    file.metadata().ok()?.modified().ok()
}
