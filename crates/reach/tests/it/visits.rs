//! The head of a village notes households from the phone: one tap, a second for what came of it, several at once, taken back.

use crate::world::{HEADS, WORK, World};

#[tokio::test]
async fn one_tap_notes_a_visit_and_a_second_says_what_came_of_it() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    let list = world.village(&page);
    // Whoever has one village is led to it.
    head.get(&page).await.leads_to(&list);
    head.get(WORK).await.ok().shows(&list);
    let shown = head.get(&list).await;
    HEADS.iter().for_each(|name| {
        shown.ok().shows(name);
    });
    shown.shows("Ra nhà văn hóa thôn cài VNeID.").hides("Phàn Văn Thử");
    head.get(&format!("{list}?q=vang+thi")).await.ok().shows(HEADS[1]).hides(HEADS[0]);
    // One tap; the list offers the second.
    let tapped = world.note(&head, &page, 0, &[("tu", "danh-sach")]).await.is(303).location();
    assert!(tapped.contains(&format!("vua={}", world.homes[0])), "{tapped}");
    head.get(&tapped).await.ok().shows("Đã ghi: Sùng A Thử").shows("Cần giúp").shows("1 / 4");
    head.get(&list).await.ok().hides(HEADS[0]);
    world.note(&head, &page, 0, &[("ket-qua", "help"), ("loi", "Hẹn tối thứ bảy")]).await.is(303);
    let home = format!("{list}/ho/{}", world.homes[0]);
    head.get(&home).await.ok().shows("Cần giúp").shows("Hẹn tối thứ bảy").shows("village_head");
    head.get(&format!("{list}?xem=can-giup")).await.ok().shows(HEADS[0]).hides(HEADS[1]);
    // Where nobody was at home, nobody was reached; a later visit on the same day is.
    world.note(&head, &page, 1, &[("ket-qua", "nobody")]).await.is(303);
    head.get(&list).await.ok().shows("1 / 4").shows(HEADS[1]).shows("Vắng nhà ngày");
    head.get(&format!("{list}?xem=vang")).await.ok().shows(HEADS[1]).hides(HEADS[2]);
    world.note(&head, &page, 1, &[]).await.is(303);
    head.get(&list).await.ok().shows("2 / 4").hides(HEADS[1]);
    // Whoever refuses was reached.
    world.note(&head, &page, 2, &[("ket-qua", "refused")]).await.is(303);
    head.get(&list).await.ok().shows("3 / 4");
    officer
        .get(&page)
        .await
        .ok()
        .shows("3 trên 5 hộ")
        .shows("60,0 %")
        .shows("1 hộ không muốn")
        .shows("Đến nhà");
    world.app.end().await;
}

/// Two people at the same door: the second sees the first, and the household is counted once.
#[tokio::test]
async fn two_who_note_the_same_household_note_it_once() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    world.note(&head, &page, 0, &[]).await.is(303);
    let second = world.note(&officer, &page, 0, &[]).await.is(303).location();
    officer.get(&second).await.ok().shows("đã có người ghi trước");
    let home = format!("{}/ho/{}", world.village(&page), world.homes[0]);
    officer.get(&home).await.ok().shows("village_head");
    // Another way is another note, and still one household.
    world.note(&officer, &page, 0, &[("kenh", "desk")]).await.is(303);
    officer.get(&page).await.ok().shows("1 trên 5 hộ").shows("Tại một cửa");
    // The same form pressed twice.
    let key = world.fresh();
    let path = format!("{}/ho/{}", world.village(&page), world.homes[1]);
    head.post(&path, &[("khoa", &key)]).await.is(303);
    head.post(&path, &[("khoa", &key)]).await.is(303);
    officer.get(&page).await.ok().shows("2 trên 5 hộ");
    world.app.end().await;
}

#[tokio::test]
async fn several_are_noted_at_once_and_taken_back_by_whoever_pressed() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    let list = world.village(&page);
    let many = format!("{list}/nhieu");
    let ids: Vec<String> = world.homes.iter().map(ToString::to_string).collect();
    world.send(&head, &many, &[("kenh", "class")]).await.is(422).shows("Tích ít nhất một hộ");
    let typed = [("chon", &*ids[0]), ("chon", &*ids[1]), ("kenh", "class")];
    let answer = world.send(&head, &many, &typed).await;
    let shown = head.get(&answer.is(303).location()).await;
    shown.ok().shows("Đã ghi 2 hộ").shows("2 / 4");
    let text = shown.text();
    let at = text.find("/hoan-tac/").expect("what was noted may be taken back");
    let batch = &text[at + "/hoan-tac/".len()..at + "/hoan-tac/".len() + 36];
    // Nobody else takes it back, and nobody twice.
    officer.post(&format!("{list}/hoan-tac/{batch}"), &[]).await.is(404);
    head.post(&format!("{list}/hoan-tac/{batch}"), &[]).await.is(303);
    head.post(&format!("{list}/hoan-tac/{batch}"), &[]).await.is(404);
    head.get(&list).await.ok().shows("0 / 4").shows(HEADS[0]);
    // A household of another village among them: nothing is noted.
    let typed = [("chon", &*ids[0]), ("chon", &*ids[4])];
    world.send(&head, &many, &typed).await.is(404);
    head.get(&list).await.ok().shows("0 / 4");
    world.app.end().await;
}

#[tokio::test]
async fn days_words_and_ways_are_checked_and_other_villages_stay_out() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    let (before, ahead) = (world.day(-1), world.day(1));
    world.note(&head, &page, 0, &[("ngay", &before)]).await.is(422).shows("Chiến dịch bắt đầu ngày");
    world.note(&head, &page, 0, &[("ngay", &ahead)]).await.is(422).shows("chưa đến");
    world.note(&head, &page, 0, &[("ngay", "31/02/2026")]).await.is(422);
    let long = "x".repeat(10_000);
    world.note(&head, &page, 0, &[("loi", &long)]).await.is(422).shows("tối đa 200");
    // What only the program knows is not noted by hand.
    world.note(&head, &page, 0, &[("kenh", "message")]).await.is(422);
    world.note(&head, &page, 0, &[("ket-qua", "ok")]).await.is(422);
    let list = world.village(&page);
    head.get(&list).await.ok().shows("0 / 4");
    let second = world.who("village_head_2").await;
    second.get(&list).await.is(404);
    second.get(&format!("{list}/in")).await.is(404);
    world.note(&second, &page, 0, &[]).await.is(404);
    let other = format!("{page}/thon/{}/ho/{}", world.cast.home.villages[1], world.homes[0]);
    world.send(&second, &other, &[]).await.is(404);
    world.who("auditor").await.get(&list).await.ok().hides("name=\"chon\"");
    world.note(&world.who("auditor").await, &page, 0, &[]).await.is(403);
    world.who("resident-0").await.get(&list).await.is(403);
    let abroad = world.app.sign_in(&world.cast.other, "clerk").await.header("host", "bencanh.example");
    abroad.get(&page).await.is(404);
    abroad.get(&list).await.is(404);
    world.app.end().await;
}

/// Nobody knows which house heard a loudspeaker.
#[tokio::test]
async fn a_loudspeaker_is_counted_apart_and_reaches_no_household() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    let list = world.village(&page);
    world.send(&head, &format!("{list}/loa"), &[("so-lan", "0")]).await.is(422).shows("từ 1 đến 50");
    let ahead = world.day(1);
    world.send(&head, &format!("{list}/loa"), &[("so-lan", "2"), ("ngay-loa", &ahead)]).await.is(422);
    let noted = world.send(&head, &format!("{list}/loa"), &[("so-lan", "3")]).await.is(303).location();
    let shown = head.get(&noted).await;
    shown.ok().shows("Đã phát 3 lần").shows("0 / 4");
    officer.get(&page).await.ok().shows("3 lần").shows("0 trên 5 hộ");
    let text = shown.text();
    let at = text.find("/loa/").expect("it may be taken back");
    let id = &text[at + 5..at + 5 + 36];
    head.post(&format!("{list}/loa/{id}/bo"), &[]).await.is(303);
    officer.get(&page).await.ok().hides("3 lần");
    world.app.end().await;
}
