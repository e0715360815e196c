use crate::COMMUNE;
use demo::*;
use std::collections::BTreeMap;

#[test]
fn dated_values_are_in_order_and_inside_the_life_of_their_owner() {
    fn check<T: std::fmt::Debug>(list: &[Dated<T>], from: chrono::NaiveDate, to: Option<chrono::NaiveDate>) {
        assert_eq!(list[0].from, from, "{list:?}");
        assert!(list.windows(2).all(|pair| pair[0].from < pair[1].from), "{list:?}");
        assert!(
            list.iter().all(|d| d.from <= LAST_DAY && to.is_none_or(|to| d.from < to)),
            "{list:?} {to:?}"
        );
    }
    for person in &COMMUNE.people {
        let (from, to) = (person.start(), person.end());
        check(&person.phone, from, to);
        check(&person.smartphone, from, to);
        check(&person.payment_account, from, to);
        check(&person.insurance, from, to);
        check(&person.occupation, from, to);
    }
    for household in &COMMUNE.households {
        check(&household.fibre, household.from, household.to);
        check(&household.poverty, household.from, household.to);
        check(&household.production, household.from, household.to);
    }
}

#[test]
fn every_event_agrees_with_the_memberships() {
    let c = &*COMMUNE;
    assert!(c.events.windows(2).all(|pair| pair[0].date <= pair[1].date));
    for event in &c.events {
        assert!(!event.people.is_empty(), "{event:?}");
        assert!(event.date > BASELINE && event.date <= LAST_DAY, "{event:?}");
        for key in &event.people {
            let person = c.person(*key);
            let (before, now) = (
                person.membership_on(event.date.pred_opt().unwrap()).map(|m| m.household),
                person.membership_on(event.date).map(|m| m.household),
            );
            let expected = match event.kind {
                LifeEventKind::Birth | LifeEventKind::MoveIn => (None, Some(event.household)),
                LifeEventKind::Death | LifeEventKind::MoveOut => (Some(event.household), None),
                LifeEventKind::Split | LifeEventKind::Merge => (Some(event.household), event.other_household),
            };
            assert_eq!((before, now), expected, "{event:?} {person:?}");
        }
    }
}

#[test]
fn every_birth_death_coming_and_going_has_its_event() {
    let c = &*COMMUNE;
    let mut told: BTreeMap<PersonKey, Vec<&LifeEvent>> = BTreeMap::new();
    for event in &c.events {
        event.people.iter().for_each(|p| told.entry(*p).or_default().push(event));
    }
    for person in &c.people {
        let events = told.get(&person.key).map_or(&[][..], |e| e);
        let has = |kind, day| events.iter().any(|e| e.kind == kind && e.date == day);
        let start = person.start();
        if start > BASELINE {
            let kind = if start == person.birth { LifeEventKind::Birth } else { LifeEventKind::MoveIn };
            assert!(has(kind, start), "{person:?}");
        }
        if let Some(end) = person.end() {
            let kind = if person.death.is_some() { LifeEventKind::Death } else { LifeEventKind::MoveOut };
            assert!(has(kind, end), "{person:?}");
        }
    }
}

#[test]
fn life_goes_on_before_and_after_the_articles_day() {
    let c = &*COMMUNE;
    let count = |kind, before: bool| {
        c.events.iter().filter(|e| e.kind == kind && (e.date <= ARTICLE_DAY) == before).count()
    };
    for before in [true, false] {
        assert!(
            (200..=700).contains(&count(LifeEventKind::Birth, before)),
            "{}",
            count(LifeEventKind::Birth, before)
        );
        assert!(
            (80..=260).contains(&count(LifeEventKind::Death, before)),
            "{}",
            count(LifeEventKind::Death, before)
        );
        for (kind, least) in [
            (LifeEventKind::MoveIn, 50),
            (LifeEventKind::MoveOut, 60),
            (LifeEventKind::Split, 15),
            (LifeEventKind::Merge, 5),
        ] {
            assert!(count(kind, before) >= least, "{kind:?} {before} {}", count(kind, before));
        }
    }
    let people = |y, m, d| c.people_on(chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap()).count();
    let counts = [
        people(2021, 12, 31),
        people(2022, 12, 31),
        people(2023, 12, 31),
        people(2024, 12, 31),
        people(2025, 12, 31),
    ];
    assert!(counts.windows(2).all(|pair| pair[0] != pair[1]), "{counts:?}");
    assert!(counts.iter().all(|n| (9300..=10400).contains(n)), "{counts:?}");
    let smart = |day| {
        let users = c.people_on(day).filter(|(p, _)| value_on(&p.smartphone, day) == Some(&true)).count();
        users * 1000 / c.people_on(day).count()
    };
    assert!(smart(BASELINE) < smart(ARTICLE_DAY) && smart(LAST_DAY) >= 930);
}
