//! What other areas know: who came to a meeting of the village, who opened a message of the commune.

use crate::world::{HEADS, World};
use testkit::Client;

impl World {
    /// A meeting of Đông Căm today; its address.
    async fn meeting(&self, head: &Client) -> String {
        let today = self.day(0);
        let typed = [
            ("ten", "Họp thôn đầu tháng"),
            ("ngay", &*today),
            ("gio", "19:30"),
            ("noi", "Nhà văn hóa thôn"),
            ("chuong-trinh", "Cài VNeID"),
        ];
        let book = format!("/lam-viec/so-thon/{}/hop/moi", self.cast.home.villages[0]);
        self.send(head, &book, &typed).await.is(303).location()
    }

    /// Ticks the households that came; the others did not.
    async fn came(&self, head: &Client, meeting: &str, came: &[usize]) {
        let ids: Vec<String> = self.homes.iter().take(4).map(ToString::to_string).collect();
        let mut typed: Vec<(&str, &str)> = ids.iter().map(|id| ("ho", id.as_str())).collect();
        typed.extend(came.iter().map(|n| ("co-mat", ids[*n].as_str())));
        self.send(head, &format!("{meeting}/diem-danh"), &typed).await.is(303);
        self.app.run_jobs().await;
    }
}

#[tokio::test]
async fn who_came_to_a_linked_meeting_is_reached_as_long_as_it_is_ticked() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    let list = world.village(&page);
    head.get(&list).await.ok().shows("Chưa có buổi họp nào");
    let meeting = world.meeting(&head).await;
    world.came(&head, &meeting, &[0, 1]).await;
    // A meeting counts only once somebody has said that the campaign was spoken of there.
    head.get(&list).await.ok().shows("0 / 4").shows("Họp thôn đầu tháng");
    let id = meeting.rsplit('/').next().unwrap();
    world.send(&head, &format!("{list}/hop"), &[("hop", "")]).await.is(422);
    let nothing = platform::Uuid::from_u128(7).to_string();
    world.send(&head, &format!("{list}/hop"), &[("hop", &nothing)]).await.is(422);
    world.send(&head, &format!("{list}/hop"), &[("hop", id)]).await.is(303);
    world.send(&head, &format!("{list}/hop"), &[("hop", id)]).await.is(409).shows("đã được nối");
    head.get(&list).await.ok().shows("2 / 4").hides(HEADS[0]);
    officer.get(&page).await.ok().shows("Họp thôn");
    // The attendance is mended: the campaign follows. A household that was visited as well stays reached.
    world.note(&head, &page, 1, &[]).await.is(303);
    world.came(&head, &meeting, &[2, 3]).await;
    head.get(&list).await.ok().shows("3 / 4").shows(HEADS[0]).hides(HEADS[1]);
    let home = format!("{list}/ho/{}", world.homes[2]);
    head.get(&home).await.ok().shows("Theo điểm danh họp thôn");
    world.send(&head, &format!("{list}/hop/{id}/bo"), &[]).await.is(303);
    head.get(&list).await.ok().shows("1 / 4");
    world.app.end().await;
}

/// A meeting that does not take place after all has reached nobody.
#[tokio::test]
async fn a_cancelled_meeting_has_reached_nobody() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    let list = world.village(&page);
    let meeting = world.meeting(&head).await;
    world.came(&head, &meeting, &[0]).await;
    let id = meeting.rsplit('/').next().unwrap();
    world.send(&head, &format!("{list}/hop"), &[("hop", id)]).await.is(303);
    head.get(&list).await.ok().shows("1 / 4");
    world.send(&head, &format!("{meeting}/huy"), &[]).await.is(303);
    world.app.run_jobs().await;
    head.get(&list).await.ok().shows("0 / 4");
    world.app.end().await;
}

#[tokio::test]
async fn a_message_counts_when_it_is_opened_and_not_when_it_is_delivered() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    // Who was reached is not written to.
    world.note(&head, &page, 1, &[]).await.is(303);
    let form = format!("{page}/nhan-tin");
    officer
        .get(&form)
        .await
        .ok()
        .shows("4 hộ chưa đến")
        .shows("1 hộ có người dùng tài khoản")
        .shows("3 hộ không ai có tài khoản");
    let typed = [("tieu-de", ""), ("noi-dung", "Lời đã viết")];
    world.send(&officer, &form, &typed).await.is(422).shows("Lời đã viết");
    let typed = [("tieu-de", "Cài VNeID"), ("noi-dung", "Ra nhà văn hóa thôn tối nay.")];
    let sent = world.send(&officer, &form, &typed).await.is(303).location();
    officer.get(&sent).await.ok().shows("Đã gửi tới 1 người").shows("0 hộ đã mở");
    officer.get(&page).await.ok().shows("đã gửi tới 1 hộ").shows("1 trên 5 hộ");
    let (reader, other) = (world.who("resident-0").await, world.who("resident-1").await);
    other.get("/lam-viec/hop-thu").await.ok().hides("Cài VNeID");
    let inbox = reader.get("/lam-viec/hop-thu").await.ok().text();
    let at = inbox.find("/lam-viec/hop-thu/").expect("the letter");
    let mut letters =
        inbox[at..].split('"').filter(|part| part.starts_with("/lam-viec/hop-thu/") && part.len() > 50);
    let letter = reader.get(letters.next().expect("its address")).await.is(303).location();
    reader
        .get(&letter)
        .await
        .ok()
        .shows("Ra nhà văn hóa thôn tối nay.")
        .shows(&page.replace("/lam-viec", ""));
    world.app.run_jobs().await;
    officer.get(&page).await.ok().shows("2 trên 5 hộ").shows("Đọc tin nhắn");
    officer.get(&form).await.ok().shows("1 hộ đã mở");
    // The rule itself says no to whom it was not sent, and to those who may not send.
    world.who("village_head").await.get(&form).await.is(403);
    world.app.end().await;
}
