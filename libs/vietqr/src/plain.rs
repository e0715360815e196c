use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form in which a text is written into a payload: no diacritics (đ is d), printable ASCII, one space
/// between words. Upper and lower case stay. The error is the first character that has no such form, as a
/// letter of another script or an emoji: to leave it out silently could make two references the same.
///
/// ```
/// assert_eq!(vietqr::plain("Nộp phí  “Đăng ký”").as_deref(), Ok("Nop phi \"Dang ky\""));
/// assert_eq!(vietqr::plain("Chợ 🌾"), Err('🌾'));
/// ```
pub fn plain(text: &str) -> Result<String, char> {
    let mut out = String::with_capacity(text.len());
    for c in vntext::clean(text).nfkd() {
        match c {
            ' '..='~' => out.push(c),
            _ if is_combining_mark(c) => {}
            _ => out.push(look_alike(c).ok_or(c)?),
        }
    }
    // Taking apart can leave spaces: a free-standing accent is one with a mark.
    Ok(out.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What Unicode does not take apart: đ and what is typed for it, and the punctuation of text programs.
fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'đ' | 'ð' | '₫' => 'd',
        'Đ' | 'Ð' | 'Ɖ' => 'D',
        '‘' | '’' | 'ʼ' | '′' => '\'',
        '“' | '”' | '„' => '"',
        '‐' | '–' | '—' | '−' => '-',
        '⁄' => '/',
        '×' => 'x',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn diacritics_go_and_case_stays() {
        for (text, want) in [
            ("Phí chứng thực", "Phi chung thuc"),
            ("ĐẶNG THỊ HƯƠNG đặt cọc", "DANG THI HUONG dat coc"),
            ("Nguye\u{302}\u{303}n Va\u{306}n Đư\u{301}c", "Nguyen Van Duc"),
            ("  Thôn\u{a0}1\r\n\tđợt – 2 ", "Thon 1 dot - 2"),
            ("a\u{200b}b\u{301}", "ab"),
            ("150.000₫ × 2 ½", "150.000d x 2 1/2"),
            ("ＡＢ１２", "AB12"),
            ("H’Mông & Dao", "H'Mong & Dao"),
            ("´a", "a"),
            (" \t", ""),
        ] {
            assert_eq!(plain(text).as_deref(), Ok(want), "{text:?}");
        }
    }

    #[test]
    fn what_has_no_plain_form_is_named() {
        for (text, want) in [("Phí 税", '税'), ("lúa 🌾", '🌾'), ("Привет", 'П'), ("straße", 'ß')]
        {
            assert_eq!(plain(text), Err(want), "{text}");
        }
    }
}
