//! What the commune issues and how it is numbered: `data/office-kinds`.

use crate::books::Words;
use chrono::NaiveDate;
use platform::{Ctx, Lang, Result};
use serde::Deserialize;
use std::sync::Arc;
use typeset::decree30::{Form, symbol};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kinds {
    #[serde(rename = "issuer")]
    pub issuers: Vec<Issuer>,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

/// Who issues.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Issuer {
    pub code: String,
    pub name: Words,
    pub agency: String,
    pub layout: String,
    series: Series,
    named: String,
    letter: String,
    /// Above the grounds of what decides.
    #[serde(default)]
    pub authority: Vec<String>,
    pub signers: Vec<String>,
    #[serde(default)]
    pub closed: bool,
    /// Its papers go over the Party's network and no other.
    #[serde(default)]
    pub party: bool,
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Series {
    Kind,
    Common,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kind {
    pub code: String,
    pub name: String,
    pub en: String,
    pub abbreviation: String,
    #[serde(default)]
    pub form: Form,
    book: Option<String>,
    #[serde(default)]
    pub decides: String,
    #[serde(default)]
    pub to: bool,
    #[serde(default)]
    pub draft: String,
}

/// A kind with who issues it.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    kinds: Arc<Kinds>,
    issuer: usize,
    kind: usize,
    /// The day from which the file is in force.
    pub from: NaiveDate,
}

impl Kind {
    pub fn named(&self, lang: Lang) -> &str {
        if lang == Lang::Vi { &self.name } else { &self.en }
    }
}

impl Kinds {
    pub fn load(ctx: &Ctx) -> Result<Arc<Kinds>> {
        Ok(ctx.app.law.in_force("office-kinds", ctx.today())?.content)
    }

    /// The kind of an issuer by their codes, in the file in force on a day.
    pub fn chosen(ctx: &Ctx, on: NaiveDate, issuer: &str, kind: &str) -> Result<Option<Chosen>> {
        let found = ctx.app.law.in_force::<Kinds>("office-kinds", on)?;
        let kinds = found.content;
        let at = kinds.issuers.iter().position(|one| one.code == issuer);
        Ok(at.and_then(|issuer| {
            let kind = kinds.issuers[issuer].kinds.iter().position(|one| one.code == kind)?;
            Some(Chosen { kinds: kinds.clone(), issuer, kind, from: found.from })
        }))
    }
}

impl Chosen {
    pub fn issuer(&self) -> &Issuer {
        &self.kinds.issuers[self.issuer]
    }

    pub fn kind(&self) -> &Kind {
        &self.issuer().kinds[self.kind]
    }

    /// The number book: one for the kind, or one for all of the issuer.
    pub fn book(&self) -> String {
        match (&self.kind().book, self.issuer().series) {
            (Some(book), _) => book.clone(),
            (None, Series::Kind) => format!("outgoing-{}-{}", self.issuer().code, self.kind().code),
            (None, Series::Common) => format!("outgoing-{}", self.issuer().code),
        }
    }

    /// What follows the number, with the sign before it: `/QĐ-UBND`, `/UBND-VX`, `-NQ/ĐU`.
    pub fn symbol(&self, field: &str) -> String {
        let issuer = self.issuer();
        let pattern = match self.kind().form {
            Form::Letter => &issuer.letter,
            // A named type without an abbreviation (thư công) is numbered as a letter is.
            Form::Named if self.kind().abbreviation.is_empty() => &issuer.letter,
            Form::Named => &issuer.named,
        };
        filled(pattern, &self.kind().abbreviation, &issuer.agency, field.trim())
    }
}

fn filled(pattern: &str, kind: &str, agency: &str, field: &str) -> String {
    let word =
        |part: &str| part.replace("{kind}", kind).replace("{agency}", agency).replace("{field}", field);
    let (sign, rest) = pattern.split_at(pattern.find('{').unwrap_or(0));
    let groups: Vec<String> = rest.split('-').map(word).collect();
    format!("{sign}{}", symbol(&groups.iter().map(String::as_str).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Arc<Kinds> {
        let text = include_str!("../../../../data/office-kinds/2020-03-05.toml");
        Arc::new(toml::from_str(text).expect("the file reads"))
    }

    fn chosen(issuer: &str, kind: &str) -> Chosen {
        let kinds = all();
        let at = kinds.issuers.iter().position(|one| one.code == issuer).unwrap();
        let kind = kinds.issuers[at].kinds.iter().position(|one| one.code == kind).unwrap();
        Chosen { kinds, issuer: at, kind, from: "2020-03-05".parse().unwrap() }
    }

    #[test]
    fn the_29_types_of_the_decree_are_there() {
        let kinds = all();
        let own = &kinds.issuers[0].kinds;
        assert_eq!(own.len(), 29);
        let without: Vec<&str> =
            own.iter().filter(|kind| kind.abbreviation.is_empty()).map(|kind| kind.code.as_str()).collect();
        assert_eq!(without, ["cong-van", "thu-cong"]);
        let short: Vec<&str> = own.iter().map(|kind| kind.abbreviation.as_str()).collect();
        for mixed in ["QyĐ", "CTr", "TTr"] {
            assert!(short.contains(&mixed), "{mixed}");
        }
        let mut different: Vec<&str> = short.iter().copied().filter(|short| !short.is_empty()).collect();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), 27);
    }

    #[test]
    fn symbols_are_those_of_the_decree() {
        assert_eq!(chosen("ubnd", "quyet-dinh").symbol(""), "/QĐ-UBND");
        assert_eq!(chosen("ubnd", "cong-van").symbol("VX"), "/UBND-VX");
        assert_eq!(chosen("ubnd", "cong-van").symbol(""), "/UBND");
        assert_eq!(chosen("ubnd", "thu-cong").symbol(""), "/UBND");
        assert_eq!(chosen("dang-uy", "nghi-quyet").symbol("VX"), "-NQ/ĐU");
        assert_eq!(chosen("dang-uy", "cong-van").symbol(""), "-CV/ĐU");
    }

    #[test]
    fn each_kind_or_each_issuer_has_its_book() {
        assert_eq!(chosen("ubnd", "cong-van").book(), "outgoing-ubnd-cong-van");
        assert_eq!(chosen("ubnd", "quyet-dinh").book(), "result-quyet-dinh");
        let text = include_str!("../../../../data/office-kinds/2020-03-05.toml")
            .replace("\"kind\"\nnamed", "\"common\"\nnamed");
        let kinds: Arc<Kinds> = Arc::new(toml::from_str(&text).unwrap());
        let one = |kind| {
            Chosen { kinds: kinds.clone(), issuer: 1, kind, from: "2020-03-05".parse().unwrap() }.book()
        };
        assert_eq!((one(0), one(3)), ("outgoing-dang-uy".to_owned(), "outgoing-dang-uy".to_owned()));
    }
}
