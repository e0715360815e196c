//! A campaign: what households are to know or to do.

use chrono::NaiveDate;
use platform::{T, Uuid, choice};
use sea_orm::FromQueryResult;
use ui::{Html, Status};

pub(crate) const PATH: &str = "/van-dong";
pub(crate) const WORK: &str = "/lam-viec/van-dong";

choice! {
    State, "reach-state", {
        /// Being written; it has no roll yet.
        Draft = "draft",
        Running = "running",
        Ended = "ended",
        Withdrawn = "withdrawn",
    }
}

choice! {
    /// Which households of its villages.
    Audience, "reach-audience", {
        All = "all",
        /// No fibre to the house.
        NoFibre = "no_fibre",
        /// Nobody of the household has a smartphone.
        NoSmartphone = "no_smartphone",
        /// Poor or near poor.
        Poor = "poor",
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Campaign {
    pub id: Uuid,
    pub title: String,
    pub say: String,
    /// A path of this site; `""` for none.
    pub link: String,
    pub topic: String,
    pub audience: Audience,
    /// Per cent of the households.
    pub goal: i64,
    pub lead_id: Option<Uuid>,
    pub state: State,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    /// The day on which its roll was taken.
    pub started_on: Option<NaiveDate>,
    /// The first day on which it no longer runs.
    pub ended_on: Option<NaiveDate>,
    pub reminded_on: Option<NaiveDate>,
    /// Households that fit and came after the start, when they were last looked for.
    pub later: i64,
    pub why: String,
    pub revision: i64,
}

impl Campaign {
    pub(crate) fn badge(&self, t: T, today: NaiveDate) -> Html {
        let (status, word) = match self.state {
            State::Running if self.until_on < today => (Status::Soon, "reach-state-over"),
            State::Draft => (Status::Off, self.state.text_key()),
            State::Running => (Status::Active, self.state.text_key()),
            State::Ended => (Status::Done, self.state.text_key()),
            State::Withdrawn => (Status::Off, self.state.text_key()),
        };
        status.badge(&t.t(word))
    }

    pub fn path(&self) -> String {
        format!("{PATH}/{}", self.id)
    }

    pub fn work_path(&self) -> String {
        format!("{WORK}/{}", self.id)
    }

    pub(crate) fn village_path(&self, village: Uuid) -> String {
        format!("{WORK}/{}/thon/{village}", self.id)
    }

    /// "01/03/2026 – 15/03/2026"
    pub(crate) fn days(&self, t: T) -> String {
        format!("{} – {}", t.date(self.from_on), t.date(self.until_on))
    }

    /// How far it should be by a day, in per cent, when work goes on evenly.
    pub(crate) fn expected(&self, today: NaiveDate) -> i64 {
        let Some(start) = self.started_on else { return 0 };
        let whole = (self.until_on - start).num_days() + 1;
        let gone = ((today - start).num_days() + 1).clamp(0, whole.max(1));
        self.goal * gone / whole.max(1)
    }
}

/// What somebody typed who prepares a campaign.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    pub title: String,
    pub say: String,
    pub link: String,
    pub topic: String,
    pub audience: Option<Audience>,
    /// None: the whole commune.
    pub villages: Vec<Uuid>,
    pub goal: Option<i64>,
    pub lead: Option<Uuid>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_is_expected_to_move_evenly() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut one = Campaign {
            id: Uuid::nil(),
            title: String::new(),
            say: String::new(),
            link: String::new(),
            topic: String::new(),
            audience: Audience::All,
            goal: 80,
            lead_id: None,
            state: State::Running,
            from_on: day("2026-03-01"),
            until_on: day("2026-03-10"),
            started_on: Some(day("2026-03-01")),
            ended_on: None,
            reminded_on: None,
            later: 0,
            why: String::new(),
            revision: 1,
        };
        assert_eq!(one.expected(day("2026-03-01")), 8);
        assert_eq!(one.expected(day("2026-03-05")), 40);
        assert_eq!(one.expected(day("2026-04-05")), 80);
        assert_eq!(one.expected(day("2026-02-05")), 0);
        one.started_on = None;
        assert_eq!(one.expected(day("2026-03-05")), 0);
    }
}
