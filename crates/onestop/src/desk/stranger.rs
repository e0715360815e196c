//! Somebody at the counter whom the registry does not have: what the card says goes along to the registry's form, in the
//! body of a POST, and the registry leads back here.

use crate::form::model::Answers;
use platform::Ctx;
use platform::http::Form;
use registry::person::Sex;
use serde_json::Value;

/// The fields of the registry's form with what is known; empty when nobody may add people or no number was given.
pub(super) fn stranger(ctx: &Ctx, sent: &Form, answers: &Answers) -> Vec<(&'static str, String)> {
    if !ctx.may("person.insert") {
        return Vec::new();
    }
    if let Ok(card) = vnid::CardQr::parse(sent.text("quet")) {
        let old = card.old_number.as_ref().map(|old| old.as_str().to_owned()).unwrap_or_default();
        return vec![
            ("ho-ten", card.name.clone()),
            ("so-dinh-danh", card.number.as_str().to_owned()),
            ("so-cu", old),
            ("ngay-sinh", vntext::date(card.birth)),
            ("gioi-tinh", Sex::from(card.sex).code().to_owned()),
            ("noi-den", card.address.clone()),
        ];
    }
    let said = |key: &str| answers.get(key).and_then(Value::as_str).unwrap_or_default();
    // The number alone tells sex and year.
    match vnid::PersonalNumber::parse(said("applicant_number")) {
        Ok(number) => vec![
            ("ho-ten", said("applicant_name").to_owned()),
            ("so-dinh-danh", number.as_str().to_owned()),
            ("ngay-sinh", number.birth_year().to_string()),
            ("gioi-tinh", Sex::from(number.sex()).code().to_owned()),
            ("dien-thoai", said("applicant_phone").to_owned()),
        ],
        Err(_) => Vec::new(),
    }
}
