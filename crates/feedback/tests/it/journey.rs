//! From a resident's phone to the answer, and what everybody sees of it.

use crate::world::{FIRST, World, photo};
use chrono::Duration;
use testkit::in_both_languages;

#[tokio::test]
async fn a_report_goes_from_the_phone_to_an_answer_that_everybody_reads() {
    let mut world = World::start().await;
    // With a photograph, safe to repeat: the phone does not know whether the first one arrived.
    let key = world.resident.get("/phan-anh/moi").await.ok().field("khoa");
    let (lat, lon) = (FIRST.0.to_string(), FIRST.1.to_string());
    let fields = [
        ("khoa", &*key),
        ("loai", ""),
        ("noi-dung", "Ổ gà to trước cổng trường, trẻ em hay ngã"),
        ("vi-do", &*lat),
        ("kinh-do", &*lon),
    ];
    let mut page = String::new();
    for _ in 0..2 {
        page = world
            .resident
            .upload("/phan-anh/moi", &fields, "anh", "duong.jpg", &photo(1200, 900))
            .await
            .is(303)
            .location();
    }
    let path = page.split('?').next().unwrap().to_owned();
    world.resident.get("/phan-anh/cua-toi").await.ok().shows("Ổ gà to").shows("1").shows("/anh/");
    let own = world.resident.get(&path).await;
    own.ok().shows("Đường hỏng, ổ gà").shows("Đông Căm").shows("Chờ tiếp nhận").shows("19/03/2026");
    // Nobody else sees it until an officer has looked.
    world.app.visitor().get(&path).await.is(404);
    world.app.visitor().get("/phan-anh").await.ok().hides("Ổ gà to");
    // The officer of roads has it, with a message.
    world.officer.get("/lam-viec/hop-thu").await.ok().shows("Có phản ánh mới PA26-0001");
    world.officer.get("/lam-viec").await.ok().shows("1 phản ánh chờ ông/bà giải quyết");
    let (id, work) = world.work_page(&page).await;
    world.officer.get("/lam-viec/phan-anh").await.ok().shows("Ổ gà to").shows(&work);
    world.clerk.get("/lam-viec/phan-anh").await.ok().hides("Ổ gà to");
    let shown = world.officer.get(&work).await;
    shown.ok().shows("Ổ gà to").hides("Thử resident");
    world
        .officer
        .post(&format!("{work}/lien-he"), &[("khoa", &*world.fresh())])
        .await
        .ok()
        .shows("Thử resident");
    world.act(&world.officer, &page, "nhan", &[]).await.is(303);
    world.act(&world.officer, &page, "cong-khai", &[("lam", "hien")]).await.is(303);
    world.act(&world.officer, &page, "ghi", &[("loi", "Đã khảo sát"), ("lam", "cong-khai")]).await.is(303);
    world
        .act(&world.officer, &page, "ghi", &[("loi", "Hỏi đội thi công Hùng"), ("lam", "noi-bo")])
        .await
        .is(303);
    let visitor = world.app.visitor();
    visitor.get("/phan-anh").await.ok().shows("Ổ gà to").shows("Đang giải quyết");
    let public = visitor.get(&path).await;
    public.ok().shows("Đã khảo sát").hides("đội thi công").hides("Thử resident").hides("Mở lại");
    answered_and_judged(&mut world, &path, &page, id).await;
    world.app.end().await;
}

/// Others see the same; the answer comes, is rated, and does not hold.
async fn answered_and_judged(world: &mut World, path: &str, page: &str, id: platform::Uuid) {
    let work = format!("/lam-viec/phan-anh/{id}");
    let visitor = world.app.visitor();
    // Somebody else sees the same, once for each browser.
    let neighbour = world.app.sign_in(&world.cast.home, "village_head_2").await;
    for note in ["Đã ghi là", "đã bấm trước đó"] {
        world.own(&neighbour, path, "cung-thay", &[]).await.is(303);
        neighbour.get(path).await.ok().shows(note).shows("1 người cũng thấy");
    }
    // The answer with a picture of after; both are told.
    let revision = world.find(page).await.revision.to_string();
    let fields = [("khoa", &*world.fresh()), ("phien-ban", &*revision), ("tra-loi", "Đã vá xong ngày 11/3")];
    world
        .officer
        .upload(&format!("{work}/tra-loi"), &fields, "anh-sau", "sau.jpg", &photo(640, 480))
        .await
        .is(303);
    for client in [&world.resident, &neighbour] {
        client.get("/lam-viec/hop-thu").await.ok().shows("Xã đã trả lời phản ánh PA26-0001");
    }
    let public = visitor.get(path).await;
    public.ok().shows("Đã vá xong ngày 11/3").shows("Ảnh sau").shows("Đã trả lời");
    visitor.get("/phan-anh?tinh-trang=open").await.ok().hides("Ổ gà to");
    visitor.get("/phan-anh?tinh-trang=done").await.ok().shows("Ổ gà to");
    // Stars, once.
    world.own(&world.resident, path, "danh-gia", &[("sao", "9")]).await.is(422);
    world.own(&world.resident, path, "danh-gia", &[("sao", "5"), ("nhan-xet", "Nhanh")]).await.is(303);
    world.own(&world.resident, path, "danh-gia", &[("sao", "1")]).await.is(409);
    visitor.get(path).await.ok().shows("5/5").hides("Nhanh");
    // Another commune sees nothing of it.
    let away =
        world.app.sign_in(&world.cast.other, "registry_officer").await.header("host", "bencanh.example");
    away.get(&work).await.is(404);
    away.get(path).await.is(404);
    // After two weeks it is asked whether it holds; no opens it again.
    world.later(Duration::days(15)).await;
    world.app.run_jobs().await;
    world.resident.get("/lam-viec/hop-thu").await.ok().shows("việc đã sửa xong chưa");
    world.resident.get(path).await.ok().shows("Việc này đã sửa xong chưa?");
    visitor.get(path).await.ok().hides("Chưa, mở lại");
    world.own(&world.resident, path, "da-sua", &[("lam", "chua"), ("ly-do", "Mưa lại hỏng")]).await.is(303);
    let again = world.find(page).await;
    assert!(
        again.open
            && again.reopened == 1
            && again.fixed == Some(false)
            && again.rating.is_none()
            && again.id == id
    );
    world.officer.get("/lam-viec/hop-thu").await.ok().shows("Người gửi mở lại phản ánh");
}

#[tokio::test]
async fn somebody_without_an_account_follows_by_a_code() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    let typed = [
        ("loai", "rubbish"),
        ("noi-dung", "Bãi rác ven suối"),
        ("thon", &*world.village(0)),
        ("dien-thoai", "0912345678"),
        ("an-danh", "1"),
    ];
    let page = world.send(&visitor, &typed).await.is(303).location();
    let (path, code) = page.split_once("?ma=").unwrap();
    assert_eq!(code.len(), 11, "{code}");
    visitor.get(&page).await.ok().shows("Bãi rác ven suối").shows(code).shows("Ghi lại hai mã này");
    // Typed by hand on another phone, in capitals.
    let typed = format!(
        "/phan-anh?so={}&ma={}",
        path.trim_start_matches("/phan-anh/").to_lowercase(),
        code.to_uppercase()
    );
    let led = world.app.visitor().get(&typed).await.is(303).location();
    world.app.visitor().get(&led).await.ok().shows("Bãi rác ven suối");
    world.app.visitor().get("/phan-anh?so=PA26-9999&ma=abc").await.ok().shows("Không có số phản ánh này");
    world.app.visitor().get(path).await.is(404);
    // A code is not guessed: after a few wrong ones the door is shut for a while.
    let thief = world.app.visitor();
    for n in 0..8 {
        let answer = thief.get(&format!("{path}?ma=aaaaa-{n:05}")).await;
        assert_eq!(answer.status.as_u16(), if n < 6 { 404 } else { 429 }, "{n}");
    }
    // It went to the head of the village, who settles small matters; asked for more, the sender gives it by the code.
    world.head.get("/lam-viec/phan-anh").await.ok().shows("Bãi rác ven suối");
    world.act(&world.head, &page, "hoi", &[("loi", "Chỗ nào ở suối?")]).await.is(303);
    visitor.get(&page).await.ok().shows("Chỗ nào ở suối?");
    world.own(&visitor, &page, "bo-sung", &[("them", "")]).await.is(422).shows("Viết trả lời hoặc thêm ảnh");
    world.own(&visitor, &page, "bo-sung", &[("them", "Dưới cầu treo")]).await.is(303);
    world.own(&world.app.visitor(), path, "bo-sung", &[("them", "Kẻ khác")]).await.is(404);
    let work = world.work_page(&page).await.1;
    world.head.get(&work).await.ok().shows("Dưới cầu treo").hides("0912345678").shows("678");
    world.head.post(&format!("{work}/lien-he"), &[("khoa", &*world.fresh())]).await.ok().shows("0912345678");
    world.act(&world.head, &page, "tra-loi", &[("tra-loi", "Đã dọn, cắm biển cấm")]).await.is(303);
    // Opened again with a reason, within the days.
    world.own(&visitor, &page, "mo-lai", &[("ly-do", "")]).await.is(422).shows("Viết vì sao");
    world.own(&visitor, &page, "mo-lai", &[("ly-do", "Hôm nay lại đầy rác")]).await.is(303);
    world.head.get(&work).await.ok().shows("Hôm nay lại đầy rác").shows("Số lần mở lại");
    world.app.end().await;
}

#[tokio::test]
async fn who_sends_without_the_account_is_named_nowhere() {
    let world = World::start().await;
    let typed = [("loai", "lamp"), ("noi-dung", "Đèn tắt"), ("thon", &*world.village(0)), ("an-danh", "1")];
    let page = world.send(&world.resident, &typed).await.is(303).location();
    let work = world.work_page(&page).await.1;
    world.act(&world.head, &page, "hoi", &[("loi", "Ở đâu?")]).await.is(303);
    world.own(&world.resident, &page, "bo-sung", &[("them", "Đầu ngõ")]).await.is(303);
    world.head.get(&work).await.ok().shows("Đầu ngõ").hides("Thử resident").hides("lien-he");
    world.resident.get("/phan-anh/cua-toi").await.ok().hides("Đèn tắt");
    let ctx = world.app.ctx(&world.cast.home);
    let me = world.cast.home.accounts["resident"];
    let record = audit::list(&ctx, &audit::Filter::default(), 100).await.unwrap();
    assert!(record.iter().any(|one| one.action == "feedback.change"));
    assert!(record.iter().all(|one| one.account_id != Some(me)), "the record names the sender");
    world.app.end().await;
}

#[tokio::test]
async fn pages_speak_both_languages() {
    let world = World::start().await;
    let page = world.pothole().await;
    world.act(&world.officer, &page, "cong-khai", &[("lam", "hien")]).await.is(303);
    let work = world.work_page(&page).await.1;
    in_both_languages(async |lang| {
        let tail = format!("lang={}", lang.code());
        for path in ["/phan-anh", "/phan-anh/moi", page.split('?').next().unwrap()] {
            world.app.visitor().get(&format!("{path}?{tail}")).await.ok();
        }
        for path in
            [&*work, "/lam-viec/phan-anh", "/lam-viec/phan-anh?xem=dang-mo", "/lam-viec/so-lieu-phan-anh"]
        {
            let join = if path.contains('?') { '&' } else { '?' };
            world.officer.get(&format!("{path}{join}{tail}")).await.ok();
        }
        world.desk.get(&format!("/lam-viec/so-don-kin?{tail}")).await.ok();
        world.resident.get(&format!("/phan-anh/cua-toi?{tail}")).await.ok();
    })
    .await;
    world.app.end().await;
}
