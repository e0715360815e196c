//! Which rows are one household.

use super::row::{Line, Texts};
use crate::lists::{HEAD, Lists};

/// What names a household, the surest first.
const NAMED: [(&str, char); 3] = [("household_no", 'n'), ("book_no", 'b'), ("head_name", 'h')];

/// The key of each line's household: by its number in the list, else by book number, else by the head's name, else a
/// household begins with each head. What stands on the first row of a household only is written into the others.
pub(crate) fn keys(lines: &mut [Line], lists: &Lists) -> Vec<String> {
    let mut above = Above::default();
    lines.iter_mut().map(|line| above.key(line, lists)).collect()
}

/// What holds until the next row says otherwise.
#[derive(Default)]
struct Above {
    village: Option<String>,
    named: Texts,
    /// Of a household that nothing names but its head's row.
    unnamed: Option<String>,
}

impl Above {
    fn key(&mut self, line: &mut Line, lists: &Lists) -> String {
        if line.has("village") {
            self.village = Some(line.text("village").to_owned());
        } else if let Some(village) = &self.village {
            line.texts.insert("village".to_owned(), village.clone());
        }
        let head = lists.relation.find(line.text("relation")).is_some_and(|item| item.code == HEAD);
        if let Some(key) = own_key(line) {
            self.named = NAMED
                .iter()
                .filter_map(|(field, _)| Some(((*field).to_owned(), line.texts.get(*field)?.clone())))
                .collect();
            self.unnamed = None;
            return key;
        }
        if head {
            self.named.clear();
            self.unnamed = None;
        }
        line.texts.extend(self.named.clone());
        match own_key(line) {
            Some(key) => key,
            None => self.unnamed.get_or_insert_with(|| format!("r:{}", line.row)).clone(),
        }
    }
}

/// The key that the row itself names; a row that somebody mends may change it.
pub(crate) fn own_key(line: &Line) -> Option<String> {
    let village = vntext::fold(line.text("village"));
    let (field, letter) = NAMED.into_iter().find(|(field, _)| line.has(field))?;
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

    fn same(a: &[(&str, &str)], b: &[(&str, &str)]) -> bool {
        let keys = keys(&mut [line(2, a), line(3, b)], &lists());
        keys[0] == keys[1]
    }

    #[test]
    fn households_go_by_number_by_book_by_head_or_by_the_next_head() {
        assert!(same(
            &[("book_no", "HK 01"), ("village", "Thôn 6")],
            &[("book_no", "hk 01"), ("village", "THÔN 6")]
        ));
        assert!(!same(
            &[("household_no", "1"), ("village", "A")],
            &[("household_no", "1"), ("village", "B")]
        ));
        assert!(same(&[("household_no", "1"), ("book_no", "HK1")], &[("household_no", "1")]));
        assert!(same(&[("head_name", "Lò Văn A")], &[("head_name", "LÒ VĂN A")]));
        assert!(same(&[("relation", "Chủ hộ")], &[("relation", "Vợ")]));
        assert!(!same(&[("relation", "Con")], &[("relation", "Chủ hộ")]));
    }

    #[test]
    fn what_stands_on_the_first_row_holds_below_and_no_further() {
        let mut lines = [
            line(2, &[("household_no", "1"), ("book_no", "HK1"), ("village", "A")]),
            line(3, &[("relation", "Vợ")]),
            line(4, &[("household_no", "2")]),
            line(5, &[("relation", "Chủ hộ")]),
            line(6, &[("relation", "Con")]),
        ];
        let keys = keys(&mut lines, &lists());
        assert_eq!(lines[1].text("book_no"), "HK1");
        assert_eq!((lines[3].text("book_no"), lines[3].text("village")), ("", "A"));
        assert!(!lines[2].has("book_no"), "the next household has no book of its own");
        assert_eq!(keys[0], keys[1]);
        assert_eq!(keys[3], keys[4]);
        assert_ne!(keys[2], keys[3]);
    }
}
