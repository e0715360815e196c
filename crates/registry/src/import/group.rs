//! Which rows are one household.

use super::row::Line;
use crate::lists::{HEAD, Lists};

/// The key of each line's household: by book number, else by the number of the household in the list, else by the
/// head's name, else a household begins with each head.
pub(crate) fn keys(lines: &[Line], lists: &Lists) -> Vec<String> {
    let mut running = String::new();
    lines.iter().map(|line| key(line, lists, &mut running)).collect()
}

fn key(line: &Line, lists: &Lists, running: &mut String) -> String {
    if let Some(key) = own_key(line) {
        return key;
    }
    let head = lists.relation.find(line.text("relation")).is_some_and(|item| item.code == HEAD);
    if head || running.is_empty() {
        *running = format!("r:{}", line.row);
    }
    running.clone()
}

/// The key that the row itself names; a row that somebody mends may change it.
pub(crate) fn own_key(line: &Line) -> Option<String> {
    let village = vntext::fold(line.text("village"));
    let named = [("book_no", 'b'), ("household_no", 'n'), ("head_name", 'h')];
    let (field, letter) = named.into_iter().find(|(field, _)| line.has(field))?;
    Some(format!("{letter}:{village}:{}", vntext::fold(line.text(field))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Lists {
        toml::from_str(include_str!("../../../../data/code-lists/2026-01-01.toml")).expect("TOML")
    }

    fn line(row: u32, texts: &[(&str, &str)]) -> Line {
        let texts = texts.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        Line { row, texts, unread: Vec::new() }
    }

    #[test]
    fn households_go_by_book_by_number_by_head_or_by_the_next_head() {
        let lists = lists();
        let same = |a: &[(&str, &str)], b: &[(&str, &str)]| {
            let keys = keys(&[line(2, a), line(3, b)], &lists);
            keys[0] == keys[1]
        };
        assert!(same(&[("book_no", "HK 01"), ("village", "Thôn 6")], &[("book_no", "hk 01"), ("village", "THÔN 6")]));
        assert!(!same(&[("household_no", "1"), ("village", "A")], &[("household_no", "1"), ("village", "B")]));
        assert!(same(&[("head_name", "Lò Văn A")], &[("head_name", "LÒ VĂN A")]));
        assert!(same(&[("relation", "Chủ hộ")], &[("relation", "Vợ")]));
        assert!(!same(&[("relation", "Con")], &[("relation", "Chủ hộ")]));
    }
}
