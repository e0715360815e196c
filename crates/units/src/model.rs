//! What a unit is.

use chrono::NaiveDate;
use platform::{Error, Uuid};
use sea_orm::FromQueryResult;

/// The level of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Province,
    /// Until 30 June 2025; rows of the past keep it.
    District,
    Commune,
    Village,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Province, Kind::District, Kind::Commune, Kind::Village];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Province => "province",
            Kind::District => "district",
            Kind::Commune => "commune",
            Kind::Village => "village",
        }
    }

    pub fn parse(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The key of its name in the locales.
    pub fn text_key(self) -> &'static str {
        match self {
            Kind::Province => "unit-province",
            Kind::District => "unit-district",
            Kind::Commune => "unit-commune",
            Kind::Village => "unit-village",
        }
    }

    /// May a unit of this level stand directly under one of `parent`? Communes stand under a district until
    /// June 2025 and under the province since.
    pub fn fits_under(self, parent: Kind) -> bool {
        matches!(
            (self, parent),
            (Kind::District | Kind::Commune, Kind::Province)
                | (Kind::Commune, Kind::District)
                | (Kind::Village, Kind::Commune)
        )
    }
}

/// A unit on one day.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unit {
    pub id: Uuid,
    pub kind: Kind,
    /// The official code, `""` for villages without one.
    pub code: String,
    /// As people write it: "Xã Gia Phú", "Thôn Đông Căm".
    pub name: String,
    pub sort_key: String,
    /// Its word in addresses: `/thon/dong-cam`. Never changes.
    pub slug: String,
    pub parent_id: Option<Uuid>,
    /// The first and last day of the unit itself, not of this name.
    pub valid_from: NaiveDate,
    pub valid_to: NaiveDate,
    pub note: String,
    pub revision: i64,
}

impl Unit {
    /// As it stands on a map: "Đông Căm" for "Thôn Đông Căm"; a village with a number keeps its word.
    pub fn short_name(&self) -> &str {
        let rest = self.name.strip_prefix("Thôn ");
        rest.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(&self.name)
    }

    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && day <= self.valid_to
    }
}

/// A unit to be made.
#[derive(Debug, Clone)]
pub struct NewUnit {
    pub kind: Kind,
    pub code: String,
    pub name: String,
    pub parent_id: Option<Uuid>,
    pub valid_from: NaiveDate,
    pub note: String,
    /// The paper that says so: "Nghị quyết 1673/NQ-UBTVQH15".
    pub source: String,
}

/// A unit that was made from another.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct Succession {
    pub from_id: Uuid,
    pub to_id: Uuid,
    /// The first day of the new state.
    pub on_date: NaiveDate,
    pub source: String,
}

/// The row as it is stored; the kind is text there.
#[derive(FromQueryResult)]
pub(crate) struct UnitRow {
    id: Uuid,
    kind: String,
    code: String,
    name: String,
    sort_key: String,
    slug: String,
    parent_id: Option<Uuid>,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    note: String,
    revision: i64,
}

impl TryFrom<UnitRow> for Unit {
    type Error = Error;

    fn try_from(row: UnitRow) -> Result<Unit, Error> {
        let kind =
            Kind::parse(&row.kind).ok_or_else(|| Error::internal(format!("unit kind {}", row.kind)))?;
        Ok(Unit {
            id: row.id,
            kind,
            code: row.code,
            name: row.name,
            sort_key: row.sort_key,
            slug: row.slug,
            parent_id: row.parent_id,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            note: row.note,
            revision: row.revision,
        })
    }
}

/// The word of a name in addresses, without the level: "Thôn Đông Căm" is `dong-cam`, "Thôn 06" is `thon-06`.
pub fn slug_of(name: &str) -> String {
    let folded = vntext::fold(name);
    let short =
        ["thon ", "ban ", "xom ", "ap ", "to dan pho "].iter().find_map(|level| folded.strip_prefix(level));
    let kept = short.filter(|rest| rest.chars().next().is_some_and(char::is_alphabetic)).unwrap_or(&folded);
    let words: Vec<&str> =
        kept.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_short_words() {
        assert_eq!(slug_of("Thôn Đông Căm"), "dong-cam");
        assert_eq!(slug_of("Thôn 06"), "thon-06");
        assert_eq!(slug_of("Xã Gia Phú"), "xa-gia-phu");
        assert_eq!(slug_of("Tổ dân phố Bến Đền"), "ben-den");
    }

    #[test]
    fn levels_stand_where_the_law_puts_them() {
        assert!(Kind::Commune.fits_under(Kind::District) && Kind::Commune.fits_under(Kind::Province));
        assert!(!Kind::Village.fits_under(Kind::District) && !Kind::Province.fits_under(Kind::Province));
        assert!(Kind::ALL.into_iter().all(|kind| Kind::parse(kind.code()) == Some(kind)));
    }
}
