//! The lists of words that change with the law: ethnic groups, relations, schooling, crops. They stand in
//! `data/code-lists/`.

use chrono::NaiveDate;
use platform::{Ctx, Lang, Result};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;

/// One word of a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What the tables keep.
    pub code: String,
    pub vi: String,
    pub en: String,
    /// Other spellings in files.
    #[serde(default)]
    also: Vec<String>,
    /// The number in the state's list, where there is one.
    #[serde(default)]
    pub state: Option<String>,
}

impl Item {
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// A list, with a quick way from any spelling to its word.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<Item>")]
pub struct List {
    items: Vec<Item>,
    /// Folded spellings.
    spellings: HashMap<String, usize>,
}

impl From<Vec<Item>> for List {
    fn from(items: Vec<Item>) -> List {
        let mut spellings = HashMap::new();
        for (at, item) in items.iter().enumerate() {
            spellings.insert(item.code.clone(), at);
        }
        // A word's own label counts before another word's further spelling.
        let labels = items.iter().enumerate().map(|(at, item)| (at, &item.vi));
        let others =
            items.iter().enumerate().flat_map(|(at, item)| item.also.iter().map(move |text| (at, text)));
        for (at, text) in labels.chain(others) {
            spellings.entry(vntext::fold(text)).or_insert(at);
        }
        List { items, spellings }
    }
}

impl List {
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The word that a code or any spelling means: "Chủ hộ", "chu ho" and "head" are one.
    pub fn find(&self, text: &str) -> Option<&Item> {
        let at = self.spellings.get(text).or_else(|| self.spellings.get(&vntext::fold(text)))?;
        self.items.get(*at)
    }

    /// What to show for a code; the code itself when the list no longer has it.
    pub fn label<'a>(&'a self, code: &'a str, lang: Lang) -> &'a str {
        self.items.iter().find(|item| item.code == code).map_or(code, |item| item.label(lang))
    }
}

/// All lists.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    pub ethnic: List,
    pub relation: List,
    pub education: List,
    pub religion: List,
    pub disability: List,
    pub meritorious: List,
    pub skill: List,
    pub crop: List,
    pub herd: List,
}

/// The relation of the head of a household.
pub const HEAD: &str = "head";

/// The lists in force today.
pub fn load(ctx: &Ctx) -> Result<Arc<Lists>> {
    on(ctx, ctx.today())
}

/// The lists in force on a day; before the first file, those of the first file.
pub fn on(ctx: &Ctx, day: NaiveDate) -> Result<Arc<Lists>> {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or(day);
    Ok(ctx.app.law.in_force("code-lists", day.max(first))?.content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(code: &str, vi: &str, also: &[&str]) -> Item {
        let also = also.iter().map(|text| (*text).to_owned()).collect();
        Item { code: code.into(), vi: vi.into(), en: code.into(), also, state: None }
    }

    #[test]
    fn any_spelling_finds_the_word() {
        let list = List::from(vec![
            item("mong", "Mông", &["HMông", "Mèo", "H'Mông"]),
            item("dao", "Dao", &["Mán", "Mông"]),
        ]);
        for text in ["mong", "Mông", "MÔNG", "H'Mông", "h mong", "meo"] {
            assert_eq!(list.find(text).unwrap().code, "mong", "{text}");
        }
        assert_eq!(list.find("mán").unwrap().code, "dao");
        assert!(list.find("").is_none() && list.find("Klingon").is_none());
        assert_eq!(list.label("dao", Lang::En), "dao");
        assert_eq!(list.label("gone", Lang::Vi), "gone");
    }
}
