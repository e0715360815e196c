use crate::support::{commune, start};
use audit::{Filter, keyed_hash, list, verify, viewed, views_of};
use platform::Uuid;

#[tokio::test]
async fn a_look_at_personal_data_can_be_seen_by_the_person() {
    let test = start().await;
    let ctx = commune(&test, "Gia Phú").await;
    let (an, binh) = (Uuid::from_u128(1), Uuid::from_u128(2));
    for _ in 0..3 {
        test.clock.advance(chrono::Duration::minutes(1));
        let ctx = platform::Ctx { now: test.app.clock.now(), ..ctx.clone() };
        let tx = ctx.begin().await.unwrap();
        viewed(&ctx, &tx, &[an, binh, an], "purpose-residence", &["birth_date", "phone"]).await.unwrap();
        tx.commit().await.unwrap();
    }
    let first = views_of(&ctx, an, None, 2).await.unwrap();
    assert_eq!(first.len(), 2);
    assert!(first[0].at > first[1].at);
    assert_eq!(
        (first[0].purpose.as_str(), first[0].fields.as_str()),
        ("purpose-residence", "birth_date,phone")
    );
    let last = &first[1];
    let next = views_of(&ctx, an, Some((last.at, last.id)), 2).await.unwrap();
    assert_eq!(next.len(), 1);
    assert_eq!(views_of(&ctx, Uuid::from_u128(3), None, 9).await.unwrap(), []);
    // One entry of the chain for each look, whoever was on the page.
    assert_eq!(verify(&ctx).await.unwrap().entries, 3);
    test.end().await;
}

#[tokio::test]
async fn a_look_at_many_is_one_small_entry() {
    let test = start().await;
    let ctx = commune(&test, "Gia Phú").await;
    let people: Vec<Uuid> = (1..=5_000).map(Uuid::from_u128).collect();
    let tx = ctx.begin().await.unwrap();
    viewed(&ctx, &tx, &people, "purpose-export", &["name"]).await.unwrap();
    viewed(&ctx, &tx, &[], "purpose-export", &["name"]).await.unwrap();
    tx.commit().await.unwrap();
    let entries = list(&ctx, &Filter::default(), 10).await.unwrap();
    assert_eq!(entries.len(), 1);
    assert!(
        entries[0].detail.contains("\"count\":5000") && entries[0].detail.len() < 300,
        "{}",
        entries[0].detail
    );
    assert_eq!(views_of(&ctx, people[4_999], None, 9).await.unwrap().len(), 1);
    test.end().await;
}

#[tokio::test]
async fn a_keyed_hash_tells_sameness_and_nothing_else() {
    let test = start().await;
    let ctx = commune(&test, "Gia Phú").await;
    let hash = keyed_hash(&ctx, "010203004567").unwrap();
    assert_eq!(hash, keyed_hash(&ctx, "010203004567").unwrap());
    assert_ne!(hash, keyed_hash(&ctx, "010203004568").unwrap());
    let other = start().await;
    let elsewhere = commune(&other, "Gia Phú").await;
    assert_ne!(hash, keyed_hash(&elsewhere, "010203004567").unwrap());
    other.end().await;
    test.end().await;
}
