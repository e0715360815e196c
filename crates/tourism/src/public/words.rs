//! A place in the reader's words: what is not translated is shown in Vietnamese, and says so.

use crate::dates::Turn;
use crate::place::{Contact, Draft};
use platform::{Ctx, Lang};
use vncal::LunarDate;

/// A text with its language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub text: String,
    pub lang: &'static str,
}

/// The English text where it is wanted and there.
pub(crate) fn said(lang: Lang, vi: &str, en: &str) -> Said {
    if lang == Lang::En && !en.is_empty() {
        Said { text: en.to_owned(), lang: "en" }
    } else {
        Said { text: vi.to_owned(), lang: "vi" }
    }
}

/// "mùng 8 tháng Giêng năm Đinh Mùi", or "day 8 of lunar month 1".
pub(crate) fn lunar(ctx: &Ctx, date: LunarDate) -> String {
    if ctx.lang == Lang::Vi {
        return date.to_string();
    }
    let args = [("day", i64::from(date.day).into()), ("month", i64::from(date.month).into())];
    ctx.t().a("tourism-lunar-day", &args)
}

/// The days of a festival by the solar calendar.
pub(crate) fn days(ctx: &Ctx, turn: &Turn) -> String {
    let t = ctx.t();
    if turn.from == turn.until {
        return t.date(turn.from);
    }
    format!("{} – {}", t.date(turn.from), t.date(turn.until))
}

/// "150.000 đ – 300.000 đ", or "from 150.000 đ".
pub(crate) fn price(ctx: &Ctx, draft: &Draft) -> String {
    let t = ctx.t();
    let dong = |dong: i64| format!("{}\u{a0}{}", t.number(dong), t.t("tourism-dong"));
    match (draft.price_from, draft.price_to) {
        (Some(0), None | Some(0)) => t.t("tourism-free"),
        (Some(from), Some(to)) if to > from => format!("{} – {}", dong(from), dong(to)),
        (Some(from), Some(_)) => dong(from),
        (Some(from), None) => t.s("tourism-price-begins", "price", &dong(from)),
        _ => String::new(),
    }
}

/// Ways to reach somebody: icon, words, address.
pub(crate) fn ways(ctx: &Ctx, contact: &Contact) -> Vec<(&'static str, String, String)> {
    let web = contact.web.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    let zalo = ctx.t().s("tourism-zalo", "number", &contact.zalo_shown());
    let all = [
        ("phone", contact.phone_shown(), format!("tel:{}", contact.phone), &contact.phone),
        ("message-circle", zalo, contact.zalo_url(), &contact.zalo),
        ("mail", contact.email.clone(), format!("mailto:{}", contact.email), &contact.email),
        ("external-link", web.to_owned(), contact.web.clone(), &contact.web),
    ];
    let there = all.into_iter().filter(|(.., value)| !value.is_empty());
    there.map(|(icon, words, url, _)| (icon, words, url)).collect()
}
