//! Kinds, origins, languages, quiet hours: `data/broadcast`.

use chrono::{NaiveDate, NaiveTime};
use platform::{Ctx, Lang, Result};
use serde::Deserialize;
use std::sync::Arc;

/// Something to choose from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Word {
    pub code: String,
    vi: String,
    en: String,
    /// The last day on which it may be chosen.
    until: Option<String>,
}

impl Word {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En { &self.en } else { &self.vi }
    }

    pub fn open(&self, today: NaiveDate) -> bool {
        let until = self.until.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
        until.is_none_or(|day| today <= day)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hours {
    from: String,
    to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Broadcast {
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
    /// LUFS.
    pub loudness: f64,
    /// dBTP.
    pub ceiling: f64,
    pub longest_minutes: u64,
    quiet: Vec<Hours>,
    pub kind: Vec<Word>,
    pub origin: Vec<Word>,
    pub language: Vec<Word>,
}

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

impl Broadcast {
    pub fn now(ctx: &Ctx) -> Result<Arc<Broadcast>> {
        Ok(ctx.app.law.in_force("broadcast", ctx.today())?.content)
    }

    /// The quiet hours as seconds of the day; one that goes over midnight is two.
    pub fn quiet(&self) -> Vec<(i64, i64)> {
        let read = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok().map(second);
        let mut all = Vec::new();
        for hours in &self.quiet {
            match (read(&hours.from), read(&hours.to)) {
                (Some(from), Some(to)) if from < to => all.push((from, to)),
                (Some(from), Some(to)) => all.extend([(from, DAY), (0, to)]),
                _ => {}
            }
        }
        all
    }

    /// The quiet hours as people read them.
    pub fn quiet_words(&self) -> String {
        let words = self.quiet.iter().map(|hours| format!("{}–{}", hours.from, hours.to));
        words.collect::<Vec<_>>().join(", ")
    }

    /// The quiet hours that this time of the day touches, as `21:00–04:30`.
    pub fn disturbs(&self, starts: i64, length: i64) -> Option<String> {
        let touches =
            |(from, to): &(i64, i64)| starts < *to && starts + length > *from || starts + length > from + DAY;
        let found = self.quiet().into_iter().find(touches)?;
        let whole =
            self.quiet.iter().find(|hours| clock(found.0) == hours.from || clock(found.1) == hours.to)?;
        Some(format!("{}–{}", whole.from, whole.to))
    }
}

pub(crate) fn second(time: NaiveTime) -> i64 {
    use chrono::Timelike;
    i64::from(time.num_seconds_from_midnight())
}

/// `05:30`, or `05:30:15` where it is no whole minute.
pub(crate) fn clock(second: i64) -> String {
    let second = second.rem_euclid(DAY);
    let (hour, minute, rest) = (second / 3_600, second / 60 % 60, second % 60);
    if rest == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{rest:02}") }
}

/// From when to when, in minutes begun: `05:30–05:45`.
pub(crate) fn span(starts: i64, ends: i64) -> String {
    let up = |second: i64| (second + 59).div_euclid(60) * 60;
    format!("{}–{}", clock(starts.div_euclid(60) * 60), clock(up(ends)))
}

/// `2:05`, or `1:02:05`.
pub(crate) fn length(seconds: i64) -> String {
    let (hour, minute, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hour == 0 { format!("{minute}:{rest:02}") } else { format!("{hour}:{minute:02}:{rest:02}") }
}

/// The name of a code; what an older file knew stands as its code.
pub(crate) fn named<'a>(list: &'a [Word], code: &'a str, lang: Lang) -> &'a str {
    list.iter().find(|word| word.code == code).map_or(code, |word| word.name(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law() -> Broadcast {
        toml::from_str(include_str!("../../../data/broadcast/2021-01-18.toml")).unwrap()
    }

    #[test]
    fn quiet_hours_go_over_midnight() {
        let law = law();
        assert_eq!(law.disturbs(5 * 3_600, 1_800), None);
        assert_eq!(law.disturbs(4 * 3_600, 1_800), Some("21:00–04:30".to_owned()));
        assert_eq!(law.disturbs(4 * 3_600 + 1_800, 60), None);
        assert_eq!(law.disturbs(20 * 3_600 + 3_000, 900), Some("21:00–04:30".to_owned()));
        assert_eq!(law.disturbs(11 * 3_600, 3_600), Some("11:45–13:30".to_owned()));
    }

    #[test]
    fn the_district_ended() {
        let district = law().origin.into_iter().find(|word| word.code == "district").unwrap();
        assert!(
            district.open("2025-06-30".parse().unwrap()) && !district.open("2025-07-01".parse().unwrap())
        );
    }

    #[test]
    fn times_are_written_as_people_say_them() {
        assert_eq!(
            (clock(19_800), clock(19_815), clock(DAY)),
            ("05:30".into(), "05:30:15".into(), "00:00".into())
        );
        assert_eq!((span(19_815, 19_827), span(DAY - 60, DAY)), ("05:30–05:31".into(), "23:59–00:00".into()));
        assert_eq!((length(125), length(3_725)), ("2:05".to_owned(), "1:02:05".to_owned()));
    }
}
