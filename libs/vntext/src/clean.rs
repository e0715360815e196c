use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Tidies typed or imported text: composes letters (NFC), drops control, zero-width and text-direction
/// characters, makes every run of white space (no-break space and line ends too) one space, trims.
///
/// Idempotent. Emoji that are joined with zero-width characters fall apart into their parts.
pub fn clean(text: &str) -> String {
    // Invisible characters go first: one between a letter and its mark would stop the composition.
    let visible: String = text.chars().filter(|&c| !is_invisible(c)).collect();
    let composed = match is_nfc_quick(visible.chars()) {
        IsNormalized::Yes => visible,
        _ => visible.nfc().collect(),
    };
    let mut out = String::with_capacity(composed.len());
    for word in composed.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A character that a reader cannot see and that is not white space.
pub(crate) fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !c.is_ascii_whitespace() && c != '\u{0b}';
    }
    matches!(c,
        '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}' // C1 controls, except "next line"
        | '\u{ad}'                                // soft hyphen
        | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'                 // Mongolian selectors
        | '\u{200b}'..='\u{200f}'                 // zero width, left-to-right, right-to-left
        | '\u{202a}'..='\u{202e}'                 // bidi embedding and override
        | '\u{2060}'..='\u{206f}'                 // word joiner, isolates
        | '\u{3164}' | '\u{ffa0}'                 // Hangul fillers
        | '\u{fe00}'..='\u{fe0f}'                 // variation selectors
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}'    // byte order mark, annotations
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn composes_strips_and_trims() {
        assert_eq!(clean("Nguye\u{302}\u{303}n"), "Nguyễn");
        assert_eq!(clean("\u{feff}  Thôn\u{a0}\r\n 1\u{0}\u{202e} "), "Thôn 1");
        assert_eq!(clean("a\u{200b}b\u{85}c\u{0b}d"), "ab c d");
        assert_eq!(clean("e\u{200d}\u{301}"), "é");
        assert_eq!(clean(" \t"), "");
    }
}
