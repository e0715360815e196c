//! Builds the front end when it is missing or older than its sources, so that a fresh clone needs only cargo and Node.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

const SOURCES: [&str; 8] =
    ["src", "styles", "art", "icons.txt", "build.mjs", "package.json", "package-lock.json", "tsconfig.json"];

fn main() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    let mut newest = SystemTime::UNIX_EPOCH;
    for source in SOURCES {
        let path = web.join(source);
        println!("cargo::rerun-if-changed={}", path.display());
        newest = newest.max(newest_in(&path));
    }
    let manifest = web.join("dist/manifest.json");
    println!("cargo::rerun-if-changed={}", manifest.display());
    if modified(&manifest).is_none_or(|built| built < newest) {
        build(&web);
    }
}

fn build(web: &Path) {
    let lock = modified(&web.join("package-lock.json"));
    if modified(&web.join("node_modules/.package-lock.json")) < lock {
        npm(web, &["ci", "--no-audit", "--no-fund"]);
    }
    npm(web, &["run", "build", "--silent"]);
}

fn npm(web: &Path, args: &[&str]) {
    let done = Command::new("npm").args(args).current_dir(web).output();
    match done {
        Ok(output) if output.status.success() => {}
        Ok(output) => {
            panic!("npm {} in web/ failed:\n{}", args.join(" "), String::from_utf8_lossy(&output.stderr))
        }
        Err(error) => panic!(
            "The front end (web/dist) is not built and npm did not start: {error}.\n\
             Install Node 18 or newer, or run `cargo xtask demo`, which installs it and builds everything."
        ),
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|data| data.modified()).ok()
}

fn newest_in(path: &PathBuf) -> SystemTime {
    let own = modified(path).unwrap_or(SystemTime::UNIX_EPOCH);
    let Ok(entries) = std::fs::read_dir(path) else { return own };
    entries.flatten().map(|entry| newest_in(&entry.path())).fold(own, SystemTime::max)
}
