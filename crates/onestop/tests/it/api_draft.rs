//! Drafts, papers and payments as JSON: a resident's own program, and the office's.

use crate::world::{BIRTH, NUMBER, PDF, World, photo};
use http::Method;
use platform::Uuid;
use serde_json::{Value, json};
use testkit::Client;

fn key(world: &World) -> String {
    platform::ids::new_id(world.app.clock.now()).to_string()
}

/// The same person with this key; the session goes on.
fn keyed(who: &Client, key: &str) -> Client {
    who.same().header("Idempotency-Key", key)
}

fn answers() -> Value {
    json!({
        "applicant_name": "Giàng Thị Mỷ", "applicant_number": NUMBER, "applicant_relation": "me",
        "child_name": "Lý A Pao", "child_birth": "2026-03-01", "child_sex": "nam", "child_ethnic": "mong",
        "child_place": "Trạm Y tế xã", "parents_married": false, "mother_name": "Giàng Thị Mỷ",
        "mother_birth_year": 1995, "mother_address": "Đông Căm", "copies": 2,
    })
}

/// A birth is begun, filled in, photographed and sent; its id.
async fn send(world: &World) -> Uuid {
    let begin = keyed(&world.me, &key(world));
    let body = json!({ "procedure": BIRTH });
    let draft = begin.json(Method::POST, "/api/v1/drafts", &body).await.ok().json();
    let path = format!("/api/v1/drafts/{}", draft["id"].as_str().unwrap());
    let saved = json!({ "revision": draft["revision"], "answers": answers() });
    world.me.json(Method::PUT, &path, &saved).await.ok();
    let upload = keyed(&world.me, &key(world));
    let papers = format!("{path}/papers");
    upload.upload(&papers, &[("paper", "birth_paper")], "file", "sinh.jpg", &photo()).await.ok();
    let submit = keyed(&world.me, &key(world));
    let sent =
        submit.json(Method::POST, &format!("{path}/submit"), &json!({ "declare": true })).await.ok().json();
    sent["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_resident_prepares_and_sends_a_birth() {
    let world = World::start().await;
    let begin = keyed(&world.me, &key(&world));
    let body = json!({ "procedure": BIRTH });
    let draft = begin.json(Method::POST, "/api/v1/drafts", &body).await.ok().json();
    // What the registry knows is there; the same key leads to the same draft.
    assert_eq!((&draft["answers"]["applicant_number"], &draft["revision"]), (&json!(NUMBER), &json!(1)));
    let again = begin.json(Method::POST, "/api/v1/drafts", &body).await.ok().json();
    assert_eq!(again["id"], draft["id"]);
    assert_eq!(world.me.get("/api/v1/drafts").await.ok().json().as_array().unwrap().len(), 1);

    // Wrong answers are kept and told; a stale save is refused; the page shows the same draft.
    let id = draft["id"].as_str().unwrap();
    let path = format!("/api/v1/drafts/{id}");
    let mut wrong = answers();
    wrong["child_birth"] = json!("1/3/2026");
    let saved =
        world.me.json(Method::PUT, &path, &json!({ "revision": 1, "answers": wrong })).await.ok().json();
    let lacks: Vec<&str> =
        saved["lacks"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(lacks, ["child_birth", "giay-birth_paper"]);
    assert_eq!(saved["answers"]["child_birth"], "1/3/2026");
    world.me.json(Method::PUT, &path, &json!({ "revision": 1, "answers": answers() })).await.is(409);
    world.me.json(Method::PUT, &path, &json!({ "revision": 2, "answers": answers() })).await.ok();
    world.me.get(&format!("/ho-so-cua-toi/nhap/{id}?phan=1")).await.ok().shows("Lý A Pao");

    let papers = format!("{path}/papers");
    let upload = keyed(&world.me, &key(&world));
    for _ in 0..2 {
        let there = upload.upload(&papers, &[("paper", "birth_paper")], "file", "sinh.jpg", &photo()).await;
        assert_eq!(there.ok().json().as_array().unwrap().len(), 1, "sent twice, there once");
    }
    let other = keyed(&world.me, &key(&world));
    let two =
        other.upload(&papers, &[("paper", "birth_paper")], "file", "hai.jpg", &photo()).await.ok().json();
    let page = format!("{papers}/{}", two[1]["id"].as_str().unwrap());
    assert_eq!(world.me.get(&page).await.ok().header("content-type"), "image/jpeg");
    world.me.json(Method::DELETE, &page, &json!({})).await.is(204);

    let submit = format!("{path}/submit");
    let send = keyed(&world.me, &key(&world));
    let sent = send.json(Method::POST, &submit, &json!({ "declare": true })).await.ok().json();
    let twice = send.json(Method::POST, &submit, &json!({ "declare": true })).await.ok().json();
    assert_eq!((&sent["id"], &sent["status"]), (&twice["id"], &json!(1)));
    let own = world.me.get("/api/v1/my/dossiers").await.ok().json();
    assert_eq!(own[0]["id"], sent["id"]);
    world.me.get(&path).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn what_was_asked_is_answered() {
    let world = World::start().await;
    let id = send(&world).await;
    let act = |name: &str| format!("/api/v1/dossiers/{id}/acts/{name}");
    world.desk.json(Method::POST, &act("tiep-nhan"), &json!({ "revision": 1 })).await.ok();
    let marks = json!({ "child_place": "Ghi đủ tên trạm.", "giay-birth_paper": "Ảnh mờ." });
    let body = json!({ "revision": 2, "note": "Hai chỗ.", "marks": marks });
    world.specialist.json(Method::POST, &act("bo-sung"), &body).await.ok();
    let own = format!("/api/v1/my/dossiers/{id}");
    let card = world.me.get(&own).await.ok().json();
    assert_eq!((&card["asked"], &card["asked_note"]), (&marks, &json!("Hai chỗ.")));
    assert!(card["events"].as_array().unwrap().iter().all(|event| event["account_id"].is_null()));

    let answer = format!("{own}/answer");
    let fields = |answers: &'static str| [("revision", "3"), ("answers", answers)];
    let place = r#"{"child_place":"Trạm Y tế xã Gia Phú"}"#;
    let lacking = keyed(&world.me, &key(&world));
    lacking.post(&answer, &fields(place)).await.is(422).shows("giay-birth_paper");
    let other = keyed(&world.me, &key(&world));
    let more = r#"{"child_name":"Lý A Páo"}"#;
    other
        .upload(&answer, &fields(more), "giay-birth_paper", "ro.jpg", &photo())
        .await
        .is(422)
        .shows("child_name");
    let liar = keyed(&world.me, &key(&world));
    liar.upload(&answer, &fields(place), "giay-birth_paper", "ro.jpg", b"MZ")
        .await
        .is(422)
        .shows("giay-birth_paper");
    let right = keyed(&world.me, &key(&world));
    let sent =
        right.upload(&answer, &fields(place), "giay-birth_paper", "ro.jpg", &photo()).await.ok().json();
    assert_eq!(sent["status"], 4);
    right.upload(&answer, &fields(place), "giay-birth_paper", "ro.jpg", &photo()).await.ok();
    let papers = world.specialist.get(&format!("/api/v1/dossiers/{id}/papers")).await.ok().json();
    assert_eq!((papers.as_array().unwrap().len(), &papers[0]["name"]), (1, &json!("ro.jpg")));
    let page = format!("/api/v1/dossiers/{id}/papers/{}", papers[0]["id"].as_str().unwrap());
    assert_eq!(world.specialist.get(&page).await.ok().header("content-type"), "image/jpeg");
    world.app.end().await;
}

#[tokio::test]
async fn the_office_takes_cash_and_attaches_the_result() {
    let world = World::start().await;
    let id = send(&world).await;
    let act = |name: &str| format!("/api/v1/dossiers/{id}/acts/{name}");
    let cash = format!("/api/v1/dossiers/{id}/cash");
    world.specialist.json(Method::POST, &cash, &json!({ "revision": 1 })).await.is(403);
    let once = keyed(&world.desk, &key(&world));
    once.json(Method::POST, &cash, &json!({ "revision": 7 })).await.is(409);
    let paid = once.json(Method::POST, &cash, &json!({ "revision": 1 })).await.ok().json();
    let twice = once.json(Method::POST, &cash, &json!({ "revision": 1 })).await.ok().json();
    assert_eq!(
        (&paid["amount"], &paid["method"], &paid["id"]),
        (&json!(16_000), &json!("cash"), &twice["id"])
    );
    let list = world.leader.get("/api/v1/payments").await.ok().json();
    assert_eq!((list.as_array().unwrap().len(), &list[0]["dossier_id"]), (1, &json!(id)));
    assert_eq!(world.leader.get("/api/v1/payments?problems=true").await.ok().json(), json!([]));
    world.me.get("/api/v1/payments").await.is(403);

    let received =
        world.desk.json(Method::POST, &act("tiep-nhan"), &json!({ "revision": 2 })).await.ok().json();
    let result = format!("/api/v1/dossiers/{id}/result");
    let revision = received["revision"].to_string();
    let attach = keyed(&world.specialist, &key(&world));
    let script = b"<html><script>alert(1)</script></html>";
    attach
        .upload(&result, &[("revision", &revision)], "file", "ket-qua.pdf", script)
        .await
        .is(422)
        .shows("\"file\"");
    attach
        .upload(&result, &[("revision", "x")], "file", "ket-qua.pdf", PDF)
        .await
        .is(422)
        .shows("\"revision\"");
    attach.upload(&result, &[("revision", &revision)], "file", "ket-qua.pdf", PDF).await.ok();
    attach.upload(&result, &[("revision", &revision)], "file", "ket-qua.pdf", PDF).await.ok();
    let papers = world.desk.get(&format!("/api/v1/dossiers/{id}/papers")).await.ok().json();
    let results: Vec<&Value> =
        papers.as_array().unwrap().iter().filter(|one| one["paper"] == "ket-qua").collect();
    assert_eq!(results.len(), 1, "{papers}");
    // The applicant gets it when the dossier has ended, not before.
    assert_eq!(world.me.get(&format!("/api/v1/my/dossiers/{id}")).await.ok().json()["results"], json!([]));
    world.app.end().await;
}

#[tokio::test]
async fn wrong_bodies_are_told_at_their_member_and_others_see_nothing() {
    let world = World::start().await;
    let body = json!({ "procedure": BIRTH });
    world.me.json(Method::POST, "/api/v1/drafts", &body).await.is(422).shows("Idempotency-Key");
    world.desk.json(Method::POST, "/api/v1/drafts", &body).await.is(403);
    world.app.visitor().get("/api/v1/drafts").await.is(401);
    let refused = async |body: Value, member: &str| {
        let client = keyed(&world.me, &key(&world));
        client.json(Method::POST, "/api/v1/drafts", &body).await.is(422).shows(member);
    };
    refused(json!({ "procedure": "9.999999" }), "procedure").await;
    refused(json!({ "procedure": BIRTH, "answers": { "secret": "x" } }), "secret").await;
    refused(json!({ "procedure": BIRTH, "answers": { "child_name": ["x"] } }), "child_name").await;
    refused(json!({ "procedure": BIRTH, "person": Uuid::from_u128(7) }), "person").await;
    let begin = keyed(&world.me, &key(&world));
    let draft = begin.json(Method::POST, "/api/v1/drafts", &body).await.ok().json();
    let path = format!("/api/v1/drafts/{}", draft["id"].as_str().unwrap());
    let client = keyed(&world.me, &key(&world));
    client.json(Method::POST, &format!("{path}/submit"), &json!({})).await.is(422).shows("declare");
    let lacking = client.json(Method::POST, &format!("{path}/submit"), &json!({ "declare": true })).await;
    lacking.is(422).shows("child_name").shows("giay-birth_paper");
    let papers = format!("{path}/papers");
    client
        .upload(&papers, &[("paper", "khong-co")], "file", "a.jpg", &photo())
        .await
        .is(422)
        .shows("\"paper\"");
    client
        .upload(&papers, &[("paper", "birth_paper")], "file", "a.jpg", b"MZ")
        .await
        .is(422)
        .shows("\"file\"");
    client.post(&papers, &[("paper", "birth_paper")]).await.is(422).shows("\"file\"");
    // A dossier is its applicant's and the office's.
    let id = send(&world).await;
    world.desk.get(&format!("/api/v1/my/dossiers/{id}")).await.is(403);
    world.me.get(&format!("/api/v1/dossiers/{id}/papers")).await.is(403);
    world.me.json(Method::DELETE, &path, &json!({})).await.is(204);
    world.me.get(&path).await.is(404);
    let text = world.app.visitor().get("/api/openapi.json").await;
    text.ok()
        .shows("/api/v1/drafts/{id}/submit")
        .shows("/api/v1/my/dossiers/{id}/answer")
        .shows("/api/v1/payments");
    world.app.end().await;
}

#[tokio::test]
async fn a_dossier_is_taken_back_or_rated_once() {
    let world = World::start().await;
    let id = send(&world).await;
    let own = format!("/api/v1/my/dossiers/{id}");
    let early = keyed(&world.me, &key(&world));
    let rating = |rating: i64, revision: i64| json!({ "revision": revision, "rating": rating });
    early.json(Method::POST, &format!("{own}/rating"), &rating(3, 1)).await.is(409);
    let back = keyed(&world.me, &key(&world));
    let body = json!({ "revision": 1, "reason": "Nộp nhầm." });
    let taken = back.json(Method::POST, &format!("{own}/withdrawal"), &body).await.ok().json();
    assert_eq!(taken["status"], 7);
    back.json(Method::POST, &format!("{own}/withdrawal"), &body).await.ok();
    let again = keyed(&world.me, &key(&world));
    again.json(Method::POST, &format!("{own}/withdrawal"), &json!({ "revision": 2 })).await.is(409);

    // One that was refused may be rated.
    let id = send(&world).await;
    let act = format!("/api/v1/dossiers/{id}/acts/tu-choi");
    world.desk.json(Method::POST, &act, &json!({ "revision": 1, "note": "Thiếu giấy." })).await.ok();
    let own = format!("/api/v1/my/dossiers/{id}");
    let wrong = keyed(&world.me, &key(&world));
    let told = wrong.json(Method::POST, &format!("{own}/rating"), &rating(9, 2)).await;
    assert_eq!(told.is(422).json()["errors"][0]["field"], "rating");
    let right = keyed(&world.me, &key(&world));
    right.json(Method::POST, &format!("{own}/rating"), &rating(1, 2)).await.ok();
    right.json(Method::POST, &format!("{own}/rating"), &rating(1, 2)).await.ok();
    let twice = keyed(&world.me, &key(&world));
    twice.json(Method::POST, &format!("{own}/rating"), &rating(3, 3)).await.is(409);
    world.desk.json(Method::POST, &format!("{own}/rating"), &rating(3, 3)).await.is(403);
    world.app.end().await;
}
