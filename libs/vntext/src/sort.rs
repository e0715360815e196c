use crate::clean::{clean, is_invisible};
use crate::letter::{Letter, letter};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A key that puts text in Vietnamese alphabetical order when keys are compared byte by byte (SQLite
/// `BINARY`, PostgreSQL `"C"`). Only `0-9 a-z - . ~`, so it also survives a URL and a change of case.
///
/// The order is that of the dictionary, syllable by syllable: first the letters (a ă â b c d đ e ê … o ô ơ
/// … u ư … y, with f j w z in their Latin places), then the tone (ngang, huyền, hỏi, ngã, sắc, nặng), then
/// the next syllable. Digits come before letters and whole numbers compare by value ("Thôn 2" before
/// "Thôn 10"). Case, punctuation and the place of the tone mark (hoà, hòa) do not count, so different texts
/// can share a key: add the identity of the row as the last order column.
pub fn sort_key(text: &str) -> String {
    let text = clean(text);
    let mut key = Key { out: String::with_capacity(text.len() * 2), tones: String::new(), open: false };
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if let Some(letter) = letter(c) {
            key.letter(letter);
        } else if c.is_ascii_digit() {
            let mut digits = String::from(c);
            while let Some(d) = rest.next_if(char::is_ascii_digit) {
                digits.push(d);
            }
            key.number(&digits);
        } else {
            key.rare(c);
        }
    }
    key.close();
    key.out
}

/// The order of lists of people: given name (the last word), then family name (the first), then the middle
/// names, each in the order of [`sort_key`].
///
/// Peoples who put the given name elsewhere (Ê Đê "Y Blô Niê") are sorted by the last word too, as the
/// lists of offices are.
pub fn name_sort_key(name: &str) -> String {
    let name = clean(name);
    let words: Vec<&str> = name.split(' ').collect();
    match words.as_slice() {
        [family, middle @ .., given] => {
            let mut reordered = vec![*given, *family];
            reordered.extend(middle);
            sort_key(&reordered.join(" "))
        }
        _ => sort_key(&name),
    }
}

/// Each syllable is written `letters-tones.`: `-` is less than every letter and digit, so the shorter
/// syllable comes first, and `.` ends the tones so that the next syllable counts only after them.
struct Key {
    out: String,
    /// Tones of the syllable at hand; more than one only in foreign words.
    tones: String,
    open: bool,
}

impl Key {
    fn letter(&mut self, Letter { base, shape, tone }: Letter) {
        self.open = true;
        self.out.push(base as char);
        // Bases that have several letters always carry the shape, so that keys stay aligned.
        if matches!(base, b'a' | b'd' | b'e' | b'o' | b'u') {
            self.out.push((b'0' + shape) as char);
        }
        if tone > 0 {
            self.tones.push((b'0' + tone) as char);
        }
    }

    /// The count of digits goes first, so that longer numbers are greater: 2 is `12`, 10 is `210`.
    fn number(&mut self, digits: &str) {
        self.open = true;
        let value = digits.trim_start_matches('0');
        match value.len() {
            0..=8 => self.out.push((b'0' + value.len() as u8) as char),
            // Enough for any text that fits in memory here: ten digits of length.
            len => self.out.push_str(&format!("9{len:010}")),
        }
        self.out.push_str(value);
    }

    fn rare(&mut self, c: char) {
        if is_combining_mark(c) || is_invisible(c) {
            return;
        }
        if !c.is_alphanumeric() {
            return self.close();
        }
        match std::iter::once(c).nfd().next().and_then(letter) {
            Some(letter) => self.letter(letter),
            // Other scripts come after the Latin letters, by code point.
            None => {
                self.open = true;
                self.out.push_str(&format!("~{:06x}", u32::from(c)));
            }
        }
    }

    fn close(&mut self) {
        if !self.open {
            return;
        }
        self.out.push('-');
        if self.tones.is_empty() {
            self.out.push('0');
        }
        self.out.push_str(&self.tones);
        self.out.push('.');
        self.tones.clear();
        self.open = false;
    }
}
