//! Mail as a server receives it: one of the test's own that can refuse and be away, and a real one where it is named.

use crate::world::{World, mail_at};
use messages::{Letter, Outcome, deliver, send};
use platform::{Kind, Message};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

type Received = Arc<Mutex<Vec<String>>>;

/// Answers as SMTP servers do; refuses every address that begins with `khong-co`.
async fn serve(listener: TcpListener, received: Received) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(talk(stream, received.clone()));
    }
}

async fn talk(stream: TcpStream, received: Received) -> std::io::Result<()> {
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
                received.lock().unwrap().push(std::mem::take(&mut letter));
                stream.write_all(b"250 kept\r\n").await?;
            }
            continue;
        }
        let word: String = line.chars().take(4).collect::<String>().to_uppercase();
        let answer = match word.as_str() {
            "RCPT" if line.contains("<khong-co") => "550 5.1.1 no such mailbox\r\n",
            "DATA" => "354 go on\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "250 well\r\n",
        };
        inside = word == "DATA";
        if word == "RCPT" || word == "MAIL" {
            letter.push_str(&line);
        }
        stream.write_all(answer.as_bytes()).await?;
    }
}

async fn server(port: u16) -> (u16, Received) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let received = Received::default();
    tokio::spawn(serve(listener, received.clone()));
    (port, received)
}

async fn tell_admin(world: &World) {
    let ctx = world.ctx();
    let tx = ctx.begin().await.unwrap();
    let text = Message::new("messages-all-read").with("count", 3);
    send(&ctx, &tx, Letter { to: world.admin, text, link: "/lam-viec".into() }).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_letter_goes_out_once_in_both_forms() {
    let (port, received) = server(0).await;
    let world = World::start(Some(mail_at(port))).await;
    tell_admin(&world).await;
    world.run_jobs().await;
    assert_eq!(world.mail_job().await.state, "done");
    let letters = received.lock().unwrap().clone();
    assert_eq!(letters.len(), 1);
    for part in ["RCPT TO:<quan.tri@thu.example>", "text/plain", "text/html", "https://xa.example/lam-viec"] {
        assert!(letters[0].contains(part), "{part} is not in\n{}", letters[0]);
    }
    world.end().await;
}

#[tokio::test]
async fn a_letter_that_is_taken_back_is_not_sent_but_one_that_was_opened_stays() {
    let (port, received) = server(0).await;
    let world = World::start(Some(mail_at(port))).await;
    let ctx = world.ctx();
    let letter = |to| Letter { to, text: Message::new("messages-read-all"), link: "/lam-viec".into() };
    let tx = ctx.begin().await.unwrap();
    let fresh = send(&ctx, &tx, letter(world.admin)).await.unwrap();
    let opened = send(&ctx, &tx, letter(world.head)).await.unwrap();
    tx.commit().await.unwrap();
    let head = world.browser(world.head).await;
    head.get(&format!("/lam-viec/hop-thu/{opened}")).await.leads_to("/lam-viec");
    let tx = ctx.begin().await.unwrap();
    assert_eq!(messages::take_back(&ctx, &tx, &[fresh, opened]).await.unwrap(), 1);
    tx.commit().await.unwrap();
    world.run_jobs().await;
    assert!(received.lock().unwrap().is_empty());
    world
        .browser(world.admin)
        .await
        .get("/lam-viec/cong-viec-loi")
        .await
        .ok()
        .shows("Không có việc nào bị lỗi");
    head.get("/lam-viec/hop-thu").await.ok().shows("Đánh dấu đã đọc hết");
    world.end().await;
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_again() {
    let (port, _) = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        (listener.local_addr().unwrap().port(), drop(listener))
    };
    let world = World::start(Some(mail_at(port))).await;
    tell_admin(&world).await;
    world.run_jobs().await;
    let job = world.mail_job().await;
    assert_eq!((job.state.as_str(), job.attempts), ("queued", 1));
    assert!(job.problem.unwrap().starts_with("mail-server-away"));
    let (_, received) = server(port).await;
    world.clock.advance(chrono::Duration::seconds(11));
    world.run_jobs().await;
    assert_eq!((world.mail_job().await.state.as_str(), received.lock().unwrap().len()), ("done", 1));
    world.end().await;
}

#[tokio::test]
async fn a_refused_address_is_not_tried_again_but_shown() {
    let (port, received) = server(0).await;
    let settings = mail_at(port);
    let refused =
        deliver(&settings, "khong-co@thu.example", "Thử", "Thử", "https://xa.example").await.unwrap_err();
    assert_eq!((refused.kind, refused.message.key.as_ref()), (Kind::Invalid, "mail-refused"));
    let wrong = deliver(&settings, "không phải địa chỉ", "Thử", "Thử", "").await.unwrap_err();
    assert_eq!(wrong.message.key, "mail-address-wrong");
    assert!(received.lock().unwrap().is_empty());
    let world = World::start(Some(settings)).await;
    let ctx = world.ctx();
    let tx = ctx.begin().await.unwrap();
    platform::sql("UPDATE account SET email = 'khong-co@thu.example' WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(world.admin)
        .run(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    tell_admin(&world).await;
    world.run_jobs().await;
    assert_eq!(world.mail_job().await.state, "dead");
    let admin = world.browser(world.admin).await;
    admin
        .get("/lam-viec/cong-viec-loi")
        .await
        .ok()
        .shows("Máy chủ thư từ chối địa chỉ này")
        .shows("no such mailbox");
    world.end().await;
}

#[tokio::test]
async fn nothing_that_a_person_types_becomes_a_header() {
    let (port, received) = server(0).await;
    let evil = "Chào\r\nBcc: ai-do@thu.example\r\n\r\n<script>";
    let sent =
        deliver(&mail_at(port), "a@thu.example", evil, evil, "https://xa.example/?a=\"><b>").await.unwrap();
    assert_eq!(sent, Outcome::Sent);
    assert!(deliver(&mail_at(port), "a@thu.example\r\nBcc: b@thu.example", "x", "x", "").await.is_err());
    let letter = received.lock().unwrap()[0].clone();
    let head = letter.split("\r\n\r\n").next().unwrap();
    assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
    assert_eq!(letter.matches("RCPT TO:").count(), 1);
    assert!(
        !letter.contains("<script>") || !letter.split("text/html").nth(1).unwrap().contains("<script>"),
        "{letter}"
    );
}

/// With a real server: `SANDINH_TEST_SMTP` is its address, `SANDINH_TEST_MAILDIR` where it keeps what it receives.
#[tokio::test]
async fn a_real_server_takes_the_letter() {
    let (Ok(address), Ok(folder)) =
        (std::env::var("SANDINH_TEST_SMTP"), std::env::var("SANDINH_TEST_MAILDIR"))
    else {
        return;
    };
    let port = address.rsplit_once(':').unwrap().1.parse().unwrap();
    let mark = platform::ids::new_secret();
    let link = format!("https://xa.example/{mark}");
    deliver(&mail_at(port), "quan.tri@thu.example", "Thông báo của xã", "Có việc mới", &link).await.unwrap();
    let letters = std::fs::read_dir(std::path::Path::new(&folder).join("new")).unwrap();
    let letters: Vec<String> =
        letters.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let mine = letters.iter().find(|letter| letter.contains(&mark)).expect("the letter arrived");
    assert!(mine.contains("To: quan.tri@thu.example") && mine.contains("multipart/alternative"), "{mine}");
}

#[tokio::test]
async fn a_message_to_many_goes_by_mail_as_well_and_says_who_could_not_be_reached() {
    let (port, received) = server(0).await;
    let world = World::start(Some(mail_at(port))).await;
    let ctx = world.ctx();
    let tx = ctx.begin().await.unwrap();
    let sent = messages::channel::Announcing {
        title: "Họp giao ban".into(),
        body: "Chín giờ sáng mai.".into(),
        to: vec![world.admin, world.head],
        channels: vec![messages::channel::Channel::Email],
        ..Default::default()
    };
    let one = messages::channel::announce(&ctx, &tx, sent).await.unwrap();
    tx.commit().await.unwrap();
    world.run_jobs().await;
    world.run_jobs().await;
    // One letter for the one address: the letter in the inbox brings no second mail.
    let letters = received.lock().unwrap().clone();
    assert_eq!(letters.len(), 1, "{letters:?}");
    for part in ["RCPT TO:<quan.tri@thu.example>", "https://xa.example/lam-viec/hop-thu/thong-bao/"] {
        assert!(letters[0].contains(part), "{part} is not in\n{}", letters[0]);
    }
    let page = world.browser(world.admin).await.get(&one.path()).await;
    page.ok().shows("Thư điện tử: đã gửi 1").shows("Thư điện tử: không có địa chỉ 1");
    world.end().await;
}
