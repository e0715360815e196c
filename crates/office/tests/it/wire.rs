//! Communes on a network of this machine, and packages as other programs make them.

use crate::world::{LETTER, Letter, World};
use axum::extract::State;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use edxml::{Attachment, Code, Document, DocumentId, DocumentKind, Organ, Signer};
use http::{Method, StatusCode};
use office::exchange::{self, Outgoing, Purpose, Recipient, Standing};
use platform::files::{self, Accept};
use platform::{Uuid, sign};
use std::sync::{Arc, Mutex};
use testkit::{Answer, Client, TestApp};
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// A letter with this number is a paper of the Party committee.
pub const PARTY_NUMBER: &str = "7";
pub const PAGE: &str = "/lam-viec/lien-thong";
pub const DOOR: &str = "/api/v1/exchange/packages";
pub const HERE: (&str, &str) = ("000.00.01.H16", "UBND xã Gia Phú");
pub const THERE: (&str, &str) = ("000.00.00.H16", "UBND tỉnh");
pub const SECRET: &str = "only for tests, long enough";
pub const PDF: Accept = Accept { types: &["application/pdf"], max_bytes: 10 << 20 };

/// What the line to a site does with the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Open,
    Down,
    /// The package arrives, its answer never does.
    Lost,
}

#[derive(Clone)]
pub struct Line {
    mood: Arc<Mutex<Mood>>,
    pub handled: Arc<Notify>,
}

impl Line {
    pub fn set(&self, mood: Mood) {
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
pub async fn serve(app: &TestApp) -> (String, Line) {
    let line = Line { mood: Arc::new(Mutex::new(Mood::Open)), handled: Arc::default() };
    let router = platform::http::router(&app.app).layer(from_fn_with_state(line.clone(), wire));
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", socket.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(socket, router).await.unwrap() });
    (address, line)
}

pub async fn admin(world: &World) -> Client {
    world.app.sign_in(&world.cast.home, "admin").await
}

pub async fn keep_office(admin: &Client, (code, name): (&str, &str)) {
    let action = format!("{PAGE}/co-quan");
    let key = admin.get(PAGE).await.field_of(&action, "khoa");
    let fields = [("khoa", key.as_str()), ("ma-co-quan", code), ("ten-co-quan", name), ("cap-tren", "")];
    admin.post(&action, &fields).await.is(303);
}

pub async fn add(who: &Client, (code, name): (&str, &str), way: &str, address: &str, secret: &str) -> Answer {
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
pub async fn two() -> (World, World, Line, Line) {
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
pub async fn issue(world: &World, letter: &Letter<'_>, purpose: Purpose, to: (&str, &str)) -> Uuid {
    let ctx = world.ctx();
    let file = files::prepare(&ctx, "cong-van.pdf".to_owned(), letter.pdf(), PDF).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    let document = ctx.new_id();
    let kept = files::keep(&ctx, &tx, &file, "test", document).await.unwrap();
    let mut outgoing = outgoing(letter, purpose, to, document, kept);
    outgoing.party = letter.number == PARTY_NUMBER;
    exchange::send(&ctx, &tx, &outgoing).await.unwrap();
    tx.commit().await.unwrap();
    document
}

pub fn outgoing(
    letter: &Letter<'_>,
    purpose: Purpose,
    to: (&str, &str),
    document: Uuid,
    file: Uuid,
) -> Outgoing {
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
        party: false,
        files: vec![file],
    }
}

pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 5).unwrap()
}

/// Both sides do what is due, until nothing is.
pub async fn settle(one: &World, other: &World) {
    one.app.run_jobs().await;
    other.app.run_jobs().await;
    one.app.run_jobs().await;
}

pub async fn standing(world: &World, document: Uuid) -> Option<Standing> {
    let ctx = world.ctx();
    exchange::standings(&ctx, &ctx.app.db, document).await.unwrap().pop().map(|one| one.2)
}

/// The page of the one document that came.
pub async fn arrived(world: &World, subject: &str) -> String {
    let page = world.clerk.get("/lam-viec/van-ban-den").await;
    page.ok().shows(subject);
    let text = page.text();
    let mut links = text
        .match_indices("href=\"/lam-viec/van-ban-den/")
        .map(|(at, link)| text[at + link.len()..].split('"').next().unwrap());
    let id = links.find(|link| link.len() == 36).expect("a document");
    format!("/lam-viec/van-ban-den/{id}")
}

/// Answers the first request on the page.
pub async fn press_answer(who: &Client, answer: &str, reason: &str) -> Answer {
    let page = who.get(PAGE).await;
    let text = page.text();
    let action = text.split("action=\"").find(|rest| rest.contains("/tra-loi\"")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    let key = page.field_of(&action, "khoa");
    who.post(&action, &[("khoa", &key), ("tra-loi", answer), ("ly-do", reason)]).await
}

/// A package as another program makes it.
pub fn package(change: impl FnOnce(&mut Document)) -> Vec<u8> {
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
pub async fn alone() -> World {
    let here = World::start().await;
    keep_office(&admin(&here).await, HERE).await;
    add(&admin(&here).await, THERE, "https", "https://tinh.example", SECRET).await.ok();
    here
}

pub async fn hand_in(world: &World, body: &[u8]) -> Answer {
    signed(world, THERE.0, SECRET, world.app.clock.now().timestamp(), body).await
}

pub async fn signed(world: &World, code: &str, secret: &str, at: i64, body: &[u8]) -> Answer {
    let signature = sign::signature(secret.as_bytes(), at, body);
    let site = world.app.visitor().header("x-sandinh-agency", code);
    let site = site.header("x-sandinh-timestamp", &at.to_string()).header("x-sandinh-signature", &signature);
    site.send(Method::POST, DOOR, Some("application/xml"), body.to_vec()).await
}
