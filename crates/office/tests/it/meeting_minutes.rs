//! What remains of a meeting: minutes as an outgoing document, conclusions as tasks; and all of it by program.

use crate::meeting::{code, invited, opened, send};
use crate::world::{World, press};
use http::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client};

#[tokio::test]
async fn minutes_are_drafted_once_and_both_pages_lead_to_each_other() {
    let world = World::start().await;
    let path = opened(&world, "registry_officer").await;
    press(&world.clerk, &path, "/chuong-trinh", &[("muc", "Phòng cháy rừng"), ("trinh-bay", "Ông Thử")])
        .await
        .is(303);
    let conclusions = format!("{path}/ket-luan");
    let officer = world.account("registry_officer");
    let fields = [("ket-luan", "Lập đội xung kích"), ("chu-tri", officer.as_str()), ("han", "20/03/2026")];
    send(&world.clerk, &conclusions, &conclusions, &fields).await.is(303);
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    world
        .clerk
        .post(&format!("{path}/bien-ban"), &[("khoa", &fresh)])
        .await
        .is(409)
        .shows("Hãy kết thúc cuộc họp");
    press(&world.clerk, &path, "/ket-thuc", &[]).await.is(303);
    world.head.get(&path).await.hides("/bien-ban\"");
    let document = press(&world.clerk, &path, "/bien-ban", &[]).await.is(303).location();
    let page = world.clerk.get(&document).await;
    page.ok().shows("Biên bản").shows("Cuộc họp Giao ban tháng 3").shows("Chủ trì: Thử chairman");
    page.shows("Có mặt (3/4)")
        .shows("Vắng mặt: Thử registry_officer")
        .shows("1. Phòng cháy rừng. Trình bày: Ông Thử");
    page.shows("1. Lập đội xung kích. (thực hiện: Thử registry_officer; thời hạn: 20/03/2026)");
    page.shows(&format!("href=\"{path}\""));
    world.clerk.get(&path).await.shows(&format!("href=\"{document}\"")).hides("/bien-ban\"");
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    world
        .chairman
        .post(&format!("{path}/bien-ban"), &[("khoa", &fresh)])
        .await
        .is(409)
        .shows("đã có biên bản");
    // It goes the way of every document.
    let page = world.clerk.get(&document).await;
    let action = format!("{document}/trinh");
    let fields =
        [("khoa", page.field_of(&action, "khoa")), ("phien-ban", page.field_of(&action, "phien-ban"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.clerk.post(&action, &fields).await.is(303);
    world.chairman.get(&document).await.shows("Lập đội xung kích").shows(&format!("href=\"{path}\""));
    world.app.end().await;
}

#[tokio::test]
async fn a_conclusion_becomes_one_task_with_a_way_back() {
    let world = World::start().await;
    let path = opened(&world, "").await;
    let page = format!("{path}/ket-luan");
    let (officer, head) = (world.account("registry_officer"), world.account("village_head"));
    send(&world.clerk, &page, &page, &[("ket-luan", "")]).await.is(422).shows("Hãy ghi kết luận");
    let late = [("ket-luan", "Việc"), ("chu-tri", officer.as_str()), ("han", "01/03/2026")];
    send(&world.clerk, &page, &page, &late).await.is(422);
    let chair = world.account("chairman");
    send(&world.clerk, &page, &page, &[("ket-luan", "Việc"), ("chu-tri", &chair)]).await.is(422);
    for (words, doer) in [("Lập đội xung kích", &officer), ("Phát quang đường băng", &head)] {
        let fields = [("ket-luan", words), ("chu-tri", doer.as_str()), ("han", "20/03/2026")];
        send(&world.clerk, &page, &page, &fields).await.is(303);
    }
    send(&world.clerk, &page, &page, &[("ket-luan", "Ghi nhận ý kiến")]).await.is(303);
    world.head.get(&page).await.shows("Phát quang đường băng").hides("/ket-luan-giao");
    let text = world.clerk.get(&page).await.text();
    let first = format!("{page}/{}", &text.split(&format!("action=\"{page}/")).nth(1).unwrap()[..36]);
    let fields = [
        ("lam", "luu"),
        ("ket-luan", "Lập hai đội xung kích"),
        ("chu-tri", officer.as_str()),
        ("han", "21/03/2026"),
    ];
    send(&world.clerk, &page, &first, &fields).await.is(303);
    send(&world.clerk, &page, &first, &[("lam", "giao")]).await.is(303);
    let fresh = || platform::ids::new_id(world.app.clock.now()).to_string();
    world
        .clerk
        .post(&first, &[("khoa", &fresh()), ("lam", "giao")])
        .await
        .is(409)
        .shows("đã được giao thành nhiệm vụ");
    world.clerk.post(&first, &[("khoa", &fresh()), ("lam", "xoa")]).await.is(409);
    let all = format!("{path}/ket-luan-giao");
    send(&world.clerk, &page, &all, &[]).await.is(303);
    world.clerk.post(&all, &[("khoa", &fresh())]).await.is(409).shows("Không còn kết luận nào chờ giao");
    // The chairman presided: it is their task, and each stands once.
    let given = world.chairman.get("/lam-viec/nhiem-vu?xem=toi-giao").await;
    given.shows("Lập hai đội xung kích").shows("Phát quang đường băng").hides("Ghi nhận ý kiến");
    assert_eq!(given.text().matches("Phát quang đường băng").count(), 1);
    let text = world.head.get("/lam-viec/nhiem-vu").await.text();
    let task =
        format!("/lam-viec/nhiem-vu/{}", &text.split("href=\"/lam-viec/nhiem-vu/").nth(1).unwrap()[..36]);
    world
        .head
        .get(&task)
        .await
        .shows(&format!("href=\"{path}\""))
        .shows("Giao ban tháng 3")
        .shows("Thử chairman");
    world.chairman.get(&page).await.shows(&format!("href=\"{task}\""));
    world.app.end().await;
}

async fn ask(world: &World, who: &Client, url: &str, body: &Value) -> Answer {
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    who.same().header("Idempotency-Key", &key).json(Method::POST, url, body).await
}

#[tokio::test]
async fn a_whole_meeting_by_program() {
    const URL: &str = "/api/v1/meetings";
    let world = World::start().await;
    let new = json!({ "title": "Giao ban", "day": "2026-03-10", "from": "14:00", "until": "16:00", "place": "Hội trường",
        "chair": world.account("chairman"), "secretary": world.account("clerk"), "guests": [world.account("village_head")] });
    let once = world
        .clerk
        .same()
        .header("Idempotency-Key", &platform::ids::new_id(world.app.clock.now()).to_string());
    let one = once.json(Method::POST, URL, &new).await.ok().json();
    assert_eq!(one["id"], once.json(Method::POST, URL, &new).await.ok().json()["id"]);
    let mut wrong = new.clone();
    wrong["place"] = json!("");
    ask(&world, &world.clerk, URL, &wrong).await.is(422).shows("\"place\"");
    ask(&world, &world.officer, URL, &new).await.is(403);
    let url = format!("{URL}/{}", one["id"].as_str().unwrap());
    world.head.get(&url).await.is(404);
    let none = json!({});
    ask(&world, &world.clerk, &format!("{url}/agenda"), &json!({ "title": "Việc", "minutes": 10 }))
        .await
        .ok();
    ask(&world, &world.clerk, &format!("{url}/invite"), &none).await.ok();
    ask(&world, &world.head, &format!("{url}/answer"), &json!({ "answer": "comes" })).await.ok();
    ask(&world, &world.chairman, &format!("{url}/open"), &none).await.ok();
    for who in ["village_head", "chairman"] {
        let body = json!({ "account_id": world.account(who) });
        ask(&world, &world.clerk, &format!("{url}/check-ins"), &body).await.ok();
    }
    ask(&world, &world.head, &format!("{url}/speeches"), &json!({})).await.ok();
    let called = ask(&world, &world.clerk, &format!("{url}/speeches/next"), &none).await.ok().json();
    assert_eq!(called["speaking"][0]["state"], "speaking");
    ask(&world, &world.clerk, &format!("{url}/speeches/end"), &none).await.ok();
    let vote = json!({ "question": "Thông qua?", "choices": ["Có", "Không"], "secret": true });
    let vote =
        ask(&world, &world.clerk, &format!("{url}/votes"), &vote).await.ok().json()["votes"][0].clone();
    assert!(world.head.get(&url).await.json()["votes"].as_array().unwrap().is_empty());
    let vote = format!("{url}/votes/{}", vote["id"].as_str().unwrap());
    ask(&world, &world.chairman, &format!("{vote}/open"), &none).await.ok();
    ask(&world, &world.head, &format!("{vote}/ballot"), &json!({ "position": 5 }))
        .await
        .is(422)
        .shows("\"position\"");
    let seen =
        ask(&world, &world.head, &format!("{vote}/ballot"), &json!({ "position": 1 })).await.ok().json();
    assert_eq!(
        (&seen["votes"][0]["voted"], &seen["votes"][0]["choices"][0]["votes"]),
        (&json!(1), &Value::Null)
    );
    let closed = ask(&world, &world.chairman, &format!("{vote}/close"), &none).await.ok().json();
    assert_eq!(
        (&closed["votes"][0]["present"], &closed["votes"][0]["choices"][0]["votes"]),
        (&json!(2), &json!(1))
    );
    let conclusion =
        json!({ "words": "Làm ngay", "doer": world.account("village_head"), "due_on": "2026-03-20" });
    let one = ask(&world, &world.clerk, &format!("{url}/conclusions"), &conclusion).await.ok().json();
    let conclusion = format!("{url}/conclusions/{}/task", one["conclusions"][0]["id"].as_str().unwrap());
    let handed = ask(&world, &world.clerk, &conclusion, &none).await.ok().json();
    assert!(handed["conclusions"][0]["task"].is_string());
    ask(&world, &world.clerk, &conclusion, &none).await.is(409);
    ask(&world, &world.clerk, &format!("{url}/close"), &none).await.ok();
    let minutes = ask(&world, &world.clerk, &format!("{url}/minutes"), &none).await.ok().json();
    assert!(minutes["minutes"].is_string());
    assert_eq!(world.head.get(&format!("{URL}?past=true")).await.ok().json()[0]["state"], "closed");
    assert!(world.head.get(URL).await.ok().json().as_array().unwrap().is_empty());
    world.app.end().await;
}

/// A representative is here, but does not vote.
#[tokio::test]
async fn a_deputy_is_present_without_a_vote_and_stands_in_the_minutes() {
    let world = World::start().await;
    let path = invited(&world).await;
    press(&world.head, &path, "/tra-loi", &[("tra-loi", "sends"), ("ly-do", "Lò Thị Thay")]).await.is(303);
    press(&world.chairman, &path, "/khai-mac", &[]).await.is(303);
    world.clerk.get(&code(&world.clerk, &path).await).await.ok();
    let attendance = format!("{path}/diem-danh");
    let head = world.account("village_head");
    send(&world.clerk, &attendance, &attendance, &[("nguoi", &head), ("lam", "thay")]).await.is(303);
    world.head.get(&format!("{path}/dieu-hanh")).await.hides("chưa điểm danh");
    press(&world.clerk, &path, "/ket-thuc", &[]).await.is(303);
    let document = press(&world.clerk, &path, "/bien-ban", &[]).await.is(303).location();
    world.clerk.get(&document).await.shows("Thử village_head (người dự thay: Lò Thị Thay)");
    world.app.end().await;
}
