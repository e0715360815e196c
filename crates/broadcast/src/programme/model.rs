//! What a programme is.

use chrono::{DateTime, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use serde_json::Value;

choice! {
    /// What it is made of.
    Form, "broadcast-form", { Sound = "sound", Text = "text", Relay = "relay" }
}

choice! {
    State, "broadcast-state", {
        Draft = "draft", Submitted = "submitted", Returned = "returned", Approved = "approved", Withdrawn = "withdrawn",
    }
}

impl State {
    pub fn status(self) -> ui::Status {
        match self {
            State::Draft | State::Withdrawn => ui::Status::Off,
            State::Submitted => ui::Status::Waiting,
            State::Returned => ui::Status::Soon,
            State::Approved => ui::Status::Done,
        }
    }
}

choice! {
    /// Whether it can be heard.
    Ready, "broadcast-ready", { None = "none", Waiting = "waiting", Ready = "ready", Failed = "failed" }
}

choice! {
    Happened, "broadcast-happened", {
        Made = "made", Changed = "changed", Submitted = "submitted", Returned = "returned", Approved = "approved",
        Withdrawn = "withdrawn",
    }
}

/// A programme as it stands.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Programme {
    pub id: Uuid,
    pub title: String,
    /// Codes of `data/broadcast`.
    pub kind: String,
    pub origin: String,
    pub language: String,
    pub form: Form,
    /// What the voice reads, or what is said in the recording.
    pub words: String,
    /// Of another station's stream.
    pub address: String,
    pub state: State,
    pub ready: Ready,
    /// The key of what hinders it from being heard.
    pub why: String,
    pub file_id: Option<Uuid>,
    /// Milliseconds; 0 for a stream.
    pub length: i64,
    /// Hundredths of a decibel that bring it to the loudness of all.
    pub gain: i64,
    /// Hundredths of LUFS; none for silence.
    pub loudness: Option<i64>,
    pub wave: Value,
    pub reason: String,
    pub drafted_by: Option<Uuid>,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTime<Utc>>,
    pub aired_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
    pub revision: i64,
}

impl Programme {
    pub fn path(&self) -> String {
        format!("{}/chuong-trinh/{}", crate::WORK, self.id)
    }

    /// Whole seconds, rounded up, so that the last syllable is heard.
    pub fn seconds(&self) -> i64 {
        self.length.div_euclid(1_000) + i64::from(self.length % 1_000 > 0)
    }

    /// It can go on air as soon as a leader has approved it.
    pub fn sounds(&self) -> bool {
        self.form == Form::Relay || self.ready == Ready::Ready
    }
}

/// What somebody typed.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub title: String,
    pub kind: String,
    pub origin: String,
    pub language: String,
    pub form: Option<Form>,
    pub words: String,
    pub address: String,
}
