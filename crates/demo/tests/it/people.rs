use crate::COMMUNE;
use demo::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn everybody_is_in_one_household_at_a_time() {
    let c = &*COMMUNE;
    for person in &c.people {
        assert!(!person.memberships.is_empty());
        for pair in person.memberships.windows(2) {
            assert_eq!(pair[0].to, Some(pair[1].from), "{person:?}");
        }
        for m in &person.memberships {
            assert!(m.to.is_none_or(|to| to > m.from), "empty membership: {person:?}");
            let household = c.household(m.household);
            assert!(household.members.contains(&person.key));
            assert!(m.from >= household.from, "{person:?} {household:?}");
            assert!(household.to.is_none_or(|to| m.to.is_some_and(|left| left <= to)), "{person:?}");
        }
        assert!(person.birth <= person.start());
        assert!(person.death.is_none_or(|d| person.end() == Some(d) && d > person.birth));
    }
}

/// Days on which many things changed, and the last one.
fn days() -> Vec<chrono::NaiveDate> {
    let months = 0..60;
    months
        .map(|m| BASELINE + chrono::Months::new(m) + chrono::Days::new(13))
        .chain([ARTICLE_DAY, LAST_DAY])
        .collect()
}

#[test]
fn every_household_has_one_grown_head_at_all_times() {
    let c = &*COMMUNE;
    for day in days() {
        let mut heads: BTreeMap<HouseholdKey, u32> = BTreeMap::new();
        for (person, m) in c.people_on(day).filter(|(_, m)| m.relation == Relation::Head) {
            *heads.entry(m.household).or_default() += 1;
            assert!(person.age_on(day) >= 18, "{day}: {person:?}");
            assert!(m.residence != Residence::TemporarilyAbsent);
        }
        for household in c.households_on(day) {
            assert_eq!(heads.get(&household.key), Some(&1), "{day}: {household:?}");
        }
        assert_eq!(heads.len(), c.households_on(day).count());
    }
}

#[test]
fn nobody_is_married_twice_in_a_household_and_couples_differ_in_sex() {
    let c = &*COMMUNE;
    for day in [BASELINE, ARTICLE_DAY, LAST_DAY] {
        for household in c.households_on(day) {
            let of = |relation| c.members_on(household.key, day).filter(move |(_, m)| m.relation == relation);
            assert!(of(Relation::Spouse).count() <= 1 && of(Relation::ChildInLaw).count() <= 2);
            assert!(of(Relation::Parent).count() <= 2, "{day} {household:?}");
            if let (Some((spouse, _)), Some(head)) =
                (of(Relation::Spouse).next(), c.head_on(household.key, day))
            {
                assert_ne!(spouse.sex, head.sex);
                assert!(spouse.age_on(day) >= 18 && (spouse.age_on(day) - head.age_on(day)).abs() <= 20);
            }
        }
    }
}

#[test]
fn parents_have_plausible_ages() {
    let c = &*COMMUNE;
    let mut children: BTreeMap<PersonKey, Vec<chrono::NaiveDate>> = BTreeMap::new();
    for person in &c.people {
        if let Some(mother) = person.mother {
            let age = age_on(c.person(mother).birth, person.birth);
            assert!((18..=44).contains(&age), "mother of {age}: {person:?}");
            assert_eq!(c.person(mother).sex, Sex::Female);
            children.entry(mother).or_default().push(person.birth);
        }
        if let Some(father) = person.father {
            let age = age_on(c.person(father).birth, person.birth);
            assert!((16..=60).contains(&age), "father of {age}: {person:?}");
            assert_eq!(c.person(father).sex, Sex::Male);
        }
        assert!(person.age_on(person.death.unwrap_or(LAST_DAY)) <= 104, "{person:?}");
    }
    for births in children.values_mut() {
        births.sort();
        assert!(births.windows(2).all(|pair| (pair[1] - pair[0]).num_days() >= 300), "{births:?}");
    }
}

#[test]
fn ages_form_a_plausible_pyramid() {
    let c = &*COMMUNE;
    let share = |ages: std::ops::Range<i32>| {
        let here = c.people_on(ARTICLE_DAY).filter(|(p, _)| ages.contains(&p.age_on(ARTICLE_DAY))).count();
        here * 1000 / 9993
    };
    let (children, working, old) = (share(0..15), share(15..60), share(60..120));
    assert!((220..=310).contains(&children), "{children}");
    assert!((560..=680).contains(&working), "{working}");
    assert!((80..=150).contains(&old), "{old}");
    assert!((10..=24).contains(&share(0..1)), "{}", share(0..1));
    for decade in (0..70).step_by(10) {
        assert!(share(decade..decade + 10) >= 50, "{decade}: {}", share(decade..decade + 10));
    }
    let women = c.people_on(ARTICLE_DAY).filter(|(p, _)| p.sex == Sex::Female).count() * 1000 / 9993;
    assert!((470..=525).contains(&women), "{women}");
}

#[test]
fn villages_are_peopled_as_the_sources_say() {
    let c = &*COMMUNE;
    for village in &c.villages {
        let people: Vec<&Person> = c
            .people_on(ARTICLE_DAY)
            .filter(|(_, m)| c.household(m.household).village == village.key)
            .map(|(p, _)| p)
            .collect();
        assert!(people.len() > 200, "{}", village.name);
        if village.special_difficulty {
            assert!(people.iter().all(|p| p.ethnic_group == "dao"), "{}", village.name);
        }
    }
    let poor =
        c.households_on(ARTICLE_DAY).filter(|h| value_on(&h.poverty, ARTICLE_DAY) != Some(&Poverty::None));
    assert!((60..=260).contains(&poor.count()));
}

#[test]
fn names_with_birth_dates_are_all_different() {
    let mut seen = BTreeSet::new();
    for person in &COMMUNE.people {
        assert!(seen.insert((&person.name, person.birth)), "{person:?}");
        assert!((3..=5).contains(&person.name.split(' ').count()), "{}", person.name);
    }
}

#[test]
fn the_cast_lives_here_and_village_heads_in_their_villages() {
    let c = &*COMMUNE;
    let mut people = BTreeSet::new();
    let mut logins = BTreeSet::new();
    for account in &c.staff {
        assert!(people.insert(account.person) && logins.insert(&account.login), "{account:?}");
        for day in [ARTICLE_DAY, LAST_DAY] {
            assert!(c.village_on(account.person, day).is_some());
            if account.role == Role::VillageHead {
                assert_eq!(c.village_on(account.person, day), account.village);
            }
        }
        assert!(c.person(account.person).age_on(ARTICLE_DAY) >= 20);
    }
    assert_eq!(c.staff.iter().filter(|s| s.role == Role::VillageHead).count(), 14);
    assert_eq!(c.staff.len(), 28);
}

#[test]
fn all_kinds_of_residence_and_relation_occur() {
    let c = &*COMMUNE;
    let relations: BTreeSet<Relation> = c.people_on(ARTICLE_DAY).map(|(_, m)| m.relation).collect();
    assert_eq!(relations.len(), 9, "{relations:?}");
    for (kind, low, high) in [
        (Residence::Temporary, 30, 150),
        (Residence::TemporarilyAbsent, 80, 300),
        (Residence::Permanent, 9000, 9993),
    ] {
        let count = c.people_on(ARTICLE_DAY).filter(|(_, m)| m.residence == kind).count();
        assert!((low..=high).contains(&count), "{kind:?} {count}");
    }
}
