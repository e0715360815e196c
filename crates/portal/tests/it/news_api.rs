//! The news by program: the same rules as on the pages.

use crate::news::published;
use http::Method;
use serde_json::{Value, json};
use testkit::{Client, TestApp};

struct Programs {
    test: TestApp,
    writer: Client,
    leader: Client,
}

impl Programs {
    fn keyed(&self, who: &Client) -> Client {
        who.same().header("Idempotency-Key", &platform::ids::new_id(self.test.clock.now()).to_string())
    }

    /// One step of the article, with the revision that it has now.
    async fn step(&self, who: &Client, id: &str, step: &str, mut more: Value) -> Value {
        let path = format!("/api/v1/articles/{id}");
        more["revision"] = self.writer.get(&path).await.ok().json()["revision"].clone();
        self.keyed(who).json(Method::POST, &format!("{path}/{step}"), &more).await.ok().json()
    }
}

#[tokio::test]
async fn a_program_writes_and_another_decides_and_everybody_reads() {
    let (test, cast) = TestApp::start().await;
    let writer = test.sign_in(&cast.home, "editor").await;
    let leader = test.sign_in(&cast.home, "chairman").await;
    let programs = Programs { test, writer, leader };
    let (writer, leader) = (&programs.writer, &programs.leader);
    let visitor = programs.test.visitor();

    let begun = json!({ "section": "tin-hoat-dong", "title": "Lịch cắt điện", "tags": "điện, thông báo" });
    writer.json(Method::POST, "/api/v1/articles", &begun).await.is(422).shows("Idempotency-Key");
    let keyed = programs.keyed(writer);
    let first = keyed.json(Method::POST, "/api/v1/articles", &begun).await.ok().json();
    let again = keyed.json(Method::POST, "/api/v1/articles", &begun).await.ok().json();
    assert_eq!(
        (&first["id"], &first["state"]),
        (&again["id"], &json!("draft")),
        "a request sent twice is done once"
    );
    let id = first["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/articles/{id}");

    for (field, wrong) in [
        ("section", json!({ "section": "khong-co", "title": "Lịch" })),
        ("title", json!({ "section": "tin-hoat-dong", "title": "" })),
    ] {
        let wrong = json!({ "revision": first["revision"], "content": wrong });
        let told = programs.keyed(writer).json(Method::PUT, &path, &wrong).await;
        assert_eq!(told.is(422).json()["errors"][0]["field"], field);
    }
    let content = json!({ "section": "tin-hoat-dong", "title": "Lịch cắt điện", "summary": "Sáng thứ bảy.", "body": "Từ **7 giờ**.", "tags": "điện" });
    let change = json!({ "revision": first["revision"], "content": content });
    let saved = programs.keyed(writer).json(Method::PUT, &path, &change).await.ok().json();
    programs.keyed(writer).json(Method::PUT, &path, &change).await.is(409);
    assert_eq!(saved["content"]["summary"], "Sáng thứ bảy.");

    visitor.get("/api/v1/news/lich-cat-dien").await.is(404);
    visitor.get("/api/v1/articles").await.is(401);
    programs.step(writer, &id, "submit", json!({})).await;
    let step = json!({ "revision": 1 });
    programs.keyed(writer).json(Method::POST, &format!("{path}/approve"), &step).await.is(403);
    let back = programs.step(leader, &id, "return", json!({ "reason": "Ghi rõ thôn nào." })).await;
    assert_eq!(back["state"], "returned");
    programs.step(writer, &id, "submit", json!({})).await;
    let out = programs.step(leader, &id, "approve", json!({})).await;
    assert_eq!(
        (out["state"].as_str(), out["url"].as_str()),
        (Some("published"), Some("/tin-tuc/lich-cat-dien"))
    );

    let read = visitor.get("/api/v1/news/lich-cat-dien").await.ok().json();
    assert_eq!(read["tags"], json!(["điện"]));
    assert!(read["html"].as_str().unwrap().contains("<strong>7 giờ</strong>"), "{read}");
    let desk = writer.get("/api/v1/articles?state=published").await.ok().json();
    assert_eq!((&desk[0]["id"], &desk[0]["state"]), (&json!(id), &json!("published")));
    writer.get("/api/v1/articles?state=x").await.is(422);
    let revision = writer.get(&path).await.ok().json()["revision"].clone();
    let down = programs.keyed(leader);
    let down = down.json(Method::POST, &format!("{path}/take-down"), &json!({ "revision": revision })).await;
    down.is(422).shows("\"reason\"");
    programs.step(leader, &id, "take-down", json!({ "reason": "Đã đổi lịch." })).await;
    visitor.get("/api/v1/news/lich-cat-dien").await.is(404);
    programs.test.end().await;
}

#[tokio::test]
async fn programs_read_what_is_published_page_by_page() {
    let (test, cast) = TestApp::start().await;
    for title in ["Bài thứ nhất", "Bài thứ hai"] {
        published(&test, &cast.home, title, "chuyen-doi-so").await;
        test.clock.advance(chrono::Duration::minutes(1));
    }
    published(&test, &cast.home, "Bài khác", "tin-hoat-dong").await;
    let visitor = test.visitor();
    let all = visitor.get("/api/v1/news?section=chuyen-doi-so").await.ok().json();
    let titles: Vec<&str> = all.as_array().unwrap().iter().filter_map(|one| one["title"].as_str()).collect();
    assert_eq!(titles, ["Bài thứ hai", "Bài thứ nhất"]);
    let last = all[0]["id"].as_str().unwrap();
    let next = visitor.get(&format!("/api/v1/news?section=chuyen-doi-so&after={last}")).await.ok().json();
    assert_eq!((next.as_array().unwrap().len(), next[0]["title"].as_str()), (1, Some("Bài thứ nhất")));
    let unknown = platform::Uuid::from_u128(7);
    visitor.get(&format!("/api/v1/news?after={unknown}")).await.is(404);
    test.end().await;
}
