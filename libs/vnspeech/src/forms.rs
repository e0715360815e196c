//! The shapes in which numbers stand in Vietnamese texts.

use crate::number::{cardinal, roman};
use crate::syllable::is_syllable;
use crate::text::{Before, Saying};

const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;
/// A day and a month stand behind these; behind anything else `2/6` are two of six. Without marks.
const DAY_WORDS: [&str; 11] =
    ["ngay", "mung", "mong", "hom", "sang", "trua", "chieu", "toi", "dem", "bay", "nhat"];
/// Roman numbers stand behind these. Without marks.
const ORDER_WORDS: [&str; 18] = [
    "khoa", "ky", "quy", "chuong", "muc", "phan", "dieu", "hoi", "lan", "thu", "loai", "hang", "cap", "vung",
    "nhom", "dot", "so", "bac",
];
/// Numbers that everybody knows digit by digit, behind these words without marks.
const CALL_WORDS: [&str; 5] = ["goi", "may", "nong", "thoai", "so"];
const EMERGENCY: [&str; 5] = ["111", "112", "113", "114", "115"];

impl Saying<'_> {
    /// One word without the marks around it.
    pub(crate) fn core(&self, core: &str, before: &Before) -> String {
        if let Some(words) = self.lexicon.words.get(core) {
            return words.clone();
        }
        let plain = core.replace('²', "2").replace('³', "3");
        if before.number
            && let Some(unit) = self.unit(&plain)
        {
            return unit;
        }
        self.address(&plain)
            .or_else(|| self.called(&plain, before))
            .or_else(|| self.figure(&plain, before))
            .or_else(|| self.range(&plain, before))
            .or_else(|| self.code(&plain))
            .or_else(|| self.ordered(&plain, before))
            .or_else(|| self.joined(&plain, before))
            .unwrap_or_else(|| self.rest(&plain))
    }

    /// A number of these digits, in words or as it is.
    fn whole(&self, text: &str) -> String {
        if self.words { cardinal(self.lexicon, text) } else { text.to_owned() }
    }

    /// Without the zeros before it, as days and months are said.
    fn small(&self, number: u32) -> String {
        self.whole(&number.to_string())
    }

    fn month(&self, number: u32) -> String {
        if self.words && number == 4 { "tư".to_owned() } else { self.small(number) }
    }

    /// `2626`, `2.626`, `1.234,5`, `95,7`, `3.5`
    pub(crate) fn number(&self, text: &str) -> Option<String> {
        let (whole, part) = match text.split_once(',') {
            Some((whole, part)) => (whole, Some(part)),
            None => (text, None),
        };
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let groups: Vec<&str> = whole.split('.').collect();
        if !groups.iter().all(|group| all_digits(group)) || part.is_some_and(|part| !all_digits(part)) {
            return None;
        }
        let grouped =
            groups.len() > 1 && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
        let (digits, part) = match (groups.len(), part) {
            (1, part) => (whole.to_owned(), part),
            (_, part) if grouped => (groups.concat(), part),
            // The foreign point.
            (2, None) => (groups[0].to_owned(), Some(groups[1])),
            _ => return None,
        };
        let said = if self.words {
            self.whole(&digits)
        } else if part.is_none() {
            return Some(text.to_owned());
        } else {
            whole.to_owned()
        };
        Some(match part {
            None => said,
            Some(part) => format!("{said} phẩy {}", self.behind_comma(part)),
        })
    }

    fn behind_comma(&self, part: &str) -> String {
        match self.words {
            false => part.to_owned(),
            true if part.len() <= 2 && !part.starts_with('0') => self.whole(part),
            true => crate::digits(part),
        }
    }

    /// A unit, also of two: `km/h`, `đồng/kg`.
    fn unit(&self, text: &str) -> Option<String> {
        let units = &self.lexicon.units;
        if let Some(unit) = units.get(text) {
            return Some(unit.clone());
        }
        let (one, per) = text.split_once('/')?;
        let known = units.contains_key(one) || units.contains_key(per);
        let said = |part: &str| units.get(part).cloned().unwrap_or_else(|| part.to_owned());
        (known && !per.contains('/') && part_of_text(one) && part_of_text(per))
            .then(|| format!("{} một {}", said(one), said(per)))
    }

    /// Everything in which a number is the main thing.
    fn figure(&self, text: &str, before: &Before) -> Option<String> {
        self.named(text, before)
            .or_else(|| self.date(text, before))
            .or_else(|| self.hour(text))
            .or_else(|| self.number(text))
            .or_else(|| self.measure(text))
            .or_else(|| self.fraction(text))
    }

    /// `thứ 4`, `lần thứ 1`, `tháng 4` have words of their own.
    fn named(&self, text: &str, before: &Before) -> Option<String> {
        let said = match (before.word.as_str(), text.trim_start_matches('0')) {
            ("thu", "1") => "nhất",
            ("thu" | "thang", "4") => "tư",
            _ => return None,
        };
        self.words.then(|| said.to_owned())
    }

    /// `95%`, `12km`, `50.000đ`
    fn measure(&self, text: &str) -> Option<String> {
        let at = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
        let (number, unit) = text.split_at(at);
        Some(format!("{} {}", self.number(number)?, self.unit(unit)?))
    }

    /// `2/6`
    fn fraction(&self, text: &str) -> Option<String> {
        let (part, whole) = text.split_once('/')?;
        let said = (self.number(part)?, self.number(whole)?);
        Some(if self.words { format!("{} trên {}", said.0, said.1) } else { text.to_owned() })
    }

    /// `02/09/2026`, `2-9-2026`, `2026-09-02`, `2/9`, `9/2026`, `III/2026`
    fn date(&self, text: &str, before: &Before) -> Option<String> {
        let mark = ['/', '-', '.'].into_iter().find(|mark| text.contains(*mark))?;
        let parts: Vec<&str> = text.split(mark).collect();
        let number =
            |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4 && !text.starts_with('+'));
        let day = |text: &str| number(text).filter(|day| (1..=31).contains(day) && text.len() <= 2);
        let month = |text: &str| number(text).filter(|month| (1..=12).contains(month) && text.len() <= 2);
        let year = |text: &str| number(text).filter(|year| YEARS.contains(year) && text.len() == 4);
        let behind = |word: &str| before.word == word;
        match parts[..] {
            [one, two, three] => {
                let (day, month, year) = match year(three) {
                    Some(last) => (day(one)?, month(two)?, last),
                    None => (day(three)?, month(two)?, year(one)?),
                };
                Some(format!("{} tháng {} năm {}", self.small(day), self.month(month), self.small(year)))
            }
            _ => {
                let (one, two) = text.split_once('/').filter(|_| parts.len() == 2)?;
                if let Some(year) = year(two) {
                    let order = roman(one).filter(|order| *order <= 12);
                    let first = match order {
                        Some(order) => self.small(order),
                        None if behind("thang") || behind("quy") => self.month(month(one)?),
                        None => format!("tháng {}", self.month(month(one)?)),
                    };
                    return Some(format!("{first} năm {}", self.small(year)));
                }
                let (day, month) = (day(one)?, month(two)?);
                DAY_WORDS
                    .contains(&before.word.as_str())
                    .then(|| format!("{} tháng {}", self.small(day), self.month(month)))
            }
        }
    }

    /// `7h30`, `14h`, `07:30`, `7g30`
    fn hour(&self, text: &str) -> Option<String> {
        let (hour, minute) = text.split_once(['h', 'g', ':', 'H'])?;
        let clock = text.contains(':');
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        let minute = minute.trim_end_matches(['\'', '′', 'p']);
        let minute = match minute.split_once(':') {
            Some((minute, second)) if clock && digits(second, 2) => minute,
            _ => minute,
        };
        if !digits(hour, 2) || hour.parse::<u32>().ok()? > 24 {
            return None;
        }
        let hour = self.small(hour.parse().ok()?);
        match minute {
            "" if !clock => Some(format!("{hour} giờ")),
            "00" => Some(format!("{hour} giờ")),
            _ if digits(minute, 2) && minute.len() == 2 => {
                let minute = minute.parse::<u32>().ok().filter(|minute| *minute < 60)?;
                Some(format!("{hour} giờ {} phút", self.small(minute)))
            }
            _ => None,
        }
    }

    /// `5-10`, `2023–2025`, `7h-9h`, `15-20%`
    fn range(&self, text: &str, before: &Before) -> Option<String> {
        let (from, to) = text.split_once(['-', '–'])?;
        if from.is_empty() || to.is_empty() || !to.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (from, to) = (self.figure(from, before)?, self.figure(to, before)?);
        Some(format!("{from} đến {to}"))
    }

    /// `263/KH-UBND`, `30/2020/NĐ-CP`, `257/2025/QH15`
    fn code(&self, text: &str) -> Option<String> {
        let (number, rest) = text.split_once('/')?;
        let number = self.number(number)?;
        let letters = |part: &str| part.chars().any(char::is_uppercase);
        if !letters(rest) {
            return None;
        }
        let mut said = number;
        for part in rest.split('/') {
            match part.parse::<u32>() {
                Ok(year) if YEARS.contains(&year) => said = format!("{said} năm {}", self.small(year)),
                _ => {
                    for word in part.split(['-', '.']).filter(|word| !word.is_empty()) {
                        said = format!("{said}, {}", self.short(word));
                    }
                }
            }
        }
        Some(said)
    }

    /// A short form in the number of a document.
    fn short(&self, word: &str) -> String {
        let known = self.lexicon.codes.get(word).or_else(|| self.lexicon.words.get(word));
        known.cloned().unwrap_or_else(|| self.rest(word))
    }

    /// `gọi 113`
    fn called(&self, text: &str, before: &Before) -> Option<String> {
        let known = EMERGENCY.contains(&text) && CALL_WORDS.contains(&before.word.as_str());
        // Twelve digits are somebody's number.
        let personal = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        (self.words && (known || personal)).then(|| crate::digits(text))
    }

    /// `khóa XV`, `thứ 4`, `lần thứ 1`
    fn ordered(&self, text: &str, before: &Before) -> Option<String> {
        let behind = ORDER_WORDS.contains(&before.word.as_str());
        let number =
            roman(text).filter(|_| behind || text.len() >= 2 && text.chars().all(|c| "IVX".contains(c)))?;
        Some(match (before.word.as_str(), number) {
            ("thu", 1) => "nhất".to_owned(),
            ("thu", 4) => "tư".to_owned(),
            _ => self.small(number),
        })
    }

    /// `UBND-HĐND`, `Công an/UBND`, `và/hoặc`
    fn joined(&self, text: &str, before: &Before) -> Option<String> {
        let mark = ['/', '-', '–'].into_iter().find(|mark| text.contains(*mark))?;
        let (one, two) = text.split_once(mark)?;
        if one.is_empty() || two.is_empty() {
            return None;
        }
        let known = [one, two].iter().any(|part| self.lexicon.words.contains_key(*part));
        if !self.words && !known {
            return None;
        }
        let between = if known || mark == '/' { ", " } else { " " };
        let none = Before::default();
        Some(format!("{}{between}{}", self.core(one, before), self.core(two, &none)))
    }

    /// `xagiaphu@laocai.gov.vn`, `https://giaphu.laocai.gov.vn`
    fn address(&self, text: &str) -> Option<String> {
        let ends = [".vn", ".com", ".org", ".net"];
        let host = text.split(['/', '?', '#']).next().unwrap_or(text);
        let like = text.contains("://")
            || text.contains('@') && text.contains('.')
            || text.starts_with("www.")
            || ends.iter().any(|end| host.to_lowercase().ends_with(end)) && host.len() > 3;
        if !like || !self.words {
            return None;
        }
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        let text = text.trim_start_matches("www.").trim_end_matches('/');
        let spoken = text.replace('@', " a còng ").replace('.', " chấm ").replace('/', " gạch chéo ");
        let spoken = spoken.replace('-', " gạch ngang ").replace('_', " gạch dưới ");
        let words = spoken.split_whitespace().map(|word| self.rest(word));
        Some(words.collect::<Vec<_>>().join(" "))
    }

    /// A word, a short form that is spelled, or letters and digits side by side.
    fn rest(&self, text: &str) -> String {
        if !self.words {
            return text.to_owned();
        }
        if let Some(words) = self.lexicon.words.get(text) {
            return words.clone();
        }
        let mut said = Vec::new();
        for run in runs(text) {
            let first = run.chars().next().unwrap_or(' ');
            let single = run.chars().count() == 1;
            let initials = !single && run.chars().all(char::is_uppercase) && !is_syllable(run);
            if first.is_ascii_digit() {
                said.push(self.whole(run));
            } else if let Some(words) = self.lexicon.words.get(run).filter(|_| run.len() < text.len()) {
                said.push(words.clone());
            } else if initials || (single && run.len() < text.len()) {
                said.push(self.spelled(run));
            } else {
                said.push(run.to_owned());
            }
        }
        said.join(" ")
    }

    fn spelled(&self, text: &str) -> String {
        let name = |letter: char| {
            let small = letter.to_lowercase().next().unwrap_or(letter);
            self.lexicon.letters.get(&small).cloned().unwrap_or_else(|| small.to_string())
        };
        text.chars().map(name).collect::<Vec<_>>().join(" ")
    }
}

fn part_of_text(text: &str) -> bool {
    let mut letters = text.chars();
    let begins = letters.next().is_some_and(|first| first.is_alphabetic() || first == '°');
    begins && letters.all(|c| c.is_alphabetic() || c == '2' || c == '3')
}

/// Stretches of letters and of digits; other signs are for the eye.
fn runs(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_ascii_digit() => 1,
        c if c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) => 2,
        _ => 0,
    };
    let mut found = Vec::new();
    let mut begin = 0;
    let mut last = 0;
    for (at, letter) in text.char_indices() {
        if kind(letter) != last {
            if last != 0 {
                found.push(&text[begin..at]);
            }
            (begin, last) = (at, kind(letter));
        }
    }
    if last != 0 {
        found.push(&text[begin..]);
    }
    found
}
