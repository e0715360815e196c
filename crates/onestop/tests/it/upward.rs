//! A stand-in for the province's system, which fails as real ones do: the token ends, it is down, it is slow, it has the dossier
//! already, it says no, the line is cut.

use crate::world::{PDF, World, attach, hidden, press};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use http::{HeaderMap, StatusCode};
use platform::Uuid;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

const PAGE: &str = "/lam-viec/doi-chieu";

/// How it answers the next call of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Down,
    Slow,
    /// It does what it was told, but its answer is lost.
    Lost,
    No,
}

#[derive(Default)]
struct Office {
    tokens: usize,
    /// Tokens up to this one have ended.
    ended: usize,
    moods: Vec<(&'static str, Mood)>,
    calls: Vec<(String, Value)>,
    dossiers: Vec<String>,
}

type Shared = Arc<Mutex<Office>>;

async fn token(State(office): State<Shared>, Json(body): Json<Value>) -> Response {
    if body != json!({ "username": "xa.giaphu", "password": "mật khẩu thử" }) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut office = office.lock().unwrap();
    office.tokens += 1;
    Json(json!({ "access_token": format!("t{}", office.tokens), "expires_in": 3600 })).into_response()
}

async fn step(
    State(office): State<Shared>,
    Path(step): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mood = {
        let mut office = office.lock().unwrap();
        let bearer = headers["authorization"].to_str().unwrap().trim_start_matches("Bearer t").to_owned();
        if bearer.parse::<usize>().unwrap() <= office.ended {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        let at = office.moods.iter().position(|(of, _)| *of == step);
        at.map(|at| office.moods.remove(at).1)
    };
    match mood {
        Some(Mood::Down) => return StatusCode::BAD_GATEWAY.into_response(),
        Some(Mood::No) => {
            return (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "code": "BAD_FORMALITY" })))
                .into_response();
        }
        // It never answers: whoever asked goes away.
        Some(Mood::Slow) => std::future::pending().await,
        _ => {}
    }
    let mut office = office.lock().unwrap();
    let said = serde_json::from_slice(&body).unwrap_or(json!({ "bytes": body.len() }));
    let code = said["dossierCode"].as_str().unwrap_or_default().to_owned();
    office.calls.push((step.clone(), said));
    match step.as_str() {
        "code" => {
            let number = office.calls.iter().filter(|(step, _)| step == "code").count();
            Json(json!({ "dossierCode": format!("H38.98-260310-{number:04}") })).into_response()
        }
        "file" => {
            let number = office.calls.iter().filter(|(step, _)| step == "file").count();
            Json(json!({ "fileId": format!("tep-{number}") })).into_response()
        }
        "create" if office.dossiers.contains(&code) => {
            (StatusCode::CONFLICT, Json(json!({ "code": "DUPLICATE_DOSSIER" }))).into_response()
        }
        "create" => {
            office.dossiers.push(code);
            done(mood)
        }
        _ => done(mood),
    }
}

fn done(mood: Option<Mood>) -> Response {
    let lost = mood == Some(Mood::Lost);
    if lost { StatusCode::GATEWAY_TIMEOUT.into_response() } else { Json(json!({})).into_response() }
}

fn serve(socket: TcpListener) -> Shared {
    let office = Shared::default();
    let router = axum::Router::new()
        .route("/token", axum::routing::post(token))
        .route("/api/{step}", axum::routing::post(step))
        .with_state(office.clone());
    tokio::spawn(async move { axum::serve(socket, router).await.unwrap() });
    office
}

/// The commune has an account there; the province's own spelling stands in a newer file.
pub fn connect(world: &World, address: &str) {
    let keys = world.app.data().join("keys");
    std::fs::create_dir_all(&keys).unwrap();
    let account = format!(
        "address = \"http://{address}\"\nuser = \"xa.giaphu\"\npassword = \"mật khẩu thử\"\nagency = \"H38.98\"\n"
    );
    std::fs::write(keys.join("province-api.toml"), account).unwrap();
    patience(world, PATIENT);
}

/// So many seconds may a call take. Only the test of a call that takes too long gives few: the machine may be busy.
const PATIENT: u32 = 120;

fn patience(world: &World, seconds: u32) {
    let built_in = include_str!("../../../../data/province-api/2020-01-01.toml")
        .replace("patience = 15", &format!("patience = {seconds}"));
    let mut text = built_in;
    for (theirs, ours) in [
        ("/dossiers/next-code", "code"),
        ("/files", "file"),
        ("/dossiers/progress", "progress"),
        ("/dossiers/status", "status"),
        ("/dossiers", "create"),
    ] {
        text = text.replace(&format!("= \"{theirs}\""), &format!("= \"/api/{ours}\""));
    }
    let folder = world.app.data().join("law/province-api");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("2021-01-01.toml"), text).unwrap();
}

async fn office(world: &World) -> Shared {
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    connect(world, &socket.local_addr().unwrap().to_string());
    serve(socket)
}

fn steps(office: &Shared) -> Vec<String> {
    office.lock().unwrap().calls.iter().map(|(step, _)| step.clone()).collect()
}

/// Time goes by, and whatever is due runs.
async fn later(world: &World) {
    world.app.clock.advance(Duration::minutes(11));
    world.app.run_jobs().await;
}

async fn received(world: &World, child: &str) -> Uuid {
    let (_, id) = world.send_birth(child).await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    id
}

#[tokio::test]
async fn what_came_by_the_national_portal_is_not_made_there_again() {
    let world = World::start().await;
    let office = office(&world).await;
    let key = platform::ids::new_id(world.app.clock.now());
    let one =
        world.desk.json(http::Method::POST, "/api/v1/dossiers", &crate::api::birth(key)).await.ok().json();
    press(&world.desk, one["id"].as_str().unwrap().parse().unwrap(), "tiep-nhan", &[]).await.is(303);
    world.app.run_jobs().await;
    assert!(steps(&office).is_empty(), "{:?}", steps(&office));
    received(&world, "Lý Thị Dợ").await;
    world.app.run_jobs().await;
    assert_eq!(steps(&office), ["code", "file", "create"], "what began here is");
    world.app.end().await;
}

#[tokio::test]
async fn a_dossier_is_made_there_once_and_its_way_is_told() {
    let world = World::start().await;
    let office = office(&world).await;
    let id = received(&world, "Lý A Pao").await;
    world.app.run_jobs().await;
    assert_eq!(steps(&office), ["code", "file", "create"]);
    let create = office.lock().unwrap().calls[2].1.clone();
    assert_eq!(create["dossierCode"], "H38.98-260310-0001");
    assert_eq!((&create["formalityCode"], &create["receiveChannel"]), (&json!("1.001193"), &json!(2)));
    assert_eq!((&create["status"], &create["agencyCode"]), (&json!(2), &json!("H38.98")));
    assert_eq!(create["attachments"][0]["fileId"], "tep-1");
    // The token ended there, before it said so.
    office.lock().unwrap().ended = 1;
    press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
    attach(&world.leader, id, "ket-qua.pdf", PDF).await.is(303);
    press(&world.leader, id, "chuyen-buoc", &[]).await.is(303);
    world.app.run_jobs().await;
    assert_eq!(steps(&office)[3..], ["progress", "file", "status"]);
    assert_eq!(office.lock().unwrap().tokens, 2);
    assert_eq!(office.lock().unwrap().calls[5].1["status"], 9);
    // What is in the daily file of the province is this dossier, not a new one.
    let text = "Mã hồ sơ;Mã TTHC;Trạng thái\nH38.98-260310-0001;1.001193.000.00.00.H38;Đã xử lý xong\n";
    let key = world.desk.get(PAGE).await.field("khoa");
    let url = world.desk.upload(PAGE, &[("khoa", &key)], "tep", "ngay.csv", text.as_bytes()).await;
    let url = url.is(303).location();
    let page = world.desk.get(&url).await;
    let fields = [
        ("khoa", &*page.field("khoa")),
        ("tinh-den", &*page.field("tinh-den")),
        ("cot-0", "code"),
        ("cot-1", "procedure"),
        ("cot-2", "status"),
    ];
    let url = world.desk.post(&url, &fields).await.is(303).location();
    world.desk.get(&url).await.ok().shows("Không còn gì phải cập nhật");
    world.app.end().await;
}

#[tokio::test]
async fn a_system_that_is_down_slow_or_loses_its_answer_gets_one_dossier_in_the_end() {
    let world = World::start().await;
    let office = office(&world).await;
    let next = |step, mood| office.lock().unwrap().moods = vec![(step, mood)];
    next("code", Mood::Down);
    let id = received(&world, "Lý A Pao").await;
    world.app.run_jobs().await;
    assert!(steps(&office).is_empty());
    world.desk.get(PAGE).await.ok().shows("1 tin chờ gửi");
    next("file", Mood::Down);
    later(&world).await;
    assert_eq!(steps(&office), ["code"]);
    next("file", Mood::Slow);
    patience(&world, 1);
    later(&world).await;
    assert_eq!(steps(&office), ["code"]);
    world.desk.get(PAGE).await.ok().shows("1 tin chờ gửi");
    patience(&world, PATIENT);
    next("create", Mood::Lost);
    later(&world).await;
    world.desk.get(PAGE).await.ok().shows("1 tin chờ gửi");
    later(&world).await;
    world.desk.get(PAGE).await.ok().shows("0 tin chờ gửi");
    assert_eq!(office.lock().unwrap().dossiers, ["H38.98-260310-0001"]);
    assert_eq!(steps(&office), ["code", "file", "create", "create"], "the code and the file are there once");
    world.desk.get(&format!("/lam-viec/mot-cua/{id}")).await.ok();
    world.app.end().await;
}

#[tokio::test]
async fn what_happens_while_the_line_is_cut_is_told_in_order_later() {
    let world = World::start().await;
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    drop(socket);
    connect(&world, &address.to_string());
    let id = received(&world, "Lý A Pao").await;
    press(&world.specialist, id, "bo-sung", &[("ly-do", "Ghi đủ tên trạm.")]).await.is(303);
    world.app.run_jobs().await;
    world.desk.get(PAGE).await.ok().shows("2 tin chờ gửi");
    let office = serve(TcpListener::bind(address).await.unwrap());
    later(&world).await;
    assert_eq!(steps(&office), ["code", "file", "create", "status"]);
    assert_eq!(office.lock().unwrap().calls[3].1["status"], 5);
    world.app.end().await;
}

#[tokio::test]
async fn what_is_refused_waits_for_a_person_and_holds_only_its_own_dossier() {
    let world = World::start().await;
    let office = office(&world).await;
    office.lock().unwrap().moods.push(("create", Mood::No));
    let first = received(&world, "Lý A Pao").await;
    world.app.run_jobs().await;
    press(&world.specialist, first, "bo-sung", &[("ly-do", "Ghi đủ tên trạm.")]).await.is(303);
    received(&world, "Lý Thị Dợ").await;
    world.app.run_jobs().await;
    assert_eq!(office.lock().unwrap().dossiers, ["H38.98-260310-0002"]);
    let page = world.desk.get(PAGE).await;
    page.ok()
        .shows("1 tin bị từ chối")
        .shows("create: 422 BAD_FORMALITY")
        .shows("-260310-0001")
        .hides("mật khẩu thử");
    let action = format!("{PAGE}/gui-lai");
    world.desk.post(&action, &[("khoa", &hidden(&page, &action, "khoa"))]).await.is(303);
    world.app.run_jobs().await;
    let all = steps(&office);
    assert_eq!(all[all.len() - 2..], ["create", "status"]);
    assert_eq!(office.lock().unwrap().dossiers, ["H38.98-260310-0002", "H38.98-260310-0001"]);
    world.desk.get(&format!("{PAGE}?lang=en")).await.ok().shows("Telling the provincial system");
    world.app.end().await;
}

#[tokio::test]
async fn results_go_with_the_end_of_a_dossier_each_once() {
    let world = World::start().await;
    let office = office(&world).await;
    let id = received(&world, "Lý A Pao").await;
    press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
    attach(&world.leader, id, "ket-qua.pdf", PDF).await.is(303);
    press(&world.leader, id, "chuyen-buoc", &[]).await.is(303);
    office.lock().unwrap().moods.extend([("status", Mood::Lost)]);
    world.app.run_jobs().await;
    assert_eq!(steps(&office), ["code", "file", "create", "progress", "file", "status"]);
    // Its answer was lost: told once more, with the same file, which is not sent again.
    later(&world).await;
    assert_eq!(steps(&office)[6..], ["status"]);
    let told = |at: usize| office.lock().unwrap().calls[at].1["results"].clone();
    assert_eq!(told(6), json!([{ "name": "ket-qua.pdf", "type": 2, "fileId": "tep-2" }]));
    assert_eq!(told(5), told(6));

    // One more came before it was returned. The line is cut, then the province will not have it, until a person has looked.
    office.lock().unwrap().moods = vec![("file", Mood::Down), ("file", Mood::No)];
    attach(&world.leader, id, "trich-luc.pdf", PDF).await.is(303);
    world.app.run_jobs().await;
    world.desk.get(PAGE).await.ok().shows("1 tin chờ gửi");
    later(&world).await;
    let page = world.desk.get(&format!("{PAGE}?lang=vi")).await;
    page.ok().shows("1 tin bị từ chối").shows("file: 422 BAD_FORMALITY");
    press(&world.desk, id, "chuyen-buoc", &[]).await.is(303);
    world.app.run_jobs().await;
    assert_eq!(steps(&office).len(), 7, "nothing goes before what was refused");
    let action = format!("{PAGE}/gui-lai");
    world.desk.post(&action, &[("khoa", &hidden(&page, &action, "khoa"))]).await.is(303);
    world.app.run_jobs().await;
    assert_eq!(steps(&office)[7..], ["file", "status", "status"]);
    assert_eq!(told(8), json!([{ "name": "trich-luc.pdf", "type": 2, "fileId": "tep-3" }]));
    assert_eq!(told(9), Value::Null, "what is there already is not named again");
    let statuses = |at: usize| office.lock().unwrap().calls[at].1["status"].clone();
    assert_eq!([statuses(6), statuses(8), statuses(9)], [json!(9), json!(9), json!(10)]);
    world.app.end().await;
}
