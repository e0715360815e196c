//! The official mailbox on a real server: connected by the administrator, read by a job, decided by the clerk.

use crate::mailbox_server::*;
use crate::world::{LETTER, Letter, World, register};
use testkit::in_both_languages;

fn document<'a>(subject: &'a str, heads: &'a str) -> Mailed<'a> {
    let from = "\"So Noi vu\" <vanthu@sonoivu.example>";
    Mailed { from, subject, heads, files: vec![("cong-van.pdf", LETTER.pdf())] }
}

#[tokio::test]
async fn a_mailbox_is_tried_in_plain_words_and_its_password_is_never_shown() {
    let Some(post) = Box::new() else { return };
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    admin.get(SETUP).await.ok().shows("Chưa nối hộp thư nào").shows("mật khẩu ứng dụng");
    world.clerk.get(PAGE).await.ok().shows("Xã chưa nối hộp thư nào");
    let new = format!("{SETUP}/moi");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    for (changes, words) in [
        (vec![("mat-khau", "sai")], "Sai tên đăng nhập hoặc mật khẩu"),
        (vec![("may-chu", "127.0.0.1")], "mang tên khác"),
        (vec![("chung-thu", "")], "không do nơi nào được tin cậy cấp"),
        (vec![("thu-muc", "Không có")], "Không có thư mục này"),
        (vec![("cong", closed.as_str())], "Không tới được máy chủ"),
        (vec![], "Kết nối được"),
    ] {
        let tried: Vec<_> = changes.into_iter().chain([("lam", "thu")]).collect();
        post.form(&admin, &new, &tried).await.ok().shows(words).hides(PASSWORD);
    }
    admin.get(SETUP).await.shows("Chưa nối hộp thư nào");
    for (field, wrong, words) in [
        ("may-chu", "http://x", "Tên máy chủ chỉ có"),
        ("cong", "0", "từ 1 đến 65535"),
        ("mat-khau", "", "Hãy nhập mật khẩu"),
        ("chung-thu", "abc", "Không đọc được chứng thư"),
        ("thu-muc-xong", "INBOX", "khác với thư mục đọc"),
        ("tu-ngay", "10/03/2020", "trong vòng một năm"),
    ] {
        post.form(&admin, &new, &[(field, wrong)]).await.is(422).shows(words).hides(PASSWORD);
    }
    post.form(&admin, &new, &[("may-chu", "mail.example"), ("bao-mat", "none")])
        .await
        .is(422)
        .shows("đi trần");
    post.form(&admin, &new, &[]).await.is(303);
    let page = admin.get(SETUP).await;
    page.ok().shows("Hộp thư văn thư").hides(PASSWORD);
    let text = page.text();
    let id = text
        .split(&format!("href=\"{SETUP}/"))
        .filter_map(|rest| rest.split('"').next())
        .find(|id| id.len() == 36);
    let edit = format!("{SETUP}/{}", id.unwrap());
    admin.get(&edit).await.ok().hides(PASSWORD);
    // The password goes to no other server than the one that it was typed for.
    let elsewhere = [("mat-khau", ""), ("may-chu", "xa.example")];
    post.form(&admin, &edit, &elsewhere).await.is(422).shows("Hãy nhập mật khẩu");
    post.form(&admin, &edit, &[("mat-khau", ""), ("ten", "Tên mới")]).await.is(303);
    admin.get(SETUP).await.shows("Tên mới");
    let ctx = world.ctx();
    let sealed: Vec<String> =
        platform::sql("SELECT sealed FROM mailbox WHERE commune_id = $1 /* all rows */")
            .bind(ctx.commune)
            .column(&ctx.app.db)
            .await
            .unwrap();
    assert!(sealed.len() == 1 && !sealed[0].is_empty() && !sealed[0].contains(PASSWORD));
    in_both_languages(async |lang| {
        for page in [SETUP, new.as_str(), edit.as_str()] {
            admin.get(&format!("{page}?lang={}", lang.code())).await.ok();
        }
    })
    .await;
    let action = format!("{edit}/ngung");
    let key = admin.get(SETUP).await.field_of(&action, "khoa");
    admin.post(&action, &[("khoa", &key)]).await.is(303);
    admin.get(&format!("{SETUP}?lang=vi")).await.shows("Chưa nối hộp thư nào");
    world.app.end().await;
}

#[tokio::test]
async fn a_document_comes_by_mail_and_is_registered_and_the_sender_is_told_its_number() {
    let Some(post) = Box::new() else { return };
    let world = posting().await;
    post.connect(&world, &[("xac-nhan", "1")]).await;
    let sender = format!("{}@sonoivu.example", post.login);
    let from = format!("So Noi vu <{sender}>");
    let heads = "Date: Tue, 10 Mar 2026 07:30:00 +0700\r\nMessage-ID: <mot@sonoivu.example>\r\n";
    post.append(&Mailed { from: &from, ..document("Gửi công văn", heads) }.bytes()).await;
    look(&world).await;
    world.clerk.get("/lam-viec").await.ok().shows("1 thư công vụ có văn bản chờ quyết định");
    let list = world.clerk.get(PAGE).await;
    list.shows("Gửi công văn").shows("So Noi vu").hides(&sender).shows("Đang đọc");
    let path = letters(&world, "waiting").await.remove(0);
    let page = world.clerk.get(&path).await;
    page.ok()
        .shows(&sender)
        .shows("xin gửi văn bản")
        .shows("cong-van.pdf")
        .shows("1204/UBND-KT")
        .shows("Rà soát hộ nghèo");
    assert_eq!(post.folder(TAKEN).await.0, 1);
    assert_eq!(post.folder("INBOX").await.0, 0);
    let original = world.clerk.get(&format!("{path}/thu-goc")).await;
    original.ok().shows("mot@sonoivu.example");
    assert!(
        original.header("content-type").starts_with("message/rfc822"),
        "{}",
        original.header("content-type")
    );
    world.chairman.get(&path).await.ok().hides("vao-so-den");
    for nobody in [&world.officer, &world.head, &world.app.sign_in(&world.cast.home, "admin").await] {
        nobody.get(&path).await.is(403);
    }

    let answer = decide(&world.clerk, &path, "vao-so-den", &[]).await;
    let document = answer.is(303).location().trim_end_matches("/vao-so").to_owned();
    register(&world.clerk, &document, &[]).await.is(303);
    let came = "<dt>Cách đến</dt><dd>Hộp thư công vụ</dd>";
    world.clerk.get(&document).await.ok().shows(came).shows("1204/UBND-KT");
    world.app.run_jobs().await;
    let told = posted(&sender);
    assert_eq!(told.len(), 1, "{told:?}");
    for part in ["Auto-Submitted: auto-replied", "X-Loop: sandinh-", "In-Reply-To: <mot@sonoivu.example>"] {
        assert!(told[0].contains(part), "{part}: {}", told[0]);
    }
    let page = world.clerk.get(&path).await;
    page.shows("Đã vào sổ số 1 ngày 10/03/2026")
        .shows("Đã gửi")
        .shows(&document)
        .hides("Không phải văn bản</summary>");
    decide_again(&world, &path).await;
    in_both_languages(async |lang| {
        for page in [PAGE, path.as_str()] {
            world.clerk.get(&format!("{page}?lang={}", lang.code())).await.ok();
        }
    })
    .await;
    world.app.end().await;
}

/// Somebody whose page is old finds out.
async fn decide_again(world: &World, path: &str) {
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let fields = [("khoa", key.as_str()), ("phien-ban", "1"), ("ly-do", "Muộn")];
    world.clerk.post(&format!("{path}/khong-phai"), &fields).await.is(409).shows("vừa được người khác xử lý");
}

#[tokio::test]
async fn a_letter_is_set_aside_and_back_or_answered_with_a_reason() {
    let Some(post) = Box::new() else { return };
    let world = posting().await;
    post.connect(&world, &[("da-lay", "danh-dau")]).await;
    let sender = format!("{}@sonoivu.example", post.login);
    let letter =
        Mailed { from: &sender, ..document("Gửi nhầm", "Message-ID: <hai@sonoivu.example>\r\n") };
    post.append(&letter.bytes()).await;
    post.append(b"From: dan@example.vn\r\nSubject: Xin hoi\r\n\r\nToi xin hoi...").await;
    look(&world).await;
    let (count, flags) = post.folder("INBOX").await;
    assert!(count == 2 && flags.contains("Seen") && flags.contains("SanDinh"), "{flags}");
    let plain = letters(&world, "plain").await.remove(0);
    world.clerk.get(&plain).await.ok().shows("Toi xin hoi").shows("Thư không ghi ngày").hides("vao-so-den");
    let path = letters(&world, "waiting").await.remove(0);
    decide(&world.clerk, &path, "khong-phai", &[("ly-do", " ")]).await.is(422);
    decide(&world.clerk, &path, "khong-phai", &[("ly-do", "Quảng cáo")]).await.is(303);
    assert_eq!(letters(&world, "aside").await, std::slice::from_ref(&path));
    world.clerk.get(&path).await.shows("Quảng cáo");
    decide(&world.clerk, &path, "mo-lai", &[]).await.is(303);
    decide(&world.clerk, &path, "tu-choi", &[("tra-loi", "")]).await.is(422).shows("Hãy viết lý do");
    decide(&world.clerk, &path, "tu-choi", &[("tra-loi", "Không thuộc xã Gia Phú")]).await.is(303);
    world.app.run_jobs().await;
    let told = posted(&sender);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains("Auto-Submitted: auto-replied")
            && told[0].contains(&format!("Reply-To: {}", post.address()))
    );
    world.clerk.get(&path).await.shows("Không thuộc xã Gia Phú").shows("Thư từ chối");
    world.app.end().await;
}

#[tokio::test]
async fn programs_read_and_decide_by_the_api() {
    let Some(post) = Box::new() else { return };
    let world = World::start().await;
    post.connect(&world, &[]).await;
    let second = Letter { number: "1205", ..LETTER };
    for (n, letter) in [LETTER, second].iter().enumerate() {
        let heads = format!("Message-ID: <api-{n}@sonoivu.example>\r\n");
        let files = vec![("cong-van.pdf", letter.pdf())];
        post.append(&Mailed { files, ..document("Gửi công văn", &heads) }.bytes()).await;
    }
    look(&world).await;
    let api = "/api/v1/mail-letters";
    let list = world.clerk.get(api).await.ok().json();
    assert_eq!((list.as_array().unwrap().len(), list[0].get("from_address")), (2, None), "{list}");
    let post_json = async |path: &str, body: serde_json::Value| {
        let key = platform::ids::new_id(world.app.clock.now()).to_string();
        world.clerk.same().header("idempotency-key", &key).json(http::Method::POST, path, &body).await
    };
    let path = |n: usize| format!("{api}/{}", list[n]["id"].as_str().unwrap());
    let one = world.clerk.get(&path(0)).await.ok().json();
    assert_eq!(one["from_address"], "vanthu@sonoivu.example");
    let taken =
        post_json(&format!("{}/take", path(0)), serde_json::json!({ "revision": 1 })).await.ok().json();
    assert!(taken["state"] == "taken" && taken["incoming_id"].is_string(), "{taken}");
    post_json(&format!("{}/take", path(0)), serde_json::json!({ "revision": 1 })).await.is(409);
    post_json(&format!("{}/aside", path(1)), serde_json::json!({ "revision": 1 })).await.is(422);
    let aside = serde_json::json!({ "revision": 1, "reason": "Trùng" });
    assert_eq!(post_json(&format!("{}/aside", path(1)), aside).await.ok().json()["state"], "aside");
    world.officer.get(api).await.is(403);
    world.app.end().await;
}

#[tokio::test]
async fn an_official_confirms_an_address_by_a_code_and_is_counted() {
    if Box::new().is_none() {
        return;
    }
    let world = posting().await;
    let own = "/tai-khoan/thu-cong-vu";
    let address = format!(
        "can-bo-{}@giaphu.example",
        &platform::ids::new_secret().to_lowercase()[..12].replace(['_', '-'], "0")
    );
    let ask = async |address: &str| {
        let key = world.clerk.get(own).await.field_of(own, "khoa");
        world.clerk.post(own, &[("khoa", &key), ("dia-chi-thu", address)]).await
    };
    ask("toi@gmail.com").await.is(422).shows("không phải địa chỉ thư công vụ");
    ask(&address).await.is(303);
    world.app.run_jobs().await;
    let action = format!("{own}/ma");
    let tell = async |code: &str| {
        let key = world.clerk.get(own).await.field_of(&action, "khoa");
        world.clerk.post(&action, &[("khoa", &key), ("ma", code)]).await
    };
    tell("SAISAI12").await.is(422).shows("Mã không đúng");
    let text = posted(&address).remove(0);
    let mail = mail_parser::MessageParser::default()
        .parse(text.as_bytes())
        .unwrap()
        .body_text(0)
        .unwrap()
        .into_owned();
    let code = mail
        .split(' ')
        .map(|word| word.trim_end_matches('.'))
        .find(|word| word.len() == 8 && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
    let before = percent(&world).await;
    tell(code.unwrap()).await.is(303);
    world.clerk.get(own).await.shows(&address);
    let after = percent(&world).await;
    assert!(
        before == Some(0.0) && after.is_some_and(|after| after > 0.0 && after < 100.0),
        "{before:?} {after:?}"
    );
    world.app.end().await;
}

async fn percent(world: &World) -> Option<f64> {
    let ctx = world.ctx();
    let value = figures::one(&ctx, "staff_shared_mail_pct", ctx.today()).await.unwrap();
    value.value.map(|value| value.to_f64())
}
