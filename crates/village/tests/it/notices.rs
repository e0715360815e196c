//! Notices: published now or on a day, read by everybody, in the inboxes of the village, taken back.

use crate::world::{World, photo};

#[tokio::test]
async fn a_notice_reaches_the_inboxes_the_page_and_the_board() {
    let world = World::start().await;
    let typed =
        [("tieu-de", "Cắt điện sáng thứ bảy"), ("noi-dung", "Từ 7 giờ đến 11 giờ, sửa trạm biến áp.")];
    let key = world.fresh();
    let mut fields = vec![("khoa", key.as_str())];
    fields.extend(typed);
    let form = world.at("/thong-bao/moi");
    let first = world.head.upload(&form, &fields, "anh", "a.jpg", &photo()).await;
    first.is(303).leads_to(&world.at("/thong-bao"));
    // The button was pressed twice: there is one notice and one letter.
    world.head.upload(&form, &fields, "anh", "a.jpg", &photo()).await.is(303);
    let list = world.head.get(&world.at("/thong-bao")).await.ok().text();
    assert_eq!(list.matches("Cắt điện sáng thứ bảy").count(), 1, "{list}");
    let inbox = world.resident.get("/lam-viec/hop-thu").await.ok().text();
    assert_eq!(inbox.matches("Đông Căm thông báo: Cắt điện sáng thứ bảy").count(), 1, "{inbox}");
    let visitor = world.app.visitor().header("host", "giaphu.example");
    let page = visitor.get(&world.page).await.ok().shows("Cắt điện sáng thứ bảy").text();
    let notice = page.split(&format!("{}/thong-bao/", world.page)).nth(1).unwrap()[..36].to_owned();
    let public = format!("{}/thong-bao/{notice}", world.page);
    visitor.get(&public).await.ok().shows("sửa trạm biến áp");
    assert!(visitor.get(&format!("{public}/anh")).await.ok().bytes.starts_with(&[0xff, 0xd8]));
    let sheet = world.head.get(&world.at(&format!("/thong-bao/{notice}/in"))).await;
    sheet.ok().shows("Cắt điện sáng thứ bảy").shows("Trưởng thôn").shows("<svg");
    visitor.get("/thon/soi-co").await.ok().hides("Cắt điện");

    // Taken back: nobody reads it, and the letter that nobody opened is gone.
    world.send(&world.head, &format!("/thong-bao/{notice}/go"), &[]).await.is(303);
    visitor.get(&public).await.is(404);
    visitor.get(&format!("{public}/anh")).await.is(404);
    visitor.get(&world.page).await.ok().hides("Cắt điện sáng thứ bảy");
    world.resident.get("/lam-viec/hop-thu").await.ok().hides("Cắt điện");
    world.send(&world.head, &format!("/thong-bao/{notice}/go"), &[]).await.is(409);
    world.app.end().await;
}

#[tokio::test]
async fn a_notice_for_a_later_day_goes_out_by_itself_and_ends() {
    let mut world = World::start().await;
    let day =
        |days: i64| vntext::date(world.app.ctx(&world.cast.home).today() + chrono::Duration::days(days));
    let (from, until, before) = (day(3), day(5), day(1));
    let typed = [("tieu-de", "Ra quân dọn đường"), ("noi-dung", "Mỗi nhà một người, mang cuốc xẻng.")];
    let wrong = [typed[0], typed[1], ("tu-ngay", &*from), ("den-ngay", &*before)];
    world
        .send(&world.head, "/thong-bao/moi", &wrong)
        .await
        .is(422)
        .shows("Ngày gỡ phải")
        .shows("mang cuốc xẻng");
    let right = [typed[0], typed[1], ("tu-ngay", &*from), ("den-ngay", &*until)];
    world.send(&world.head, "/thong-bao/moi", &right).await.is(303);
    world.head.get(&world.at("/thong-bao")).await.ok().shows("Chờ đến ngày");
    world.resident.get(&world.page).await.ok().hides("Ra quân dọn đường");
    world.later(3).await;
    world.app.run_jobs().await;
    world.resident.get(&world.page).await.ok().shows("Ra quân dọn đường");
    world.resident.get("/lam-viec/hop-thu").await.ok().shows("Ra quân dọn đường");
    world.later(3).await;
    world.resident.get(&world.page).await.ok().hides("Ra quân dọn đường");
    world.head.get(&world.at("/thong-bao")).await.ok().shows("Hết hạn");
    world.app.end().await;
}

#[tokio::test]
async fn who_writes_in_which_book() {
    let world = World::start().await;
    let typed = [("tieu-de", "Họp phụ huynh"), ("noi-dung", "Chiều thứ sáu ở điểm trường.")];
    world.send(&world.second_head, "/thong-bao/moi", &typed).await.is(404);
    world.second_head.get(&world.at("/thong-bao")).await.is(404);
    world.send(&world.auditor, "/thong-bao/moi", &typed).await.is(403);
    world.auditor.get(&world.at("/thong-bao")).await.ok().hides("Viết thông báo");
    world.send(&world.resident, "/thong-bao/moi", &typed).await.is(403);
    world.send(&world.officer, "/thong-bao/moi", &typed).await.is(303);
    world.resident.get(&world.page).await.ok().shows("Họp phụ huynh");
    // The head of one village is led to its book; an officer chooses.
    world.head.get("/lam-viec/so-thon").await.is(303).leads_to(&world.book);
    world.officer.get("/lam-viec/so-thon").await.ok().shows("Soi Cờ").shows(&world.book);
    for (fields, words) in [
        ([("tieu-de", ""), ("noi-dung", "x")], "Viết tiêu đề"),
        ([("tieu-de", "x"), ("noi-dung", " ")], "Viết nội dung"),
    ] {
        world.send(&world.head, "/thong-bao/moi", &fields).await.is(422).shows(words);
    }
    world.app.end().await;
}
