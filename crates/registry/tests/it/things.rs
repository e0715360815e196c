//! Organisations, assets, boards and teams.

use crate::world::{World, day};
use platform::access::Place;
use platform::{Kind as ErrorKind, Uuid};
use registry::How;
use registry::{asset, organisation, team};

fn cooperative(name: &str) -> organisation::Facts {
    organisation::Facts {
        kind: organisation::Kind::Cooperative,
        name: name.into(),
        village_id: None,
        address: String::new(),
        trade: "Dược liệu".into(),
        tax_no: Some("0100109106".into()),
        phone: None,
        representative: String::new(),
        representative_id: None,
        licence_no: String::new(),
        founded_on: None,
    }
}

fn camera(village: Uuid, organisation: Option<Uuid>) -> asset::Facts {
    asset::Facts {
        kind: asset::Kind::Camera,
        name: "Camera ngã ba".into(),
        village_id: Some(village),
        organisation_id: organisation,
        place: "Ngã ba".into(),
        latitude: None,
        longitude: None,
        quantity: 1,
        condition: asset::Condition::Good,
        connected: true,
        in_use_since: Some(day("2024-01-01")),
        serial_no: "SN1".into(),
    }
}

#[tokio::test]
async fn an_organisation_is_kept_changed_and_ended() {
    let world = World::start().await;
    let ctx = world.officer();
    let tx = ctx.begin().await.unwrap();
    let id =
        organisation::insert(&ctx, &tx, cooperative("HTX  Mẫu"), day("2022-01-01"), "thử").await.unwrap();
    let error =
        organisation::insert(&ctx, &tx, cooperative("HTX Khác"), day("2022-01-01"), "").await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-tax-code-taken");
    tx.commit().await.unwrap();
    let manager = world.who(Uuid::from_u128(73), "organisation_manager", Place::new("organisation", id));
    let stranger = world.who(
        Uuid::from_u128(74),
        "organisation_manager",
        Place::new("organisation", Uuid::from_u128(9)),
    );
    assert_eq!(organisation::get(&manager, id).await.unwrap().facts.name, "HTX Mẫu");
    assert!(organisation::get(&stranger, id).await.unwrap_err().is(ErrorKind::NotFound));
    let tx = manager.begin().await.unwrap();
    let changed = organisation::Facts { trade: "Quế".into(), ..cooperative("HTX Mẫu") };
    organisation::update(&manager, &tx, id, 1, changed.clone(), &How::change(day("2024-01-01"), ""))
        .await
        .unwrap();
    assert!(
        organisation::update(&manager, &tx, id, 1, changed, &How::correct(""))
            .await
            .unwrap_err()
            .is(ErrorKind::Conflict)
    );
    tx.commit().await.unwrap();
    assert_eq!(organisation::history(&ctx, id).await.unwrap().len(), 2);
    let tx = ctx.begin().await.unwrap();
    organisation::end(&ctx, &tx, id, 2, day("2026-01-01"), "giải thể").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(organisation::count(&ctx, &organisation::Filter::default()).await.unwrap().count, 0);
}

#[tokio::test]
async fn what_is_missing_against_the_norm_is_told_by_village() {
    let world = World::start().await;
    let ctx = world.officer();
    let tx = ctx.begin().await.unwrap();
    asset::insert(&ctx, &tx, camera(world.dong_cam, None), day("2024-01-01"), "").await.unwrap();
    let broken = asset::Facts { condition: asset::Condition::Broken, ..camera(world.soi_co, None) };
    asset::insert(&ctx, &tx, broken, day("2024-01-01"), "").await.unwrap();
    let nothing = asset::Facts { quantity: 0, latitude: Some(91.0), ..camera(world.soi_co, None) };
    let error = asset::insert(&ctx, &tx, nothing, day("2024-01-01"), "").await.unwrap_err();
    assert_eq!(error.fields.len(), 2);
    tx.commit().await.unwrap();
    let gaps = asset::gaps(&ctx).await.unwrap();
    let of = |village| {
        gaps.iter().find(|g| g.kind == asset::Kind::Camera && g.village_id == Some(village)).unwrap()
    };
    assert_eq!(
        (of(world.dong_cam).missing(), of(world.soi_co).missing(), of(world.soi_co).broken),
        (0, 1, 1)
    );
    let head = world.head_of(world.soi_co);
    assert_eq!(asset::list(&head, &asset::Filter::default(), None, 10).await.unwrap().rows.len(), 1);
}

#[tokio::test]
async fn a_team_has_members_and_a_plan() {
    let world = World::start().await;
    let (_, man, ..) = world.family().await;
    let ctx = world.officer();
    let facts = team::TeamFacts {
        kind: team::Kind::DigitalTeam,
        name: "Tổ công nghệ số thôn Đông Căm".into(),
        village_id: Some(world.dong_cam),
        decision_no: "12/QĐ-UBND".into(),
        founded_on: day("2022-05-01"),
    };
    let tx = ctx.begin().await.unwrap();
    let id = team::insert(&ctx, &tx, &facts).await.unwrap();
    let member = team::Member {
        person_id: Some(man),
        name: "Lý Văn Páo".into(),
        title: "Tổ trưởng".into(),
        duty: String::new(),
        since: day("2022-05-01"),
        until: None,
    };
    team::members_set(&ctx, &tx, id, 1, &[member]).await.unwrap();
    let line =
        team::PlanLine {
            task: "Đến từng nhà".into(), who: "Cả tổ".into(), due_on: None, done_on: None
        };
    team::plan_set(&ctx, &tx, id, 2, &[line]).await.unwrap();
    tx.commit().await.unwrap();
    let head = world.head_of(world.dong_cam);
    assert_eq!(team::members(&head, id).await.unwrap()[0].person_id, Some(man));
    assert_eq!(team::plan(&head, id).await.unwrap().len(), 1);
    assert!(team::get(&world.head_of(world.soi_co), id).await.unwrap_err().is(ErrorKind::NotFound));
    let tx = ctx.begin().await.unwrap();
    assert!(team::end(&ctx, &tx, id, 1, day("2026-01-01")).await.unwrap_err().is(ErrorKind::Conflict));
    team::end(&ctx, &tx, id, 3, day("2026-01-01")).await.unwrap();
    tx.commit().await.unwrap();
}
