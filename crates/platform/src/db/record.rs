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
    let text = shape(text);
    let mut recorder = recorder.lock().expect("no panic while held");
    let mut hasher = std::hash::DefaultHasher::new();
    std::hash::Hash::hash(&text, &mut hasher);
    if recorder.seen.insert((engine.name(), std::hash::Hasher::finish(&hasher))) {
        let line = serde_json::json!({ "engine": engine.name(), "sql": text });
        writeln!(recorder.file, "{line}").ok();
    }
}

/// Lists of values are cut to two and the `$n` numbered anew, so that a statement is one, however long its lists.
fn shape(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(2000));
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let digits = rest[at + 1..].chars().take_while(char::is_ascii_digit).count();
        let value: usize = rest[at + 1..at + 1 + digits].parse().unwrap_or(0);
        out.push_str(&rest[..at]);
        rest = &rest[at + 1 + digits..];
        out.push_str(&format!("${value}"));
        // `$3, $4, $5, …` keeps two; `($1, $2), ($3, $4), …` keeps one row.
        while let Some(after) = next_value(rest).filter(|_| ends_with_two(&out)) {
            rest = after;
        }
        while let Some(after) = next_row(rest) {
            rest = after;
        }
    }
    out.push_str(rest);
    renumber(&out)
}

fn next_value(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix(", $")?;
    Some(rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// True for `($1, $2` of a list of values: of an IN, not of a row of VALUES.
fn ends_with_two(out: &str) -> bool {
    let open = out.rfind('(').unwrap_or(0);
    out[..open].trim_end().ends_with(" IN") && out[open..].matches('$').count() >= 2
}

fn next_row(rest: &str) -> Option<&str> {
    let row = rest.strip_prefix("), ($")?;
    let end = row.find(')')?;
    row[..end].chars().all(|c| c.is_ascii_digit() || ", $".contains(c)).then_some(&row[end..])
}

/// Numbers without holes, the same number staying the same.
fn renumber(text: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    let mut pieces = text.split('$');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    let pieces: Vec<(&str, &str)> =
        pieces.map(|piece| piece.split_at(piece.chars().take_while(char::is_ascii_digit).count())).collect();
    for (digits, _) in &pieces {
        if !known.contains(digits) {
            known.push(digits);
        }
    }
    known.sort_by_key(|digits| digits.parse::<usize>().unwrap_or(0));
    for (digits, tail) in pieces {
        let place = known.iter().position(|k| *k == digits).unwrap_or(0) + 1;
        out.push_str(&format!("${place}{tail}"));
    }
    out
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

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn long_lists_become_short_ones() {
        assert_eq!(
            shape("SELECT 1 WHERE a = $1 AND b IN ($2, $3, $4, $5) AND c = $6"),
            "SELECT 1 WHERE a = $1 AND b IN ($2, $3) AND c = $4"
        );
        assert_eq!(
            shape("INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4), ($5, $6) ON CONFLICT DO NOTHING"),
            "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            shape("UPDATE t SET a = $3 WHERE b = $1 AND c = $2 AND d < $3"),
            "UPDATE t SET a = $3 WHERE b = $1 AND c = $2 AND d < $3"
        );
    }
}
