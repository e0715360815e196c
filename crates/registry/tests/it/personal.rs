//! Looking at personal data, handing them out, erasing them, and the grounds of their use.

use crate::world::{World, day};
use platform::{Kind, Uuid};
use registry::bulk::Ending;
use registry::person::{self, Leaving, State};
use registry::personal::{self, Basis};

#[tokio::test]
async fn a_look_is_recorded_and_only_for_those_who_need_it() {
    let world = World::start().await;
    let (_, man, ..) = world.family().await;
    let (officer, head) = (world.officer(), world.head_of(world.dong_cam));
    let shown = personal::reveal(&officer, man, &["birth_date", "religion"], "residence").await.unwrap();
    assert_eq!(shown.iter().map(|s| s.value.as_str()).collect::<Vec<_>>(), ["02/01/1990", ""]);
    let views = audit::views_of(&officer, man, None, 10).await.unwrap();
    assert_eq!(
        (views.len(), views[0].purpose.as_str(), views[0].fields.as_str()),
        (1, "residence", "birth_date,religion")
    );

    assert!(
        personal::reveal(&head, man, &["personal_no"], "residence").await.unwrap_err().is(Kind::Forbidden)
    );
    assert!(
        personal::reveal(&world.head_of(world.soi_co), man, &["phone"], "contact")
            .await
            .unwrap_err()
            .is(Kind::NotFound)
    );
    let error = personal::reveal(&officer, man, &["phone"], "tò mò").await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-purpose-empty");
    assert!(personal::reveal(&officer, man, &["household_id"], "contact").await.is_err());
    assert_eq!(audit::views_of(&officer, man, None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_copy_holds_everything_and_is_recorded() {
    let world = World::start().await;
    let (_, man, ..) = world.family().await;
    let ctx = world.officer();
    let copy = personal::export(&ctx, man).await.unwrap();
    assert_eq!(copy["person"]["full_name"], "Lý Văn Páo");
    assert_eq!(copy["versions"].as_array().unwrap().len(), 1);
    assert_eq!(audit::views_of(&ctx, man, None, 10).await.unwrap()[0].purpose, "request");
}

#[tokio::test]
async fn erasing_waits_for_the_law_and_keeps_the_counts() {
    let world = World::start().await;
    let (_, man, woman, child) = world.family().await;
    let ctx = world.officer();
    let tx = ctx.begin().await.unwrap();
    let error = personal::erase(&ctx, &tx, child, 1, "theo đơn").await.unwrap_err();
    assert_eq!(error.message.key, "registry-erase-present");
    let leaving = Leaving {
        ending: Ending::Left(day("2022-01-01")),
        new_head: Some(woman),
        note: "Huế".into(),
        source: "đơn".into(),
    };
    person::leave(&ctx, &tx, man, 1, &leaving).await.unwrap();
    let error = personal::erase(&ctx, &tx, man, 2, "theo đơn").await.unwrap_err();
    assert_eq!(error.message.key, "registry-erase-kept");
    tx.commit().await.unwrap();

    world.clock.advance(chrono::Duration::days(365));
    let ctx = world.officer();
    let tx = ctx.begin().await.unwrap();
    personal::erase(&ctx, &tx, man, 2, "theo đơn").await.unwrap();
    tx.commit().await.unwrap();
    let gone = world.person(man).await;
    assert_eq!(
        (gone.state, gone.facts.full_name.as_str(), gone.facts.birth_date),
        (State::Erased, "(đã xóa)", day("1990-01-01"))
    );
    let history = person::history(&ctx, man).await.unwrap();
    assert!(history.iter().all(|v| v.what.full_name == "(đã xóa)" && v.source.is_empty()));
    assert!(
        person::events_of_person(&ctx, &ctx.app.db, man).await.unwrap().iter().all(|e| e.note.is_empty())
    );
    assert_eq!((world.people_on("2021-12-31").await, world.people_on("2022-01-01").await), (3, 2));
    audit::verify(&ctx).await.unwrap();
}

#[tokio::test]
async fn a_consent_is_given_and_taken_back() {
    let world = World::start().await;
    let (_, man, ..) = world.family().await;
    let ctx = world.officer();
    let give = async |basis| {
        let tx = ctx.begin().await.unwrap();
        let id =
            personal::consent_give(&ctx, &tx, man, "contact", basis, ctx.today(), "phiếu 12").await.unwrap();
        tx.commit().await.unwrap();
        id
    };
    let take = async |id: Uuid| {
        let tx = ctx.begin().await?;
        personal::consent_withdraw(&ctx, &tx, man, id).await?;
        tx.commit().await
    };
    assert!(!personal::may_use(&ctx, man, "contact").await.unwrap());
    let consent = give(Basis::Consent).await;
    assert!(personal::may_use(&ctx, man, "contact").await.unwrap());
    take(consent).await.unwrap();
    assert!(!personal::may_use(&ctx, man, "contact").await.unwrap());
    assert!(take(consent).await.unwrap_err().is(Kind::Invalid));
    let law = give(Basis::Law).await;
    assert!(take(law).await.unwrap_err().is(Kind::Invalid));
}
