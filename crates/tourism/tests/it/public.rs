//! What visitors read: filters without a script, English, the calendar, programs, open data, numbers.

use crate::world::{HERE, World};

#[tokio::test]
async fn visitors_narrow_by_kind_village_month_and_what_is_there() {
    let world = World::start().await;
    let at = [("thang", "9"), ("tien-nghi", "wifi"), ("vi-do", HERE.0), ("kinh-do", HERE.1)];
    world.published("stay", "Homestay Thử", &at).await;
    world.published("food", "Quán Thử", &[("thang", "3")]).await;
    let visitor = world.visitor();
    for (query, there, gone) in [
        ("loai=luu-tru", "Homestay Thử", "Quán Thử"),
        ("thang=9", "Homestay Thử", "Quán Thử"),
        ("tien-nghi=wifi", "Homestay Thử", "Quán Thử"),
        ("thon=dong-cam&thang=3", "Quán Thử", "Homestay Thử"),
        ("q=quan+thu", "Quán Thử", "Homestay Thử"),
    ] {
        let page = visitor.get(&format!("/du-lich?{query}")).await;
        page.ok().shows(&format!(">{there}</a>")).hides(&format!(">{gone}</a>"));
    }
    visitor.get("/du-lich?loai=lang-nghe").await.ok().shows("Chưa có nơi nào như vậy");
    visitor.get("/du-lich?q=khong+co").await.ok().shows("Chưa có nơi nào như vậy");
    // In March the kitchen is good; the map shows the one that has a point.
    visitor
        .get("/du-lich")
        .await
        .ok()
        .shows("Tháng 3 này nên đến")
        .shows("Homestay Thử · Chỗ nghỉ, homestay");
    world.app.end().await;
}

#[tokio::test]
async fn the_front_teaches_while_nothing_is_there() {
    let world = World::start().await;
    let visitor = world.visitor();
    visitor.get("/du-lich").await.ok().shows("Xã chưa đăng nơi nào").hides("tourism-");
    visitor.get("/du-lich?lang=en").await.ok().shows("has not published any place yet").hides("tourism-");
    world.clerk.get("/lam-viec/du-lich").await.ok().shows("Chưa có nơi nào").hides("tourism-none");
    world.clerk.get("/lam-viec/du-lich/hoi-cho").await.ok().shows("Chưa có khách nào hỏi");
    world.app.end().await;
}

#[tokio::test]
async fn english_is_whole_or_says_that_there_is_none() {
    let world = World::start().await;
    let english = [
        ("ten-en", "Test Falls"),
        ("gioi-thieu-en", "Three steps of water."),
        ("noi-dung-en", "Follow the stream."),
        ("duong-den", "Đi bộ 40 phút."),
        ("duong-den-en", "40 minutes on foot."),
    ];
    world.published("sight", "Thác Thử", &english).await;
    world.published("sight", "Hang Thử", &[]).await;
    let visitor = world.visitor();
    let page = visitor.get("/du-lich/thac-thu?lang=en").await;
    page.ok()
        .shows("Test Falls")
        .shows("Follow the stream.")
        .shows("40 minutes on foot.")
        .hides("Vietnamese only");
    page.shows("hreflang=\"en\"").hides("Đoạn một").hides("tourism-");
    let page = visitor.get("/du-lich/hang-thu?lang=en").await;
    page.ok()
        .shows("This text is in Vietnamese only")
        .shows("Hang Thử")
        .shows("Đoạn một")
        .shows("lang=\"vi\"");
    page.hides("hreflang=\"en\" href=\"https://giaphu.example/du-lich/hang-thu");
    visitor.get("/sitemap.xml").await.ok().shows("/du-lich/thac-thu?lang=en").hides("hang-thu?lang=en");
    visitor
        .get("/du-lich/truoc-khi-den?lang=en")
        .await
        .ok()
        .shows("Ambulance")
        .shows("tel:115")
        .shows("passport");
    world.app.end().await;
}

#[tokio::test]
async fn festivals_stand_in_the_calendar_and_are_cancelled_there() {
    let world = World::start().await;
    let visitor = world.visitor();
    let path = world.festival("Hội Thử").await;
    // Tết is on 06/02/2027: the eighth day is the 13th.
    let page = visitor.get("/du-lich/hoi-thu").await;
    page.ok().shows("13/02/2027 – 14/02/2027").shows("mùng 8 tháng Giêng năm Đinh Mùi").shows("Festival");
    world.visitor().get("/du-lich/hoi-thu?lang=en").await.ok().shows("day 8 of lunar month 1");
    let sequence = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("SEQUENCE:")).unwrap().to_owned();
        line.trim_start_matches("SEQUENCE:").trim().parse::<i64>().unwrap()
    };
    let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    let feed = visitor.get("/du-lich/le-hoi.ics").await;
    let first = feed.ok().shows("DTSTART;VALUE=DATE:20270213").shows("DTEND;VALUE=DATE:20270215").text();
    feed.hides("CANCELLED");
    assert_eq!(first.matches("BEGIN:VEVENT").count(), 3, "three years ahead");

    let skip = [("nam", "2027"), ("ly-do-nam", "Đường vào thôn đang sửa")];
    world.act(&world.clerk, &path, "nam", &[("nam", "2027")]).await.is(422).shows("Ghi lý do");
    world.act(&world.clerk, &path, "nam", &[("nam", "2020"), ("ly-do-nam", "x")]).await.is(422);
    world.act(&world.clerk, &path, "nam", &skip).await.is(303);
    let second = visitor.get("/du-lich/le-hoi.ics").await.text();
    assert_eq!(second.matches("STATUS:CANCELLED").count(), 1);
    assert_eq!(uid(&first), uid(&second));
    assert!(sequence(&second) > sequence(&first));
    visitor
        .get("/du-lich/hoi-thu")
        .await
        .ok()
        .shows("Năm nay không tổ chức")
        .shows("Đường vào thôn đang sửa");
    let told = visitor.get("/api/v1/tourism/festivals").await.json();
    assert_eq!((told[0]["held"].as_bool(), told[1]["held"].as_bool()), (Some(false), Some(true)));
    world.act(&world.clerk, &path, "nam", &[("nam", "2027"), ("lam", "co")]).await.is(303);
    visitor.get("/du-lich/le-hoi.ics").await.ok().hides("CANCELLED");
    world.act(&world.leader, &path, "go", &[("ly-do-go", "Thôn thôi tổ chức.")]).await.is(303);
    let gone = visitor.get("/du-lich/le-hoi.ics").await.text();
    assert_eq!(gone.matches("STATUS:CANCELLED").count(), 3);
    world.app.end().await;
}

#[tokio::test]
async fn programs_and_open_data_get_the_same_and_numbers_know_past_days() {
    let world = World::start().await;
    let visitor = world.visitor();
    let at = [
        ("vi-do", HERE.0),
        ("kinh-do", HERE.1),
        ("danh-hieu", "Di tích cấp tỉnh"),
        ("danh-hieu-so", "00/QĐ-THU"),
    ];
    world.published("stay", "Homestay Thử", &at).await;
    let path = world.published("sight", "Thác Thử", &[]).await;
    let list = visitor.get("/api/v1/tourism/places?kind=stay").await.json();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["name"], "Homestay Thử");
    let one = visitor.get("/api/v1/tourism/places/homestay-thu").await.json();
    assert_eq!(
        (one["recognition"].as_str(), one["latitude"].as_f64()),
        (Some("Di tích cấp tỉnh"), Some(22.205))
    );
    let places = visitor.get("/du-lieu-mo/dia-diem-du-lich.geojson").await.json();
    assert_eq!(places["features"].as_array().unwrap().len(), 1);
    assert_eq!(places["features"][0]["geometry"]["coordinates"][0], 104.105);
    visitor.get("/du-lieu-mo/dcat.jsonld").await.ok().shows("dia-diem-du-lich.geojson").shows("geo+json");
    visitor.get("/du-lieu-mo/dia-diem-du-lich").await.ok().shows("00/QĐ-THU").shows("GeoJSON");
    visitor.get("/du-lieu-mo/thon.geojson").await.is(404);

    // Tomorrow one is taken down; today's number stays what it was.
    world.app.clock.advance(chrono::Duration::days(1));
    let leader = world.app.sign_in(&world.cast.home, "vice_chairman").await;
    world.act(&leader, &path, "go", &[("ly-do-go", "Thử.")]).await.is(303);
    let value = async |key: &str, day: &str| {
        visitor.get(&format!("/api/v1/figures/{key}?as_of={day}")).await.ok().json()["value"].to_string()
    };
    let whole = |text: String| text.trim_matches('"').to_owned();
    assert_eq!(whole(value("tourism_places", "2026-03-10").await), "2");
    assert_eq!(whole(value("tourism_places", "2026-03-11").await), "1");
    assert_eq!(whole(value("tourism_places", "2026-03-09").await), "0");
    assert_eq!(whole(value("homestays", "2026-03-11").await), "1");
    visitor.get("/so-lieu/homestays").await.ok().shows("Homestay, chỗ nghỉ đã đăng").shows("Đông Căm");
    world.app.end().await;
}

#[tokio::test]
async fn opening_a_page_is_counted_without_a_person() {
    let world = World::start().await;
    let path = world.published("craft", "Tổ Thêu Thử", &[]).await;
    let id = path.rsplit('/').next().unwrap();
    world.visitor().get("/du-lich/to-theu-thu").await.ok().shows(&format!("/du-lich/da-xem/{id}"));
    for _ in 0..3 {
        world.visitor().post(&format!("/du-lich/da-xem/{id}"), &[]).await.is(204);
    }
    world.app.clock.advance(chrono::Duration::minutes(2));
    world.app.run_jobs().await;
    let clerk = world.app.sign_in(&world.cast.home, "clerk").await;
    let page = clerk.get(&path).await.text();
    assert!(page.contains("<dt>Lượt xem</dt><dd>3</dd>"), "{page}");
    world.app.end().await;
}

#[tokio::test]
async fn the_commune_writes_its_own_page_for_those_who_come() {
    let world = World::start().await;
    let path = "/lam-viec/du-lich/truoc-khi-den";
    world.head.get(path).await.is(403);
    let form = world.clerk.get(path).await;
    let revision = form.ok().shows("Đường đến").field("phien-ban");
    let typed =
        [("phien-ban", revision.as_str()), ("noi-dung", "## Cần mang theo\n\n<b onclick=x>Áo ấm</b>")];
    world.send(&world.clerk, path, &typed).await.is(303);
    let page = world.visitor().get("/du-lich/truoc-khi-den").await;
    page.ok().shows("<h2>Cần mang theo</h2>").hides("<b onclick").shows("tel:113");
    world.visitor().get("/du-lich/truoc-khi-den?lang=en").await.ok().shows("Vietnamese only");
    world.send(&world.clerk, path, &typed).await.is(409);
    world.app.end().await;
}
