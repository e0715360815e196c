//! Meetings: called, invited to, answered, changed, checked in to; their papers.

use crate::world::{LETTER, Letter, World, press};
use testkit::{Answer, Client, in_both_languages};

const LIST: &str = "/lam-viec/cuoc-hop";
const NEW: &str = "/lam-viec/cuoc-hop/moi";

/// Sends a form that goes to `action` from the page that it stands on.
pub async fn send(who: &Client, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = who.get(page).await;
    shown.ok();
    let key = shown.field_of(action, "khoa");
    let mut all = vec![("khoa", key.as_str())];
    all.extend(fields);
    who.post(action, &all).await
}

/// What the clerk types for a meeting this afternoon: the chairman presides, the clerk writes.
pub fn typed(world: &World) -> Vec<(&'static str, String)> {
    let text = |text: &str| text.to_owned();
    vec![
        ("ten", text("Giao ban tháng 3")),
        ("ngay", text("10/03/2026")),
        ("gio", text("14h")),
        ("den-gio", text("16:00")),
        ("phong", text("Hội trường xã")),
        ("chu-tri", world.account("chairman")),
        ("thu-ky", world.account("clerk")),
        ("khach", world.account("registry_officer")),
        ("khach", world.account("village_head")),
    ]
}

pub async fn write(
    who: &Client,
    action: &str,
    fields: &[(&'static str, String)],
    changes: &[(&str, &str)],
) -> Answer {
    let page = who.get(action).await;
    page.ok();
    let mut all =
        vec![("khoa", page.field_of(action, "khoa")), ("phien-ban", page.field_of(action, "phien-ban"))];
    all.extend(fields.iter().map(|(name, value)| {
        let changed = changes.iter().find(|(changed, _)| changed == name);
        (*name, changed.map_or_else(|| value.clone(), |(_, value)| (*value).to_owned()))
    }));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
    who.post(action, &all).await
}

/// A meeting to which the invitations are out; its address.
pub async fn invited(world: &World) -> String {
    let path = write(&world.clerk, NEW, &typed(world), &[]).await.is(303).location();
    press(&world.clerk, &path, "/moi-hop", &[]).await.is(303);
    path
}

/// A meeting that is on, with everybody checked in but who is left out.
pub async fn opened(world: &World, but: &str) -> String {
    let path = invited(world).await;
    press(&world.chairman, &path, "/khai-mac", &[]).await.is(303);
    let code = code(&world.clerk, &path).await;
    for (name, who) in [
        ("clerk", &world.clerk),
        ("chairman", &world.chairman),
        ("registry_officer", &world.officer),
        ("village_head", &world.head),
    ] {
        if name != but {
            who.get(&code).await.ok();
        }
    }
    path
}

/// The address that the QR code leads to.
pub async fn code(who: &Client, path: &str) -> String {
    let page = who.get(&format!("{path}/diem-danh")).await;
    page.ok();
    let text = page.text();
    let end = text.split("/diem-danh-hop/").nth(1).expect("a code").split('"').next().unwrap().to_owned();
    format!("/diem-danh-hop/{end}")
}

#[tokio::test]
async fn a_meeting_is_called_invited_to_answered_changed_and_cancelled() {
    let world = World::start().await;
    let path = write(&world.clerk, NEW, &typed(&world), &[]).await.is(303).location();
    world.head.get(&path).await.is(404);
    world.clerk.get(&format!("{path}/lich.ics")).await.is(404);
    let item = [("muc", "Thu ngân sách quý I"), ("phut", "30"), ("trinh-bay", "Bà Thử")];
    press(&world.clerk, &path, "/chuong-trinh", &item).await.is(303);
    press(&world.clerk, &path, "/chuong-trinh", &[("muc", "Phòng cháy rừng")]).await.is(303);
    press(&world.clerk, &path, "/moi-hop", &[]).await.is(303);

    world.head.get("/lam-viec").await.shows("1 giấy mời họp chờ ông/bà trả lời").shows("1 cuộc họp sắp tới");
    world.head.get("/lam-viec/hop-thu").await.shows("Mời ông/bà dự họp: Giao ban tháng 3");
    world.head.get(LIST).await.shows("Giao ban tháng 3").shows("Chờ ông/bà trả lời");
    world.head.get(&path).await.shows("Thu ngân sách quý I").shows("14:30").shows("30 phút");
    let stranger = world.app.sign_in(&world.cast.home, "village_head_2").await;
    stranger.get(&path).await.is(404);
    stranger.get(LIST).await.shows("Không có cuộc họp nào sắp tới").hides("Giao ban");
    world.head.get(&format!("{path}/sua")).await.is(403);

    let file = world.head.get(&format!("{path}/lich.ics")).await;
    file.ok()
        .shows("METHOD:PUBLISH")
        .shows("DTSTART:20260310T070000Z")
        .shows("SEQUENCE:0")
        .shows("STATUS:CONFIRMED");
    let uid = file.text().lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    assert!(file.header("content-type").starts_with("text/calendar"));

    press(&world.head, &path, "/tra-loi", &[("tra-loi", "cannot")])
        .await
        .is(422)
        .shows("Hãy ghi lý do vắng mặt");
    let deputy = [("tra-loi", "sends"), ("ly-do", "Lò Thị Thay")];
    press(&world.head, &path, "/tra-loi", &deputy).await.is(303);
    world.clerk.get(&path).await.shows("Lò Thị Thay").shows("Cử người dự thay");
    world.head.get("/lam-viec").await.hides("giấy mời họp chờ");

    let change = format!("{path}/sua");
    let stale = world.clerk.get(&change).await.field_of(&change, "phien-ban");
    write(&world.clerk, &change, &typed(&world), &[("gio", "15:00")]).await.is(303);
    let file = world.head.get(&format!("{path}/lich.ics")).await;
    file.shows("SEQUENCE:1").shows("DTSTART:20260310T080000Z").shows(&uid);
    world.head.get("/lam-viec/hop-thu").await.shows("có thay đổi");
    world.head.get("/lam-viec").await.shows("1 giấy mời họp chờ ông/bà trả lời");
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    let fields = typed(&world);
    let mut old: Vec<(&str, &str)> = vec![("khoa", &fresh), ("phien-ban", &stale)];
    old.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
    world.clerk.post(&change, &old).await.is(409).shows("vừa được người khác sửa");

    press(&world.clerk, &path, "/huy", &[("ly-do-huy", "")]).await.is(422).shows("Hãy ghi lý do");
    press(&world.clerk, &path, "/huy", &[("ly-do-huy", "Mưa lũ")]).await.is(303);
    let file = world.head.get(&format!("{path}/lich.ics")).await;
    file.shows("METHOD:CANCEL").shows("STATUS:CANCELLED").shows("SEQUENCE:2").shows(&uid);
    world.head.get(&path).await.shows("Mưa lũ").hides("/tra-loi\"");
    world.head.get("/lam-viec/hop-thu").await.shows("đã hủy");
    world.head.get(&format!("{LIST}?xem=da-qua")).await.shows("Giao ban tháng 3").shows("Đã hủy");
    world.app.end().await;
}

#[tokio::test]
async fn all_village_heads_are_invited_with_one_tick_and_the_agenda_is_put_in_order() {
    let world = World::start().await;
    let mut fields = typed(&world);
    fields.retain(|(name, _)| *name != "khach");
    fields.push(("ca-truong-thon", "1".to_owned()));
    let path = write(&world.clerk, NEW, &fields, &[]).await.is(303).location();
    press(&world.clerk, &path, "/moi-hop", &[]).await.is(303);
    let second = world.app.sign_in(&world.cast.home, "village_head_2").await;
    second.get(&path).await.ok().shows("Giao ban tháng 3");
    world.officer.get(&path).await.is(404);

    for title in ["Việc thứ nhất", "Việc thứ hai"] {
        press(&world.clerk, &path, "/chuong-trinh", &[("muc", title)]).await.is(303);
    }
    let page = world.clerk.get(&path).await.text();
    let start = format!("href=\"{path}/chuong-trinh/");
    let links: Vec<&str> =
        page.match_indices(&start).map(|(at, _)| &page[at + start.len()..][..36]).collect();
    assert_eq!(links.len(), 2);
    let item = format!("{path}/chuong-trinh/{}", links[1]);
    send(&world.clerk, &item, &item, &[("lam", "len")]).await.is(303);
    world.clerk.get(&path).await.shows("1. Việc thứ hai").shows("2. Việc thứ nhất");
    send(&world.clerk, &item, &item, &[("lam", "luu"), ("muc", "")]).await.is(422).shows("Hãy ghi nội dung");
    send(&world.clerk, &item, &item, &[("lam", "luu"), ("muc", "Việc mới"), ("phut", "x")]).await.is(422);
    send(&world.clerk, &item, &item, &[("lam", "luu"), ("muc", "Việc mới")]).await.is(303);
    world.clerk.get(&path).await.shows("1. Việc mới");
    second.get(&item).await.is(403);
    send(&world.clerk, &item, &item, &[("lam", "xoa")]).await.is(303);
    world.clerk.get(&path).await.hides("Việc mới").shows("1. Việc thứ nhất");
    world.app.end().await;
}

#[tokio::test]
async fn bad_input_gets_a_clear_word_and_who_may_not() {
    let world = World::start().await;
    let fields = typed(&world);
    let officer = world.account("registry_officer");
    for (field, value, word) in [
        ("ten", "", "Hãy ghi tên cuộc họp"),
        ("ngay", "09/03/2026", "phải bắt đầu sau lúc này"),
        ("gio", "sáng", "Giờ chưa đúng"),
        ("den-gio", "13:00", "phải sau giờ bắt đầu"),
        ("phong", "", "Hãy ghi họp ở đâu"),
        ("chu-tri", officer.as_str(), "Hãy chọn lãnh đạo chủ trì"),
        ("thu-ky", "", "Hãy chọn thư ký"),
    ] {
        write(&world.clerk, NEW, &fields, &[(field, value)]).await.is(422).shows(word);
    }
    let mut video = fields.clone();
    video.push(("hop-truc-tuyen", "http://hop.example/1".to_owned()));
    write(&world.clerk, NEW, &video, &[])
        .await
        .is(422)
        .shows("phải bắt đầu bằng https://")
        .shows("Giao ban tháng 3");
    world.officer.get(NEW).await.is(403);
    let path = invited(&world).await;
    press(&world.clerk, &path, "/huy", &[("ly-do-huy", "x")]).await.is(303);
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    world.chairman.post(&format!("{path}/khai-mac"), &[("khoa", &fresh)]).await.is(409);
    let resident = world.app.visitor();
    assert!(resident.get(LIST).await.location().starts_with("/dang-nhap"));
    world.app.end().await;
}

#[tokio::test]
async fn people_check_in_by_the_code_while_the_meeting_is_on() {
    let world = World::start().await;
    let path = invited(&world).await;
    world.clerk.get(&format!("{path}/diem-danh")).await.shows("chỉ có khi cuộc họp đang diễn ra");
    world.head.get(&format!("{path}/diem-danh")).await.is(403);
    press(&world.chairman, &path, "/khai-mac", &[]).await.is(303);
    let code = code(&world.clerk, &path).await;
    world
        .clerk
        .get(&format!("{path}/diem-danh"))
        .await
        .shows("aria-label=\"Mã điểm danh\"")
        .shows("Có mặt 0/4");
    world.chairman.get(&format!("{path}/man-hinh")).await.shows("aria-label=\"Mã điểm danh\"");
    world.head.get(&format!("{path}/man-hinh")).await.ok().hides("aria-label=\"Mã điểm danh\"");
    world.head.get(&code).await.ok().shows("đã điểm danh cuộc họp");
    world.head.get(&code).await.ok().shows("từ trước");
    let stranger = world.app.sign_in(&world.cast.home, "village_head_2").await;
    stranger.get(&code).await.is(403).shows("không có trong danh sách mời");
    assert!(world.app.visitor().get(&code).await.location().starts_with("/dang-nhap"));
    world.head.get("/diem-danh-hop/doan-mo").await.is(404).shows("không còn hiệu lực");

    let attendance = format!("{path}/diem-danh");
    let officer = world.account("registry_officer");
    send(&world.clerk, &attendance, &attendance, &[("nguoi", ""), ("lam", "co-mat")]).await.is(422);
    let by_hand = [("nguoi", officer.as_str()), ("lam", "thay")];
    send(&world.clerk, &attendance, &attendance, &by_hand).await.is(303);
    world
        .clerk
        .get(&attendance)
        .await
        .shows("Có mặt 2/4")
        .shows("Quét mã lúc 09:00")
        .shows("Người dự thay 09:00");
    world.head.post(&attendance, &by_hand).await.is(422);

    press(&world.clerk, &path, "/ket-thuc", &[]).await.is(303);
    world.chairman.get(&code).await.is(404).shows("không còn hiệu lực");
    world.app.end().await;
}

#[tokio::test]
async fn papers_are_read_with_notes_that_nobody_else_sees() {
    let world = World::start().await;
    let path = invited(&world).await;
    let action = format!("{path}/tai-lieu");
    let give = async |who: &Client, letter: &Letter<'_>, open: &str| {
        let key = who.get(&path).await.field_of(&action, "khoa");
        who.upload(&action, &[("khoa", &key), ("khong-mat", open)], "tep", "bao-cao.pdf", &letter.pdf()).await
    };
    give(&world.clerk, &LETTER, "").await.is(422).shows("xác nhận không phải văn bản mật");
    let secret = Letter { stamp: "TỐI MẬT", ..LETTER };
    give(&world.clerk, &secret, "1").await.is(422);
    world.clerk.get(&path).await.shows("Chưa có tài liệu");
    give(&world.clerk, &LETTER, "1").await.is(303);
    let page = world.head.get(&path).await;
    page.shows("bao-cao.pdf").shows("1 trang").hides(&format!("action=\"{action}\""));
    let text = page.text();
    let paper = format!("{action}/{}", &text.split(&format!("href=\"{action}/")).nth(1).unwrap()[..36]);
    world.head.get(&paper).await.ok().shows(&format!("{paper}/trang/1"));
    let picture = world.head.get(&format!("{paper}/trang/1")).await;
    assert_eq!((picture.ok().header("content-type"), &picture.bytes[..2]), ("image/jpeg", &[0xFF, 0xD8][..]));
    world.head.get(&format!("{paper}/trang/2")).await.is(404);
    assert_eq!(world.head.get(&format!("{paper}/tep")).await.ok().header("content-type"), "application/pdf");

    let note = format!("{paper}/ghi-chu");
    send(&world.head, &paper, &note, &[("trang", "1"), ("ghi-chu", "")])
        .await
        .is(422)
        .shows("Hãy viết ghi chú");
    send(&world.head, &paper, &note, &[("trang", "1"), ("ghi-chu", "Hỏi lại số liệu")]).await.is(303);
    world.head.get(&paper).await.shows("Hỏi lại số liệu");
    world.clerk.get(&paper).await.hides("Hỏi lại số liệu");
    let text = world.head.get(&paper).await.text();
    let own = format!("{note}/{}", &text.split(&format!("action=\"{note}/")).nth(1).unwrap()[..36]);
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    let theirs = [("khoa", fresh.as_str()), ("trang", "1"), ("ghi-chu", "Của người khác"), ("lam", "luu")];
    world.clerk.post(&own, &theirs).await.is(404);
    send(&world.head, &paper, &own, &[("trang", "1"), ("ghi-chu", "Số liệu đã rõ"), ("lam", "luu")])
        .await
        .is(303);
    world.head.get(&paper).await.shows("Số liệu đã rõ").hides("Hỏi lại số liệu");
    send(&world.head, &paper, &own, &[("trang", "1"), ("lam", "xoa")]).await.is(303);
    world.head.get(&paper).await.hides("Số liệu đã rõ");
    send(&world.clerk, &path, &format!("{paper}/xoa"), &[]).await.is(303);
    world.head.get(&paper).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn every_page_stands_in_both_languages() {
    let world = World::start().await;
    let path = opened(&world, "").await;
    press(&world.clerk, &path, "/chuong-trinh", &[("muc", "Việc"), ("phut", "5")]).await.is(303);
    let item = world.clerk.get(&path).await.text();
    let item = &item.split(&format!("href=\"{path}/chuong-trinh/")).nth(1).unwrap()[..36];
    in_both_languages(async |lang| {
        let code = lang.code();
        let pages = ["", "/sua", "/diem-danh", "/dieu-hanh", "/man-hinh", "/ket-luan", "/lich.ics"];
        for page in pages {
            world.clerk.get(&format!("{path}{page}?lang={code}")).await.ok();
        }
        for page in [LIST, NEW, "/lam-viec/cuoc-hop?xem=da-qua"] {
            world
                .clerk
                .get(&format!("{page}{}lang={code}", if page.contains('?') { '&' } else { '?' }))
                .await
                .ok();
        }
        world.clerk.get(&format!("{path}/chuong-trinh/{item}?lang={code}")).await.ok();
        world.head.get(&format!("{path}/dieu-hanh?lang={code}")).await.ok();
    })
    .await;
    world.app.end().await;
}
