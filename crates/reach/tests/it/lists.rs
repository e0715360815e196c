//! Lists for officers: masked, opened by a recorded click, taken along only by those who may; on paper; by program.

use crate::world::{HEADS, World};
use http::Method;
use registry::person;
use serde_json::json;

#[tokio::test]
async fn names_are_masked_open_by_a_recorded_click_and_leave_as_a_recorded_file() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    world.note(&head, &page, 0, &[("ket-qua", "help")]).await.is(303);
    let list = format!("{page}/ho?xem=chua");
    officer.get(&list).await.ok().shows("V••• T••• T•••").hides(HEADS[1]).hides("S••• A•••");
    officer.get(&format!("{page}/ho?xem=can-giup")).await.ok().shows("S••• A••• T•••");
    officer
        .get(&format!("{page}/ho?xem=chua&thon={}", world.cast.home.villages[1]))
        .await
        .ok()
        .shows("P•••")
        .hides("V••• T••• T•••");
    let name = format!("{page}/ho/{}/ten", world.homes[1]);
    let clicked = officer.same().header("hx-request", "true");
    clicked.post(&name, &[]).await.ok().shows(HEADS[1]);
    let ctx = world.app.ctx(&world.cast.home);
    let person = person::members(&ctx, world.homes[1]).await.unwrap()[0].id;
    let looks = audit::views_of(&ctx, person, None, 10).await.unwrap();
    assert_eq!((looks.len(), &*looks[0].fields, &*looks[0].purpose), (1, "full_name", "contact"));
    // Without a script the click leads to the household.
    officer.post(&name, &[]).await.ok().shows(HEADS[1]);
    world.who("auditor").await.get(&list).await.ok().hides("/ten\"");
    world.who("auditor").await.post(&name, &[]).await.is(403);
    // The file.
    let csv = officer.get(&format!("{list}&dinh-dang=csv")).await.ok().text();
    assert!(csv.contains(HEADS[1]) && csv.contains("Đông Căm") && !csv.contains(HEADS[0]), "{csv}");
    assert!(officer.get(&format!("{list}&dinh-dang=xlsx")).await.ok().bytes.starts_with(b"PK"));
    assert_eq!(audit::views_of(&ctx, person, None, 10).await.unwrap().len(), 4);
    world.who("auditor").await.get(&format!("{list}&dinh-dang=csv")).await.is(403);
    // A head sees the own village alone.
    head.get(&list).await.leads_to(&world.village(&page));
    world.app.end().await;
}

#[tokio::test]
async fn the_list_of_a_village_goes_on_paper() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    world.note(&head, &page, 0, &[]).await.is(303);
    let paper = format!("{}/in", world.village(&page));
    head.get(&paper).await.ok().shows(HEADS[1]).hides(HEADS[0]).shows("Ra nhà văn hóa thôn");
    head.get(&format!("{paper}?tat-ca=1")).await.ok().shows(HEADS[0]);
    world.app.end().await;
}

#[tokio::test]
async fn programs_read_shares_and_note_households_once() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    let id = page.rsplit('/').next().unwrap().to_owned();
    let draft = world.draft(&officer, &[]).await;
    let draft = draft.rsplit('/').next().unwrap().to_owned();
    let api = format!("/api/v1/campaigns/{id}");
    let new = json!({ "households": [world.homes[0]], "channel": "visit", "outcome": "does" });
    head.json(Method::POST, &format!("{api}/notes"), &new).await.is(422);
    let keyed = head.same().header("Idempotency-Key", &world.fresh());
    let first = keyed.json(Method::POST, &format!("{api}/notes"), &new).await.ok().json();
    let again = keyed.json(Method::POST, &format!("{api}/notes"), &new).await.ok().json();
    assert_eq!(first["batch"], again["batch"]);
    let fresh = || head.same().header("Idempotency-Key", &world.fresh());
    let bad = json!({ "households": [world.homes[0]], "channel": "app", "outcome": "does" });
    let told = fresh().json(Method::POST, &format!("{api}/notes"), &bad).await.is(422).text();
    assert!(told.contains("channel"), "{told}");
    let away = json!({ "households": [world.homes[4]], "channel": "visit", "outcome": "told" });
    fresh().json(Method::POST, &format!("{api}/notes"), &away).await.is(404);
    let shown = world.visitor().get(&api).await.ok().json();
    assert_eq!((shown["households"].as_i64(), shown["reached"].as_i64()), (Some(5), Some(1)));
    assert_eq!(shown["villages"].as_array().unwrap().len(), 2);
    let all = world.visitor().get("/api/v1/campaigns").await.ok().json();
    assert_eq!(all.as_array().unwrap().len(), 1);
    world.visitor().get(&format!("/api/v1/campaigns/{draft}")).await.is(404);
    world.visitor().get(&format!("{api}/households")).await.is(401);
    let homes = head.get(&format!("{api}/households?reached=false")).await.ok().json();
    assert_eq!(homes.as_array().unwrap().len(), 3);
    assert!(!homes.to_string().contains("Thử"));
    let soi_co = world.cast.home.villages[1];
    head.get(&format!("{api}/households?village_id={soi_co}")).await.is(404);
    let all = officer.get(&format!("{api}/households")).await.ok().json();
    assert_eq!(all.as_array().unwrap().len(), 5);
    world.app.end().await;
}
