//! Which fields change, from what to what. Values are the texts of forms.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub old: String,
    pub new: String,
}

/// Fields by their names in code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Diff(pub BTreeMap<String, Change>);

impl Diff {
    pub(super) fn between(old: &Map<String, Value>, new: &Map<String, Value>) -> Diff {
        let mut changes = BTreeMap::new();
        for (field, new) in new {
            let (old, new) = (text(old.get(field)), text(Some(new)));
            if old != new {
                changes.insert(field.clone(), Change { old, new });
            }
        }
        Diff(changes)
    }

    /// The fields that are no longer what they were when the change was proposed, and not yet what it wants.
    pub fn conflicts(&self, now: &Map<String, Value>) -> Vec<&str> {
        let moved = self.0.iter().filter(|(field, change)| {
            let now = text(now.get(*field));
            now != change.old && now != change.new
        });
        moved.map(|(field, _)| field.as_str()).collect()
    }

    /// The fields of now with the changes put in.
    pub(super) fn apply(&self, mut now: Map<String, Value>) -> Map<String, Value> {
        for (field, change) in &self.0 {
            now.insert(field.clone(), Value::from(change.new.as_str()));
        }
        now
    }

    pub fn fields(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn only_what_somebody_else_changed_is_a_conflict() {
        let old = map(json!({ "phone": "1", "name": "A", "job": "x" }));
        let diff = Diff::between(&old, &map(json!({ "phone": "2", "name": "A", "job": "y" })));
        assert_eq!(diff.fields(), ["job", "phone"]);
        assert!(diff.conflicts(&old).is_empty());
        assert!(diff.conflicts(&map(json!({ "phone": "1", "name": "B", "job": "y" }))).is_empty());
        assert_eq!(diff.conflicts(&map(json!({ "phone": "3", "name": "A", "job": "x" }))), ["phone"]);
        assert_eq!(diff.apply(map(json!({ "phone": "1", "name": "B" })))["phone"], "2");
    }
}
