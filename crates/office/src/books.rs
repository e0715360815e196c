//! Books of documents and the words by which they are known: `data/office-books`.

use platform::{Ctx, Lang, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Books {
    pub incoming: Vec<Book>,
    pub register_days: u16,
    urgency: Vec<Urgency>,
    /// Stamps that say who may read a document.
    #[serde(default)]
    pub circulation: Vec<String>,
    kinds: BTreeMap<String, String>,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Book {
    pub code: String,
    pub name: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    vi: String,
    en: String,
}

impl Words {
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Urgency {
    level: i64,
    stamp: String,
}

impl Books {
    pub fn load(ctx: &Ctx) -> Result<Arc<Books>> {
        Ok(ctx.app.law.in_force("office-books", ctx.today())?.content)
    }

    pub fn book(&self, code: &str) -> Option<&Book> {
        self.incoming.iter().find(|book| book.code == code)
    }

    /// The kinds that documents call themselves, in Vietnamese order.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.kinds.keys().map(String::as_str).collect();
        kinds.sort_by_key(|kind| vntext::sort_key(kind));
        kinds
    }

    /// The kind of which a notation such as `QĐ-UBND` is.
    pub fn kind_of_notation(&self, notation: &str) -> Option<&str> {
        let first = notation.split(['-', '/']).next()?.trim();
        let named = |(_, short): &(&String, &String)| !short.is_empty() && *short == first;
        self.kinds.iter().find(named).map(|(kind, _)| kind.as_str())
    }

    /// The stamp of a degree of urgency; nothing for an ordinary document.
    pub fn stamp(&self, level: i64) -> Option<&str> {
        self.urgency.iter().find(|one| one.level == level).map(|one| one.stamp.as_str())
    }

    /// Degrees above ordinary with their stamps.
    pub fn urgencies(&self) -> impl Iterator<Item = (i64, &str)> {
        self.urgency.iter().map(|one| (one.level, one.stamp.as_str()))
    }
}
