//! The Vietnamese letters, taken apart: base letter, shape (ă â đ ê ô ơ ư) and tone.

/// One letter: `base` is lower-case ASCII, `shape` is its place among the letters of that base
/// (a 0, ă 1, â 2), `tone` its place in the order ngang, huyền, hỏi, ngã, sắc, nặng (0 to 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub base: u8,
    pub shape: u8,
    pub tone: u8,
}

const fn l(base: u8, shape: u8, tone: u8) -> Letter {
    Letter { base, shape, tone }
}

const FIRST: u32 = 0x1EA0;

/// U+1EA0 to U+1EF9: the block that Unicode gave Vietnamese, one row for each pair of capital and small.
#[rustfmt::skip]
const BLOCK: [Letter; 45] = [
    l(b'a', 0, 5), l(b'a', 0, 2),                                              // ạ ả
    l(b'a', 2, 4), l(b'a', 2, 1), l(b'a', 2, 2), l(b'a', 2, 3), l(b'a', 2, 5), // ấ ầ ẩ ẫ ậ
    l(b'a', 1, 4), l(b'a', 1, 1), l(b'a', 1, 2), l(b'a', 1, 3), l(b'a', 1, 5), // ắ ằ ẳ ẵ ặ
    l(b'e', 0, 5), l(b'e', 0, 2), l(b'e', 0, 3),                               // ẹ ẻ ẽ
    l(b'e', 1, 4), l(b'e', 1, 1), l(b'e', 1, 2), l(b'e', 1, 3), l(b'e', 1, 5), // ế ề ể ễ ệ
    l(b'i', 0, 2), l(b'i', 0, 5),                                              // ỉ ị
    l(b'o', 0, 5), l(b'o', 0, 2),                                              // ọ ỏ
    l(b'o', 1, 4), l(b'o', 1, 1), l(b'o', 1, 2), l(b'o', 1, 3), l(b'o', 1, 5), // ố ồ ổ ỗ ộ
    l(b'o', 2, 4), l(b'o', 2, 1), l(b'o', 2, 2), l(b'o', 2, 3), l(b'o', 2, 5), // ớ ờ ở ỡ ợ
    l(b'u', 0, 5), l(b'u', 0, 2),                                              // ụ ủ
    l(b'u', 1, 4), l(b'u', 1, 1), l(b'u', 1, 2), l(b'u', 1, 3), l(b'u', 1, 5), // ứ ừ ử ữ ự
    l(b'y', 0, 1), l(b'y', 0, 5), l(b'y', 0, 2), l(b'y', 0, 3),                // ỳ ỵ ỷ ỹ
];

/// The parts of an ASCII letter or of a precomposed Vietnamese one, capital or small; otherwise `None`.
#[inline]
pub(crate) fn letter(c: char) -> Option<Letter> {
    if c.is_ascii_alphabetic() {
        return Some(l(c.to_ascii_lowercase() as u8, 0, 0));
    }
    if let Some(row) = (c as u32).checked_sub(FIRST).and_then(|n| BLOCK.get(n as usize / 2)) {
        return Some(*row);
    }
    Some(match c {
        'à' | 'À' => l(b'a', 0, 1),
        'ã' | 'Ã' => l(b'a', 0, 3),
        'á' | 'Á' => l(b'a', 0, 4),
        'ă' | 'Ă' => l(b'a', 1, 0),
        'â' | 'Â' => l(b'a', 2, 0),
        // The Icelandic and the African letter look the same as ours in capitals and are typed by mistake.
        'đ' | 'Đ' | 'Ð' | 'Ɖ' | 'ð' => l(b'd', 1, 0),
        'è' | 'È' => l(b'e', 0, 1),
        'é' | 'É' => l(b'e', 0, 4),
        'ê' | 'Ê' => l(b'e', 1, 0),
        'ì' | 'Ì' => l(b'i', 0, 1),
        'ĩ' | 'Ĩ' => l(b'i', 0, 3),
        'í' | 'Í' => l(b'i', 0, 4),
        'ò' | 'Ò' => l(b'o', 0, 1),
        'õ' | 'Õ' => l(b'o', 0, 3),
        'ó' | 'Ó' => l(b'o', 0, 4),
        'ô' | 'Ô' => l(b'o', 1, 0),
        'ơ' | 'Ơ' => l(b'o', 2, 0),
        'ù' | 'Ù' => l(b'u', 0, 1),
        'ũ' | 'Ũ' => l(b'u', 0, 3),
        'ú' | 'Ú' => l(b'u', 0, 4),
        'ư' | 'Ư' => l(b'u', 1, 0),
        'ý' | 'Ý' => l(b'y', 0, 4),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// Checks the table against the decompositions of Unicode itself.
    #[test]
    fn agrees_with_unicode() {
        for c in ('\u{c0}'..='\u{1b0}').chain('\u{1ea0}'..='\u{1ef9}') {
            let Some(got) = letter(c) else { continue };
            if matches!(c, 'đ' | 'Đ' | 'Ð' | 'Ɖ' | 'ð') {
                continue;
            }
            let parts: Vec<char> = c.nfd().collect();
            let mut want = l(parts[0].to_ascii_lowercase() as u8, 0, 0);
            for mark in &parts[1..] {
                match (mark, want.base) {
                    ('\u{306}', _) => want.shape = 1,
                    ('\u{302}', b'a') => want.shape = 2,
                    ('\u{302}', _) => want.shape = 1,
                    ('\u{31b}', b'o') => want.shape = 2,
                    ('\u{31b}', _) => want.shape = 1,
                    ('\u{300}', _) => want.tone = 1,
                    ('\u{309}', _) => want.tone = 2,
                    ('\u{303}', _) => want.tone = 3,
                    ('\u{301}', _) => want.tone = 4,
                    ('\u{323}', _) => want.tone = 5,
                    other => panic!("{c}: {other:?}"),
                }
            }
            assert_eq!(got, want, "{c}");
        }
    }
}
