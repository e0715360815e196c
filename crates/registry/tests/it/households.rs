//! Heads, splits, joins, and two officers at one household.

use crate::world::{World, day, raw};
use platform::Kind;
use registry::How;
use registry::household::{self, Filter, Holding, Poverty, Split, State};
use registry::person;

#[tokio::test]
async fn a_household_without_head_or_with_two_is_refused() {
    let world = World::start().await;
    let ctx = world.officer();
    let villages = registry::Villages::load(&ctx).await.unwrap();
    let facts = household::RawHousehold { village: "đông căm".into(), ..Default::default() }
        .check(&villages)
        .unwrap();
    for (relations, key) in
        [(["spouse", "child"], "registry-head-none"), (["head", "head"], "registry-head-two")]
    {
        let members =
            relations.map(|r| crate::world::checked(&ctx, &raw("Lý Văn A", "Nam", "1990", r))).to_vec();
        let tx = ctx.begin().await.unwrap();
        let error =
            household::insert(&ctx, &tx, facts.clone(), members, day("2021-01-01"), "").await.unwrap_err();
        assert_eq!(error.fields[0].message.key, key);
    }
    let errors = household::RawHousehold {
        village: "Thôn 99".into(),
        poverty: "rất giàu".into(),
        ..Default::default()
    }
    .check(&villages)
    .unwrap_err();
    assert_eq!(errors.iter().map(|e| e.field.as_ref()).collect::<Vec<_>>(), ["thon", "ho-ngheo"]);
}

#[tokio::test]
async fn the_second_of_two_officers_is_told() {
    let world = World::start().await;
    let (home, ..) = world.family().await;
    let ctx = world.officer();
    let household = world.home(home).await;
    let poor = household::Facts { poverty: Poverty::Poor, ..household.facts.clone() };
    let tx = ctx.begin().await.unwrap();
    household::update(&ctx, &tx, home, household.revision, poor, &How::change(day("2025-12-01"), "rà soát"))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let fibre = household::Facts { fibre: true, ..household.facts };
    let tx = ctx.begin().await.unwrap();
    let error =
        household::update(&ctx, &tx, home, household.revision, fibre, &How::correct("")).await.unwrap_err();
    assert!(error.is(Kind::Conflict));
    tx.rollback().await.unwrap();
    let history = household::history(&ctx, home).await.unwrap();
    assert_eq!(history.iter().map(|v| v.what.poverty).collect::<Vec<_>>(), [Poverty::None, Poverty::Poor]);
    let filter = Filter { poverty: Some(Poverty::Poor), ..Filter::default() };
    let page = household::list(&ctx, &filter, None, 10).await.unwrap();
    assert_eq!(page.rows[0].head_name.as_deref(), Some("Lý Văn Páo"));
    assert_eq!(household::count(&ctx, &filter).await.unwrap().count, 1);
}

#[tokio::test]
async fn a_household_splits_and_is_joined_again() {
    let world = World::start().await;
    let (home, man, woman, child) = world.family().await;
    let ctx = world.officer();
    let facts = world.home(home).await.facts;
    let wanted = |members| Split {
        facts: facts.clone(),
        members,
        on: day("2024-06-01"),
        source: "đơn tách hộ".into(),
    };
    let tx = ctx.begin().await.unwrap();
    let error = household::split(&ctx, &tx, home, 1, &wanted(vec![(man, "head".into())])).await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-split-head-stays");
    tx.rollback().await.unwrap();
    let tx = ctx.begin().await.unwrap();
    let new =
        household::split(&ctx, &tx, home, 1, &wanted(vec![(woman, "head".into()), (child, "child".into())]))
            .await
            .unwrap();
    tx.commit().await.unwrap();
    assert_eq!((world.home(home).await.size, world.home(new).await.size), (1, 2));
    assert_eq!(world.home(new).await.facts.head_person_id, Some(woman));
    assert_eq!(world.people_on("2024-05-31").await, 3);
    assert_eq!(world.people_on("2024-06-01").await, 3);

    let (from, into) = (world.home(new).await, world.home(home).await);
    let tx = ctx.begin().await.unwrap();
    let relations = [(woman, "spouse".to_owned()), (child, "child".to_owned())];
    household::merge(
        &ctx,
        &tx,
        (new, from.revision),
        (home, into.revision),
        &relations,
        day("2025-01-01"),
        "",
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!((world.home(new).await.state, world.home(home).await.size), (State::Ended, 3));
    assert_eq!(world.person(woman).await.place.relation, "spouse");
    let places = person::places(&ctx, woman).await.unwrap();
    assert_eq!(places.iter().map(|v| v.what.household_id).collect::<Vec<_>>(), [home, new, home]);
}

#[tokio::test]
async fn a_new_head_a_new_village_and_a_survey() {
    let world = World::start().await;
    let (home, man, woman, child) = world.family().await;
    let ctx = world.officer();
    let how = How::change(day("2025-02-01"), "đơn");
    let tx = ctx.begin().await.unwrap();
    household::head_change(&ctx, &tx, home, 1, woman, &[(man, "spouse".into())], &how).await.unwrap();
    let moved = household::Facts { village_id: world.soi_co, ..world.home(home).await.facts };
    household::update(&ctx, &tx, home, 2, moved, &How::change(day("2025-03-01"), "")).await.unwrap();
    for (from, quantity) in [("2024-01-01", 3), ("2025-01-01", 5)] {
        let holding =
            Holding { kind: "Trâu".into(), quantity, valid_from: day(from), source: String::new() };
        household::holding_set(&ctx, &tx, home, &holding).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(world.person(man).await.place.relation, "spouse");
    assert_eq!(world.person(child).await.place.village_id, world.soi_co);
    let listed = household::get_many(&ctx, &[home]).await.unwrap();
    assert_eq!(listed[0].head_name.as_deref(), Some("Chảo Tả Mẩy"));
    let then = household::holdings(&ctx, home, day("2024-06-01")).await.unwrap();
    assert_eq!((then[0].kind.as_str(), then[0].quantity), ("buffalo", 3));
    let error = household::get(&world.head_of(world.dong_cam), home).await.unwrap_err();
    assert!(error.is(Kind::NotFound));

    let tx = ctx.begin().await.unwrap();
    let revision = world.home(home).await.revision;
    household::move_out(&ctx, &tx, home, revision, day("2026-01-01"), "Lai Châu", "").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((world.people_on("2025-12-31").await, world.people_on("2026-01-01").await), (3, 0));
    let found = registry::code::find(&ctx, &registry::code::parse(&world.home(home).await.code).unwrap())
        .await
        .unwrap();
    assert!(found.retired_at.is_some());
}
