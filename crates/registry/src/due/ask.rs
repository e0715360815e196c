//! What an address asks of a list: months or a year, a village, invited or not.

use super::model::{By, Rule, Window, month, year};
use super::store::{After, Ask, Only, Person};
use crate::work::Asked;
use chrono::{Datelike, Months, NaiveDate};
use platform::access::Scope;
use platform::{Ctx, Result, Uuid};
use ui::Filter;
use units::Unit;

/// Months before and after this one that can be chosen.
const AROUND: u32 = 12;

/// The window that the address names, or the usual one.
pub(super) fn window(rule: &Rule, asked: &Asked, today: NaiveDate) -> Window {
    if rule.by == By::Year {
        let chosen = asked.text("nam").parse().ok().filter(|year: &i32| (1990..=2100).contains(year));
        return chosen.map_or_else(|| rule.usual(today), year);
    }
    let from = month_of(asked.text("tu"));
    let to = month_of(asked.text("den"));
    match (from, to) {
        (None, None) => rule.usual(today),
        (from, to) => {
            let from = from.unwrap_or(today);
            let last = from.checked_add_months(Months::new(2 * AROUND)).unwrap_or(from);
            month(from, to.unwrap_or(from).clamp(from, last))
        }
    }
}

fn month_of(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = format!("{text}-01").parse().ok()?;
    (1990..=2100).contains(&day.year()).then_some(day)
}

pub(super) fn ask<'a>(
    rule: &'a Rule,
    asked: &Asked,
    ctx: &Ctx,
    scope: &'a Scope,
    villages: &[Unit],
) -> Result<Ask<'a>> {
    Ok(Ask {
        window: window(rule, asked, ctx.today()),
        village: asked.village(villages)?.map(|unit| unit.id),
        only: only(asked),
        ids: None,
        rule,
        scope,
    })
}

/// The words of an address for part of a list.
pub(super) const OPEN: &str = "chua";
pub(super) const AT_HEAD: &str = "cho-thon";

fn only(asked: &Asked) -> Only {
    match asked.text("moi") {
        OPEN => Only::Open,
        AT_HEAD => Only::AtHead,
        _ => Only::All,
    }
}

/// The part of the address that a button carries on: everything but the page.
pub(super) fn carried(asked: &Asked) -> String {
    let pairs =
        ["tu", "den", "nam", "thon", "moi"].into_iter().filter_map(|name| Some((name, asked.some(name)?)));
    let safe =
        |value: &str| value.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
    let text: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", safe(value))).collect();
    if text.is_empty() { String::new() } else { format!("?{}", text.join("&")) }
}

/// The window alone, each part with an `&` behind it; other people's addresses begin with it.
pub(super) fn window_part(rule: &Rule, window: Window) -> String {
    match rule.by {
        By::Year => format!("nam={}&", window.from.year()),
        _ => format!("tu={}&den={}&", window.from.format("%Y-%m"), window.to.format("%Y-%m")),
    }
}

/// The filter line above the list.
pub(super) fn filters(ctx: &Ctx, rule: &Rule, asked: &Asked, villages: Vec<(String, String)>) -> Vec<Filter> {
    let (t, today) = (ctx.t(), ctx.today());
    let text = |name: &str| asked.text(name).to_owned();
    let mut filters = Vec::new();
    if rule.by == By::Year {
        let usual = rule.usual(today).from.year();
        let years = (usual - 2..=usual + 2)
            .filter(|year| *year != usual)
            .map(|year| (year.to_string(), year.to_string()));
        let options = std::iter::once((String::new(), usual.to_string())).chain(years).collect();
        filters.push(Filter::choice("nam", t.t("registry-due-year"), text("nam"), options));
    } else {
        let usual = match rule.by {
            By::Insurance => t.n("registry-due-next-days", "count", rule.look_ahead),
            _ => t.s("registry-due-this-month", "month", &month_word(today)),
        };
        filters.push(Filter::choice("tu", t.t("registry-due-from"), text("tu"), months(today, usual)));
        filters.push(Filter::choice(
            "den",
            t.t("registry-due-to"),
            text("den"),
            months(today, t.t("registry-due-same-month")),
        ));
    }
    if villages.len() > 2 {
        filters.push(Filter::choice("thon", t.t("registry-village"), text("thon"), villages));
    }
    let invited = vec![
        (String::new(), t.t("registry-due-all")),
        (OPEN.to_owned(), t.t("registry-due-open")),
        (AT_HEAD.to_owned(), t.t("registry-due-at-head")),
    ];
    filters.push(Filter::choice("moi", t.t("registry-due-invited"), text("moi"), invited));
    filters
}

fn months(today: NaiveDate, usual: String) -> Vec<(String, String)> {
    let first =
        today.with_day(1).and_then(|day| day.checked_sub_months(Months::new(AROUND))).unwrap_or(today);
    let each = (0..=2 * AROUND).filter_map(|n| first.checked_add_months(Months::new(n)));
    std::iter::once((String::new(), usual))
        .chain(each.map(|day| (day.format("%Y-%m").to_string(), month_word(day))))
        .collect()
}

pub(super) fn month_word(day: NaiveDate) -> String {
    day.format("%m/%Y").to_string()
}

/// The window in words: "03/2026", "03/2026 – 05/2026", "2026", "10/03/2026 – 09/04/2026".
pub(super) fn window_words(rule: &Rule, window: Window) -> String {
    let whole = window == month(window.from, window.to);
    match rule.by {
        By::Year => window.from.year().to_string(),
        _ if whole && month(window.from, window.from) == window => month_word(window.from),
        _ if whole => format!("{} – {}", month_word(window.from), month_word(window.to)),
        _ => format!("{} – {}", vntext::date(window.from), vntext::date(window.to)),
    }
}

pub(super) fn cursor(person: &Person) -> String {
    format!("{}_{}", person.key, person.id.simple())
}

pub(super) fn after(text: &str) -> Option<After> {
    let (day, id) = text.split_once('_')?;
    Some((day.parse().ok()?, id.parse::<Uuid>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_makes_no_sense_falls_back() {
        assert_eq!(month_of("2026-03").map(|d| d.to_string()).as_deref(), Some("2026-03-01"));
        for wrong in ["", "2026-13", "0001-01", "x", "2026-03-05"] {
            assert_eq!(month_of(wrong), None, "{wrong}");
        }
        assert_eq!(after("2026-03-01_x"), None);
    }
}
