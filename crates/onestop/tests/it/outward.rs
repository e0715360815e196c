//! A portal outside: it is told what happens, checks the signature, reads on by the API and hands in.

use crate::world::{BIRTH, NUMBER, World, hidden, press};
use axum::extract::State;
use chrono::Duration;
use http::{HeaderMap, Method, StatusCode};
use platform::sign;
use platform::{Uuid, jobs};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use testkit::{Answer, Client, in_both_languages};

const PATH: &str = "/lam-viec/ket-noi";

/// What the portal answers next, and what it was told.
#[derive(Default)]
struct Desk {
    broken: bool,
    told: Vec<(HeaderMap, String)>,
}

/// A program that listens on this machine.
struct Portal {
    address: String,
    desk: Arc<Mutex<Desk>>,
}

async fn listen(State(desk): State<Arc<Mutex<Desk>>>, headers: HeaderMap, body: String) -> StatusCode {
    let mut desk = desk.lock().unwrap();
    desk.told.push((headers, body));
    if desk.broken { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::NO_CONTENT }
}

impl Portal {
    async fn open() -> Portal {
        let desk: Arc<Mutex<Desk>> = Arc::default();
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/tin", socket.local_addr().unwrap());
        let router = axum::Router::new().route("/tin", axum::routing::post(listen)).with_state(desk.clone());
        tokio::spawn(async move { axum::serve(socket, router).await.unwrap() });
        Portal { address, desk }
    }

    fn broken(&self, broken: bool) {
        self.desk.lock().unwrap().broken = broken;
    }

    fn told(&self) -> Vec<(HeaderMap, String)> {
        self.desk.lock().unwrap().told.clone()
    }
}

async fn connect(admin: &Client, address: &str, events: &[&str]) -> Answer {
    let key = admin.get(PATH).await.field("khoa");
    let mut fields = vec![("khoa", key.as_str()), ("ten", "Cổng thử"), ("dia-chi", address)];
    fields.extend(events.iter().map(|event| ("su-kien", *event)));
    admin.post(PATH, &fields).await
}

/// The secret on the page.
fn secret(page: &Answer) -> String {
    let text = page.ok().text();
    text.split("<code class=\"code\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

/// A token of the desk for the portal.
async fn token(world: &World) -> Client {
    let page = "/tai-khoan/ma-truy-cap";
    let fields = [("ten", "Cổng thử"), ("pham-vi", "dossier"), ("pham-vi", "payment"), ("so-ngay", "30")];
    let made = world.desk.post(page, &fields).await.ok().text();
    let token = made.split("sd_").nth(1).unwrap().split('<').next().unwrap().trim();
    world.app.visitor().token(&format!("sd_{token}"))
}

/// A notice whose signature is good for this secret and for no other.
fn signed(told: &(http::HeaderMap, String), secret: &str, world: &World) -> Value {
    let (headers, body) = told;
    let header = |name: &str| headers[name].to_str().unwrap();
    let (moment, signature) = (header("x-sandinh-timestamp"), header("x-sandinh-signature"));
    let now = world.app.clock.now();
    assert_eq!(sign::verify(secret.as_bytes(), moment, signature, body.as_bytes(), now), Ok(()));
    assert!(sign::verify(b"another", moment, signature, body.as_bytes(), now).is_err());
    assert!(!body.contains("Giàng") && !body.contains("Pao") && !body.contains(NUMBER), "{body}");
    serde_json::from_str(body).unwrap()
}

#[tokio::test]
async fn a_portal_is_told_again_until_it_listens_then_reads_and_hands_in() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let portal = Portal::open().await;
    let made = connect(&admin, &portal.address, &["received", "asked", "paid"]).await;
    let secret = secret(&made);
    admin.get(PATH).await.ok().shows("Cổng thử").hides(&secret);
    let (_, id) = world.send_birth("Lý A Pao").await;
    world.app.run_jobs().await;
    assert!(portal.told().is_empty(), "it did not ask for what was submitted");

    portal.broken(true);
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    world.app.run_jobs().await;
    assert_eq!(portal.told().len(), 1);
    admin.get(PATH).await.ok().shows("1 tin chưa đến nơi");
    portal.broken(false);
    world.app.clock.advance(Duration::seconds(11));
    world.app.run_jobs().await;
    let told = portal.told();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].1, told[1].1, "the same notice again");
    let notice = signed(&told[1], &secret, &world);
    assert_eq!(notice["id"], json!(id));
    assert_eq!((&notice["event"], &notice["status"]), (&json!("received"), &json!(2)));
    assert_eq!(
        (&notice["code"], &notice["due"]),
        (&json!("000.00.00.H38-260310-0001"), &json!("2026-03-10T10:00:00Z"))
    );
    world.app.run_jobs().await;
    assert_eq!(portal.told().len(), 2, "what arrived is not sent again");
    admin.get(PATH).await.ok().hides("chưa đến nơi").shows("tin gần nhất đến nơi");

    hands_in(&world, &portal, id).await;
    world.app.end().await;
}

/// It reads on, is told that something is missing, and hands it in.
async fn hands_in(world: &World, portal: &Portal, id: Uuid) {
    let now = world.app.clock.now();
    let client = token(world).await;
    let card = client.get(&format!("/api/v1/dossiers/{id}")).await.ok().json();
    let asked = json!({ "revision": card["revision"], "marks": { "child_place": "Ghi đủ tên trạm." } });
    let act = format!("/api/v1/dossiers/{id}/acts/bo-sung");
    world.specialist.json(Method::POST, &act, &asked).await.ok();
    world.app.run_jobs().await;
    let last: Value = serde_json::from_str(&portal.told()[2].1).unwrap();
    assert_eq!((&last["event"], &last["status"]), (&json!("asked"), &json!(5)));
    let revision = client.get(&format!("/api/v1/dossiers/{id}")).await.json()["revision"].clone();
    let path = format!("/api/v1/dossiers/{id}/supplements");
    let body = |key: Uuid, revision: &Value| json!({ "key": key, "revision": revision, "answers": { "child_place": "Trạm Y tế xã Gia Phú" } });
    let key = platform::ids::new_id(now);
    client.json(Method::POST, &path, &body(platform::ids::new_id(now), &json!(1))).await.is(409);
    let one = client.json(Method::POST, &path, &body(key, &revision)).await.ok().json();
    assert_eq!(one["status"], 4);
    let again = client.json(Method::POST, &path, &body(key, &revision)).await.ok().json();
    assert_eq!(again["revision"], one["revision"]);
    // It tells of a payment, twice.
    let paid = json!({ "reference": "DVC-77", "amount": 16_000, "paid_on": "2026-03-10" });
    let path = format!("/api/v1/dossiers/{id}/payments");
    let first = client.json(Method::POST, &path, &paid).await.ok().json();
    assert_eq!(client.json(Method::POST, &path, &paid).await.ok().json(), first);
    world.app.run_jobs().await;
    assert_eq!(portal.told().len(), 4);
    // And hands in a new dossier, read back by its id.
    let new = json!({ "key": platform::ids::new_id(now), "procedure": BIRTH, "channel": "national-portal", "answers": {
        "applicant_name": "Giàng Thị Mỷ", "applicant_number": NUMBER, "applicant_relation": "me",
        "child_name": "Lý Thị Dợ", "child_birth": "2026-03-01", "child_sex": "nu", "child_ethnic": "mong",
        "child_place": "Trạm Y tế xã", "parents_married": false, "mother_name": "Giàng Thị Mỷ",
        "mother_birth_year": 1995, "mother_address": "Đông Căm" } });
    let made = client.json(Method::POST, "/api/v1/dossiers", &new).await.ok().json();
    let path = format!("/api/v1/dossiers/{}", made["id"].as_str().unwrap());
    assert_eq!(client.get(&path).await.ok().json()["channel"], "national-portal");
}

#[tokio::test]
async fn a_portal_that_never_listens_waits_for_a_person_and_a_new_key_ends_the_old() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let portal = Portal::open().await;
    let old = secret(&connect(&admin, &portal.address, &["submitted"]).await);
    portal.broken(true);
    world.send_birth("Lý A Pao").await;
    for _ in 0..8 {
        world.app.run_jobs().await;
        world.app.clock.advance(Duration::hours(3));
    }
    assert_eq!(portal.told().len(), 6, "six tries");
    let dead = jobs::list(&world.ctx(), &world.app.app.db, "dead").await.unwrap();
    let dead = dead.iter().find(|job| job.kind == "onestop.notice").expect("it waits for a person");
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    admin.get("/lam-viec/cong-viec-loi").await.ok().shows("Báo tin cho phần mềm khác");
    let page = admin.get(PATH).await;
    let action = page
        .text()
        .split("action=\"")
        .find_map(|rest| rest.split('"').next().filter(|a| a.ends_with("/khoa")).map(str::to_owned))
        .unwrap();
    let renewed = admin.post(&action, &[("khoa", &hidden(&page, &action, "khoa"))]).await;
    let new = secret(&renewed);
    assert_ne!(new, old);
    // Tried again by hand, it is signed with the new key.
    portal.broken(false);
    let tx = world.ctx().begin().await.unwrap();
    jobs::retry(&world.ctx(), &tx, dead.id).await.unwrap();
    tx.commit().await.unwrap();
    world.app.run_jobs().await;
    let (headers, body) = portal.told().pop().unwrap();
    let header = |name: &str| headers[name].to_str().unwrap();
    let check = |secret: &str| {
        let now = world.app.clock.now();
        sign::verify(
            secret.as_bytes(),
            header("x-sandinh-timestamp"),
            header("x-sandinh-signature"),
            body.as_bytes(),
            now,
        )
    };
    assert_eq!(check(&new), Ok(()));
    assert!(check(&old).is_err());
    // Nobody is told after the end.
    let page = admin.get(PATH).await;
    let action = action.replace("/khoa", "/ngung");
    admin.post(&action, &[("khoa", &hidden(&page, &action, "khoa"))]).await.is(303);
    let count = portal.told().len();
    let me = world.app.sign_in(&world.cast.home, "onestop_officer").await;
    me.get(PATH).await.is(403);
    admin.get(PATH).await.ok().shows("Chưa kết nối phần mềm nào");
    world.app.run_jobs().await;
    assert_eq!(portal.told().len(), count);
    world.app.end().await;
}

#[tokio::test]
async fn addresses_that_are_not_safe_are_refused_and_the_page_speaks_both_languages() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    for address in ["", "xa.example", "http://xa.example/tin", "ftp://xa.example", "https://a:b@xa.example/"]
    {
        connect(&admin, address, &["received"]).await.is(422).shows("bắt đầu bằng https://");
    }
    connect(&admin, "https://xa.example/tin", &["taken"]).await.is(422).shows("Chọn ít nhất một việc");
    connect(&admin, "https://xa.example/tin", &["received"])
        .await
        .ok()
        .shows("trang này không hiện lần thứ hai");
    in_both_languages(async |lang| {
        let english = lang == platform::Lang::En;
        let say = if english { "lang=en" } else { "lang=vi" };
        let word = if english { "Outgoing connections" } else { "Kết nối ra ngoài" };
        admin.get(&format!("{PATH}?{say}")).await.ok().shows(word).shows("https://xa.example/tin");
    })
    .await;
    world.app.end().await;
}
