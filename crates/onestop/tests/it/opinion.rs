//! Asking for an opinion: the dossier stays, the clock runs, the asked person sees what is needed and no more.

use crate::world::{NUMBER, PDF, World, hidden, press};
use http::Method;
use serde_json::json;
use testkit::{Answer, Client, in_both_languages};

/// The page of a dossier that the specialist holds.
async fn held(world: &World) -> (platform::Uuid, String) {
    let (_, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    press(&world.specialist, id, "nhan-viec", &[]).await.is(303);
    (id, format!("/lam-viec/mot-cua/{id}"))
}

async fn ask(client: &Client, path: &str, typed: &[(&str, &str)]) -> Answer {
    let action = format!("{path}/y-kien");
    let page = client.get(&action).await;
    page.ok();
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    fields.extend(typed);
    client.post(&action, &fields).await
}

/// The first question that waits for this person.
async fn question(client: &Client) -> String {
    let list = client.get("/lam-viec/y-kien").await;
    let text = list.ok().text();
    let at = text.find("href=\"/lam-viec/y-kien/").expect("a question waits") + "href=\"".len();
    text[at..].split('"').next().unwrap().to_owned()
}

async fn say(client: &Client, page: &str, what: &str, typed: &[(&str, &str)]) -> Answer {
    let action = format!("{page}/{what}");
    let key = hidden(&client.get(page).await, &action, "khoa");
    let mut fields = vec![("khoa", key.as_str())];
    fields.extend(typed);
    client.post(&action, &fields).await
}

#[tokio::test]
async fn a_village_head_is_asked_sees_what_is_needed_and_answers() {
    let world = World::start().await;
    let (id, path) = held(&world).await;
    let head = world.app.sign_in(&world.cast.home, "village_head").await;
    let head_id = world.cast.home.accounts["village_head"].to_string();
    let asked = [
        ("nguoi-hoi", head_id.as_str()),
        ("cau-hoi", "Gia đình này có ở thường xuyên tại thôn không?"),
        ("han", "10/03/2026"),
        ("cho-xem", "mother_number"),
        ("cho-xem", "mother_address"),
    ];
    ask(&world.specialist, &path, &asked).await.is(303);
    // It stays with the specialist, who sees that the answer is awaited; the applicant sees nothing of it.
    let page = world.specialist.get(&path).await;
    page.ok().shows("Thử registry_officer").shows("Đang chờ").shows("Xin ý kiến: Thử village_head");
    page.shows("10/03/2026 17:00");
    world.me.get(&format!("/ho-so-cua-toi/{id}")).await.ok().hides("thường xuyên").hides("Xin ý kiến");
    // The head has a message, and finds it in the list.
    head.get("/lam-viec/hop-thu").await.ok().shows("Có câu hỏi về hồ sơ");
    head.get("/lam-viec").await.ok().shows("1 câu hỏi chờ ý kiến");
    let mine = question(&head).await;
    let seen = head.get(&mine).await;
    seen.ok().shows("Đăng ký khai sinh").shows("Lý A Pao").shows("Đông Căm").shows("010•••••0123");
    seen.hides(NUMBER).hides("0912 345 678").hides("Trạm Y tế xã").hides("giấy chứng sinh.jpg").hides(&path);
    head.get(&path).await.is(403);
    // Nobody else reads it, nor the head of another village.
    let other = world.app.sign_in(&world.cast.home, "village_head_2").await;
    other.get(&mine).await.is(404);
    other.get("/lam-viec/y-kien").await.ok().shows("Không có ai chờ ý kiến");
    world.me.get(&mine).await.is(403);
    let views = audit::views_of(&world.ctx(), world.mother, None, 50).await.unwrap();
    assert!(views.iter().any(|view| view.account_id == Some(world.cast.home.accounts["village_head"])));
    // An empty answer is told at its field; the real one comes with a file, and twice is once.
    say(&head, &mine, "tra-loi", &[("y-kien", " ")]).await.is(422).shows("Viết ý kiến.");
    let action = format!("{mine}/tra-loi");
    let key = hidden(&head.get(&mine).await, &action, "khoa");
    let fields = [("khoa", key.as_str()), ("y-kien", "Ở tại thôn từ năm 2021.")];
    head.upload(&action, &fields, "tep", "don.pdf", b"MZ program").await.is(422).shows("tep");
    for _ in 0..2 {
        head.upload(&action, &fields, "tep", "xac-nhan.pdf", PDF).await.is(303);
    }
    let page = world.specialist.get(&path).await;
    page.ok().shows("Ở tại thôn từ năm 2021.").shows("xac-nhan.pdf").shows("Đã cho ý kiến");
    let text = page.text();
    let at = text.find(&format!("{path}/giay/")).unwrap();
    assert_eq!(text[at..].matches("xac-nhan.pdf").count(), 1, "sent twice it is there once");
    let end = text[..text.find("xac-nhan.pdf").unwrap()].rfind("/giay/").unwrap();
    let paper = text[end + 6..].split('"').next().unwrap().to_owned();
    world.specialist.get(&format!("{path}/giay/{paper}")).await.ok();
    // It is the office's own: the applicant does not get it by its address.
    world.me.get(&format!("/ho-so-cua-toi/{id}/giay/{paper}")).await.is(404);
    world.specialist.get("/lam-viec/hop-thu").await.ok().shows("Đã có ý kiến về hồ sơ");
    say_closed(&world, &head, &mine).await;
    // The specialist goes on as if nothing had happened.
    press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
    world.app.end().await;
}

async fn say_closed(world: &World, client: &Client, page: &str) {
    client.get(page).await.ok().shows("Đã trả lời").hides("/tra-loi");
    let key = world.fresh();
    client
        .post(&format!("{page}/tu-choi"), &[("khoa", &key), ("ly-do", "Đổi ý")])
        .await
        .is(409)
        .shows("đã khép lại");
}

#[tokio::test]
async fn several_are_asked_one_declines_one_is_late_one_is_taken_back() {
    let mut world = World::start().await;
    let (id, path) = held(&world).await;
    let account = |who: &str| world.cast.home.accounts[who].to_string();
    for (who, question) in
        [("clerk", "Lệ phí thu thế nào?"), ("secretary", "Có ý kiến gì không?"), ("village_head", "Ở đâu?")]
    {
        let who = account(who);
        let asked = [("nguoi-hoi", who.as_str()), ("cau-hoi", question), ("han", "10/03/2026")];
        ask(&world.specialist, &path, &asked).await.is(303);
    }
    let clerk = world.app.sign_in(&world.cast.home, "clerk").await;
    let mine = question(&clerk).await;
    clerk.get(&mine).await.ok().shows("Xem cả hồ sơ");
    say(&clerk, &mine, "tu-choi", &[("ly-do", "")]).await.is(422);
    say(&clerk, &mine, "tu-choi", &[("ly-do", "Việc này hỏi địa chính.")]).await.is(303);
    let page = world.specialist.get(&path).await;
    page.ok().shows("Việc này hỏi địa chính.").shows("Không cho ý kiến");
    // A question to somebody else is taken back: it waits no more, and they are told.
    let head = world.app.sign_in(&world.cast.home, "village_head").await;
    let asked_of_head = question(&head).await;
    let back = format!("{path}{}/rut", asked_of_head.trim_start_matches("/lam-viec"));
    let key = hidden(&page, &back, "khoa");
    world.desk.post(&back, &[("khoa", &world.fresh())]).await.is(403);
    world.specialist.post(&back, &[("khoa", &key)]).await.is(303);
    head.get("/lam-viec/y-kien").await.ok().shows("Không có ai chờ ý kiến").shows("Đã rút");
    head.get("/lam-viec/hop-thu").await.ok().shows("Không cần trả lời câu hỏi");
    // The third is overdue on the next day, for both sides; the clock of the dossier did not wait either.
    world.later(chrono::Duration::days(1)).await;
    let secretary = world.app.sign_in(&world.cast.home, "secretary").await;
    secretary.get("/lam-viec/y-kien").await.ok().shows("Quá hạn").shows("urgent");
    world.specialist.get(&path).await.ok().shows("Quá hạn");
    // When the dossier ends, nobody's opinion is waited for.
    press(&world.specialist, id, "dung", &[("ly-do", "Không đủ điều kiện.")]).await.is(303);
    secretary.get("/lam-viec/y-kien").await.ok().shows("Không có ai chờ ý kiến");
    world.app.end().await;
}

#[tokio::test]
async fn who_and_until_when_is_checked_at_the_field() {
    let world = World::start().await;
    let (id, path) = held(&world).await;
    let account = |who: &str| world.cast.home.accounts[who].to_string();
    let (clerk, other, me) = (account("clerk"), account("village_head_2"), account("registry_officer"));
    let long = "a".repeat(2_001);
    let (question, today) = ("Ở đâu?", "10/03/2026");
    for (who, question, due, error) in [
        ("", question, today, "Chọn người cần hỏi"),
        (other.as_str(), question, today, "chỉ được hỏi về người của thôn mình"),
        (me.as_str(), question, today, "Không hỏi được người này"),
        (clerk.as_str(), "", today, "Viết câu hỏi"),
        (clerk.as_str(), long.as_str(), today, "2.000"),
        (clerk.as_str(), question, "", "Chọn ngày cần có ý kiến"),
        (clerk.as_str(), question, "09/03/2026", "Ngày này đã qua"),
        (clerk.as_str(), question, "12/03/2026", "ý kiến phải có trước đó"),
        (clerk.as_str(), question, "15/03/2026", "ngày"),
        (clerk.as_str(), question, "31/02/2026", "error-summary"),
    ] {
        let asked = [("nguoi-hoi", who), ("cau-hoi", question), ("han", due)];
        ask(&world.specialist, &path, &asked).await.is(422).shows(error);
    }
    let asked = [("nguoi-hoi", clerk.as_str()), ("cau-hoi", question), ("han", today)];
    ask(&world.specialist, &path, &asked).await.is(303);
    ask(&world.specialist, &path, &asked).await.is(422).shows("đang được hỏi rồi");
    // Who does not hold it is told so; who has no step in dossiers is not let in.
    let colleague = world.app.sign_in(&world.cast.home, "clerk").await;
    colleague.get(&format!("{path}/y-kien")).await.is(409).shows("Nhận việc trước");
    colleague.get(&path).await.ok().hides(&format!("href=\"{path}/y-kien\""));
    world.me.get(&format!("{path}/y-kien")).await.is(403);
    // Somebody else did something meanwhile.
    let key = world.fresh();
    let old = [("khoa", key.as_str()), ("phien-ban", "1"), asked[0], asked[1], asked[2]];
    world.specialist.post(&format!("{path}/y-kien"), &old).await.is(409).shows("vừa có người khác xử lý");
    // Both languages.
    in_both_languages(async |lang| {
        let english = lang == platform::Lang::En;
        let say = if english { "lang=en" } else { "lang=vi" };
        let word = if english { "Waiting for my opinion" } else { "Chờ ý kiến của tôi" };
        let list = colleague.get(&format!("/lam-viec/y-kien?{say}")).await;
        list.ok().shows(word);
        let one = question_of(&list);
        let give = if english { "Give an opinion" } else { "Cho ý kiến" };
        colleague.get(&format!("{one}?{say}")).await.ok().shows(give);
        let ask = if english { "Ask for an opinion" } else { "Xin ý kiến" };
        world.specialist.get(&format!("{path}/y-kien?{say}")).await.ok().shows(ask);
        world.specialist.get(&format!("/lam-viec/mot-cua/{id}?{say}")).await.ok().shows(ask);
    })
    .await;
    world.app.end().await;
}

fn question_of(list: &Answer) -> String {
    let text = list.text();
    let at = text.find("href=\"/lam-viec/y-kien/").expect("a question waits") + "href=\"".len();
    text[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_program_asks_and_answers_by_the_same_rules() {
    let world = World::start().await;
    let (id, path) = held(&world).await;
    let revision = {
        let page = world.specialist.get(&format!("{path}/y-kien")).await;
        hidden(&page, &format!("{path}/y-kien"), "phien-ban").parse::<i64>().unwrap()
    };
    let api = format!("/api/v1/dossiers/{id}/opinions");
    let key = world.fresh();
    let officer = world.specialist.same().header("idempotency-key", &key);
    let mut new = json!({ "revision": revision, "to": world.cast.home.accounts["clerk"], "question": "Ở đâu?",
                          "due": "2026-03-15" });
    officer.json(Method::POST, &api, &new).await.is(422).shows("due");
    new["due"] = json!("2026-03-10");
    let made = officer.json(Method::POST, &api, &new).await.ok().json();
    let again = officer.json(Method::POST, &api, &new).await.ok().json();
    assert_eq!(made["id"], again["id"], "sent twice it is asked once");
    assert_eq!(officer.get(&api).await.ok().json().as_array().unwrap().len(), 1);
    let clerk = world.app.sign_in(&world.cast.home, "clerk").await;
    assert_eq!(clerk.get("/api/v1/opinions").await.ok().json()[0]["question"], "Ở đâu?");
    let one = made["id"].as_str().unwrap();
    let own = clerk.same().header("idempotency-key", &world.fresh());
    own.json(Method::POST, &format!("/api/v1/opinions/{one}/answer"), &json!({ "text": "" })).await.is(422);
    let words = json!({ "text": "Soi Cờ" });
    let said = own.json(Method::POST, &format!("/api/v1/opinions/{one}/answer"), &words).await;
    assert_eq!(said.ok().json()["state"], "answered");
    let other = officer.another();
    other.get("/api/v1/opinions").await.is(401);
    let back = world.specialist.same().header("idempotency-key", &world.fresh());
    back.json(Method::POST, &format!("{api}/{one}/withdraw"), &json!({})).await.is(409);
    world.app.end().await;
}
