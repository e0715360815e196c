//! A text word by word, with what stands before each.

use crate::Lexicon;

/// Phrases of the lexicon have at most so many words.
const PHRASE_MAX: usize = 5;
/// A unit may stand behind these; without marks.
const NUMBER_WORDS: [&str; 16] = [
    "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "tram", "nghin", "ngan", "trieu",
    "ty", "ruoi",
];
/// A telephone number has so many digits, whatever stands between them.
const PHONE: std::ops::RangeInclusive<usize> = 9..=11;

/// How a text is said.
pub(crate) struct Saying<'a> {
    pub lexicon: &'a Lexicon,
    /// Every number in words.
    pub words: bool,
}

/// A word and the marks around it.
pub(crate) struct Token<'t> {
    pub before: &'t str,
    pub core: &'t str,
    pub after: &'t str,
}

/// What was said just before a word.
#[derive(Default)]
pub(crate) struct Before {
    /// The last word, in small letters without marks.
    pub word: String,
    pub number: bool,
}

impl Saying<'_> {
    /// Line by line; what is between the lines stays.
    pub fn say(&self, text: &str) -> String {
        let lines: Vec<String> = text.lines().map(|line| self.line(line)).collect();
        lines.join("\n")
    }

    fn line(&self, line: &str) -> String {
        let line = vntext::clean(line);
        let tokens: Vec<&str> = line.split_whitespace().collect();
        let (mut said, mut before, mut at) = (Vec::new(), Before::default(), 0);
        while at < tokens.len() {
            let (text, used) = self
                .phrase(&tokens[at..])
                .or_else(|| self.phone(&tokens[at..]))
                .unwrap_or_else(|| (self.token(&split(tokens[at]), &before), 1));
            let last = split(tokens[at + used - 1]).core;
            let word = vntext::fold(last);
            let number =
                last.ends_with(|c: char| c.is_ascii_digit()) || NUMBER_WORDS.contains(&word.as_str());
            before = Before { word, number };
            said.push(text);
            at += used;
        }
        said.retain(|word| !word.is_empty());
        if self.words { tidy(&said.join(" ")) } else { said.join(" ") }
    }

    /// The longest phrase of the lexicon that begins here.
    fn phrase(&self, tokens: &[&str]) -> Option<(String, usize)> {
        (2..=PHRASE_MAX.min(tokens.len())).rev().find_map(|count| {
            let (first, last) = (split(tokens[0]), split(tokens[count - 1]));
            if !first.after.is_empty() || !last.before.is_empty() {
                return None;
            }
            let inner = tokens[1..count - 1].iter().copied();
            let key: Vec<&str> = std::iter::once(first.core).chain(inner).chain([last.core]).collect();
            let words = self.lexicon.words.get(&key.join(" "))?;
            Some((self.marked(first.before, words, last.after), count))
        })
    }

    /// `0912 345 678`, `0214.3840.034`
    fn phone(&self, tokens: &[&str]) -> Option<(String, usize)> {
        let first = split(tokens[0]);
        if !first.core.starts_with('0') || !self.words {
            return None;
        }
        let (mut digits, mut used) = (String::new(), 0_usize);
        for token in tokens {
            let Token { before, core, after } = split(token);
            let plain = core.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
            if core.is_empty() || !plain || (used > 0 && !before.is_empty()) {
                break;
            }
            digits.extend(core.chars().filter(char::is_ascii_digit));
            used += 1;
            if !after.is_empty() || digits.len() >= *PHONE.end() {
                break;
            }
        }
        let last = split(tokens.get(used.checked_sub(1)?)?);
        let said = self.marked(first.before, &crate::digits(&digits), last.after);
        PHONE.contains(&digits.len()).then_some((said, used))
    }

    fn token(&self, token: &Token<'_>, before: &Before) -> String {
        if token.core.is_empty() {
            return if self.words { standing_alone(token.before) } else { token.before.to_owned() };
        }
        let Some(sign) =
            sign(token.before).filter(|_| self.words && token.core.starts_with(|c: char| c.is_ascii_digit()))
        else {
            return self.marked(token.before, &self.core(token.core, before), token.after);
        };
        format!("{sign} {}", self.marked("", &self.core(token.core, before), token.after))
    }

    /// With the marks that make a voice pause; the others are only for the eye.
    fn marked(&self, before: &str, said: &str, after: &str) -> String {
        if !self.words {
            return format!("{before}{said}{after}");
        }
        let opens = if before.contains(['(', '[']) { ", " } else { "" };
        let closes: String = after.chars().filter_map(pause).collect();
        format!("{opens}{said}{closes}")
    }
}

fn pause(mark: char) -> Option<char> {
    match mark {
        '.' | ',' | '!' | '?' => Some(mark),
        ';' | ':' | ')' | ']' | '–' | '—' => Some(','),
        '…' => Some('.'),
        _ => None,
    }
}

/// What is said for a mark before a number.
fn sign(before: &str) -> Option<&'static str> {
    match before.trim_start_matches(['(', '"', '“', '\'']) {
        "<" => Some("dưới"),
        ">" => Some("trên"),
        "≤" | "<=" => Some("không quá"),
        "≥" | ">=" => Some("từ"),
        "~" | "≈" => Some("khoảng"),
        "±" => Some("cộng trừ"),
        "-" | "−" => Some("âm"),
        _ => None,
    }
}

fn standing_alone(mark: &str) -> String {
    match mark {
        "&" => "và",
        "=" => "bằng",
        "%" => "phần trăm",
        ">" => "lớn hơn",
        "<" => "nhỏ hơn",
        "-" | "–" | "—" | "|" | "/" => ",",
        _ => "",
    }
    .to_owned()
}

/// Takes the marks off a word. A percent sign, a degree and the like belong to it.
pub(crate) fn split(word: &str) -> Token<'_> {
    let belongs = |c: char| c.is_alphanumeric() || c == '%' || c == '°';
    let start = word.find(belongs).unwrap_or(word.len());
    let end = word.char_indices().rev().find(|(_, c)| belongs(*c)).map_or(start, |(at, c)| at + c.len_utf8());
    let end = end.max(start);
    Token { before: &word[..start], core: &word[start..end], after: &word[end..] }
}

/// Commas stand behind a word, and once.
fn tidy(said: &str) -> String {
    let mut tidied = String::with_capacity(said.len());
    for letter in said.chars() {
        let last = tidied.chars().last();
        match letter {
            ' ' if last.is_none_or(|last| last == ' ') => {}
            ',' | '.' | '!' | '?' => {
                if last == Some(' ') {
                    tidied.pop();
                }
                match tidied.chars().last() {
                    None => {}
                    Some(',') if letter != ',' => {
                        tidied.pop();
                        tidied.push(letter);
                    }
                    Some(',' | '.' | '!' | '?') => {}
                    Some(_) => tidied.push(letter),
                }
            }
            _ => tidied.push(letter),
        }
    }
    tidied.trim_end_matches([' ', ',']).to_owned()
}
