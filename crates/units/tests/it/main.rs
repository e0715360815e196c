//! The tree of units through the changes that really happened to communes.

use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use http::HeaderMap;
use platform::access::Actor;
use platform::app::Authenticator;
use platform::{App, Ctx, Error, Kind as ErrorKind, Result, Uuid, sql};
use std::sync::Arc;
use testkit::TestApp;
use units::{Change, FactValue, Kind, NewFact, NewUnit, Unit};

struct Nobody;

impl Authenticator for Nobody {
    fn actor<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        Box::pin(async { Ok(None) })
    }

    fn commune<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async { Err(Error::not_found()) })
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn start() -> (TestApp, Ctx) {
    let areas = vec![platform::area(), audit::area(), units::area()];
    let test = TestApp::with(areas, Box::new(Nobody)).await;
    let id = Uuid::from_u128(0x100);
    let tx = test.app.db.begin().await.unwrap();
    let row = sql("INSERT INTO commune (id, name, created_at) VALUES ($1, 'Gia Phú', $2)");
    row.bind(id).bind(test.app.clock.now()).run(&tx).await.unwrap();
    tx.commit().await.unwrap();
    let ctx = Ctx::system(&test.app, id, "test.run");
    (test, ctx)
}

async fn make(ctx: &Ctx, kind: Kind, code: &str, name: &str, parent: Option<&Unit>) -> Unit {
    let tx = ctx.begin().await.unwrap();
    let new = NewUnit {
        kind,
        code: code.into(),
        name: name.into(),
        parent_id: parent.map(|unit| unit.id),
        valid_from: day("1980-02-26"),
        note: String::new(),
        source: "Quyết định 61-CP".into(),
    };
    let unit = units::insert(ctx, &tx, new).await.unwrap();
    tx.commit().await.unwrap();
    unit
}

/// Lào Cai, Bảo Thắng, Gia Phú and three villages, as they stood until June 2025.
async fn tree(ctx: &Ctx) -> (Unit, Unit, Unit, Vec<Unit>) {
    let province = make(ctx, Kind::Province, "10", "Tỉnh Lào Cai", None).await;
    let district = make(ctx, Kind::District, "086", "Huyện Bảo Thắng", Some(&province)).await;
    let commune = make(ctx, Kind::Commune, "02923", "Xã Gia Phú", Some(&district)).await;
    let mut villages = Vec::new();
    for name in ["Thôn 10", "Thôn Đông Căm", "Thôn 06"] {
        villages.push(make(ctx, Kind::Village, "", name, Some(&commune)).await);
    }
    (province, district, commune, villages)
}

#[tokio::test]
async fn the_district_ends_with_june_2025() {
    let (test, ctx) = start().await;
    let (province, district, commune, villages) = tree(&ctx).await;
    let tx = ctx.begin().await.unwrap();
    let moved = Change { parent_id: Some(Some(province.id)), ..Change::default() };
    units::change(&ctx, &tx, commune.id, 1, moved, day("2025-07-01"), "1673/NQ-UBTVQH15").await.unwrap();
    let coded = Change { code: Some("15".into()), ..Change::default() };
    units::change(&ctx, &tx, province.id, 1, coded, day("2025-07-01"), "1673/NQ-UBTVQH15").await.unwrap();
    units::end(&ctx, &tx, district.id, day("2025-06-30")).await.unwrap();
    tx.commit().await.unwrap();

    let above = async |on: &str| -> Vec<(String, String)> {
        let found = units::ancestors(&ctx, villages[0].id, day(on)).await.unwrap();
        found.into_iter().map(|unit| (unit.name, unit.code)).collect()
    };
    let named = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, code)| ((*name).to_owned(), (*code).to_owned())).collect()
    };
    let before = named(&[("Xã Gia Phú", "02923"), ("Huyện Bảo Thắng", "086"), ("Tỉnh Lào Cai", "10")]);
    assert_eq!(above("2023-12-31").await, before);
    assert_eq!(above("2025-06-30").await, before);
    assert_eq!(above("2025-07-01").await, named(&[("Xã Gia Phú", "02923"), ("Tỉnh Lào Cai", "15")]));
    assert!(units::on_day(&ctx, district.id, day("2025-07-01")).await.unwrap_err().is(ErrorKind::NotFound));
    assert!(units::by_code(&ctx, Kind::Province, "10", day("2025-06-30")).await.is_ok());
    assert!(units::by_code(&ctx, Kind::Province, "10", day("2025-07-01")).await.is_err());
    assert_eq!(audit::verify(&ctx).await.unwrap().broken_at, None);
    test.end().await;
}

#[tokio::test]
async fn villages_stand_in_vietnamese_order_with_short_addresses() {
    let (test, ctx) = start().await;
    let (_, _, commune, _) = tree(&ctx).await;
    let twin = make(&ctx, Kind::Village, "", "Thôn Đông Căm", Some(&commune)).await;
    assert_eq!(twin.slug, "dong-cam-2");
    let list = units::village_list(&ctx, day("2024-01-01")).await.unwrap();
    let mut slugs: Vec<&str> = list.iter().map(|unit| unit.slug.as_str()).collect();
    slugs[2..].sort_unstable(); // two of one name follow each other in the order of their ids
    assert_eq!(slugs, ["thon-06", "thon-10", "dong-cam", "dong-cam-2"]);
    assert_eq!(units::by_slug(&ctx, "dong-cam").await.unwrap().name, "Thôn Đông Căm");
    assert_eq!(units::village_list(&ctx, day("1979-12-31")).await.unwrap(), []);
    assert_eq!(units::children(&ctx, commune.id, day("2024-01-01")).await.unwrap().len(), 4);
    let stranger = Ctx { commune: Uuid::from_u128(0x200), ..ctx.clone() };
    assert!(units::find(&stranger, twin.id).await.unwrap_err().is(ErrorKind::NotFound));
    test.end().await;
}

#[tokio::test]
async fn a_merger_keeps_the_history() {
    let (test, ctx) = start().await;
    let (_, district, commune, villages) = tree(&ctx).await;
    let neighbour = make(&ctx, Kind::Commune, "02932", "Xã Xuân Giao", Some(&district)).await;
    let tx = ctx.begin().await.unwrap();
    let parts = [commune.id, neighbour.id];
    units::merge(&ctx, &tx, &parts, commune.id, day("2025-07-01"), "1673/NQ-UBTVQH15").await.unwrap();
    units::merge(&ctx, &tx, &[villages[0].id], villages[1].id, day("2020-03-01"), "13/NQ-HĐND")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let made_of: Vec<Uuid> =
        units::made_of(&ctx, commune.id).await.unwrap().iter().map(|row| row.from_id).collect();
    assert_eq!(made_of, [neighbour.id]);
    assert_eq!(units::merged_into(&ctx, neighbour.id).await.unwrap()[0].on_date, day("2025-07-01"));
    assert!(units::on_day(&ctx, neighbour.id, day("2025-06-30")).await.is_ok());
    assert!(units::on_day(&ctx, neighbour.id, day("2025-07-01")).await.is_err());
    assert_eq!(units::village_list(&ctx, day("2020-02-29")).await.unwrap().len(), 3);
    assert_eq!(units::village_list(&ctx, day("2020-03-01")).await.unwrap().len(), 2);
    assert!(!units::find(&ctx, villages[0].id).await.unwrap().exists_on(day("2021-01-01")));
    test.end().await;
}

#[tokio::test]
async fn a_correction_overwrites_and_a_change_does_not() {
    let (test, ctx) = start().await;
    let (_, _, _, villages) = tree(&ctx).await;
    let id = villages[2].id;
    let tx = ctx.begin().await.unwrap();
    let renamed = Change { name: Some("Thôn Soi Cờ".into()), ..Change::default() };
    let unit = units::change(&ctx, &tx, id, 1, renamed, day("2021-01-01"), "NQ").await.unwrap();
    let mended = Change { name: Some("Thôn  Soi Cờ 1".into()), ..Change::default() };
    let unit = units::correct(&ctx, &tx, id, unit.revision, mended.clone(), "NQ").await.unwrap();
    assert_eq!((unit.name.as_str(), unit.revision), ("Thôn Soi Cờ 1", 3));
    let late = units::correct(&ctx, &tx, id, 2, mended.clone(), "NQ").await.unwrap_err();
    assert!(late.is(ErrorKind::Conflict));
    let future = units::change(&ctx, &tx, id, 3, mended.clone(), day("2030-01-01"), "NQ").await.unwrap_err();
    assert_eq!(future.fields[0].message.key, "unit-date-in-future");
    assert!(units::change(&ctx, &tx, id, 3, mended, day("2020-01-01"), "NQ").await.is_err());
    tx.commit().await.unwrap();
    assert_eq!(units::on_day(&ctx, id, day("2020-12-31")).await.unwrap().name, "Thôn 06");
    assert_eq!(units::on_day(&ctx, id, day("2021-01-01")).await.unwrap().name, "Thôn Soi Cờ 1");
    assert_eq!(units::find(&ctx, id).await.unwrap().slug, "thon-06", "an address never changes");
    test.end().await;
}

#[tokio::test]
async fn levels_and_boundaries_are_checked() {
    let (test, ctx) = start().await;
    let (province, _, commune, _) = tree(&ctx).await;
    let tx = ctx.begin().await.unwrap();
    let wrong = NewUnit {
        kind: Kind::Village,
        code: String::new(),
        name: "Thôn 99".into(),
        parent_id: Some(province.id),
        valid_from: day("2020-01-01"),
        note: String::new(),
        source: String::new(),
    };
    assert_eq!(units::insert(&ctx, &tx, wrong).await.unwrap_err().fields[0].field, "thuoc");
    let square =
        r#"{"type":"Polygon","coordinates":[[[104.1,22.3],[104.2,22.3],[104.2,22.4],[104.1,22.3]]]}"#;
    units::boundary_set(&ctx, &tx, commune.id, square).await.unwrap();
    assert!(units::boundary_set(&ctx, &tx, commune.id, "<svg>").await.is_err());
    assert!(
        units::boundary_set(&ctx, &tx, commune.id, r#"{"type":"Point","coordinates":[1,2]}"#).await.is_err()
    );
    tx.commit().await.unwrap();
    assert_eq!(units::boundary(&ctx, commune.id).await.unwrap().as_deref(), Some(square));
    assert_eq!(units::boundary(&ctx, province.id).await.unwrap(), None);
    test.end().await;
}

#[tokio::test]
async fn facts_answer_for_any_day() {
    let (test, ctx) = start().await;
    let (_, _, commune, villages) = tree(&ctx).await;
    let set = async |unit: Uuid, key: &str, value: FactValue, from: &str| {
        let tx = ctx.begin().await.unwrap();
        let source = String::from("seed");
        let fact = NewFact { unit_id: unit, key: key.into(), value, valid_from: day(from), source };
        units::fact_set(&ctx, &tx, fact).await.unwrap();
        tx.commit().await.unwrap();
    };
    set(commune.id, "area_km2", FactValue::Number(102.8), "2025-07-01").await;
    set(commune.id, "area_km2", FactValue::Number(42.24), "2020-03-01").await;
    set(villages[0].id, "fibre_cable", FactValue::Yes(true), "2022-01-01").await;
    set(villages[1].id, "fibre_cable", FactValue::Yes(false), "2022-01-01").await;
    set(commune.id, "motto", FactValue::Text("Xã thông minh".into()), "2023-01-01").await;
    let area = async |on: &str| units::fact_number(&ctx, commune.id, "area_km2", day(on)).await.unwrap();
    assert_eq!(area("2019-01-01").await, None);
    assert_eq!(area("2025-06-30").await, Some(42.24));
    assert_eq!(area("2025-07-01").await, Some(102.8));
    set(commune.id, "area_km2", FactValue::Number(42.3), "2020-03-01").await;
    assert_eq!((area("2023-12-31").await, area("2025-07-01").await), (Some(42.3), Some(102.8)));
    let fibre = units::facts_of_kind(&ctx, Kind::Village, "fibre_cable", day("2023-12-31")).await.unwrap();
    assert_eq!(fibre.iter().map(|fact| fact.yes()).collect::<Vec<_>>(), [true, false]);
    assert!(units::fact_yes(&ctx, villages[0].id, "fibre_cable", day("2023-12-31")).await.unwrap());
    let keys: Vec<String> = units::facts(&ctx, commune.id, day("2023-12-31"))
        .await
        .unwrap()
        .into_iter()
        .map(|fact| fact.key)
        .collect();
    assert_eq!(keys, ["area_km2", "motto"]);
    test.end().await;
}
