//! One entry and the bytes that its hash covers.

use chrono::{DateTime, Utc};
use platform::Uuid;
use sea_orm::FromQueryResult;
use serde_json::Value;

/// What a rule records.
#[derive(Debug, Clone)]
pub struct Entry {
    /// `household.update`
    pub action: &'static str,
    /// What kind of object: `household`.
    pub kind: &'static str,
    pub id: Uuid,
    /// Ids, names of fields, keyed hashes. Never a name, number or text of a person.
    pub detail: Value,
}

/// An entry as it stands in the table.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Link {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub account_id: Option<Uuid>,
    pub action: String,
    pub kind: String,
    pub object_id: Uuid,
    pub detail: String,
    pub prev_hash: String,
    pub hash: String,
}

pub(crate) const COLUMNS: &str = "seq, at, account_id, action, kind, object_id, detail, prev_hash, hash";

/// The hash before the first entry.
pub(crate) fn genesis(commune: Uuid) -> String {
    blake3::hash(format!("sandinh audit chain 1 {commune}").as_bytes()).to_hex().to_string()
}

impl Link {
    /// The hash over every column, each with its length before it, so that no two rows have the same bytes.
    pub fn digest(&self, commune: Uuid) -> String {
        let mut hasher = blake3::Hasher::new();
        let account = self.account_id.unwrap_or_default();
        let parts: [&[u8]; 9] = [
            commune.as_bytes(),
            &self.seq.to_be_bytes(),
            &self.at.timestamp_micros().to_be_bytes(),
            if self.account_id.is_some() { account.as_bytes() } else { b"" },
            self.action.as_bytes(),
            self.kind.as_bytes(),
            self.object_id.as_bytes(),
            self.detail.as_bytes(),
            self.prev_hash.as_bytes(),
        ];
        for part in parts {
            hasher.update(&(part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// JSON with its members in the order of their names, so one value has one text whatever else is compiled in.
pub(crate) fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            let inner: Vec<String> = names
                .iter()
                .map(|name| format!("{}:{}", Value::from(name.as_str()), canonical(&members[*name])))
                .collect();
            format!("{{{}}}", inner.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        // PostgreSQL takes no NUL in a text.
        Value::String(text) => Value::from(text.replace('\0', "")).to_string(),
        plain => plain.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_same_value_has_the_same_text() {
        let value = json!({ "b": [1, { "y": null, "x": "Ộ\"" }], "a": true });
        assert_eq!(canonical(&value), r#"{"a":true,"b":[1,{"x":"Ộ\"","y":null}]}"#);
    }
}
