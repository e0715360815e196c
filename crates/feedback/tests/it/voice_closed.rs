//! What accuses somebody and comes by the page or by Zalo: read by the chairman alone, never answered where everybody reads.

use crate::room::{ROOM, Room};
use serde_json::json;

const WORDS: &str = "Tôi tố cáo ông A ăn chặn tiền hỗ trợ";

#[tokio::test]
async fn words_that_accuse_go_to_the_chairman_who_writes_privately() {
    let room = Room::start().await;
    let world = &room.world;
    room.comment("add", "77_1", WORDS).await;
    let list = world.clerk.get(ROOM).await;
    list.ok().shows("chỉ Chủ tịch đọc").hides("ăn chặn").hides("P•••");
    assert!(room.waiting(&world.clerk).await.is_empty(), "no link");
    let page = room.waiting(&world.chairman).await.remove(0);
    for client in [&world.clerk, &world.officer, &world.desk] {
        client.get(&page).await.is(404);
        client.post(&format!("{page}/nguoi-gui"), &[("khoa", &*world.fresh())]).await.is(404);
        client.post(&format!("{page}/lay-lai"), &[]).await.is(404);
        client.get(&page.replace("/lam-viec/tin-mang/", "/api/v1/feedback/voices/")).await.is(404);
    }
    world.chairman.get("/lam-viec/hop-thu").await.ok().shows("mang lời tố cáo").hides("ăn chặn");
    let shown = world.chairman.get(&page).await;
    shown.ok().shows("ăn chặn").shows("Không trả lời công khai").hides("Trả lời công khai, dưới bình luận");
    let public = [("cach", "comment"), ("loi", "Xã sẽ xem")];
    room.press(&world.chairman, &page, "tra-loi", &public).await.is(422).shows("chỉ nhắn riêng");
    let village = world.village(0);
    let common = [("noi-dung", WORDS), ("loai", "other"), ("thon", &*village)];
    room.press(&world.chairman, &page, "phan-anh", &common).await.is(422).shows("chỉ chuyển thành tố cáo");
    // A denunciation needs a name; the one of the comment is there.
    let typed = [("noi-dung", WORDS), ("loai", "denunciation"), ("ten", "Sùng A Páo"), ("bao", "1")];
    let report = room.press(&world.chairman, &page, "phan-anh", &typed).await.is(303).location();
    world.app.run_jobs().await;
    assert!(room.firm.asked().is_empty(), "nothing is said where everybody reads");
    world.clerk.get(&report).await.is(404);
    let matter = page.rsplit('/').next().unwrap();
    let write =
        |how: &'static str| [("tin", matter), ("cach", how), ("nhan", "Mời ông/bà đến phòng tiếp dân")];
    let key = world.fresh();
    let fields = [&[("khoa", &*key)][..], &write("comment")].concat();
    world.chairman.post(&format!("{report}/nhan-tin"), &fields).await.is(422);
    let key = world.fresh();
    let fields = [&[("khoa", &*key)][..], &write("private")].concat();
    world.chairman.post(&format!("{report}/nhan-tin"), &fields).await.is(303);
    room.firm.will(200, r#"{"recipient_id":"x","message_id":"m_p"}"#);
    world.app.run_jobs().await;
    let asked = room.firm.asked();
    assert_eq!(asked[0].path, "/v23.0/1000200/messages");
    assert!(asked[0].text().contains("comment_id%22%3A%2277_1"), "{}", asked[0].text());
    // Facebook lets a page write once to a commenter.
    let key = world.fresh();
    let fields = [&[("khoa", &*key)][..], &write("private")].concat();
    world.chairman.post(&format!("{report}/nhan-tin"), &fields).await.is(422).shows("một lần");
    // Each look stands in the record, without words.
    let entries =
        audit::list(&world.app.ctx(&world.cast.home), &audit::Filter::default(), 200).await.unwrap();
    assert!(entries.iter().any(|one| one.action == "feedback.look" && one.kind == "feedback_voice"));
    assert!(entries.iter().all(|one| !one.detail.to_string().contains("chặn")));
    room.world.app.end().await;
}

#[tokio::test]
async fn a_word_that_sounds_like_it_is_given_back_and_one_that_comes_later_closes_what_waits() {
    let room = Room::start().await;
    let world = &room.world;
    room.comment("add", "77_1", "Cảm ơn xã đã tố cáo bọn lừa đảo").await;
    let page = room.waiting(&world.chairman).await.remove(0);
    room.press(&world.chairman, &page, "khong-to-cao", &[]).await.is(303);
    world.clerk.get(&page).await.ok().shows("lừa đảo");
    world.clerk.get(ROOM).await.ok().hides("chỉ Chủ tịch đọc");
    room.messenger("m1", json!({ "text": "Đường hỏng" })).await;
    assert_eq!(room.waiting(&world.clerk).await.len(), 2);
    room.messenger("m2", json!({ "text": WORDS })).await;
    assert_eq!(room.waiting(&world.clerk).await.len(), 1);
    // What belongs to a report that everybody works on stays there; the accusation begins its own.
    room.comment("add", "77_9", "Rác ở chợ").await;
    let village = world.village(0);
    let page = room.waiting(&world.clerk).await.pop().unwrap();
    let typed = [("noi-dung", "Rác ở chợ"), ("loai", "rubbish"), ("thon", &*village)];
    let report = room.press(&world.clerk, &page, "phan-anh", &typed).await.is(303).location();
    let answer = json!({ "item": "comment", "verb": "add", "comment_id": "77_10", "post_id": "1000200_77", "parent_id": "77_9",
        "from": { "id": "f-pao", "name": "Sùng A Páo" }, "message": WORDS, "created_time": world.app.clock.now().timestamp() });
    let entry = json!({ "id": "1000200", "time": 1, "changes": [{ "field": "feed", "value": answer }] });
    room.facebook_by("app-secret", entry).await.is(200);
    world.app.run_jobs().await;
    world.clerk.get(&report).await.ok().hides("ăn chặn");
    assert_eq!(room.waiting(&world.chairman).await.len(), 3);
    room.world.app.end().await;
}
