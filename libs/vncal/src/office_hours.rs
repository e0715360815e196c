use chrono::{NaiveTime, TimeDelta, Timelike};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// When an office is open on a working day: one or more sessions, in order, each of at least a minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeHours(Vec<(NaiveTime, NaiveTime)>);

/// Why a text or list is not that of office hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum OfficeHoursProblem {
    /// No session at all.
    #[error("no session")]
    Empty,
    /// A time is not `hh:mm`.
    #[error("a session is not written hh:mm-hh:mm")]
    Form,
    /// A session ends before it begins, or begins before the one in front of it has ended.
    #[error("the sessions are not in order")]
    Order,
}

impl OfficeHours {
    /// Sessions of opening and closing time.
    pub fn new(sessions: Vec<(NaiveTime, NaiveTime)>) -> Result<OfficeHours, OfficeHoursProblem> {
        if sessions.is_empty() {
            return Err(OfficeHoursProblem::Empty);
        }
        let ordered = sessions.iter().all(|(open, close)| *close - *open >= TimeDelta::minutes(1));
        let apart = sessions.windows(2).all(|pair| pair[0].1 <= pair[1].0);
        if ordered && apart { Ok(OfficeHours(sessions)) } else { Err(OfficeHoursProblem::Order) }
    }

    /// 07:30-11:30 and 13:30-17:00. Provinces set their own hours, so a program should keep them as data.
    pub fn standard() -> OfficeHours {
        let at = |minutes: i64| NaiveTime::MIN + TimeDelta::minutes(minutes);
        OfficeHours(vec![(at(450), at(690)), (at(810), at(1020))])
    }

    /// The sessions, in order.
    pub fn sessions(&self) -> &[(NaiveTime, NaiveTime)] {
        &self.0
    }

    /// The first opening of the day.
    pub fn open(&self) -> NaiveTime {
        self.0[0].0
    }

    /// The last closing of the day.
    pub fn close(&self) -> NaiveTime {
        self.0[self.0.len() - 1].1
    }

    /// Whether a time is within a session, both its ends included.
    pub fn contains(&self, time: NaiveTime) -> bool {
        self.0.iter().any(|(open, close)| (*open..=*close).contains(&time))
    }

    /// Open time of a working day up to `time`.
    pub(crate) fn elapsed(&self, time: NaiveTime) -> TimeDelta {
        self.0.iter().filter(|(open, _)| *open < time).map(|(open, close)| time.min(*close) - *open).sum()
    }

    /// Open time of a whole working day.
    pub(crate) fn whole_day(&self) -> TimeDelta {
        self.0.iter().map(|(open, close)| *close - *open).sum()
    }
}

/// Reads `07:30-11:30,13:30-17:00`.
impl FromStr for OfficeHours {
    type Err = OfficeHoursProblem;

    fn from_str(text: &str) -> Result<OfficeHours, OfficeHoursProblem> {
        if text.trim().is_empty() {
            return Err(OfficeHoursProblem::Empty);
        }
        let time = |text: &str| {
            NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| OfficeHoursProblem::Form)
        };
        let session = |text: &str| {
            let (open, close) = text.split_once('-').ok_or(OfficeHoursProblem::Form)?;
            Ok((time(open)?, time(close)?))
        };
        OfficeHours::new(text.split(',').map(session).collect::<Result<_, _>>()?)
    }
}

impl fmt::Display for OfficeHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (open, close)) in self.0.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            let (from, to) = ((open.hour(), open.minute()), (close.hour(), close.minute()));
            write!(f, "{comma}{:02}:{:02}-{:02}:{:02}", from.0, from.1, to.0, to.1)?;
        }
        Ok(())
    }
}
