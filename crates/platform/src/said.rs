//! Words that somebody typed, before they are kept.

use crate::{Error, Message, Result};

/// Refuses a text of more than `limit` characters, at its field.
pub fn short(field: &'static str, text: &str, limit: usize) -> Result<()> {
    if text.chars().count() > limit {
        return Err(Error::field(field, Message::new("error-too-long").with("limit", limit)));
    }
    Ok(())
}

/// A text that must be there, without the blanks around it. `empty` says what is asked for.
pub fn needed(field: &'static str, text: &str, empty: &'static str, limit: usize) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::field(field, empty));
    }
    short(field, text, limit)?;
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_not_bytes() {
        assert!(short("x", "Mỷ", 2).is_ok() && short("x", "Mỷ!", 2).is_err());
        assert_eq!(needed("x", " Mỷ ", "empty", 2).unwrap(), "Mỷ");
        let empty = needed("x", " \n ", "empty", 2).unwrap_err();
        assert_eq!((&*empty.fields[0].field, &*empty.fields[0].message.key), ("x", "empty"));
    }
}
