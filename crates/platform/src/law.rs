//! What the law changes stands in dated files: `data/{set}/{yyyy-mm-dd}.toml`. The file in force on a day is the
//! newest whose date is not after it. A file in the data folder (`law/{set}/…`) comes before the one built in, so a
//! new decree needs no new program.

use crate::{Error, Result};
use chrono::NaiveDate;
use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;
use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

#[derive(RustEmbed)]
#[folder = "../../data/"]
#[include = "*.toml"]
#[include = "*.csv"]
#[exclude = "demo/*"]
struct BuiltIn;

/// The law files of this installation.
pub struct Law {
    folder: PathBuf,
    /// Files as they were read: the same file is not read for every page.
    read: Mutex<HashMap<(TypeId, String), Read>>,
}

/// What a file holds, and when it was as it was read.
type Read = (Stamp, Arc<dyn Any + Send + Sync>);

/// When a file in the data folder was last changed, and its length; `None` for one built in.
type Stamp = Option<(SystemTime, u64)>;

/// Which files the data folder adds to a set or puts in the place of built-in ones, and when they were changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilesState(Vec<(PathBuf, Stamp)>);

/// A file in force, with the date from which it is.
#[derive(Debug, Clone)]
pub struct InForce<T> {
    pub from: NaiveDate,
    pub content: T,
}

impl Law {
    pub fn open(folder: PathBuf) -> Law {
        Law { folder, read: Mutex::default() }
    }

    /// The content in force on `day`, read into `T`. Unknown or missing members are errors when `T` says so
    /// (`#[serde(deny_unknown_fields)]`): that is the schema.
    ///
    /// # Errors
    /// No file in force, or a file that does not fit: with its name, line and reason.
    pub fn in_force<T>(&self, set: &str, day: NaiveDate) -> Result<InForce<Arc<T>>>
    where
        T: DeserializeOwned + Any + Send + Sync,
    {
        let (from, path) = self.path_in_force(set, "toml", day)?;
        let content = self.read_as(&path, |text| toml::from_str(text))?;
        Ok(InForce { from, content })
    }

    /// A file as `read` understands it, which is asked again only when the file has changed. One type, one way to read.
    ///
    /// # Errors
    /// No such file, or what `read` says of it: with the name of the file.
    pub fn read_as<T, E>(&self, path: &str, read: impl FnOnce(&str) -> Result<T, E>) -> Result<Arc<T>>
    where
        T: Any + Send + Sync,
        E: std::fmt::Display,
    {
        let (key, stamp) = ((TypeId::of::<T>(), path.to_owned()), self.stamp(path));
        let known = {
            let read = self.read.lock().expect("no panic while held");
            read.get(&key).filter(|(then, _)| *then == stamp).map(|(_, content)| content.clone())
        };
        if let Some(content) = known.and_then(|content| content.downcast().ok()) {
            return Ok(content);
        }
        let text = self.undated(path)?;
        let content = Arc::new(read(&text).map_err(|e| Error::internal(format!("{path}: {e}")))?);
        self.read.lock().expect("no panic while held").insert(key, (stamp, content.clone()));
        Ok(content)
    }

    fn stamp(&self, path: &str) -> Stamp {
        stamp(&self.folder.join(path))
    }

    /// What was made of all files of a set, and of the sets inside it, is right while this stays the same.
    pub fn state(&self, set: &str) -> FilesState {
        let mut state = FilesState::default();
        note(&self.folder.join(set), &mut state.0);
        state.0.sort();
        state
    }

    /// The text of the file in force, for formats other than TOML.
    pub fn text(&self, set: &str, extension: &str, day: NaiveDate) -> Result<InForce<String>> {
        let (from, path) = self.path_in_force(set, extension, day)?;
        Ok(InForce { from, content: self.undated(&path)? })
    }

    /// The sets inside a set, such as one folder for each procedure: their names in order.
    pub fn sets(&self, within: &str) -> Vec<String> {
        let inside = BuiltIn::iter().filter_map(|path| {
            let (name, _) = path.strip_prefix(within)?.strip_prefix('/')?.split_once('/')?;
            Some(name.to_owned())
        });
        let mut names: Vec<String> = inside.chain(names_in(&self.folder.join(within))).collect();
        names.retain(|name| !name.contains(".toml") && !name.contains(".csv") && !name.contains(".md"));
        names.sort();
        names.dedup();
        names
    }

    /// A file that has no date in its name, such as the list of holidays.
    pub fn undated(&self, path: &str) -> Result<String> {
        match std::fs::read_to_string(self.folder.join(path)) {
            Ok(text) => Ok(text),
            Err(_) => built_in(path).ok_or_else(|| Error::internal(format!("no law file {path}"))),
        }
    }

    fn path_in_force(&self, set: &str, extension: &str, day: NaiveDate) -> Result<(NaiveDate, String)> {
        let mut versions: BTreeMap<NaiveDate, String> = BTreeMap::new();
        let inside =
            BuiltIn::iter().filter_map(|path| path.strip_prefix(set)?.strip_prefix('/').map(str::to_owned));
        for name in inside.chain(names_in(&self.folder.join(set))) {
            if let Some(date) = dated(&name, extension) {
                versions.insert(date, name);
            }
        }
        let Some((from, name)) = versions.range(..=day).next_back() else {
            return Err(Error::internal(format!("no file of {set} is in force on {day}")));
        };
        Ok((*from, format!("{set}/{name}")))
    }
}

fn stamp(path: &Path) -> Stamp {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

fn note(folder: &Path, all: &mut Vec<(PathBuf, Stamp)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            note(&path, all);
        } else {
            let stamp = stamp(&path);
            all.push((path, stamp));
        }
    }
}

fn dated(name: &str, extension: &str) -> Option<NaiveDate> {
    name.strip_suffix(extension)?.strip_suffix('.')?.parse().ok()
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

fn built_in(path: &str) -> Option<String> {
    String::from_utf8(BuiltIn::get(path)?.data.into_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct Ages {
        pension: i64,
    }

    #[test]
    fn the_newest_file_not_after_the_day_is_in_force() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("ages")).unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join("ages").join(name), text).unwrap();
        write("2020-01-01.toml", "pension = 80");
        write("2025-07-01.toml", "pension = 75");
        write("2030-01-01.toml", "pension = 70\nfee = 1");
        let law = Law::open(folder.path().to_owned());
        let on = |day: &str| law.in_force::<Ages>("ages", day.parse().unwrap());
        assert_eq!(on("2025-06-30").unwrap().content.pension, 80);
        assert_eq!(on("2025-07-01").unwrap().content.pension, 75);
        assert!(on("2019-12-31").is_err());
        std::fs::create_dir_all(folder.path().join("ages/of-women")).unwrap();
        assert_eq!(law.sets("ages"), ["of-women"]);
        // A file that is put in the place of another is read, also by a program that runs.
        let before = law.state("ages");
        assert_eq!(law.state("ages"), before);
        write("2025-07-01.toml", "pension = 175");
        assert_ne!(law.state("ages"), before);
        assert_eq!(on("2025-07-01").unwrap().content.pension, 175);
        let wrong = on("2031-01-01").unwrap_err().to_string();
        assert!(wrong.contains("2030-01-01.toml") && wrong.contains("line 2"), "{wrong}");
    }
}
