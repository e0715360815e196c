//! Denunciations and complaints: their lawful way, seen by the chairman alone.

use crate::world::World;
use chrono::Duration;

const WORDS: &str = "Tôi tố cáo ông A ăn chặn tiền hỗ trợ";

#[tokio::test]
async fn a_denunciation_is_read_by_the_chairman_alone_and_each_look_is_recorded() {
    let world = World::start().await;
    // Chosen as such it needs a name, which nobody but the chairman ever opens.
    let visitor = world.app.visitor();
    let typed = [("loai", "denunciation"), ("noi-dung", WORDS)];
    world.send(&visitor, &typed).await.is(422).shows("phải ghi họ tên");
    let sent = world.send(&visitor, &[typed[0], typed[1], ("ten", "Lý Thị Thử, thôn Soi Cờ")]).await;
    let page = sent.is(303).location();
    let path = page.split('?').next().unwrap();
    visitor.get(&page).await.ok().shows("Gửi kín").shows(WORDS);
    let (id, work) = world.work_page(&page).await;
    for client in [&world.officer, &world.clerk, &world.desk, &world.head] {
        client.get(&work).await.is(404);
        client.get("/lam-viec/phan-anh?xem=dang-mo").await.ok().hides("ăn chặn");
        client.post(&format!("{work}/lien-he"), &[("khoa", &*world.fresh())]).await.is(404);
        world.act(client, &page, "tra-loi", &[("tra-loi", "x")]).await.is(404);
    }
    let vice = world.app.sign_in(&world.cast.home, "vice_chairman").await;
    vice.get(&work).await.is(404);
    // The book of reception: that it came, and nothing else.
    let book = world.desk.get("/lam-viec/so-don-kin").await;
    book.ok().shows("PA26-0001").shows("Tố cáo").hides("ăn chặn").hides("Lý Thị Thử").hides(&work);
    world.officer.get("/lam-viec/so-don-kin").await.is(403);
    // The chairman reads; the name needs its own click; both stand in the record.
    world.chairman.get("/lam-viec/hop-thu").await.ok().shows("Có đơn gửi kín PA26-0001").hides("ăn chặn");
    world
        .chairman
        .get(&work)
        .await
        .ok()
        .shows("ăn chặn")
        .hides("Lý Thị Thử")
        .hides("Báo công khai")
        .hides("Cho hiện công khai");
    world
        .chairman
        .post(&format!("{work}/lien-he"), &[("khoa", &*world.fresh())])
        .await
        .ok()
        .shows("Lý Thị Thử");
    let ctx = world.app.ctx(&world.cast.home);
    let looks = audit::list(&ctx, &audit::Filter::default(), 100).await.unwrap();
    for action in ["feedback.look", "feedback.contact"] {
        let entry =
            looks.iter().find(|one| one.action == action).unwrap_or_else(|| panic!("{action} is recorded"));
        assert!(!entry.detail.to_string().contains("Lý"), "{}", entry.detail);
    }
    // It can be neither shown nor turned into a common report, nor given to anybody else.
    world.act(&world.chairman, &page, "cong-khai", &[("lam", "hien")]).await.is(409);
    let other = world.cast.home.accounts["clerk"].to_string();
    world
        .act(&world.chairman, &page, "chuyen", &[("ai", &*other), ("loai", "denunciation"), ("ly-do", "x")])
        .await
        .is(422);
    let own = world.cast.home.accounts["chairman"].to_string();
    world
        .act(&world.chairman, &page, "chuyen", &[("ai", &*own), ("loai", "rubbish"), ("ly-do", "x")])
        .await
        .is(422);
    world.app.visitor().get("/phan-anh").await.ok().hides("ăn chặn");
    world.app.visitor().get(path).await.is(404);
    let public = world.app.visitor().get("/api/v1/feedback/reports").await;
    assert_eq!(public.ok().json().as_array().unwrap().len(), 0);
    assert!(world.find(&page).await.closed && world.find(&page).await.id == id);
    world.app.end().await;
}

#[tokio::test]
async fn words_that_accuse_are_asked_about_and_go_in_confidence_when_nobody_answers() {
    let mut world = World::start().await;
    let typed = [("loai", "other"), ("noi-dung", WORDS)];
    let first = world.send(&world.resident, &typed).await.is(303).location();
    world.resident.get(&first).await.ok().shows("hay là tố cáo, khiếu nại?").shows("Luật Tố cáo 2018");
    world.own(&world.resident, &first, "xem-lai", &[("cach", "report")]).await.is(303);
    assert!(!world.find(&first).await.closed);
    let second = world.send(&world.resident, &typed).await.is(303).location();
    world.own(&world.resident, &second, "xem-lai", &[("cach", "complaint")]).await.is(303);
    assert_eq!(world.find(&second).await.kind, "complaint");
    let third = world.send(&world.resident, &typed).await.is(303).location();
    world.later(Duration::minutes(40)).await;
    world.app.run_jobs().await;
    let third = world.find(&third).await;
    assert!(third.closed && third.open && third.kind == "denunciation");
    assert_eq!(third.holder_id, Some(world.cast.home.accounts["chairman"]));
    world.app.end().await;
}
