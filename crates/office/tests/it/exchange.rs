//! Two communes that exchange documents over HTTP on this machine, and everything that goes wrong on the way.

use crate::desk::{Desk, keeps_a_key, send};
use crate::world::{LETTER, Letter, World, press, register, task_of};
use axum::extract::State;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use chrono::{Duration, NaiveDate};
use edxml::{Attachment, Code, Document, DocumentId, DocumentKind, Limits, Organ, Package, Signer};
use http::{Method, StatusCode};
use office::exchange::{self, Outgoing, Purpose, Recipient, Standing};
use platform::files::{self, Accept};
use platform::{Uuid, jobs, sign, sql};
use std::sync::{Arc, Mutex};
use testkit::{Answer, Client, TestApp, in_both_languages};
use tokio::net::TcpListener;
use tokio::sync::Notify;

const PAGE: &str = "/lam-viec/lien-thong";
const DOOR: &str = "/api/v1/exchange/packages";
const HERE: (&str, &str) = ("000.00.01.H16", "UBND xã Gia Phú");
const THERE: (&str, &str) = ("000.00.00.H16", "UBND tỉnh");
const SECRET: &str = "only for tests, long enough";
const PDF: Accept = Accept { types: &["application/pdf"], max_bytes: 10 << 20 };

/// What the line to a site does with the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Open,
    Down,
    /// The package arrives, its answer never does.
    Lost,
}

#[derive(Clone)]
struct Line {
    mood: Arc<Mutex<Mood>>,
    handled: Arc<Notify>,
}

impl Line {
    fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

async fn wire(State(line): State<Line>, request: axum::extract::Request, next: Next) -> Response {
    let mood = *line.mood.lock().unwrap();
    if mood == Mood::Down {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let response = next.run(request).await;
    if mood == Mood::Lost {
        line.handled.notify_one();
        std::future::pending::<()>().await;
    }
    response
}

/// Opens an app to the network of this machine.
async fn serve(app: &TestApp) -> (String, Line) {
    let line = Line { mood: Arc::new(Mutex::new(Mood::Open)), handled: Arc::default() };
    let router = platform::http::router(&app.app).layer(from_fn_with_state(line.clone(), wire));
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", socket.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(socket, router).await.unwrap() });
    (address, line)
}

async fn admin(world: &World) -> Client {
    world.app.sign_in(&world.cast.home, "admin").await
}

async fn keep_office(admin: &Client, (code, name): (&str, &str)) {
    let action = format!("{PAGE}/co-quan");
    let key = admin.get(PAGE).await.field_of(&action, "khoa");
    let fields = [("khoa", key.as_str()), ("ma-co-quan", code), ("ten-co-quan", name), ("cap-tren", "")];
    admin.post(&action, &fields).await.is(303);
}

async fn add(who: &Client, (code, name): (&str, &str), way: &str, address: &str, secret: &str) -> Answer {
    let key = who.get(PAGE).await.field_of(PAGE, "khoa");
    let fields = [
        ("khoa", key.as_str()),
        ("ten", name),
        ("ma", code),
        ("cach", way),
        ("dia-chi", address),
        ("khoa-chung", secret),
    ];
    who.post(PAGE, &fields).await
}

/// A province and a commune that know each other; the lines to them.
async fn two() -> (World, World, Line, Line) {
    let (there, here) = (World::start().await, World::start().await);
    let ((to_there, line_there), (to_here, line_here)) = (serve(&there.app).await, serve(&here.app).await);
    keep_office(&admin(&there).await, THERE).await;
    keep_office(&admin(&here).await, HERE).await;
    // One makes the key, the other gets it by hand.
    let made = add(&admin(&there).await, HERE, "https", &to_here, "").await.ok().text();
    let secret = made.split("<code class=\"code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    add(&admin(&here).await, THERE, "https", &to_there, &secret).await.ok();
    admin(&there).await.get(PAGE).await.hides(&secret);
    (there, here, line_there, line_here)
}

/// A document that is issued, with its file.
async fn issue(world: &World, letter: &Letter<'_>, purpose: Purpose, to: (&str, &str)) -> Uuid {
    let ctx = world.ctx();
    let file = files::prepare(&ctx, "cong-van.pdf".to_owned(), letter.pdf(), PDF).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    let document = ctx.new_id();
    let kept = files::keep(&ctx, &tx, &file, "test", document).await.unwrap();
    let outgoing = outgoing(letter, purpose, to, document, kept);
    exchange::send(&ctx, &tx, &outgoing).await.unwrap();
    tx.commit().await.unwrap();
    document
}

fn outgoing(letter: &Letter<'_>, purpose: Purpose, to: (&str, &str), document: Uuid, file: Uuid) -> Outgoing {
    Outgoing {
        document,
        to: vec![Recipient { serial: 1, name: to.1.into(), code: to.0.into() }],
        purpose,
        number: letter.number.into(),
        notation: "UBND-KT".into(),
        kind: "Công văn".into(),
        subject: letter.subject.into(),
        place: "Lào Cai".into(),
        issued_on: day(),
        signed_for: "TM. ỦY BAN NHÂN DÂN".into(),
        signer_position: "Chủ tịch".into(),
        signer_name: "Nguyễn Văn Thử".into(),
        urgency: 1,
        due_on: NaiveDate::from_ymd_opt(2026, 3, 20),
        to_places: vec!["Như trên;".into()],
        files: vec![file],
    }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 5).unwrap()
}

/// Both sides do what is due, until nothing is.
async fn settle(one: &World, other: &World) {
    one.app.run_jobs().await;
    other.app.run_jobs().await;
    one.app.run_jobs().await;
}

async fn standing(world: &World, document: Uuid) -> Option<Standing> {
    let ctx = world.ctx();
    exchange::standings(&ctx, &ctx.app.db, document).await.unwrap().pop().map(|one| one.2)
}

/// The page of the one document that came.
async fn arrived(world: &World, subject: &str) -> String {
    let page = world.clerk.get("/lam-viec/van-ban-den").await;
    page.ok().shows(subject);
    let text = page.text();
    let mut links =
        text.split("href=\"/lam-viec/van-ban-den/").skip(1).map(|rest| rest.split('"').next().unwrap());
    let id = links.find(|link| link.len() == 36).expect("a document");
    format!("/lam-viec/van-ban-den/{id}")
}

#[tokio::test]
async fn a_document_goes_over_and_every_status_comes_back() {
    let (there, here, _, _) = two().await;
    let document = issue(&there, &LETTER, Purpose::New, HERE).await;
    assert_eq!(standing(&there, document).await, None);
    settle(&there, &here).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Arrived));
    let path = arrived(&here, LETTER.subject).await;
    here.clerk.get(&path).await.shows("UBND tỉnh").shows("1204/UBND-KT").shows("cong-van.pdf");

    register(&here.clerk, &path, &[]).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Received));

    let officer = here.account("registry_officer");
    let charge = [("viec", "Rà soát"), ("chu-tri", officer.as_str()), ("han", "18/03/2026")];
    press(&here.chairman, &path, "/chi-dao", &charge).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Assigned));

    let task = task_of(&here.chairman.get(&path).await);
    press(&here.officer, &task, "/nhan", &[]).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Working));

    press(&here.officer, &task, "/bao-cao", &[("bao-cao", "Đã rà soát"), ("lam", "xong")]).await.is(303);
    press(&here.chairman, &task, "/dat", &[]).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Done));
    let page = there.clerk.get(PAGE).await;
    page.ok().shows("Đã xử lý xong").shows("UBND xã Gia Phú").hides("Rà soát");
    in_both_languages(async |lang| {
        let word = if lang == platform::Lang::Vi { "Liên thông văn bản" } else { "Document exchange" };
        here.clerk.get(&format!("{PAGE}?lang={}", lang.code())).await.ok().shows(word);
    })
    .await;
    let told = there.clerk.get("/api/v1/exchange/messages?state=sent").await.ok().json();
    assert_eq!(told[0]["standing"], "done", "{told}");
    there.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn what_is_issued_goes_by_itself_and_its_recipients_are_followed_on_its_page() {
    let (desk, here) = (Desk::start().await, World::start().await);
    let ((to_desk, _), (to_here, _)) = (serve(&desk.app).await, serve(&here.app).await);
    // As the desk's documents name them.
    let (sender, department) = (("H38.4.9", "UBND xã Gia Phú"), ("H38.4", "Sở Nội vụ"));
    let admin_there = desk.app.sign_in(&desk.cast.home, "admin").await;
    keep_office(&admin_there, sender).await;
    add(&admin_there, department, "https", &to_here, SECRET).await.ok();
    keep_office(&admin(&here).await, department).await;
    add(&admin(&here).await, sender, "https", &to_desk, SECRET).await.ok();

    keeps_a_key(&desk.chairman, "Nguyễn Văn An").await;
    let url = desk.issued("ubnd/bao-cao", "Kết quả quý I").await;
    let settle = async || {
        for app in [&desk.app, &here.app, &desk.app] {
            app.run_jobs().await;
        }
    };
    settle().await;
    desk.drafter.get(&url).await.ok().shows("Đã đến");
    let path = arrived(&here, "Kết quả quý I").await;
    here.clerk.get(&path).await.shows("UBND xã Gia Phú").shows("BC-UBND");
    register(&here.clerk, &path, &[]).await.is(303);
    settle().await;
    settle().await;
    desk.drafter.get(&url).await.ok().shows("Đã tiếp nhận");

    send(&desk.chairman, &url, "thu-hoi", &[("ly-do-thu-hoi", "Nhầm số liệu")]).await.is(303);
    settle().await;
    here.clerk.get(PAGE).await.ok().shows("Nhầm số liệu");
    press_answer(&here.clerk, "dong-y", "").await.is(303);
    settle().await;
    settle().await;
    let recipients = desk.drafter.get(&url).await.ok().text();
    let row = recipients.split("Sở Nội vụ").last().unwrap();
    assert!(row.contains("Đã thu hồi"), "{row}");
    here.clerk.get(&path).await.ok().shows("Nhầm số liệu");
    desk.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn a_refusal_comes_back_with_its_reason() {
    let (there, here, _, _) = two().await;
    let document = issue(&there, &LETTER, Purpose::New, HERE).await;
    settle(&there, &here).await;
    let path = arrived(&here, LETTER.subject).await;
    press(&here.clerk, &path, "/tra-lai", &[("ly-do", "Không thuộc thẩm quyền")]).await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Refused));
    there.clerk.get(PAGE).await.shows("Từ chối nhận: Không thuộc thẩm quyền");
    there.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn it_is_taken_back_or_replaced_when_the_receiver_agrees() {
    let (there, here, _, _) = two().await;
    let document = issue(&there, &LETTER, Purpose::New, HERE).await;
    settle(&there, &here).await;
    let path = arrived(&here, LETTER.subject).await;

    issue(&there, &LETTER, Purpose::Revocation { reason: "Nhầm phụ lục".into() }, HERE).await;
    settle(&there, &here).await;
    here.clerk.get(PAGE).await.shows("Nhầm phụ lục").shows("Thu hồi");
    press_answer(&here.clerk, "khong", "").await.is(422).shows("Hãy ghi lý do không đồng ý");
    press_answer(&here.clerk, "khong", "Đã thực hiện xong").await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Declined));

    issue(&there, &LETTER, Purpose::Revocation { reason: "Vẫn xin thu hồi".into() }, HERE).await;
    settle(&there, &here).await;
    press_answer(&here.clerk, "dong-y", "").await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Recalled));
    here.clerk.get(&path).await.shows("Vẫn xin thu hồi");

    let second = Letter { number: "1300", ..LETTER };
    let before = issue(&there, &second, Purpose::New, HERE).await;
    let third = Letter { number: "1301", ..LETTER };
    let of = vec![("1300/UBND-KT".to_owned(), day())];
    let after = issue(&there, &third, Purpose::Replacement { reason: "Sửa số liệu".into(), of }, HERE).await;
    settle(&there, &here).await;
    assert_eq!(standing(&there, after).await, Some(Standing::Arrived));
    press_answer(&here.clerk, "dong-y", "").await.is(303);
    settle(&here, &there).await;
    assert_eq!(standing(&there, before).await, Some(Standing::Replaced));
    assert_eq!(standing(&there, after).await, Some(Standing::Arrived));
    there.app.end().await;
    here.app.end().await;
}

/// Answers the first request on the page.
async fn press_answer(who: &Client, answer: &str, reason: &str) -> Answer {
    let page = who.get(PAGE).await;
    let text = page.text();
    let action = text.split("action=\"").find(|rest| rest.contains("/tra-loi\"")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    let key = page.field_of(&action, "khoa");
    who.post(&action, &[("khoa", &key), ("tra-loi", answer), ("ly-do", reason)]).await
}

#[tokio::test]
async fn a_cut_line_holds_everything_in_order_until_it_is_back() {
    let (there, here, _, to_here) = two().await;
    to_here.set(Mood::Down);
    let first = issue(&there, &LETTER, Purpose::New, HERE).await;
    let other = Letter { number: "1205", subject: "khai thông kênh mương", ..LETTER };
    let second = issue(&there, &other, Purpose::New, HERE).await;
    there.app.run_jobs().await;
    there.clerk.get(PAGE).await.shows("502").shows("Đang chờ");
    here.clerk.get("/lam-viec/van-ban-den").await.hides(LETTER.subject);
    to_here.set(Mood::Open);
    there.app.run_jobs().await;
    here.clerk.get("/lam-viec/van-ban-den").await.hides(LETTER.subject);
    for world in [&there, &here] {
        world.app.clock.advance(Duration::minutes(2));
    }
    settle(&there, &here).await;
    assert_eq!(standing(&there, first).await, Some(Standing::Arrived));
    assert_eq!(standing(&there, second).await, Some(Standing::Arrived));
    there.clerk.get(PAGE).await.hides("502");
    there.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn a_program_that_dies_between_sending_and_noting_sends_again_and_it_is_one_document() {
    let (there, here, _, to_here) = two().await;
    to_here.set(Mood::Lost);
    let document = issue(&there, &LETTER, Purpose::New, HERE).await;
    let app = there.app.app.clone();
    let worker = tokio::spawn(async move { jobs::run_all_due(&app).await });
    to_here.handled.notified().await;
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled());
    let path = arrived(&here, LETTER.subject).await;
    let waiting = there.clerk.get("/api/v1/exchange/messages").await.ok().json();
    assert_eq!((&waiting[0]["state"], &waiting[0]["tries"]), (&"waiting".into(), &1.into()), "{waiting}");

    to_here.set(Mood::Open);
    for world in [&there, &here] {
        world.app.clock.advance(Duration::minutes(11));
    }
    settle(&there, &here).await;
    assert_eq!(standing(&there, document).await, Some(Standing::Arrived));
    assert_eq!(arrived(&here, LETTER.subject).await, path);
    let ctx = here.ctx();
    let count =
        sql("SELECT COUNT(*) FROM incoming_document WHERE commune_id = $1 /* all rows */").bind(ctx.commune);
    assert_eq!(count.count(&ctx.app.db).await.unwrap(), 1);
    there.app.end().await;
    here.app.end().await;
}

/// A package as another program makes it.
fn package(change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document {
        from: Organ::new(THERE.0, THERE.1),
        to: vec![Organ::new(HERE.0, HERE.1)],
        id: DocumentId::new(THERE.0, "2026/03/05", "1204/UBND-KT").unwrap(),
        code: Code { number: "1204".into(), notation: "UBND-KT".into() },
        promulgated: Some(day()),
        kind: DocumentKind { name: "Công văn".into(), ..DocumentKind::default() },
        subject: LETTER.subject.into(),
        signer: Signer { name: "Nguyễn Văn Thử".into(), ..Signer::default() },
        attachments: vec![Attachment {
            id: "1".into(),
            name: "cong-van.pdf".into(),
            content_type: "application/pdf".into(),
            body: LETTER.pdf(),
            ..Attachment::default()
        }],
        ..Document::default()
    };
    change(&mut document);
    let mut bytes = Vec::new();
    edxml::write(&document.into(), &mut bytes).unwrap();
    bytes
}

/// One side alone, which knows the other by a secret.
async fn alone() -> World {
    let here = World::start().await;
    keep_office(&admin(&here).await, HERE).await;
    add(&admin(&here).await, THERE, "https", "https://tinh.example", SECRET).await.ok();
    here
}

async fn hand_in(world: &World, body: &[u8]) -> Answer {
    signed(world, THERE.0, SECRET, world.app.clock.now().timestamp(), body).await
}

async fn signed(world: &World, code: &str, secret: &str, at: i64, body: &[u8]) -> Answer {
    let signature = sign::signature(secret.as_bytes(), at, body);
    let site = world.app.visitor().header("x-sandinh-agency", code);
    let site = site.header("x-sandinh-timestamp", &at.to_string()).header("x-sandinh-signature", &signature);
    site.send(Method::POST, DOOR, Some("application/xml"), body.to_vec()).await
}

#[tokio::test]
async fn the_same_package_twice_is_one_document() {
    let here = alone().await;
    let body = package(|_| {});
    assert_eq!(hand_in(&here, &body).await.ok().json()["outcome"], "taken");
    assert_eq!(hand_in(&here, &body).await.ok().json()["outcome"], "known");
    let other_words = package(|document| document.content = "khác".into());
    assert_eq!(hand_in(&here, &other_words).await.ok().json()["outcome"], "known");
    let list = here.clerk.get("/api/v1/incoming-documents").await.ok().json();
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    assert_eq!((&list[0]["channel"], &list[0]["sender_code"]), (&"edxml".into(), &THERE.0.into()));
    here.app.end().await;
}

#[tokio::test]
async fn who_is_not_believed_is_sent_away() {
    let here = alone().await;
    let (body, now) = (package(|_| {}), here.app.clock.now().timestamp());
    signed(&here, THERE.0, "another secret altogether", now, &body).await.is(401).shows("chữ ký");
    signed(&here, "000.00.99.H16", SECRET, now, &body).await.is(401).shows("chữ ký");
    signed(&here, THERE.0, SECRET, now - 400, &body).await.is(401).shows("năm phút");
    here.app.visitor().send(Method::POST, DOOR, Some("application/xml"), body.clone()).await.is(401);
    let foreign = package(|document| document.from.id = "000.00.77.H16".into());
    let answer = hand_in(&here, &foreign).await.is(422).json();
    assert_eq!(answer["reason"], "sender");
    here.clerk.get("/lam-viec/van-ban-den").await.hides(LETTER.subject);
    here.app.end().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_package_is_told_and_the_package_kept() {
    let here = alone().await;
    let elsewhere = package(|document| document.to = vec![Organ::new("000.00.02.H16", "UBND xã bên")]);
    let answer = hand_in(&here, &elsewhere).await.is(422).json();
    assert_eq!((&answer["outcome"], &answer["reason"]), (&"refused".into(), &"elsewhere".into()), "{answer}");
    let text = String::from_utf8(package(|_| {})).unwrap();
    let bomb = text.replacen("<edXML ", "<!DOCTYPE a [<!ENTITY b \"c\">]>\n<edXML ", 1);
    let answer = hand_in(&here, bomb.as_bytes()).await.is(422).json();
    assert_eq!((&answer["reason"], &answer["line"]), (&"doctype".into(), &2.into()), "{answer}");
    let cut = &text.as_bytes()[..text.len() / 2];
    hand_in(&here, cut).await.is(422).shows("cắt giữa chừng");
    let program = package(|document| document.attachments[0].body = b"MZ\x90\0".repeat(100));
    assert_eq!(hand_in(&here, &program).await.is(422).json()["reason"], "attachment");
    hand_in(&here, b"").await.is(422).shows("rỗng");
    let page = here.clerk.get(PAGE).await;
    page.ok().shows("gửi cho cơ quan khác").shows("DOCTYPE").shows("(dòng 2)");
    here.clerk.get("/lam-viec/van-ban-den").await.hides(LETTER.subject);
    // What was refused does not stand in the way of the right one.
    assert_eq!(hand_in(&here, &package(|_| {})).await.ok().json()["outcome"], "taken");
    here.app.end().await;
}

#[tokio::test]
async fn of_what_is_secret_nothing_is_kept() {
    let here = alone().await;
    let stamped = Letter { stamp: "TỐI MẬT", ..LETTER };
    let told = package(|document| document.content = "Độ mật: Mật".into());
    let shown = package(|document| document.attachments[0].body = stamped.pdf());
    for body in [told, shown] {
        let answer = hand_in(&here, &body).await.is(422).json();
        assert_eq!(answer["reason"], "secret", "{answer}");
    }
    let ctx = here.ctx();
    for table in ["exchange_in", "exchange_out", "incoming_document"] {
        let count = sql(format!("SELECT COUNT(*) FROM {table} WHERE commune_id = $1 /* all rows */"));
        assert_eq!(count.bind(ctx.commune).count(&ctx.app.db).await.unwrap(), 0, "{table}");
    }
    // And none goes out.
    let file = ctx.new_id();
    let subject = "Tuyệt mật";
    let secret = outgoing(&Letter { subject, ..LETTER }, Purpose::New, THERE, ctx.new_id(), file);
    let tx = ctx.begin().await.unwrap();
    assert!(exchange::send(&ctx, &tx, &secret).await.is_err());
    tx.rollback().await.unwrap();
    here.app.end().await;
}

#[tokio::test]
async fn what_has_no_way_waits_for_a_person() {
    let (there, here, _, _) = two().await;
    let nobody = ("000.00.55.H16", "Sở ở xa");
    issue(&there, &LETTER, Purpose::New, nobody).await;
    there.app.run_jobs().await;
    let page = there.clerk.get(PAGE).await;
    page.ok().shows("Chưa có đường gửi đến cơ quan này");
    let text = page.text();
    let action = text.split("action=\"").find(|rest| rest.contains("/gui-lai\"")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    let again = async || {
        let key = there.clerk.get(PAGE).await.field_of(&action, "khoa");
        there.clerk.post(&action, &[("khoa", &key)]).await
    };
    again().await.is(409).shows("Chưa có đường gửi");
    add(&admin(&there).await, nobody, "folder", "truc-tinh", "").await.ok();
    again().await.is(303);
    there.app.run_jobs().await;
    let out = there.app.data().join("exchange/truc-tinh/out");
    let files: Vec<_> = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    let read = edxml::read(&std::fs::read(&files[0]).unwrap()[..], &Limits::default());
    let Ok(Package::Document(document)) = read else { panic!("{read:?}") };
    assert_eq!((&*document.to[0].id, document.attachments.len()), (nobody.0, 1));
    there.app.end().await;
    here.app.end().await;
}

#[tokio::test]
async fn an_adapter_leaves_packages_in_a_folder() {
    let here = World::start().await;
    keep_office(&admin(&here).await, HERE).await;
    add(&admin(&here).await, ("truc", "Trục tỉnh"), "folder", "truc", "").await.ok();
    let place = here.app.data().join("exchange/truc");
    std::fs::create_dir_all(place.join("in")).unwrap();
    std::fs::write(place.join("in/1.edxml"), package(|_| {})).unwrap();
    std::fs::write(place.join("in/2.edxml"), "<a/>").unwrap();
    std::fs::write(place.join("in/.3.edxml"), "half").unwrap();
    let secret = package(|document| document.content = "Mật".into());
    std::fs::write(place.join("in/4.edxml"), secret).unwrap();
    here.app.clock.advance(Duration::minutes(2));
    here.app.run_jobs().await;
    arrived(&here, LETTER.subject).await;
    let there = |name: &str| place.join(name).exists();
    assert!(there("done/1.edxml") && there("bad/2.edxml") && there("in/.3.edxml"));
    assert!(std::fs::read_to_string(place.join("bad/2.edxml.txt")).unwrap().starts_with("namespace: "));
    assert!(!there("in/4.edxml") && !there("bad/4.edxml") && !there("done/4.edxml"));
    // The status goes out the same way, to whoever is not known otherwise.
    let mut out = std::fs::read_dir(place.join("out")).unwrap();
    let bytes = std::fs::read(out.next().unwrap().unwrap().path()).unwrap();
    let Ok(Package::Status(status)) = edxml::read(&bytes[..], &Limits::default()) else { panic!() };
    assert_eq!((status.code, &*status.response.organ), (edxml::StatusCode::Arrived, THERE.0));
    here.app.end().await;
}

#[tokio::test]
async fn who_is_exchanged_with_is_kept_by_the_administrator() {
    let here = alone().await;
    let admin = admin(&here).await;
    let wrong = add(&admin, ("a b", ""), "https", "http://tinh.example", "short").await;
    wrong.is(422).shows("Mã định danh chỉ có");
    add(&admin, ("H1", ""), "https", "https://tinh.example", "").await.is(422).shows("Hãy ghi tên cơ quan");
    add(&admin, ("H1", "A"), "https", "ftp://tinh.example", "").await.is(422).shows("https://");
    add(&admin, ("H1", "A"), "folder", "../x", "").await.is(422).shows("Tên thư mục");
    add(&admin, ("H1", "A"), "https", "https://a.example", "short").await.is(422).shows("từ 20 đến 200");
    add(&admin, THERE, "https", "https://a.example", "").await.is(422).shows("đã có trong danh sách");
    add(&admin, ("H1", "A"), "", "https://a.example", "").await.is(422);
    here.clerk.get(PAGE).await.ok().hides("name=\"khoa-chung\"");
    here.officer.get(PAGE).await.is(403);
    let page = admin.get(PAGE).await;
    let text = page.text();
    let action = text.split("action=\"").find(|rest| rest.contains("/ngung\"")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    let key = page.field_of(&action, "khoa");
    admin.post(&action, &[("khoa", &key)]).await.is(303);
    let now = here.app.clock.now().timestamp();
    signed(&here, THERE.0, SECRET, now, &package(|_| {})).await.is(401);
    here.app.end().await;
}
