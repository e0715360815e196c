//! Officers: passing on, naming another body, two at once, the list, the numbers.

use crate::world::{World, photo};

#[tokio::test]
async fn a_report_is_passed_on_with_a_reason_or_to_the_body_that_is_responsible() {
    let world = World::start().await;
    let page = world.pothole().await;
    let clerk = world.cast.home.accounts["clerk"].to_string();
    world.act(&world.officer, &page, "chuyen", &[("ai", &*clerk)]).await.is(422).shows("Viết lý do");
    world.act(&world.officer, &page, "chuyen", &[("ly-do", "Việc điện")]).await.is(422).shows("ai");
    let resident = world.cast.home.accounts["resident"].to_string();
    world.act(&world.officer, &page, "chuyen", &[("ai", &*resident), ("ly-do", "x")]).await.is(422);
    world
        .act(&world.officer, &page, "chuyen", &[("ai", &*clerk), ("loai", "power"), ("ly-do", "Việc điện")])
        .await
        .is(303);
    world.clerk.get("/lam-viec/hop-thu").await.ok().shows("được chuyển đến ông/bà");
    let now = world.find(&page).await;
    assert_eq!((now.kind.as_str(), now.state), ("power", feedback::State::New));
    // Passing is the office's affair; whose matter it is, everybody may know.
    world
        .act(&world.clerk, &page, "noi-khac", &[("co-quan", "Điện lực Bảo Thắng"), ("loi", "")])
        .await
        .is(422);
    let typed = [("co-quan", "Điện lực Bảo Thắng"), ("loi", "Gọi tổng đài của điện lực")];
    world.act(&world.clerk, &page, "noi-khac", &typed).await.is(303);
    world
        .resident
        .get(&page)
        .await
        .ok()
        .shows("Điện lực Bảo Thắng")
        .shows("Gọi tổng đài")
        .hides("Thử clerk")
        .hides("Việc điện");
    world.act(&world.clerk, &page, "tra-loi", &[("tra-loi", "x")]).await.is(409).shows("đã khép lại");
    world.app.end().await;
}

#[tokio::test]
async fn the_second_of_two_officers_learns_that_somebody_was_first() {
    let world = World::start().await;
    let page = world.pothole().await;
    let work = world.work_page(&page).await.1;
    let revision = world.find(&page).await.revision.to_string();
    let answer = async |client: &testkit::Client, words: &str| {
        let fields = [("khoa", &*world.fresh()), ("phien-ban", &*revision), ("tra-loi", words)];
        client.post(&format!("{work}/tra-loi"), &fields).await
    };
    answer(&world.officer, "Đã vá").await.is(303);
    // What the second one wrote is still in the field.
    let second = answer(&world.clerk, "Tôi cũng trả lời").await;
    second.is(409).shows("vừa có thay đổi");
    assert_eq!(world.find(&page).await.state, feedback::State::Answered);
    world.officer.get(&work).await.ok().shows("Đã vá").hides("Tôi cũng trả lời");
    world.app.end().await;
}

#[tokio::test]
async fn a_village_head_sees_the_own_village_and_settles_small_matters() {
    let world = World::start().await;
    let road = world.pothole().await;
    let lamp = [("loai", "lamp"), ("noi-dung", "Đèn ngõ tắt"), ("thon", &*world.village(1))];
    let lamp = world.send(&world.resident, &lamp).await.is(303).location();
    world.head.get("/lam-viec/phan-anh").await.ok().shows("Ổ gà to").hides("Đèn ngõ tắt");
    let (_, work) = world.work_page(&road).await;
    world.head.get(&work).await.ok().shows("do cán bộ xã giải quyết").hides("Trả lời, khép lại");
    world.act(&world.head, &road, "tra-loi", &[("tra-loi", "x")]).await.is(403);
    let (_, other) = world.work_page(&lamp).await;
    world.head.get(&other).await.is(404);
    let second = world.app.sign_in(&world.cast.home, "village_head_2").await;
    world.act(&second, &lamp, "tra-loi", &[("tra-loi", "Đã thay bóng")]).await.is(303);
    world.resident.get(&work).await.is(403);
    world.app.visitor().get(&work).await.is(303).leads_to("/dang-nhap");
    world.app.end().await;
}

#[tokio::test]
async fn the_list_is_taken_on_at_once_narrowed_and_exported_without_names() {
    let world = World::start().await;
    let typed = |words| [("loai", "road-damage"), ("noi-dung", words), ("thon", "")];
    let mut ids = Vec::new();
    for (number, words) in ["Đường thứ nhất", "Đường thứ hai"].into_iter().enumerate() {
        let village = world.village(number);
        let mut typed = typed(words).to_vec();
        typed[2].1 = &village;
        typed.push(("ten", "Sùng A Thử"));
        let page = world.send(&world.resident, &typed).await.is(303).location();
        ids.push(world.find(&page).await.id.to_string());
    }
    world.clerk.post("/lam-viec/phan-anh/nhan-viec", &[("khoa", &*world.fresh())]).await.is(422);
    let fields = [("khoa", &*world.fresh()), ("id", &*ids[0]), ("id", &*ids[1])];
    world.clerk.post("/lam-viec/phan-anh/nhan-viec", &fields).await.is(303);
    world.clerk.get("/lam-viec/phan-anh").await.ok().shows("Đã nhận 2 phản ánh").shows("Đường thứ hai");
    let narrowed = format!("/lam-viec/phan-anh?xem=dang-mo&thon={}", world.village(0));
    world.clerk.get(&narrowed).await.ok().shows("Đường thứ nhất").hides("Đường thứ hai");
    let csv = world.clerk.get("/lam-viec/phan-anh?xem=dang-mo&dinh-dang=csv").await;
    csv.ok().shows("Đường thứ nhất").shows("PA26-0002").hides("Sùng A Thử");
    world.clerk.get("/lam-viec/phan-anh?xem=dang-mo&dinh-dang=xlsx").await.ok();
    world.app.end().await;
}

#[tokio::test]
async fn an_officer_hides_a_photo_with_a_face() {
    let world = World::start().await;
    let key = world.fresh();
    let village = world.village(0);
    let fields = [("khoa", &*key), ("loai", "rubbish"), ("noi-dung", "Rác"), ("thon", &*village)];
    let page = world
        .resident
        .upload("/phan-anh/moi", &fields, "anh", "rac.jpg", &photo(800, 600))
        .await
        .is(303)
        .location();
    let path = page.split('?').next().unwrap();
    let own = world.resident.get(path).await.ok().text();
    let picture = own.split("/anh/").nth(1).unwrap()[..36].to_owned();
    let url = format!("{path}/anh/{picture}");
    let visitor = world.app.visitor();
    visitor.get(&url).await.is(404);
    world.act(&world.head, &page, "cong-khai", &[("lam", "hien")]).await.is(303);
    let (whole, small) = (visitor.get(&url).await, visitor.get(&format!("{url}?nho=1")).await);
    assert!(whole.ok().bytes.starts_with(&[0xff, 0xd8]) && small.ok().bytes.len() < whole.bytes.len());
    let work = world.work_page(&page).await.1;
    let hide = format!("{work}/anh/{picture}/an");
    world.head.post(&hide, &[("khoa", &*world.fresh()), ("lam", "an")]).await.is(303);
    visitor.get(&url).await.is(404);
    visitor.get(path).await.ok().hides(&picture);
    world.resident.get(&url).await.ok();
    world.head.get(&format!("{work}/anh/{picture}")).await.ok();
    world.app.end().await;
}

#[tokio::test]
async fn numbers_say_how_it_goes() {
    let world = World::start().await;
    let page = world.pothole().await;
    let typed = [("loai", "denunciation"), ("noi-dung", "Tố cáo"), ("ten", "Ai đó")];
    world.send(&world.app.visitor(), &typed).await.is(303);
    world.act(&world.officer, &page, "tra-loi", &[("tra-loi", "Xong")]).await.is(303);
    world.own(&world.resident, page.split('?').next().unwrap(), "danh-gia", &[("sao", "4")]).await.is(303);
    for path in ["/lam-viec/so-lieu-phan-anh", "/lam-viec/so-lieu-phan-anh?thang=2026-03"] {
        let shown = world.officer.get(path).await;
        shown
            .ok()
            .shows("Đường hỏng, ổ gà, sạt lở")
            .shows("Đông Căm")
            .shows("100,0 %")
            .hides("Tố cáo hành vi");
    }
    world.officer.get("/lam-viec/so-lieu-phan-anh?thang=2025-01").await.ok().hides("Đường hỏng");
    world.head.get("/lam-viec/so-lieu-phan-anh").await.is(403);
    let figure = world.app.visitor().get("/api/v1/figures/reports_in_time_pct").await;
    assert_eq!(figure.ok().json()["value"], "100", "{}", figure.text());
    world.app.end().await;
}
