//! Polls: prepared, looked at, published, answered once, counted, closed by themselves, withdrawn.

use crate::world::{WORK, World};
use testkit::{Answer, Client};

impl World {
    /// A poll of two questions that begins in so many days; its page on the work side and for everybody.
    pub async fn poll(&self, who: &Client, begins: i64, more: &[(&str, &str)]) -> (String, String) {
        let (from, until) = (self.day(begins), self.day(begins + 7));
        let mut typed = vec![("tieu-de", "Giờ mở chợ"), ("noi-dung", "Xã hỏi để xếp lại giờ họp chợ.")];
        typed.extend([("tu-ngay", &*from), ("den-ngay", &*until)]);
        typed.extend(more);
        let page = self.send(who, &format!("{WORK}/moi/poll"), &typed).await.is(303).location();
        let ask = format!("{page}/cau-hoi");
        let hours = [("cau-hoi", "Chợ mở từ mấy giờ?"), ("lua-chon", "5 giờ\n6 giờ\n7 giờ")];
        self.send(who, &ask, &hours).await.is(303);
        let goods = [
            ("cau-hoi", "Cần thêm gì?"),
            ("lua-chon", "Chỗ để xe\nNhà vệ sinh"),
            ("nhieu", "1"),
            ("tu-viet", "1"),
        ];
        self.send(who, &ask, &goods).await.is(303);
        (page.clone(), page.replace("/lam-viec", ""))
    }

    async fn answer(&self, who: &Client, poll: &str, more: &[(&str, &str)]) -> Answer {
        let mut typed = vec![("c-1", "2"), ("c-2", "1")];
        typed.extend(more);
        self.send(who, poll, &typed).await
    }
}

#[tokio::test]
async fn a_poll_is_prepared_looked_at_published_answered_once_and_counted() {
    let world = World::start().await;
    let (officer, resident) = (world.who("editor").await, world.who("head-0").await);
    let (page, public) = world.poll(&officer, 0, &[("ai", "resident"), ("hien", "end")]).await;
    // A preview is nobody else's.
    officer.get(&public).await.ok().shows("bản xem thử").shows("Chợ mở từ mấy giờ?").hides("Gửi trả lời");
    resident.get(&public).await.is(404);
    world.visitor().get("/hoi-dan").await.ok().hides("Giờ mở chợ");
    world.publish(&officer, &page).await.is(303);
    resident.get("/lam-viec/hop-thu").await.ok().shows("Giờ mở chợ");
    world.visitor().get("/tim?q=gio+mo+cho").await.ok().shows(&public);
    world.visitor().get(&public).await.ok().shows("Đăng nhập để trả lời").hides("Gửi trả lời");
    world.answer(&world.visitor(), &public, &[]).await.leads_to("/dang-nhap");
    world.answer(&resident, &public, &[("c-2", "2"), ("y-2", "Thêm <b>cây</b> bóng mát")]).await.is(303);
    resident
        .get(&public)
        .await
        .ok()
        .shows("đã trả lời rồi")
        .hides("Gửi trả lời")
        .shows("Kết quả hiện sau ngày");
    // Not twice, and an account of nobody not at all.
    world.answer(&resident, &public, &[]).await.is(409).shows("đã trả lời rồi");
    world.answer(&world.who("nobody").await, &public, &[]).await.is(409).shows("chưa nối");
    world.answer(&world.who("member-0-1").await, &public, &[]).await.is(303);
    let seen = officer.get(&page).await;
    seen.ok().shows("2 lượt trả lời").shows("6 giờ (100%)").shows("Thêm &#60;b&#62;cây&#60;/b&#62; bóng mát");
    let csv = officer.get(&format!("{page}/tai-ve?dinh-dang=csv")).await.ok().text();
    assert!(
        csv.contains("Chỗ để xe,2,2") && csv.contains("Nhà vệ sinh,1,2") && csv.contains("bóng mát"),
        "{csv}"
    );
    assert!(officer.get(&format!("{page}/tai-ve?dinh-dang=xlsx")).await.ok().bytes.starts_with(b"PK"));
    world.visitor().get(&public).await.ok().hides("6 giờ (100%)");
    // It closes by itself.
    world.later(8).await;
    let resident = world.who("head-1").await;
    world.answer(&resident, &public, &[]).await.is(409).shows("đã hết hạn");
    world.visitor().get(&public).await.ok().shows("6 giờ (100%)").hides("bóng mát").hides("Gửi trả lời");
    world.visitor().get("/hoi-dan").await.ok().shows("Đã xong");
    world.app.end().await;
}

#[tokio::test]
async fn anybody_answers_once_from_a_browser() {
    let world = World::start().await;
    let officer = world.who("clerk").await;
    let (page, public) = world.poll(&officer, 0, &[("ai", "anybody"), ("hien", "live")]).await;
    world.publish(&officer, &page).await.is(303);
    let first = world.answer(&world.visitor(), &public, &[]).await;
    let mut cookies =
        first.is(303).headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned());
    let named = cookies.find(|line| line.starts_with("hoi-dan=")).unwrap();
    assert!(named.contains("HttpOnly") && named.contains("SameSite=Lax"));
    let again = world.app.with_cookie(named.split(';').next().unwrap()).header("host", "giaphu.example");
    world.answer(&again, &public, &[]).await.is(409).shows("đã trả lời rồi");
    again.get(&public).await.ok().shows("6 giờ (100%)").shows("1 lượt trả lời");
    world.answer(&world.visitor(), &public, &[("c-1", "3")]).await.is(422).shows("Chỉ chọn một");
    world.app.end().await;
}

#[tokio::test]
async fn bad_answers_come_back_with_what_was_typed() {
    let world = World::start().await;
    let officer = world.who("editor").await;
    let (page, public) = world.poll(&officer, 0, &[("ai", "resident")]).await;
    world.publish(&officer, &page).await.is(303);
    let resident = world.who("head-0").await;
    let send = async |typed: &[(&str, &str)]| world.send(&resident, &public, typed).await;
    send(&[("c-2", "1"), ("y-2", "Lời đã viết")])
        .await
        .is(422)
        .shows("Chọn một câu trả lời")
        .shows("Lời đã viết");
    send(&[("c-1", "99"), ("c-2", "1")]).await.is(422);
    send(&[("c-1", "1"), ("c-2", "1"), ("y-2", &"ă".repeat(10_000))]).await.is(422).shows("nhiều nhất 500");
    let (key, script) = (world.fresh(), "<script>alert(1)</script>");
    let typed = [("khoa", &*key), ("c-1", "1"), ("c-2", "1"), ("y-2", script)];
    resident.post(&public, &typed).await.is(303);
    // The same form pressed twice is one answer.
    resident.post(&public, &typed).await.is(303);
    officer.get(&page).await.ok().shows("1 lượt trả lời").hides(script);
    // The other commune knows nothing of it.
    let abroad = world.app.sign_in(&world.cast.other, "clerk").await.header("host", "bencanh.example");
    abroad.get(&public).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn it_is_edited_until_it_begins_and_withdrawn_with_a_reason() {
    let world = World::start().await;
    let officer = world.who("editor").await;
    let empty = [("tieu-de", ""), ("den-ngay", "01/01/2020"), ("tu-ngay", "01/01/2020")];
    world.send(&officer, &format!("{WORK}/moi/poll"), &empty).await.is(422).shows("Viết tên");
    let long = "x".repeat(10_000);
    world.send(&officer, &format!("{WORK}/moi/poll"), &[("tieu-de", &*long)]).await.is(422);
    let (page, public) = world.poll(&officer, 3, &[("ai", "resident"), ("hien", "live")]).await;
    let twice = [("cau-hoi", "Câu nữa?"), ("lua-chon", "Có\ncó")];
    world
        .send(&officer, &format!("{page}/cau-hoi"), &twice)
        .await
        .is(422)
        .shows("giống nhau")
        .shows("Câu nữa?");
    world.publish(&officer, &page).await.is(303);
    world.visitor().get(&public).await.ok().shows("Sắp mở");
    let resident = world.who("head-0").await;
    world.answer(&resident, &public, &[]).await.is(409).shows("Chưa mở");
    // Two officers: the second one sees what the first did.
    let form = officer.get(&format!("{page}/sua")).await;
    let (revision, base) = (form.ok().field("phien-ban"), form.field("ban-dau"));
    let (from, until) = (world.day(3), world.day(20));
    let typed = |title: &'static str| {
        vec![
            ("tieu-de", title),
            ("tu-ngay", &*from),
            ("den-ngay", &*until),
            ("ai", "resident"),
            ("hien", "live"),
            ("phien-ban", &*revision),
            ("ban-dau", &*base),
        ]
    };
    world.send(&officer, &format!("{page}/sua"), &typed("Giờ mở chợ phiên")).await.is(303);
    let second = world.who("clerk").await;
    world.send(&second, &format!("{page}/sua"), &typed("Tên khác")).await.is(409).shows("Giờ mở chợ phiên");
    world.later(3).await;
    let (officer, resident) = (world.who("editor").await, world.who("head-0").await);
    resident.get("/lam-viec/hop-thu").await.ok().shows("Giờ mở chợ phiên");
    officer.get(&format!("{page}/sua")).await.is(409);
    world.send(&officer, &format!("{page}/cau-hoi"), &twice).await.is(409);
    world.answer(&resident, &public, &[]).await.is(303);
    world.visitor().get(&public).await.ok().shows("6 giờ (100%)");
    world.cancel(&officer, &page, "").await.is(422).shows("Viết lý do");
    world.cancel(&officer, &page, "Câu hỏi bị nhầm").await.is(303);
    world.visitor().get(&public).await.ok().shows("Câu hỏi bị nhầm").hides("6 giờ (100%)");
    world.visitor().get("/tim?q=gio+mo+cho").await.ok().hides(&public);
    world.app.end().await;
}

#[tokio::test]
async fn a_head_asks_the_own_village_and_the_others_stay_out() {
    let world = World::start().await;
    let head = world.who("village_head").await;
    let (dong_cam, soi_co) =
        (world.cast.home.villages[0].to_string(), world.cast.home.villages[1].to_string());
    let until = world.day(5);
    let base = |village: &str| {
        vec![
            ("tieu-de".to_owned(), "Ngày dọn đường".to_owned()),
            ("den-ngay".to_owned(), until.clone()),
            ("thon".to_owned(), village.to_owned()),
        ]
    };
    let send = async |village: &str, kind: &str| {
        let typed = base(village);
        let typed: Vec<(&str, &str)> =
            typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        world.send(&head, &format!("{WORK}/moi/{kind}"), &typed).await
    };
    send(&soi_co, "poll").await.is(422).shows("thôn mà ông/bà phụ trách");
    send("", "poll").await.is(422);
    send(&dong_cam, "draft").await.is(422);
    let page = send(&dong_cam, "poll").await.is(303).location();
    world
        .send(
            &head,
            &format!("{page}/cau-hoi"),
            &[("cau-hoi", "Ngày nào?"), ("lua-chon", "Thứ bảy\nChủ nhật")],
        )
        .await
        .is(303);
    world.publish(&head, &page).await.is(303);
    let second = world.who("village_head_2").await;
    second.get(&page).await.is(404);
    world.send(&second, &format!("{page}/huy"), &[("phien-ban", "2"), ("ly-do", "x")]).await.is(404);
    second.get(WORK).await.ok().hides("Ngày dọn đường");
    let public = page.replace("/lam-viec", "");
    world.send(&world.who("head-4").await, &public, &[("c-1", "1")]).await.is(409).shows("thôn khác");
    world.send(&world.who("head-1").await, &public, &[("c-1", "1")]).await.is(303);
    world.visitor().get("/thon/dong-cam").await.ok().shows("Ngày dọn đường");
    world.visitor().get("/thon/soi-co").await.ok().hides("Ngày dọn đường");
    world.who("auditor").await.get(&page).await.ok().hides("Hủy, rút lại");
    world.who("head-1").await.get(&page).await.is(403);
    world.app.end().await;
}

/// What people wrote themselves goes a year after the end; the sums stay.
#[tokio::test]
async fn free_words_are_forgotten_after_their_term() {
    let world = World::start().await;
    let officer = world.who("editor").await;
    let (page, public) = world.poll(&officer, 0, &[("ai", "resident")]).await;
    world.publish(&officer, &page).await.is(303);
    world.answer(&world.who("head-0").await, &public, &[("y-2", "Thêm cây bóng mát")]).await.is(303);
    world.later(300).await;
    world.who("editor").await.get(&page).await.ok().shows("Thêm cây bóng mát");
    world.later(80).await;
    world.who("editor").await.get(&page).await.ok().hides("Thêm cây bóng mát").shows("6 giờ (100%)");
    world.app.end().await;
}
