//! The schema of a form, made from its widgets. What a file says beyond that (a pattern of its own) stays as it stands.

use crate::form::model::{Field, Form, Widget};
use serde_json::{Map, Value, json};

const LONGEST_TEXT: u32 = 200;
const LONGEST_STORY: u32 = 2_000;
const LARGEST: i64 = 1_000_000_000;
const LARGEST_SUM: i64 = 1_000_000_000_000;

/// The limits that a page offers for a widget: the members of the schema.
pub fn limits(widget: Widget) -> &'static [&'static str] {
    match widget {
        Widget::Text | Widget::Long | Widget::Place | Widget::Person => &["minLength", "maxLength"],
        Widget::Number | Widget::Money => &["minimum", "maximum"],
        _ => &[],
    }
}

/// What the schema says of a new field.
pub fn fresh(field: &Field) -> Value {
    let text = |longest: u32| json!({ "type": "string", "maxLength": longest });
    match field.widget {
        Widget::Text | Widget::Place | Widget::Person => text(LONGEST_TEXT),
        Widget::Long => text(LONGEST_STORY),
        Widget::Date => json!({ "type": "string", "format": "date", "maxLength": 10 }),
        Widget::Choice if field.list.is_some() => text(40),
        Widget::Choice => json!({ "type": "string", "enum": values(field) }),
        Widget::YesNo => json!({ "type": "boolean" }),
        Widget::Number => json!({ "type": "integer", "minimum": 0, "maximum": LARGEST }),
        Widget::Money => json!({ "type": "integer", "minimum": 0, "maximum": LARGEST_SUM }),
        Widget::Phone => text(15),
        Widget::PersonNumber => {
            json!({ "type": "string", "pattern": "^([0-9]{12})?$", "maxLength": 12 })
        }
    }
}

fn values(field: &Field) -> Vec<&str> {
    field.choices.iter().map(|choice| choice.value.as_str()).collect()
}

/// Brings the schema's word about a field up to its widget and choices: a new one where the widget changed (`old`), else the
/// known one with its choices renewed.
pub fn settle(form: &mut Form, key: &str, old: Option<(Widget, bool)>) {
    let Some(field) = form.field(key).cloned() else { return };
    let same = old == Some((field.widget, field.list.is_some()));
    let mut property = form.property(key).filter(|_| same).cloned().unwrap_or_else(|| fresh(&field));
    if field.widget == Widget::Choice && field.list.is_none() {
        property["enum"] = json!(values(&field));
    }
    property_put(form, key, property);
}

pub fn property_put(form: &mut Form, key: &str, property: Value) {
    if !form.schema.is_object() {
        form.schema = json!({});
    }
    let properties = &mut form.schema["properties"];
    if !properties.is_object() {
        *properties = json!({});
    }
    properties[key] = property;
}

/// An answer is wanted, always or whenever the field is shown.
pub fn wanted(form: &Form, field: &Field) -> bool {
    field.must || form.requires(&field.key)
}

/// Puts the whole in order after a change: properties of what is laid out, `required` where a field is always shown and
/// `must` where it is shown for an answer only.
pub fn renew(form: &mut Form) {
    let wanted: Vec<String> =
        form.fields().filter(|field| wanted(form, field)).map(|field| field.key.clone()).collect();
    let mut always = Vec::new();
    for section in &mut form.sections {
        let depends = section.when.is_some();
        for field in &mut section.fields {
            let want = wanted.contains(&field.key);
            let depends = depends || field.when.is_some();
            field.must = want && depends;
            if want && !depends {
                always.push(field.key.clone());
            }
        }
    }
    let before = form.schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    // Those that stay keep their order: a file that nobody changed stays the same file.
    let mut required: Vec<Value> =
        before.into_iter().filter(|key| always.iter().any(|one| key == one.as_str())).collect();
    for key in always {
        if !required.iter().any(|one| *one == key.as_str()) {
            required.push(key.into());
        }
    }
    let mut properties = Map::new();
    for field in form.fields() {
        let property = form.property(&field.key).cloned().unwrap_or_else(|| fresh(field));
        properties.insert(field.key.clone(), property);
    }
    if !form.schema.is_object() {
        form.schema = json!({});
    }
    form.schema["type"] = json!("object");
    form.schema["additionalProperties"] = json!(false);
    form.schema["required"] = Value::Array(required);
    form.schema["properties"] = Value::Object(properties);
}

/// What the schema says of a field beyond what the page can say: kept as it stands.
pub fn kept(form: &Form, field: &Field) -> Option<String> {
    let property = form.property(&field.key)?.as_object()?;
    let usual = fresh(field);
    let own = |name: &String, value: &Value| {
        let by_page = (limits(field.widget).contains(&name.as_str()) && value.is_i64()) || name == "enum";
        let number = field.widget == Widget::PersonNumber && name == "pattern";
        !by_page && !number && usual.get(name) != Some(value)
    };
    let own: Vec<String> = property
        .iter()
        .filter(|(name, value)| own(name, value))
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    (!own.is_empty()).then(|| own.join("; "))
}

/// The same of the schema as a whole.
pub fn kept_whole(form: &Form) -> Option<String> {
    let usual = ["type", "additionalProperties", "required", "properties"];
    let own = form.schema.as_object()?.keys().filter(|name| !usual.contains(&name.as_str()));
    let own: Vec<&str> = own.map(String::as_str).collect();
    (!own.is_empty()).then(|| own.join(", "))
}

/// A form with nothing in it.
pub fn empty() -> Form {
    let schema = json!({ "type": "object", "additionalProperties": false, "required": [], "properties": {} });
    Form::new(schema, Vec::new())
}
