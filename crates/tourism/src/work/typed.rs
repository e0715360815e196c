//! The fields of the form, read into a draft, and back.

use crate::dates::Dates;
use crate::place::{Draft, Kind};
use platform::http::Form;
use platform::{Error, Result};
use units::place::Point;

/// What the form holds.
///
/// # Errors
/// At the field that cannot be read.
pub(super) fn draft(sent: &Form) -> Result<Draft> {
    let text = |name: &str| sent.text(name).to_owned();
    let point = Point::parse(sent.text("vi-do"), sent.text("kinh-do"))?;
    let kind = Kind::parse(sent.text("loai")).ok_or_else(|| Error::field("loai", "error-choose"))?;
    Ok(Draft {
        kind,
        name: text("ten"),
        name_en: text("ten-en"),
        summary: text("gioi-thieu"),
        summary_en: text("gioi-thieu-en"),
        body: text("noi-dung"),
        body_en: text("noi-dung-en"),
        village: sent.id("thon")?,
        lat: point.map(|point| point.lat),
        lon: point.map(|point| point.lon),
        way: text("duong-den"),
        way_en: text("duong-den-en"),
        months: sent.all("thang").filter_map(|month| month.parse().ok()).collect(),
        hours: text("gio-mo"),
        hours_en: text("gio-mo-en"),
        price_from: sent.whole("gia-tu")?,
        price_to: sent.whole("gia-den")?,
        price_for: text("gia-cho"),
        price_for_en: text("gia-cho-en"),
        price_on: sent.date("gia-ngay")?,
        facilities: sent.all("tien-nghi").map(str::to_owned).collect(),
        languages: sent.all("ngon-ngu").map(str::to_owned).collect(),
        capacity: sent.whole("suc-chua")?,
        honour: text("danh-hieu"),
        honour_en: text("danh-hieu-en"),
        honour_no: text("danh-hieu-so"),
        honour_by: text("danh-hieu-cua"),
        honour_on: sent.date("danh-hieu-ngay")?,
        tag: text("the"),
        organisation: sent.id("to-chuc")?,
        dates: if kind == Kind::Festival { dates(sent)? } else { None },
    })
}

fn dates(sent: &Form) -> Result<Option<Dates>> {
    let small = |name: &'static str, key: &'static str| {
        let number = sent.whole(name)?.and_then(|number| u8::try_from(number).ok());
        number.ok_or_else(|| Error::field(name, key))
    };
    let rule = sent.text("le-lich");
    let wrong = if rule == "lunar" { "tourism-lunar-wrong" } else { "tourism-solar-wrong" };
    Ok(match rule {
        "lunar" | "solar" => {
            let (day, month) = (small("le-ngay", wrong)?, small("le-thang", wrong)?);
            let days =
                if sent.text("le-keo-dai").is_empty() { 1 } else { small("le-keo-dai", "error-number")? };
            Some(if rule == "lunar" {
                Dates::Lunar { day, month, days }
            } else {
                Dates::Solar { day, month, days }
            })
        }
        "once" => {
            let from = sent.date("le-tu")?.ok_or_else(|| Error::field("le-tu", "error-date"))?;
            Some(Dates::Once { from, until: sent.date("le-den")?.unwrap_or(from) })
        }
        _ => None,
    })
}

/// The fields as the form shows what is kept.
pub(super) fn fields(draft: &Draft, slug: &str) -> Form {
    let day = |day: Option<chrono::NaiveDate>| day.map(vntext::date).unwrap_or_default();
    let dong =
        |dong: Option<i64>| dong.map(|dong| vntext::number(dong, vntext::Lang::Vi)).unwrap_or_default();
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| format!("{degrees:.6}")).unwrap_or_default();
    let mut pairs: Vec<(&str, String)> = vec![
        ("loai", draft.kind.code().to_owned()),
        ("ten", draft.name.clone()),
        ("ten-en", draft.name_en.clone()),
        ("gioi-thieu", draft.summary.clone()),
        ("gioi-thieu-en", draft.summary_en.clone()),
        ("noi-dung", draft.body.clone()),
        ("noi-dung-en", draft.body_en.clone()),
        ("thon", draft.village.map(|id| id.to_string()).unwrap_or_default()),
        ("vi-do", degrees(draft.lat)),
        ("kinh-do", degrees(draft.lon)),
        ("duong-den", draft.way.clone()),
        ("duong-den-en", draft.way_en.clone()),
        ("gio-mo", draft.hours.clone()),
        ("gio-mo-en", draft.hours_en.clone()),
        ("gia-tu", dong(draft.price_from)),
        ("gia-den", dong(draft.price_to)),
        ("gia-cho", draft.price_for.clone()),
        ("gia-cho-en", draft.price_for_en.clone()),
        ("gia-ngay", day(draft.price_on)),
        ("suc-chua", draft.capacity.map(|n| n.to_string()).unwrap_or_default()),
        ("danh-hieu", draft.honour.clone()),
        ("danh-hieu-en", draft.honour_en.clone()),
        ("danh-hieu-so", draft.honour_no.clone()),
        ("danh-hieu-cua", draft.honour_by.clone()),
        ("danh-hieu-ngay", day(draft.honour_on)),
        ("the", draft.tag.clone()),
        ("to-chuc", draft.organisation.map(|id| id.to_string()).unwrap_or_default()),
        ("dia-chi", slug.to_owned()),
    ];
    pairs.extend(draft.months.iter().map(|month| ("thang", month.to_string())));
    pairs.extend(draft.facilities.iter().map(|code| ("tien-nghi", code.clone())));
    pairs.extend(draft.languages.iter().map(|code| ("ngon-ngu", code.clone())));
    pairs.extend(rule(draft.dates.as_ref()));
    Form::from_pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)))
}

fn rule(dates: Option<&Dates>) -> Vec<(&'static str, String)> {
    let Some(dates) = dates else { return Vec::new() };
    let mut all = vec![("le-lich", dates.word().to_owned())];
    match dates {
        Dates::Lunar { day, month, days } | Dates::Solar { day, month, days } => all.extend([
            ("le-ngay", day.to_string()),
            ("le-thang", month.to_string()),
            ("le-keo-dai", days.to_string()),
        ]),
        Dates::Once { from, until } => {
            all.extend([("le-tu", vntext::date(*from)), ("le-den", vntext::date(*until))]);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_again() {
        let one = Draft {
            kind: Kind::Festival,
            name: "Hội xuống đồng".into(),
            lat: Some(22.25),
            lon: Some(104.125),
            months: vec![1, 2],
            price_from: Some(150_000),
            price_on: "2026-03-01".parse().ok(),
            facilities: vec!["parking".into()],
            capacity: Some(40),
            dates: Some(Dates::Lunar { day: 8, month: 1, days: 2 }),
            ..Draft::default()
        };
        assert_eq!(draft(&fields(&one, "hoi")).unwrap(), one);
        let once = Dates::Once { from: "2026-05-01".parse().unwrap(), until: "2026-05-02".parse().unwrap() };
        let one = Draft { dates: Some(once), ..one };
        assert_eq!(draft(&fields(&one, "hoi")).unwrap(), one);
    }
}
