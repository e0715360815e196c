//! What is kept of a place.

use super::kind::Kind;
use crate::dates::Dates;
use chrono::{DateTime, NaiveDate, Utc};
use platform::{Lang, Uuid, choice};
use sea_orm::{DbErr, FromQueryResult, QueryResult, TryGetError, TryGetable};
use serde::{Deserialize, Serialize};
use ui::Status;
use units::place::Point;

choice! {
    State, "tourism-state", {
        Draft = "draft",
        /// It waits for a leader.
        Submitted = "submitted",
        /// The leader gave it back with a word.
        Returned = "returned",
        Published = "published",
        Down = "down",
    }
}

impl State {
    pub fn status(self) -> Status {
        match self {
            State::Draft => Status::Info,
            State::Submitted => Status::Waiting,
            State::Returned => Status::Soon,
            State::Published => Status::Done,
            State::Down => Status::Off,
        }
    }
}

choice! {
    Happened, "tourism-happened", {
        Submitted = "submitted",
        Returned = "returned",
        Published = "published",
        Corrected = "corrected",
        Down = "down",
        /// A festival is not held in one year.
        Skipped = "skipped",
        Consented = "consented",
        Withdrawn = "withdrawn",
    }
}

/// What is written of a place. Texts are Markdown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    pub kind: Kind,
    pub name: String,
    pub name_en: String,
    pub summary: String,
    pub summary_en: String,
    pub body: String,
    pub body_en: String,
    pub village: Option<Uuid>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// How one gets there.
    pub way: String,
    pub way_en: String,
    /// Good months, 1 to 12, in order.
    pub months: Vec<u8>,
    pub hours: String,
    pub hours_en: String,
    /// Đồng, for what `price_for` says, as it was told on a day.
    pub price_from: Option<i64>,
    pub price_to: Option<i64>,
    pub price_for: String,
    pub price_for_en: String,
    pub price_on: Option<NaiveDate>,
    pub facilities: Vec<String>,
    pub languages: Vec<String>,
    pub capacity: Option<i64>,
    /// What it was recognised as, or what is licensed; by whom, under which number and when.
    pub honour: String,
    pub honour_en: String,
    pub honour_no: String,
    pub honour_by: String,
    pub honour_on: Option<NaiveDate>,
    /// News under this tag belong to it.
    pub tag: String,
    pub organisation: Option<Uuid>,
    pub dates: Option<Dates>,
}

impl TryGetable for Draft {
    fn try_get_by<I: sea_orm::ColIdx>(row: &QueryResult, at: I) -> Result<Draft, TryGetError> {
        let value: serde_json::Value = TryGetable::try_get_by(row, at)?;
        serde_json::from_value(value).map_err(|wrong| DbErr::Json(wrong.to_string()).into())
    }
}

/// The bit of a month in `months`.
pub(crate) fn month_bit(month: u8) -> i64 {
    1 << (month.clamp(1, 12) - 1)
}

impl Draft {
    pub fn point(&self) -> Option<Point> {
        Point::new(self.lat?, self.lon?)
    }

    pub fn month_bits(&self) -> i64 {
        self.months.iter().map(|month| month_bit(*month)).sum()
    }

    /// `,wifi,meals,`: one word is found between its commas.
    pub fn facility_words(&self) -> String {
        if self.facilities.is_empty() { String::new() } else { format!(",{},", self.facilities.join(",")) }
    }

    pub fn name(&self, lang: Lang) -> &str {
        pick(lang, &self.name, &self.name_en)
    }

    /// Visitors who read English find all that matters.
    pub fn is_english(&self) -> bool {
        !self.name_en.is_empty() && !self.summary_en.is_empty() && !self.body_en.is_empty()
    }
}

/// The English words where they are wanted and there.
fn pick<'a>(lang: Lang, vi: &'a str, en: &'a str) -> &'a str {
    if lang == Lang::En && !en.is_empty() { en } else { vi }
}

/// The place with all that its page needs.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Place {
    pub id: Uuid,
    pub kind: Kind,
    pub slug: String,
    pub state: State,
    pub content: Draft,
    pub html: String,
    pub html_en: String,
    pub cover_id: Option<Uuid>,
    pub drafted_by: Option<Uuid>,
    pub approved_by: Option<Uuid>,
    pub published_at: Option<DateTime<Utc>>,
    pub reason: String,
    pub preview_key: String,
    pub views: i64,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
    pub revision: i64,
}

impl Place {
    pub fn path(&self) -> String {
        format!("{}/{}", crate::PATH, self.slug)
    }

    pub fn work_path(&self) -> String {
        format!("{}/{}", crate::WORK, self.id)
    }

    pub fn preview_path(&self) -> String {
        format!("{}/xem-truoc/{}/{}", crate::PATH, self.id, self.preview_key)
    }

    /// Its writer may write on it.
    pub fn open(&self) -> bool {
        matches!(self.state, State::Draft | State::Returned)
    }
}

/// What lists show of a place.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Brief {
    pub id: Uuid,
    pub kind: Kind,
    pub slug: String,
    pub state: State,
    pub content: Draft,
    pub cover_id: Option<Uuid>,
    pub cover_alt: Option<String>,
    pub cover_alt_en: Option<String>,
    pub drafted_by: Option<Uuid>,
    pub updated_at: DateTime<Utc>,
    pub revision: i64,
    pub views: i64,
}

impl Brief {
    pub fn path(&self) -> String {
        format!("{}/{}", crate::PATH, self.slug)
    }

    pub fn cover_alt(&self, lang: Lang) -> String {
        let (vi, en) = (self.cover_alt.as_deref(), self.cover_alt_en.as_deref());
        pick(lang, vi.unwrap_or_default(), en.unwrap_or_default()).to_owned()
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Event {
    pub happened: Happened,
    pub account_id: Option<Uuid>,
    pub note: String,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Picture {
    pub id: Uuid,
    pub place_id: Uuid,
    pub position: i64,
    pub name: String,
    pub alt: String,
    pub alt_en: String,
    pub credit: String,
    pub file_id: Uuid,
    pub middle_id: Option<Uuid>,
    pub small_id: Option<Uuid>,
    pub width: i64,
    pub height: i64,
}

impl Picture {
    pub fn alt(&self, lang: Lang) -> &str {
        pick(lang, &self.alt, &self.alt_en)
    }

    pub fn url(&self, size: &str) -> String {
        format!("{}/anh/{}/{size}", crate::PATH, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_facilities_are_found_by_their_mark() {
        let one = Draft {
            months: vec![1, 9, 12],
            facilities: vec!["wifi".into(), "meals".into()],
            ..Draft::default()
        };
        assert_eq!(one.month_bits(), month_bit(1) | month_bit(9) | month_bit(12));
        assert_eq!(one.month_bits() & month_bit(2), 0);
        assert_eq!(one.facility_words(), ",wifi,meals,");
        assert_eq!(Draft::default().facility_words(), "");
    }

    #[test]
    fn a_name_stays_vietnamese_where_there_is_no_english() {
        let one = Draft { name: "Thác Thử".into(), ..Draft::default() };
        assert_eq!(one.name(Lang::En), "Thác Thử");
        assert!(!one.is_english());
    }
}
