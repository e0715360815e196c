//! The repository as the rules see it.

use super::source::Source;
use crate::workspace::{self, Member};
use std::fmt;
use std::path::{Path, PathBuf};

/// All committed files and crates.
#[derive(Default)]
pub struct House {
    pub files: Vec<HouseFile>,
    pub members: Vec<Member>,
}

pub struct HouseFile {
    /// Relative to the root, with slashes.
    pub path: String,
    pub bytes: u64,
    /// Empty if it is no text.
    pub text: String,
}

impl House {
    pub fn read(root: &Path) -> House {
        let read = |path: &PathBuf| {
            let bytes = std::fs::read(root.join(path)).unwrap_or_default();
            HouseFile {
                path: path.to_string_lossy().replace('\\', "/"),
                bytes: bytes.len() as u64,
                text: String::from_utf8(bytes).unwrap_or_default(),
            }
        };
        let files = workspace::files(root).iter().map(read).collect();
        House { files, members: workspace::members(root) }
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    /// The files of one kind, by ending.
    pub fn kind<'h>(&'h self, ending: &'h str) -> impl Iterator<Item = &'h HouseFile> {
        self.files.iter().filter(move |file| file.path.ends_with(ending))
    }

    /// Rust files under `crates/`, `libs/` and `xtask/`, read apart into code and strings.
    pub fn rust(&self) -> impl Iterator<Item = (&HouseFile, Source<'_>)> {
        self.kind(".rs").map(|file| (file, Source::of(&file.text)))
    }

    /// The crates that hand an `Area` to the binary or bring texts.
    pub fn areas(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| {
            let lib = format!("{}/src/lib.rs", member.folder.display());
            let texts = format!("{}/locales/vi.ftl", member.folder.display());
            self.text(&lib).is_some_and(|text| text.contains("pub fn area(")) || self.text(&texts).is_some()
        })
    }

    /// The files of one crate.
    pub fn of<'h>(&'h self, member: &'h Member) -> impl Iterator<Item = &'h HouseFile> {
        let prefix = format!("{}/", member.folder.display());
        self.files.iter().filter(move |file| file.path.starts_with(&prefix))
    }

    /// A repository of these files only.
    #[cfg(test)]
    pub fn sample(files: &[(&str, &str)]) -> House {
        let file = |(path, text): &(&str, &str)| HouseFile {
            path: (*path).to_owned(),
            bytes: text.len() as u64,
            text: (*text).to_owned(),
        };
        let manifest = |(path, text): &(&str, &str)| {
            let folder = path.strip_suffix("/Cargo.toml")?;
            workspace::member(Path::new(folder), text)
        };
        House {
            files: files.iter().map(file).collect(),
            members: files.iter().filter_map(manifest).collect(),
        }
    }
}

/// Code that tests: it may print, wait and hold SQL.
pub fn is_test_code(path: &str) -> bool {
    let folders = ["/tests/", "/examples/", "/benches/", "/fuzz/"];
    folders.iter().any(|folder| path.contains(folder))
        || path.starts_with("crates/testkit/")
        || path.starts_with("e2e/")
}

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    pub path: String,
    /// From 1; 0 if the fault is the file itself.
    pub line: usize,
    pub text: String,
}

impl Fault {
    pub fn of(path: &str, text: String) -> Fault {
        Fault { path: path.to_owned(), line: 0, text }
    }

    pub fn at(path: &str, line: usize, text: impl Into<String>) -> Fault {
        Fault { path: path.to_owned(), line, text: text.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path, self.text),
            line => write!(out, "{}:{line}: {}", self.path, self.text),
        }
    }
}
