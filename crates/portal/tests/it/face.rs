//! The map for everybody, and the commune among a phone's applications.

use testkit::TestApp;

#[tokio::test]
async fn a_phone_finds_name_icons_and_doors_of_the_application() {
    let (test, _cast) = TestApp::start().await;
    let visitor = test.visitor();
    visitor.get("/").await.ok().shows("<link rel=\"manifest\" href=\"/manifest.webmanifest\">");
    let answer = visitor.get("/manifest.webmanifest").await;
    assert!(answer.ok().header("content-type").starts_with("application/manifest+json"));
    let manifest = answer.json();
    assert_eq!(
        (manifest["display"].as_str(), manifest["start_url"].as_str()),
        (Some("standalone"), Some("/"))
    );
    let icons = manifest["icons"].as_array().unwrap();
    assert_eq!(icons.len(), 3);
    for icon in icons {
        let file = visitor.get(icon["src"].as_str().unwrap()).await;
        assert_eq!(file.ok().header("content-type"), "image/png");
        assert!(file.bytes.starts_with(b"\x89PNG"), "{icon}");
    }
    let doors = manifest["shortcuts"].as_array().unwrap();
    assert!(doors.iter().any(|door| door["url"] == "/tin-tuc" || door["url"] == "/so-lieu"), "{doors:?}");
    let english = visitor.get("/manifest.webmanifest?lang=en").await.ok().json();
    assert_eq!(english["lang"], "en");
    assert_ne!(english["shortcuts"], manifest["shortcuts"]);
    test.end().await;
}

#[tokio::test]
async fn the_map_shows_layers_that_are_chosen_without_a_script() {
    let (test, cast) = TestApp::start().await;
    let visitor = test.visitor();
    // A commune that has not entered its boundaries still finds its villages.
    visitor.get("/ban-do").await.ok().shows("Chưa có ranh giới thôn").shows("/thon/dong-cam");

    let ctx = test.ctx(&cast.home);
    let tx = ctx.begin().await.unwrap();
    let square = r#"{"type":"Polygon","coordinates":[[[104.10,22.20],[104.11,22.20],[104.11,22.21],[104.10,22.21],[104.10,22.20]]]}"#;
    units::boundary_set(&ctx, &tx, cast.home.villages[0], square).await.unwrap();
    tx.commit().await.unwrap();
    let officer = test.sign_in(&cast.home, "registry_officer").await;
    for (kind, name) in
        [("culture_house", "Nhà văn hóa Đông Căm"), ("loudspeaker", "Loa đầu thôn"), ("camera", "Máy ở cổng")]
    {
        let form = officer.get("/lam-viec/tai-san/moi").await;
        let key = form.ok().field_of("/lam-viec/tai-san/moi", "khoa");
        let village = cast.home.villages[0].to_string();
        let fields = [
            ("khoa", key.as_str()),
            ("loai", kind),
            ("ten", name),
            ("thon", village.as_str()),
            ("so-luong", "1"),
            ("tinh-trang", "good"),
            ("toa-do", "22.205, 104.105"),
            ("can-cu", "Kiểm kê"),
        ];
        officer.post("/lam-viec/tai-san/moi", &fields).await.is(303);
    }
    let page = visitor.get("/ban-do").await;
    page.ok().shows("Nhà văn hóa Đông Căm").shows("Nhà văn hóa (1)").shows("Loa truyền thanh (1)");
    page.hides("Loa đầu thôn").hides("Máy ở cổng").shows("data-map-open").shows("Mở bản đồ lớn");
    visitor.get("/ban-do?lop=loa").await.ok().shows("Loa đầu thôn").hides("Nhà văn hóa Đông Căm");
    visitor
        .get("/ban-do?lop=%3Cscript%3E&lang=en")
        .await
        .ok()
        .shows("Map of the commune")
        .hides("<script>&")
        .hides("portal-map");
    test.end().await;
}
