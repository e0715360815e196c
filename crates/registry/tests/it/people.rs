//! Arriving, leaving, moving; who may.

use crate::world::{World, checked, day, raw};
use platform::Kind;
use platform::search;
use registry::bulk::Ending;
use registry::household::State as HouseholdState;
use registry::person::{self, Arrival, Filter, Leaving, State};

#[tokio::test]
async fn a_birth_a_death_and_a_move_are_counted_on_their_days() {
    let world = World::start().await;
    let (home, man, woman, child) = world.family().await;
    let ctx = world.officer();
    let tx = ctx.begin().await.unwrap();
    let baby = checked(&ctx, &raw("Lý Văn Minh", "Nam", "05/02/2026", "child"));
    let baby = person::add(&ctx, &tx, home, baby, Arrival::Birth, "", "giấy chứng sinh").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((world.people_on("2026-02-04").await, world.people_on("2026-02-05").await), (3, 4));
    assert_eq!(world.home(home).await.size, 4);

    // The head dies: somebody must follow.
    let mut leaving = Leaving {
        ending: Ending::Died(day("2026-03-01")),
        new_head: None,
        note: String::new(),
        source: "báo tử".into(),
    };
    let tx = ctx.begin().await.unwrap();
    let error = person::leave(&ctx, &tx, man, 1, &leaving).await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-head-needed");
    tx.rollback().await.unwrap();
    leaving.new_head = Some(woman);
    let tx = ctx.begin().await.unwrap();
    person::leave(&ctx, &tx, man, 1, &leaving).await.unwrap();
    tx.commit().await.unwrap();
    let household = world.home(home).await;
    assert_eq!((household.size, household.facts.head_person_id), (3, Some(woman)));
    assert_eq!(world.person(man).await.state, State::Died);
    assert_eq!(world.person(woman).await.place.relation, "head");
    assert_eq!((world.people_on("2026-02-28").await, world.people_on("2026-03-01").await), (4, 3));
    let events = person::events_of_household(&ctx, &ctx.app.db, home).await.unwrap();
    assert_eq!(events.iter().map(|e| e.kind.code()).collect::<Vec<_>>(), ["death", "birth", "move_in"]);

    // The child goes to the neighbours and the last two leave: the household ends.
    let other = world.household(world.soi_co, &[raw("Giàng A Chu", "Nam", "1980", "head")]).await;
    let tx = ctx.begin().await.unwrap();
    person::move_to(&ctx, &tx, child, 1, other, "other", day("2026-03-05"), "thử").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.person(child).await.place.village_id, world.soi_co);
    for (id, new_head) in [(baby, None), (woman, None)] {
        let revision = world.person(id).await.revision;
        let tx = ctx.begin().await.unwrap();
        let leaving = Leaving {
            ending: Ending::Left(day("2026-03-06")),
            new_head,
            note: "Hà Nội".into(),
            source: String::new(),
        };
        person::leave(&ctx, &tx, id, revision, &leaving).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(world.home(home).await.state, HouseholdState::Ended);
    assert_eq!(world.people_on("2026-03-06").await, 2);

    let tx = ctx.begin().await.unwrap();
    let revision = world.person(baby).await.revision;
    person::come_back(&ctx, &tx, baby, revision, other, "other", day("2026-03-08"), "thử").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((world.people_on("2026-03-07").await, world.people_on("2026-03-08").await), (2, 3));
}

#[tokio::test]
async fn a_number_belongs_to_one_person() {
    let world = World::start().await;
    let (home, ..) = world.family().await;
    let ctx = world.officer();
    let mut first = raw("Lý Văn Tư", "Nam", "1990", "sibling");
    first.personal_no = "010090000123".into();
    let add = async |raw| {
        let tx = ctx.begin().await.unwrap();
        let arrival = Arrival::MoveIn { on: day("2026-01-01") };
        let id = person::add(&ctx, &tx, home, checked(&ctx, &raw), arrival, "", "").await?;
        tx.commit().await?;
        Ok::<_, platform::Error>(id)
    };
    let id = add(first.clone()).await.unwrap();
    let error = add(first.clone()).await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-number-taken");
    // Who left frees the number; who comes back to it meets the new owner.
    let leaving = Leaving {
        ending: Ending::Left(day("2026-02-01")),
        new_head: None,
        note: String::new(),
        source: String::new(),
    };
    let tx = ctx.begin().await.unwrap();
    person::leave(&ctx, &tx, id, 1, &leaving).await.unwrap();
    tx.commit().await.unwrap();
    add(first).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    let error =
        person::come_back(&ctx, &tx, id, 2, home, "sibling", day("2026-03-01"), "").await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-number-taken");
}

#[tokio::test]
async fn a_village_head_sees_the_own_village_only() {
    let world = World::start().await;
    let (home, man, ..) = world.family().await;
    let (own, other) = (world.head_of(world.dong_cam), world.head_of(world.soi_co));
    assert!(person::get(&own, man).await.is_ok());
    assert!(person::get(&other, man).await.unwrap_err().is(Kind::NotFound));
    assert!(person::members(&other, home).await.unwrap_err().is(Kind::NotFound));
    assert_eq!(person::list(&other, &Filter::default(), None, 50).await.unwrap().rows.len(), 0);
    assert_eq!(person::count(&own, &Filter::default()).await.unwrap().count, 3);
    let tx = other.begin().await.unwrap();
    let leaving = Leaving {
        ending: Ending::Left(day("2026-03-01")),
        new_head: None,
        note: String::new(),
        source: String::new(),
    };
    assert!(person::leave(&other, &tx, man, 1, &leaving).await.unwrap_err().is(Kind::NotFound));
    tx.rollback().await.unwrap();
    let found = search::find(&own, &own.scope, "chao ta may", None, 10).await.unwrap();
    assert_eq!(found.hits[0].title, "Chảo Tả Mẩy");
    assert_eq!(search::find(&other, &other.scope, "chao ta may", None, 10).await.unwrap().count, 0);
}

#[tokio::test]
async fn lists_go_by_given_name_page_by_page() {
    let world = World::start().await;
    let names = ["Lý Văn Đào", "Lý Văn An", "Lý Văn Duy", "Lý Văn Ánh", "Bùi Văn An"];
    let people: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(n, name)| raw(name, "Nam", "1990", if n == 0 { "head" } else { "other" }))
        .collect();
    world.household(world.dong_cam, &people).await;
    let ctx = world.officer();
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let page = person::list(&ctx, &Filter::default(), after.as_ref(), 2).await.unwrap();
        seen.extend(page.rows.into_iter().map(|p| p.facts.full_name));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["Bùi Văn An", "Lý Văn An", "Lý Văn Ánh", "Lý Văn Duy", "Lý Văn Đào"]);
}
