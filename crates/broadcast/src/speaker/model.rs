//! A loudspeaker cluster and how it stands.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Uuid, choice};
use sea_orm::FromQueryResult;
use serde_json::Value;
use ui::Status;
use units::place::Point;

choice! {
    /// How a cluster is reached.
    Kind, "broadcast-speaker-kind", {
        /// It answers to us.
        Own = "own",
        /// It answers to a vendor's system only.
        Vendor = "vendor",
        /// By wire or FM, without information technology.
        Wired = "wired",
    }
}

choice! {
    Happened, "broadcast-speaker-happened", {
        Added = "added", Changed = "changed", Set = "set", Ordered = "ordered", Token = "token",
        Silent = "silent", Back = "back", Retired = "retired",
    }
}

choice! {
    /// How a cluster stands now.
    Standing, "broadcast-speaker-standing", {
        Heard = "heard",
        /// It has said nothing for two minutes.
        Silent = "silent",
        Never = "never",
        /// It cannot tell: another system has its word, or nobody.
        Mute = "mute",
        Retired = "retired",
    }
}

impl Standing {
    pub fn status(self) -> Status {
        match self {
            Standing::Heard => Status::Done,
            Standing::Silent => Status::Late,
            Standing::Never => Status::Waiting,
            Standing::Mute | Standing::Retired => Status::Off,
        }
    }

    /// The look of its pin.
    pub fn pin(self) -> &'static str {
        match self {
            Standing::Heard => "done",
            Standing::Silent => "late",
            _ => "open",
        }
    }
}

/// A loudspeaker cluster.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Speaker {
    pub id: Uuid,
    /// The village in which it stands.
    pub unit_id: Uuid,
    pub name: String,
    pub kind: Kind,
    /// Where it hangs, in words.
    pub place: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub horns: i64,
    pub watts: i64,
    pub model: String,
    pub vendor_code: String,
    pub since_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
    pub(crate) token_hash: String,
    pub(crate) token: String,
    pub on_plan: bool,
    /// 0 to 100, as the loudness of alarms.
    pub volume: i64,
    pub alarm_volume: i64,
    pub muted: bool,
    pub settings: i64,
    pub settings_sent: i64,
    pub heard_at: Option<DateTime<Utc>>,
    /// The last status as it was told, `{}` before the first.
    pub heard: Value,
    pub silent_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

impl Speaker {
    pub fn path(&self) -> String {
        format!("{}/loa/{}", crate::WORK, self.id)
    }

    pub fn point(&self) -> Option<Point> {
        Point::new(self.lat?, self.lon?)
    }

    pub fn in_service(&self, on: NaiveDate) -> bool {
        self.since_on <= on && self.until_on.is_none_or(|until| until > on)
    }

    pub(crate) fn standing(&self, ctx: &Ctx) -> Standing {
        match self.heard_at {
            _ if !self.in_service(ctx.today()) => Standing::Retired,
            _ if self.kind != Kind::Own => Standing::Mute,
            None => Standing::Never,
            Some(at) if ctx.now - at <= super::SILENCE => Standing::Heard,
            Some(_) => Standing::Silent,
        }
    }

    /// The last status; nothing when none came, or one that cannot be read.
    pub(crate) fn status(&self) -> Option<speakerlink::Status> {
        serde_json::from_value(self.heard.clone()).ok()
    }
}
