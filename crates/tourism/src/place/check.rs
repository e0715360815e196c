//! What was typed, before it is kept: each fault at its field, in words.

use super::model::Draft;
use crate::dates::Dates;
use crate::law::{Tourism, Word};
use chrono::NaiveDate;
use platform::{Ctx, Error, Message, Result, Uuid, said};
use units::place::Ground;
use vnid::Phone;

const NAME_MAX: usize = 120;
const SUMMARY_MAX: usize = 400;
const BODY_MAX: usize = 20_000;
const LINE_MAX: usize = 200;
const WAY_MAX: usize = 1_500;
const DAYS_MOST: u8 = 30;
const CAPACITY_MOST: i64 = 100_000;
const PRICE_MOST: i64 = 1_000_000_000;

/// `known_business` is the business that it belonged to: who may not see businesses leaves it as it is.
///
/// # Errors
/// At the field that is wrong.
pub(super) async fn checked(ctx: &Ctx, mut draft: Draft, known_business: Option<Uuid>) -> Result<Draft> {
    draft.name = one_line(&said::needed("ten", &draft.name, "tourism-name-empty", NAME_MAX)?);
    if vntext::slug(&draft.name).is_empty() {
        return Err(Error::field("ten", "tourism-name-empty"));
    }
    lengths(&mut draft)?;
    let english = [&draft.summary_en, &draft.body_en];
    if draft.name_en.is_empty() && english.iter().any(|text| !text.is_empty()) {
        return Err(Error::field("ten-en", "tourism-name-en-empty"));
    }
    where_it_is(ctx, &mut draft).await?;
    draft.months.retain(|month| (1..=12).contains(month));
    draft.months.sort_unstable();
    draft.months.dedup();
    prices(ctx.today(), &draft)?;
    let law = Tourism::now(ctx)?;
    known("tien-nghi", &law.facility, &mut draft.facilities)?;
    known("ngon-ngu", &law.language, &mut draft.languages)?;
    if draft.capacity.is_some_and(|people| !(1..=CAPACITY_MOST).contains(&people)) {
        return Err(Error::field("suc-chua", "tourism-capacity-wrong"));
    }
    honour(ctx.today(), &draft)?;
    if let Some(dates) = &draft.dates {
        held(dates)?;
    }
    if let Some(id) = draft.organisation.filter(|id| known_business != Some(*id)) {
        let within = Ctx { scope: ctx.scope_of("organisation.show"), ..ctx.clone() };
        let within = if ctx.actor.is_some() { &within } else { ctx };
        registry::organisation::get(within, id)
            .await
            .map_err(|_| Error::field("to-chuc", "tourism-organisation-wrong"))?;
    }
    Ok(draft)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lengths(draft: &mut Draft) -> Result<()> {
    for (field, text, most) in [
        ("gioi-thieu", &mut draft.summary, SUMMARY_MAX),
        ("gioi-thieu-en", &mut draft.summary_en, SUMMARY_MAX),
        ("noi-dung", &mut draft.body, BODY_MAX),
        ("noi-dung-en", &mut draft.body_en, BODY_MAX),
        ("duong-den", &mut draft.way, WAY_MAX),
        ("duong-den-en", &mut draft.way_en, WAY_MAX),
    ] {
        said::short(field, text, most)?;
        *text = text.trim().to_owned();
    }
    for (field, text) in [
        ("ten-en", &mut draft.name_en),
        ("gio-mo", &mut draft.hours),
        ("gio-mo-en", &mut draft.hours_en),
        ("gia-cho", &mut draft.price_for),
        ("gia-cho-en", &mut draft.price_for_en),
        ("danh-hieu", &mut draft.honour),
        ("danh-hieu-en", &mut draft.honour_en),
        ("danh-hieu-so", &mut draft.honour_no),
        ("danh-hieu-cua", &mut draft.honour_by),
        ("the", &mut draft.tag),
    ] {
        said::short(field, text, LINE_MAX)?;
        *text = one_line(text);
    }
    Ok(())
}

/// The village is the one around the point; a point lies inside the commune.
async fn where_it_is(ctx: &Ctx, draft: &mut Draft) -> Result<()> {
    let ground = Ground::load(ctx).await?;
    if let Some(point) = draft.point()
        && ground.known()
    {
        let around = ground.village_at(point).ok_or_else(|| Error::field("thon", "tourism-outside"))?;
        draft.village = Some(around.id);
    }
    if draft.village.is_some_and(|id| ground.find(id).is_none()) {
        return Err(Error::field("thon", "error-choose"));
    }
    let own = ctx.scope.whole() || draft.village.is_some_and(|id| ctx.scope.covers("village", id));
    if own { Ok(()) } else { Err(Error::field("thon", "tourism-village-own")) }
}

fn prices(today: NaiveDate, draft: &Draft) -> Result<()> {
    for (field, price) in [("gia-tu", draft.price_from), ("gia-den", draft.price_to)] {
        if price.is_some_and(|dong| !(0..=PRICE_MOST).contains(&dong)) {
            return Err(Error::field(field, "tourism-price-wrong"));
        }
    }
    if draft.price_to.is_some_and(|to| draft.price_from.is_none_or(|from| to < from)) {
        return Err(Error::field("gia-den", "tourism-price-order"));
    }
    match draft.price_on {
        None if draft.price_from.is_some() => Err(Error::field("gia-ngay", "tourism-price-day")),
        Some(day) if day > today => Err(Error::field("gia-ngay", "tourism-day-ahead")),
        _ => Ok(()),
    }
}

fn known(field: &'static str, list: &[Word], codes: &mut Vec<String>) -> Result<()> {
    codes.sort_unstable();
    codes.dedup();
    if codes.iter().all(|code| list.iter().any(|word| word.code == *code)) {
        Ok(())
    } else {
        Err(Error::field(field, "error-choose"))
    }
}

fn honour(today: NaiveDate, draft: &Draft) -> Result<()> {
    let said = !draft.honour_no.is_empty() || !draft.honour_by.is_empty() || draft.honour_on.is_some();
    if said && draft.honour.is_empty() {
        return Err(Error::field("danh-hieu", "tourism-honour-empty"));
    }
    if draft.honour_on.is_some_and(|day| day > today) {
        return Err(Error::field("danh-hieu-ngay", "tourism-day-ahead"));
    }
    Ok(())
}

fn held(dates: &Dates) -> Result<()> {
    let wrong = |field: &'static str, key: &'static str| Err(Error::field(field, key));
    match *dates {
        Dates::Lunar { day, month, .. } if !(1..=30).contains(&day) || !(1..=12).contains(&month) => {
            wrong("le-ngay", "tourism-lunar-wrong")
        }
        // A leap year, so that 29 February is a day.
        Dates::Solar { day, month, .. }
            if NaiveDate::from_ymd_opt(2028, u32::from(month), u32::from(day)).is_none() =>
        {
            wrong("le-ngay", "tourism-solar-wrong")
        }
        Dates::Lunar { days, .. } | Dates::Solar { days, .. } if !(1..=DAYS_MOST).contains(&days) => {
            let message = Message::new("tourism-days-wrong").with("limit", i64::from(DAYS_MOST));
            Err(Error::field("le-keo-dai", message))
        }
        Dates::Once { from, until } if until < from => wrong("le-den", "tourism-once-order"),
        Dates::Once { from, until } if (until - from).num_days() >= i64::from(DAYS_MOST) => {
            let message = Message::new("tourism-days-wrong").with("limit", i64::from(DAYS_MOST));
            Err(Error::field("le-den", message))
        }
        _ => Ok(()),
    }
}

/// A telephone number: a Vietnamese one, or with its country in front, as visitors have it.
///
/// # Errors
/// At the field.
pub(crate) fn phone(field: &'static str, text: &str) -> Result<String> {
    if let Ok(phone) = Phone::parse(text) {
        return Ok(phone.stored().to_owned());
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let abroad = text.trim().starts_with('+')
        && (8..=15).contains(&digits.len())
        && text.chars().all(|c| c.is_ascii_digit() || " +-.()".contains(c));
    if abroad { Ok(format!("+{digits}")) } else { Err(Error::field(field, "tourism-phone-wrong")) }
}

/// As people write it: `0912 345 678`.
pub(crate) fn phone_shown(stored: &str) -> String {
    Phone::parse(stored).map_or_else(|_| stored.to_owned(), |phone| phone.shown())
}

/// # Errors
/// At the field.
pub(crate) fn email(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    let whole = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
    });
    if whole && text.len() < 255 && !text.chars().any(|c| c.is_whitespace() || "<>\"',;".contains(c)) {
        Ok(text.to_owned())
    } else {
        Err(Error::field(field, "tourism-email-wrong"))
    }
}

/// # Errors
/// At the field.
pub(super) fn web(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let whole = host.is_some_and(|host| host.contains('.'))
        && text.len() < 300
        && !text.chars().any(|c| c.is_whitespace() || "<>\"'".contains(c));
    if whole { Ok(text.to_owned()) } else { Err(Error::field(field, "tourism-web-wrong")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_of_here_and_abroad() {
        assert_eq!(phone("x", "0912 345 678").unwrap(), "+84912345678");
        assert_eq!(phone("x", "+49 (30) 1234-5678").unwrap(), "+493012345678");
        for wrong in ["", "12", "abc", "+12", "0912 345 67x", "+1 234 567 890 123 456 7"] {
            assert!(phone("x", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn addresses_are_addresses() {
        assert!(email("x", "a@b.vn").is_ok());
        for wrong in ["a@b", "@b.vn", "a b@c.vn", "a@b@c.vn", "<a@b.vn>", "a@.vn"] {
            assert!(email("x", wrong).is_err(), "{wrong}");
        }
        assert!(web("x", "https://giaphu.example/a").is_ok());
        for wrong in ["javascript:alert(1)", "giaphu.example", "https://x", "https://a.vn/\"x"] {
            assert!(web("x", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_that_no_calendar_has() {
        let lunar = |day, month, days| held(&Dates::Lunar { day, month, days });
        assert!(lunar(30, 12, 3).is_ok());
        assert!(lunar(31, 1, 1).is_err() && lunar(8, 13, 1).is_err() && lunar(8, 1, 0).is_err());
        let solar = |day, month| held(&Dates::Solar { day, month, days: 1 });
        assert!(solar(29, 2).is_ok() && solar(31, 4).is_err() && solar(0, 4).is_err());
    }
}
