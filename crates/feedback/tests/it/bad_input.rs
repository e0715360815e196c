//! What is wrong is told at its place, and the page stays up.

use crate::world::{World, photo};

#[tokio::test]
async fn wrong_input_is_told_at_its_field() {
    let world = World::start().await;
    let who = &world.resident;
    world.send(who, &[]).await.is(422).shows("Viết vài chữ, chụp một tấm ảnh");
    world.send(who, &[("noi-dung", "abc xyz")]).await.is(422).shows("Chọn loại việc");
    world.send(who, &[("loai", "magic"), ("noi-dung", "x")]).await.is(422).shows("Chọn loại việc");
    let road = ("loai", "road-damage");
    world
        .send(who, &[road, ("noi-dung", "Đường hỏng")])
        .await
        .is(422)
        .shows("Cho biết ở đâu")
        .shows("Đường hỏng");
    for (lat, lon) in [("95", "104"), ("NaN", "104"), ("22.2", ""), ("<svg>", "1")] {
        let typed = [road, ("noi-dung", "x"), ("vi-do", lat), ("kinh-do", lon)];
        world.send(who, &typed).await.is(422).shows("Vị trí không đọc được");
    }
    let nowhere = world.fresh();
    world.send(who, &[road, ("noi-dung", "x"), ("thon", &*nowhere)]).await.is(422).shows("không có trong xã");
    world.send(who, &[road, ("noi-dung", &*"x".repeat(4_001))]).await.is(422);
    world
        .send(who, &[road, ("noi-dung", "x"), ("trang-web", "http://spam.example")])
        .await
        .is(422)
        .shows("Chưa gửi được");
    // Hostile words are words.
    let village = world.village(0);
    let typed = [road, ("noi-dung", "<script>alert(1)</script> \"'><img src=x>"), ("thon", &*village)];
    let page = world.send(who, &typed).await.is(303).location();
    who.get(&page).await.ok().shows("&#60;script&#62;alert(1)").hides("<script>alert");
    world.officer.get(&world.work_page(&page).await.1).await.ok().hides("<script>alert");
    world.app.visitor().get("/phan-anh/khong-co").await.is(404);
    world.app.visitor().get("/phan-anh?thon=x&loai=%27%3B--&sau=abc&tinh-trang=late").await.ok();
    world.app.end().await;
}

#[tokio::test]
async fn files_that_are_no_photographs_are_refused_with_a_word() {
    let world = World::start().await;
    let village = world.village(0);
    let fields = |key: &str| {
        vec![
            ("khoa".to_owned(), key.to_owned()),
            ("loai".to_owned(), "rubbish".to_owned()),
            ("noi-dung".to_owned(), "Rác".to_owned()),
            ("thon".to_owned(), village.clone()),
        ]
    };
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec();
    // The head of a picture that says it has 60 million pixels.
    let giant = {
        let mut png = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13];
        let mut head = b"IHDR".to_vec();
        head.extend(10_000_u32.to_be_bytes());
        head.extend(6_000_u32.to_be_bytes());
        head.extend([8, 2, 0, 0, 0]);
        png.extend(&head);
        png.extend(crc32(&head).to_be_bytes());
        png.extend([0, 0, 0, 0, b'I', b'D', b'A', b'T', 0x35, 0xaf, 0x06, 0x1e]);
        png
    };
    for (name, bytes, word) in [
        ("anh.svg", svg, "anh-error"),
        ("anh.jpg", b"MZ program".to_vec(), "anh-error"),
        ("to.png", giant, "anh-error"),
        ("hong.jpg", photo(400, 300)[..300].to_vec(), "anh-error"),
    ] {
        let key = world.fresh();
        let fields = fields(&key);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let answer = world.resident.upload("/phan-anh/moi", &fields, "anh", name, &bytes).await;
        answer.is(422).shows(word).shows("Rác");
    }
    world.app.end().await;
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |mut crc, byte| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
        crc
    })
}

#[tokio::test]
async fn a_burst_from_one_place_is_slowed_down_and_nothing_is_lost() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    let village = world.village(0);
    let typed = [("loai", "rubbish"), ("noi-dung", "Rác ở đây"), ("thon", &*village), ("an-danh", "1")];
    for _ in 0..6 {
        world.send(&visitor, &typed).await.is(303);
    }
    let slowed = world.send(&visitor, &typed).await;
    slowed.is(429).shows("nhiều phản ánh").shows("Rác ở đây");
    assert!(slowed.headers.contains_key("retry-after") || slowed.text().contains("Chờ một lát"));
    // A neighbour behind the same address, whose browser did the sum while they typed, gets through; a made-up answer does not.
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let form = visitor.get("/phan-anh/moi").await;
    form.ok().shows("data-proof=\"phan-anh\" data-proof-bits=\"15\"").shows("name=\"loi-giai\"");
    let proven = (0u64..).map(|n| n.to_string());
    let proven = proven.into_iter().find(|n| platform::proof::holds("phan-anh", &key, n, 15)).unwrap();
    let with = |answer: &str| {
        let more = [("khoa".to_owned(), key.clone()), ("loi-giai".to_owned(), answer.to_owned())];
        more.into_iter().chain(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    };
    for (answer, status) in [("12", 429), (proven.as_str(), 303)] {
        let fields: Vec<(String, String)> = with(answer).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        visitor.post("/phan-anh/moi", &fields).await.is(status);
    }
    // Somebody who is signed in has a measure of their own, and an hour later the place is open again.
    world.send(&world.resident, &typed[..3]).await.is(303);
    world.app.clock.advance(chrono::Duration::hours(1));
    world.send(&world.app.visitor(), &typed).await.is(303);
    world.app.end().await;
}
