//! What one sees of the signatures: the leader's hand, the commune's seal over its left third. And the road to the seal.

use crate::desk::{Desk, PASSWORD, hidden, keeps_a_key, key_file, read, run, send};
use image::{Rgba, RgbaImage};
use pades::{Key, Signing, shown_at};
use std::io::Cursor;
use testkit::{Answer, Client};

const KEYS: &str = "/lam-viec/chu-ky-so";
const BLUE: [u8; 3] = [20, 40, 160];
const RED: [u8; 3] = [210, 20, 30];

/// A scan on white paper: a stroke from corner to corner, or a ring.
fn scan(ink: [u8; 3], on: impl Fn(f64, f64) -> bool) -> Vec<u8> {
    let picture = RgbaImage::from_fn(400, 400, |x, y| {
        let [red, green, blue] = ink;
        if on(f64::from(x), f64::from(y)) {
            Rgba([red, green, blue, 255])
        } else {
            Rgba([250, 250, 248, 255])
        }
    });
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

fn hand() -> Vec<u8> {
    scan(BLUE, |x, y| (x / 2.0 + 100.0 - y).abs() < 14.0)
}

fn seal() -> Vec<u8> {
    scan(RED, |x, y| ((x - 200.0).hypot(y - 200.0) - 180.0).abs() < 12.0)
}

async fn keeps(who: &Client, act: &str, field: &str, more: &[(&str, &str)], bytes: &[u8]) -> Answer {
    let key = who.get(KEYS).await.ok().field("khoa");
    let fields: Vec<(&str, &str)> =
        [("khoa", key.as_str())].into_iter().chain(more.iter().copied()).collect();
    who.upload(&format!("{KEYS}/{act}"), &fields, field, "anh.png", bytes).await
}

/// The smallest rectangle (left, top, right, bottom, in points) that holds what is near a colour on a page.
fn coloured(pdf: &[u8], page: usize, ink: [u8; 3]) -> Option<[usize; 4]> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), pdf).unwrap();
    let number = page.to_string();
    run(
        folder.path(),
        "pdftoppm",
        &["-r", "72", "-png", "-singlefile", "-f", &number, "-l", &number, "a.pdf", "a"],
    );
    let picture = image::open(folder.path().join("a.png")).unwrap().to_rgb8();
    let near = |pixel: &[u8; 3]| pixel.iter().zip(ink).all(|(one, ink)| one.abs_diff(ink) < 70);
    let places = picture.enumerate_pixels().filter(|(_, _, pixel)| near(&pixel.0));
    places.fold(None, |found: Option<[usize; 4]>, (x, y, _)| {
        let (x, y) = (x as usize, y as usize);
        let [left, top, right, bottom] = found.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    })
}

#[tokio::test]
async fn the_hand_stands_between_position_and_name() {
    let desk = Desk::start().await;
    keeps_a_key(&desk.chairman, "Thử chairman").await;
    keeps(&desk.chairman, "hinh", "tep-hinh", &[], b"no picture")
        .await
        .is(422)
        .shows("không phải ảnh PNG hay JPEG");
    keeps(&desk.chairman, "hinh", "tep-hinh", &[], &scan(BLUE, |_, _| false))
        .await
        .is(422)
        .shows("Không thấy nét chữ");
    keeps(&desk.chairman, "hinh", "tep-hinh", &[], &hand()).await.is(303);
    desk.chairman.get(KEYS).await.ok().shows("/lam-viec/chu-ky-so/hinh/bo");
    assert!(desk.chairman.get(&format!("{KEYS}/hinh")).await.ok().bytes.starts_with(b"\x89PNG"));
    desk.deputy.get(&format!("{KEYS}/hinh")).await.is(404);
    let url = desk.approved("ubnd/thong-bao", "Lịch tiếp công dân").await;
    send(&desk.chairman, &url, "lay-so", &[]).await.is(303);
    // The signing agent is told the same place; the clerk, who only hands in, has no hand.
    let look = desk.chairman.get(&format!("{url}/ban-ky/hinh")).await.ok().json();
    desk.clerk.get(&format!("{url}/ban-ky/hinh")).await.is(204);
    send(&desk.chairman, &url, "ky", &[("mat-khau-ky", PASSWORD)]).await.is(303);
    let pdf = desk.colleague.get(&format!("{url}/ban-xem")).await.ok().bytes.clone();
    let (text, signatures) = read(&pdf);
    assert!(
        signatures.contains("Signature is Valid") && signatures.contains("Total document signed"),
        "{signatures}"
    );
    let [(page, at)] = shown_at(&pdf).unwrap().try_into().unwrap();
    assert_eq!((look["page"].as_u64(), look["at"][0].as_f64()), (Some(page as u64), Some(f64::from(at[0]))));
    let [left, top, right, bottom] = coloured(&pdf, page, BLUE).expect("it is drawn");
    assert!(left > 297 && (right - left) > 40 && (bottom - top) > 20, "{left} {top} {right} {bottom}");
    // Between the lines of the position and of the name, as poppler finds them.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), &pdf).unwrap();
    let words = run(folder.path(), "pdftotext", &["-bbox", "a.pdf", "-"]);
    let line = |word: &str| {
        words
            .lines()
            .rfind(|line| line.ends_with(&format!(">{word}</word>")))
            .unwrap_or_else(|| panic!("{word}: {text}"))
    };
    let number = |line: &str, name: &str| -> f64 {
        line.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    assert!((top as f64) >= number(line("TỊCH"), "yMax") - 3.0, "{top}");
    assert!((bottom as f64) <= number(line("chairman"), "yMin") + 3.0, "{bottom}");
    let middle = f64::midpoint(number(line("Thử"), "xMin"), number(line("chairman"), "xMax"));
    assert!((f64::midpoint(left as f64, right as f64) - middle).abs() < 6.0, "{middle}");
    // Without the picture the next one shows nothing, and is as valid.
    send_plain(&desk.chairman, "hinh/bo").await.is(303);
    let url = desk.issued("ubnd/thong-bao", "Lịch cắt điện").await;
    let pdf = desk.colleague.get(&format!("{url}/ban-xem")).await.ok().bytes.clone();
    assert!(read(&pdf).1.contains("Signature is Valid") && shown_at(&pdf).unwrap().is_empty());
    desk.app.end().await;
}

async fn send_plain(who: &Client, act: &str) -> Answer {
    let key = who.get(KEYS).await.ok().field("khoa");
    who.post(&format!("{KEYS}/{act}"), &[("khoa", &key)]).await
}

#[tokio::test]
async fn the_clerk_seals_after_the_leader_and_then_it_is_issued() {
    let desk = Desk::start().await;
    keeps_a_key(&desk.chairman, "Thử chairman").await;
    keeps(&desk.chairman, "hinh", "tep-hinh", &[], &hand()).await.is(303);
    desk.chairman.get(KEYS).await.ok().hides("Con dấu của xã");
    keeps(&desk.chairman, "con-dau", "tep-con-dau", &[("duong-kinh", "36")], &seal()).await.is(403);
    keeps(&desk.clerk, "con-dau", "tep-con-dau", &[("duong-kinh", "360")], &seal())
        .await
        .is(422)
        .shows("từ 20 đến 60 mm");
    keeps(&desk.clerk, "con-dau", "tep-con-dau", &[("duong-kinh", "36")], &seal()).await.is(303);
    desk.clerk.get(&format!("{KEYS}/con-dau")).await.ok();
    let url = desk.issued("ubnd/quyet-dinh", "Về việc thành lập Tổ công nghệ số").await;
    desk.chairman
        .get(&url)
        .await
        .ok()
        .shows("Đã ký, chờ đóng dấu")
        .hides(&format!("{url}/ky\""))
        .hides(&format!("{url}/nop-ban-ky"));
    desk.colleague.get(&url).await.hides("Đã ban hành");
    let once = desk.clerk.get(&format!("{url}/ban-xem")).await.ok().bytes.clone();
    desk.clerk.get("/lam-viec/van-ban-di?xem=cho-toi").await.ok().shows("Đã ký, chờ đóng dấu");
    desk.chairman.get("/lam-viec/van-ban-di?xem=cho-toi").await.ok().hides("Đã ký, chờ đóng dấu");
    // The clerk has no key yet.
    desk.clerk.get(&url).await.ok().shows("chưa có chứng thư số");
    keeps_a_key(&desk.clerk, "UBND xã Thử").await;
    send(&desk.clerk, &url, "dong-dau", &[("mat-khau-ky", "sai")])
        .await
        .is(422)
        .shows("Mật khẩu không mở được");
    let key = desk.fresh();
    let fields = [("khoa", key.as_str()), ("phien-ban", "1"), ("mat-khau-ky", PASSWORD)];
    desk.chairman.post(&format!("{url}/dong-dau"), &fields).await.is(403);
    send(&desk.clerk, &url, "dong-dau", &[("mat-khau-ky", PASSWORD)]).await.is(303).leads_to(&url);
    desk.colleague.get(&url).await.ok().shows("Đã ban hành").shows("Ký, chuyển văn thư đóng dấu");
    let pdf = desk.colleague.get(&format!("{url}/ban-xem")).await.ok().bytes.clone();
    assert!(pdf.starts_with(&once), "the leader's signature stays as it is");
    let signatures = read(&pdf).1;
    assert_eq!(signatures.matches("Signature is Valid").count(), 2, "{signatures}");
    assert!(
        signatures.contains("UBND xã Thử") && signatures.contains("Total document signed"),
        "{signatures}"
    );
    // The ring covers the left third of the hand, as wide as the real one.
    let [(page, hand), (sealed, ring)] = shown_at(&pdf).unwrap().try_into().unwrap();
    assert_eq!(page, sealed);
    assert!((ring[2] - (hand[0] + (hand[2] - hand[0]) / 3.0)).abs() < 0.1, "{ring:?} {hand:?}");
    assert!((ring[2] - ring[0] - 36.0 * 72.0 / 25.4).abs() < 0.1, "{ring:?}");
    let [left, _, right, _] = coloured(&pdf, page, RED).expect("it is drawn");
    assert!(
        (left as f32 - ring[0]).abs() < 3.0 && (right as f32 - ring[2]).abs() < 3.0,
        "{left} {right} {ring:?}"
    );
    desk.app.end().await;
}

#[tokio::test]
async fn the_seal_comes_by_token_too_and_without_a_picture_nothing_waits() {
    let desk = Desk::start().await;
    keeps_a_key(&desk.chairman, "Thử chairman").await;
    keeps(&desk.clerk, "con-dau", "tep-con-dau", &[("duong-kinh", "36")], &seal()).await.is(303);
    let url = desk.issued("ubnd/thong-bao", "Lịch tiếp công dân").await;
    let page = desk.clerk.get(&url).await;
    let action = format!("{url}/nop-ban-ky");
    page.ok()
        .shows("data-usb")
        .shows("usb.")
        .shows(&format!("data-form=\"{action}\""))
        .shows("data-reason=\"Ký số của cơ quan\"");
    // Only where one signs may the page reach the reader's own computer, and nothing else changes.
    let policy = page.header("content-security-policy").to_owned();
    let usual = desk.clerk.get(KEYS).await.header("content-security-policy").to_owned();
    assert_eq!(policy, usual.replace("connect-src 'self';", "connect-src 'self' http://127.0.0.1:*;"));
    assert_ne!(policy, usual);
    let look = desk.clerk.get(&format!("{url}/ban-ky/hinh")).await.ok().json();
    assert!(look["at"][2].as_f64().unwrap() > look["at"][0].as_f64().unwrap());
    let given = desk.clerk.get(&format!("{url}/ban-ky")).await.ok().bytes.clone();
    assert!(read(&given).1.contains("Signature is Valid"), "with the leader's signature");
    let key = Key::from_pkcs12(&key_file("UBND xã Thử"), PASSWORD).unwrap();
    let at = "2026-03-10T09:30:00+07:00".parse().unwrap();
    let signed = pades::sign(&given, &key, &Signing { at, reason: "", place: "" }).unwrap();
    let (once, revision) =
        (hidden(&page, &action, "khoa").unwrap(), hidden(&page, &action, "phien-ban").unwrap());
    let fields = [("khoa", once.as_str()), ("phien-ban", revision.as_str())];
    desk.clerk
        .upload(&action, &fields, "ban-da-ky", "a.pdf", &given)
        .await
        .is(422)
        .shows("chưa có chữ ký số hợp lệ");
    desk.clerk.upload(&action, &fields, "ban-da-ky", "a.pdf", &signed).await.is(303);
    assert_eq!(desk.colleague.get(&format!("{url}/ban-xem")).await.ok().bytes, signed);
    // Without the seal a document is issued as soon as the leader signs.
    send_plain(&desk.clerk, "con-dau/bo").await.is(303);
    let url = desk.issued("ubnd/thong-bao", "Lịch cắt điện").await;
    desk.colleague.get(&url).await.ok().shows("Đã ban hành");
    desk.app.end().await;
}
