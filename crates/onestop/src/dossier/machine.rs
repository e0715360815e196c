//! What may be done with a dossier as it stands: no database, no clock, so that every case can be tried.

use super::model::{Queue, Status};
use crate::procedure::model::{Does, Procedure, Step, StepRole};

/// Something that somebody of the office does with a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Receive what came online; the promised day is set.
    Receive,
    /// Refuse to receive it, with the reason.
    Refuse,
    /// Ask the applicant for something; the clock stands.
    Ask,
    /// Take it from the common pool.
    Take,
    /// Give it to a colleague of the same role.
    Give,
    /// The step is done; the next one's turn.
    Pass,
    /// Back to the step before.
    SendBack,
    /// Apologise and promise a new day.
    Extend,
    /// Stop it for good, with the reason.
    Stop,
}

impl Act {
    pub const ALL: [Act; 9] = [
        Act::Receive,
        Act::Refuse,
        Act::Ask,
        Act::Take,
        Act::Give,
        Act::Pass,
        Act::SendBack,
        Act::Extend,
        Act::Stop,
    ];

    /// The word in addresses and texts.
    pub fn code(self) -> &'static str {
        match self {
            Act::Receive => "tiep-nhan",
            Act::Refuse => "tu-choi",
            Act::Ask => "bo-sung",
            Act::Take => "nhan-viec",
            Act::Give => "chuyen-nguoi",
            Act::Pass => "chuyen-buoc",
            Act::SendBack => "tra-lai",
            Act::Extend => "xin-loi",
            Act::Stop => "dung",
        }
    }

    pub fn parse(code: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.code() == code)
    }
}

/// Where a dossier stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'p> {
    pub status: Status,
    pub step: Option<&'p Step>,
    pub extensions: i64,
}

impl<'p> Standing<'p> {
    pub fn of(procedure: &'p Procedure, status: Status, step: &str, extensions: i64) -> Standing<'p> {
        Standing { status, step: procedure.step(step), extensions }
    }

    /// The role that has the step, or that stands in for it while the applicant's turn is.
    pub fn role(&self) -> StepRole {
        self.step.map_or(StepRole::OneStopOfficer, |step| step.role)
    }

    fn first(&self, procedure: &Procedure) -> bool {
        procedure.steps.first().map(|step| &step.key) == self.step.map(|step| &step.key)
    }
}

/// What may be done now, by anybody.
pub fn possible(procedure: &Procedure, now: Standing<'_>, extensions: i64) -> Vec<Act> {
    let may = |act: &Act| match (now.status, act) {
        (Status::New, Act::Receive | Act::Refuse | Act::Ask | Act::Take | Act::Give) => true,
        (Status::Received | Status::Processing, Act::Ask | Act::Take | Act::Give | Act::Pass | Act::Stop) => {
            true
        }
        (Status::Received | Status::Processing, Act::SendBack) => {
            !now.first(procedure)
                && procedure.steps.get(1).map(|step| &step.key) != now.step.map(|step| &step.key)
        }
        (Status::Received | Status::Processing, Act::Extend) => now.extensions < extensions,
        (Status::Supplement | Status::Payment, Act::Stop) => true,
        // Processed: only its return is left.
        (Status::Processed, Act::Pass | Act::Take) => true,
        _ => false,
    };
    Act::ALL.into_iter().filter(may).collect()
}

/// What one reader may do now: what is possible, where the role has the step. A leader may also take over, give, extend
/// and stop.
pub fn offered(
    procedure: &Procedure,
    now: Standing<'_>,
    extensions: i64,
    actor: &platform::access::Actor,
    held_by_other: bool,
) -> Vec<Act> {
    let own = now.role().held_by(actor);
    let leads = StepRole::Leader.held_by(actor);
    let may = |act: &Act| match act {
        Act::Give | Act::Extend | Act::Stop => own || leads,
        Act::Take => own && !matches!(now.status, Status::Supplement),
        _ => own && !held_by_other,
    };
    possible(procedure, now, extensions).into_iter().filter(may).collect()
}

/// Where a dossier stands after a step is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub status: Status,
    pub step: String,
    pub queue: Queue,
}

/// After [`Act::Pass`] at this step.
pub fn after(procedure: &Procedure, now: Standing<'_>) -> Option<Next> {
    let step = now.step?;
    let Some(next) = procedure.after(&step.key) else {
        return Some(Next { status: Status::Returned, step: step.key.clone(), queue: Queue::Nobody });
    };
    let status = match next.does {
        Does::Return => Status::Processed,
        _ => Status::Processing,
    };
    let status = if step.does == Does::Receive { Status::Received } else { status };
    Some(Next { status, step: next.key.clone(), queue: next.role.into() })
}

/// After [`Act::SendBack`] at this step.
pub fn before(procedure: &Procedure, now: Standing<'_>) -> Option<Next> {
    let step = now.step?;
    let at = procedure.steps.iter().position(|one| one.key == step.key)?;
    let earlier = procedure.steps.get(at.checked_sub(1)?)?;
    Some(Next { status: Status::Processing, step: earlier.key.clone(), queue: earlier.role.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn birth() -> Procedure {
        let text = include_str!("../../../../data/procedures/1.001193/2026-01-01.toml");
        crate::procedure::file::parse(text).unwrap()
    }

    fn at<'p>(procedure: &'p Procedure, status: Status, step: &str) -> Standing<'p> {
        Standing::of(procedure, status, step, 0)
    }

    #[test]
    fn a_dossier_walks_through_its_steps_to_its_end() {
        let birth = birth();
        let mut status = Status::New;
        let mut step = "receive".to_owned();
        let mut walked = Vec::new();
        while status != Status::Returned {
            let next = after(&birth, at(&birth, status, &step)).unwrap();
            walked.push((next.status, next.step.clone(), next.queue));
            (status, step) = (next.status, next.step);
        }
        let expected = [
            (Status::Received, "check".to_owned(), Queue::Specialist),
            (Status::Processing, "sign".to_owned(), Queue::Leader),
            (Status::Processed, "return".to_owned(), Queue::OneStop),
            (Status::Returned, "return".to_owned(), Queue::Nobody),
        ];
        assert_eq!(walked, expected);
    }

    #[test]
    fn what_is_possible_depends_on_where_it_stands() {
        let birth = birth();
        let can = |status, step, act| possible(&birth, at(&birth, status, step), 1).contains(&act);
        assert!(can(Status::New, "receive", Act::Receive));
        assert!(!can(Status::New, "receive", Act::Pass), "it is received or refused first");
        assert!(!can(Status::Processing, "check", Act::Receive));
        assert!(
            !can(Status::Received, "check", Act::SendBack),
            "the desk received it; it is asked or stopped"
        );
        assert!(can(Status::Processing, "sign", Act::SendBack));
        assert!(can(Status::Processing, "check", Act::Extend));
        let once = Standing { extensions: 1, ..at(&birth, Status::Processing, "check") };
        assert!(!possible(&birth, once, 1).contains(&Act::Extend), "one apology only");
        for status in [Status::NotReceived, Status::Withdrawn, Status::Stopped, Status::Returned] {
            assert!(possible(&birth, at(&birth, status, "return"), 1).is_empty(), "{status:?}");
        }
        assert_eq!(possible(&birth, at(&birth, Status::Supplement, "check"), 1), [Act::Stop]);
    }
}
