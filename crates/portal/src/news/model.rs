//! What an article is.

use chrono::{DateTime, Utc};
use platform::{Lang, Uuid, choice};
use sea_orm::{DbErr, FromQueryResult, QueryResult, TryGetError, TryGetable};
use serde::{Deserialize, Serialize};
use ui::Status;
pub use vntext::slug;

choice! {
    State, "news-state", {
        Draft = "draft",
        /// It waits for a leader.
        Submitted = "submitted",
        /// The leader gave it back with a word.
        Returned = "returned",
        /// Approved for a later hour.
        Scheduled = "scheduled",
        Published = "published",
        Down = "down",
    }
}

impl State {
    pub fn status(self) -> Status {
        match self {
            State::Draft => Status::Info,
            State::Submitted | State::Scheduled => Status::Waiting,
            State::Returned => Status::Soon,
            State::Published => Status::Done,
            State::Down => Status::Off,
        }
    }
}

choice! {
    Happened, "news-happened", {
        Submitted = "submitted",
        Returned = "returned",
        Approved = "approved",
        Published = "published",
        Corrected = "corrected",
        Down = "down",
        Imported = "imported",
    }
}

choice! {
    MediaKind, "news-media", {
        Picture = "picture",
        Video = "video",
        File = "file",
    }
}

/// What the writer writes. The body is Markdown; pictures and videos are named in it by their number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = ArticleContent)]
pub struct Draft {
    /// A code of `data/news-sections`.
    pub section: String,
    pub title: String,
    pub summary: String,
    pub body: String,
    /// With commas between them.
    pub tags: String,
    pub author: String,
    pub source: String,
    pub closed: bool,
    pub title_en: String,
    pub summary_en: String,
    pub body_en: String,
}

impl TryGetable for Draft {
    fn try_get_by<I: sea_orm::ColIdx>(row: &QueryResult, at: I) -> Result<Draft, TryGetError> {
        let value: serde_json::Value = TryGetable::try_get_by(row, at)?;
        serde_json::from_value(value).map_err(|wrong| DbErr::Json(wrong.to_string()).into())
    }
}

impl Draft {
    /// The tags: address and name.
    pub fn tag_list(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::new();
        for name in self.tags.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
            let slug = slug(name);
            if !slug.is_empty() && all.iter().all(|(known, _)| *known != slug) {
                all.push((slug, name.to_owned()));
            }
        }
        all
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Article {
    pub id: Uuid,
    pub section: String,
    pub slug: String,
    pub state: State,
    pub content: Draft,
    pub html: String,
    pub html_en: String,
    pub words: i64,
    pub cover_id: Option<Uuid>,
    pub drafted_by: Option<Uuid>,
    pub approved_by: Option<Uuid>,
    pub publish_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
    pub reason: String,
    pub preview_key: String,
    /// It goes to the Facebook page as soon as it is published.
    pub to_page: bool,
    pub bulletin_id: Option<Uuid>,
    pub views: i64,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
    pub revision: i64,
}

/// Words that a reader reads in a minute.
const PACE: i64 = 200;

impl Article {
    /// Where everybody reads it.
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.slug)
    }

    /// Where it is written.
    pub fn work_path(&self) -> String {
        format!("{}/{}", super::WORK, self.id)
    }

    pub fn preview_path(&self) -> String {
        format!("{}/xem-truoc/{}/{}", super::PATH, self.id, self.preview_key)
    }

    /// Its writer may write on it.
    pub fn open(&self) -> bool {
        matches!(self.state, State::Draft | State::Returned)
    }

    pub fn minutes(&self) -> i64 {
        (self.words + PACE / 2).max(PACE) / PACE
    }

    /// In the reader's language where it has been translated: title, summary, HTML, and the language of these.
    pub fn in_words(&self, lang: Lang) -> (&str, &str, &str, &'static str) {
        let one = &self.content;
        if lang == Lang::En && !one.title_en.is_empty() && !self.html_en.is_empty() {
            (&one.title_en, &one.summary_en, &self.html_en, "en")
        } else {
            (&one.title, &one.summary, &self.html, "vi")
        }
    }

    pub fn title(&self, lang: Lang) -> String {
        self.in_words(lang).0.to_owned()
    }
}

/// What lists show of an article, without its text.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Brief {
    pub id: Uuid,
    pub section: String,
    pub slug: String,
    pub state: State,
    pub content: Draft,
    pub published_at: Option<DateTime<Utc>>,
    pub publish_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
    pub drafted_by: Option<Uuid>,
    pub cover_id: Option<Uuid>,
    pub cover_alt: Option<String>,
    pub views: i64,
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Version {
    pub serial: i64,
    pub content: Draft,
    pub account_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Event {
    pub happened: Happened,
    pub account_id: Option<Uuid>,
    pub note: String,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Media {
    pub id: Uuid,
    pub article_id: Uuid,
    pub serial: i64,
    pub kind: MediaKind,
    pub name: String,
    pub alt: String,
    pub caption: String,
    pub file_id: Uuid,
    pub middle_id: Option<Uuid>,
    pub small_id: Option<Uuid>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub byte_count: i64,
}

impl Media {
    /// How the text names it.
    pub fn mark(&self) -> String {
        let word = match self.kind {
            MediaKind::Picture => "ảnh",
            MediaKind::Video => "video",
            MediaKind::File => "tệp",
        };
        format!("[{word} {}]", self.serial)
    }

    pub fn url(&self, size: &str) -> String {
        format!("{}/anh/{}/{size}", super::PATH, self.id)
    }

    /// The size in words: `1,2 MB`.
    pub fn weight(&self) -> String {
        let kilobytes = (self.byte_count + 1023) / 1024;
        if kilobytes < 1024 {
            return format!("{kilobytes} kB");
        }
        format!("{},{} MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_tags_are_one() {
        let tags =
            Draft { tags: "Chuyển đổi số, thôn;chuyen doi so,,".into(), ..Draft::default() }.tag_list();
        assert_eq!(tags.len(), 2);
        assert_eq!(tags[0], ("chuyen-doi-so".into(), "Chuyển đổi số".into()));
    }
}
