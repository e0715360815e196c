//! Due lists and their invitations, as people see them. Sending stands in `due_sending.rs`.

use crate::commune::{Commune, both};
use testkit::Answer;

#[tokio::test]
async fn a_month_lists_its_birthdays_and_no_others() {
    let place = Commune::start().await;
    place.people().await;
    let officer = place.officer();
    let march = officer.get("/lam-viec/den-han/can-cuoc-14").await;
    march
        .ok()
        .shows("Lý Thị Đầu")
        .shows("Lý Thị Cuối")
        .shows("Tẩn Thị Giữa")
        .hides("Lý Thị Sau")
        .hides("Tẩn Thị Nhuận");
    march.shows("••/03/2012").hides("31/03/2012");
    let february = officer.get("/lam-viec/den-han/can-cuoc-14?tu=2026-02").await;
    february.ok().shows("Tẩn Thị Nhuận").hides("Lý Thị Đầu");
    officer
        .get("/lam-viec/den-han/can-cuoc-14?tu=2026-02&den=2026-04")
        .await
        .ok()
        .shows("Tẩn Thị Nhuận")
        .shows("Lý Thị Sau");
    officer.get("/lam-viec/den-han/lop-1").await.ok().hides("Lý Thị");
    officer.get("/lam-viec/den-han/khong-co").await.is(404);
    let file = officer.get("/lam-viec/den-han/can-cuoc-14?dinh-dang=csv").await;
    file.ok().shows("31/03/2012").shows("Lý Thị Cuối").hides("Lý Thị Sau");
    let looks = audit::views_of(&place.ctx(), place.id_of("Lý Thị Cuối").await, None, 9).await.unwrap();
    assert_eq!(looks.len(), 1, "the export is a look");
    place.app.end().await;
}

#[tokio::test]
async fn a_village_head_sees_invites_and_takes_back_in_the_own_village_only() {
    let place = Commune::start().await;
    place.people().await;
    let head = place.head(place.dong_cam);
    let list = head.get("/lam-viec/den-han/can-cuoc-14").await;
    list.ok().shows("Lý Thị Đầu").hides("Tẩn Thị Giữa").hides("dinh-dang=xlsx");
    head.get("/lam-viec/den-han/can-cuoc-14?dinh-dang=csv").await.is(403);
    head.get(&format!("/lam-viec/den-han/can-cuoc-14?thon={}", place.soi_co)).await.is(404);
    let (own, other) =
        (place.id_of("Lý Thị Đầu").await.to_string(), place.id_of("Tẩn Thị Giữa").await.to_string());
    let url = "/lam-viec/den-han/can-cuoc-14/da-moi";
    let key = list.field("khoa");
    head.post(url, &[("khoa", &key), ("id", &other)]).await.is(422).shows("chọn ít nhất một người");
    let done = head.post(url, &[("khoa", &key), ("id", &own), ("id", &other)]).await;
    done.leads_to("/lam-viec/den-han/can-cuoc-14");
    head.post(url, &[("khoa", &key), ("id", &own)]).await.leads_to("/lam-viec/den-han/can-cuoc-14");
    let after = head.get("/lam-viec/den-han/can-cuoc-14").await;
    after.ok().shows("Đã ghi 1 người được mời").shows("Đã mời").shows("hoan-tac");
    head.get("/lam-viec/den-han/can-cuoc-14?moi=chua").await.ok().hides("Lý Thị Đầu").shows("Lý Thị Cuối");
    let undo = between(&after, "action=\"/lam-viec/den-han/can-cuoc-14/hoan-tac/", "\"");
    let undo = format!("/lam-viec/den-han/can-cuoc-14/hoan-tac/{undo}");
    head.post(&undo, &[]).await.leads_to("/lam-viec/den-han/can-cuoc-14");
    head.post(&undo, &[]).await.is(404);
    head.get("/lam-viec/den-han/can-cuoc-14?moi=chua").await.ok().shows("Lý Thị Đầu");
    place.app.visitor().get("/lam-viec/den-han").await.leads_to("/dang-nhap");
    place.app.end().await;
}

fn between(answer: &Answer, before: &str, after: &str) -> String {
    let text = answer.text();
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("no {before}"));
    rest.split(after).next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn invitations_say_who_when_and_where() {
    let place = Commune::start().await;
    place.people().await;
    let officer = place.officer();
    let url = "/lam-viec/den-han/can-cuoc-14/giay-moi";
    let key = officer.get("/lam-viec/den-han/can-cuoc-14").await.field("khoa");
    let id = place.id_of("Lý Thị Đầu").await.to_string();
    let letter = officer
        .post(
            url,
            &[
                ("khoa", &key),
                ("id", &id),
                ("ngay", "20/3/2026"),
                ("gio", "8 giờ"),
                ("dia-diem", "Nhà văn hóa"),
            ],
        )
        .await;
    letter
        .ok()
        .shows("Gia đình cháu Lý Thị Đầu")
        .shows("20/03/2026")
        .shows("Nhà văn hóa")
        .shows("ngày 10 tháng 3 năm 2026")
        .hides("Cuối");
    officer
        .post(url, &[("khoa", &key), ("tat-ca", "1"), ("ngay", "mai")])
        .await
        .ok()
        .shows("Lý Thị Cuối")
        .shows("ngay-error");
    officer.post(url, &[("khoa", &key)]).await.is(422);
    let looks = audit::views_of(&place.ctx(), place.id_of("Lý Thị Đầu").await, None, 9).await.unwrap();
    assert_eq!(looks.len(), 2, "each print is a look");
    place.app.end().await;
}

#[tokio::test]
async fn the_overview_and_the_interface_speak_both_languages() {
    let place = Commune::start().await;
    place.people().await;
    let officer = place.officer();
    for path in [
        "/lam-viec/den-han",
        "/lam-viec/den-han/can-cuoc-14",
        "/lam-viec/den-han/nghia-vu-17?nam=2027",
        "/lam-viec/den-han/bao-hiem-y-te",
        "/lam-viec/to-chuc/moi",
        "/lam-viec/ban-to/moi",
    ] {
        for url in both(path) {
            officer.get(&url).await.ok();
        }
    }
    let lists = officer.get("/api/v1/due-lists?lang=en").await.ok().json();
    assert_eq!(lists["items"][0]["name"], "Turning 14: identity card");
    let people =
        officer.get("/api/v1/due-lists/can-cuoc-14?from=2026-02&to=2026-03&open=true").await.ok().json();
    assert_eq!(people["items"].as_array().unwrap().len(), 4);
    assert_eq!(people["items"][0]["due_on"], "2026-02-28");
    place.app.end().await;
}
