//! The commune's own papers: drafted, signed, kept, checked, taken back.

use crate::world::{World, attach, hidden, press};
use http::Method;
use pades::practice::{Authority, Holder};
use pades::{Key, Signing};
use platform::{Lang, Uuid};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use testkit::{Answer, Client, in_both_languages};

const PASSWORD: &str = "mật-khẩu-ký";

/// A key file of an official of the test commune.
fn key_file(name: &str) -> Vec<u8> {
    let day = |text: &str| text.parse().unwrap();
    let authority = Authority::new("Cơ quan thử", day("2020-01-01"), day("2040-01-01")).unwrap();
    let who =
        Holder { name, organisation: "UBND xã Gia Phú", from: day("2025-01-01"), until: day("2030-01-01") };
    authority.key_file(&who, None, PASSWORD).unwrap()
}

async fn keeps_a_key(who: &Client, name: &str) {
    let page = who.get("/lam-viec/chu-ky-so").await;
    let fields = [("khoa", page.field("khoa")), ("mat-khau-ky", PASSWORD.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    who.upload("/lam-viec/chu-ky-so", &fields, "tep-chu-ky", "khoa.p12", &key_file(name)).await.is(303);
}

fn path(id: Uuid) -> String {
    format!("/lam-viec/mot-cua/{id}/giay-cua-xa")
}

/// Sends the form of the page that goes to `action`, with its key and revision.
async fn send(who: &Client, id: Uuid, act: &str, more: &[(&str, &str)]) -> Answer {
    let page = who.get(&path(id)).await;
    page.ok();
    let action = format!("{}{act}", path(id));
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    fields.extend(more);
    who.post(&action, &fields).await
}

const TEXT: &str =
    "Ủy ban nhân dân xã Gia Phú xác nhận:\n\n  Cháu Lý A Pao đã được đăng ký khai sinh <script>.";

async fn draft(who: &Client, id: Uuid) -> Answer {
    let typed =
        [("trich-yeu", "Về việc đã đăng ký khai sinh"), ("noi-dung", TEXT), ("noi-nhan", "Bà Mỷ\nLưu: VT")];
    send(who, id, "", &typed).await
}

/// A birth that waits for the leader, with a draft beside it.
async fn waits_for_signature(world: &World, child: &str) -> (String, Uuid) {
    let (own, id) = world.send_birth(child).await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    press(&world.specialist, id, "nhan-viec", &[]).await.is(303);
    draft(&world.specialist, id).await.is(303);
    press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
    (own, id)
}

fn run(folder: &Path, program: &str, line: &[&str]) -> String {
    let out = Command::new(program).args(line).current_dir(folder).output().unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// What other programs say of a PDF: its text, its signatures, the code drawn on it.
fn read(pdf: &[u8]) -> (String, String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("paper.pdf"), pdf).unwrap();
    let text = run(folder.path(), "pdftotext", &["-layout", "paper.pdf", "-"]);
    let signatures = run(folder.path(), "pdfsig", &["-nocert", "paper.pdf"]);
    run(folder.path(), "pdftoppm", &["-r", "150", "-png", "-singlefile", "paper.pdf", "page"]);
    let drawn = run(folder.path(), "zbarimg", &["--raw", "-q", "page.png"]);
    (text, signatures, drawn.trim().to_owned())
}

/// The file behind the first link of the wallet.
async fn opened(who: &Client) -> Vec<u8> {
    let wallet = who.get("/giay-to-cua-toi").await.ok().text();
    let at = wallet.find("/ho-so-cua-toi/").expect("a paper to open");
    let url = wallet[at..].split('"').next().unwrap();
    who.get(url).await.ok();
    who.get(url).await.bytes
}

#[tokio::test]
async fn a_confirmation_is_drafted_signed_opened_and_checked() {
    let world = World::start().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    press(&world.specialist, id, "nhan-viec", &[]).await.is(303);
    // The template comes filled with the answers; every word may be changed; the draft carries no number.
    world.specialist.get(&format!("/lam-viec/mot-cua/{id}")).await.ok().shows("Soạn thảo");
    let page = world.specialist.get(&path(id)).await;
    page.ok()
        .shows("Cháu Lý A Pao, sinh ngày 01/03/2026, giới tính Nam, nơi sinh: Trạm Y tế xã")
        .hides("Họ, chữ đệm, tên cha");
    send(&world.specialist, id, "", &[("trich-yeu", ""), ("noi-dung", "x")])
        .await
        .is(422)
        .shows("Chưa ghi mục này");
    draft(&world.specialist, id).await.is(303);
    let drafted = world.specialist.get(&format!("{}/ban-xem", path(id))).await;
    let (text, signatures, code) = read(&drafted.ok().bytes);
    assert!(
        text.contains("GIẤY XÁC NHẬN") && text.contains("<script>") && text.contains("/GXN-UBND"),
        "{text}"
    );
    assert!(
        !text.contains("01/GXN") && !signatures.contains("Signature is Valid") && code.is_empty(),
        "{text}"
    );

    // The step does not go on over an unsigned draft; the leader's password is asked; a signature is one press.
    press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
    press(&world.leader, id, "chuyen-buoc", &[]).await.is(409).shows("đang soạn dở chưa được ký");
    world.leader.get(&path(id)).await.ok().shows("chưa có chứng thư số");
    keeps_a_key(&world.leader, "Thử chairman").await;
    send(&world.leader, id, "/ky", &[("mat-khau-ky", "sai")])
        .await
        .is(422)
        .shows("Mật khẩu không mở được chứng thư");
    send(&world.leader, id, "/ky", &[("mat-khau-ky", PASSWORD)]).await.is(303);
    world
        .me
        .get(&own)
        .await
        .ok()
        .shows("Đã xử lý xong")
        .shows("Ban hành giấy tờ của xã")
        .shows("01-GXN-UBND.pdf");
    world.me.get("/lam-viec/hop-thu").await.ok().shows("giấy tờ của xã đã được ký");

    // She opens it: the signature is valid for another program, the code on it leads to the check.
    let file = opened(&world.me).await;
    let (text, signatures, drawn) = read(&file);
    assert!(signatures.contains("Signature Validation: Signature is Valid."), "{signatures}");
    assert!(signatures.contains("Total document signed"), "{signatures}");
    for part in
        ["Số: 01/GXN-UBND", "Gia Phú, ngày 10 tháng 3 năm 2026", "TM. ỦY BAN NHÂN DÂN", "Thử chairman"]
    {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    anybody_checks(&world, &file, &drawn).await;
    world.app.end().await;
}

/// By the code drawn on the paper, as anybody meets it.
async fn anybody_checks(world: &World, file: &[u8], drawn: &str) {
    let check = drawn.strip_prefix("https://giaphu.example").expect("the commune's address").to_owned();
    let visitor = world.app.visitor();
    visitor
        .get(&check)
        .await
        .ok()
        .shows("còn giá trị")
        .shows("01/GXN-UBND")
        .shows("G. T. Mỷ")
        .hides("Giàng Thị Mỷ");
    visitor.upload(&check, &[], "tep", "a.pdf", file).await.ok().shows("giống hệt bản đã ban hành");
    let mut other = file.to_vec();
    other.push(b' ');
    visitor.upload(&check, &[], "tep", "a.pdf", &other).await.ok().shows("khác với bản đã ban hành");
    visitor.post(&check, &[]).await.is(422);
    let code = check.rsplit('/').next().unwrap();
    let typed = format!("/giay-to?ma={}", code.to_lowercase().replace('-', ""));
    visitor.get(&typed).await.is(303).leads_to(&check);
    assert_eq!(visitor.get(&format!("/api/v1/papers/{code}")).await.ok().json()["state"], "issued");
    visitor.get("/giay-to/0000-0000-0000").await.is(404).shows("Xã không cấp giấy tờ nào có mã này");
}

#[tokio::test]
async fn a_paper_is_signed_on_the_leaders_own_computer() {
    let world = World::start().await;
    let (_, id) = waits_for_signature(&world, "Lý A Pao").await;
    send(&world.leader, id, "/lay-so", &[]).await.is(303);
    // The number is the leader's now: nothing can be changed or sent back under it.
    press(&world.leader, id, "tra-lai", &[("ly-do", "Sửa lại.")]).await.is(409);
    let given = world.leader.get(&format!("{}/ban-ky", path(id))).await;
    given.ok();
    assert!(given.header("content-disposition").contains("01-GXN-UBND-chua-ky.pdf"));
    assert_eq!(given.bytes, world.leader.get(&format!("{}/ban-ky", path(id))).await.bytes);
    // The page hands the same file to the signing agent of the leader's computer; without a picture there is nothing to draw.
    let page = world.leader.get(&path(id)).await;
    page.ok().shows(&format!("data-file=\"{}/ban-ky\"", path(id))).shows("usb.");
    assert!(page.header("content-security-policy").contains("connect-src 'self' http://127.0.0.1:*;"));
    world.leader.get(&format!("{}/ban-ky/hinh", path(id))).await.is(204);
    world.desk.get(&format!("{}/ban-ky/hinh", path(id))).await.is(404);
    let back = async |bytes: &[u8]| {
        let page = world.leader.get(&path(id)).await;
        let action = format!("{}/nop-ban-ky", path(id));
        let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
        world
            .leader
            .upload(&action, &[("khoa", &key), ("phien-ban", &revision)], "ban-da-ky", "a.pdf", bytes)
            .await
    };
    back(crate::world::PDF).await.is(422).shows("không phải file đã tải từ trang này");
    back(&given.bytes).await.is(422).shows("chưa có chữ ký số hợp lệ");
    let key = Key::from_pkcs12(&key_file("Thử chairman"), PASSWORD).unwrap();
    let at = "2026-03-10T09:30:00+07:00".parse().unwrap();
    let signed = pades::sign(&given.bytes, &key, &Signing { at, reason: "", place: "" }).unwrap();
    let mut longer = signed.clone();
    longer.extend(b"\n% more\n");
    back(&longer).await.is(422).shows("có thêm nội dung sau khi ký");
    back(&signed).await.is(303);
    assert_eq!(opened(&world.me).await, signed);
    world.app.end().await;
}

#[tokio::test]
async fn a_paper_is_taken_back_and_another_one_issued() {
    let world = World::start().await;
    let (own, id) = waits_for_signature(&world, "Lý A Pao").await;
    keeps_a_key(&world.leader, "Thử chairman").await;
    send(&world.leader, id, "/ky", &[("mat-khau-ky", PASSWORD)]).await.is(303);
    attach(&world.desk, id, "giay-khai-sinh.pdf", crate::world::PDF).await.is(303);
    press(&world.desk, id, "chuyen-buoc", &[]).await.is(303);
    let check = |wallet: &str| {
        let at = wallet.find("/giay-to/").unwrap();
        wallet[at..].split('"').next().unwrap().to_owned()
    };
    let first = check(&world.me.get("/giay-to-cua-toi").await.ok().shows("giay-khai-sinh.pdf").text());
    send(&world.leader, id, "/thu-hoi", &[("ly-do-thu-hoi", " ")]).await.is(422).shows("lý do");
    send(&world.leader, id, "/thu-hoi", &[("ly-do-thu-hoi", "Ghi sai ngày sinh.")]).await.is(303);
    let visitor = world.app.visitor();
    visitor.get(&first).await.ok().shows("đã bị thu hồi").hides("còn giá trị");
    world.me.get(&own).await.ok().shows("Thu hồi giấy tờ của xã").hides("01-GXN-UBND.pdf");
    world.me.get("/giay-to-cua-toi").await.ok().shows("Ghi sai ngày sinh.");

    // The specialist drafts it anew though the dossier has ended; the number is the next one.
    draft(&world.specialist, id).await.is(303);
    send(&world.leader, id, "/ky", &[("mat-khau-ky", PASSWORD)]).await.is(303);
    world.me.get(&own).await.ok().shows("Đã trả kết quả").shows("02-GXN-UBND.pdf");
    let wallet = world.me.get("/giay-to-cua-toi").await.ok().text();
    assert_ne!(check(&wallet), first);
    visitor.get(&check(&wallet)).await.ok().shows("còn giá trị").shows("02/GXN-UBND");
    visitor.get(&first).await.ok().shows("đã bị thu hồi");
    world.app.end().await;
}

#[tokio::test]
async fn numbers_have_no_gap_and_no_repeat_when_two_leaders_sign_at_once() {
    let world = World::start().await;
    let (_, one) = waits_for_signature(&world, "Lý A Pao").await;
    let (_, two) = waits_for_signature(&world, "Lý A Tủa").await;
    let vice = world.app.sign_in(&world.cast.home, "vice_chairman").await;
    keeps_a_key(&world.leader, "Thử chairman").await;
    keeps_a_key(&vice, "Thử vice_chairman").await;
    let password = [("mat-khau-ky", PASSWORD)];
    let (first, second) =
        tokio::join!(send(&world.leader, one, "/ky", &password), send(&vice, two, "/ky", &password));
    first.is(303);
    second.is(303);
    let number = async |id: Uuid| {
        let body = world.desk.get(&format!("/api/v1/dossiers/{id}/paper")).await.ok().json();
        body["number"].as_str().unwrap().to_owned()
    };
    let mut numbers = vec![number(one).await, number(two).await];
    numbers.sort();
    assert_eq!(numbers, ["01/GXN-UBND", "02/GXN-UBND"]);
    let page = world.desk.get(&format!("/lam-viec/mot-cua/{two}/giay/{}", kept(&world, two).await)).await;
    let (text, _, _) = read(&page.ok().bytes);
    assert!(text.contains("KT. CHỦ TỊCH") && text.contains("PHÓ CHỦ TỊCH"), "{text}");
    world.app.end().await;
}

/// The id of the signed file among the results.
async fn kept(world: &World, id: Uuid) -> String {
    let papers = world.desk.get(&format!("/api/v1/dossiers/{id}/papers")).await.ok().json();
    let all = papers.as_array().unwrap();
    let signed =
        all.iter().find(|one| one["name"].as_str().is_some_and(|name| name.ends_with("GXN-UBND.pdf")));
    signed.expect("a signed paper")["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn who_may_not_is_refused_and_two_drafters_do_not_write_over_each_other() {
    let world = World::start().await;
    let (_, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    press(&world.specialist, id, "nhan-viec", &[]).await.is(303);
    let key = || platform::ids::new_id(world.app.clock.now()).to_string();
    let typed = |key: String, revision: &str| {
        let fields = [("khoa", key.as_str()), ("phien-ban", revision), ("trich-yeu", "a"), ("noi-dung", "b")];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let post = async |who: &Client, fields: [(String, String); 4]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        who.post(&path(id), &fields).await
    };
    post(&world.desk, typed(key(), "0")).await.is(409);
    assert!(matches!(post(&world.me, typed(key(), "0")).await.status.as_u16(), 403 | 404));
    let twice = key();
    post(&world.specialist, typed(twice.clone(), "0")).await.is(303);
    post(&world.specialist, typed(twice, "0")).await.is(303);
    post(&world.specialist, typed(key(), "0")).await.is(409);
    post(&world.specialist, typed(key(), "7")).await.is(409).shows("vừa có người khác xử lý");
    post(&world.specialist, typed(key(), "1")).await.is(303);
    // Nobody but the leader whose turn it is signs, and nobody signs before that turn.
    keeps_a_key(&world.leader, "Thử chairman").await;
    let sign = [("khoa", key()), ("phien-ban", "2".to_owned()), ("mat-khau-ky", PASSWORD.to_owned())];
    let sign: Vec<(&str, &str)> = sign.iter().map(|(n, v)| (*n, v.as_str())).collect();
    world.leader.post(&format!("{}/ky", path(id)), &sign).await.is(409);
    world.specialist.post(&format!("{}/ky", path(id)), &sign).await.is(409);
    world.leader.get(&format!("{}/ban-ky", path(id))).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn the_same_by_program_and_in_both_languages() {
    let world = World::start().await;
    let (_, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    press(&world.specialist, id, "nhan-viec", &[]).await.is(303);
    let url = format!("/api/v1/dossiers/{id}/paper");
    let key = || platform::ids::new_id(world.app.clock.now()).to_string();
    let keyed = |who: &Client, key: &str| who.same().header("Idempotency-Key", key);
    world.specialist.get(&url).await.is(404);
    let body = json!({ "subject": "Về việc khai sinh", "body": "Đoạn một.\nĐoạn hai." });
    let once = key();
    let drafted = keyed(&world.specialist, &once).json(Method::PUT, &url, &body).await.ok().json();
    assert_eq!((&drafted["state"], &drafted["revision"]), (&json!("draft"), &json!(1)));
    keyed(&world.specialist, &once).json(Method::PUT, &url, &body).await.ok();
    let empty = json!({ "subject": "", "body": "x", "revision": 1 });
    let wrong = keyed(&world.specialist, &key()).json(Method::PUT, &url, &empty).await;
    assert_eq!(wrong.is(422).json()["errors"][0]["field"], "subject");
    press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
    keeps_a_key(&world.leader, "Thử chairman").await;
    let sign = format!("{url}/signature");
    let send = |password: &str| json!({ "password": password, "revision": 1 });
    let wrong = keyed(&world.leader, &key()).json(Method::POST, &sign, &send("sai")).await;
    assert_eq!(wrong.is(422).json()["errors"][0]["field"], "password");
    let once = key();
    let signed = keyed(&world.leader, &once).json(Method::POST, &sign, &send(PASSWORD)).await.ok().json();
    assert_eq!((&signed["state"], &signed["number"]), (&json!("issued"), &json!("01/GXN-UBND")));
    let again = keyed(&world.leader, &once).json(Method::POST, &sign, &send(PASSWORD)).await.ok().json();
    assert_eq!(again["code"], signed["code"]);

    let check = format!("/giay-to/{}", signed["code"].as_str().unwrap());
    in_both_languages(async |lang: Lang| {
        let word = |vi, en| if lang == Lang::Vi { vi } else { en };
        let say = format!("lang={}", lang.code());
        let visitor = world.app.visitor();
        visitor.get(&format!("/giay-to?{say}")).await.ok().shows(word("Mã kiểm tra", "Code"));
        visitor.get(&format!("{check}?{say}")).await.ok().shows(word("còn giá trị", "it is valid"));
        world.me.get(&format!("/giay-to-cua-toi?{say}")).await.ok().shows(word("Mở giấy", "Open"));
        world.leader.get(&format!("{}?{say}", path(id))).await.ok().shows(word("Đã ban hành", "Issued"));
    })
    .await;
    world.app.end().await;
}
