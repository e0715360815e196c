//! From the writer over the leader to everybody, and back.

use crate::world::{HERE, WORK, World, photo};

#[tokio::test]
async fn a_head_proposes_a_place_and_a_leader_publishes_it() {
    let world = World::start().await;
    let visitor = world.visitor();
    let path = world.begin(&world.head, "sight", "Thác Thử").await;
    // Without a text it cannot go on.
    world.act(&world.head, &path, "trinh", &[]).await.is(422).shows("Cần có giới thiệu");
    let text = [
        ("ten", "Thác Thử"),
        ("loai", "sight"),
        ("gioi-thieu", "Thác ba tầng."),
        ("noi-dung", "## Đi thế nào\n\nMen theo suối."),
        ("vi-do", HERE.0),
        ("kinh-do", HERE.1),
        ("thang", "4"),
        ("thang", "5"),
        ("tien-nghi", "guide"),
    ];
    world.save(&world.head, &path, &text).await.is(303);
    // Another head does not find it; the own list shows it, the visitor nothing.
    let other = world.app.sign_in(&world.cast.home, "village_head_2").await;
    other.get(&path).await.is(404);
    other.get(WORK).await.ok().hides("Thác Thử");
    world.head.get(WORK).await.ok().shows("Thác Thử").shows("Đang soạn");
    visitor.get("/du-lich/thac-thu").await.is(404);
    world.act(&world.head, &path, "trinh", &[]).await.is(303);
    world.head.get(&format!("{path}/soan")).await.is(409);
    world.act(&world.head, &path, "duyet", &[]).await.is(403);
    world.leader.get("/lam-viec").await.ok().shows("1 nơi du lịch chờ duyệt");
    world.act(&world.leader, &path, "tra-lai", &[]).await.is(422).shows("Ghi lý do");
    world.act(&world.leader, &path, "tra-lai", &[("ly-do", "Thêm đường đến.")]).await.is(303);
    world.head.get(&path).await.ok().shows("Thêm đường đến.").shows("Trả lại");
    world.act(&world.head, &path, "trinh", &[]).await.is(303);
    world.act(&world.leader, &path, "duyet", &[]).await.is(303);

    let page = visitor.get("/du-lich/thac-thu").await;
    page.ok().shows("<h2>Đi thế nào</h2>").shows("https://schema.org/TouristAttraction").shows("og:title");
    page.shows("itemprop=\"latitude\" content=\"22.205\"").shows("Có người dẫn đường").shows("is-good");
    visitor.get("/du-lich").await.ok().shows("Thác Thử").shows("place-map").shows("1 nơi");
    visitor.get("/tim?q=thac+thu").await.ok().shows("/du-lich/thac-thu");
    visitor.get("/thon/dong-cam").await.ok().shows("Thác Thử");
    let map = visitor.get("/sitemap.xml").await;
    map.ok().shows("/du-lich/thac-thu").shows("/du-lich/truoc-khi-den").hides("thac-thu?lang=en");
    world.app.end().await;
}

#[tokio::test]
async fn an_old_address_leads_on_and_what_is_taken_down_says_why() {
    let world = World::start().await;
    let visitor = world.visitor();
    let path = world.published("sight", "Hang Thử", &[]).await;
    let renamed = [
        ("ten", "Hang Đá Thử"),
        ("loai", "sight"),
        ("gioi-thieu", "Ngắn."),
        ("noi-dung", "Dài."),
        ("dia-chi", ""),
    ];
    // Only a leader writes on what everybody reads.
    world.clerk.get(&format!("{path}/soan")).await.is(409);
    world.save(&world.leader, &path, &renamed).await.is(303);
    visitor.get("/du-lich/hang-thu").await.is(301).leads_to("/du-lich/hang-da-thu");
    world.act(&world.leader, &path, "go", &[("ly-do-go", "Đường sạt, tạm dừng đón khách.")]).await.is(303);
    visitor.get("/du-lich/hang-da-thu").await.is(410).shows("Đường sạt").hides("Dài.");
    visitor.get("/du-lich").await.ok().hides("Hang Đá Thử");
    visitor.get("/tim?q=hang+da+thu").await.ok().hides("/du-lich/hang-da-thu");
    world.app.end().await;
}

#[tokio::test]
async fn what_a_colleague_changed_first_is_not_overwritten() {
    let world = World::start().await;
    let path = world.begin(&world.clerk, "food", "Quán Thử").await;
    let typed = [("ten", "Quán Thử Một"), ("loai", "food"), ("phien-ban", "1")];
    let village = world.village(0);
    let mut fields = typed.to_vec();
    fields.push(("thon", &village));
    world.send(&world.clerk, &format!("{path}/soan"), &fields).await.is(303);
    let late = world.send(&world.leader, &format!("{path}/soan"), &fields).await;
    late.is(409).shows("Có người vừa sửa trước").shows("Quán Thử Một");
    world.app.end().await;
}

#[tokio::test]
async fn pictures_stand_in_their_order_with_words_and_go_with_the_place() {
    let world = World::start().await;
    let path = world.begin(&world.clerk, "sight", "Đồi Thử").await;
    world.picture(&path, "a.jpg", photo(1600, 900)).await.is(303);
    world.picture(&path, "b.jpg", photo(600, 400)).await.is(303);
    let form = world.clerk.get(&format!("{path}/soan")).await.text();
    let ids: Vec<&str> = form.split("/anh/").skip(1).filter_map(|part| part.get(..36)).collect();
    let (first, second) = (ids[0], *ids.iter().find(|id| **id != ids[0]).unwrap());
    let typed = [("ten", "Đồi Thử"), ("loai", "sight"), ("gioi-thieu", "Ngắn."), ("noi-dung", "Dài.")];
    world.save(&world.clerk, &path, &typed).await.is(303);
    world.act(&world.clerk, &path, "trinh", &[]).await.is(422).shows("chưa ghi chụp gì");
    for (id, words, to) in [(first, "Đồi chè", "xuong"), (second, "Nhà trên đồi", "bia")] {
        let typed = [("mo-ta", words), ("mo-ta-en", "A hill"), ("nguoi-chup", "Tổ ảnh"), ("lam", to)];
        world.send(&world.clerk, &format!("{path}/anh/{id}"), &typed).await.is(303);
    }
    let url = format!("/du-lich/anh/{second}/480");
    world.visitor().get(&url).await.is(404);
    world.clerk.get(&url).await.ok();
    world.act(&world.clerk, &path, "trinh", &[]).await.is(303);
    world.act(&world.leader, &path, "duyet", &[]).await.is(303);
    let page = world.visitor().get("/du-lich/doi-thu").await.text();
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} in {page}"));
    assert!(at("alt=\"Nhà trên đồi\"") < at("alt=\"Đồi chè\""));
    assert!(page.contains("Tổ ảnh") && page.contains("srcset="));
    world.visitor().get("/du-lich/doi-thu?lang=en").await.ok().shows("alt=\"A hill\"");
    let small = world.visitor().get(&url).await;
    assert_eq!(image::load_from_memory(&small.bytes).unwrap().width(), 480);
    world.act(&world.leader, &path, "go", &[("ly-do-go", "Thử.")]).await.is(303);
    world.visitor().get(&url).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn a_private_contact_needs_consent_and_goes_at_once() {
    let world = World::start().await;
    let path =
        world.published("stay", "Nhà Sàn Thử", &[("gia-tu", "150.000"), ("gia-ngay", "01/03/2026")]).await;
    let whom =
        [("lien-he-la", "person"), ("lien-he-ten", "Lò Thị Thử"), ("lien-he-dien-thoai", "0912 345 678")];
    world.act(&world.clerk, &path, "lien-he", &whom).await.is(422).shows("cần ngày người đó đồng ý");
    let mut agreed = whom.to_vec();
    agreed.extend([("dong-y-ngay", "02/03/2026"), ("dong-y-cach", "Ký giấy")]);
    world.act(&world.clerk, &path, "lien-he", &agreed).await.is(303);
    let page = world.visitor().get("/du-lich/nha-san-thu").await;
    page.ok()
        .shows("Lò Thị Thử")
        .shows("tel:+84912345678")
        .shows("0912 345 678")
        .shows("chưa kiểm chứng")
        .shows("01/03/2026");
    world.visitor().get("/du-lieu-mo/dia-diem-du-lich.csv").await.ok().shows("+84912345678");
    world.clerk.get(&path).await.ok().shows("Đồng ý ngày 02/03/2026: Ký giấy");
    world.act(&world.clerk, &path, "lien-he", &[("lam", "bo")]).await.is(303);
    for page in
        ["/du-lich/nha-san-thu", "/du-lieu-mo/dia-diem-du-lich.csv", "/api/v1/tourism/places/nha-san-thu"]
    {
        world.visitor().get(page).await.ok().hides("912345678").hides("0912 345 678").hides("Lò Thị Thử");
    }
    world
        .clerk
        .get(&path)
        .await
        .ok()
        .shows("Đã rút ngày 10/03/2026")
        .hides("912345678")
        .hides("0912 345 678");
    world.app.end().await;
}
