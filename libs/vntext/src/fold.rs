use crate::clean::is_invisible;
use crate::letter::letter;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form in which text is searched: lower case, no diacritics (đ is d), everything that is neither
/// letter nor digit becomes one space, no space at the ends.
///
/// Composed and decomposed input give the same result, and folding twice changes nothing. One allocation
/// for the result; letters outside Vietnamese take a slower way.
///
/// ```
/// assert_eq!(vntext::fold("Đặng Thị H'Mai (Thôn 3)"), "dang thi h mai thon 3");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = Folded { text: String::with_capacity(text.len()), gap: false };
    for c in text.chars() {
        if let Some(letter) = letter(c) {
            out.push(letter.base as char);
        } else if c.is_ascii_digit() {
            out.push(c);
        } else if c.is_ascii() {
            out.gap |= !is_invisible(c);
        } else {
            out.push_rare(c);
        }
    }
    out.text
}

struct Folded {
    text: String,
    /// A space is due before the next character.
    gap: bool,
}

impl Folded {
    fn push(&mut self, c: char) {
        if self.gap && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.gap = false;
        self.text.push(c);
    }

    /// Letters of other languages, full-width forms, marks that stand alone, symbols.
    fn push_rare(&mut self, c: char) {
        for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase).nfkd() {
            if let Some(letter) = letter(part) {
                self.push(letter.base as char);
            } else if part.is_alphanumeric() && !is_combining_mark(part) && !is_invisible(part) {
                self.push(part);
            } else if !is_combining_mark(part) && !is_invisible(part) {
                self.gap = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds_vietnamese() {
        assert_eq!(fold("Hộ khẩu"), "ho khau");
        assert_eq!(fold("Ho\u{323}\u{302} kha\u{302}\u{309}u"), "ho khau");
        assert_eq!(fold("  ĐẶNG -- Văn\tƯỚC!! "), "dang van uoc");
        assert_eq!(fold("đ Đ"), "d d");
        assert_eq!(fold("…"), "");
    }

    #[test]
    fn folds_other_letters() {
        assert_eq!(fold("Bŏ Č Ê\u{306}"), "bo c e");
        assert_eq!(fold("ＡＢ１２"), "ab12");
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!(fold("a\u{200b}b"), "ab");
        assert_eq!(fold("Thôn🌾1"), "thon 1");
    }
}
