//! An emergency notice and how it stands.

use chrono::{DateTime, Utc};
use platform::{Ctx, Lang, Uuid, choice};
use sea_orm::FromQueryResult;
use std::collections::BTreeSet;
use ui::Status;

choice! {
    Standing, "emergency-state", {
        /// For a second pair of eyes.
        Asked = "asked",
        Running = "running",
        TakenBack = "taken-back",
        Over = "over",
        /// Its end came before anybody sent it out.
        Missed = "missed",
    }
}

impl Standing {
    pub fn status(self) -> Status {
        match self {
            Standing::Asked => Status::Waiting,
            Standing::Running => Status::Late,
            Standing::TakenBack => Status::Soon,
            Standing::Over => Status::Done,
            Standing::Missed => Status::Off,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Emergency {
    pub id: Uuid,
    pub title: String,
    pub body: String,
    /// `""` where nobody wrote it in English.
    pub title_en: String,
    pub body_en: String,
    pub asked_by: Option<Uuid>,
    pub asked_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub published_by: Option<Uuid>,
    pub published_at: Option<DateTime<Utc>>,
    pub taken_by: Option<Uuid>,
    pub taken_at: Option<DateTime<Utc>>,
    pub correction: String,
    pub correction_en: String,
    /// So long it stands above every page: to its end, or to that of its correction.
    pub shown_until: DateTime<Utc>,
    pub bulletin_id: Option<Uuid>,
    pub(super) villages: String,
    /// An exercise: it says so wherever it is read or heard.
    pub drill: bool,
    /// Without a siren.
    pub quiet: bool,
    /// Who sent it, when it came from a higher level, and the identifier of its CAP message.
    pub sender: String,
    pub cap_id: String,
    pub revision: i64,
}

impl Emergency {
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }

    pub fn public_path(&self) -> String {
        format!("{}/{}", super::PUBLIC, self.id)
    }

    /// Where it sounds; empty is everywhere.
    pub fn villages(&self) -> BTreeSet<Uuid> {
        self.villages.split(',').filter_map(|id| id.parse().ok()).collect()
    }

    pub fn standing(&self, ctx: &Ctx) -> Standing {
        match (self.published_at, self.taken_at) {
            (_, Some(_)) => Standing::TakenBack,
            (Some(_), None) if self.ends_at > ctx.now => Standing::Running,
            (Some(_), None) => Standing::Over,
            (None, None) if self.ends_at > ctx.now => Standing::Asked,
            (None, None) => Standing::Missed,
        }
    }

    /// Title and words for a reader, and the language in which they are: Vietnamese where nobody wrote the other.
    pub fn words(&self, lang: Lang) -> (&str, &str, Lang) {
        if lang == Lang::En && !self.title_en.is_empty() {
            (&self.title_en, &self.body_en, Lang::En)
        } else {
            (&self.title, &self.body, Lang::Vi)
        }
    }

    pub fn correction(&self, lang: Lang) -> (&str, Lang) {
        if lang == Lang::En && !self.correction_en.is_empty() {
            (&self.correction_en, Lang::En)
        } else {
            (&self.correction, Lang::Vi)
        }
    }
}
