//! Who is next. Pure: the same line for the officer, the screen and the telephone.

use super::model::{State, Ticket};
use chrono::{DateTime, Utc};
use std::collections::VecDeque;

/// The waiting of these groups in the order in which they will be called. Who comes first is called first, but after `run` of
/// them in a row one of the ordinary line is; what was called until now counts. Whose hour has not come waits until nobody
/// else does.
pub(super) fn ordered(
    day: &[Ticket],
    in_line: impl Fn(&Ticket) -> bool,
    now: DateTime<Utc>,
    run: usize,
) -> Vec<&Ticket> {
    let mut waiting: Vec<&Ticket> =
        day.iter().filter(|one| one.state == State::Waiting && in_line(one)).collect();
    waiting.sort_by_key(|one| (one.turn(), one.id));
    let (early, now_here): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|one| one.is_early(now));
    let (mut first, mut usual): (VecDeque<_>, VecDeque<_>) =
        now_here.into_iter().partition(|one| one.is_first());
    let mut in_row = called_in_row(day, &in_line);
    let mut order = Vec::new();
    loop {
        let favoured = usual.is_empty() || in_row < run;
        let next = if favoured { first.pop_front() } else { None };
        let next = next.or_else(|| usual.pop_front()).or_else(|| first.pop_front());
        let Some(next) = next else { break };
        in_row = if next.is_first() { in_row + 1 } else { 0 };
        order.push(next);
    }
    order.extend(early);
    order
}

/// How many of those who come first were called one after another until now.
fn called_in_row(day: &[Ticket], in_line: &impl Fn(&Ticket) -> bool) -> usize {
    let mut called: Vec<&Ticket> = day.iter().filter(|one| one.called_at.is_some() && in_line(one)).collect();
    called.sort_by_key(|one| (std::cmp::Reverse(one.called_at), std::cmp::Reverse(one.id)));
    called.iter().take_while(|one| one.is_first()).count()
}

/// How many will be called before this one in its own group.
pub(super) fn ahead(day: &[Ticket], one: &Ticket, now: DateTime<Utc>, run: usize) -> usize {
    let order = ordered(day, |other| other.group_key == one.group_key, now, run);
    order.iter().position(|other| other.id == one.id).unwrap_or(0)
}

/// The line of figures of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Figures {
    pub waiting: usize,
    pub served: usize,
    /// Minutes, of those who were called.
    pub wait: Option<i64>,
}

pub(super) fn figures(day: &[Ticket]) -> Figures {
    let count = |state: State| day.iter().filter(|one| one.state == state).count();
    let waits: Vec<i64> = day.iter().filter_map(Ticket::waited).collect();
    let wait = i64::try_from(waits.len()).ok().filter(|many| *many > 0);
    Figures {
        waiting: count(State::Waiting),
        served: count(State::Served),
        wait: wait.map(|many| (waits.iter().sum::<i64>() + many / 2) / many),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;
    use platform::Uuid;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_773_108_000 + minutes * 60, 0).unwrap()
    }

    fn ticket(number: u8, priority: &str, due: Option<i64>) -> Ticket {
        let drawn = at(i64::from(number));
        Ticket {
            id: Uuid::from_u128(u128::from(number)),
            day: drawn.date_naive(),
            series: "A".into(),
            number: i64::from(number),
            label: format!("A{number:03}"),
            group_key: "ho-tich".into(),
            priority: priority.into(),
            due_at: due.map(at),
            state: State::Waiting,
            counter: String::new(),
            calls: 0,
            put_back: 0,
            drawn_at: drawn,
            since: drawn,
            called_at: None,
            last_called_at: None,
            ended_at: None,
            revision: 1,
        }
    }

    fn labels(day: &[Ticket], now: i64) -> Vec<i64> {
        ordered(day, |_| true, at(now), 2).iter().map(|one| one.number).collect()
    }

    #[test]
    fn priority_comes_first_and_nobody_waits_for_ever() {
        let mut day: Vec<Ticket> = (1..=3).map(|n| ticket(n, "", None)).collect();
        day.extend((4..=7).map(|n| ticket(n, "nguoi-gia", None)));
        assert_eq!(labels(&day, 30), [4, 5, 1, 6, 7, 2, 3]);
        // What was called counts: after two of priority somebody of the ordinary line comes.
        for (n, one) in day.iter_mut().filter(|one| one.number == 4 || one.number == 5).enumerate() {
            one.state = State::Served;
            one.called_at = Some(at(31 + i64::try_from(n).unwrap()));
        }
        assert_eq!(labels(&day, 40), [1, 6, 7, 2, 3]);
    }

    #[test]
    fn an_appointment_is_called_at_its_hour() {
        let day = vec![ticket(1, "", None), ticket(2, "", Some(60)), ticket(3, "", None)];
        assert_eq!(labels(&day, 30), [1, 3, 2]);
        assert_eq!(labels(&day, 60), [2, 1, 3]);
        assert_eq!(ahead(&day, &day[1], at(30), 2), 2);
        assert_eq!(ahead(&day, &day[1], at(61), 2), 0);
    }

    #[test]
    fn the_average_wait_counts_from_the_agreed_hour() {
        let mut day = vec![ticket(1, "", None), ticket(2, "", Some(60)), ticket(3, "", None)];
        day[0].called_at = Some(day[0].drawn_at + Duration::minutes(10));
        day[1].called_at = Some(at(65));
        day[0].state = State::Served;
        assert_eq!(figures(&day), Figures { waiting: 2, served: 1, wait: Some(8) });
        assert_eq!(figures(&[]), Figures::default());
    }
}
