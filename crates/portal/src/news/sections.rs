//! The sections of the news and the rules of comments: `data/news-sections`.

use platform::{Ctx, Lang, Result};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sections {
    #[serde(rename = "section")]
    pub all: Vec<Section>,
    pub comments: Comments,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    pub code: String,
    vi: String,
    en: String,
    /// The section on digital transformation.
    #[serde(default)]
    pub digital: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Comments {
    /// Written so many days after the article was published.
    pub days: i64,
    pub per_person: u32,
    pub per_address: u32,
}

impl Sections {
    pub fn load(ctx: &Ctx) -> Result<Arc<Sections>> {
        Ok(ctx.app.law.in_force("news-sections", ctx.today())?.content)
    }

    pub fn find(&self, code: &str) -> Option<&Section> {
        self.all.iter().find(|one| one.code == code)
    }

    /// The name of a section; one that the file no longer has is called by its code.
    pub fn name(&self, code: &str, lang: Lang) -> String {
        self.find(code).map_or_else(|| code.to_owned(), |one| one.name(lang).to_owned())
    }

    /// For a choice in a form.
    pub fn options(&self, lang: Lang) -> Vec<(String, String)> {
        self.all.iter().map(|one| (one.code.clone(), one.name(lang).to_owned())).collect()
    }
}

impl Section {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En { &self.en } else { &self.vi }
    }

    pub fn path(&self) -> String {
        format!("{}/chuyen-muc/{}", super::PATH, self.code)
    }
}
