//! Which fields are personal, what they are for, who needs them, how they look in lists.

use super::consent::Basis;
use platform::access::Actor;
use platform::choice;
use platform::{Ctx, Lang, Result};
use serde::Deserialize;
use std::sync::Arc;
use vnid::Phone;

choice! {
    /// How a value looks until somebody asks for it.
    Mask, "registry-mask", {
        /// As it is.
        None = "none",
        /// The first three and the last four characters.
        Number = "number",
        Phone = "phone",
        /// The year of a date.
        Year = "year",
        /// Only that there is something.
        Hidden = "hidden",
    }
}

/// What a field may be looked at for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    pub key: String,
    vi: String,
    en: String,
}

/// One personal field.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The column of the person.
    pub name: String,
    vi: String,
    en: String,
    /// The purpose that it is kept for.
    pub purpose: String,
    pub mask: Mask,
    pub basis: Basis,
    /// The law that allows or asks for it.
    pub note: String,
    roles: Vec<String>,
}

/// The declaration in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// Years after death or departure in which a row must be kept.
    pub keep_years: u32,
    /// True: from general knowledge, not compared with the texts in force.
    pub unverified: bool,
    #[serde(rename = "purpose")]
    pub purposes: Vec<Purpose>,
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// The declaration in force today.
pub fn load(ctx: &Ctx) -> Result<Arc<Declaration>> {
    Ok(ctx.app.law.in_force("personal-fields", ctx.today())?.content)
}

impl Purpose {
    pub fn label(&self, lang: Lang) -> &str {
        if lang == Lang::Vi { &self.vi } else { &self.en }
    }
}

impl Field {
    pub fn label(&self, lang: Lang) -> &str {
        if lang == Lang::Vi { &self.vi } else { &self.en }
    }

    /// Whether somebody with these roles needs the field for their work.
    pub fn needed_by(&self, actor: &Actor) -> bool {
        self.roles.iter().any(|role| role == "*" || actor.has_role(role))
    }
}

impl Declaration {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    pub fn purpose(&self, key: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.key == key)
    }

    /// The value as lists show it. A field that nobody declared is hidden.
    pub fn mask(&self, field: &str, value: &str) -> String {
        mask_as(self.field(field).map_or(Mask::Hidden, |field| field.mask), value)
    }
}

/// A value behind its mask; `""` stays `""`.
pub fn mask_as(mask: Mask, value: &str) -> String {
    match mask {
        _ if value.is_empty() => String::new(),
        Mask::None => value.to_owned(),
        Mask::Phone => Phone::parse(value).map_or_else(|_| "••••".to_owned(), |phone| phone.masked()),
        Mask::Number if value.chars().count() > 8 => {
            let count = value.chars().count();
            value.chars().enumerate().map(|(at, c)| if at < 3 || at + 4 >= count { c } else { '•' }).collect()
        }
        Mask::Year => value.chars().skip(value.chars().count().saturating_sub(4)).collect(),
        Mask::Number | Mask::Hidden => "••••".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_what_tells_people_apart_and_no_more() {
        for (mask, value, shown) in [
            (Mask::Number, "010090000123", "010•••••0123"),
            (Mask::Number, "12345", "••••"),
            (Mask::Phone, "+84912345678", "09•• ••• 678"),
            (Mask::Year, "02/01/1990", "1990"),
            (Mask::Hidden, "movement", "••••"),
            (Mask::Hidden, "", ""),
            (Mask::None, "Kinh", "Kinh"),
        ] {
            assert_eq!(mask_as(mask, value), shown);
        }
    }
}
