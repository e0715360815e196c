//! A village head proposes, an officer decides.

use crate::world::{World, checked, day};
use platform::{Kind, Uuid};
use registry::How;
use registry::household::RawHousehold;
use registry::person::{self, RawPerson};
use registry::proposal::{self, State};

async fn propose(world: &World, id: Uuid, edit: impl FnOnce(&mut RawPerson)) -> platform::Result<Uuid> {
    let ctx = world.head_of(world.dong_cam);
    let person = person::get(&ctx, id).await?;
    let mut raw = RawPerson::of(&person.facts, &person.place);
    edit(&mut raw);
    let tx = ctx.begin().await?;
    let proposal =
        proposal::for_person(&ctx, &tx, id, person.revision, &raw, day("2026-03-01"), "đến nhà hỏi").await?;
    tx.commit().await?;
    Ok(proposal)
}

async fn approve(world: &World, id: Uuid) -> platform::Result<()> {
    let ctx = world.officer();
    let tx = ctx.begin().await?;
    proposal::approve(&ctx, &tx, id, false, "").await?;
    tx.commit().await
}

async fn rewrite(world: &World, id: Uuid, on: &str, edit: impl FnOnce(&mut RawPerson)) {
    let ctx = world.officer();
    let person = world.person(id).await;
    let mut raw = RawPerson::of(&person.facts, &person.place);
    edit(&mut raw);
    let tx = ctx.begin().await.unwrap();
    person::update(&ctx, &tx, id, person.revision, checked(&ctx, &raw), &How::change(day(on), ""))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_approved_change_is_written_from_its_day() {
    let world = World::start().await;
    let (_, man, ..) = world.family().await;
    let id = propose(&world, man, |raw| raw.phone = "0912 345 678".into()).await.unwrap();
    assert_eq!(proposal::waiting(&world.officer()).await.unwrap(), 1);
    assert_eq!(proposal::waiting(&world.head_of(world.soi_co)).await.unwrap(), 0);
    assert_eq!(proposal::waiting_for(&world.officer(), man).await.unwrap()[0].diff.fields(), ["phone"]);
    // Another field changes meanwhile: that is no conflict and stays.
    rewrite(&world, man, "2026-02-01", |raw| raw.occupation = "Thợ xây".into()).await;
    approve(&world, id).await.unwrap();
    let facts = world.person(man).await.facts;
    assert_eq!((facts.phone.as_deref(), facts.occupation.as_str()), (Some("+84912345678"), "Thợ xây"));
    let history = person::history(&world.officer(), man).await.unwrap();
    assert_eq!(history.last().unwrap().valid_from, day("2026-03-01"));
    assert_eq!(proposal::get(&world.officer(), id).await.unwrap().state, State::Approved);
    assert!(approve(&world, id).await.unwrap_err().is(Kind::Conflict));
}

#[tokio::test]
async fn the_same_field_changed_meanwhile_is_a_conflict() {
    let world = World::start().await;
    let (_, man, ..) = world.family().await;
    let id = propose(&world, man, |raw| raw.occupation = "Lái xe".into()).await.unwrap();
    rewrite(&world, man, "2026-02-01", |raw| raw.occupation = "Thợ xây".into()).await;
    let error = approve(&world, id).await.unwrap_err();
    assert!(error.is(Kind::Conflict) && error.message.key == "registry-proposal-conflict");
    let ctx = world.officer();
    let tx = ctx.begin().await.unwrap();
    assert!(proposal::reject(&ctx, &tx, id, " ").await.is_err());
    proposal::reject(&ctx, &tx, id, "Đã sửa theo báo cáo khác").await.unwrap();
    tx.commit().await.unwrap();
    let rejected = proposal::list(&ctx, State::Rejected, None, 10).await.unwrap();
    assert_eq!(rejected[0].answer, "Đã sửa theo báo cáo khác");
}

#[tokio::test]
async fn wrong_empty_and_foreign_proposals_are_refused() {
    let world = World::start().await;
    let (home, man, ..) = world.family().await;
    assert!(propose(&world, man, |_| {}).await.unwrap_err().message.key == "registry-proposal-nothing");
    let error = propose(&world, man, |raw| raw.birth = "2090".into()).await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-birth-in-future");
    let id = propose(&world, man, |raw| raw.phone = "0912345678".into()).await.unwrap();
    let officer = world.officer();
    let tx = officer.begin().await.unwrap();
    assert!(proposal::withdraw(&officer, &tx, id).await.unwrap_err().is(Kind::NotFound));
    tx.rollback().await.unwrap();
    let head = world.head_of(world.dong_cam);
    let tx = head.begin().await.unwrap();
    proposal::withdraw(&head, &tx, id).await.unwrap();
    let mut raw = RawHousehold::of(&world.home(home).await.facts);
    raw.fibre = "1".into();
    let id = proposal::for_household(&head, &tx, home, 1, &raw, day("2026-03-01"), "").await.unwrap();
    tx.commit().await.unwrap();
    approve(&world, id).await.unwrap();
    assert!(world.home(home).await.facts.fibre);
}

async fn undo(world: &World, id: Uuid) -> platform::Result<()> {
    let ctx = world.officer();
    let tx = ctx.begin().await?;
    proposal::undo(&ctx, &tx, id).await?;
    tx.commit().await
}

#[tokio::test]
async fn an_approval_is_taken_back_while_nobody_wrote_on_it() {
    let world = World::start().await;
    let (home, man, ..) = world.family().await;
    let before = world.person(man).await;
    let history = person::history(&world.officer(), man).await.unwrap();
    let id = propose(&world, man, |raw| {
        raw.phone = "0912 345 678".into();
        raw.full_name = "Lý Văn Mới".into();
    });
    let id = id.await.unwrap();
    assert!(undo(&world, id).await.unwrap_err().is(Kind::Conflict), "it waits");
    approve(&world, id).await.unwrap();
    undo(&world, id).await.unwrap();
    let now = world.person(man).await;
    assert_eq!((&now.facts, &now.place), (&before.facts, &before.place));
    assert_eq!(person::history(&world.officer(), man).await.unwrap(), history);
    let found = registry::household::get_many(&world.officer(), &[home]).await.unwrap();
    assert_eq!(found[0].head_name.as_deref(), Some("Lý Văn Páo"));
    // It waits again, and may be approved again.
    assert_eq!(proposal::get(&world.officer(), id).await.unwrap().state, State::Waiting);
    assert!(undo(&world, id).await.unwrap_err().is(Kind::Conflict));
    approve(&world, id).await.unwrap();
    // Somebody writes on the row: what the approval wrote cannot be told apart any more.
    rewrite(&world, man, "2026-03-05", |raw| raw.occupation = "Thợ xây".into()).await;
    let error = undo(&world, id).await.unwrap_err();
    assert_eq!((error.kind, error.message.key.as_ref()), (Kind::Conflict, "registry-proposal-changed-since"));
    assert_eq!(world.person(man).await.facts.phone.as_deref(), Some("+84912345678"));
}

#[tokio::test]
async fn a_household_that_was_moved_by_an_approval_goes_back_with_its_people() {
    let world = World::start().await;
    let (home, man, _, child) = world.family().await;
    let ctx = world.officer();
    let mut raw = RawHousehold::of(&world.home(home).await.facts);
    raw.village = world.soi_co.to_string();
    let tx = ctx.begin().await.unwrap();
    let id = proposal::for_household(&ctx, &tx, home, 1, &raw, day("2026-03-01"), "").await.unwrap();
    tx.commit().await.unwrap();
    let places = person::places(&ctx, child).await.unwrap();
    approve(&world, id).await.unwrap();
    assert_eq!(world.person(child).await.place.village_id, world.soi_co);
    undo(&world, id).await.unwrap();
    assert_eq!(world.home(home).await.facts.village_id, world.dong_cam);
    for person in [man, child] {
        assert_eq!(world.person(person).await.place.village_id, world.dong_cam);
    }
    assert_eq!(person::places(&ctx, child).await.unwrap(), places);
    assert_eq!(registry::household::history(&ctx, home).await.unwrap().len(), 1);
}
