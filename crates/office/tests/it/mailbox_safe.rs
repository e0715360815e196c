//! Whatever breaks off is done again and is one letter; programs are never answered; what is secret leaves nothing.

use crate::mailbox_server::*;
use crate::world::{LETTER, Letter, World, register};
use chrono::Duration;
use platform::sql;

async fn count(world: &World, table: &str) -> i64 {
    let ctx = world.ctx();
    let rows = sql("SELECT COUNT(*) FROM ").push(table).push(" WHERE commune_id = ").arg(ctx.commune);
    rows.push(" /* all rows */").count(&ctx.app.db).await.unwrap()
}

async fn change(world: &World, what: &str) {
    let ctx = world.ctx();
    let tx = ctx.begin().await.unwrap();
    sql("UPDATE mailbox /* all rows */ SET ")
        .push(what)
        .push(" WHERE commune_id = ")
        .arg(ctx.commune)
        .run(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn letter(from: &str, name: &str, heads: &str) -> Vec<u8> {
    let heads = format!("Message-ID: <{name}@sonoivu.example>\r\n{heads}");
    let files = vec![("cong-van.pdf", LETTER.pdf())];
    Mailed { from, subject: "Gửi công văn", heads: &heads, files }.bytes()
}

#[tokio::test]
async fn the_same_letter_is_one_in_two_mailboxes_after_a_crash_and_under_new_numbers() {
    let (Some(one), Some(two)) = (Box::new(), Box::new()) else { return };
    let world = World::start().await;
    one.connect(&world, &[("da-lay", "danh-dau")]).await;
    two.connect(&world, &[]).await;
    let mail = letter("vanthu@sonoivu.example", "mot", "");
    one.append(&mail).await;
    two.append(&[b"Received: by somebody else\r\n".to_vec(), mail.clone()].concat()).await;
    let nameless = Mailed {
        from: "vanthu@sonoivu.example",
        subject: "Không tên",
        heads: "",
        files: vec![("a.pdf", LETTER.pdf())],
    };
    one.append(&nameless.bytes()).await;
    look(&world).await;
    assert_eq!(count(&world, "mail_letter").await, 2);
    assert_eq!(two.folder(TAKEN).await.0, 1);
    // The program died after the server had sent everything, and before it was noted.
    change(&world, "last_uid = 0").await;
    look(&world).await;
    assert_eq!(count(&world, "mail_letter").await, 2);
    // The server numbers everything anew.
    let mut session = one.session().await;
    session.create("Khac").await.unwrap();
    session.append("Khac", None, None, &mail).await.unwrap();
    change(&world, "folder = 'Khac', uid_validity = 7, last_uid = 99, since = '2020-01-01'").await;
    look(&world).await;
    assert_eq!(count(&world, "mail_letter").await, 2);
    // Noted, and not yet marked on the server: the next round does that.
    let third = letter("vanthu@sonoivu.example", "ba", "");
    two.append(&third).await;
    change(&world, "folder = 'INBOX', uid_validity = 0, done_folder = ''").await;
    look(&world).await;
    assert_eq!(count(&world, "mail_letter").await, 3);
    let ctx = world.ctx();
    let left =
        sql("SELECT COUNT(*) FROM mail_letter WHERE commune_id = $1 AND marked = false /* all rows */");
    assert_eq!(left.bind(ctx.commune).count(&ctx.app.db).await.unwrap(), 0);
    world.app.end().await;
}

#[tokio::test]
async fn a_server_that_is_away_is_said_since_when_and_why_and_nothing_is_lost() {
    let Some(post) = Box::new() else { return };
    let world = World::start().await;
    post.connect(&world, &[]).await;
    post.append(&letter("vanthu@sonoivu.example", "mot", "")).await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    change(&world, &format!("port = {closed}")).await;
    look(&world).await;
    world
        .clerk
        .get(PAGE)
        .await
        .shows("Không đọc được từ 10/03/2026")
        .shows("Không tới được máy chủ")
        .shows("Thư không mất");
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    admin.get("/lam-viec").await.ok().shows("1 hộp thư công vụ không đọc được");
    change(&world, &format!("port = {}", post.secure)).await;
    // By itself it is not asked again before its pause is over.
    world.app.run_jobs().await;
    assert_eq!(count(&world, "mail_letter").await, 0);
    world.app.clock.advance(Duration::minutes(11));
    world.app.run_jobs().await;
    assert_eq!(count(&world, "mail_letter").await, 1);
    world.clerk.get(PAGE).await.hides("Không đọc được từ");
    world.app.end().await;
}

#[tokio::test]
async fn programs_are_kept_apart_and_never_answered() {
    let Some(post) = Box::new() else { return };
    let world = posting().await;
    post.connect(&world, &[("xac-nhan", "1")]).await;
    let sender = format!("{}@may.example", post.login);
    let mark = format!("X-Loop: sandinh-{}\r\n", world.cast.home.id);
    let heads = [
        "Auto-Submitted: auto-replied\r\n",
        "Precedence: bulk\r\n",
        "List-Id: <x>\r\n",
        "Return-Path: <>\r\n",
        &mark,
    ];
    for (n, heads) in heads.iter().enumerate() {
        post.append(&letter(&sender, &format!("may-{n}"), heads)).await;
    }
    post.append(&letter(&post.address(), "minh", "")).await;
    look(&world).await;
    let all = letters(&world, "automatic").await;
    assert_eq!((all.len(), letters(&world, "waiting").await.len()), (6, 0));
    world.clerk.get(&all[0]).await.ok().shows("Thư của chính xã quay lại").hides("tu-choi");
    // Also not by a form that nobody was shown, and not when its document is registered or sent back.
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let forced = [("khoa", key.as_str()), ("phien-ban", "1"), ("tra-loi", "Chào")];
    world
        .clerk
        .post(&format!("{}/tu-choi", all[1]), &forced)
        .await
        .is(409)
        .shows("không bao giờ trả lời thư máy");
    let taken = decide(&world.clerk, &all[2], "vao-so-den", &[]).await;
    let document = taken.is(303).location().trim_end_matches("/vao-so").to_owned();
    register(&world.clerk, &document, &[]).await.is(303);
    world.app.run_jobs().await;
    assert_eq!((posted(&sender).len(), count(&world, "mail_answer").await), (0, 0));
    world.app.end().await;
}

#[tokio::test]
async fn a_sender_gets_a_few_confirmations_a_day_and_not_more() {
    let Some(post) = Box::new() else { return };
    let world = posting().await;
    post.connect(&world, &[("xac-nhan", "1")]).await;
    let sender = format!("{}@nhieu.example", post.login);
    for n in 0..4 {
        let number = (2000 + n).to_string();
        let heads = format!("Message-ID: <n{n}@nhieu.example>\r\n");
        let files = vec![("cong-van.pdf", Letter { number: &number, ..LETTER }.pdf())];
        post.append(&Mailed { from: &sender, subject: "Gửi", heads: &heads, files }.bytes()).await;
    }
    look(&world).await;
    let all = letters(&world, "waiting").await;
    assert_eq!(all.len(), 4);
    for path in &all {
        let taken = decide(&world.clerk, path, "vao-so-den", &[]).await;
        let document = taken.is(303).location().trim_end_matches("/vao-so").to_owned();
        register(&world.clerk, &document, &[]).await.is(303);
    }
    world.app.run_jobs().await;
    assert_eq!(posted(&sender).len(), 3);
    let (last, told) = all.split_last().unwrap();
    world.clerk.get(last).await.shows("Giữ lại, không tự gửi").shows("trong 24 giờ");
    for path in told {
        world.clerk.get(path).await.shows("Đã gửi").hides("Giữ lại, không tự gửi");
    }
    world.app.end().await;
}

#[tokio::test]
async fn a_secret_letter_leaves_nothing_but_a_word_to_the_clerk() {
    let Some(post) = Box::new() else { return };
    let world = World::start().await;
    post.connect(&world, &[]).await;
    let secret = Letter { stamp: "TỐI MẬT", subject: "việc không ai được biết", ..LETTER };
    let files = vec![("thuong.pdf", LETTER.pdf()), ("kin.pdf", secret.pdf())];
    let heads = "Message-ID: <mat@sonoivu.example>\r\n";
    let mail = Mailed { from: "vanthu@sonoivu.example", subject: "Gửi văn bản", heads, files };
    post.append(&mail.bytes()).await;
    post.append(&letter("vanthu@sonoivu.example", "thuong", "")).await;
    look(&world).await;
    assert_eq!((count(&world, "mail_letter").await, count(&world, "mail_attachment").await), (1, 1));
    // The other one was moved; this one lies there with a flag.
    let (left, flags) = post.folder("INBOX").await;
    assert!(left == 1 && flags.contains("Flagged") && !flags.contains("Seen"), "{left} {flags}");
    assert_eq!(post.folder(TAKEN).await.0, 1);
    let inbox = world.clerk.get("/lam-viec/hop-thu").await;
    inbox.ok().shows("dấu chỉ độ mật").hides("Gửi văn bản").hides("sonoivu");
    let kept = walk(&world.app.data().join("files"));
    for bytes in &kept {
        assert!(!bytes.windows(19).any(|part| part == b"mat@sonoivu.example"));
        assert_ne!(bytes, &secret.pdf());
    }

    // What only a person sees is taken out by that person, with its bytes.
    let path = letters(&world, "waiting").await.remove(0);
    decide(&world.clerk, &path, "mat", &[]).await.is(303);
    world.clerk.get(&path).await.is(404);
    assert_eq!((count(&world, "mail_letter").await, count(&world, "mail_attachment").await), (0, 0));
    assert!(walk(&world.app.data().join("files")).is_empty());
    world.app.end().await;
}

fn walk(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type().unwrap().is_dir() {
            true => all.extend(walk(&entry.path())),
            false => all.push(std::fs::read(entry.path()).unwrap()),
        }
    }
    all
}
