//! A campaign: prepared, started with its roll, edited, ended, withdrawn; for whom it is.

use crate::world::{WORK, World};

#[tokio::test]
async fn a_campaign_is_prepared_started_edited_and_withdrawn_with_a_reason() {
    let world = World::start().await;
    let officer = world.who("editor").await;
    let page = world.draft(&officer, &[]).await;
    officer.get(&page).await.ok().shows("Chưa bắt đầu").shows("Toàn xã").shows("80 %");
    // Nobody else sees a draft.
    let public = page.replace("/lam-viec", "");
    world.visitor().get(&public).await.is(404);
    world.who("auditor").await.get(&page).await.is(404);
    let head = world.who("village_head").await;
    head.get(&world.village(&page)).await.is(404);
    head.get(WORK).await.ok().hides("VNeID");
    world.press(&officer, &page, "bat-dau", &[]).await.is(303);
    officer.get(&page).await.ok().shows("0 trên 5 hộ").shows("Đông Căm").shows("Soi Cờ");
    head.get("/lam-viec/hop-thu").await.ok().shows("Bắt đầu vận động: Mỗi hộ một tài khoản VNeID");
    world.visitor().get("/tim?q=tai+khoan+vneid").await.ok().shows(&public);
    // Not twice.
    world.send(&officer, &format!("{page}/bat-dau"), &[("phien-ban", "2")]).await.is(409);
    // Two officers edit: the second one sees what the first did. For whom it is stays frozen.
    let form = officer.get(&format!("{page}/sua")).await;
    let (revision, base) = (form.ok().field("phien-ban"), form.field("ban-dau"));
    form.hides("Hộ nghèo, hộ cận nghèo");
    let until = world.day(20);
    let typed = |title: &'static str| {
        vec![
            ("tieu-de", title),
            ("chu-de", "vneid"),
            ("noi-dung", "Ra nhà văn hóa thôn cài VNeID."),
            ("muc-tieu", "90"),
            ("den-ngay", &*until),
            ("phien-ban", &*revision),
            ("ban-dau", &*base),
        ]
    };
    world.send(&officer, &format!("{page}/sua"), &typed("Cài VNeID cho cả nhà")).await.is(303);
    let second = world.who("clerk").await;
    world
        .send(&second, &format!("{page}/sua"), &typed("Tên khác"))
        .await
        .is(409)
        .shows("Cài VNeID cho cả nhà");
    officer.get(&page).await.ok().shows("90 %").shows("0 trên 5 hộ");
    world.press(&officer, &page, "rut", &[("ly-do", "")]).await.is(422).shows("Viết lý do");
    world.press(&officer, &page, "rut", &[("ly-do", "Trùng với chiến dịch của tỉnh")]).await.is(303);
    world.visitor().get(&public).await.ok().shows("Trùng với chiến dịch của tỉnh").hides("trên tổng số hộ");
    world.visitor().get("/tim?q=tai+khoan+vneid").await.ok().hides(&public);
    world.note(&head, &page, 0, &[]).await.is(409).shows("không còn chạy");
    officer.get(&format!("{page}/sua")).await.is(409);
    world.app.end().await;
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field() {
    let world = World::start().await;
    let officer = world.who("clerk").await;
    let form = format!("{WORK}/moi");
    let long = "ă".repeat(10_000);
    let wrong = [
        ("tieu-de", ""),
        ("chu-de", "vneid"),
        ("noi-dung", "x"),
        ("doi-tuong", "all"),
        ("muc-tieu", "80"),
        ("den-ngay", "01/01/2020"),
    ];
    world.send(&officer, &form, &wrong).await.is(422).shows("Viết tên chiến dịch");
    let until = world.day(5);
    let with = async |name: &'static str, value: &str| {
        let mut typed = vec![
            ("tieu-de", "Tên"),
            ("chu-de", "vneid"),
            ("noi-dung", "Lời"),
            ("doi-tuong", "all"),
            ("muc-tieu", "80"),
            ("den-ngay", &*until),
        ];
        typed.retain(|(typed, _)| *typed != name);
        typed.push((name, value));
        world.send(&officer, &form, &typed).await
    };
    with("tieu-de", &long).await.is(422).shows("tối đa 150");
    with("noi-dung", "").await.is(422).shows("Viết điều bà con cần biết");
    with("chu-de", "khong-co").await.is(422);
    with("doi-tuong", "giau").await.is(422);
    with("muc-tieu", "101").await.is(422).shows("từ 1 đến 100");
    with("muc-tieu", "0").await.is(422).shows("từ 1 đến 100");
    with("den-ngay", "01/01/2020").await.is(422).shows("Sửa lại thời hạn");
    with("tu-ngay", "01/01/2020").await.is(422).shows("từ hôm nay trở đi");
    with("den-ngay", "01/01/2099").await.is(422).shows("một năm");
    with("duong-dan", "https://xau.example/").await.is(422).shows("trang của xã");
    with("duong-dan", "//xau.example/").await.is(422).shows("trang của xã");
    with("duong-dan", "/thu-tuc").await.is(303);
    with("phu-trach", &platform::Uuid::from_u128(7).to_string()).await.is(422);
    with(&*Box::leak(format!("thon-{}", platform::Uuid::from_u128(7)).into_boxed_str()), "1").await.is(422);
    let (key, script) = (world.fresh(), "<script>alert(1)</script>");
    let typed = [
        ("khoa", &*key),
        ("tieu-de", script),
        ("chu-de", "vneid"),
        ("noi-dung", script),
        ("doi-tuong", "all"),
        ("muc-tieu", "80"),
        ("den-ngay", &*until),
    ];
    // The same form pressed twice is one campaign.
    let first = officer.post(&form, &typed).await.is(303).location();
    assert_eq!(officer.post(&form, &typed).await.is(303).location(), first);
    officer.get(&first).await.ok().hides(script);
    world.app.end().await;
}

/// The properties by which households are chosen are those of the registry on the day of the start.
#[tokio::test]
async fn a_campaign_is_for_chosen_villages_or_households() {
    let world = World::start().await;
    let officer = world.who("editor").await;
    for (audience, count) in
        [("poor", "0 trên 1 hộ"), ("no_fibre", "0 trên 3 hộ"), ("no_smartphone", "0 trên 3 hộ")]
    {
        let page = world.running(&officer, &[("doi-tuong", audience)]).await;
        officer.get(&page).await.ok().shows(count);
    }
    let soi_co = format!("thon-{}", world.cast.home.villages[1]);
    let page = world.running(&officer, &[(&*soi_co, "1")]).await;
    officer.get(&page).await.ok().shows("0 trên 1 hộ").shows("Soi Cờ");
    world.visitor().get("/thon/soi-co").await.ok().shows(&page.replace("/lam-viec", ""));
    world.visitor().get("/thon/dong-cam").await.ok().hides(&page.replace("/lam-viec", ""));
    // A village without such a household.
    let page = world.draft(&officer, &[(&*soi_co, "1"), ("doi-tuong", "poor")]).await;
    world.press(&officer, &page, "bat-dau", &[]).await.is(409).shows("Không có hộ nào hợp");
    world.app.end().await;
}
