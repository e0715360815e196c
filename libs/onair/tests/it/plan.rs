//! The plan as a function: what is asked twice is answered alike, and nothing is settled silently.

use onair::{Class, Decision, Entry, Moment, Plan, PlanFault};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::Duration;

fn entry(id: &str, start: i64, length: u64, class: Class, mounts: &[&str]) -> Entry {
    Entry {
        id: id.into(),
        start: Moment::from_seconds(start),
        length: Duration::from_secs(length),
        source: id.into(),
        from: Duration::ZERO,
        mounts: mounts.iter().map(|mount| (*mount).into()).collect(),
        class,
        priority: false,
    }
}

fn plays(plan: &Plan, mount: &str, at: i64) -> Option<(String, u64)> {
    let airing = plan.on_air(mount, Moment::from_seconds(at))?;
    Some((airing.entry.id.to_string(), airing.offset.as_secs()))
}

#[test]
fn an_emergency_interrupts_and_the_programme_goes_on_where_the_clock_says() {
    let plan = Plan::new(
        vec![
            entry("news", 100, 60, Class::Scheduled, &["a", "b"]),
            entry("flood", 120, 10, Class::Emergency, &["a"]),
            entry("music", 0, 1_000, Class::Filler, &["a", "b"]),
        ],
        vec![],
    )
    .unwrap();
    assert_eq!(plays(&plan, "a", 119), Some(("news".into(), 19)));
    assert_eq!(plays(&plan, "a", 120), Some(("flood".into(), 0)));
    assert_eq!(plays(&plan, "b", 120), Some(("news".into(), 20)));
    assert_eq!(plays(&plan, "a", 130), Some(("news".into(), 30)));
    assert_eq!(plays(&plan, "a", 160), Some(("music".into(), 160)));
    assert_eq!(plays(&plan, "a", 1_000), None);
    assert_eq!(plays(&plan, "elsewhere", 100), None);
    assert_eq!(plan.next_change("a", Moment::from_seconds(100)), Some(Moment::from_seconds(120)));
    assert!(plan.collisions().is_empty(), "classes differ: nothing to decide");
}

#[test]
fn equals_that_meet_are_reported_and_the_earlier_goes_on_until_somebody_decides() {
    let mut province = entry("province", 10, 20, Class::Relay, &["a"]);
    let mut commune = entry("commune", 20, 30, Class::Relay, &["a"]);
    (province.priority, commune.priority) = (true, true);
    let plan = Plan::new(vec![commune.clone(), province.clone()], vec![]).unwrap();
    let found = &plan.collisions()[0];
    assert_eq!((&*found.playing, &*found.waiting, found.priority), ("province", "commune", true));
    assert_eq!((found.from, found.to), (Moment::from_seconds(20), Moment::from_seconds(30)));
    assert_eq!(plays(&plan, "a", 25), Some(("province".into(), 15)));

    let decision = Decision { first: "commune".into(), second: "province".into() };
    let plan = Plan::new(vec![commune, province], vec![decision]).unwrap();
    assert!(plan.collisions().is_empty());
    assert_eq!(plays(&plan, "a", 25), Some(("commune".into(), 5)));
    assert_eq!(plays(&plan, "a", 15), Some(("province".into(), 5)));
}

#[test]
fn a_priority_item_goes_before_others_of_its_class_and_not_of_a_higher_one() {
    let mut priority = entry("priority", 10, 20, Class::Scheduled, &["a"]);
    priority.priority = true;
    let entries = vec![
        entry("common", 0, 60, Class::Scheduled, &["a"]),
        entry("microphone", 25, 60, Class::Live, &["a"]),
        priority,
    ];
    let plan = Plan::new(entries, vec![]).unwrap();
    assert_eq!(plays(&plan, "a", 12), Some(("priority".into(), 2)));
    assert_eq!(plays(&plan, "a", 26), Some(("microphone".into(), 1)));
    assert!(plan.collisions().is_empty());
}

#[test]
fn what_is_no_plan_is_refused() {
    let one = || entry("one", 0, 10, Class::Relay, &["a"]);
    let twice = Plan::new(vec![one(), one()], vec![]);
    assert_eq!(twice.unwrap_err(), PlanFault::Twice("one".into()));
    let none = Plan::new(vec![entry("one", 0, 0, Class::Relay, &["a"])], vec![]);
    assert_eq!(none.unwrap_err(), PlanFault::NoLength("one".into()));
    assert_eq!(
        Plan::new(vec![entry("one", 0, 1, Class::Relay, &[])], vec![]).unwrap_err(),
        PlanFault::NoMounts("one".into())
    );
    let decision = Decision { first: "one".into(), second: "two".into() };
    assert_eq!(Plan::new(vec![one()], vec![decision]).unwrap_err(), PlanFault::Unknown("two".into()));
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let class = prop_oneof![
        Just(Class::Filler),
        Just(Class::Relay),
        Just(Class::Scheduled),
        Just(Class::Live),
        Just(Class::Emergency)
    ];
    let mounts = prop::collection::btree_set(prop_oneof![Just("a"), Just("b"), Just("c")], 1..3);
    let one = (0i64..50, 1u64..30, class, mounts, any::<bool>());
    prop::collection::vec(one, 0..12).prop_map(|all| {
        let made = all.into_iter().enumerate();
        made.map(|(at, (start, length, class, mounts, priority))| {
            let mounts: Vec<&str> = mounts.into_iter().collect();
            let mut entry = entry(&format!("e{at}"), start, length, class, &mounts);
            entry.priority = priority;
            entry
        })
        .collect()
    })
}

fn decisions() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0usize..12, 0usize..12), 0..8)
}

proptest! {
    /// At every instant: exactly those entries are candidates that cover it, none stands behind a lower one, and nothing plays beyond its time.
    #[test]
    fn candidates_are_all_that_cover_the_instant_by_right(all in entries(), pairs in decisions(), at in 0i64..90) {
        let id = |index: usize| all.get(index).map(|entry| entry.id.clone());
        let made: Vec<Decision> = pairs.iter()
            .filter_map(|(a, b)| Some(Decision { first: id(*a)?, second: id(*b)? })).collect();
        let plan = Plan::new(all.clone(), made).unwrap();
        let at = Moment::from_seconds(at);
        for mount in ["a", "b", "c"] {
            let found: Vec<_> = plan.candidates(mount, at).collect();
            let covers = |entry: &&Entry| entry.mounts.contains(mount) && entry.start <= at && at < entry.end();
            let wanted: BTreeSet<_> = all.iter().filter(covers).map(|entry| entry.id.clone()).collect();
            prop_assert_eq!(found.iter().map(|airing| airing.entry.id.clone()).collect::<BTreeSet<_>>(), wanted);
            let rights: Vec<_> = found.iter().map(|airing| (airing.entry.class, airing.entry.priority)).collect();
            prop_assert!(rights.is_sorted_by(|a, b| a >= b));
            prop_assert!(found.iter().all(|airing| airing.offset == at.since(airing.entry.start)));
        }
    }

    /// The order in which entries are given does not matter, nor does what was asked before.
    #[test]
    fn the_plan_is_a_set(all in entries(), at in 0i64..90) {
        let plan = Plan::new(all.clone(), vec![]).unwrap();
        let turned = Plan::new(all.into_iter().rev().collect(), vec![]).unwrap();
        let at = Moment::from_seconds(at);
        prop_assert_eq!(plan.on_air("a", at), turned.on_air("a", at));
        prop_assert_eq!(plan.collisions(), turned.collisions());
    }

    /// Wherever two of equal right cover an instant on a mount, their collision is reported; nothing else is.
    #[test]
    fn collisions_are_complete(all in entries()) {
        let plan = Plan::new(all.clone(), vec![]).unwrap();
        let mut wanted = BTreeSet::new();
        for (place, a) in all.iter().enumerate() {
            for b in &all[place + 1..] {
                let meet = a.start < b.end() && b.start < a.end();
                if meet && (a.class, a.priority) == (b.class, b.priority) {
                    let pair = BTreeSet::from([a.id.clone(), b.id.clone()]);
                    wanted.extend(a.mounts.intersection(&b.mounts).map(|mount| (mount.clone(), pair.clone())));
                }
            }
        }
        let found: BTreeSet<_> = plan.collisions().iter()
            .map(|one| (one.mount.clone(), BTreeSet::from([one.playing.clone(), one.waiting.clone()]))).collect();
        prop_assert_eq!(found, wanted);
    }

    /// Between two changes the answer stays the same entry: the station need not ask in between.
    #[test]
    fn nothing_changes_between_changes(all in entries(), at in 0i64..90) {
        let plan = Plan::new(all, vec![]).unwrap();
        let at = Moment::from_seconds(at);
        let next = plan.next_change("a", at).unwrap_or(at.plus(Duration::from_secs(5)));
        let id = |at| plan.on_air("a", at).map(|airing: onair::Airing| airing.entry.id.clone());
        let last = Moment::from_micros(next.micros() - 1);
        prop_assert_eq!(id(at), id(last));
    }
}
