//! Outgoing documents by program: the same rules as the pages.

use crate::desk::{Desk, PASSWORD, keeps_a_key};
use http::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client};

const URL: &str = "/api/v1/outgoing-documents";

async fn ask(desk: &Desk, who: &Client, method: Method, url: &str, body: &Value) -> Answer {
    who.same().header("Idempotency-Key", &desk.fresh()).json(method, url, body).await
}

#[tokio::test]
async fn the_whole_way_by_program() {
    let desk = Desk::start().await;
    keeps_a_key(&desk.chairman, "Thử chairman").await;
    let draft = json!({ "issuer": "ubnd", "kind": "thong-bao", "subject": "Lịch tiếp công dân", "body": "Thứ Năm hằng tuần.",
        "receivers": "Sở Nội vụ [H38.4]" });
    desk.drafter.json(Method::POST, URL, &draft).await.is(422).shows("Idempotency-Key");
    let once = desk.drafter.same().header("Idempotency-Key", &desk.fresh());
    let one = once.json(Method::POST, URL, &draft).await.ok().json();
    assert_eq!(one["id"], once.json(Method::POST, URL, &draft).await.ok().json()["id"]);
    assert_eq!((&one["state"], &one["version"], &one["number"]), (&json!("drafting"), &json!(1), &json!("")));
    let url = format!("{URL}/{}", one["id"].as_str().unwrap());

    let mut empty = draft.clone();
    empty["subject"] = json!("");
    let empty = json!({ "revision": 1, "draft": empty });
    let wrong = ask(&desk, &desk.drafter, Method::PUT, &url, &empty).await.is(422).json();
    assert_eq!(wrong["errors"][0]["field"], "subject");
    let mut changed = draft.clone();
    changed["body"] = json!("Thứ Ba hằng tuần.");
    let changed = json!({ "revision": 1, "draft": changed });
    let saved = ask(&desk, &desk.drafter, Method::PUT, &url, &changed).await.ok().json();
    assert_eq!((&saved["version"], &saved["revision"]), (&json!(2), &json!(2)));
    ask(&desk, &desk.drafter, Method::PUT, &url, &changed).await.is(409);
    let versions = desk.drafter.get(&format!("{url}/versions")).await.ok().json();
    assert_eq!(versions.as_array().unwrap().len(), 2);
    desk.colleague.get(&url).await.is(404);

    let step = |act: &str| format!("{url}/{act}");
    let at = |revision: i64| json!({ "revision": revision, "text": "Rõ." });
    ask(&desk, &desk.drafter, Method::POST, &step("submit"), &at(2)).await.ok();
    ask(&desk, &desk.colleague, Method::POST, &step("comments"), &at(3)).await.ok();
    ask(&desk, &desk.chairman, Method::POST, &step("return"), &at(3)).await.ok();
    ask(&desk, &desk.drafter, Method::POST, &step("submit"), &at(4)).await.ok();
    ask(&desk, &desk.colleague, Method::POST, &step("approve"), &at(5)).await.is(403);
    ask(&desk, &desk.chairman, Method::POST, &step("approve"), &at(5)).await.ok();
    let wrong = json!({ "revision": 6, "password": "sai" });
    let wrong = ask(&desk, &desk.chairman, Method::POST, &step("signature"), &wrong).await.is(422).json();
    assert_eq!(wrong["errors"][0]["field"], "password");
    let right = json!({ "revision": 6, "password": PASSWORD });
    let issued = ask(&desk, &desk.chairman, Method::POST, &step("signature"), &right).await.ok().json();
    assert_eq!((&issued["state"], &issued["number"]), (&json!("issued"), &json!("01/TB-UBND")));
    let card = desk.colleague.get(&url).await.ok().json();
    assert_eq!(card["recipients"][0]["code"], "H38.4");
    let happened: Vec<&str> =
        card["events"].as_array().unwrap().iter().map(|event| event["happened"].as_str().unwrap()).collect();
    assert_eq!(
        happened,
        ["submitted", "commented", "returned", "submitted", "approved", "numbered", "issued"]
    );
    assert!(desk.colleague.get(&step("pdf")).await.ok().bytes.starts_with(b"%PDF"));
    assert!(desk.colleague.get(&step("docx")).await.ok().bytes.starts_with(b"PK"));

    let found = desk.colleague.get(&format!("{URL}?q=tiep+cong+dan&state=issued")).await.ok().json();
    assert_eq!(found[0]["number"], "01/TB-UBND");
    desk.colleague.get(&format!("{URL}?state=nothing")).await.is(422);
    let book = desk.clerk.get("/api/v1/outgoing-register?year=2026&issuer=ubnd").await.ok().json();
    assert_eq!((&book[0]["number"], &book[0]["day"]), (&json!("01/TB-UBND"), &json!("10/03/2026")));
    let revision = card["revision"].as_i64().unwrap();
    ask(&desk, &desk.clerk, Method::POST, &step("recall"), &json!({ "revision": revision })).await.is(422);
    let recalled = ask(&desk, &desk.clerk, Method::POST, &step("recall"), &at(revision)).await.ok().json();
    assert_eq!((&recalled["state"], &recalled["recall_reason"]), (&json!("recalled"), &json!("Rõ.")));
    let next = ask(&desk, &desk.drafter, Method::POST, &step("replace"), &at(revision + 1)).await.ok().json();
    assert_eq!((&next["replaces"], &next["state"]), (&one["id"], &json!("drafting")));
    desk.app.end().await;
}

#[tokio::test]
async fn a_number_by_program_is_taken_once() {
    let desk = Desk::start().await;
    let url = desk.approved("ubnd/giay-moi", "Họp").await;
    let id = url.rsplit('/').next().unwrap();
    let url = format!("{URL}/{id}/number");
    let first = ask(&desk, &desk.clerk, Method::POST, &url, &json!({ "revision": 3 })).await.ok().json();
    let again = ask(&desk, &desk.clerk, Method::POST, &url, &json!({ "revision": 3 })).await.ok().json();
    assert_eq!((&first["number"], &again["number"]), (&json!("01/GM-UBND"), &json!("01/GM-UBND")));
    ask(&desk, &desk.colleague, Method::POST, &url, &json!({ "revision": 4 })).await.is(403);
    desk.app.end().await;
}
