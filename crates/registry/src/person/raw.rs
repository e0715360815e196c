//! A person as somebody typed them: in a form, a cell of Excel, a member of JSON. Everything is text here.

use super::model::{Facts, Membership, Precision};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The fields as texts; `""` where nothing was typed. See [`super::NewPerson::check`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawPerson {
    pub full_name: String,
    pub sex: String,
    /// dd/mm/yyyy, mm/yyyy or yyyy.
    pub birth: String,
    pub personal_no: String,
    pub previous_no: String,
    pub tax_no: String,
    pub ethnic: String,
    pub religion: String,
    pub phone: String,
    pub smartphone: String,
    pub insurance_no: String,
    pub insurance_until: String,
    pub payment_account: String,
    pub education: String,
    pub occupation: String,
    pub disability: String,
    pub meritorious: String,
    pub relation: String,
    pub residence: String,
}

/// Names of the fields: in code and JSON, and in forms and addresses.
pub const FIELDS: [(&str, &str); 19] = [
    ("full_name", "ho-ten"),
    ("sex", "gioi-tinh"),
    ("birth", "ngay-sinh"),
    ("personal_no", "so-dinh-danh"),
    ("previous_no", "so-cu"),
    ("tax_no", "ma-so-thue"),
    ("ethnic", "dan-toc"),
    ("religion", "ton-giao"),
    ("phone", "dien-thoai"),
    ("smartphone", "dien-thoai-thong-minh"),
    ("insurance_no", "so-bhyt"),
    ("insurance_until", "bhyt-den-ngay"),
    ("payment_account", "tai-khoan"),
    ("education", "hoc-van"),
    ("occupation", "nghe-nghiep"),
    ("disability", "khuyet-tat"),
    ("meritorious", "nguoi-co-cong"),
    ("relation", "quan-he"),
    ("residence", "cu-tru"),
];

impl RawPerson {
    /// Reads the fields by their names in forms.
    pub fn from_form(form: &platform::http::Form) -> RawPerson {
        let texts = FIELDS.iter().map(|(name, field)| ((*name).to_owned(), Value::from(form.text(field))));
        RawPerson::from_map(texts.collect())
    }

    /// Reads the fields by their names in code; unknown names are passed over.
    pub fn from_map(map: Map<String, Value>) -> RawPerson {
        let known = map.into_iter().filter(|(name, _)| FIELDS.iter().any(|(field, _)| field == name));
        let text = |value: Value| match value {
            Value::String(text) => text,
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let texts: Map<String, Value> = known.map(|(name, value)| (name, Value::from(text(value)))).collect();
        serde_json::from_value(Value::Object(texts)).unwrap_or_default()
    }

    pub fn to_map(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map,
            _ => Map::new(),
        }
    }

    /// The text of a field by its name in code.
    pub fn text(&self, field: &str) -> String {
        self.to_map().get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// As the form shows a person who is stored.
    pub fn of(facts: &Facts, place: &Membership) -> RawPerson {
        let some = |text: &Option<String>| text.clone().unwrap_or_default();
        let yes = |yes: bool| if yes { "1".to_owned() } else { String::new() };
        RawPerson {
            full_name: facts.full_name.clone(),
            sex: facts.sex.code().into(),
            birth: birth_text(facts),
            personal_no: some(&facts.personal_no),
            previous_no: some(&facts.previous_no),
            tax_no: some(&facts.tax_no),
            ethnic: facts.ethnic.clone(),
            religion: some(&facts.religion),
            phone: facts.phone.as_deref().map_or_else(String::new, phone_shown),
            smartphone: yes(facts.smartphone),
            insurance_no: some(&facts.insurance_no),
            insurance_until: facts.insurance_until.map(vntext::date).unwrap_or_default(),
            payment_account: yes(facts.payment_account),
            education: facts.education.clone(),
            occupation: facts.occupation.clone(),
            disability: some(&facts.disability),
            meritorious: some(&facts.meritorious),
            relation: place.relation.clone(),
            residence: place.residence.code().into(),
        }
    }
}

/// The birth date as far as it is known.
pub fn birth_text(facts: &Facts) -> String {
    let day = facts.birth_date;
    match facts.birth_precision {
        Precision::Day => vntext::date(day),
        Precision::Month => format!("{:02}/{:04}", day.month(), day.year()),
        Precision::Year => format!("{:04}", day.year()),
    }
}

/// As people write it: "0912 345 678"; what cannot be read stays as it is stored.
fn phone_shown(stored: &str) -> String {
    vnid::Phone::parse(stored).map_or_else(|_| stored.to_owned(), |phone| phone.shown())
}
