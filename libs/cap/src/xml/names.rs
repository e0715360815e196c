//! Names and references as XML 1.0 and Namespaces in XML 1.0 have them. quick-xml takes nearly anything for a name;
//! a canonical form over such names would not be one.

use crate::Reason;
use crate::text::is_xml;

/// Bytes of the longest name.
const LONGEST: usize = 100;

/// `prefix:local` or `local` in its two parts.
pub(super) fn split(name: &str) -> Result<(&str, &str), Reason> {
    if name.len() > LONGEST {
        return Err(Reason::Crowded);
    }
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let whole = is_name(local) && (is_name(prefix) || !name.contains(':'));
    if whole { Ok((prefix, local)) } else { Err(Reason::Xml) }
}

/// `NCName`.
pub(super) fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(begins) && letters.all(continues)
}

fn begins(c: char) -> bool {
    matches!(c,
        'A'..='Z' | 'a'..='z' | '_' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn continues(c: char) -> bool {
    begins(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// The letter that `&name;` stands for: one of the five of XML, or a number.
pub(super) fn referred(name: &str) -> Result<char, Reason> {
    let number = |digits: &str, base: u32| {
        let plain = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
        let code = u32::from_str_radix(digits, base).ok().filter(|_| plain);
        let letter = code.and_then(char::from_u32).ok_or(Reason::Entity)?;
        if is_xml(letter) { Ok(letter) } else { Err(Reason::Character) }
    };
    match name {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(digits), _) => number(digits, 16),
            (None, Some(digits)) => number(digits, 10),
            (None, None) => Err(Reason::Entity),
        },
    }
}

/// The value of an attribute as XML 1.0 normalises it (section 3.3.3), for attributes of no declared type.
pub(super) fn value(raw: &str) -> Result<String, Reason> {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '<' => return Err(Reason::Xml),
            '&' => {
                let (name, after) = rest.split_once(';').ok_or(Reason::Entity)?;
                value.push(referred(name)?);
                rest = after;
            }
            '\r' => {
                value.push(' ');
                rest = rest.strip_prefix('\n').unwrap_or(rest);
            }
            '\n' | '\t' => value.push(' '),
            c if is_xml(c) => value.push(c),
            _ => return Err(Reason::Character),
        }
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names() {
        assert_eq!(split("ds:Signature"), Ok(("ds", "Signature")));
        assert_eq!(split("alert"), Ok(("", "alert")));
        for wrong in ["", ":a", "a:", "a:b:c", "1a", "-a", "a\"b", "a=b", "a/b", "a<b"] {
            assert_eq!(split(wrong), Err(Reason::Xml), "{wrong}");
        }
        assert_eq!(split(&"a".repeat(101)), Err(Reason::Crowded));
    }

    #[test]
    fn values_are_normalised_and_references_are_not() {
        assert_eq!(value("a\r\nb\tc\nd\re").unwrap(), "a b c d e");
        assert_eq!(value("&#xA;&#9;&lt;&quot;&amp;lt;").unwrap(), "\n\t<\"&lt;");
        for (wrong, reason) in [
            ("&x;", Reason::Entity),
            ("a&b", Reason::Entity),
            ("&#+65;", Reason::Entity),
            ("&#x;", Reason::Entity),
            ("&#xD800;", Reason::Entity),
            ("&#0;", Reason::Character),
            ("a<b", Reason::Xml),
            ("\u{1}", Reason::Character),
        ] {
            assert_eq!(value(wrong), Err(reason), "{wrong}");
        }
    }
}
