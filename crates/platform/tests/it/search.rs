//! Search without marks, by the beginning of the last word, inside the reader's places.

use crate::toy;
use platform::Ctx;
use platform::access::{Place, Scope};
use platform::search::{self, Entry};
use testkit::TestApp;

fn entry(ctx: &Ctx, title: &str, words: &str, place: Option<Place>) -> Entry {
    Entry {
        id: ctx.new_id(),
        kind: "person",
        title: title.into(),
        subtitle: "Thôn Đông Căm".into(),
        url: format!("/x/{title}"),
        words: words.into(),
        places: place.into_iter().collect(),
    }
}

async fn titles(test: &TestApp, scope: &Scope, query: &str) -> Vec<String> {
    let hits = search::find(&toy::ctx(test), scope, query, None, 20).await.unwrap();
    hits.hits.into_iter().map(|hit| hit.title).collect()
}

#[tokio::test]
async fn marks_case_and_half_words_do_not_matter_but_the_place_does() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let home = Place::new("village", toy::VILLAGE);
    let people = [
        entry(&ctx, "Đặng Văn Khẩu", "H-123", Some(home.clone())),
        entry(&ctx, "Nguyễn Thị Dung", "sổ hộ khẩu 77", None),
        entry(&ctx, "Đặng Thị Dung", "", Some(Place::new("village", ctx.commune))),
    ];
    let tx = ctx.begin().await.unwrap();
    search::put(&ctx, &tx, &people).await.unwrap();
    tx.commit().await.unwrap();
    let all = Scope::new(vec![Place::new("commune", ctx.commune)]);
    assert_eq!(titles(&test, &all, "ho khau").await, ["Nguyễn Thị Dung"]);
    assert_eq!(titles(&test, &all, "dang").await, ["Đặng Thị Dung", "Đặng Văn Khẩu"]);
    assert_eq!(titles(&test, &all, "ĐẶNG  d").await, ["Đặng Thị Dung", "Đặng Văn Khẩu"]);
    assert_eq!(titles(&test, &all, "dung dang").await, ["Đặng Thị Dung"]);
    assert_eq!(titles(&test, &all, "khau van").await, ["Đặng Văn Khẩu"]);
    assert_eq!(titles(&test, &Scope::new(vec![home]), "dang").await, ["Đặng Văn Khẩu"]);
    assert!(titles(&test, &Scope::default(), "dang").await.is_empty());
    for odd in ["", "   ", "\" OR 1", "a & b | !c:*", "NEAR(", "*", "😀", "'; DROP TABLE person"] {
        titles(&test, &all, odd).await;
    }
    test.end().await;
}

#[tokio::test]
async fn an_entry_is_replaced_and_taken_out() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let all = Scope::new(vec![Place::new("commune", ctx.commune)]);
    let mut one = entry(&ctx, "Lò A Páo", "", None);
    for title in ["Lò A Páo", "Lò A Sình"] {
        one.title = title.into();
        let tx = ctx.begin().await.unwrap();
        search::put(&ctx, &tx, std::slice::from_ref(&one)).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert!(titles(&test, &all, "pao").await.is_empty());
    assert_eq!(titles(&test, &all, "sinh").await, ["Lò A Sình"]);
    let tx = ctx.begin().await.unwrap();
    search::remove(&ctx, &tx, &[one.id]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(titles(&test, &all, "sinh").await.is_empty());
    test.end().await;
}

#[tokio::test]
async fn too_many_hits_are_shown_unranked_and_counted_up_to_a_limit() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let many: Vec<Entry> = (0..1200).map(|n| entry(&ctx, &format!("Nguyễn {n}"), "", None)).collect();
    let tx = ctx.begin().await.unwrap();
    search::put_new(&ctx, &tx, &many).await.unwrap();
    tx.commit().await.unwrap();
    let all = Scope::new(vec![Place::new("commune", ctx.commune)]);
    let hits = search::find(&ctx, &all, "nguyen", None, 20).await.unwrap();
    assert_eq!((hits.ranked, hits.count, hits.hits.len()), (false, 1001, 20));
    let hits = search::find(&ctx, &all, "nguyen 1199", Some("person"), 20).await.unwrap();
    assert_eq!((hits.ranked, hits.count), (true, 1));
    assert_eq!(search::find(&ctx, &all, "nguyen 1199", Some("household"), 20).await.unwrap().count, 0);
    test.end().await;
}
