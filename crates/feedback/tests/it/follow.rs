//! Following by e-mail without an account; forgetting who sent something; many passed on at once; all that by program.

use crate::world::{FIRST, World};
use chrono::Duration;
use http::Method;
use platform::config::{Mail, MailSecurity};
use serde_json::json;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

type Letters = Arc<Mutex<Vec<String>>>;

/// A mail server that takes everything.
async fn server() -> (Mail, Letters) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let letters = Letters::default();
    let kept = letters.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, kept.clone()));
        }
    });
    let mail = Mail {
        host: "127.0.0.1".into(),
        port,
        from: "Xã Thử <xa@thu.example>".into(),
        user: None,
        password_file: None,
        security: MailSecurity::None,
    };
    (mail, letters)
}

async fn talk(stream: TcpStream, letters: Letters) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 test\r\n").await?;
    let (mut letter, mut inside) = (String::new(), false);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        if inside {
            letter.push_str(&line);
            if line == ".\r\n" {
                inside = false;
                letters.lock().unwrap().push(std::mem::take(&mut letter));
                stream.write_all(b"250 kept\r\n").await?;
            }
            continue;
        }
        let word: String = line.chars().take(4).collect::<String>().to_uppercase();
        inside = word == "DATA";
        if word == "RCPT" {
            letter.push_str(&line);
        }
        let answer: &[u8] = match word.as_str() {
            "DATA" => b"354 go on\r\n",
            "QUIT" => b"221 bye\r\n",
            _ => b"250 well\r\n",
        };
        stream.write_all(answer).await?;
    }
}

/// The words of a letter, its soft line breaks and its base64 undone.
fn plain(letter: &str) -> String {
    letter.replace("=\r\n", "").replace("=3D", "=")
}

/// The link of a follower in a letter.
fn link(letter: &str) -> String {
    let text = plain(letter);
    let at = text.find("/theo-doi-phan-anh/").unwrap_or_else(|| panic!("no link in {text}"));
    text[at..].split(|c: char| c.is_whitespace() || c == '>').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_link_in_the_first_letter_begins_it_and_one_in_any_ends_it() {
    let (mail, letters) = server().await;
    let world = World::posting(Some(mail)).await;
    let page = world.pothole().await;
    let path = page.split('?').next().unwrap().to_owned();
    let visitor = world.app.visitor();
    let follow = format!("{path}/theo-doi");
    let ask = async |email: &str| visitor.post(&follow, &[("khoa", &*world.fresh()), ("thu", email)]).await;
    // Not public yet: there is nothing to follow.
    ask("a@thu.example").await.is(404);
    world.act(&world.officer, &page, "cong-khai", &[("lam", "hien")]).await.is(303);
    for wrong in ["", "a", "a@b", "a b@thu.example", "a@thu.example, c@thu.example"] {
        ask(wrong).await.is(422);
    }
    visitor.get(&path).await.ok().shows("Theo dõi bằng thư điện tử");
    for _ in 0..2 {
        ask("A@thu.example").await.is(303);
    }
    world.app.run_jobs().await;
    assert_eq!(letters.lock().unwrap().len(), 1, "one letter however often it is asked for");
    let first = letters.lock().unwrap()[0].clone();
    assert!(first.contains("<a@thu.example>"), "{first}");
    let begin = link(&first);
    // Nobody confirmed: no letter.
    world.act(&world.officer, &page, "nhan", &[]).await.is(303);
    world.app.run_jobs().await;
    assert_eq!(letters.lock().unwrap().len(), 1);
    // Looking at the link changes nothing; a wrong one is not found.
    visitor.get(&begin).await.ok().shows("Xác nhận theo dõi");
    visitor.get(&format!("{begin}x")).await.is(404);
    visitor.post(&format!("{begin}x"), &[]).await.is(404);
    world.act(&world.officer, &page, "ghi", &[("loi", "Đã xem"), ("lam", "cong-khai")]).await.is(303);
    world.app.run_jobs().await;
    assert_eq!(letters.lock().unwrap().len(), 1);
    visitor.post(&begin, &[]).await.is(303);
    visitor.get(&begin).await.ok().shows("đang theo dõi");
    world.act(&world.officer, &page, "tra-loi", &[("tra-loi", "Ổ gà đã vá xong")]).await.is(303);
    world.app.run_jobs().await;
    let second = letters.lock().unwrap()[1].clone();
    assert!(
        second.to_lowercase().contains("list-unsubscribe") && !plain(&second).contains("vá xong"),
        "{second}"
    );
    let end = link(&second);
    visitor.post(&format!("{end}/thoi"), &[]).await.ok().shows("Đã thôi theo dõi");
    visitor.get(&end).await.is(404);
    world.own(&world.resident, &path, "mo-lai", &[("ly-do", "Lại hỏng")]).await.is(303);
    world.act(&world.officer, &page, "tra-loi", &[("tra-loi", "Vá lại")]).await.is(303);
    world.app.run_jobs().await;
    assert_eq!(letters.lock().unwrap().len(), 2);
    world.app.end().await;
}

#[tokio::test]
async fn who_sent_it_is_forgotten_after_its_term_and_stays_with_a_denunciation() {
    let mut world = World::start().await;
    let village = world.village(0);
    let typed = [
        ("loai", "rubbish"),
        ("noi-dung", "Rác"),
        ("thon", &*village),
        ("ten", "Lý Thị Thử"),
        ("dien-thoai", "0912345678"),
    ];
    let visitor = world.app.visitor();
    visitor.get("/phan-anh/moi").await.ok().shows("được xóa 365 ngày sau khi việc xong");
    let page = world.send(&visitor, &typed).await.is(303).location();
    let closed = [("loai", "denunciation"), ("noi-dung", "Tố cáo"), ("ten", "Sùng A Thử")];
    let closed = world.send(&visitor, &closed).await.is(303).location();
    let (_, work) = world.work_page(&page).await;
    world.officer.get(&work).await.ok().shows("Xóa 365 ngày sau khi việc xong");
    world.act(&world.officer, &page, "tra-loi", &[("tra-loi", "Xong")]).await.is(303);
    world.act(&world.chairman, &closed, "tra-loi", &[("tra-loi", "Xong")]).await.is(303);
    world.officer.get(&work).await.ok().shows("Lưu đến 10/03/2027");
    world.later(Duration::days(364)).await;
    world.app.run_jobs().await;
    assert_eq!(world.find(&page).await.contact_phone, "0912345678");
    world.later(Duration::days(2)).await;
    world.app.run_jobs().await;
    let now = world.find(&page).await;
    assert_eq!((now.contact_name.as_str(), now.contact_phone.as_str(), now.body.as_str()), ("", "", "Rác"));
    assert_eq!(world.find(&closed).await.contact_name, "Sùng A Thử");
    world.app.end().await;
}

#[tokio::test]
async fn many_are_given_to_somebody_else_at_once_or_none() {
    let world = World::start().await;
    let mut ids = Vec::new();
    for words in ["Ổ gà một", "Ổ gà hai"] {
        let village = world.village(0);
        let typed = [("loai", "road-damage"), ("noi-dung", words), ("thon", &*village)];
        let page = world.send(&world.resident, &typed).await.is(303).location();
        ids.push(world.find(&page).await.id.to_string());
    }
    world.officer.get("/lam-viec/phan-anh").await.ok().shows("/chuyen-nhieu");
    world.head.get("/lam-viec/phan-anh").await.ok().hides("/chuyen-nhieu");
    let ask = "/lam-viec/phan-anh/chuyen-nhieu";
    world.officer.post(ask, &[("khoa", &*world.fresh())]).await.is(422);
    let shown =
        world.officer.post(ask, &[("khoa", &*world.fresh()), ("id", &*ids[0]), ("id", &*ids[1])]).await;
    shown.ok().shows("Ổ gà một").shows("Ổ gà hai").shows("Chuyển cho");
    let clerk = world.cast.home.accounts["clerk"].to_string();
    let resident = world.cast.home.accounts["resident"].to_string();
    let write = async |to: &str, why: &str| {
        let key = world.fresh();
        let fields = [("khoa", &*key), ("id", &*ids[0]), ("id", &*ids[1]), ("ai", to), ("ly-do", why)];
        world.officer.post(&format!("{ask}/ghi"), &fields).await
    };
    write(&clerk, "").await.is(422).shows("Viết lý do").shows("Ổ gà hai");
    write(&resident, "x").await.is(422);
    write(&clerk, "Cán bộ đi học").await.is(303);
    let mine = world.clerk.get("/lam-viec/phan-anh").await;
    mine.ok().shows("Ổ gà một").shows("Ổ gà hai");
    world.app.end().await;
}

#[tokio::test]
async fn programs_pass_on_ask_and_close_by_the_same_rules() {
    let world = World::start().await;
    let keyed = || world.officer.same().header("idempotency-key", &world.fresh());
    let mut works = Vec::new();
    for _ in 0..3 {
        let body = json!({ "text": "Ổ gà to", "lat": FIRST.0, "lon": FIRST.1 });
        let sent = world.resident.same().header("idempotency-key", &world.fresh());
        let code =
            sent.json(Method::POST, "/api/v1/feedback/reports", &body).await.ok().json()["code"].clone();
        let one = world.find(&format!("/phan-anh/{}", code.as_str().unwrap())).await;
        works.push((format!("/api/v1/feedback/work/{}", one.id), one.revision));
    }
    let press = async |at: usize, verb: &str, body: serde_json::Value| {
        keyed().json(Method::POST, &format!("{}/{verb}", works[at].0), &body).await
    };
    let asked = press(0, "ask", json!({ "revision": works[0].1, "text": "Chỗ nào?" })).await.ok().json();
    assert_eq!(asked["state"], "asked");
    press(0, "refuse", json!({ "revision": asked["revision"], "text": "" })).await.is(422).shows("text");
    let over =
        press(0, "refuse", json!({ "revision": asked["revision"], "text": "Trùng" })).await.ok().json();
    assert_eq!(over["state"], "refused");
    press(1, "elsewhere", json!({ "revision": works[1].1, "body": "", "text": "x" }))
        .await
        .is(422)
        .shows("body");
    let at = json!({ "revision": works[1].1, "body": "Điện lực", "text": "Gọi tổng đài" });
    assert_eq!(press(1, "elsewhere", at).await.ok().json()["state"], "elsewhere");
    let clerk = world.cast.home.accounts["clerk"];
    press(2, "pass", json!({ "revision": works[2].1, "to": clerk, "reason": "" }))
        .await
        .is(422)
        .shows("reason");
    press(2, "pass", json!({ "revision": works[2].1, "to": clerk, "reason": "Việc của chị" })).await.ok();
    let mine = world.clerk.get("/api/v1/feedback/work").await.ok().json();
    assert_eq!(mine.as_array().unwrap().len(), 1);
    world.app.end().await;
}
