//! Meetings: called with an invitation, ticked by household, counted by the rule, closed with minutes.

use crate::world::{HEADS, World, photo};
use testkit::Answer;

impl World {
    fn day(&self, days: i64) -> String {
        vntext::date(self.app.ctx(&self.cast.home).today() + chrono::Duration::days(days))
    }

    /// Calls a meeting; its part of the book's address.
    async fn call(&self, days: i64) -> String {
        let day = self.day(days);
        let typed = [
            ("ten", "Bàn làm đường nhóm 2"),
            ("ngay", &*day),
            ("gio", "19:30"),
            ("noi", "Nhà văn hóa thôn"),
            ("chuong-trinh", "1. Mức đóng góp\n2. Chọn ngày làm"),
            ("moi", "1"),
        ];
        let called = self.send(&self.head, "/hop/moi", &typed).await.is(303).location();
        called.strip_prefix(&self.book).unwrap().to_owned()
    }

    /// Ticks all four households: these are there, the others not.
    async fn tick(&self, meeting: &str, own: &[usize], proxy: &[usize]) -> Answer {
        let ids: Vec<String> = self.homes.iter().map(ToString::to_string).collect();
        let mut typed: Vec<(&str, &str)> = ids.iter().map(|id| ("ho", id.as_str())).collect();
        typed.extend(own.iter().map(|n| ("co-mat", ids[*n].as_str())));
        typed.extend(proxy.iter().map(|n| ("di-thay", ids[*n].as_str())));
        self.send(&self.head, &format!("{meeting}/diem-danh"), &typed).await
    }

    async fn count(&self, meeting: &str, matter: &str, yes: &str, no: &str) -> Answer {
        let typed =
            [("cau-hoi", "Mỗi hộ góp 200.000 đồng"), ("loai", matter), ("dong-y", yes), ("khong", no)];
        self.send(&self.head, &format!("{meeting}/bieu-quyet"), &typed).await
    }
}

#[tokio::test]
async fn a_meeting_is_called_ticked_counted_and_closed_with_minutes() {
    let world = World::start().await;
    let meeting = world.call(0).await;
    let inbox = world.resident.get("/lam-viec/hop-thu").await;
    inbox.ok().shows("Mời họp thôn: Bàn làm đường nhóm 2");
    world.resident.get(&world.page).await.ok().shows("Bàn làm đường nhóm 2").shows("Sắp họp");
    let page = world.at(&meeting);
    world.count(&meeting, "general", "1", "0").await.is(409).shows("Điểm danh trước đã");
    // One finds a household without marks, and ticks only those that the page shows.
    let found = world.head.get(&format!("{page}/diem-danh?q=vang+thi")).await;
    found.ok().shows(HEADS[1]).hides(HEADS[0]).shows("chưa đủ để họp");
    world.tick(&meeting, &[0], &[]).await.is(303);
    world.count(&meeting, "general", "1", "0").await.is(303);
    world.head.get(&page).await.ok().shows("Không đủ số hộ");
    let second = world.homes[1].to_string();
    let only = [("ho", &*second), ("di-thay", &*second)];
    world.send(&world.head, &format!("{meeting}/diem-danh"), &only).await.is(303);
    world.head.get(&format!("{page}/diem-danh")).await.ok().shows("2 / 4 hộ: đủ để họp");
    world.tick(&meeting, &[0, 2], &[1]).await.is(303);
    // More hands than households; then one half, which is not more than one half.
    world.count(&meeting, "general", "3", "1").await.is(422).shows("Đếm được nhiều hơn số hộ có mặt (3 hộ)");
    world.count(&meeting, "contribution", "2", "1").await.is(303);
    world.head.get(&page).await.ok().shows("Không thông qua");
    world.count(&meeting, "general", "2", "1").await.is(303);
    world
        .head
        .get(&page)
        .await
        .ok()
        .shows("Thông qua")
        .shows("2 đồng ý, 1 không, 0 ý kiến khác; 3 hộ có mặt trên 4 hộ");
    // The minutes know what happened.
    let form = world.head.get(&format!("{page}/bien-ban")).await;
    form.ok().shows("3 trên 4 hộ").shows("Mỗi hộ góp 200.000 đồng: 2 đồng ý");
    let key = world.fresh();
    let fields = [
        ("khoa", &*key),
        ("bien-ban", "Bà con nhất trí làm đường; ông Lò Văn Thử hỏi về ngày công."),
        ("ket-luan", "Làm đường từ 15/4"),
    ];
    let visitor = world.app.visitor().header("host", "giaphu.example");
    let public = format!("{}{meeting}", world.page);
    visitor.get(&public).await.ok().hides("Mỗi hộ góp");
    world.head.upload(&format!("{page}/bien-ban"), &fields, "anh", "bb.jpg", &photo()).await.is(303);
    world.head.get(&page).await.ok().shows("Đã họp").shows("Bà con nhất trí làm đường");
    assert!(world.head.get(&format!("{page}/anh")).await.ok().bytes.starts_with(&[0xff, 0xd8]));
    // Everybody reads what was decided, and not who came or what each said.
    let shown = visitor.get(&public).await;
    shown.ok().shows("3 trên 4 hộ").shows("Làm đường từ 15/4").shows("Thông qua").hides("Lò Văn Thử");
    for name in HEADS {
        visitor.get(&public).await.hides(name);
    }
    // Nothing moves any more.
    world.tick(&meeting, &[0, 1, 2, 3], &[]).await.is(409);
    world.count(&meeting, "general", "1", "0").await.is(409).shows("đã khép lại");
    world.send(&world.head, &format!("{meeting}/huy"), &[]).await.is(409);
    world.head.get(&format!("{page}/in")).await.ok().shows("Bà con nhất trí làm đường").shows("Thư ký");
    world.app.end().await;
}

#[tokio::test]
async fn before_its_day_nobody_is_ticked_and_a_cancelled_one_takes_its_invitation_along() {
    let world = World::start().await;
    let meeting = world.call(5).await;
    world.tick(&meeting, &[0], &[]).await.is(409);
    world.count(&meeting, "general", "1", "0").await.is(409).shows("Chưa đến ngày họp");
    let typed = [("ten", "x"), ("ngay", "01/01/2020"), ("gio", "8:00"), ("noi", "x"), ("chuong-trinh", "x")];
    world.send(&world.head, "/hop/moi", &typed).await.is(422).shows("từ hôm nay trở đi");
    world.send(&world.head, &format!("{meeting}/huy"), &[]).await.is(303);
    world.resident.get("/lam-viec/hop-thu").await.ok().hides("Bàn làm đường");
    world.resident.get(&world.page).await.ok().hides("Bàn làm đường");
    world.resident.get(&format!("{}{meeting}", world.page)).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn a_wrong_count_is_dropped_while_the_meeting_is_open_and_other_villages_stay_out() {
    let world = World::start().await;
    let meeting = world.call(0).await;
    world.tick(&meeting, &[0, 1, 2], &[]).await.is(303);
    world.count(&meeting, "general", "3", "0").await.is(303);
    let page = world.head.get(&world.at(&meeting)).await.ok().text();
    let drop = page.split("/bieu-quyet/").nth(1).unwrap()[..36].to_owned();
    let drop = format!("{meeting}/bieu-quyet/{drop}/bo");
    world.send(&world.second_head, &drop, &[]).await.is(404);
    world.send(&world.head, &drop, &[]).await.is(303);
    world.head.get(&world.at(&meeting)).await.ok().hides("Mỗi hộ góp");
    world.second_head.get(&world.at(&meeting)).await.is(404);
    world.auditor.get(&world.at(&meeting)).await.ok().hides("Ghi kết quả");
    world.send(&world.auditor, &format!("{meeting}/diem-danh"), &[]).await.is(403);
    world.resident.get(&world.at(&meeting)).await.is(403);
    // A household of elsewhere is none of this meeting.
    let stranger = platform::Uuid::from_u128(9).to_string();
    let typed = [("ho", &*stranger), ("co-mat", &*stranger)];
    world.send(&world.head, &format!("{meeting}/diem-danh"), &typed).await.is(404);
    world.app.end().await;
}
