//! Meetings, attendance, votes, and the rule by which they are valid: `data/village-meetings`.

use chrono::NaiveDate;
use platform::{Ctx, Lang, Result, Uuid, choice};
use sea_orm::FromQueryResult;
use serde::Deserialize;
use std::sync::Arc;

choice! {
    State, "village-meeting-state", { Called = "called", Held = "held", Cancelled = "cancelled" }
}

choice! {
    How, "village-came", { Own = "self", Proxy = "proxy" }
}

/// A meeting of a village.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Meeting {
    pub id: Uuid,
    pub village_id: Uuid,
    pub title: String,
    pub agenda: String,
    pub place: String,
    pub day: NaiveDate,
    pub hour: String,
    pub state: State,
    pub homes: i64,
    pub present: i64,
    pub minutes: String,
    pub decisions: String,
    pub file_id: Option<Uuid>,
    pub notice_id: Option<Uuid>,
    pub revision: i64,
}

/// A show of hands.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Vote {
    pub id: Uuid,
    pub question: String,
    pub matter: String,
    pub yes: i64,
    pub no: i64,
    pub abstain: i64,
    pub present: i64,
    pub homes: i64,
    pub carried: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    Present,
    Households,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    pub code: String,
    vi: String,
    en: String,
    pub of: Of,
    pub over_percent: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Minutes {
    text: String,
}

/// The rule of a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub unverified: bool,
    pub law: String,
    pub quorum_percent: i64,
    pub matter: Vec<Matter>,
    minutes: Minutes,
}

impl Rule {
    pub fn on(ctx: &Ctx, day: NaiveDate) -> Result<Arc<Rule>> {
        Ok(ctx.app.law.in_force("village-meetings", day)?.content)
    }

    /// So many households are enough for a valid meeting.
    pub fn enough(&self, present: i64, homes: i64) -> bool {
        homes > 0 && present * 100 >= homes * self.quorum_percent
    }

    pub fn find(&self, code: &str) -> Option<&Matter> {
        self.matter.iter().find(|matter| matter.code == code)
    }

    /// What minutes begin with.
    pub fn minutes(&self, filled: &[(&str, String)]) -> String {
        let text = self.minutes.text.trim().to_owned();
        filled.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }
}

impl Matter {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::Vi { &self.vi } else { &self.en }
    }

    /// So many hands are enough.
    pub fn carries(&self, yes: i64, present: i64, homes: i64) -> bool {
        let whole = if self.of == Of::Present { present } else { homes };
        whole > 0 && yes * 100 > whole * self.over_percent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> Rule {
        toml::from_str(include_str!("../../../../data/village-meetings/2023-07-01.toml")).unwrap()
    }

    #[test]
    fn half_of_the_households_are_enough_and_more_than_half_decide() {
        let rule = rule();
        assert!(rule.enough(22, 44) && !rule.enough(21, 44) && !rule.enough(0, 0));
        let matter = rule.find("general").unwrap();
        assert!(!matter.carries(15, 30, 44) && matter.carries(16, 30, 44));
        let matter = rule.find("contribution").unwrap();
        assert!(!matter.carries(22, 30, 44) && matter.carries(23, 30, 44));
    }

    #[test]
    fn minutes_are_filled_in() {
        let text = rule().minutes(&[("village", "Đông Căm".into()), ("present", "30".into())]);
        assert!(text.contains("Đông Căm tổ chức họp thôn") && text.contains("dự họp: 30 trên"), "{text}");
    }
}
