//! How a household is reached, and what comes of it.

use chrono::NaiveDate;
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

choice! {
    Channel, "reach-channel", {
        /// The head or somebody of the digital team came to the house.
        Visit = "visit",
        /// The household came to a meeting of the village.
        Meeting = "meeting",
        Class = "class",
        Desk = "desk",
        /// A message of the commune was opened; that it was delivered does not count.
        Message = "message",
        /// Opened from the village's Zalo group, and said to be known.
        Zalo = "zalo",
        /// Said to be known on the page of the campaign.
        App = "app",
        Other = "other",
    }
}

impl Channel {
    /// Those that somebody notes by hand.
    pub const BY_HAND: [Channel; 5] =
        [Channel::Visit, Channel::Meeting, Channel::Class, Channel::Desk, Channel::Other];

    /// Somebody has spoken to somebody.
    pub fn in_person(self) -> bool {
        !matches!(self, Channel::Message | Channel::Zalo | Channel::App)
    }
}

choice! {
    /// What came of it. Whoever refuses was reached; where nobody was at home, nobody was.
    Outcome, "reach-outcome", {
        Told = "told",
        Understood = "understood",
        Does = "does",
        Help = "help",
        Refused = "refused",
        Nobody = "nobody",
    }
}

impl Outcome {
    pub fn status(self) -> Status {
        match self {
            Outcome::Told => Status::Active,
            Outcome::Understood | Outcome::Does => Status::Done,
            Outcome::Help => Status::Soon,
            Outcome::Refused | Outcome::Nobody => Status::Off,
        }
    }
}

choice! {
    /// From where it is known.
    Source, "reach-source", { Hand = "hand", Meeting = "meeting", Message = "message", Resident = "resident" }
}

/// A household on the roll.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Home {
    pub household_id: Uuid,
    pub village_id: Uuid,
    pub joined_on: NaiveDate,
    pub gone_on: Option<NaiveDate>,
    pub reached_on: Option<NaiveDate>,
    pub tried_on: Option<NaiveDate>,
    pub by_person: bool,
    pub by_message: bool,
    /// The code of an [`Outcome`], `""` for none.
    pub outcome: String,
}

impl Home {
    pub fn outcome(&self) -> Option<Outcome> {
        Outcome::parse(&self.outcome)
    }
}

/// What was noted.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Note {
    pub household_id: Uuid,
    pub channel: Channel,
    pub day: NaiveDate,
    pub outcome: Outcome,
    pub words: String,
    pub source: Source,
    pub by_id: Option<Uuid>,
}

/// What is to be noted of households.
#[derive(Debug, Clone)]
pub struct Noting {
    pub channel: Channel,
    pub day: NaiveDate,
    pub outcome: Outcome,
    pub words: String,
    pub source: Source,
    pub source_id: Option<Uuid>,
}

impl Noting {
    /// A visit today.
    pub fn visit(day: NaiveDate) -> Noting {
        Noting {
            channel: Channel::Visit,
            day,
            outcome: Outcome::Told,
            words: String::new(),
            source: Source::Hand,
            source_id: None,
        }
    }
}

/// What became of noting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// By which it is taken back.
    pub batch: Uuid,
    pub fresh: usize,
    /// Noted already on that day and by that channel, by somebody else or before.
    pub known: usize,
}

/// How far a village is.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub struct Count {
    pub campaign_id: Uuid,
    pub village_id: Uuid,
    pub homes: i64,
    pub reached: i64,
    pub by_person: i64,
    /// Reached, and by nobody in person.
    pub only_message: i64,
    pub help: i64,
    pub refused: i64,
    /// Not reached; somebody was there once and found nobody.
    pub away: i64,
}

impl Count {
    /// The sum over villages.
    pub fn sum<'a>(all: impl IntoIterator<Item = &'a Count>) -> Count {
        all.into_iter().fold(Count::default(), |sum, one| Count {
            campaign_id: one.campaign_id,
            village_id: Uuid::nil(),
            homes: sum.homes + one.homes,
            reached: sum.reached + one.reached,
            by_person: sum.by_person + one.by_person,
            only_message: sum.only_message + one.only_message,
            help: sum.help + one.help,
            refused: sum.refused + one.refused,
            away: sum.away + one.away,
        })
    }

    /// Per cent of the households; nothing without any.
    pub fn percent(&self) -> Option<f64> {
        share(self.reached, self.homes)
    }
}

#[allow(clippy::cast_precision_loss)] // counts of households stay far below 2^52
pub(crate) fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 * 100.0 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_said_by_somebody_is_in_person() {
        let by_hand = Channel::ALL.iter().filter(|channel| channel.in_person());
        assert_eq!(by_hand.copied().collect::<Vec<_>>(), Channel::BY_HAND);
    }

    #[test]
    fn a_sum_divides_by_all_households() {
        let of = |homes, reached| Count { homes, reached, ..Count::default() };
        let sum = Count::sum(&[of(10, 10), of(30, 10)]);
        assert_eq!((sum.homes, sum.percent()), (40, Some(50.0)));
        assert_eq!(Count::default().percent(), None);
    }
}
