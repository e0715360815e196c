use crate::COMMUNE;
use demo::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn article_counts_hold_exactly_on_its_day() {
    let c = &*COMMUNE;
    assert_eq!(c.villages.len(), 14);
    assert_eq!(c.households_on(ARTICLE_DAY).count(), 2626);
    assert_eq!(c.people_on(ARTICLE_DAY).count(), 9993);
    let groups: BTreeSet<&str> = c.people_on(ARTICLE_DAY).map(|(p, _)| p.ethnic_group).collect();
    assert_eq!(groups.len(), 12);
    assert!(groups.iter().all(|code| c.ethnic_groups.iter().any(|g| g.code == *code)));
    let smart = c.people_on(ARTICLE_DAY).filter(|(p, _)| value_on(&p.smartphone, ARTICLE_DAY) == Some(&true));
    assert_eq!(smart.count(), 9563);
}

#[test]
fn fibre_is_exact_and_absent_where_no_cable_runs() {
    let c = &*COMMUNE;
    let with: Vec<&Household> =
        c.households_on(ARTICLE_DAY).filter(|h| value_on(&h.fibre, ARTICLE_DAY) == Some(&true)).collect();
    assert_eq!(with.len(), 2135);
    let covered = |kind| {
        let here = c.coverage.iter().filter(|x| x.kind == kind && holds_on(x.from, x.to, ARTICLE_DAY));
        here.map(|x| x.village).collect::<BTreeSet<_>>()
    };
    assert_eq!(covered(CoverageKind::MobileBroadband).len(), 14);
    let fibre = covered(CoverageKind::Fibre);
    assert_eq!(fibre.len(), 12);
    let without: BTreeSet<&str> =
        c.villages.iter().filter(|v| !fibre.contains(&v.key)).map(|v| v.name).collect();
    assert_eq!(without, BTreeSet::from(["Nậm Chà", "Nậm Vằn"]));
    let ever = c.households.iter().filter(|h| h.fibre.iter().any(|f| f.value));
    assert!(ever.into_iter().all(|h| fibre.contains(&h.village)));
}

#[test]
fn organisations_are_those_of_the_article() {
    let c = &*COMMUNE;
    let count = |kind| c.organisations_on(kind, ARTICLE_DAY).count();
    assert_eq!(count(OrganisationKind::Cooperative), 6);
    assert_eq!(count(OrganisationKind::HouseholdBusiness), 126);
    assert_eq!(count(OrganisationKind::School), 6);
    assert_eq!(count(OrganisationKind::MobilisationTeam), 1);
    assert_eq!(count(OrganisationKind::SteeringBoard), 2);
    assert_eq!(count(OrganisationKind::HealthStation), 1);
    assert_eq!(count(OrganisationKind::Market), 1);
    assert_eq!(count(OrganisationKind::Association), 5);
    let teams: BTreeSet<_> =
        c.organisations_on(OrganisationKind::DigitalTeam, ARTICLE_DAY).filter_map(|o| o.village).collect();
    assert_eq!(teams.len(), 14);
    let pilots: Vec<&str> = c
        .villages
        .iter()
        .filter(|v| v.smart_pilot_since.is_some_and(|d| d <= ARTICLE_DAY))
        .map(|v| v.name)
        .collect();
    assert_eq!(pilots, ["Đông Căm"]);
    let slugs: BTreeSet<&str> = c.organisations.iter().map(|o| o.slug.as_str()).collect();
    assert_eq!(slugs.len(), c.organisations.len());
    assert!(c.organisations.iter().any(|o| o.name == "HTX sản xuất dược liệu Mạnh Hương"));
}

#[test]
fn seats_are_held_by_people_who_live_here() {
    let c = &*COMMUNE;
    for organisation in &c.organisations {
        let enterprise_or_more = !organisation.members.is_empty();
        assert!(enterprise_or_more, "{} has no member", organisation.name);
        assert!(organisation.to.is_none_or(|to| to > organisation.from), "{}", organisation.name);
        for seat in &organisation.members {
            let day = seat.from.max(BASELINE);
            let lives = c.village_on(seat.person, day);
            assert!(lives.is_some(), "{}: {}", organisation.name, c.person(seat.person).name);
            assert!(c.person(seat.person).age_on(ARTICLE_DAY) >= 18);
            if organisation.kind == OrganisationKind::DigitalTeam {
                assert_eq!(lives, organisation.village, "{}", organisation.name);
            }
        }
        let teams = [
            OrganisationKind::DigitalTeam,
            OrganisationKind::MobilisationTeam,
            OrganisationKind::SteeringBoard,
        ];
        if teams.contains(&organisation.kind) {
            assert!(
                organisation.decision.is_some() && !organisation.work_plan.is_empty(),
                "{}",
                organisation.name
            );
        }
    }
}

#[test]
fn assets_are_those_of_the_article() {
    let c = &*COMMUNE;
    let of = |kind| c.assets.iter().filter(move |a| a.kind == kind && holds_on(a.from, a.to, ARTICLE_DAY));
    let says = |a: &Asset, key: &str, value: &str| a.attributes.iter().any(|(k, v)| *k == key && v == value);
    assert_eq!(of(AssetKind::Computer).count(), 24);
    assert!(of(AssetKind::Computer).all(|a| says(a, "broadband", "yes") && a.user.is_some()));
    assert_eq!(of(AssetKind::LocalNetwork).count(), 1);
    assert_eq!(of(AssetKind::MeetingRoom).filter(|a| says(a, "online_meetings", "yes")).count(), 1);
    assert_eq!(of(AssetKind::Camera).filter(|a| says(a, "connected_to_commune", "yes")).count(), 18);
    assert_eq!(of(AssetKind::RelayStation).count(), 1);
    assert_eq!(of(AssetKind::Road).filter(|a| says(a, "class", "trunk")).count(), 3);
    assert_eq!(of(AssetKind::CultureHouse).count(), 14);
    let mut loudspeakers: BTreeMap<_, usize> = BTreeMap::new();
    of(AssetKind::Loudspeaker).for_each(|a| *loudspeakers.entry(a.village).or_default() += 1);
    assert_eq!(loudspeakers.len(), 14);
    assert!(loudspeakers.values().all(|n| (2..=4).contains(n)));
    assert!(c.assets.iter().all(|a| a.from <= ARTICLE_DAY));
}

#[test]
fn units_carry_their_codes_through_the_merger() {
    let c = &*COMMUNE;
    let code = |kind, day| {
        let unit = c.units.iter().find(|u| u.kind == kind)?;
        unit.versions.iter().find(|v| holds_on(v.from, v.to, day)).map(|v| v.code)
    };
    let (before, after) = (ARTICLE_DAY, TWO_LEVELS);
    assert_eq!((code(UnitKind::Province, before), code(UnitKind::Province, after)), (Some("10"), Some("15")));
    assert_eq!((code(UnitKind::District, before), code(UnitKind::District, after)), (Some("086"), None));
    assert_eq!(
        (code(UnitKind::Commune, before), code(UnitKind::Commune, after)),
        (Some("02923"), Some("02923"))
    );
    let fact = |key: &str| c.facts.iter().find(|f| f.key == key).map(|f| f.value);
    assert_eq!(fact("area_km2"), Some("42.24"));
    assert_eq!(fact("distance_city_km"), Some("18"));
    assert_eq!(fact("ntm_recognised_year"), Some("2020"));
    assert_eq!(fact("ntm_advanced_planned_year"), Some("2024"));
    assert!(c.facts.iter().all(|f| f.from <= ARTICLE_DAY && !f.source.is_empty()));
}

#[test]
fn same_seed_gives_the_same_commune_and_other_seeds_keep_the_counts() {
    let (first, second) = (format!("{:?}", &*COMMUNE), format!("{:?}", generate(DEMO_SEED)));
    assert_eq!(first.len(), second.len());
    assert!(first == second, "the same seed gave two communes");
    for seed in [1, 7, 99] {
        let other = generate(seed);
        assert_eq!(other.people_on(ARTICLE_DAY).count(), 9993);
        assert_eq!(other.households_on(ARTICLE_DAY).count(), 2626);
        assert_eq!(
            other.people_on(ARTICLE_DAY).map(|(p, _)| p.ethnic_group).collect::<BTreeSet<_>>().len(),
            12
        );
        assert_ne!(other.people[0].name, String::new());
    }
}
