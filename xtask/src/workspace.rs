//! Where things are in the repository, and what its manifests say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder that holds the workspace.
pub fn root() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Where cargo and the tests put what they make.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Every file that is or would be committed, relative to `root`, sorted.
pub fn files(root: &Path) -> Vec<PathBuf> {
    let mut git = std::process::Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]).current_dir(root);
    let mut files: Vec<PathBuf> = match crate::run::output(&mut git) {
        Some(list) => list.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect(),
        None => walked(root), // an unpacked archive has no git
    };
    files.retain(|file| root.join(file).is_file());
    files.sort();
    files.dedup();
    files
}

/// Folders that hold what was made, not what was written.
const MADE: [&str; 4] = [".git", "target", "node_modules", "dist"];

fn walked(root: &Path) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![root.to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                let made = MADE.iter().any(|name| path.ends_with(name));
                folders.extend((!made).then_some(path));
            } else if let Ok(relative) = path.strip_prefix(root) {
                files.push(relative.to_path_buf());
            }
        }
    }
    files
}

/// A crate of the workspace as far as the checks care.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    pub name: String,
    /// Relative to the root: `crates/registry`.
    pub folder: PathBuf,
    /// What the program itself is built from; tests and examples may use more.
    pub dependencies: Vec<String>,
    /// What its tests use beside that.
    pub test_dependencies: Vec<String>,
}

/// The crates in `crates/`, `libs/` and `xtask`.
pub fn members(root: &Path) -> Vec<Member> {
    let mut members = Vec::new();
    for group in ["crates", "libs", ""] {
        for entry in std::fs::read_dir(root.join(group)).into_iter().flatten().flatten() {
            let Ok(text) = std::fs::read_to_string(entry.path().join("Cargo.toml")) else { continue };
            if let Ok(folder) = entry.path().strip_prefix(root) {
                members.extend(member(folder, &text));
            }
        }
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    members
}

/// Reads the two things we need from a manifest: the name, and the names of the dependencies.
pub fn member(folder: &Path, manifest: &str) -> Option<Member> {
    let mut section = String::new();
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let (mut dependencies, mut test_dependencies) = (Vec::new(), Vec::new());
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_matches(['[', ']']).to_owned();
            if let Some(name) = section.strip_prefix("dependencies.") {
                dependencies.push(name.to_owned());
            }
        } else if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            let key = key.trim().split('.').next().unwrap_or_default().trim_matches('"').to_owned();
            match section.as_str() {
                "dependencies" | "build-dependencies" => dependencies.push(key),
                "dev-dependencies" => test_dependencies.push(key),
                "package" => drop(values.insert(key, value.trim().trim_matches('"').to_owned())),
                _ => {}
            }
        }
    }
    Some(Member {
        name: values.remove("name")?,
        folder: folder.to_path_buf(),
        dependencies,
        test_dependencies,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_tells_its_name_and_what_it_is_built_from() {
        let text = "[package]\nname = \"registry\"\nversion.workspace = true\n\n[dependencies]\n# why\nunits.workspace = true\n\
                    csv = \"1\"\n[dependencies.audit]\nworkspace = true\n[dev-dependencies]\ntestkit.workspace = true\n";
        let member = member(Path::new("crates/registry"), text).unwrap();
        assert_eq!(member.name, "registry");
        assert_eq!(member.dependencies, ["units", "csv", "audit"]);
        assert_eq!(member.test_dependencies, ["testkit"]);
    }

    #[test]
    fn a_manifest_without_package_is_no_member() {
        assert_eq!(member(Path::new("x"), "[workspace]\nmembers = []\n"), None);
    }

    #[test]
    fn the_files_of_this_repository_are_found() {
        let files = files(&root());
        assert!(files.contains(&PathBuf::from("xtask/src/main.rs")));
        assert!(!files.iter().any(|file| file.starts_with("target")));
    }
}
