//! What makes somebody due, and when. The lists themselves are data: `data/due-lists/`.

use crate::household::Poverty;
use crate::person::Sex;
use chrono::{Datelike, Days, Months, NaiveDate};
use platform::{Ctx, Error, Lang, Result};
use serde::Deserialize;

/// What brings a person onto a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// The day on which an age is reached.
    Birthday,
    /// An age reached at any time of a calendar year.
    Year,
    /// The last day of the health insurance.
    Insurance,
}

/// The texts of a list in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub name: String,
    pub what: String,
    /// Goes on after "nhân dịp" in the invitation.
    pub reason: String,
    pub bring: String,
}

/// One list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its word in addresses and in `due_notice`.
    pub code: String,
    pub by: By,
    #[serde(default)]
    pub ages: Vec<u32>,
    #[serde(default)]
    pub sex: Option<Sex>,
    /// Only people of households with one of these standings; empty for all.
    #[serde(default)]
    pub poverty: Vec<Poverty>,
    /// The year is the one in which school begins.
    #[serde(default)]
    pub school: bool,
    /// Days that the list looks ahead, for [`By::Insurance`].
    #[serde(default = "thirty")]
    pub look_ahead: u64,
    /// Told on the desk while somebody has not been invited.
    #[serde(default)]
    pub waits: bool,
    /// Code of the procedure whose form somebody who is due needs.
    #[serde(default)]
    pub procedure: Option<String>,
    /// Where it is written.
    pub basis: String,
    /// True while nobody has compared it with the text in force.
    #[serde(default)]
    pub unverified: bool,
    vi: Words,
    en: Words,
}

fn thirty() -> u64 {
    30
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rule: Vec<Rule>,
}

/// The lists in force today.
pub fn load(ctx: &Ctx) -> Result<Vec<Rule>> {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    Ok(ctx.app.law.in_force::<Rules>("due-lists", ctx.today().max(first))?.content.rule.clone())
}

/// One list in force today.
pub fn find(ctx: &Ctx, code: &str) -> Result<Rule> {
    load(ctx)?.into_iter().find(|rule| rule.code == code).ok_or_else(Error::not_found)
}

/// The days that are looked at, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// A stretch of one index in which everybody is due for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub due: Due,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    Age(u32),
    Year(i32),
    Insurance,
}

impl Rule {
    pub fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// What is looked at unless somebody chooses: this month, this year, or the next days.
    pub fn usual(&self, today: NaiveDate) -> Window {
        match self.by {
            By::Birthday => month(today, today),
            By::Year => {
                year(if self.school && today.month() >= 10 { today.year() + 1 } else { today.year() })
            }
            By::Insurance => Window {
                from: today,
                to: today.checked_add_days(Days::new(self.look_ahead)).unwrap_or(today),
            },
        }
    }

    /// The stretches of birth dates, or of ends of insurance, that fall due in the window; the earliest first.
    pub(crate) fn spans(&self, window: Window) -> Vec<Span> {
        let mut ages = self.ages.clone();
        ages.sort_unstable_by(|a, b| b.cmp(a));
        match self.by {
            By::Birthday => ages.into_iter().filter_map(|age| birthdays(window, age)).collect(),
            By::Year => {
                let years = || window.from.year()..=window.to.year();
                let spans =
                    ages.into_iter().flat_map(|age| years().filter_map(move |year| born_for(year, age)));
                spans.collect()
            }
            By::Insurance => vec![Span { from: window.from, to: window.to, due: Due::Insurance }],
        }
    }
}

impl Due {
    /// The day that counts: the birthday, the last day of the year, the end of the insurance.
    pub fn on(self, birth: NaiveDate, insurance_until: Option<NaiveDate>) -> NaiveDate {
        match self {
            Due::Age(age) => reaches(birth, age),
            Due::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(birth),
            Due::Insurance => insurance_until.unwrap_or(birth),
        }
    }

    /// Tells one time from the next in `due_notice`.
    pub fn period(self, insurance_until: Option<NaiveDate>) -> String {
        match self {
            Due::Age(age) => age.to_string(),
            Due::Year(year) => year.to_string(),
            Due::Insurance => insurance_until.map(|day| day.to_string()).unwrap_or_default(),
        }
    }
}

/// The months of two days, whole.
pub(crate) fn month(from: NaiveDate, to: NaiveDate) -> Window {
    let first = from.with_day(1).unwrap_or(from);
    let next = to.with_day(1).and_then(|day| day.checked_add_months(Months::new(1)));
    Window { from: first, to: next.and_then(|day| day.pred_opt()).unwrap_or(to) }
}

pub(crate) fn year(year: i32) -> Window {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    Window { from: day(1, 1), to: day(12, 31) }
}

/// The day on which somebody is `age` years old. Where the month has no such day (born on 29 February), it is the
/// month's last one (Civil Code 2015, article 148).
pub(crate) fn reaches(birth: NaiveDate, age: u32) -> NaiveDate {
    birth.checked_add_months(Months::new(age * 12)).unwrap_or(NaiveDate::MAX)
}

fn birthdays(window: Window, age: u32) -> Option<Span> {
    let back = |day: NaiveDate| day.checked_sub_months(Months::new(age * 12));
    let (mut from, mut to) = (back(window.from)?, back(window.to)?);
    // Going back from 29 February may land on the 28th: mend both ends by what the birthday really is.
    while reaches(from, age) < window.from {
        from = from.succ_opt()?;
    }
    while let Some(next) = to.succ_opt().filter(|next| reaches(*next, age) <= window.to) {
        to = next;
    }
    (from <= to).then_some(Span { from, to, due: Due::Age(age) })
}

fn born_for(year: i32, age: u32) -> Option<Span> {
    let born = super::model::year(year - i32::try_from(age).ok()?);
    Some(Span { from: born.from, to: born.to, due: Due::Year(year) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(from: &str, to: &str, age: u32) -> Option<(String, String)> {
        birthdays(Window { from: day(from), to: day(to) }, age)
            .map(|s| (s.from.to_string(), s.to.to_string()))
    }

    fn pair(from: &str, to: &str) -> Option<(String, String)> {
        Some((from.into(), to.into()))
    }

    #[test]
    fn a_month_holds_its_birthdays_and_no_others() {
        assert_eq!(span("2026-03-01", "2026-03-31", 14), pair("2012-03-01", "2012-03-31"));
        assert_eq!(span("2026-04-01", "2026-04-30", 75), pair("1951-04-01", "1951-04-30"));
    }

    #[test]
    fn who_was_born_on_a_leap_day_is_due_on_the_last_of_february() {
        assert_eq!(reaches(day("2012-02-29"), 14), day("2026-02-28"));
        assert_eq!(reaches(day("2012-02-29"), 16), day("2028-02-29"));
        assert_eq!(span("2026-02-01", "2026-02-28", 14), pair("2012-02-01", "2012-02-29"));
        assert_eq!(
            span("2026-03-01", "2026-03-31", 14),
            pair("2012-03-01", "2012-03-31"),
            "and not again in March"
        );
        assert_eq!(span("2028-02-29", "2028-02-29", 14), None, "nobody was born on 29 February 2014");
        assert_eq!(span("2028-02-29", "2028-03-01", 14), pair("2014-03-01", "2014-03-01"));
        assert_eq!(span("2028-02-01", "2028-02-29", 14), pair("2014-02-01", "2014-02-28"));
    }

    #[test]
    fn every_birthday_falls_into_exactly_one_month() {
        for age in [6, 14, 18, 75] {
            let mut birth = day("1999-12-25");
            while birth < day("2004-03-10") {
                let due = reaches(birth, age);
                let mut found = Vec::new();
                for shift in [-1i32, 0, 1] {
                    let middle = due + chrono::Duration::days(i64::from(shift) * 31);
                    let span = birthdays(month(middle, middle), age).unwrap();
                    if span.from <= birth && birth <= span.to {
                        found.push((middle.year(), middle.month()));
                    }
                }
                found.dedup();
                assert_eq!(found, vec![(due.year(), due.month())], "{birth} {age}");
                birth = birth.succ_opt().unwrap();
            }
        }
    }

    #[test]
    fn a_year_takes_all_who_were_born_in_one() {
        let rule = rules().into_iter().find(|rule| rule.school).unwrap();
        assert_eq!(rule.usual(day("2026-09-30")), year(2026));
        assert_eq!(
            rule.usual(day("2026-10-01")),
            year(2027),
            "after school has begun the next year is prepared"
        );
        let spans = rule.spans(year(2026));
        assert_eq!(spans.len(), 1);
        assert_eq!((spans[0].from, spans[0].to), (day("2020-01-01"), day("2020-12-31")));
    }

    fn rules() -> Vec<Rule> {
        let text = include_str!("../../../../data/due-lists/2026-01-01.toml");
        toml::from_str::<Rules>(text).unwrap().rule
    }

    #[test]
    fn the_file_fits() {
        let rules = rules();
        let mut codes: Vec<&str> = rules.iter().map(|rule| rule.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), rules.len(), "codes are different");
        for rule in &rules {
            assert_eq!(rule.ages.is_empty(), rule.by == By::Insurance, "{}", rule.code);
            for lang in Lang::ALL {
                let words = rule.words(lang);
                assert!(
                    [&words.name, &words.what, &words.reason, &words.bring]
                        .iter()
                        .all(|text| !text.is_empty())
                );
            }
            let spans = rule.spans(rule.usual(day("2026-03-10")));
            assert!(
                spans.windows(2).all(|pair| pair[0].to < pair[1].from),
                "{}: stretches do not touch",
                rule.code
            );
        }
    }
}
