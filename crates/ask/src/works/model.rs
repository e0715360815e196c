//! Works, ballots, and which works are chosen.

use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

choice! {
    WorkState, "ask-work-state", {
        In = "in",
        /// A resident proposed it; whoever runs the round has not read it yet.
        Held = "held",
        Refused = "refused",
    }
}

choice! {
    /// How a household took part; `Not` is not yet.
    Way, "ask-way", { Not = "not", Online = "online", Paper = "paper" }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Work {
    pub position: i64,
    pub name: String,
    pub place: String,
    pub about: String,
    /// Đồng.
    pub cost: i64,
    pub state: WorkState,
    pub votes: i64,
    pub chosen: bool,
}

/// A work that somebody proposes.
#[derive(Debug, Default)]
pub struct Offer {
    pub name: String,
    pub place: String,
    pub about: String,
    pub cost: Option<i64>,
}

/// One ballot: the code that its voter keeps, and the positions of the works in ascending order, `1,3`; none on a spoilt paper.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromQueryResult)]
pub struct Ballot {
    pub code: String,
    pub picks: String,
}

impl Ballot {
    pub fn new(code: String, picks: &[i64]) -> Ballot {
        let picks: Vec<String> = picks.iter().map(ToString::to_string).collect();
        Ballot { code, picks: picks.join(",") }
    }

    pub fn picks(&self) -> Vec<i64> {
        self.picks.split(',').filter_map(|pick| pick.parse().ok()).collect()
    }
}

/// The list of all ballots as everybody downloads it. Its bytes are what the published hash is made of.
pub(super) fn list(ballots: &[Ballot]) -> String {
    let mut text = String::from("ma_phieu,cong_trinh\n");
    for ballot in ballots {
        text.push_str(&format!("{},\"{}\"\n", ballot.code, ballot.picks));
    }
    text
}

pub(super) fn seal(list: &str) -> String {
    hex::encode(Sha256::digest(list.as_bytes()))
}

/// Votes of each work, by its position.
pub(super) fn votes(works: &[Work], ballots: &[Ballot]) -> Vec<(i64, i64)> {
    let times = |position: i64| ballots.iter().filter(|one| one.picks().contains(&position)).count();
    works.iter().map(|one| (one.position, i64::try_from(times(one.position)).unwrap_or(i64::MAX))).collect()
}

/// The works in the order in which they are taken: more votes first, of equal ones the cheaper, then as they stand on the ballot.
pub(super) fn ranked(works: &[Work]) -> Vec<&Work> {
    let mut ranked: Vec<&Work> = works.iter().collect();
    ranked.sort_by_key(|one| (-one.votes, one.cost, one.position));
    ranked
}

/// Which works are chosen: in their order each that anybody wants and that the money left still pays for.
pub(super) fn chosen(works: &[Work], budget: i64) -> Vec<i64> {
    let mut left = budget;
    let mut chosen = Vec::new();
    for one in ranked(works).into_iter().filter(|one| one.votes > 0) {
        if one.cost <= left {
            left -= one.cost;
            chosen.push(one.position);
        }
    }
    chosen
}

/// A household of the roll.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Enrolled {
    pub household_id: Uuid,
    pub way: Way,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(position: i64, cost: i64, votes: i64) -> Work {
        let text = String::new;
        let (name, place, about) = (text(), text(), text());
        Work { position, name, place, about, cost, state: WorkState::In, votes, chosen: false }
    }

    #[test]
    fn works_are_chosen_by_votes_within_the_money() {
        // The second has most votes; the first does not fit beside it, the third does; nobody wants the fourth.
        let works = [work(1, 80, 9), work(2, 60, 12), work(3, 40, 5), work(4, 0, 0)];
        assert_eq!(chosen(&works, 100), [2, 3]);
        assert_eq!(chosen(&works, 59), [3]);
        assert_eq!(chosen(&works, 39), Vec::<i64>::new());
        // Equal votes: the cheaper one first.
        assert_eq!(chosen(&[work(1, 70, 4), work(2, 50, 4)], 100), [2]);
    }

    #[test]
    fn anybody_counts_again_from_the_list() {
        let works = [work(1, 1, 0), work(2, 1, 0)];
        let ballots = [Ballot::new("AAAAA-AAAAA".into(), &[1, 2]), Ballot::new("BBBBB-BBBBB".into(), &[2])];
        assert_eq!(votes(&works, &ballots), [(1, 1), (2, 2)]);
        let text = list(&ballots);
        assert_eq!(text, "ma_phieu,cong_trinh\nAAAAA-AAAAA,\"1,2\"\nBBBBB-BBBBB,\"2\"\n");
        assert_ne!(seal(&text), seal(&text.replace("\"2\"", "\"1\"")));
        // The position 1 is no part of 12.
        assert_eq!(votes(&works, &[Ballot::new("C".into(), &[12])]), [(1, 0), (2, 0)]);
    }
}
