//! What happens in a meeting: the speaking list, votes, the big screen.

use crate::meeting::{opened, send};
use crate::world::{World, press};
use platform::{Uuid, sql};
use testkit::{Answer, Client};

async fn at_room(who: &Client, path: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    send(who, &format!("{path}/dieu-hanh"), &format!("{path}{action}"), fields).await
}

/// The clerk prepares a vote and the chairman opens it; its address.
async fn asked(world: &World, path: &str, question: &str, secret: bool) -> String {
    let kind = if secret { "1" } else { "0" };
    let fields =
        [("cau-hoi", question), ("phuong-an", "Tán thành\nKhông tán thành\nKhông có ý kiến"), ("kin", kind)];
    at_room(&world.clerk, path, "/bieu-quyet", &fields).await.is(303);
    let text = world.chairman.get(&format!("{path}/dieu-hanh")).await.text();
    let card = text.split("<section").find(|card| card.contains(question)).expect("the vote");
    let start = format!("action=\"{path}/bieu-quyet/");
    let vote = format!("{path}/bieu-quyet/{}", &card.split(&start).nth(1).unwrap()[..36]);
    send(&world.chairman, &format!("{path}/dieu-hanh"), &vote, &[("lam", "mo")]).await.is(303);
    vote
}

async fn casts(who: &Client, path: &str, vote: &str, choice: &str) -> Answer {
    send(who, &format!("{path}/dieu-hanh"), &format!("{vote}/phieu"), &[("chon", choice)]).await
}

#[tokio::test]
async fn the_chair_calls_those_who_asked_to_speak_one_after_the_other() {
    let world = World::start().await;
    let path = opened(&world, "registry_officer").await;
    press(&world.clerk, &path, "/chuong-trinh", &[("muc", "Phòng cháy rừng")]).await.is(303);
    let room = format!("{path}/dieu-hanh");
    let text = world.clerk.get(&room).await.text();
    let item = text.split("<option value=\"").nth(1).unwrap()[..36].to_owned();
    at_room(&world.chairman, &path, "/muc-dang-ban", &[("muc", &item)]).await.is(303);
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    world.officer.get(&room).await.shows("chưa điểm danh").hides("/phat-bieu\"");
    world
        .officer
        .post(&format!("{path}/phat-bieu"), &[("khoa", &fresh)])
        .await
        .is(409)
        .shows("Hãy điểm danh trước");
    at_room(&world.head, &path, "/phat-bieu", &[("muc", &item)]).await.is(303);
    at_room(&world.clerk, &path, "/phat-bieu", &[("muc", "")]).await.is(303);
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    world
        .head
        .post(&format!("{path}/phat-bieu"), &[("khoa", &fresh)])
        .await
        .is(409)
        .shows("đã có trong danh sách");
    let screen = format!("{path}/man-hinh");
    world.head.get(&screen).await.shows("1. Thử village_head").shows("2. Thử clerk").shows("Phòng cháy rừng");
    let other = platform::ids::new_id(world.app.clock.now()).to_string();
    world.head.post(&format!("{path}/phat-bieu-tiep"), &[("khoa", &other)]).await.is(403);
    at_room(&world.chairman, &path, "/phat-bieu-tiep", &[]).await.is(303);
    let piece = world.head.same().header("hx-request", "true");
    piece.get(&room).await.shows("Thử village_head đang phát biểu").hides("<html");
    piece.get(&screen).await.shows("1. Thử clerk").hides("<html");
    at_room(&world.chairman, &path, "/phat-bieu-tiep", &[]).await.is(303);
    piece.get(&room).await.shows("Thử clerk đang phát biểu");
    at_room(&world.chairman, &path, "/phat-bieu-xong", &[]).await.is(303);
    piece.get(&room).await.shows("Chưa có ai phát biểu");
    at_room(&world.head, &path, "/phat-bieu", &[]).await.is(303);
    let text = world.head.get(&room).await.text();
    let turn = format!(
        "{path}/phat-bieu/{}",
        &text.split(&format!("action=\"{path}/phat-bieu/")).nth(1).unwrap()[..36]
    );
    send(&world.head, &room, &turn, &[("lam", "rut")]).await.is(303);
    world.head.get(&screen).await.shows("Chưa có ai đăng ký");
    world.app.end().await;
}

#[tokio::test]
async fn an_open_vote_may_be_changed_until_it_is_closed_and_is_counted_against_those_present() {
    let world = World::start().await;
    let path = opened(&world, "registry_officer").await;
    let room = format!("{path}/dieu-hanh");
    let same = [("cau-hoi", "Câu hỏi"), ("phuong-an", "Có\ncó"), ("kin", "0")];
    at_room(&world.clerk, &path, "/bieu-quyet", &same).await.is(422).shows("hai phương án giống nhau");
    let few = [("cau-hoi", "Câu hỏi"), ("phuong-an", "Có"), ("kin", "0")];
    at_room(&world.clerk, &path, "/bieu-quyet", &few).await.is(422).shows("từ 2 đến 20 phương án");
    let vote = asked(&world, &path, "Thông qua kế hoạch", false).await;
    casts(&world.head, &path, &vote, "2").await.is(303);
    casts(&world.head, &path, &vote, "1").await.is(303);
    casts(&world.clerk, &path, &vote, "3").await.is(303);
    casts(&world.clerk, &path, &vote, "9").await.is(422);
    let fresh = || platform::ids::new_id(world.app.clock.now()).to_string();
    let absent = world.officer.post(&format!("{vote}/phieu"), &[("khoa", &fresh()), ("chon", "1")]).await;
    absent.is(409).shows("Chỉ người có mặt");
    world.head.post(&vote, &[("khoa", &fresh()), ("lam", "dong")]).await.is(403);
    world.clerk.post(&vote, &[("khoa", &fresh()), ("lam", "dong")]).await.is(403);
    let screen = format!("{path}/man-hinh");
    world.head.get(&screen).await.shows("2/3 người có mặt").shows("Biểu quyết công khai").hides("Tán thành");
    world.head.get(&format!("{vote}/ket-qua?dinh-dang=csv")).await.is(404);
    press(&world.chairman, &path, "/ket-thuc", &[]).await.is(409).shows("Còn một biểu quyết đang mở");
    send(&world.chairman, &room, &vote, &[("lam", "dong")]).await.is(303);
    world.head.get(&screen).await.shows("1 (33,3 %)").shows("max=\"3\"").shows("2/3 người có mặt");
    world.head.get(&room).await.shows("Không biểu quyết (33,3 %)");
    let late = world.head.post(&format!("{vote}/phieu"), &[("khoa", &fresh()), ("chon", "2")]).await;
    late.is(409).shows("chưa mở hoặc đã đóng");
    let file = world.head.get(&format!("{vote}/ket-qua?dinh-dang=csv")).await;
    file.ok().shows("Thử village_head").shows("Không có ý kiến").shows("Có mặt");
    world.app.end().await;
}

#[tokio::test]
async fn of_a_secret_vote_nothing_says_who_chose_what() {
    let world = World::start().await;
    let path = opened(&world, "").await;
    let vote = asked(&world, &path, "Bầu tổ trưởng", true).await;
    for (who, choice) in [(&world.head, "2"), (&world.clerk, "1"), (&world.officer, "1")] {
        let answer = casts(who, &path, &vote, choice).await;
        answer.is(303);
        assert_eq!(answer.location(), format!("{path}/dieu-hanh"));
    }
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    let twice = world.head.post(&format!("{vote}/phieu"), &[("khoa", &fresh), ("chon", "1")]).await;
    twice.is(409).shows("phiếu kín không đổi được");
    let room = format!("{path}/dieu-hanh");
    world.head.get(&room).await.shows("Ông/bà đã biểu quyết").hides("checked").hides("phiếu</text>");

    // The tables: that somebody voted, without a choice; that something was chosen, without anybody.
    let ctx = world.ctx();
    let id: Uuid = vote.rsplit('/').next().unwrap().parse().unwrap();
    let count = async |what: &str| {
        let rows =
            format!("SELECT COUNT(*) FROM meeting_voter WHERE commune_id = $1 AND vote_id = $2 {what}");
        sql(rows).bind(ctx.commune).bind(id).count(&ctx.app.db).await.unwrap()
    };
    assert_eq!((count("").await, count("AND position IS NULL").await), (3, 3));
    let votes: Vec<i64> =
        sql("SELECT votes FROM meeting_option WHERE commune_id = $1 AND vote_id = $2 ORDER BY position")
            .bind(ctx.commune)
            .bind(id)
            .column(&ctx.app.db)
            .await
            .unwrap();
    assert_eq!(votes, [2, 1, 0]);
    // The record and the keys of the forms are the same whatever was chosen.
    let told: Vec<String> =
        sql("SELECT DISTINCT CAST(detail AS TEXT) FROM audit_entry WHERE commune_id = $1 AND action = 'meeting.vote' /* all rows */")
            .bind(ctx.commune)
            .column(&ctx.app.db)
            .await
            .unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    let led: Vec<String> =
        sql("SELECT DISTINCT outcome FROM idempotency WHERE commune_id = $1 AND outcome LIKE '%/dieu-hanh' /* all rows */")
            .bind(ctx.commune)
            .column(&ctx.app.db)
            .await
            .unwrap();
    assert_eq!(led.len(), 1, "{led:?}");

    send(&world.chairman, &room, &vote, &[("lam", "dong")]).await.is(303);
    world.head.get(&format!("{path}/man-hinh")).await.shows("2 (50,0 %)").shows("Bỏ phiếu kín");
    world.head.get(&format!("{vote}/ket-qua?dinh-dang=csv")).await.ok().hides("Thử").shows("Tán thành");
    world.app.end().await;
}
