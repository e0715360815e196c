//! What places can offer, and the rules of asking for one: `data/tourism`.

use platform::{Ctx, Lang, Result};
use serde::Deserialize;
use std::sync::Arc;

/// Something to choose from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Word {
    pub code: String,
    vi: String,
    en: String,
}

impl Word {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En { &self.en } else { &self.vi }
    }
}

/// Whom a visitor calls in need.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    pub number: String,
    vi: String,
    en: String,
}

impl Call {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En { &self.en } else { &self.vi }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Before {
    pub vi: String,
    pub en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tourism {
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
    pub request_per_hour: u32,
    pub request_keep_days: i64,
    pub request_ahead_days: i64,
    pub request_people: i64,
    pub upcoming_days: i64,
    pub years_ahead: i32,
    pub facility: Vec<Word>,
    pub language: Vec<Word>,
    pub call: Vec<Call>,
    pub before: Before,
}

impl Tourism {
    pub fn now(ctx: &Ctx) -> Result<Arc<Tourism>> {
        Ok(ctx.app.law.in_force("tourism", ctx.today())?.content)
    }
}

/// The names of these, in the order of the list; what an older file knew stands as its code.
pub(crate) fn named(list: &[Word], codes: &[String], lang: Lang) -> Vec<String> {
    let known = list.iter().filter(|word| codes.contains(&word.code)).map(|word| word.name(lang).to_owned());
    let old = codes.iter().filter(|code| list.iter().all(|word| word.code != **code)).cloned();
    known.chain(old).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_fits_and_names_what_it_knows() {
        let law: Tourism = toml::from_str(include_str!("../../../data/tourism/2018-01-01.toml")).unwrap();
        let codes = ["meals", "wifi", "sauna"].map(str::to_owned);
        assert_eq!(named(&law.facility, &codes, Lang::En), ["Wi-Fi", "Meals on request", "sauna"]);
        assert!(law.call.iter().any(|call| call.number == "115" && call.name(Lang::En) == "Ambulance"));
        assert!(law.before.vi.contains("Đường đến") && law.before.en.contains("passport"));
    }
}
