//! What stands as a list in one cell: the skills of a person, the crops and herds of a household. Files name them as
//! the export writes them: "Lái xe; Sơ cứu", "Lúa: 1200; Ngô: 500".

use super::row::{Line, Problem};
use crate::lists::{List, Lists};
use platform::{Message, Uuid};
use std::collections::HashMap;

/// The columns of a household that hold such a list.
pub(crate) const HELD: [&str; 2] = ["crops", "herds"];

/// What the registry has of it for the people and households of a file.
#[derive(Default)]
pub(crate) struct KnownExtra {
    /// Codes, sorted.
    pub skills: HashMap<Uuid, Vec<String>>,
    pub held: HashMap<Uuid, HashMap<String, i64>>,
}

/// The codes of the skills that a row names, sorted; `None` when its cell is empty.
pub(super) fn skills(line: &Line, lists: &Lists) -> Result<Option<Vec<String>>, Problem> {
    let Some(text) = said(line, "skills") else { return Ok(None) };
    let mut codes = Vec::new();
    for word in parts(text, &[';', ',', '\n']) {
        codes.push(find(&lists.skill, "skills", word)?);
    }
    codes.sort_unstable();
    codes.dedup();
    Ok(Some(codes))
}

/// Kinds and quantities that a row names in one of [`HELD`]; none when its cell is empty.
pub(super) fn held(line: &Line, lists: &Lists, column: &str) -> Result<Vec<(String, i64)>, Problem> {
    let list = if column == "crops" { &lists.crop } else { &lists.herd };
    let Some(text) = said(line, column) else { return Ok(Vec::new()) };
    parts(text, &[';', '\n']).map(|part| one_held(part, list, column)).collect()
}

fn one_held(part: &str, list: &List, column: &str) -> Result<(String, i64), Problem> {
    let at = part.find(|c: char| c.is_ascii_digit() || ":=".contains(c)).unwrap_or(part.len());
    let (name, rest) = (&part[..at], part[at..].trim_start_matches([':', '=', ' ']));
    let end = rest.find(|c: char| !c.is_ascii_digit() && !".,".contains(c)).unwrap_or(rest.len());
    let kind = find(list, column, name.trim().trim_end_matches('-'))?;
    match vntext::parse_whole_vi(rest[..end].trim_end_matches(['.', ','])) {
        Ok(quantity) => Ok((kind, quantity)),
        Err(_) => {
            let raw: String = part.chars().take(40).collect();
            Err(Problem::new(column, Message::new("registry-import-held-unreadable").with("raw", raw)))
        }
    }
}

/// "Không" says that there is nothing, which an empty cell does not.
fn said<'a>(line: &'a Line, column: &str) -> Option<&'a str> {
    Some(line.text(column)).filter(|text| !text.is_empty())
}

fn parts<'a>(text: &'a str, marks: &'static [char]) -> impl Iterator<Item = &'a str> {
    let words = text.split(marks).map(str::trim).filter(|word| !word.is_empty());
    words.filter(|word| vntext::fold(word) != "khong")
}

fn find(list: &List, column: &str, word: &str) -> Result<String, Problem> {
    let shown = || word.chars().take(40).collect::<String>();
    let unknown = || Problem::new(column, Message::new("registry-word-unknown").with("word", shown()));
    list.find(word.trim()).map(|item| item.code.clone()).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Lists {
        toml::from_str(include_str!("../../../../data/code-lists/2026-01-01.toml")).expect("TOML")
    }

    fn line(key: &str, text: &str) -> Line {
        Line { texts: [(key.to_owned(), text.to_owned())].into(), ..Line::default() }
    }

    #[test]
    fn lists_in_a_cell_are_read_as_people_write_them() {
        let lists = lists();
        let of = |text: &str| held(&line("crops", text), &lists, "crops").map_err(|problem| problem.key);
        let both = vec![("rice".to_owned(), 1200), ("maize".to_owned(), 500)];
        for text in ["Lúa: 1200; Ngô: 500", "lúa 1.200 m2;NGÔ = 500 m²", "Lúa - 1200\nNgô: 500."] {
            assert_eq!(of(text).unwrap(), both, "{text}");
        }
        assert_eq!(of("").unwrap(), []);
        assert_eq!(of("Không").unwrap(), []);
        for text in ["Lúa", "Lúa: nhiều", "Lúa: -3"] {
            assert_eq!(of(text).unwrap_err(), "registry-import-held-unreadable", "{text}");
        }
        assert_eq!(of("Vàng: 3").unwrap_err(), "registry-word-unknown");
        let of = |text: &str| skills(&line("skills", text), &lists).map_err(|problem| problem.key);
        assert_eq!(of("Sơ cứu, lái xe").unwrap().unwrap(), ["driving", "first_aid"]);
        assert_eq!(of("không").unwrap(), Some(Vec::new()));
        assert_eq!(of("").unwrap(), None);
        assert!(of("Bay").is_err());
    }
}
