//! The columns of the page: `data/public-information`.

use super::period::Every;
use chrono::NaiveDate;
use platform::{Ctx, Lang, Message, Result, T};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    #[serde(rename = "column")]
    pub all: Vec<Column>,
    /// Said on the page: whether somebody compared the list with the law.
    #[serde(default)]
    pub unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    pub code: String,
    vi: String,
    en: String,
    pub law: String,
    pub every: Option<Every>,
    #[serde(default)]
    pub days: i64,
    #[serde(default)]
    pub link: String,
    /// Its documents wait for the words of residents.
    #[serde(default)]
    pub draft: bool,
}

impl Columns {
    pub fn load(ctx: &Ctx) -> Result<Arc<Columns>> {
        Ok(ctx.app.law.in_force("public-information", ctx.today())?.content)
    }

    /// A column in which something can be published by hand.
    pub fn find(&self, code: &str) -> Option<&Column> {
        self.all.iter().find(|one| one.code == code && one.link.is_empty())
    }

    pub fn name(&self, code: &str, lang: Lang) -> String {
        let known = self.all.iter().find(|one| one.code == code);
        known.map_or(code.to_owned(), |one| one.name(lang).to_owned())
    }
}

impl Column {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::Vi { &self.vi } else { &self.en }
    }

    /// "Quý III/2026"
    pub fn period(&self, t: T, end: NaiveDate) -> String {
        let Some(every) = self.every else { return String::new() };
        let (number, year) = every.number(end);
        Message::new(match every {
            Every::Month => "disclosure-month",
            Every::Quarter => "disclosure-quarter",
            Every::Half => "disclosure-half",
            Every::Year => "disclosure-year",
        })
        .with("number", number)
        .with("year", year.to_string())
        .text(t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_codes_of_their_own() {
        let columns: Columns =
            toml::from_str(include_str!("../../../../data/public-information/2022-08-15.toml")).unwrap();
        let mut codes: Vec<&str> = columns.all.iter().map(|one| one.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), columns.all.len());
        assert!(columns.find("ngan-sach").is_some());
        assert!(columns.find("thu-tuc").is_none(), "another page keeps it");
    }
}
