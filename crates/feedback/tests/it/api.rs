//! Reports for programs: our own API, and Open311.

use crate::world::{FIRST, World};
use http::Method;
use serde_json::json;

#[tokio::test]
async fn programs_send_and_settle_by_the_same_rules() {
    let world = World::start().await;
    let body = json!({ "text": "Ổ gà to", "lat": FIRST.0, "lon": FIRST.1 });
    let path = "/api/v1/feedback/reports";
    world.resident.json(Method::POST, path, &body).await.is(422).shows("Idempotency-Key");
    let keyed = |client: testkit::Client, key: &str| client.header("idempotency-key", key);
    let key = world.fresh();
    let mut codes = Vec::new();
    for _ in 0..2 {
        let sent = keyed(world.resident.same(), &key).json(Method::POST, path, &body).await;
        codes.push(sent.ok().json()["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(codes[0], codes[1]);
    let wrong = keyed(world.resident.same(), &world.fresh())
        .json(Method::POST, path, &json!({ "text": "Ổ gà", "kind": "road-damage" }))
        .await;
    wrong.is(422).shows("village_id");
    // Not public yet.
    world.app.visitor().get(&format!("{path}/{}", codes[0])).await.is(404);
    let mine = world.officer.get("/api/v1/feedback/work").await.ok().json();
    assert_eq!(mine[0]["code"], codes[0]);
    let work = format!("/api/v1/feedback/work/{}", mine[0]["id"].as_str().unwrap());
    let press = async |verb: &str, body: serde_json::Value| {
        keyed(world.officer.same(), &world.fresh()).json(Method::POST, &format!("{work}/{verb}"), &body).await
    };
    press("accept", json!({ "revision": 99 })).await.is(409);
    let taken = press("accept", json!({ "revision": mine[0]["revision"] })).await.ok().json();
    assert_eq!(taken["state"], "working");
    press("note", json!({ "revision": taken["revision"], "text": "" })).await.is(422).shows("text");
    let noted = press("note", json!({ "revision": taken["revision"], "text": "Đang vá", "public": true }))
        .await
        .ok()
        .json();
    let done = press("answer", json!({ "revision": noted["revision"], "text": "Xong" })).await.ok().json();
    assert_eq!(done["state"], "answered");
    world.resident.get("/api/v1/feedback/work").await.is(403);
    world
        .app
        .visitor()
        .json(Method::POST, &format!("{work}/accept"), &json!({ "revision": 1 }))
        .await
        .is(401);
    world.app.end().await;
}

#[tokio::test]
async fn other_cities_programs_speak_open311() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    let services = visitor.get("/api/v1/open311/services.json").await.ok().json();
    let codes: Vec<&str> =
        services.as_array().unwrap().iter().map(|one| one["service_code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"road-damage") && !codes.contains(&"denunciation"), "{codes:?}");
    let (lat, lon) = (FIRST.0.to_string(), FIRST.1.to_string());
    let requests = "/api/v1/open311/requests.json";
    let fields = [
        ("service_code", "road-damage"),
        ("lat", &*lat),
        ("long", &*lon),
        ("description", "Pothole"),
        ("phone", "0900000000"),
    ];
    let sent = visitor.post(requests, &fields).await.ok().json();
    let code = sent[0]["service_request_id"].as_str().unwrap().to_owned();
    let refused = visitor.post(requests, &[("service_code", "road-damage"), ("description", "x")]).await;
    assert_eq!(refused.is(400).json()[0]["code"], 400);
    assert_eq!(visitor.get(requests).await.ok().json(), json!([]));
    visitor.get(&format!("/api/v1/open311/requests/{code}.json")).await.is(404);
    let page = format!("/phan-anh/{code}");
    world.act(&world.officer, &page, "cong-khai", &[("lam", "hien")]).await.is(303);
    world.act(&world.officer, &page, "ghi", &[("loi", "Đang vá"), ("lam", "cong-khai")]).await.is(303);
    let one = visitor.get(&format!("/api/v1/open311/requests/{code}.json")).await;
    let one = one.ok().hides("0900000000").json();
    assert_eq!((one[0]["status"].as_str(), one[0]["status_notes"].as_str()), (Some("open"), Some("Đang vá")));
    assert_eq!(one[0]["lat"], FIRST.0);
    assert_eq!(visitor.get(&format!("{requests}?status=closed")).await.ok().json(), json!([]));
    let found = visitor.get(&format!("{requests}?service_request_id={code},PA26-9999")).await.ok().json();
    assert_eq!(found.as_array().unwrap().len(), 1);
    // What accuses somebody is never public, whatever service it was sent under.
    let fields = [("service_code", "other"), ("description", "Tôi tố cáo ông B tham ô")];
    let sent = visitor.post(requests, &fields).await.ok().json();
    assert!(
        world.find(&format!("/phan-anh/{}", sent[0]["service_request_id"].as_str().unwrap())).await.closed
    );
    world.app.end().await;
}
