//! Complaining about a dossier: read and answered by a leader, never by the officer it is about.

use crate::world::{NUMBER, PDF, World, hidden, press};
use http::Method;
use serde_json::json;
use testkit::{Answer, Client, in_both_languages};

const WORDS: &str = "Hẹn hôm qua mà chưa có, gọi không ai trả lời.";

/// Sends the form of a page.
async fn complain(client: &Client, page: &str, typed: &[(&str, &str)]) -> Answer {
    let action = page.split('?').next().unwrap();
    let form = client.get(page).await;
    let key = hidden(form.ok(), action, "khoa");
    let mut fields = vec![("khoa", key.as_str())];
    fields.extend(typed);
    client.post(action, &fields).await
}

/// The first complaint that waits for a leader.
async fn first(leader: &Client) -> String {
    let text = leader.get("/lam-viec/khieu-nai").await.ok().text();
    let at = text.find("href=\"/lam-viec/khieu-nai/").expect("a complaint waits") + "href=\"".len();
    text[at..].split('"').next().unwrap().to_owned()
}

async fn answer(leader: &Client, page: &str, typed: &[(&str, &str)]) -> Answer {
    let action = format!("{page}/tra-loi");
    let form = leader.get(page).await;
    let (key, revision) = (hidden(form.ok(), &action, "khoa"), hidden(&form, &action, "phien-ban"));
    let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    fields.extend(typed);
    leader.post(&action, &fields).await
}

#[tokio::test]
async fn a_late_dossier_is_complained_of_and_a_leader_answers_with_an_apology() {
    let mut world = World::start().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    press(&world.specialist, id, "nhan-viec", &[]).await.is(303);
    world.later(chrono::Duration::days(2)).await;
    let page = format!("{own}/phan-anh");
    world.me.get(&own).await.ok().shows(&page);
    told_at_its_field(&world, &page).await;
    // A file goes with it; one that lies is refused; sent twice it is there once.
    let key = hidden(&world.me.get(&page).await, &page, "khoa");
    let fields = [("khoa", key.as_str()), ("loai", "late"), ("noi-dung", WORDS)];
    world.me.upload(&page, &fields, "tep", "anh.jpg", b"MZ program").await.is(422).shows("tep");
    for _ in 0..2 {
        world.me.upload(&page, &fields, "tep", "bang-chung.pdf", PDF).await.is(303);
    }
    let sent = world.me.get(&page).await;
    sent.ok().shows(WORDS).shows("bang-chung.pdf").shows("Chờ trả lời").shows("19/03/2026");
    complain(&world.me, &page, &[("loai", "late"), ("noi-dung", "Nữa")])
        .await
        .is(422)
        .shows("đang chờ trả lời");
    // The office learns that there is one; what it says is for the leaders.
    let path = format!("/lam-viec/mot-cua/{id}");
    for client in [&world.specialist, &world.desk] {
        client.get(&path).await.ok().shows("Có phản ánh của người nộp").hides(WORDS).hides("bang-chung");
        client.get("/lam-viec/khieu-nai").await.is(403);
    }
    let text = sent.text();
    let paper = text.split("/giay/").nth(1).unwrap().split('"').next().unwrap();
    world.specialist.get(&format!("{path}/giay/{paper}")).await.is(404);
    world.me.get(&format!("{own}/giay/{paper}")).await.is(404);
    // Leaders get a message, and the list has it with its own day.
    world.leader.get("/lam-viec/hop-thu").await.ok().shows("Có phản ánh về hồ sơ");
    world.leader.get("/lam-viec").await.ok().shows("1 phản ánh về hồ sơ chờ trả lời");
    let one = first(&world.leader).await;
    let shown = world.leader.get(&one).await;
    shown.ok().shows(WORDS).shows("bang-chung.pdf").shows("Thử registry_officer").shows("quá hạn trả");
    shown.shows("name=\"xin-loi\" value=\"1\" checked");
    world.leader.get(&format!("{one}/giay/{paper}")).await.ok();
    world.specialist.get(&one).await.is(403);
    answer(&world.leader, &one, &[("tra-loi", "")]).await.is(422).shows("Viết câu trả lời");
    let words = "Cán bộ đi vắng, hồ sơ xong trong ngày mai.";
    answer(&world.leader, &one, &[("tra-loi", words), ("xin-loi", "1")]).await.is(303);
    // Nobody answers a second time, and the sender reads it.
    let fields = [("khoa", &*world.fresh()), ("phien-ban", "1"), ("tra-loi", "Khác")];
    world.leader.post(&format!("{one}/tra-loi"), &fields).await.is(409).shows("đã khép lại");
    world.me.get("/lam-viec/hop-thu").await.ok().shows("xin lỗi vì chậm trễ");
    let read = world.me.get(&page).await;
    read.ok().shows(words).shows("Xã xin lỗi ông/bà").shows("Đã trả lời");
    world.me.get(&own).await.ok().shows("Lãnh đạo đã trả lời phản ánh").hides(words);
    world.specialist.get(&path).await.ok().shows("Lãnh đạo đã trả lời phản ánh").hides(words);
    // How was it? Once.
    let rate = format!("{page}/{}/danh-gia", one.rsplit('/').next().unwrap());
    let key = hidden(&read, &rate, "khoa");
    world.me.post(&rate, &[("khoa", &key), ("muc", "9")]).await.is(422);
    world.me.post(&rate, &[("khoa", &key), ("muc", "3")]).await.is(303);
    world.me.post(&rate, &[("khoa", &world.fresh()), ("muc", "1")]).await.is(409);
    world.leader.get("/lam-viec/khieu-nai?xem=da-xong").await.ok().shows("Hồ sơ giải quyết chậm");
    let copy = registry::personal::export(&world.ctx(), world.mother).await.unwrap();
    assert_eq!(copy["dossiers"][0]["complaints"][0]["text"], WORDS);
    world.app.end().await;
}

/// Wrong input is told at its field, and a denunciation is told where it goes.
async fn told_at_its_field(world: &World, page: &str) {
    complain(&world.me, page, &[("noi-dung", WORDS)]).await.is(422).shows("loai");
    complain(&world.me, page, &[("loai", "late"), ("noi-dung", " ")])
        .await
        .is(422)
        .shows("Viết nội dung phản ánh");
    complain(&world.me, page, &[("loai", "late"), ("noi-dung", &"a".repeat(4_001))]).await.is(422);
    complain(&world.me, page, &[("loai", "magic"), ("noi-dung", WORDS)]).await.is(422);
    let denounced = complain(&world.me, page, &[("loai", "denounce"), ("noi-dung", WORDS)]).await;
    denounced.is(422).shows("Luật Tố cáo").shows("Tố cáo không gửi ở đây").shows(WORDS);
}

#[tokio::test]
async fn somebody_with_code_and_digits_complains_and_sees_the_answer_there() {
    let world = World::start().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    let code = "000.00.00.H38-260310-0001";
    let digits = &NUMBER[8..];
    let page = format!("/ho-so/{code}/phan-anh?so={digits}");
    let visitor = world.app.visitor();
    let minute = || world.app.clock.advance(chrono::Duration::minutes(2));
    visitor.get(&format!("/ho-so/{code}?so={digits}")).await.ok().shows("/phan-anh?so=");
    visitor.get(&format!("/ho-so/{code}/phan-anh?so=9999")).await.is(404);
    visitor.get(&format!("/ho-so/{code}/phan-anh")).await.is(303).leads_to("/ho-so?ma=");
    minute();
    let said = [("so", digits), ("loai", "attitude"), ("noi-dung", WORDS)];
    complain(&visitor, &page, &[("so", "9999"), said[1], said[2]]).await.is(404);
    complain(&visitor, &page, &said).await.is(303).leads_to("/ho-so/");
    minute();
    // It stands there without its words; the applicant's own page has them.
    let seen = visitor.get(&page).await;
    seen.ok().shows("Thái độ phục vụ").shows("Chờ trả lời").hides(WORDS);
    world.me.get(&format!("{own}/phan-anh")).await.ok().shows(WORDS);
    let one = first(&world.leader).await;
    // Taken back here, it waits no more and another may be sent.
    let back = format!("/ho-so/{code}/phan-anh/{}/rut", one.rsplit('/').next().unwrap());
    let key = hidden(&seen, &back, "khoa");
    visitor.post(&back, &[("khoa", &key), ("so", "1111")]).await.is(404);
    visitor.post(&back, &[("khoa", &key), ("so", digits)]).await.is(303);
    world.leader.get("/lam-viec/khieu-nai").await.ok().shows("Không có phản ánh nào");
    minute();
    complain(&visitor, &page, &said).await.is(303);
    answer(&world.leader, &first(&world.leader).await, &[("tra-loi", "Đã nhắc nhở.")]).await.is(303);
    minute();
    visitor.get(&page).await.ok().shows("Đã nhắc nhở.").hides("Xã xin lỗi").hides("/danh-gia");
    world.me.get("/lam-viec/hop-thu").await.ok().shows("Xã đã trả lời phản ánh");
    // What an account sent does not stand there.
    let own_page = format!("{own}/phan-anh");
    complain(&world.me, &own_page, &[("loai", "wrong-fee"), ("noi-dung", "Thu hai lần.")]).await.is(303);
    visitor.get(&page).await.ok().hides("Thu phí, lệ phí không đúng</h2>");
    let key = world.fresh();
    let mine = first(&world.leader).await;
    let mine = format!("/ho-so/{code}/phan-anh/{}/rut", mine.rsplit('/').next().unwrap());
    visitor.post(&mine, &[("khoa", &key), ("so", digits)]).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn whose_work_it_is_about_does_not_answer_and_others_see_nothing() {
    let world = World::start().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
    press(&world.leader, id, "nhan-viec", &[]).await.is(303);
    let page = format!("{own}/phan-anh");
    complain(&world.me, &page, &[("loai", "attitude"), ("noi-dung", WORDS)]).await.is(303);
    let vice = world.app.sign_in(&world.cast.home, "vice_chairman").await;
    vice.get("/lam-viec/hop-thu").await.ok().shows("Có phản ánh về hồ sơ");
    world.leader.get("/lam-viec/hop-thu").await.ok().hides("Có phản ánh về hồ sơ");
    let one = first(&vice).await;
    answer(&world.leader, &one, &[("tra-loi", "Tôi không sai.")]).await.is(409).shows("của chính ông/bà");
    answer(&vice, &one, &[("tra-loi", "Đã làm việc với người giải quyết.")]).await.is(303);
    // A decision is settled first by whoever made it; taken back it is over for both.
    complain(&world.me, &page, &[("loai", "wrong-decision"), ("noi-dung", WORDS)]).await.is(303);
    let second = first(&world.leader).await;
    let shown = world.me.get(&page).await;
    let back = format!("{page}/{}/rut", second.rsplit('/').next().unwrap());
    world.me.post(&back, &[("khoa", &hidden(&shown, &back, "khoa"))]).await.is(303);
    world.me.get(&page).await.ok().shows("Đã rút");
    world.leader.get(&second).await.ok().hides("/tra-loi\"");
    // Another resident, and another commune's leader, find nothing.
    let stranger = world.app.sign_in(&world.cast.home, "resident").await;
    stranger.get(&page).await.is(404);
    let abroad = world.app.sign_in(&world.cast.other, "chairman").await.header("host", "bencanh.example");
    abroad.get(&second).await.is(404);
    for role in ["onestop_officer", "registry_officer", "clerk", "admin", "village_head", "auditor"] {
        let client = world.app.sign_in(&world.cast.home, role).await;
        client.get("/lam-viec/khieu-nai").await.is(403);
    }
    in_both_languages(async |lang| {
        let english = lang == platform::Lang::En;
        let say = if english { "lang=en" } else { "lang=vi" };
        let word = if english { "Complaints about dossiers" } else { "Phản ánh về hồ sơ" };
        world.leader.get(&format!("/lam-viec/khieu-nai?{say}")).await.ok().shows(word);
        let word = if english { "How I was served" } else { "Thái độ phục vụ" };
        world.leader.get(&format!("{one}?{say}")).await.ok().shows(word);
        world.me.get(&format!("{page}?{say}")).await.ok().shows(word);
    })
    .await;
    world.app.end().await;
}

#[tokio::test]
async fn a_program_complains_and_answers_by_the_same_rules() {
    let world = World::start().await;
    let (_, id) = world.send_birth("Lý A Pao").await;
    let api = format!("/api/v1/my/dossiers/{id}/complaints");
    let keyed = |client: &Client| client.same().header("idempotency-key", &world.fresh());
    let me = keyed(&world.me);
    let denounced = json!({ "kind": "denounce", "text": WORDS });
    me.json(Method::POST, &api, &denounced).await.is(422).shows("\"kind\"");
    let new = json!({ "kind": "asked-twice", "text": WORDS });
    world.me.json(Method::POST, &api, &new).await.is(422);
    let made = me.json(Method::POST, &api, &new).await.ok().json();
    assert_eq!(me.json(Method::POST, &api, &new).await.ok().json()["id"], made["id"]);
    assert_eq!(world.me.get(&api).await.ok().json().as_array().unwrap().len(), 1);
    let one = made["id"].as_str().unwrap();
    world.desk.get("/api/v1/complaints").await.is(403);
    let list = world.leader.get("/api/v1/complaints").await.ok().json();
    assert_eq!((list[0]["text"].as_str(), list[0]["state"].as_str()), (Some(WORDS), Some("open")));
    let leader = keyed(&world.leader);
    let say = format!("/api/v1/complaints/{one}/answer");
    leader.json(Method::POST, &say, &json!({ "revision": 9, "text": "Vâng" })).await.is(409);
    let done =
        leader.json(Method::POST, &say, &json!({ "revision": 1, "text": "Vâng", "apology": true })).await;
    assert_eq!(done.ok().json()["apology"], true);
    let rating = keyed(&world.me);
    let rate = format!("{api}/{one}/rating");
    rating.json(Method::POST, &rate, &json!({ "rating": 4 })).await.is(422);
    assert_eq!(rating.json(Method::POST, &rate, &json!({ "rating": 1 })).await.ok().json()["rating"], 1);
    let back = keyed(&world.me);
    back.json(Method::POST, &format!("{api}/{one}/withdraw"), &json!({})).await.is(409);
    let over = world.leader.get("/api/v1/complaints?over=true").await.ok().json();
    assert_eq!(over[0]["state"], "answered");
    world.app.end().await;
}
