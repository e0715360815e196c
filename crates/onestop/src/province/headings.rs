//! `data/province-headings`: what the province calls its columns and statuses.

use crate::dossier::Status;
use platform::{Ctx, Error, Result};
use serde::Deserialize;
use std::sync::Arc;
use vnsheet::{Field, Kind, Mapping, Schema};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Headings {
    field: Vec<Heading>,
    status: Vec<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading {
    key: String,
    labels: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    number: i64,
    words: Vec<String>,
}

/// Without these a row says nothing.
pub(super) const REQUIRED: [&str; 2] = ["code", "status"];

impl Headings {
    pub fn load(ctx: &Ctx) -> Result<Arc<Headings>> {
        let found = ctx.app.law.in_force::<Headings>("province-headings", ctx.today())?.content;
        if found.status.iter().any(|one| Status::of(one.number).is_none()) {
            return Err(Error::internal("province-headings: a status is 1 to 10"));
        }
        Ok(found)
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.field.iter().map(|one| one.key.as_str())
    }

    pub fn schema(&self) -> Schema {
        let field = |heading: &Heading| {
            let labels: Vec<&str> = heading.labels.iter().map(String::as_str).collect();
            let kind = match heading.key.as_str() {
                "number" => Kind::PersonalNumber,
                "phone" => Kind::Phone,
                _ => Kind::Text,
            };
            let field = Field::new(&heading.key, kind, &labels);
            if REQUIRED.contains(&heading.key.as_str()) { field.required() } else { field }
        };
        Schema::new(self.field.iter().map(field))
    }

    /// The status of a number ("4", "4 - Đang xử lý") or of words, of which the longest that fits counts.
    pub fn status(&self, text: &str) -> Option<Status> {
        let folded = vntext::fold(text);
        let digits: String = folded.chars().take_while(char::is_ascii_digit).collect();
        if let Some(status) = digits.parse().ok().and_then(Status::of) {
            return Some(status);
        }
        let begins = |word: &str| {
            folded.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        };
        let mut best: (usize, Option<Status>) = (0, None);
        for one in &self.status {
            for word in one.words.iter().map(|word| vntext::fold(word)) {
                if word.len() > best.0 && begins(&word) {
                    best = (word.len(), Status::of(one.number));
                }
            }
        }
        best.1
    }
}

/// Names a set of headings, whatever their order of marks and case.
pub(super) fn name(mapping: &Mapping) -> String {
    let all: Vec<String> = mapping.columns.iter().map(|column| vntext::fold(&column.heading)).collect();
    blake3::hash(all.join("\n").as_bytes()).to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in() -> Headings {
        toml::from_str(include_str!("../../../../data/province-headings/2020-01-01.toml")).unwrap()
    }

    #[test]
    fn statuses_are_told_by_number_or_words() {
        let headings = built_in();
        for (text, number) in [
            ("4", 4),
            ("10", 10),
            ("5 - Yêu cầu bổ sung", 5),
            ("Đang xử lý", 4),
            ("ĐANG XỬ LÝ (trễ hạn)", 4),
            ("Đã trả kết quả sớm hạn", 10),
            ("Đã xử lý xong", 9),
            ("Không tiếp nhận", 3),
            ("Mới tiếp nhận", 2),
            ("Mới", 1),
        ] {
            assert_eq!(headings.status(text).map(Status::number), Some(number), "{text}");
        }
        for text in ["", "11", "0", "trễ hạn", "Mớikhông"] {
            assert_eq!(headings.status(text), None, "{text}");
        }
    }

    #[test]
    fn every_status_has_words_and_every_field_once() {
        let headings = built_in();
        assert!(
            Status::ALL.iter().all(|status| headings.status.iter().any(|one| one.number == status.number()))
        );
        let mut keys: Vec<&str> = headings.keys().collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
    }
}
