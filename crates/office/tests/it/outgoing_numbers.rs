//! Numbers: no gap and no repeat, however many issue at once.

use crate::desk::{Desk, PATH, hidden};
use futures_util::StreamExt;
use futures_util::stream;

const DOCUMENTS: usize = 48;
const CLIENTS: usize = 16;

#[tokio::test]
async fn many_number_at_once_and_the_book_has_no_gap() {
    let desk = Desk::start().await;
    let mut urls = Vec::new();
    for at in 0..DOCUMENTS {
        urls.push(desk.approved("ubnd/giay-moi", &format!("Mời họp {at}")).await);
    }
    // Everybody has the page open before the first presses; each presses twice, and somebody else presses as well.
    let mut presses = Vec::new();
    for (at, url) in urls.iter().enumerate() {
        let who = if at % 2 == 0 { &desk.clerk } else { &desk.chairman };
        let page = who.get(url).await;
        let action = format!("{url}/lay-so");
        let (key, revision) =
            (hidden(&page, &action, "khoa").unwrap(), hidden(&page, &action, "phien-ban").unwrap());
        presses.push((who.same(), action.clone(), key.clone(), revision.clone()));
        presses.push((who.same(), action.clone(), key, revision.clone()));
        presses.push((desk.clerk.same(), action, desk.fresh(), revision));
    }
    let sent = stream::iter(presses).map(async |(who, action, key, revision)| {
        who.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await.status.as_u16()
    });
    let answers: Vec<u16> = sent.buffer_unordered(CLIENTS).collect().await;
    assert!(answers.iter().all(|status| [303, 409, 422].contains(status)), "{answers:?}");

    let mut numbers = Vec::new();
    for url in &urls {
        let id = url.rsplit('/').next().unwrap();
        let one = desk.clerk.get(&format!("/api/v1/outgoing-documents/{id}")).await.ok().json();
        let number = one["number"].as_str().unwrap().to_owned();
        let (number, symbol) = number.split_once('/').unwrap();
        assert_eq!(symbol, "GM-UBND");
        numbers.push(number.parse::<usize>().unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=DOCUMENTS).collect::<Vec<_>>());
    desk.clerk.get(&format!("{PATH}/so?nam=2026")).await.ok().shows("01/GM-UBND").shows("48/GM-UBND");
    desk.app.end().await;
}

#[tokio::test]
async fn each_kind_has_its_series_and_each_year_begins_anew() {
    let desk = Desk::start().await;
    let number = async |url: &str| {
        let page = desk.clerk.get(url).await;
        let action = format!("{url}/lay-so");
        let (key, revision) =
            (hidden(&page, &action, "khoa").unwrap(), hidden(&page, &action, "phien-ban").unwrap());
        desk.clerk.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await.is(303);
    };
    let (first, other) =
        (desk.approved("ubnd/giay-moi", "Họp A").await, desk.approved("ubnd/to-trinh", "B").await);
    number(&first).await;
    number(&other).await;
    desk.clerk.get(&first).await.ok().shows("01/GM-UBND");
    desk.clerk.get(&other).await.ok().shows("01/TTr-UBND");
    let late = desk.approved("ubnd/giay-moi", "Họp năm sau").await;
    desk.app.clock.advance(chrono::Duration::days(300));
    let clerk = desk.app.sign_in(&desk.cast.home, "clerk").await;
    let page = clerk.get(&late).await;
    let action = format!("{late}/lay-so");
    let (key, revision) =
        (hidden(&page, &action, "khoa").unwrap(), hidden(&page, &action, "phien-ban").unwrap());
    clerk.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await.is(303);
    clerk.get(&late).await.ok().shows("01/GM-UBND").shows("2027");
    desk.app.end().await;
}
