//! One person in two rows: found, merged, parted.

use crate::world::{World, checked, day, raw};
use platform::{Kind, Uuid};
use registry::duplicate::{self, Merge, Reason};
use registry::household::State as HouseholdState;
use registry::person::{self, Arrival, RawPerson, State};

/// The same woman in two households: in the second without number, alone, but with a telephone.
async fn twice(world: &World) -> (Uuid, Uuid, Uuid) {
    let (home, ..) = world.family().await;
    let ctx = world.officer();
    let first = RawPerson {
        personal_no: "010195000456".into(),
        ..raw("Giàng Thị Sua", "Nữ", "03/04/1995", "sibling")
    };
    let tx = ctx.begin().await.unwrap();
    let arrival = Arrival::MoveIn { on: day("2023-01-01") };
    let first = person::add(&ctx, &tx, home, checked(&ctx, &first), arrival, "", "").await.unwrap();
    tx.commit().await.unwrap();
    let second =
        RawPerson { phone: "0912345678".into(), ..raw("GIÀNG THỊ SUA", "Nữ", "03/04/1995", "head") };
    let alone = world.household(world.soi_co, &[second]).await;
    let second = person::members(&ctx, alone).await.unwrap()[0].id;
    (first, second, alone)
}

async fn merge(world: &World, kept: Uuid, dropped: Uuid) -> platform::Result<Uuid> {
    let ctx = world.officer();
    let revision = async |id| world.person(id).await.revision;
    let what = Merge { kept: (kept, revision(kept).await), dropped: (dropped, revision(dropped).await) };
    let tx = ctx.begin().await?;
    let log = duplicate::merge(&ctx, &tx, &what).await?;
    tx.commit().await?;
    Ok(log)
}

async fn undo(world: &World, log: Uuid) -> platform::Result<()> {
    let ctx = world.officer();
    let tx = ctx.begin().await?;
    duplicate::undo(&ctx, &tx, log).await?;
    tx.commit().await
}

#[tokio::test]
async fn a_pair_is_found_merged_and_parted() {
    let world = World::start().await;
    let (first, second, alone) = twice(&world).await;
    let ctx = world.officer();
    assert_eq!(duplicate::scan(&ctx).await.unwrap(), 1);
    assert_eq!(duplicate::scan(&ctx).await.unwrap(), 0);
    let found = duplicate::list(&ctx, None, 10).await.unwrap();
    assert_eq!((found.len(), found[0].reason), (1, Reason::NameAndBirth));
    let before = (
        world.person(first).await,
        person::history(&ctx, first).await.unwrap(),
        person::places(&ctx, second).await.unwrap(),
    );
    assert_eq!(world.people_on("2024-01-01").await, 5);

    let log = merge(&world, first, second).await.unwrap();
    let merged = world.person(first).await;
    assert_eq!(merged.facts.phone.as_deref(), Some("+84912345678"));
    assert_eq!(merged.facts.personal_no.as_deref(), Some("010195000456"));
    assert_eq!(world.person(second).await.state, State::Merged);
    assert_eq!(world.home(alone).await.state, HouseholdState::Ended);
    // Counted once, and since 2021, when the second row began.
    assert_eq!((world.people_on("2022-01-01").await, world.people_on("2024-01-01").await), (4, 4));
    assert!(duplicate::list(&ctx, None, 10).await.unwrap().is_empty());

    undo(&world, log).await.unwrap();
    let (kept, history, places) = before;
    assert_eq!(world.person(first).await.facts, kept.facts);
    assert_eq!(person::history(&ctx, first).await.unwrap(), history);
    assert_eq!(person::places(&ctx, second).await.unwrap(), places);
    assert_eq!((world.home(alone).await.state, world.home(alone).await.size), (HouseholdState::Active, 1));
    assert_eq!(world.people_on("2024-01-01").await, 5);
    assert!(undo(&world, log).await.is_err());
}

#[tokio::test]
async fn a_merge_that_was_written_on_is_not_undone() {
    let world = World::start().await;
    let (first, second, _) = twice(&world).await;
    let log = merge(&world, first, second).await.unwrap();
    let ctx = world.officer();
    let merged = world.person(first).await;
    let raw = RawPerson { occupation: "Làm ruộng".into(), ..RawPerson::of(&merged.facts, &merged.place) };
    let tx = ctx.begin().await.unwrap();
    person::update(&ctx, &tx, first, merged.revision, checked(&ctx, &raw), &registry::How::correct(""))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(undo(&world, log).await.unwrap_err().is(Kind::Conflict));
}

#[tokio::test]
async fn a_head_with_a_family_is_not_dropped_and_two_people_stay_two() {
    let world = World::start().await;
    let (_, man, woman, _) = world.family().await;
    let ctx = world.officer();
    let error = merge(&world, woman, man).await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-merge-head");
    let (first, second, _) = {
        let other = World::start().await;
        twice(&other).await
    };
    let tx = ctx.begin().await.unwrap();
    assert!(duplicate::different(&ctx, &tx, first, second).await.unwrap_err().is(Kind::NotFound));
}
