use crate::clean::clean;
use thiserror::Error;

/// The longest personal name that is accepted, in characters after cleaning.
pub const NAME_MAX_CHARS: usize = 100;

/// Why a text cannot be a personal name. The words for people belong to the program that shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum NameProblem {
    /// Nothing is left after cleaning, or there is no letter.
    #[error("empty")]
    Empty,
    /// More than [`NAME_MAX_CHARS`] characters.
    #[error("too long")]
    TooLong,
    /// `<` or `>`: somebody pastes or tries a script.
    #[error("contains an angle bracket")]
    Markup,
    /// Contains a digit.
    #[error("contains a digit")]
    Digit,
    /// A letter of another script; Cyrillic and Greek look-alikes too.
    #[error("contains a letter of another script")]
    NotLatin,
    /// An emoji or another sign that is not part of names.
    #[error("contains a sign that is not part of names")]
    Symbol,
}

/// Looks for what a personal name cannot contain. Letters of the Latin script with any marks, spaces,
/// apostrophes, hyphens and full stops are fine ("H'Mông", "Y Blô", "Nguyễn Văn A").
pub fn name_problem(name: &str) -> Option<NameProblem> {
    let name = clean(name);
    if name.is_empty() {
        return Some(NameProblem::Empty);
    }
    if name.chars().count() > NAME_MAX_CHARS {
        return Some(NameProblem::TooLong);
    }
    let first = |wanted: fn(char) -> bool| name.chars().any(wanted);
    if first(|c| matches!(c, '<' | '>' | '＜' | '＞')) {
        Some(NameProblem::Markup)
    } else if first(char::is_numeric) {
        Some(NameProblem::Digit)
    } else if first(|c| c.is_alphabetic() && !is_latin(c)) {
        Some(NameProblem::NotLatin)
    } else if first(|c| !is_latin(c) && !is_name_sign(c)) || has_mark_pile(&name) {
        Some(NameProblem::Symbol)
    } else if !first(char::is_alphabetic) {
        Some(NameProblem::Empty)
    } else {
        None
    }
}

/// Cleans a name and, if it was typed wholly in capitals or wholly in small letters, writes it with
/// initials in capitals: "NGUYỄN VĂN A" and "nguyễn  văn a" become "Nguyễn Văn A". A name of mixed case is
/// kept as typed ("Lò A Páo", "Y Blô"); apostrophes and hyphens are always kept ("H'MÔNG" is "H'Mông").
pub fn name_case(name: &str) -> String {
    let name = clean(name);
    let any_upper = name.chars().any(char::is_uppercase);
    let any_lower = name.chars().any(char::is_lowercase);
    // Other scripts are refused elsewhere; some of their letters never settle in one case.
    let foreign = name.chars().any(|c| c.is_alphabetic() && !is_latin(c));
    if foreign || any_upper && any_lower {
        return name;
    }
    let mut out = String::with_capacity(name.len());
    let mut initial = true;
    for c in name.chars() {
        // A letter that would become two, such as ß, stays as it was typed.
        let (upper, lower) = (c.to_uppercase(), c.to_lowercase());
        match initial {
            true if upper.len() == 1 => out.extend(upper),
            false if lower.len() == 1 => out.extend(lower),
            _ => out.push(c),
        }
        initial = c == ' ' || is_name_sign(c);
    }
    // A few foreign letters come apart when their case changes.
    clean(&out)
}

/// Latin letters, and the combining marks that the languages of Vietnam put on them.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (matches!(c, '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}') && c.is_alphabetic())
        || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// No language needs more than two marks that have no composed letter.
fn has_mark_pile(name: &str) -> bool {
    let mut run = 0;
    name.chars().any(|c| {
        run = if is_mark(c) { run + 1 } else { 0 };
        run > 2
    })
}

fn is_name_sign(c: char) -> bool {
    matches!(c, ' ' | '\'' | '’' | '‘' | 'ʼ' | '`' | '-' | '‐' | '‑' | '–' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case() {
        for (typed, want) in [
            ("NGUYỄN VĂN A", "Nguyễn Văn A"),
            ("nguyễn  văn a", "Nguyễn Văn A"),
            ("Lò A Páo", "Lò A Páo"),
            ("H'Mông", "H'Mông"),
            ("H'MÔNG", "H'Mông"),
            ("Y Blô", "Y Blô"),
            ("đỗ thị lan-anh", "Đỗ Thị Lan-Anh"),
            ("NGUYE\u{302}\u{303}N", "Nguyễn"),
            ("ß", "ß"),
            ("ŉ", "ŉ"),
            ("ῲ", "ῲ"),
            ("", ""),
        ] {
            assert_eq!(name_case(typed), want);
        }
    }

    #[test]
    fn problems() {
        use NameProblem::*;
        for (name, want) in [
            ("Nguyễn Văn A", None),
            ("Nguye\u{302}\u{303}n Va\u{306}n A", None),
            ("H'Mông", None),
            ("Y Blô Niê", None),
            ("", Some(Empty)),
            ("\u{200b} \n", Some(Empty)),
            ("- '", Some(Empty)),
            ("Nguyễn 2", Some(Digit)),
            ("Lan 🌸", Some(Symbol)),
            ("Lan; DROP", Some(Symbol)),
            ("<script>", Some(Markup)),
            ("Nаm", Some(NotLatin)), // the second letter is Cyrillic
            ("阮文", Some(NotLatin)),
            ("a\u{332}\u{333}\u{334}", Some(Symbol)),
        ] {
            assert_eq!(name_problem(name), want, "{name}");
        }
        assert_eq!(name_problem(&"a".repeat(101)), Some(TooLong));
        assert_eq!(name_problem(&"ă".repeat(100)), None);
    }
}
