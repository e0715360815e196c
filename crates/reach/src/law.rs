//! Topics and terms of campaigns: `data/reach`.

use chrono::NaiveDate;
use platform::{Ctx, Lang, Result};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Topic {
    pub code: String,
    vi: String,
    en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Terms {
    pub remind_days: i64,
    pub keep_words_days: i64,
    pub topic: Vec<Topic>,
}

impl Topic {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::Vi { &self.vi } else { &self.en }
    }
}

impl Terms {
    pub fn on(ctx: &Ctx, day: NaiveDate) -> Result<Arc<Terms>> {
        Ok(ctx.app.law.in_force("reach", day)?.content)
    }

    pub fn now(ctx: &Ctx) -> Result<Arc<Terms>> {
        Terms::on(ctx, ctx.today())
    }

    /// The topic's name; its code where a newer file no longer has it.
    pub fn topic<'a>(&'a self, code: &'a str, lang: Lang) -> &'a str {
        self.topic.iter().find(|topic| topic.code == code).map_or(code, |topic| topic.name(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_a_code_of_its_own_and_both_names() {
        let terms: Terms = toml::from_str(include_str!("../../../data/reach/2023-01-01.toml")).unwrap();
        let mut codes: Vec<&str> = terms.topic.iter().map(|topic| topic.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), terms.topic.len());
        assert!(terms.topic.iter().all(|topic| !topic.vi.is_empty() && !topic.en.is_empty()));
        assert_eq!(terms.topic("vneid", Lang::En), "Installing and using VNeID");
        assert_eq!(terms.topic("gone", Lang::En), "gone");
    }
}
