//! Pictures, comments, readings, other outlets and the import of the news.

use super::news::{WORK, act, begin, published, save};
use std::io::Cursor;
use testkit::TestApp;

fn png(wide: u32, high: u32) -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(wide, high, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

/// The head of a PNG of 60 megapixels, and nothing behind it.
fn giant() -> Vec<u8> {
    let mut bytes = png(2, 2);
    bytes[16..20].copy_from_slice(&10_000u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&6_000u32.to_be_bytes());
    let crc = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[tokio::test]
async fn pictures_come_in_three_sizes_and_bad_files_are_told() {
    let (test, cast) = TestApp::start().await;
    let writer = test.sign_in(&cast.home, "editor").await;
    let path = begin(&writer, "Lúa chín", "kinh-te-nong-nghiep").await;
    let to = format!("{path}/tep");
    let key = async || writer.get(&format!("{path}/soan")).await.field_of(&to, "khoa");
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for (name, bytes, says) in
        [("a.svg", svg.to_vec(), "a.svg"), ("b.png", giant(), "b.png"), ("c.png", b"x".to_vec(), "c.png")]
    {
        let key = key().await;
        writer
            .upload(&to, &[("khoa", &key)], "tep", name, &bytes)
            .await
            .is(422)
            .shows(says)
            .hides("news-file");
    }
    let first = key().await;
    writer.upload(&to, &[("khoa", &first)], "tep", "lua.png", &png(1500, 900)).await.is(303);
    let page = writer.get(&format!("{path}/soan")).await;
    let text = page.ok().text();
    let start = text.find("/tin-tuc/anh/").expect("a picture");
    let id = &text[start + 13..start + 49];
    let describe = format!("{to}/{id}");
    let key = page.field_of(&describe, "khoa");
    let words = [("khoa", key.as_str()), ("mo-ta", "Ruộng lúa"), ("chu-thich", "Vụ mùa"), ("lam", "ghi")];
    writer.post(&describe, &words).await.is(303);
    let sent = format!(
        "<p>Một</p><figure><img src=\"/tin-tuc/anh/{id}/960\"></figure><p>Hai</p><img src=\"https://cu.example/x.jpg\">"
    );
    let fields =
        [("tieu-de", "Lúa chín"), ("sapo", "Được mùa."), ("noi-dung", sent.as_str()), ("kieu", "html")];
    save(&writer, &path, &fields).await.is(303);
    // Nobody else sees it before it is published, but for the preview link.
    let visitor = test.visitor();
    visitor.get(&format!("/tin-tuc/anh/{id}/480")).await.is(404);
    let shown = writer.get(&path).await.ok().text();
    let link =
        shown.split("href=\"").find(|part| part.contains("/tin-tuc/xem-truoc/")).expect("a preview link");
    let link = &link[link.find("/tin-tuc").unwrap()..link.find('"').unwrap()];
    let preview = visitor.get(link).await;
    preview.ok().shows("Bản xem trước").shows("?xem=");
    let key = link.rsplit('/').next().unwrap();
    visitor.get(&format!("/tin-tuc/anh/{id}/480?xem={key}")).await.ok();
    visitor.get(&format!("{link}x")).await.is(404);
    let leader = test.sign_in(&cast.home, "chairman").await;
    act(&leader, &path, "duyet", &[]).await.is(303);
    let page = visitor.get("/tin-tuc/lua-chin").await;
    page.ok()
        .shows("srcset=")
        .shows("alt=\"Ruộng lúa\"")
        .shows("<figcaption>Vụ mùa")
        .shows("og:image")
        .hides("cu.example");
    for (size, most) in [("480", 480), ("960", 960), ("lon", 1500)] {
        let answer = visitor.get(&format!("/tin-tuc/anh/{id}/{size}")).await;
        answer.ok();
        let picture = image::load_from_memory(&answer.bytes).expect("a picture");
        assert_eq!(picture.width(), most, "{size}");
    }
    test.end().await;
}

#[tokio::test]
async fn residents_comment_and_an_editor_reads_it_first() {
    let (test, cast) = TestApp::start().await;
    published(&test, &cast.home, "Họp thôn", "tin-hoat-dong").await;
    let (page, to) = ("/tin-tuc/hop-thon", "/tin-tuc/gui-binh-luan/hop-thon");
    test.visitor().get(page).await.ok().shows("Đăng nhập để viết ý kiến").hides("name=\"khoa\"");
    let resident = test.sign_in(&cast.home, "resident").await;
    let send = async |words: &str| {
        let key = resident.get(page).await.ok().field_of(to, "khoa");
        resident.post(to, &[("khoa", &key), ("binh-luan", words)]).await
    };
    send(" ").await.is(422).shows("Viết ý kiến trước khi gửi");
    send("<b>Hay</b> lắm").await.is(303);
    resident.get(page).await.ok().shows("Chờ biên tập xem").hides("<b>Hay");
    test.visitor().get(page).await.ok().hides("lắm");
    send("Hai").await.is(303);
    send("Ba").await.is(303);
    send("Bốn").await.is(429).shows("Chờ").shows("Bốn");
    let editor = test.sign_in(&cast.home, "editor").await;
    let desk = editor.get("/lam-viec/tin-tuc/binh-luan").await;
    let text = desk.ok().shows("lắm").text();
    let at = text.find("action=\"/lam-viec/tin-tuc/binh-luan/").expect("a form");
    let action = text[at + 8..].split('"').next().unwrap().to_owned();
    let key = desk.field_of(&action, "khoa");
    editor.post(&action, &[("khoa", &key), ("lam", "hien")]).await.is(303);
    test.visitor().get(page).await.ok().shows("lắm").hides("Hai</p>");
    // Somebody else reports it, twice: once counts.
    let other = test.sign_in(&cast.home, "village_head").await;
    let id = action.rsplit('/').next().unwrap();
    let report = format!("/tin-tuc/bao-binh-luan/{id}");
    for _ in 0..2 {
        let key = other.get(page).await.ok().field_of(&report, "khoa");
        other.post(&report, &[("khoa", &key)]).await.is(303);
    }
    editor.get("/lam-viec/tin-tuc/binh-luan?xem=bao").await.ok().shows("1 người báo");
    // After the days of the file nobody writes any more.
    test.clock.advance(chrono::Duration::days(31));
    let late = test.sign_in(&cast.home, "resident").await;
    late.get(page).await.ok().shows("không còn nhận ý kiến").hides("Gửi ý kiến");
    let key = platform::ids::new_id(test.clock.now()).to_string();
    late.post(to, &[("khoa", &key), ("binh-luan", "Muộn")]).await.is(409);
    test.end().await;
}

#[tokio::test]
async fn readings_are_counted_without_a_write_for_each() {
    let (test, cast) = TestApp::start().await;
    let path = published(&test, &cast.home, "Tin đọc nhiều", "chuyen-doi-so").await;
    let id = path.rsplit('/').next().unwrap();
    let before = test.app.db.written();
    for _ in 0..5 {
        test.visitor().post(&format!("/tin-tuc/da-xem/{id}"), &[]).await.is(204);
    }
    assert_eq!(test.app.db.written(), before);
    test.visitor().post("/tin-tuc/da-xem/00000000-0000-0000-0000-000000000007", &[]).await.is(204);
    test.clock.advance(chrono::Duration::minutes(2));
    test.run_jobs().await;
    let editor = test.sign_in(&cast.home, "editor").await;
    editor.get(&path).await.ok().shows("Lượt đọc");
    editor.get("/lam-viec/tin-tuc/thong-ke").await.ok().shows(">5<").hides("news-sums");
    test.visitor().get("/so-lieu/website_section").await.ok().shows("Chuyên mục chuyển đổi số");
    test.end().await;
}

#[tokio::test]
async fn one_article_is_a_script_a_sheet_and_a_message() {
    let (test, cast) = TestApp::start().await;
    let path = published(&test, &cast.home, "Tiêm chủng lúc 7h30 ngày 02/09/2026", "suc-khoe-giao-duc").await;
    let clerk = test.sign_in(&cast.home, "clerk").await;
    clerk
        .get(&format!("{path}/loi-doc"))
        .await
        .ok()
        .shows("Tiêm chủng lúc 7 giờ 30 phút ngày 2 tháng 9 năm 2026.");
    clerk.get(&format!("{path}/loi-doc-txt")).await.ok().shows("7 giờ 30 phút");
    let sheet = clerk.get(&format!("{path}/to-dan")).await;
    sheet.ok();
    assert!(sheet.bytes.starts_with(b"%PDF"));
    let page = clerk.get(&path).await.ok().text();
    let link =
        page.split("href=\"").find(|part| part.starts_with("/lam-viec/thong-bao/moi?")).expect("a message");
    let link = link.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    clerk.get(&link).await.ok().shows("Tiêm chủng lúc 7h30").shows("/tin-tuc/tiem-chung");
    // The Facebook page is not set up: the page says who does it, and a tick changes nothing.
    let leader = test.sign_in(&cast.home, "chairman").await;
    leader.get(&path).await.ok().shows("Fanpage chưa được nối");
    test.end().await;
}

/// A voice that hums a second for each paragraph, whatever it says.
fn humming(folder: &std::path::Path) -> Vec<String> {
    let mut wave = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0\x22\x56\0\0\x44\xac\0\0\x02\0\x10\0data\xff\xff\xff\x7f".to_vec();
    (0..22_050_i32).for_each(|at| wave.extend(i16::try_from(at % 100 * 90).unwrap().to_le_bytes()));
    let file = folder.join("humming.wav");
    std::fs::write(&file, wave).unwrap();
    vec!["sh".into(), "-c".into(), format!("cat >/dev/null; cat {}", file.display())]
}

#[tokio::test]
async fn a_published_article_is_heard_and_read_again_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (test, cast) = TestApp::start_with(|config| config.voice = Some(humming(folder.path()))).await;
    let path = published(&test, &cast.home, "Tiêm chủng lúc 7h30", "suc-khoe-giao-duc").await;
    let writer = test.sign_in(&cast.home, "editor").await;
    writer.get(&path).await.ok().shows("Đang chờ đọc");
    let (page, sound) = ("/tin-tuc/tiem-chung-luc-7h30", "/tin-tuc/nghe/tiem-chung-luc-7h30");
    let visitor = test.visitor();
    visitor.get(page).await.ok().hides(sound);
    visitor.get(sound).await.is(404);
    test.run_jobs().await;
    // Four paragraphs of a second, half a second after each.
    visitor.get(page).await.ok().shows(sound).shows("0:06");
    writer.get(&path).await.ok().shows("Đã đọc · 0:06");
    visitor.get("/tin-tuc.atom").await.ok().shows("rel=\"enclosure\"").shows(sound);
    let whole = visitor.get(sound).await;
    assert_eq!(whole.ok().header("content-type"), "audio/mpeg");
    let seconds = whole.bytes.len() * 8 / 48_000;
    assert!((5..=7).contains(&seconds), "{seconds} s");
    let part = visitor.same().header("range", "bytes=0-99").get(sound).await;
    assert_eq!(part.is(206).bytes, whole.bytes[..100]);
    // The same words are not read again; others are.
    let leader = test.sign_in(&cast.home, "chairman").await;
    let fields = [
        ("tieu-de", "Tiêm chủng lúc 7h30"),
        ("chuyen-muc", "suc-khoe-giao-duc"),
        ("sapo", "Tóm tắt của bài."),
    ];
    save(&leader, &path, &[&fields[..], &[("noi-dung", "Đoạn một.\n\nĐoạn hai."), ("the", "y tế")]].concat())
        .await
        .is(303);
    writer.get(&path).await.ok().shows("Đã đọc · 0:06");
    save(&leader, &path, &[&fields[..], &[("noi-dung", "Chỉ một đoạn.")]].concat()).await.is(303);
    writer.get(&path).await.ok().shows("Đang chờ đọc");
    test.run_jobs().await;
    visitor.get(page).await.ok().shows("0:05");
    act(&leader, &path, "go", &[("ly-do-go", "Sai ngày")]).await.is(303);
    visitor.get(sound).await.is(404);
    test.end().await;
}

#[tokio::test]
async fn without_a_voice_an_article_is_published_and_says_why_it_is_silent() {
    let (test, cast) = TestApp::start_with(|config| config.voice = Some(vec!["no-such-voice".into()])).await;
    let path = published(&test, &cast.home, "Bài im lặng", "tin-hoat-dong").await;
    test.run_jobs().await;
    let writer = test.sign_in(&cast.home, "editor").await;
    writer.get(&path).await.ok().shows("Chưa đọc được").shows("chưa có giọng đọc");
    test.visitor().get("/tin-tuc/bai-im-lang").await.ok().hides("<audio");
    test.end().await;
}

#[tokio::test]
async fn a_word_that_is_said_otherwise_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let (test, cast) = TestApp::start_with(|config| config.voice = Some(humming(folder.path()))).await;
    let path = published(&test, &cast.home, "Vay vốn NHCSXH", "tin-hoat-dong").await;
    test.run_jobs().await;
    let writer = test.sign_in(&cast.home, "editor").await;
    writer.get(&path).await.ok().shows("Đã đọc");
    let ctx = test.ctx(&cast.home);
    let digest = "SELECT digest FROM speech_recording WHERE commune_id = $1 /* all rows */";
    let digest = async || -> Vec<String> {
        platform::sql(digest).bind(ctx.commune).column(&ctx.app.db).await.unwrap()
    };
    let before = digest().await;
    let key = writer.get("/lam-viec/cach-doc").await.field_of("/lam-viec/cach-doc", "khoa");
    let fields = [("khoa", key.as_str()), ("tu", "NHCSXH"), ("doc-la", "Ngân hàng Chính sách xã hội")];
    writer.post("/lam-viec/cach-doc", &fields).await.is(303);
    test.run_jobs().await;
    assert_ne!(digest().await, before);
    writer.get(&path).await.ok().shows("Đã đọc");
    test.end().await;
}

const FEED: &str = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Cũ</title>\n\
    <item><title>Tin cũ một</title><link>http://cu.example/1</link><pubDate>Sat, 02 Mar 2024 08:00:00 +0700</pubDate>\
    <description>&lt;p&gt;Nội dung &lt;b&gt;cũ&lt;/b&gt;&lt;/p&gt;&lt;img src=\"http://cu.example/a.jpg\"&gt;</description></item>\n\
    <item><title>Tin cũ hai</title><link>http://cu.example/2</link><description>Hai</description></item></channel></rss>";

#[tokio::test]
async fn an_old_site_comes_in_once() {
    let (test, cast) = TestApp::start().await;
    let editor = test.sign_in(&cast.home, "editor").await;
    let to = "/lam-viec/tin-tuc/nhap";
    let bad = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<rss/>";
    let broken = "<rss>\n<channel>\n<item><title>x</b>";
    for (text, says) in [(bad, "Dòng 2"), (broken, "dòng 3"), ("<html></html>", "Dòng 1")] {
        let key = editor.get(to).await.ok().field_of(to, "khoa");
        editor.upload(to, &[("khoa", &key)], "tep", "a.xml", text.as_bytes()).await.is(422).shows(says);
    }
    for round in 0..2 {
        let key = editor.get(to).await.ok().field_of(to, "khoa");
        let look =
            editor.upload(to, &[("khoa", &key)], "tep", "cu.xml", FEED.as_bytes()).await.is(303).location();
        let page = editor.get(look.split('?').next().unwrap()).await;
        page.ok().shows("Tin cũ một").shows("http://cu.example/a.jpg");
        if round == 1 {
            page.shows("2 bài đã có").hides("Nhập các bài này");
            break;
        }
        page.shows("2 bài mới");
        test.visitor().get("/tin-tuc").await.ok().hides("Tin cũ một");
        let action = look.split('?').next().unwrap();
        let key = page.field_of(action, "khoa");
        editor.post(action, &[("khoa", &key), ("chuyen-muc", "thong-bao")]).await.is(303);
        test.run_jobs().await;
        let visitor = test.visitor();
        visitor
            .get("/tin-tuc/tin-cu-mot")
            .await
            .ok()
            .shows("<strong>cũ</strong>")
            .shows("02/03/2024")
            .hides("a.jpg");
        visitor.get("/tin-tuc?q=tin+cu").await.ok().shows("Tin cũ hai");
    }
    editor.get(WORK).await.ok().shows("Tin cũ một");
    test.end().await;
}
