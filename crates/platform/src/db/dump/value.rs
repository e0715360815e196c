//! One value on its way from a column to a line of JSON and back.

use crate::db::{Row, Value};
use crate::{Result, Uuid};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::TryGetable;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The types that migrations use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnType {
    Uuid,
    Text,
    Bigint,
    Boolean,
    Date,
    Timestamptz,
    Jsonb,
    Bytea,
    Double,
}

use ColumnType as C;

impl ColumnType {
    /// From what follows a column's name in CREATE TABLE.
    pub(super) fn of_sql(text: &str) -> Option<ColumnType> {
        let mut words = text.split([' ', ',', '(']);
        Some(match (words.next()?, words.next()) {
            ("UUID", _) => C::Uuid,
            ("TEXT", _) => C::Text,
            ("BIGINT", _) => C::Bigint,
            ("BOOLEAN", _) => C::Boolean,
            ("DATE", _) => C::Date,
            ("TIMESTAMPTZ", _) => C::Timestamptz,
            ("JSONB", _) => C::Jsonb,
            ("BYTEA", _) => C::Bytea,
            ("DOUBLE", Some("PRECISION")) => C::Double,
            _ => return None,
        })
    }

    /// The value in a column of a row, as it stands in a dump.
    pub(super) fn read(self, row: &Row, at: usize) -> Result<Json> {
        Ok(match self {
            C::Uuid => get::<Uuid>(row, at)?.map(|id| id.to_string().into()),
            C::Text => get::<String>(row, at)?.map(Json::from),
            C::Bigint => get::<i64>(row, at)?.map(Json::from),
            C::Boolean => get::<bool>(row, at)?.map(Json::from),
            C::Date => get::<NaiveDate>(row, at)?.map(|day| day.to_string().into()),
            C::Timestamptz => get::<DateTime<Utc>>(row, at)?
                .map(|at| at.to_rfc3339_opts(SecondsFormat::Micros, true).into()),
            // As text, so that the JSON value null is not taken for a column without value.
            C::Jsonb => get::<Json>(row, at)?.map(|value| canonical(&value).into()),
            C::Bytea => get::<Vec<u8>>(row, at)?.map(|bytes| STANDARD.encode(bytes).into()),
            // As text: JSON knows no infinity, and the shortest text of a number leads back to the same bits. SQLite
            // knows no negative zero, so nobody does.
            C::Double => get::<f64>(row, at)?.map(|number| (number + 0.0).to_string().into()),
        }
        .unwrap_or(Json::Null))
    }

    /// Back from a dump; `None` when it is no value of this type.
    pub(super) fn value(self, cell: &Json) -> Option<Value> {
        if cell.is_null() {
            return Some(self.nothing());
        }
        Some(match self {
            C::Uuid => cell.as_str()?.parse::<Uuid>().ok()?.into(),
            C::Text => cell.as_str()?.into(),
            C::Bigint => cell.as_i64()?.into(),
            C::Boolean => cell.as_bool()?.into(),
            C::Date => cell.as_str()?.parse::<NaiveDate>().ok()?.into(),
            C::Timestamptz => cell.as_str()?.parse::<DateTime<Utc>>().ok()?.into(),
            C::Jsonb => serde_json::from_str::<Json>(cell.as_str()?).ok()?.into(),
            C::Bytea => STANDARD.decode(cell.as_str()?).ok()?.into(),
            C::Double => cell.as_str()?.parse::<f64>().ok()?.into(),
        })
    }

    /// NULL, typed: PostgreSQL asks for the type also of nothing.
    fn nothing(self) -> Value {
        match self {
            C::Uuid => None::<Uuid>.into(),
            C::Text => None::<String>.into(),
            C::Bigint => None::<i64>.into(),
            C::Boolean => None::<bool>.into(),
            C::Date => None::<NaiveDate>.into(),
            C::Timestamptz => None::<DateTime<Utc>>.into(),
            C::Jsonb => None::<Json>.into(),
            C::Bytea => None::<Vec<u8>>.into(),
            C::Double => None::<f64>.into(),
        }
    }
}

fn get<T: TryGetable>(row: &Row, at: usize) -> Result<Option<T>> {
    Ok(row.try_get_by_index(at)?)
}

/// One text for one JSON value: members in the order of their names (JSONB keeps another), and large numbers in
/// digits, as PostgreSQL gives them back.
fn canonical(value: &Json) -> String {
    match value {
        Json::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            let inner: Vec<String> = names
                .iter()
                .map(|name| format!("{}:{}", Json::from(name.as_str()), canonical(&members[*name])))
                .collect();
            format!("{{{}}}", inner.join(","))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Json::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(0.0) => "0.0".to_owned(),
            Some(float) if float.fract() == 0.0 && (1e16..1.8e19).contains(&float.abs()) => {
                format!("{float:.0}")
            }
            _ => number.to_string(),
        },
        plain => plain.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_json_value_has_one_text() {
        let value = json!({ "b": [1, { "y": null, "x": "Ộ\"" }], "a": 1e16, "ab": 2.50, "z": -0.0 });
        assert_eq!(
            canonical(&value),
            r#"{"a":10000000000000000,"ab":2.5,"b":[1,{"x":"Ộ\"","y":null}],"z":0.0}"#
        );
    }

    #[test]
    fn a_value_of_another_type_is_refused() {
        assert_eq!(C::Uuid.value(&json!("x")), None);
        assert_eq!(C::Bigint.value(&json!("1")), None);
        assert_eq!(C::Date.value(&json!("2025-02-30")), None);
        assert_eq!(C::Double.value(&json!("0.1")), Some(0.1.into()));
        assert!(C::Jsonb.value(&json!("null")) != C::Jsonb.value(&Json::Null));
    }
}
