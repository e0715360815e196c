//! Any order of changes and corrections leaves versions without gap or overlap, and the newest one is what is now.

use crate::world::{World, checked, day, raw};
use chrono::{Days, NaiveDate};
use platform::{Uuid, clock};
use proptest::prelude::*;
use registry::How;
use registry::person::{self, RawPerson};

async fn live(world: &World, id: Uuid, steps: &[(bool, u64, u8)]) {
    let ctx = world.officer();
    let mut last = day("2021-01-01");
    for (correct, days, value) in steps {
        let person = world.person(id).await;
        let raw = RawPerson {
            occupation: format!("nghề {value}"),
            ..RawPerson::of(&person.facts, &person.place)
        };
        let on = last.checked_add_days(Days::new(*days)).unwrap();
        let how = if *correct { How::correct("thử") } else { How::change(on, "thử") };
        let tx = ctx.begin().await.unwrap();
        person::update(&ctx, &tx, id, person.revision, checked(&ctx, &raw), &how).await.unwrap();
        tx.commit().await.unwrap();
        if !*correct && person.facts.occupation != raw.occupation {
            last = on;
        }
    }
}

fn check(versions: &[person::Version<person::Facts>], first: NaiveDate) {
    assert_eq!(versions.first().unwrap().valid_from, first);
    assert_eq!(versions.last().unwrap().valid_to, clock::forever());
    for pair in versions.windows(2) {
        assert_eq!(pair[0].valid_to.succ_opt().unwrap(), pair[1].valid_from, "a gap or an overlap");
        assert!(pair[0].valid_from <= pair[0].valid_to);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn versions_follow_each_other(steps in prop::collection::vec((any::<bool>(), 0..60u64, 0..4u8), 1..8)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build().unwrap();
        runtime.block_on(async {
            let world = World::start().await;
            let home = world.household(world.dong_cam, &[raw("Lý Văn Páo", "Nam", "1990", "head")]).await;
            let id = person::members(&world.officer(), home).await.unwrap()[0].id;
            live(&world, id, &steps).await;
            let versions = person::history(&world.officer(), id).await.unwrap();
            check(&versions, day("2021-01-01"));
            assert_eq!(versions.last().unwrap().what, world.person(id).await.facts);
        });
    }
}

#[tokio::test]
async fn a_change_keeps_what_was_and_a_correction_does_not() {
    let world = World::start().await;
    let (_, man, ..) = world.family().await;
    let ctx = world.officer();
    let person = world.person(man).await;
    let moved = RawPerson { smartphone: "có".into(), ..RawPerson::of(&person.facts, &person.place) };
    let tx = ctx.begin().await.unwrap();
    let person =
        person::update(&ctx, &tx, man, 1, checked(&ctx, &moved), &How::change(day("2024-05-01"), "khảo sát"))
            .await
            .unwrap();
    let renamed = RawPerson {
        full_name: "Lý Văn Báo".into(),
        birth: "02/01/1989".into(),
        ..RawPerson::of(&person.facts, &person.place)
    };
    person::update(&ctx, &tx, man, 2, checked(&ctx, &renamed), &How::correct("đối chiếu")).await.unwrap();
    tx.commit().await.unwrap();
    let versions = person::history(&ctx, man).await.unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!((versions[0].what.smartphone, versions[1].what.smartphone), (false, true));
    assert_eq!((versions[0].valid_to, versions[1].valid_from), (day("2024-04-30"), day("2024-05-01")));
    assert!(
        versions.iter().all(|v| v.what.full_name == "Lý Văn Báo" && v.what.birth_date == day("1989-01-02"))
    );

    let tx = ctx.begin().await.unwrap();
    let late =
        person::update(&ctx, &tx, man, 2, checked(&ctx, &renamed), &How::correct("muộn")).await.unwrap_err();
    assert!(late.is(platform::Kind::Conflict));
    let again = RawPerson { smartphone: String::new(), ..renamed };
    let future =
        person::update(&ctx, &tx, man, 3, checked(&ctx, &again), &How::change(day("2026-03-11"), ""))
            .await
            .unwrap_err();
    assert_eq!(future.fields[0].message.key, "registry-date-in-future");
    let tx2 = tx.rollback().await;
    tx2.unwrap();
    let tx = ctx.begin().await.unwrap();
    let early = person::update(&ctx, &tx, man, 3, checked(&ctx, &again), &How::change(day("2023-01-01"), ""))
        .await
        .unwrap_err();
    assert_eq!(early.fields[0].message.key, "registry-date-before-version");
}
