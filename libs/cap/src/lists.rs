//! Lists inside one element: addresses and incidents in quotation marks, references in commas (section 3.2.1).

use crate::{Id, Reason, Reference, Time, Word};

/// Words between spaces; one with spaces in it stands in quotation marks.
pub(crate) fn words(text: &str) -> Result<Vec<Word>, Reason> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or(Reason::Quotes)?,
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        if !after.is_empty() && !after.starts_with(char::is_whitespace) {
            return Err(Reason::Quotes);
        }
        let line = word.split_whitespace().collect::<Vec<_>>().join(" ");
        found.push(Word::new(&line)?);
        rest = after.trim_start();
    }
    Ok(found)
}

/// The same, written.
pub(crate) fn quoted(words: &[Word]) -> String {
    let one = |word: &Word| match word.as_str() {
        text if text.contains(char::is_whitespace) => format!("\"{text}\""),
        text => text.to_owned(),
    };
    words.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// `sender,identifier,sent`, between white space.
pub(crate) fn references(text: &str) -> Result<Vec<Reference>, Reason> {
    text.split_whitespace().map(reference).collect()
}

fn reference(text: &str) -> Result<Reference, Reason> {
    let parts: Vec<&str> = text.split(',').collect();
    let [sender, identifier, sent] = parts[..] else { return Err(Reason::Reference) };
    let id = |text: &str| Id::new(text).map_err(|_| Reason::Reference);
    Ok(Reference { sender: id(sender)?, identifier: id(identifier)?, sent: Time::parse(sent)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Result<Vec<String>, Reason> {
        Ok(words(text)?.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn quotation_marks_hold_names_together() {
        assert_eq!(texts(" a@b \"UBND xã\n Gia Phú\"  c ").unwrap(), ["a@b", "UBND xã Gia Phú", "c"]);
        assert_eq!(texts("").unwrap(), [""; 0]);
        assert_eq!(texts("\"a"), Err(Reason::Quotes));
        assert_eq!(texts("\"a\"b"), Err(Reason::Quotes));
        assert_eq!(texts("a\"b"), Err(Reason::Quotes));
        assert_eq!(texts("\" \""), Err(Reason::Missing));
        assert_eq!(quoted(&words("a \"b c\"").unwrap()), "a \"b c\"");
    }

    #[test]
    fn a_reference_has_three_parts() {
        let text = "kttv.example,KT-1,2026-11-29T07:00:00+07:00";
        assert_eq!(references(text).unwrap()[0].to_string(), text);
        assert_eq!(references(&format!("{text}\n{text}")).unwrap().len(), 2);
        for wrong in ["a,b", "a,b,c,d", ",b,2026-11-29T07:00:00+07:00", "a b c"] {
            assert_eq!(references(wrong), Err(Reason::Reference), "{wrong}");
        }
        assert_eq!(references("a,b,2026-11-29T07:00:00Z"), Err(Reason::Zone));
    }
}
