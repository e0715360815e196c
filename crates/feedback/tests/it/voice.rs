//! What people write to the page and to Zalo, from the firm's notice to the answer that they read there.

use crate::room::{ROOM, Room, TAKEN, TOKEN};
use crate::world::{FIRST, photo};
use chrono::Duration;
use http::Method;
use serde_json::json;
use testkit::in_both_languages;

#[tokio::test]
async fn a_comment_becomes_a_report_in_one_press_and_its_writer_hears_how_it_stands() {
    let room = Room::start().await;
    let world = &room.world;
    room.comment("add", "77_1", "Đường vào Đông Căm có ổ gà to quá").await;
    // Told twice, it is there once.
    room.comment("add", "77_1", "Đường vào Đông Căm có ổ gà to quá").await;
    world.officer.get("/lam-viec/phan-anh").await.ok().shows("Facebook, Zalo (1)");
    let list = world.officer.get(ROOM).await;
    list.ok().shows("ổ gà to quá").shows("Bình luận").hides("Sùng A Páo").shows("S••• A••• P•••");
    let pages = room.waiting(&world.officer).await;
    assert_eq!(pages.len(), 1);
    let page = world.officer.get(&pages[0]).await;
    page.ok().hides("Sùng A Páo").hides("f-pao");
    // Kind and village are guessed from the words: nothing has to be typed.
    let guess = |name: &str| {
        let text = page.text();
        let select = text.split(&format!("<select class=\"field-control\" id=\"{name}\"")).nth(1).unwrap();
        let chosen = select.split("</select>").next().unwrap().split(" selected").next().unwrap();
        chosen.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned()
    };
    let (kind, village) = (guess("loai"), guess("thon"));
    assert_eq!((kind.as_str(), village), ("road-damage", world.village(0)));
    let who = world.officer.post(&format!("{}/nguoi-gui", pages[0]), &[("khoa", &*world.fresh())]).await;
    who.ok().shows("Sùng A Páo").shows("f-pao");
    let words = "Đường vào Đông Căm có ổ gà to quá";
    let village = world.village(0);
    let typed = [("noi-dung", words), ("loai", "road-damage"), ("thon", &*village), ("bao", "1")];
    let wrong = [("noi-dung", words), ("loai", "road-damage")];
    room.press(&world.officer, &pages[0], "phan-anh", &wrong).await.is(422).shows("Cho biết ở đâu");
    let report = room.press(&world.officer, &pages[0], "phan-anh", &typed).await.is(303).location();
    world.officer.get(&report).await.ok().shows("Chuyển từ tin người dân: Trang Facebook").shows(words);
    world.officer.get(ROOM).await.ok().shows("Không có tin nào chờ");
    world.officer.get(&pages[0]).await.ok().shows("Xem phản ánh PA26-0001");
    // Public: the answer under the comment carries no code that opens the sender's page.
    room.firm.will(200, r#"{"id":"77_2"}"#);
    world.app.run_jobs().await;
    let asked = room.firm.asked();
    assert_eq!((asked.len(), asked[0].path.as_str()), (1, "/v23.0/77_1/comments"));
    assert!(
        asked[0].text().contains("PA26-0001") && !asked[0].text().contains("ma%3D"),
        "{}",
        asked[0].text()
    );
    let page = "/phan-anh/PA26-0001";
    world.act(&world.officer, page, "nhan", &[]).await.is(303);
    world.act(&world.officer, page, "tra-loi", &[("tra-loi", "Đã vá ngày 10/3")]).await.is(303);
    room.firm.will(200, r#"{"id":"77_3"}"#);
    room.firm.will(200, r#"{"id":"77_4"}"#);
    world.app.run_jobs().await;
    let asked = room.firm.asked();
    assert_eq!(asked.len(), 2);
    let told: Vec<(String, String)> = form(&asked[1].text());
    assert_eq!(told[1], ("access_token".into(), "page-token".into()));
    assert!(told[0].1.starts_with("Phản ánh PA26-0001 đã có trả lời:\nĐã vá ngày 10/3"), "{}", told[0].1);
    world.officer.get(&report).await.ok().shows("Đã gửi").hides("Sùng A Páo");
    in_both_languages(async |lang| {
        for path in [ROOM, "/lam-viec/tin-mang?xem=da-lam", &pages[0], &report] {
            let join = if path.contains('?') { '&' } else { '?' };
            world.officer.get(&format!("{path}{join}lang={}", lang.code())).await.ok();
        }
    })
    .await;
    room.world.app.end().await;
}

fn form(text: &str) -> Vec<(String, String)> {
    let plain = |part: &str| {
        let mut bytes = Vec::new();
        let mut rest = part.as_bytes();
        while let Some((first, tail)) = rest.split_first() {
            rest = tail;
            match first {
                b'+' => bytes.push(b' '),
                b'%' => {
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
                    rest = &tail[2..];
                }
                other => bytes.push(*other),
            }
        }
        String::from_utf8(bytes).unwrap()
    };
    text.split('&').filter_map(|pair| pair.split_once('=')).map(|(n, v)| (plain(n), plain(v))).collect()
}

#[tokio::test]
async fn a_talk_on_zalo_brings_pictures_and_a_place_and_answers_the_officers_question() {
    let mut room = Room::start().await;
    room.firm.will_give(200, photo(900, 600));
    let picture = json!({ "type": "image", "payload": { "url": format!("{}/anh.jpg", room.firm.address) } });
    room.zalo(
        "user_send_image",
        json!({ "msg_id": "z1", "text": "Rác đổ đầy mương", "attachments": [picture] }),
    )
    .await;
    let (lat, lon) = (FIRST.0.to_string(), FIRST.1.to_string());
    let place =
        json!({ "type": "location", "payload": { "coordinates": { "latitude": lat, "longitude": lon } } });
    room.zalo("user_send_location", json!({ "msg_id": "z2", "text": "", "attachments": [place] })).await;
    room.zalo("user_send_sticker", json!({ "msg_id": "z3", "attachments": [] })).await;
    let pages = room.waiting(&room.world.clerk).await;
    assert_eq!(pages.len(), 1, "one person, one matter");
    let page = room.world.clerk.get(&pages[0]).await;
    page.ok().shows("Không rõ tên").shows("Vị trí: 22,20500").shows("Nhắn được đến 17/03/2026");
    let url = page.text().split(&format!("{}/anh/", pages[0])).nth(1).unwrap()[..36].to_owned();
    let url = format!("{}/anh/{url}", pages[0]);
    assert!(room.world.clerk.get(&url).await.ok().bytes.starts_with(&[0xff, 0xd8]));
    room.world.resident.get(&url).await.is(403);
    let typed = [("noi-dung", "Rác đổ đầy mương"), ("loai", "rubbish"), ("bao", "1")];
    let report = room.press(&room.world.clerk, &pages[0], "phan-anh", &typed).await.is(303).location();
    let one = room.world.find("/phan-anh/PA26-0001").await;
    assert_eq!(
        (one.source, one.village_id),
        (feedback::Source::Zalo, Some(room.world.cast.home.villages[0]))
    );
    room.world.clerk.get(&report).await.ok().shows("?nho=1").shows("Zalo OA của xã · Tin nhắn riêng");
    // The sender gets the code of the own page: only they read it.
    room.firm.asked();
    room.firm.will(200, TOKEN);
    room.firm.will(200, TAKEN);
    room.world.app.run_jobs().await;
    let told = room.firm.asked()[1].text();
    assert!(told.contains("/phan-anh/PA26-0001?ma=") && told.contains("z-lo"), "{told}");
    // The officer asks, the resident answers in Zalo, and the clock goes on.
    let page = "/phan-anh/PA26-0001";
    room.world.act(&room.world.clerk, page, "hoi", &[("loi", "Ai đổ, từ bao giờ?")]).await.is(303);
    room.firm.will(200, TAKEN);
    room.world.app.run_jobs().await;
    assert!(room.firm.asked()[0].text().contains("Ai đổ, từ bao giờ?"));
    room.zalo("user_send_text", json!({ "msg_id": "z4", "text": "Từ tuần trước" })).await;
    assert_eq!(room.world.find(page).await.state, feedback::State::Working);
    room.world.clerk.get(&report).await.ok().shows("Từ tuần trước");
    assert!(room.waiting(&room.world.clerk).await.is_empty());
    // More words; the holder is told; the officer writes on.
    room.zalo("user_send_text", json!({ "msg_id": "z5", "text": "Vẫn còn mùi" })).await;
    let key = room.world.fresh();
    let matter = pages[0].rsplit('/').next().unwrap();
    let fields = [("khoa", &*key), ("tin", matter), ("cach", "message"), ("nhan", "Mai xã cho xe đến")];
    room.world.clerk.post(&format!("{report}/nhan-tin"), &fields).await.is(303);
    room.firm.will(200, TAKEN);
    room.world.app.run_jobs().await;
    assert!(room.firm.asked()[0].text().contains("Mai xã cho xe đến"));
    nothing_is_taken_after_seven_days(&mut room, &report, matter).await;
    // A word after the end is a new matter.
    room.zalo("user_send_text", json!({ "msg_id": "z6", "text": "Cảm ơn xã" })).await;
    let pages = room.waiting(&room.world.clerk).await;
    room.world.clerk.get(&pages[0]).await.ok().shows("Tin trước của người này");
    room.world.app.end().await;
}

/// Seven days after the last word Zalo takes nothing: it is said before and after.
async fn nothing_is_taken_after_seven_days(room: &mut Room, report: &str, matter: &str) {
    room.world.later(Duration::days(8)).await;
    room.world.clerk.get(report).await.ok().shows("Đã hết thời gian được nhắn");
    let key = room.world.fresh();
    let fields = [("khoa", &*key), ("tin", matter), ("cach", "message"), ("nhan", "Xong rồi ạ")];
    let late = room.world.clerk.post(&format!("{report}/nhan-tin"), &fields).await;
    late.is(422).shows("nhắn thêm một tin").shows("Đã hết thời gian");
    room.world
        .act(&room.world.clerk, "/phan-anh/PA26-0001", "tra-loi", &[("tra-loi", "Đã dọn sạch")])
        .await
        .is(303);
    room.world.app.run_jobs().await;
    let asked: Vec<String> = room.firm.asked().into_iter().map(|one| one.path).collect();
    // A new token may be asked for, the old one has ended meanwhile; nothing is sent.
    assert!(asked.iter().all(|path| path.ends_with("/access_token")), "{asked:?}");
    room.world.clerk.get(report).await.ok().shows("Chưa gửi được").shows("Đã quá thời gian được nhắn lại");
}

#[tokio::test]
async fn forged_repeated_late_changed_and_deleted_notices_do_no_harm() {
    let room = Room::start().await;
    let entry = json!({ "id": "1000200", "time": 1, "changes": [] });
    room.facebook_by("other-secret", entry.clone()).await.is(403);
    room.zalo_by("other-secret", "user_send_text", json!({ "msg_id": "z0", "text": "x" })).await.is(403);
    let visitor = room.world.app.visitor();
    visitor.json(Method::POST, "/api/v1/channels/facebook/events", &entry).await.is(403);
    room.admin.get("/lam-viec/kenh").await.ok().shows("Có thông báo sai chữ ký").shows("Chưa nhận được gì");
    room.facebook_by("app-secret", json!({ "id": "1000200", "messaging": ["?"], "changes": [{ "x": 1 }] }))
        .await
        .is(200);
    room.admin.get("/lam-viec/kenh").await.ok().shows("Nhận được gần nhất");
    // Facebook asks whose address it is.
    let verify = room.admin.get("/lam-viec/kenh").await.text();
    let verify =
        verify.split("id=\"ma-xac-minh\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let shake = |token: &str, word: &str| {
        format!(
            "/api/v1/channels/facebook/events?hub.mode=subscribe&hub.verify_token={token}&hub.challenge={word}"
        )
    };
    assert_eq!(visitor.get(&shake(&verify, "1158201444")).await.ok().text(), "1158201444");
    visitor.get(&shake("wrong", "1158201444")).await.is(403);
    visitor.get(&shake(&verify, "%3Cscript%3E")).await.is(403);
    let now = room.world.app.clock.now().timestamp();
    let clerk = &room.world.clerk;
    // Taken back before it was told: it never comes in.
    room.comment_at("remove", "77_1", "", now).await;
    room.comment_at("add", "77_1", "Viết nhầm", now - 5).await;
    clerk.get(ROOM).await.ok().hides("Viết nhầm");
    // Changed before it was told; an older change that is late changes nothing.
    room.comment_at("edited", "77_2", "Cống tắc ở Soi Cờ", now).await;
    room.comment_at("add", "77_2", "Cống tăc", now - 9).await;
    room.comment_at("edited", "77_2", "Cống tắcc", now - 4).await;
    clerk.get(ROOM).await.ok().shows("Cống tắc ở Soi Cờ").hides("Cống tăc<").hides("tắcc");
    let page = room.waiting(clerk).await.remove(0);
    clerk.get(&page).await.ok().shows("Người viết đã sửa");
    // Its writer deletes it: words and all are gone, and nobody is left to answer.
    room.comment_at("remove", "77_2", "", now + 1).await;
    assert!(room.waiting(clerk).await.is_empty());
    clerk.get("/lam-viec/tin-mang?xem=de-rieng").await.ok().shows("Người viết đã xóa").hides("Soi Cờ");
    clerk.get(&page).await.ok().shows("Người viết đã xóa lời này").hides("Cống tắc");
    // Another page's affairs, our own words, and a like.
    room.messenger("m1", json!({ "text": "Xin chào", "is_echo": true })).await;
    assert!(room.waiting(clerk).await.is_empty());
    room.world.app.end().await;
}

#[tokio::test]
async fn what_is_nothing_is_set_aside_and_taken_back_and_two_officers_do_not_collide() {
    let room = Room::start().await;
    let (clerk, officer) = (&room.world.clerk, &room.world.officer);
    room.comment("add", "77_1", "Hay quá").await;
    room.messenger("m1", json!({ "text": "Vay tiền nhanh, lãi thấp" })).await;
    let pages = room.waiting(clerk).await;
    assert_eq!(pages.len(), 2);
    let revision = officer.get(&pages[0]).await.ok().field("phien-ban");
    room.press(clerk, &pages[0], "de-rieng", &[]).await.is(422);
    room.press(clerk, &pages[0], "de-rieng", &[("vi-sao", "nothing")]).await.is(303).leads_to(ROOM);
    let key = room.world.fresh();
    let fields = [("khoa", &*key), ("phien-ban", &*revision), ("cach", "comment"), ("loi", "Cảm ơn bà con")];
    officer.post(&format!("{}/tra-loi", pages[0]), &fields).await.is(409).shows("vừa có thay đổi");
    clerk.get(ROOM).await.ok().shows("Đã để riêng").shows("/lay-lai").hides("Hay quá");
    for _ in 0..2 {
        clerk.post(&format!("{}/lay-lai", pages[0]), &[]).await.is(303);
    }
    clerk.get(ROOM).await.ok().shows("Hay quá");
    clerk.post("/lam-viec/tin-mang/de-rieng", &[("khoa", &*room.world.fresh())]).await.is(422);
    let id = |page: &str| page.rsplit('/').next().unwrap().to_owned();
    let fields = [("khoa", &*room.world.fresh()), ("id", &*id(&pages[0])), ("id", &*id(&pages[1]))];
    clerk.post("/lam-viec/tin-mang/de-rieng", &fields).await.is(303);
    clerk.get(ROOM).await.ok().shows("Đã để riêng 2 tin");
    clerk.get("/lam-viec/tin-mang?xem=de-rieng").await.ok().shows("Hay quá").shows("Vay tiền");
    room.world.head.get(ROOM).await.is(403);
    room.world.resident.get(&pages[0]).await.is(403);
    room.world.app.end().await;
}

#[tokio::test]
async fn an_answer_that_is_not_taken_is_tried_again_and_then_seen_and_sent_by_hand() {
    let room = Room::start().await;
    let clerk = &room.world.clerk;
    room.messenger("m1", json!({ "text": "Mấy giờ xã mở cửa?" })).await;
    let page = room.waiting(clerk).await.remove(0);
    clerk.get(&page).await.ok().shows("Nhắn được đến 11/03/2026");
    room.press(clerk, &page, "tra-loi", &[("cach", "message"), ("loi", " ")])
        .await
        .is(422)
        .shows("Viết lời trả lời");
    room.press(clerk, &page, "tra-loi", &[("cach", "comment"), ("loi", "x")]).await.is(422);
    room.press(clerk, &page, "tra-loi", &[("cach", "message"), ("loi", &*"ộ".repeat(2_000))]).await.is(422);
    room.firm.will(400, r#"{"error":{"message":"limit","code":613}}"#);
    room.press(clerk, &page, "tra-loi", &[("cach", "message"), ("loi", "Từ 7 giờ rưỡi ạ")]).await.is(303);
    room.world.app.run_jobs().await;
    clerk.get(&page).await.ok().shows("Đang gửi").shows("đang bận");
    room.firm.will(200, r#"{"recipient_id":"m-may","message_id":"m_out"}"#);
    room.minutes(1).await;
    let asked = room.firm.asked();
    assert_eq!(asked[1].path, "/v23.0/1000200/messages");
    let sent = form(&asked[1].text());
    assert_eq!(sent[0], ("recipient".into(), r#"{"id":"m-may"}"#.into()));
    assert_eq!(sent[2], ("message".into(), r#"{"text":"Từ 7 giờ rưỡi ạ"}"#.into()));
    clerk.get(&page).await.ok().shows("Đã gửi").shows("Đã trả lời");
    // Facebook says that its time is over although ours was not: the reason stands there.
    room.messenger("m2", json!({ "text": "Còn thứ bảy?" })).await;
    let page = room.waiting(clerk).await.remove(0);
    room.firm
        .will(400, r#"{"error":{"message":"outside of allowed window","code":10,"error_subcode":2018278}}"#);
    let village = room.world.village(0);
    let typed = [("noi-dung", "Hỏi giờ"), ("loai", "other"), ("thon", &*village), ("bao", "1")];
    let report = room.press(clerk, &page, "phan-anh", &typed).await.is(303).location();
    room.world.app.run_jobs().await;
    let shown = clerk.get(&report).await;
    shown.ok().shows("Chưa gửi được").shows("Đã quá thời gian được nhắn lại").shows("Gửi lại");
    let action = format!("{report}/gui-lai");
    let (line, matter) = (shown.field_of(&action, "loi-nhan"), shown.field_of(&action, "tin"));
    room.firm.asked();
    room.firm.will(200, r#"{"message_id":"m_out2"}"#);
    let fields = [("khoa", &*room.world.fresh()), ("tin", &*matter), ("loi-nhan", &*line)];
    clerk.post(&action, &fields).await.is(303);
    room.world.app.run_jobs().await;
    assert_eq!(room.firm.asked().len(), 1);
    clerk.get(&report).await.ok().hides("Chưa gửi được");
    // The sender is not told any more.
    let fields = [("khoa", &*room.world.fresh()), ("tin", &*matter), ("bao", "0")];
    clerk.post(&format!("{report}/bao-nguoi-gui"), &fields).await.is(303);
    room.world.act(clerk, "/phan-anh/PA26-0001", "nhan", &[]).await.is(303);
    room.world.app.run_jobs().await;
    assert!(room.firm.asked().is_empty());
    room.world.app.end().await;
}

#[tokio::test]
async fn pictures_come_only_from_known_machines_and_only_as_pictures() {
    let room = Room::start().await;
    let clerk = &room.world.clerk;
    let picture = |url: &str| json!({ "type": "image", "payload": { "url": url } });
    let at = |path: &str| picture(&format!("{}/{path}", room.firm.address));
    room.messenger("m1", json!({ "text": "Ảnh lạ", "attachments": [picture("https://evil.example/a.jpg"), picture("file:///etc/passwd")] })).await;
    assert!(room.firm.asked().is_empty());
    let page = room.waiting(clerk).await.remove(0);
    clerk.get(&page).await.ok().shows("Có một ảnh không lấy về được");
    // No picture, too late, then a machine that is busy and gives it later.
    room.firm.will(200, "<svg onload=alert(1)>");
    room.firm.will(404, "");
    room.firm.will(503, "");
    room.messenger("m2", json!({ "text": "", "attachments": [at("a"), at("b"), at("c")] })).await;
    assert_eq!(room.firm.asked().len(), 3);
    clerk.get(&page).await.ok().shows("Đang lấy ảnh về");
    room.firm.will_give(200, photo(300, 200));
    room.minutes(1).await;
    clerk.get(&page).await.ok().hides("Đang lấy ảnh về").shows("/anh/");
    room.world.app.end().await;
}

#[tokio::test]
async fn programs_settle_what_waits_by_the_same_rules() {
    let room = Room::start().await;
    room.comment("add", "77_1", "Đèn ngõ tắt").await;
    let api = "/api/v1/feedback/voices";
    let clerk = || room.world.clerk.same().header("idempotency-key", &room.world.fresh());
    let one = clerk().get(api).await.ok().json()[0].clone();
    assert_eq!((one["channel"].as_str(), one["state"].as_str()), (Some("facebook"), Some("waiting")));
    let path = format!("{api}/{}", one["id"].as_str().unwrap());
    let shown = clerk().get(&path).await;
    assert_eq!(shown.ok().json()["lines"][0]["text"], "Đèn ngõ tắt");
    shown.hides("Páo").hides("f-pao");
    let wrong = json!({ "revision": 1, "kind": "lamp" });
    clerk().json(Method::POST, &format!("{path}/report"), &wrong).await.is(422).shows("village_id");
    clerk()
        .json(Method::POST, &format!("{path}/aside"), &json!({ "revision": 9, "why": "spam" }))
        .await
        .is(409);
    let aside =
        clerk().json(Method::POST, &format!("{path}/aside"), &json!({ "revision": 1, "why": "spam" })).await;
    assert_eq!(aside.ok().json()["state"], "aside");
    let back = clerk().json(Method::POST, &format!("{path}/restore"), &json!({})).await.ok().json();
    let turn = json!({ "revision": back["revision"], "kind": "lamp", "village_id": room.world.village(0) });
    let keyed = clerk();
    for _ in 0..2 {
        let done = keyed.json(Method::POST, &format!("{path}/report"), &turn).await.ok().json();
        assert_eq!(done["state"], "report");
    }
    let report = clerk().get("/api/v1/feedback/work?which=open").await.ok().json();
    assert_eq!((report.as_array().unwrap().len(), report[0]["text"].as_str()), (1, Some("Đèn ngõ tắt")));
    // Another one says the same, and joins.
    room.messenger("m1", json!({ "text": "Đèn ngõ tắt ba hôm" })).await;
    let other = clerk().get(api).await.ok().json()[0].clone();
    let path = format!("{api}/{}", other["id"].as_str().unwrap());
    let join = json!({ "revision": other["revision"], "report_id": report[0]["id"], "tells": true });
    assert_eq!(
        clerk().json(Method::POST, &format!("{path}/join"), &join).await.ok().json()["state"],
        "joined"
    );
    assert_eq!(room.world.find("/phan-anh/PA26-0001").await.supporters, 1);
    room.world.resident.get(api).await.is(403);
    room.world.app.end().await;
}
