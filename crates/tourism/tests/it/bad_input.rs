//! What is wrong is told at its field, and nothing of it is kept.

use crate::world::{HERE, WORK, World, photo};
use std::io::Cursor;

async fn refused(world: &World, path: &str, kind: &str, typed: &[(&str, &str)], field: &str, words: &str) {
    let mut fields = vec![("ten", "Nơi Thử"), ("loai", kind)];
    fields.retain(|(name, _)| typed.iter().all(|(other, _)| other != name));
    fields.extend(typed);
    let answer = world.save(&world.clerk, path, &fields).await;
    answer.is(422).shows(words).shows(&format!("href=\"#{field}\""));
}

#[tokio::test]
async fn each_fault_stands_at_its_field() {
    let world = World::start().await;
    let path = world.begin(&world.clerk, "festival", "Nơi Thử").await;
    let long = "a".repeat(401);
    let lunar = |day: &'static str, month: &'static str| {
        [("le-lich", "lunar"), ("le-ngay", day), ("le-thang", month)]
    };
    let cases: Vec<(&str, Vec<(&str, &str)>, &str, &str)> = vec![
        ("festival", lunar("31", "1").to_vec(), "le-ngay", "Ngày âm lịch từ 1 đến 30"),
        ("festival", lunar("8", "13").to_vec(), "le-ngay", "Ngày âm lịch từ 1 đến 30"),
        (
            "festival",
            vec![("le-lich", "solar"), ("le-ngay", "31"), ("le-thang", "4")],
            "le-ngay",
            "Không có ngày này",
        ),
        (
            "festival",
            vec![("le-lich", "once"), ("le-tu", "10/05/2026"), ("le-den", "09/05/2026")],
            "le-den",
            "phải sau ngày bắt đầu",
        ),
        ("sight", vec![("ten", "!!!")], "ten", "Ghi tên bằng chữ"),
        ("sight", vec![("gioi-thieu", &long)], "gioi-thieu", "400"),
        ("sight", vec![("noi-dung-en", "Text")], "ten-en", "cần tên tiếng Anh"),
        ("sight", vec![("vi-do", "22.9"), ("kinh-do", "104.9")], "thon", "nằm ngoài địa giới"),
        ("sight", vec![("vi-do", "x"), ("kinh-do", "104.9")], "thon", "không đọc được"),
        (
            "stay",
            vec![("gia-tu", "200.000"), ("gia-den", "100.000"), ("gia-ngay", "01/03/2026")],
            "gia-den",
            "cao hơn",
        ),
        ("stay", vec![("gia-tu", "200.000")], "gia-ngay", "Ghi ngày hỏi giá"),
        ("stay", vec![("gia-tu", "200.000"), ("gia-ngay", "11/03/2026")], "gia-ngay", "chưa đến"),
        ("stay", vec![("suc-chua", "0")], "suc-chua", "từ 1 đến"),
        ("stay", vec![("tien-nghi", "helipad")], "tien-nghi", ""),
        ("stay", vec![("danh-hieu-so", "1/QĐ")], "danh-hieu", "Ghi danh hiệu"),
        ("stay", vec![("danh-hieu", "X"), ("danh-hieu-ngay", "31/02/2026")], "danh-hieu-ngay", ""),
        ("stay", vec![("dia-chi", "truoc-khi-den")], "dia-chi", "trang khác dùng"),
    ];
    for (kind, typed, field, words) in cases {
        refused(&world, &path, kind, &typed, field, words).await;
    }
    // A head writes of the own village only.
    let head_path = world.begin(&world.head, "sight", "Nơi Hai").await;
    let other = world.village(1);
    let elsewhere = [("ten", "Nơi Hai"), ("loai", "sight"), ("thon", other.as_str())];
    world.save(&world.head, &head_path, &elsewhere).await.is(422).shows("chỉ ghi nơi của thôn mình");
    world.app.end().await;
}

#[tokio::test]
async fn hostile_text_acts_on_nobody() {
    let world = World::start().await;
    let hostile = "<script>alert(1)</script>\n\n[bấm](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n![x](//evil.example/a.png)";
    let way = "<svg onload=alert(1)>";
    world.published("sight", "Nơi Dữ", &[("noi-dung", hostile), ("duong-den", way)]).await;
    let page = world.visitor().get("/du-lich/noi-du").await;
    page.ok()
        .hides("<script>alert")
        .hides("javascript:alert")
        .hides("<img src=x")
        .hides("evil.example")
        .hides("<svg onload");
    world.app.end().await;
}

#[tokio::test]
async fn files_that_are_no_pictures_are_named() {
    let world = World::start().await;
    let path = world.begin(&world.clerk, "sight", "Nơi Thử").await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec();
    world.picture(&path, "hinh.svg", svg).await.is(422).shows("hinh.svg").shows("href=\"#anh\"");
    world.picture(&path, "hong.jpg", photo(300, 200)[..200].to_vec()).await.is(422).shows("hong.jpg");
    world.picture(&path, "to.png", giant()).await.is(422).shows("to.png");
    world.picture(&path, "tot.jpg", photo(300, 200)).await.is(303);
    world.app.end().await;
}

/// The head of a picture of 60 megapixels: it is refused before it is unpacked.
fn giant() -> Vec<u8> {
    let mut small = Cursor::new(Vec::new());
    image::RgbImage::new(2, 2).write_to(&mut small, image::ImageFormat::Png).unwrap();
    let mut bytes = small.into_inner();
    bytes[16..20].copy_from_slice(&10_000u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&6_000u32.to_be_bytes());
    let mut crc = 0xffff_ffffu32;
    for byte in &bytes[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

#[tokio::test]
async fn a_contact_that_nobody_can_reach_is_refused() {
    let world = World::start().await;
    let path = world.begin(&world.clerk, "stay", "Nhà Thử").await;
    for (field, value, words) in [
        ("lien-he-dien-thoai", "mười hai", "không phải số điện thoại"),
        ("lien-he-zalo", "12", "không phải số điện thoại"),
        ("lien-he-email", "a@b", "không phải địa chỉ thư"),
        ("lien-he-web", "javascript:alert(1)", "bắt đầu bằng https://"),
    ] {
        let typed = [("lien-he-ten", "Hộ Thử"), (field, value)];
        let answer = world.act(&world.clerk, &path, "lien-he", &typed).await;
        answer.is(422).shows(words).shows(&format!("href=\"#{field}\""));
    }
    world
        .act(&world.clerk, &path, "lien-he", &[("lien-he-ten", "Hộ Thử")])
        .await
        .is(422)
        .shows("ít nhất một cách");
    world.app.end().await;
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_place() {
    let world = World::start().await;
    let (key, village) = (world.fresh(), world.village(0));
    let typed = [("khoa", key.as_str()), ("ten", "Một Lần"), ("loai", "food"), ("thon", village.as_str())];
    let first = world.clerk.post(&format!("{WORK}/moi"), &typed).await.is(303).location();
    let second = world.clerk.post(&format!("{WORK}/moi"), &typed).await.is(303).location();
    assert_eq!(first, second);
    let list = world.clerk.get(WORK).await.text();
    assert_eq!(list.matches(">Một Lần<").count(), 1, "{HERE:?}");
    world.app.end().await;
}
