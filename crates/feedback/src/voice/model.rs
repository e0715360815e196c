//! One matter that somebody wrote about to the page or to Zalo.

use chrono::{DateTime, Utc};
use messages::channel::Channel;
use messages::channel::voice::{Line, Side};
use platform::{Ctx, Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

choice! {
    Standing, "feedback-voice-state", {
        Waiting = "waiting",
        /// It became a report.
        Report = "report",
        /// It says the same as a report that was there.
        Joined = "joined",
        Answered = "answered",
        /// Nothing for the office to do.
        Aside = "aside",
        /// Its writer took everything back.
        Withdrawn = "withdrawn",
    }
}

choice! {
    /// Why something is set aside.
    Why, "feedback-voice-why", { Nothing = "nothing", Spam = "spam", Insult = "insult" }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Matter {
    pub id: Uuid,
    pub talk_id: Uuid,
    pub number: i64,
    pub channel: Channel,
    pub from_line: Uuid,
    pub last_line: Uuid,
    pub state: Standing,
    pub why: Option<Why>,
    pub closed: bool,
    pub cleared: bool,
    pub report_id: Option<Uuid>,
    pub tells: bool,
    pub heard_at: DateTime<Utc>,
    pub by_id: Option<Uuid>,
    pub settled_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

impl Matter {
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }

    pub fn badge(&self, ctx: &Ctx) -> ui::Html {
        let t = ctx.t();
        let status = match self.state {
            Standing::Waiting => Status::Waiting,
            Standing::Report | Standing::Joined => Status::Active,
            Standing::Answered => Status::Done,
            Standing::Aside | Standing::Withdrawn => Status::Off,
        };
        let word = match self.why {
            Some(why) if self.state == Standing::Aside => t.t(why.text_key()),
            _ => t.t(self.state.text_key()),
        };
        status.badge(&word)
    }

    /// Its lines among those of the talk, given where the next matter begins; by the time at which they were said.
    pub fn lines(&self, all: &[Line], next: Option<Uuid>) -> Vec<Line> {
        let mine = |line: &&Line| line.id >= self.from_line && next.is_none_or(|next| line.id < next);
        let mut mine: Vec<Line> = all.iter().filter(mine).cloned().collect();
        mine.sort_by_key(|line| (line.said_at, line.id));
        mine
    }
}

/// What the person said and did not take back, as one text.
pub fn words(lines: &[Line]) -> String {
    let said = lines.iter().filter(|line| line.side == Side::Heard && line.deleted_at.is_none());
    let words: Vec<&str> = said.map(|line| line.body.as_str()).filter(|body| !body.is_empty()).collect();
    words.join("\n")
}
