//! The recorder: every statement that runs while `SANDINH_RECORD_SQL` names a folder is kept there, one file a
//! process, so that a later test can judge them all (would Citus take it, does it scan a large table).

use super::Engine;
use std::collections::HashSet;
use std::io::Write;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

struct Recorder {
    file: std::fs::File,
    seen: HashSet<(&'static str, u64)>,
}

static RECORDER: LazyLock<Option<Mutex<Recorder>>> = LazyLock::new(|| {
    let folder = std::env::var_os("SANDINH_RECORD_SQL")?;
    std::fs::create_dir_all(&folder).ok()?;
    let path = Path::new(&folder).join(format!("{}.jsonl", std::process::id()));
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path).ok()?;
    Some(Mutex::new(Recorder { file, seen: HashSet::new() }))
});

/// One recorded statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Recorded {
    pub engine: String,
    pub sql: String,
}

pub(super) fn note(engine: Engine, text: &str) {
    let Some(recorder) = RECORDER.as_ref() else { return };
    let mut recorder = recorder.lock().expect("no panic while held");
    let mut hasher = std::hash::DefaultHasher::new();
    std::hash::Hash::hash(text, &mut hasher);
    if recorder.seen.insert((engine.name(), std::hash::Hasher::finish(&hasher))) {
        let line = serde_json::json!({ "engine": engine.name(), "sql": text });
        writeln!(recorder.file, "{line}").ok();
    }
}

/// All statements recorded in a folder, each once, in order.
pub fn recorded(folder: &Path) -> std::io::Result<Vec<Recorded>> {
    let mut all = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        for line in std::fs::read_to_string(entry?.path())?.lines() {
            all.insert(serde_json::from_str(line)?);
        }
    }
    Ok(all.into_iter().collect())
}
