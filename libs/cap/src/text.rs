//! Texts that cannot be wrong: each is checked once, when it is made.

use crate::Reason;
use std::fmt;

/// A text in a shape: `new` checks it, `as_str` gives it.
macro_rules! shape {
    ($(#[$doc:meta])* $name:ident, $reason:expr, $fits:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// White space around it is left out.
            ///
            /// # Errors
            /// [`Reason::Missing`] when nothing is left, [`Reason::Character`] for what XML cannot carry, and the
            /// reason of the type for another shape.
            pub fn new(text: &str) -> Result<$name, Reason> {
                let text = text.trim();
                if text.is_empty() {
                    return Err(Reason::Missing);
                }
                if !text.chars().all(is_xml) {
                    return Err(Reason::Character);
                }
                let fits: fn(&str) -> bool = $fits;
                if fits(text) { Ok($name(text.to_owned())) } else { Err($reason) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

shape!(
    /// Free text, one letter at least.
    Text,
    Reason::Missing,
    |_| true
);

shape!(
    /// `identifier` and `sender` (section 3.2.1): no white space, no commas, no `<` and `&`; otherwise [`Reason::Id`].
    Id,
    Reason::Id,
    |text| !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | '<' | '&'))
);

shape!(
    /// One entry of `addresses` or `incidents`: one line without quotation marks, in which single spaces may stand;
    /// otherwise [`Reason::Quotes`].
    Word,
    Reason::Quotes,
    |text| {
        let odd = |c: char| c == '"' || c.is_control() || (c.is_whitespace() && c != ' ');
        !text.contains(odd) && !text.contains("  ")
    }
);

shape!(
    /// A code of a language (RFC 3066) as `vi-VN`; otherwise [`Reason::Language`].
    Language,
    Reason::Language,
    is_language
);

shape!(
    /// `web`, `uri`: an address without white space and quotation marks; otherwise [`Reason::Uri`]. It may be relative
    /// and of any scheme: ask [`Uri::is_web`] before it becomes a link.
    Uri,
    Reason::Uri,
    |text| !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'))
);

impl Uri {
    /// It leads to a page: `http:` or `https:`.
    pub fn is_web(&self) -> bool {
        let begins = |scheme: &str| {
            let start = self.0.as_bytes().get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
        };
        begins("https://") || begins("http://")
    }
}

impl Language {
    /// What holds when nothing is said (section 3.2.2).
    pub(crate) fn implied() -> Language {
        Language("en-US".to_owned())
    }
}

/// A name with its value: `eventCode`, `parameter` and `geocode`. The list that the name comes from is not of CAP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// `valueName`: which list.
    pub name: Text,
    /// `value`; some senders leave it empty.
    pub value: Option<Text>,
}

/// `xs:language`: parts of up to eight letters or digits, the first of letters alone.
fn is_language(text: &str) -> bool {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    text.split('-').all(part)
        && text.split('-').take(1).all(|first| first.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Whether XML 1.0 can carry it.
pub(crate) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_hold() {
        assert_eq!(Text::new("  Lũ quét\n").unwrap().as_str(), "Lũ quét");
        assert_eq!(Text::new(" \n"), Err(Reason::Missing));
        assert_eq!(Text::new("a\u{0}"), Err(Reason::Character));
        for wrong in ["a b", "a,b", "a<b", "a&b", "a\tb", "a\u{a0}b"] {
            assert_eq!(Id::new(wrong), Err(Reason::Id), "{wrong}");
        }
        assert_eq!(Word::new("a\"b"), Err(Reason::Quotes));
        assert!(Word::new("UBND xã Gia Phú").is_ok());
        for right in ["vi", "vi-VN", "x-klingon", "zh-Hant-TW"] {
            assert!(Language::new(right).is_ok(), "{right}");
        }
        for wrong in ["v1", "vi_VN", "vi-", "-vi", "tiengviettt"] {
            assert_eq!(Language::new(wrong), Err(Reason::Language), "{wrong}");
        }
    }

    #[test]
    fn only_addresses_of_pages_become_links() {
        assert!(Uri::new("HTTPS://giaphu.example/1").unwrap().is_web());
        assert!(!Uri::new("javascript:alert(1)").unwrap().is_web());
        assert!(!Uri::new("é").unwrap().is_web());
        assert_eq!(Uri::new("http://a b"), Err(Reason::Uri));
    }
}
