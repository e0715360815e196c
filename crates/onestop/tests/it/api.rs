//! The one-stop service as JSON: a portal that hands a dossier in, an office program that works on it.

use crate::world::{BIRTH, NUMBER, World};
use http::Method;
use platform::Uuid;
use serde_json::json;

pub fn birth(key: Uuid) -> serde_json::Value {
    json!({ "key": key, "procedure": BIRTH, "channel": "national-portal", "answers": {
        "applicant_name": "Giàng Thị Mỷ", "applicant_number": NUMBER, "applicant_relation": "me",
        "child_name": "Lý A Pao", "child_birth": "2026-03-01", "child_sex": "nam", "child_ethnic": "mong",
        "child_place": "Trạm Y tế xã", "parents_married": false, "mother_name": "Giàng Thị Mỷ",
        "mother_birth_year": 1995, "mother_address": "Đông Căm",
    } })
}

#[tokio::test]
async fn a_portal_hands_a_dossier_in_once_and_an_office_works_on_it() {
    let world = World::start().await;
    let found = world.app.visitor().get("/api/v1/procedures?q=giay+khai+sinh").await;
    assert_eq!(found.ok().json()[0]["code"], BIRTH);
    let whole = world.app.visitor().get(&format!("/api/v1/procedures/{BIRTH}")).await;
    assert_eq!(whole.ok().json()["form"]["schema"]["type"], "object");

    let key = platform::ids::new_id(world.app.clock.now());
    let first = world.desk.json(Method::POST, "/api/v1/dossiers", &birth(key)).await.ok().json();
    let again = world.desk.json(Method::POST, "/api/v1/dossiers", &birth(key)).await.ok().json();
    assert_eq!(first["id"], again["id"]);
    assert_eq!((&first["status"], &first["queue"]), (&json!(1), &json!("one-stop-officer")));
    let id = first["id"].as_str().unwrap();

    let act = |name: &str| format!("/api/v1/dossiers/{id}/acts/{name}");
    let stale = world.desk.json(Method::POST, &act("tiep-nhan"), &json!({ "revision": 7 })).await;
    stale.is(409);
    let received =
        world.desk.json(Method::POST, &act("tiep-nhan"), &json!({ "revision": 1 })).await.ok().json();
    assert_eq!((&received["status"], &received["due_at"]), (&json!(2), &json!("2026-03-10T10:00:00Z")));
    let wrong_role = world.desk.json(Method::POST, &act("chuyen-buoc"), &json!({ "revision": 2 })).await;
    wrong_role.is(403);
    let asked = json!({ "revision": 2, "marks": { "child_place": "Ghi đủ tên trạm." } });
    let asked = world.specialist.json(Method::POST, &act("bo-sung"), &asked).await.ok().json();
    assert_eq!(asked["status"], 5);

    let card = world.desk.get(&format!("/api/v1/dossiers/{id}")).await.ok().json();
    assert_eq!(card["answers"]["child_name"], "Lý A Pao");
    assert_eq!(card["events"].as_array().unwrap().len(), 3);
    let list = world.desk.get("/api/v1/dossiers?status=5").await;
    list.ok().hides(NUMBER);
    assert_eq!(list.json()["items"][0]["id"], first["id"]);
    world.app.end().await;
}

#[tokio::test]
async fn a_wrong_body_is_told_at_its_member() {
    let world = World::start().await;
    let key = || platform::ids::new_id(world.app.clock.now());
    let mut body = birth(key());
    body["answers"]["child_birth"] = json!("1/3/2026");
    body["answers"]["secret"] = json!("x");
    let wrong = world.desk.json(Method::POST, "/api/v1/dossiers", &body).await;
    wrong.is(422).shows("child_birth").shows("secret");
    let mut body = birth(key());
    body["procedure"] = json!("9.999999");
    world.desk.json(Method::POST, "/api/v1/dossiers", &body).await.is(422).shows("procedure");
    let mut body = birth(key());
    body["channel"] = json!("portal");
    world.desk.json(Method::POST, "/api/v1/dossiers", &body).await.is(422).shows("channel");
    world.desk.get("/api/v1/dossiers?status=11").await.is(422);
    world.me.get("/api/v1/dossiers").await.is(403);
    world.app.visitor().get("/api/openapi.json").await.ok().shows("/api/v1/dossiers/{id}/acts/{act}");
    world.app.end().await;
}
