//! An article as it is read over the loudspeakers: sentences for the ear, with short forms, dates, hours and measures said in full.
//! The words are data (`data/news-radio`).

use super::model::Article;
use super::text;
use platform::{Ctx, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    words: BTreeMap<String, String>,
    units: BTreeMap<String, String>,
}

/// The script: greeting, title, text, source and goodbye, a paragraph on each line.
pub fn script(ctx: &Ctx, one: &Article) -> Result<String> {
    let words: std::sync::Arc<Words> = ctx.app.law.in_force("news-radio", ctx.today())?.content;
    let content = &one.content;
    let mut parts = vec![content.title.clone(), content.summary.clone()];
    parts.extend(text::plain(&content.body).lines().map(str::to_owned));
    if !content.source.is_empty() {
        parts.push(format!("Theo {}", content.source));
    }
    let said = parts.iter().filter(|part| !part.is_empty()).map(|part| sentence(&words.say(part)));
    Ok(said.collect::<Vec<_>>().join("\n\n"))
}

/// A sentence ends with a full stop, so that whoever reads takes breath.
fn sentence(text: &str) -> String {
    let text = text.trim().trim_end_matches([';', ':', ',']);
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

impl Words {
    fn say(&self, text: &str) -> String {
        let words = text.split_whitespace().map(|word| self.word(word));
        words.collect::<Vec<_>>().join(" ")
    }

    /// One word between blanks, with the marks around it left in place.
    fn word(&self, word: &str) -> String {
        let start = word.find(|c: char| c.is_alphanumeric() || c == '°' || c == '%').unwrap_or(0);
        let end = word
            .rfind(|c: char| c.is_alphanumeric() || c == '%')
            .map_or(word.len(), |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
        if start >= end {
            return word.to_owned();
        }
        let (before, core, after) = (&word[..start], &word[start..end], &word[end..]);
        let said = self.core(core);
        format!("{before}{said}{after}")
    }

    fn core(&self, core: &str) -> String {
        if let Some(words) = self.words.get(core).or_else(|| self.units.get(core)) {
            return words.clone();
        }
        if let Some(said) = date(core).or_else(|| hour(core)).or_else(|| self.measure(core)) {
            return said;
        }
        // "UBND-HĐND", "Công an/UBND"
        for mark in ['-', '/'] {
            if let Some((one, two)) = core.split_once(mark)
                && (self.words.contains_key(one) || self.words.contains_key(two))
            {
                return format!("{}, {}", self.core(one), self.core(two));
            }
        }
        core.to_owned()
    }

    /// `95%`, `12km`
    fn measure(&self, core: &str) -> Option<String> {
        let at = core.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
        let (number, unit) = core.split_at(at);
        let unit = self.units.get(unit).filter(|_| !number.is_empty())?;
        Some(format!("{} {unit}", number.replace(',', " phẩy ")))
    }
}

/// `02/09/2026`, `2/9`
fn date(core: &str) -> Option<String> {
    let parts: Vec<&str> = core.split('/').collect();
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4);
    match parts[..] {
        [day, month, year] => {
            let (day, month, year) = (number(day)?, number(month)?, number(year)?);
            (year >= 1900 && (1..=31).contains(&day) && (1..=12).contains(&month))
                .then(|| format!("{day} tháng {month} năm {year}"))
        }
        [day, month] => {
            let (day, month) = (number(day)?, number(month)?);
            ((1..=31).contains(&day) && (1..=12).contains(&month)).then(|| format!("{day} tháng {month}"))
        }
        _ => None,
    }
}

/// `7h30`, `14h`, `07:30`
fn hour(core: &str) -> Option<String> {
    let (hour, minute) = core.split_once(['h', ':'])?;
    let hour = hour.parse::<u32>().ok().filter(|hour| *hour < 24)?;
    match minute {
        "" | "00" => Some(format!("{hour} giờ")),
        minute if minute.len() == 2 => {
            let minute = minute.parse::<u32>().ok().filter(|minute| *minute < 60)?;
            Some(format!("{hour} giờ {minute} phút"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_eye_reads_is_said_in_full() {
        let text = include_str!("../../../../data/news-radio/2020-01-01.toml");
        let words: Words = toml::from_str(text).unwrap();
        for (written, said) in [
            ("Ngày 02/09/2026, UBND xã họp.", "Ngày 2 tháng 9 năm 2026, Ủy ban nhân dân xã họp."),
            ("lúc 7h30 (thứ Bảy)", "lúc 7 giờ 30 phút (thứ Bảy)"),
            ("đạt 95,5%;", "đạt 95 phẩy 5 phần trăm;"),
            ("đường dài 12 km", "đường dài 12 ki lô mét"),
            ("HĐND-UBND xã", "Hội đồng nhân dân, Ủy ban nhân dân xã"),
            ("120/120 hộ", "120/120 hộ"),
            ("1.234 người, mã QR", "1.234 người, mã quy a"),
        ] {
            assert_eq!(words.say(written), said);
        }
        assert_eq!(sentence("Bà con chú ý:"), "Bà con chú ý.");
    }
}
