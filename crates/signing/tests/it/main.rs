//! Keys and signed files over HTTP, as officials and citizens meet them.

use base64::Engine as _;
use pades::practice::{Authority, Holder};
use pades::{Key, Signing};
use platform::Lang;
use testkit::{Answer, Client, TestApp, in_both_languages};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n171\n%%EOF\n";

fn authority() -> Authority {
    Authority::new("Cơ quan thử", "2020-01-01".parse().unwrap(), "2040-01-01".parse().unwrap()).unwrap()
}

fn key_file(authority: &Authority, until: &str) -> Vec<u8> {
    let who = Holder {
        name: "Nguyễn Văn Hùng",
        organisation: "UBND xã Gia Phú",
        from: "2025-01-01".parse().unwrap(),
        until: until.parse().unwrap(),
    };
    authority.key_file(&who, None, "mật-khẩu").unwrap()
}

fn signed(file: &[u8]) -> Vec<u8> {
    let key = Key::from_pkcs12(file, "mật-khẩu").unwrap();
    let at = "2026-03-09T15:04:05+07:00".parse().unwrap();
    pades::sign(PDF, &key, &Signing { at, reason: "Ký ban hành", place: "" }).unwrap()
}

async fn check(who: &Client, bytes: &[u8]) -> Answer {
    who.upload("/kiem-tra-chu-ky", &[], "tep", "giay.pdf", bytes).await
}

/// From now on this commune believes that authority.
fn believe(app: &TestApp, authority: &Authority) {
    let folder = app.data().join("law/signing-authorities");
    std::fs::create_dir_all(&folder).unwrap();
    let file = format!("[[authority]]\nname = \"thử\"\npem = \"\"\"\n{}\"\"\"\n", authority.pem());
    std::fs::write(folder.join("2026-01-01.toml"), file).unwrap();
}

#[tokio::test]
async fn anybody_learns_what_a_signature_is_worth() {
    let (app, _) = TestApp::start().await;
    let authority = authority();
    let file = signed(&key_file(&authority, "2030-01-01"));
    let visitor = app.visitor();
    visitor.get("/kiem-tra-chu-ky").await.ok().shows("Kiểm tra chữ ký số");
    let stranger = check(&visitor, &file).await;
    stranger.ok().shows("Nguyễn Văn Hùng").shows("Cơ quan thử").shows("không biết cơ quan cấp chứng thư");
    believe(&app, &authority);
    let good = check(&visitor, &file).await;
    good.ok().shows("Chữ ký hợp lệ").shows("09/03/2026 15:04").shows("Ký ban hành").shows("UBND xã Gia Phú");
    let mut longer = file.clone();
    longer.extend(b"\n% more\n");
    check(&visitor, &longer).await.ok().shows("có thêm nội dung vào file");
    let mut other = file.clone();
    let width = other.windows(3).position(|three| three == b"595").unwrap();
    other[width] = b'4';
    check(&visitor, &other).await.ok().shows("Không hợp lệ").hides("Chữ ký hợp lệ");
    let late = signed_by_an_old_key(&authority);
    check(&visitor, &late).await.ok().shows("không còn hiệu lực vào lúc ký");
    check(&visitor, PDF).await.ok().shows("không có chữ ký số nào");
    let api = visitor.upload("/api/v1/signatures/check", &[], "file", "giay.pdf", &file).await;
    assert_eq!(api.ok().json()[0]["verdict"], "good");
    assert_eq!(api.json()[0]["signer"], "Nguyễn Văn Hùng");
    app.end().await;
}

/// A signature of a certificate that was over when the signer's computer says it was made.
fn signed_by_an_old_key(authority: &Authority) -> Vec<u8> {
    let key = Key::from_pkcs12(&key_file(authority, "2025-06-01"), "mật-khẩu").unwrap();
    let at = "2026-03-09T15:04:05+07:00".parse().unwrap();
    pades::practice::sign_unasked(PDF, &key, &Signing { at, reason: "", place: "" }).unwrap()
}

#[tokio::test]
async fn a_file_that_cannot_be_judged_is_told_at_its_field() {
    let (app, _) = TestApp::start().await;
    let visitor = app.visitor();
    check(&visitor, b"%PDF-1.7 broken").await.is(422).shows("không phải PDF đọc được");
    check(&visitor, b"hello").await.is(422).shows("tep");
    visitor.post("/kiem-tra-chu-ky", &[]).await.is(422).shows("Chưa chọn file");
    for _ in 0..40 {
        if check(&visitor, PDF).await.status.as_u16() == 429 {
            return app.end().await;
        }
    }
    panic!("a flood of files is never asked to wait");
}

#[tokio::test]
async fn an_official_keeps_a_key_and_takes_it_away() {
    let (app, cast) = TestApp::start().await;
    let leader = app.sign_in(&cast.home, "chairman").await;
    let path = "/lam-viec/chu-ky-so";
    let key = leader.get(path).await.ok().field("khoa");
    let authority = authority();
    let file = key_file(&authority, "2030-01-01");
    let send = async |password: &str, bytes: &[u8]| {
        let fields = [("khoa", key.as_str()), ("mat-khau-ky", password)];
        leader.upload(path, &fields, "tep-chu-ky", "khoa.p12", bytes).await
    };
    send("sai", &file).await.is(422).shows("Mật khẩu không mở được chứng thư");
    send("mật-khẩu", &key_file(&authority, "2026-01-01")).await.is(422).shows("hết hạn ngày 01/01/2026");
    send("mật-khẩu", b"no key").await.is(422).shows("Mật khẩu không mở được chứng thư");
    send("mật-khẩu", &file).await.is(303);
    let page = leader.get(path).await;
    page.ok().shows("Nguyễn Văn Hùng").shows("01/01/2025 – 01/01/2030").hides("mật-khẩu");
    let key = page.field("khoa");
    leader.post(&format!("{path}/bo"), &[("khoa", &key)]).await.is(303);
    leader.get(path).await.ok().hides("Nguyễn Văn Hùng");
    let visitor = app.visitor();
    assert_ne!(visitor.get(path).await.status.as_u16(), 200, "it is nobody's page but theirs");
    app.end().await;
}

#[tokio::test]
async fn the_clerk_signs_the_scan_of_a_paper() {
    let (app, cast) = TestApp::start().await;
    let clerk = app.sign_in(&cast.home, "clerk").await;
    let path = "/lam-viec/chu-ky-so/sao-y";
    clerk.get(path).await.ok().shows("chưa có chứng thư số");
    let key = clerk.get("/lam-viec/chu-ky-so").await.field("khoa");
    let fields = [("khoa", key.as_str()), ("mat-khau-ky", "mật-khẩu")];
    let file = key_file(&authority(), "2030-01-01");
    clerk.upload("/lam-viec/chu-ky-so", &fields, "tep-chu-ky", "khoa.p12", &file).await.is(303);
    let make = async |form: &str, password: &str, scan: &[u8]| {
        let fields = [("hinh-thuc", form), ("mat-khau-ky", password)];
        clerk.upload(path, &fields, "tep-ban-quet", "giay.pdf", scan).await
    };
    make("", "mật-khẩu", PDF).await.is(422).shows("Chọn hình thức sao");
    make("SAO Y", "sai", PDF).await.is(422).shows("Mật khẩu không mở được");
    make("SAO Y", "mật-khẩu", b"hello").await.is(422);
    make("SAO Y", "mật-khẩu", b"%PDF-1.7 broken").await.is(422).shows("không phải PDF đọc được");
    let turned =
        String::from_utf8_lossy(PDF).replace("/MediaBox[0 0 595 842]", "/Rotate 90/MediaBox[0 0 1 1]");
    make("SAO Y", "mật-khẩu", turned.as_bytes()).await.is(422).shows("bị xoay");
    let copy = make("SAO Y", "mật-khẩu", PDF).await;
    assert!(copy.ok().header("content-disposition").contains("giay-sao.pdf") && copy.bytes.starts_with(PDF));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), &copy.bytes).unwrap();
    let run = |program: &str, line: &[&str]| {
        let out = std::process::Command::new(program).args(line).current_dir(folder.path()).output().unwrap();
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let told = run("pdfsig", &["-nocert", "a.pdf"]);
    assert!(told.contains("Signature is Valid") && told.contains("Total document signed"), "{told}");
    // Read as poppler shows it: at the top right, ten points high.
    let [(page, [left, bottom, right, top])] = pades::shown_at(&copy.bytes).unwrap().try_into().unwrap();
    assert!(
        page == 1 && left > 297.0 && right < 595.0 && top > 820.0 && bottom > 842.0 - 56.7,
        "{left} {bottom} {right} {top}"
    );
    run("pdftocairo", &["-pdf", "a.pdf", "flat.pdf"]);
    let text = run("pdftotext", &["-layout", "flat.pdf", "-"]);
    for part in ["SAO Y", "Nguyễn Văn Hùng", "+07:00"] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert!(run("pdffonts", &["flat.pdf"]).contains("LiberationSerif"));
    let leader = app.sign_in(&cast.home, "chairman").await;
    leader.get(path).await.is(403);
    app.end().await;
}

/// As the page and the signing agent do it: the drawing is asked for, the file signed elsewhere and handed in.
#[tokio::test]
async fn the_clerk_signs_the_scan_with_a_token() {
    let (app, cast) = TestApp::start().await;
    let clerk = app.sign_in(&cast.home, "clerk").await;
    let path = "/lam-viec/chu-ky-so/sao-y";
    let ask = async |form: &str, scan: &[u8]| {
        clerk.upload(&format!("{path}/hinh"), &[("hinh-thuc", form)], "tep-ban-quet", "giay.pdf", scan).await
    };
    ask("", PDF).await.is(422);
    ask("SAO LỤC", b"hello").await.is(422);
    let look = ask("SAO LỤC", PDF).await.ok().json();
    let drawing =
        base64::engine::general_purpose::STANDARD.decode(look["drawing"].as_str().unwrap()).unwrap();
    let at: Vec<f32> = serde_json::from_value(look["at"].clone()).unwrap();
    let shown = pades::Shown { page: 1, at: at.try_into().unwrap(), drawing: &drawing };
    let key = Key::from_pkcs12(&key_file(&authority(), "2030-01-01"), "mật-khẩu").unwrap();
    let signing = Signing { at: "2026-03-09T15:04:05+07:00".parse().unwrap(), reason: "", place: "" };
    let copy = pades::sign_shown(PDF, &key, &signing, Some(&shown)).unwrap();
    let hand_in = async |bytes: &[u8]| {
        clerk.upload(&format!("{path}/da-ky"), &[("hinh-thuc", "SAO LỤC")], "ban-da-ky", "a.pdf", bytes).await
    };
    hand_in(PDF).await.is(422).shows("chưa mang chữ ký số hợp lệ");
    let unseen = pades::sign(PDF, &key, &signing).unwrap();
    hand_in(&unseen).await.is(422).shows("chưa mang chữ ký số hợp lệ");
    let mut altered = copy.clone();
    altered[20] ^= 1;
    hand_in(&altered).await.is(422);
    let done = hand_in(&copy).await;
    assert!(done.ok().header("content-disposition").contains("ban-sao.pdf") && done.bytes == copy);
    let text = lines_of(&copy);
    for part in ["SAO LỤC", "UBND xã", "+07:00"] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    app.sign_in(&cast.home, "chairman").await.post(&format!("{path}/hinh"), &[]).await.is(403);
    app.end().await;
}

/// The words of a PDF as a reader sees them, those of its signatures among them.
fn lines_of(file: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), file).unwrap();
    let run = |program: &str, line: &[&str]| {
        let out = std::process::Command::new(program).args(line).current_dir(folder.path()).output().unwrap();
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    run("pdftocairo", &["-pdf", "a.pdf", "flat.pdf"]);
    run("pdftotext", &["-layout", "flat.pdf", "-"])
}

#[tokio::test]
async fn the_pages_speak_both_languages() {
    let (app, cast) = TestApp::start().await;
    let leader = app.sign_in(&cast.home, "chairman").await;
    let clerk = app.sign_in(&cast.home, "clerk").await;
    in_both_languages(async |lang: Lang| {
        let ask =
            if lang == Lang::Vi { "Chọn một file PDF đã ký số" } else { "Choose a signed PDF file" };
        let own = if lang == Lang::Vi { "Chữ ký số của tôi" } else { "My digital signature" };
        app.visitor().get(&format!("/kiem-tra-chu-ky?lang={}", lang.code())).await.ok().shows(ask);
        leader.get(&format!("/lam-viec/chu-ky-so?lang={}", lang.code())).await.ok().shows(own);
        let copy = if lang == Lang::Vi { "Ký bản sao điện tử" } else { "Sign an electronic copy" };
        let seal = if lang == Lang::Vi { "Đường kính thật (mm)" } else { "True diameter (mm)" };
        clerk.get(&format!("/lam-viec/chu-ky-so/sao-y?lang={}", lang.code())).await.ok().shows(copy);
        clerk.get(&format!("/lam-viec/chu-ky-so?lang={}", lang.code())).await.ok().shows(seal);
    })
    .await;
    app.end().await;
}
