//! Showing personal fields: asked for by name and purpose, recorded before the answer.

use super::declared::load;
use crate::person::{self, Person, RawPerson};
use platform::{Ctx, Error, Message, Result, Uuid};

/// A field as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Shown {
    /// The name in the declaration.
    pub field: String,
    /// Plain text; `""` when nothing is recorded.
    pub value: String,
}

/// Shows fields of a person inside the scope. The look stands in the record, with its purpose, before this returns.
///
/// # Errors
/// `Invalid` for a purpose or field that is not declared, `Forbidden` when the reader's role does not need the field.
pub async fn reveal(ctx: &Ctx, id: Uuid, fields: &[&str], purpose: &str) -> Result<Vec<Shown>> {
    let declaration = load(ctx)?;
    let person = person::get(ctx, id).await?;
    let actor = ctx.actor.as_ref().ok_or_else(Error::forbidden)?;
    if declaration.purpose(purpose).is_none() {
        return Err(Error::field("muc-dich", "registry-purpose-empty"));
    }
    let mut names = Vec::with_capacity(fields.len());
    for name in fields {
        let field = declaration.field(name);
        let field = field
            .ok_or_else(|| Error::invalid(Message::new("registry-field-undeclared").with("field", *name)))?;
        if !field.needed_by(actor) {
            return Err(Error::forbidden());
        }
        names.push(field.name.as_str());
    }
    let tx = ctx.begin().await?;
    audit::viewed(ctx, &tx, &[id], purpose, &names).await?;
    tx.commit().await?;
    Ok(names.iter().map(|name| Shown { field: (*name).to_owned(), value: value(&person, name) }).collect())
}

/// A field of a person as text.
pub(crate) fn value(person: &Person, field: &str) -> String {
    let raw = RawPerson::of(&person.facts, &person.place);
    match field {
        "birth_date" => raw.birth,
        "phone" => vnid::Phone::parse(&raw.phone).map(|phone| phone.shown()).unwrap_or_default(),
        other => raw.text(other),
    }
}
