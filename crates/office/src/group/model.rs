//! A group and where it lives.

use chrono::NaiveDate;
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;

choice! {
    Platform, "office-group-platform", {
        Zalo = "zalo",
        Facebook = "facebook",
        Viber = "viber",
        Telegram = "telegram",
        Other = "other",
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Group {
    pub id: Uuid,
    pub name: String,
    pub platform: Platform,
    /// The link by which it is opened; may be empty.
    pub address: String,
    /// Who is in it, in words.
    pub members: String,
    pub opened_on: NaiveDate,
    /// The last day on which it was used.
    pub ended_on: Option<NaiveDate>,
    pub revision: i64,
}
