//! Everything in which the two engines differ. Migrations are written once, in PostgreSQL's words; here they
//! become SQLite's.

use super::Engine;

/// Type words of the migrations and what SQLite calls them.
const SQLITE_WORDS: [(&str, &str); 6] = [
    ("UUID", "BLOB"),
    ("TIMESTAMPTZ", "TEXT"),
    ("JSONB", "TEXT"),
    ("BYTEA", "BLOB"),
    ("DOUBLE PRECISION", "REAL"),
    ("COLLATE \"C\"", "COLLATE BINARY"),
];

/// The statements of one migration for one engine. A block between `-- only: sqlite` (or `postgres`) and `-- end`
/// is for that engine alone; statements end with `;` at the end of a line.
pub(super) fn statements(text: &str, engine: Engine) -> Vec<String> {
    split(text, |name| name == engine.name()).iter().map(|s| translate(s, engine)).collect()
}

/// The statements that both engines have, in PostgreSQL's words.
pub(super) fn common(text: &str) -> Vec<String> {
    split(text, |_| false)
}

fn split(text: &str, keeps: impl Fn(&str) -> bool) -> Vec<String> {
    let mut kept = String::new();
    let mut only: Option<&str> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(name) = trimmed.strip_prefix("-- only: ") {
            only = Some(name.trim());
        } else if trimmed == "-- end" {
            only = None;
        } else if !trimmed.starts_with("--") && only.is_none_or(&keeps) {
            kept.push_str(line.split(" -- ").next().unwrap_or(line));
            kept.push('\n');
        }
    }
    kept.split(";\n").map(|s| s.trim().trim_end_matches(';').to_owned()).filter(|s| !s.is_empty()).collect()
}

fn translate(statement: &str, engine: Engine) -> String {
    let mut statement = statement.to_owned();
    if engine == Engine::Sqlite {
        for (from, to) in SQLITE_WORDS {
            statement = replace_word(&statement, from, to);
        }
    }
    statement
}

fn replace_word(text: &str, from: &str, to: &str) -> String {
    let boundary = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let (before, after) = (&rest[..at], &rest[at + from.len()..]);
        let whole = boundary(before.chars().next_back()) && boundary(after.chars().next());
        out.push_str(before);
        out.push_str(if whole { to } else { from });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "-- a remark\nCREATE TABLE x (id UUID, uuid_text TEXT, at TIMESTAMPTZ); -- note\n\
        -- only: postgres\nCREATE INDEX a ON x USING gin (at);\n-- end\n-- only: sqlite\nCREATE INDEX b ON x (at);\n-- end\n";

    #[test]
    fn one_text_becomes_two() {
        let sqlite = statements(TEXT, Engine::Sqlite);
        assert_eq!(sqlite[0], "CREATE TABLE x (id BLOB, uuid_text TEXT, at TEXT)");
        assert_eq!(sqlite[1], "CREATE INDEX b ON x (at)");
        let postgres = statements(TEXT, Engine::Postgres);
        assert_eq!(postgres[0], "CREATE TABLE x (id UUID, uuid_text TEXT, at TIMESTAMPTZ)");
        assert_eq!(postgres[1], "CREATE INDEX a ON x USING gin (at)");
    }
}
