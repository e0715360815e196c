use crate::table::{TableProblem, rows};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A province as the first three digits of a personal number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Three digits, the first of them 0.
    pub code: String,
    /// The province of this code until 30 June 2025, one of 63.
    pub name_old: String,
    /// The province of this code since 1 July 2025, one of 34; `None` where the code ended.
    pub name_new: Option<String>,
}

impl Place {
    /// The name in the year of birth. In 2025 itself, when a number does not tell the month, the old one.
    pub fn name_in(&self, year: i32) -> &str {
        match &self.name_new {
            Some(new) if year > 2025 => new,
            _ => &self.name_old,
        }
    }
}

/// The table of birth places.
#[derive(Clone, Debug)]
pub struct Places(BTreeMap<String, Place>);

static BUILT_IN: LazyLock<Places> = LazyLock::new(|| {
    // The text is part of this crate and a test reads it, so the empty table is never seen.
    Places::from_csv(include_str!("../data/birth_places.csv")).unwrap_or(Places(BTreeMap::new()))
});

impl Places {
    /// The table that comes with this crate.
    pub fn built_in() -> &'static Places {
        &BUILT_IN
    }

    /// Reads a table with the columns `code,name_old,name_new`; lines that start with `#` are remarks.
    pub fn from_csv(csv: &str) -> Result<Places, TableProblem> {
        let mut places = BTreeMap::new();
        for (line, [code, name_old, name_new]) in rows(csv, "code,name_old,name_new")? {
            if code.len() != 3 || !crate::all_digits(code) {
                return Err(TableProblem { line, what: "the code is not three digits" });
            }
            if name_old.is_empty() {
                return Err(TableProblem { line, what: "the name is missing" });
            }
            let name_new = Some(name_new.to_owned()).filter(|name| !name.is_empty());
            let place = Place { code: code.to_owned(), name_old: name_old.to_owned(), name_new };
            if places.insert(code.to_owned(), place).is_some() {
                return Err(TableProblem { line, what: "the code stands twice" });
            }
        }
        Ok(Places(places))
    }

    /// The place of a three-digit code.
    pub fn find(&self, code: &str) -> Option<&Place> {
        self.0.get(code)
    }

    /// All places, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_is_whole() {
        let places = Places::built_in();
        assert_eq!(places.iter().count(), 63);
        assert_eq!(places.iter().filter(|p| p.name_new.is_some()).count(), 34);
        let yen_bai = places.find("015").unwrap();
        assert_eq!((yen_bai.name_in(1995), yen_bai.name_in(2026)), ("Yên Bái", "Lào Cai"));
        assert_eq!(places.find("010").unwrap().name_in(2026), "Lào Cai");
    }

    #[test]
    fn a_faulty_table_names_the_line() {
        let line = |csv| Places::from_csv(csv).unwrap_err().line;
        assert_eq!(line("# x\ncode,name\n"), 2);
        assert_eq!(line("code,name_old,name_new\n001,A,\n1,B,\n"), 3);
        assert_eq!(line("code,name_old,name_new\n001,A,\n001,B,\n"), 3);
        assert_eq!(line("code,name_old,name_new\n001,A\n"), 2);
        assert_eq!(line(""), 1);
    }
}
