//! Ten thousand people at once, with a past.

use crate::world::{COMMUNE, World, checked, day, raw};
use platform::search;
use platform::sql;
use registry::bulk::{self, Bulk, BulkHolding, BulkHousehold, BulkPerson, Ending, Since};
use registry::household::{Facts, Poverty, Residence};
use registry::person::{Membership, RawPerson};

/// Households of four; every tenth is poor since 2023, every hundredth person died in 2024.
fn commune(world: &World, households: usize) -> Bulk {
    let ctx = world.system();
    let person = checked(
        &ctx,
        &RawPerson { phone: "0912345678".into(), ..raw("Hoàng Thị Hương", "Nữ", "1980", "head") },
    );
    let mut bulk = Bulk { source: "thử".into(), ..Bulk::default() };
    for n in 0..households {
        let id = ctx.new_id();
        let village_id = if n % 2 == 0 { world.dong_cam } else { world.soi_co };
        let first = bulk.people.len();
        for (k, relation) in ["head", "spouse", "child", "child"].into_iter().enumerate() {
            let facts = person.facts.clone();
            let place = Membership {
                household_id: id,
                village_id,
                relation: relation.into(),
                residence: person.residence,
            };
            let ended = ((first + k) % 100 == 99).then_some(Ending::Died(day("2024-06-01")));
            let from = day("2020-01-01");
            let (facts, places) = (vec![Since::new(from, facts)], vec![Since::new(from, place)]);
            bulk.people.push(BulkPerson {
                id: ctx.new_id(),
                facts,
                places,
                ended,
                skills: vec!["driving".into()],
            });
        }
        let facts = Facts {
            village_id,
            address: format!("Tổ {n}"),
            book_no: format!("{n:04}"),
            head_person_id: Some(bulk.people[first].id),
            poverty: Poverty::None,
            residence: Residence::Permanent,
            fibre: n % 3 == 0,
            water: None,
            electric: None,
        };
        let mut versions = vec![Since::new(day("2020-01-01"), facts.clone())];
        if n % 10 == 0 {
            versions.push(Since::new(day("2023-01-01"), Facts { poverty: Poverty::Poor, ..facts }));
        }
        let holdings = vec![BulkHolding { kind: "rice".into(), from: day("2022-01-01"), quantity: 500 }];
        bulk.households.push(BulkHousehold { id, versions, ended: None, holdings });
    }
    bulk
}

#[tokio::test]
async fn many_households_are_written_with_their_past() {
    let world = World::start().await;
    let bulk = commune(&world, 2_500);
    let ctx = world.system();
    let tx = ctx.begin().await.unwrap();
    bulk::insert_many(&ctx, &tx, &bulk).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((world.people_on("2024-05-31").await, world.people_on("2024-06-01").await), (10_000, 9_900));
    let poor = async |on: &str| {
        sql(format!(
            "SELECT COUNT(*) FROM {} h WHERE h.poverty = 'poor' /* all rows */",
            registry::views::HOUSEHOLD_ON
        ))
        .bind(COMMUNE)
        .bind(day(on))
        .count(&world.app.db)
        .await
        .unwrap()
    };
    assert_eq!((poor("2022-12-31").await, poor("2023-01-01").await), (0, 250));
    let now =
        sql(format!("SELECT COUNT(*) FROM {} p /* all rows */", registry::views::PERSON_NOW)).bind(COMMUNE);
    assert_eq!(now.count(&world.app.db).await.unwrap(), 9_900);
    let rice = sql(format!(
        "SELECT CAST(SUM(o.quantity) AS BIGINT) FROM {} o /* all rows */",
        registry::views::HOLDING_ON
    ));
    assert_eq!(rice.bind(COMMUNE).bind(day("2024-01-01")).count(&world.app.db).await.unwrap(), 1_250_000);
    let found = search::find(&ctx, &ctx.scope, "hoang huong", Some("household"), 10).await.unwrap();
    assert!(!found.ranked && found.hits.len() == 10);
}

#[tokio::test]
async fn a_bulk_with_one_number_twice_leaves_nothing() {
    let world = World::start().await;
    let mut bulk = commune(&world, 2);
    let ctx = world.system();
    let person = RawPerson {
        personal_no: "010195000456".into(),
        ..raw("Hoàng Thị Hương", "Nữ", "1995", "head")
    };
    for at in [0, 5] {
        bulk.people[at].facts[0].what = checked(&ctx, &person).facts;
    }
    let tx = ctx.begin().await.unwrap();
    let error = bulk::insert_many(&ctx, &tx, &bulk).await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-number-twice");
    tx.rollback().await.unwrap();
    assert_eq!(world.people_on("2024-01-01").await, 0);
}
