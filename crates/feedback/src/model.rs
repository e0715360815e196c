//! A report, its files, and what happened to it.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Uuid, choice, clock};
use sea_orm::FromQueryResult;
use ui::Status;

choice! {
    State, "feedback-state", {
        /// The sender is still asked something: whether it is a second report, whether the place is right.
        Held = "held",
        New = "new",
        Working = "working",
        /// The officer asked the sender for more.
        Asked = "asked",
        Answered = "answered",
        /// Another body is responsible; it was named.
        Elsewhere = "elsewhere",
        /// Not a matter for a report.
        Refused = "refused",
        /// The sender joined another report instead.
        Joined = "joined",
        /// The sender said that it is mended.
        Closed = "closed",
    }
}

choice! {
    Happened, "feedback-happened", {
        Sent = "sent",
        Accepted = "accepted",
        Passed = "passed",
        Asked = "asked",
        Supplied = "supplied",
        Note = "note",
        Progress = "progress",
        Answered = "answered",
        Elsewhere = "elsewhere",
        Refused = "refused",
        Shown = "shown",
        Unshown = "unshown",
        Reopened = "reopened",
        Rated = "rated",
        Fixed = "fixed",
        NotFixed = "not-fixed",
        AskedFixed = "asked-fixed",
        Reminded = "reminded",
        Escalated = "escalated",
        /// It was written to the page or to Zalo.
        FromVoice = "from-voice",
        /// Somebody wrote the same there.
        JoinedVoice = "joined-voice",
    }
}

impl Happened {
    /// What a sender does: whose it is stands with the report alone.
    pub fn by_sender(self) -> bool {
        use Happened::{Fixed, NotFixed, Rated, Reopened, Sent, Supplied};
        matches!(self, Sent | Supplied | Reopened | Rated | Fixed | NotFixed)
    }
}

// By which door it came.
choice! {
    Source, "feedback-source", { Web = "web", Api = "api", Facebook = "facebook", Zalo = "zalo" }
}

// What a file shows.
choice! {
    Part, "feedback-part", { Sent = "sent", Before = "before", After = "after" }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Report {
    pub id: Uuid,
    /// `PA26-0012`
    pub code: String,
    pub source: Source,
    pub kind: String,
    pub body: String,
    pub village_id: Option<Uuid>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub place_words: String,
    /// The point lies outside the commune, and the sender said that it is right.
    pub outside: bool,
    pub account_id: Option<Uuid>,
    pub contact_name: String,
    pub contact_phone: String,
    pub follow_hash: String,
    pub state: State,
    pub open: bool,
    /// Everybody sees it.
    pub shown: bool,
    /// A denunciation or a complaint against a decision: never public.
    pub closed: bool,
    pub holder_id: Option<Uuid>,
    pub sent_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub supporters: i64,
    pub reopened: i64,
    pub rating: Option<i64>,
    /// When its sender was asked whether it is really mended.
    pub asked_at: Option<DateTime<Utc>>,
    pub fixed: Option<bool>,
    pub escalated: bool,
    pub reminded_on: Option<NaiveDate>,
    pub revision: i64,
}

impl Report {
    pub fn path(&self) -> String {
        format!("/phan-anh/{}", self.code)
    }

    pub fn work_path(&self) -> String {
        format!("/lam-viec/phan-anh/{}", self.id)
    }

    pub fn late(&self, now: DateTime<Utc>) -> bool {
        self.due_at.is_some_and(|due| due < self.ended_at.unwrap_or(now))
    }

    /// Days past the last day, counted by the calendar.
    pub fn days_late(&self, now: DateTime<Utc>) -> i64 {
        let Some(due) = self.due_at.filter(|_| self.late(now)) else { return 0 };
        (clock::local_date(self.ended_at.unwrap_or(now)) - last_day(due)).num_days()
    }

    /// How it stands, for everybody: what is late says by how many days.
    pub fn badge(&self, ctx: &Ctx) -> ui::Html {
        let t = ctx.t();
        if self.open && self.late(ctx.now) {
            return Status::Late.badge(&t.n("feedback-late", "count", self.days_late(ctx.now)));
        }
        let status = match self.state {
            State::Held | State::New => Status::Waiting,
            State::Working => Status::Active,
            State::Asked => Status::Soon,
            State::Answered | State::Closed => Status::Done,
            State::Elsewhere => Status::Info,
            State::Refused | State::Joined => Status::Off,
        };
        status.badge(&t.t(self.state.text_key()))
    }

    /// The first words, as its name in lists.
    pub fn short(&self, most: usize) -> String {
        let line = self.body.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut short: String = line.chars().take(most).collect();
        if short.len() < line.len() {
            short.push('…');
        }
        short
    }

    pub fn point(&self) -> Option<units::place::Point> {
        units::place::Point::new(self.lat?, self.lon?)
    }
}

/// The last day of a deadline, which is the first moment of the day after it.
pub fn last_day(due: DateTime<Utc>) -> NaiveDate {
    clock::local_date(due - chrono::Duration::microseconds(1))
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Event {
    pub id: Uuid,
    pub what: Happened,
    pub words: String,
    /// The body to which it was handed, or whoever has it now.
    pub body_name: String,
    pub public: bool,
    pub by_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Kept {
    pub report_id: Uuid,
    pub id: Uuid,
    pub event_id: Uuid,
    pub file_id: Uuid,
    /// The same picture, small enough for a list on a weak signal.
    pub small_id: Option<Uuid>,
    pub part: Part,
    /// A voice note.
    pub sound: bool,
    pub hidden: bool,
}
