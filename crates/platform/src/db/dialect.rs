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

/// The text as the engine takes it fastest. SQLite (and the driver above it) look each `$n` up in a list of all names, so
/// ten thousand values of an insert would be compared a hundred million times; a bare `?` counts on by itself. Where
/// the values are not in the order of the text, the text stays.
pub(super) fn values_in_order(text: String, engine: Engine) -> String {
    if engine != Engine::Sqlite {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let (mut next, mut rest) = (1usize, text.as_str());
    while let Some(at) = rest.find(['$', '\'']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('\'') {
            let end = rest[1..].find('\'').map_or(rest.len(), |end| end + 2);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
        if rest[1..=digits].parse() != Ok(next) {
            return text;
        }
        out.push('?');
        next += 1;
        rest = &rest[digits + 1..];
    }
    out.push_str(rest);
    out
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

    #[test]
    fn values_in_order_lose_their_numbers_on_sqlite_only() {
        let text = "INSERT INTO x VALUES ($1, '$9 đồng', $2), ($3, 'ô''n', $4)";
        let short = "INSERT INTO x VALUES (?, '$9 đồng', ?), (?, 'ô''n', ?)";
        assert_eq!(values_in_order(text.into(), Engine::Sqlite), short);
        assert_eq!(values_in_order(text.into(), Engine::Postgres), text);
        for other in ["SELECT $2, $1", "SELECT $1, $1", "SELECT '$1', $"] {
            assert_eq!(values_in_order(other.into(), Engine::Sqlite), other);
        }
    }
}
