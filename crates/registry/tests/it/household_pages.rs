//! The pages of households, as persons see them.

use crate::desk::{Desk, typed};
use testkit::Client;

async fn post(client: &Client, path: &str, fields: &[(&str, String)]) -> testkit::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(path, &fields).await
}

/// What the form of `Desk::household` holds besides the visible texts.
fn facts(village: &str) -> Vec<(&'static str, String)> {
    vec![
        ("thon", village.to_owned()),
        ("ho-ngheo", "none".into()),
        ("loai-ho", "permanent".into()),
        ("cap-quang", "0".into()),
        ("cach", "correct".into()),
    ]
}

#[tokio::test]
async fn a_village_head_sees_the_own_village_only() {
    let desk = Desk::start().await;
    desk.officer().get("/lam-viec/ho").await.ok().shows("Sổ chưa có hộ nào");
    let (own, ..) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let (other, ..) = desk.household(desk.soi_co, "Vàng Thị Thử").await;
    let head = desk.head_of(desk.dong_cam);
    head.get("/lam-viec/ho").await.ok().shows("Lò Thị Mẫu").hides("Vàng Thị Thử").hides("dinh-dang=xlsx");
    head.get(&format!("/lam-viec/ho/{own}"))
        .await
        .ok()
        .shows("Đề nghị sửa")
        .hides("/tach\"")
        .hides("010190000123")
        .hides("02/03/1990");
    head.get(&format!("/lam-viec/ho/{other}")).await.is(404);
    head.get(&format!("/lam-viec/ho/{own}/sua")).await.is(403);
    let officer = desk.officer();
    officer.get("/lam-viec/ho?q=lo+thi+mau").await.ok().shows("Lò Thị Mẫu").hides("Vàng Thị Thử");
    officer.get("/lam-viec/ho?lang=en").await.ok().shows("Households").shows("Lò Thị Mẫu");
    let csv = officer.get("/lam-viec/ho?dinh-dang=csv").await;
    csv.ok().shows("Lò Thị Mẫu").hides("010190000123");
    head.get("/lam-viec/ho?dinh-dang=csv").await.is(403);
    desk.test.end().await;
}

#[tokio::test]
async fn the_second_officer_sees_what_the_first_one_changed() {
    let desk = Desk::start().await;
    let (id, ..) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let path = format!("/lam-viec/ho/{id}/sua");
    let (first, second) = (desk.officer(), desk.other_officer());
    let (a, b) = (first.get(&path).await, second.get(&path).await);
    let village = desk.dong_cam.to_string();
    let send = |page: &testkit::Answer, over: &[(&'static str, &str)]| {
        let mut fields = facts(&village);
        fields.extend(typed(page, &[], over));
        fields
    };
    post(&first, &path, &send(&a, &[("dia-chi", "Xóm Trên"), ("so-so", "12")]))
        .await
        .leads_to(&format!("/lam-viec/ho/{id}"));
    let clash = post(&second, &path, &send(&b, &[("dia-chi", "Xóm Giữa"), ("so-so", "99")])).await;
    clash.is(409).shows("Xóm Trên").shows("có người khác vừa lưu");
    assert_eq!((clash.field("dia-chi"), clash.field("so-so")), ("Xóm Trên".into(), "99".into()));
    post(&second, &path, &send(&clash, &[("dia-chi", "Xóm Trên"), ("so-so", "99")]))
        .await
        .leads_to("/lam-viec/ho/");
    second.get(&format!("/lam-viec/ho/{id}")).await.ok().shows("Xóm Trên").shows("99");
    // The same press twice does the work once and leads to the same place.
    post(&second, &path, &send(&clash, &[("dia-chi", "Xóm Trên"), ("so-so", "99")]))
        .await
        .leads_to("/lam-viec/ho/");
    desk.test.end().await;
}

#[tokio::test]
async fn wrong_fields_come_back_as_typed_and_markup_is_text() {
    let desk = Desk::start().await;
    let officer = desk.officer();
    let page = officer.get("/lam-viec/ho/moi").await;
    let mut fields = facts("");
    fields.extend([
        ("khoa", page.field("khoa")),
        ("ho-ten", "<script>alert(1)</script>".into()),
        ("ngay-sinh", "31/02/2090".into()),
    ]);
    fields.push(("dia-chi", "\"><img src=x>".into()));
    let wrong = post(&officer, "/lam-viec/ho/moi", &fields).await;
    wrong
        .is(422)
        .hides("<script>alert")
        .hides("<img src=x")
        .shows("Cần chọn thôn")
        .shows("Họ tên không được có dấu");
    desk.test.end().await;
}

#[tokio::test]
async fn a_past_day_shows_the_household_as_it_was() {
    let desk = Desk::start().await;
    let (id, ..) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let officer = desk.officer();
    officer
        .get(&format!("/lam-viec/ho/{id}?ngay=01/06/2021"))
        .await
        .ok()
        .shows("vào ngày 01/06/2021")
        .shows("Lò Thị Mẫu");
    officer.get(&format!("/lam-viec/ho/{id}?ngay=01/06/2019")).await.is(422);
    for action in ["sua", "chu-ho", "tach", "nhap", "chuyen-di", "them-nguoi", "khai-sinh"] {
        officer.get(&format!("/lam-viec/ho/{id}/{action}")).await.ok();
        officer.get(&format!("/lam-viec/ho/{id}/{action}?lang=en")).await.ok();
    }
    desk.test.end().await;
}

#[tokio::test]
async fn the_api_answers_by_the_same_rules() {
    let desk = Desk::start().await;
    let (id, head, _) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    desk.household(desk.soi_co, "Vàng Thị Thử").await;
    let officer = desk.officer();
    let page = officer.get("/api/v1/households?limit=1").await.ok().json();
    let after = page["after"].as_str().expect("a second page").to_owned();
    let next = officer
        .get(&format!("/api/v1/households?limit=1&after={}", testkit_encode(&after)))
        .await
        .ok()
        .json();
    assert_ne!(page["items"][0]["id"], next["items"][0]["id"]);
    let card = officer.get(&format!("/api/v1/households/{id}")).await.ok().json();
    assert_eq!(card["members"].as_array().unwrap().len(), 2);
    let body =
        serde_json::json!({ "revision": card["revision"], "since": { "source": "thử" }, "fibre": true });
    let path = format!("/api/v1/households/{id}");
    assert_eq!(officer.json(http::Method::PUT, &path, &body).await.ok().json()["fibre"], true);
    officer.json(http::Method::PUT, &path, &body).await.is(409);
    officer.get("/api/v1/households?poverty=rich").await.is(422);
    let person = officer.get(&format!("/api/v1/people/{head}")).await;
    person.ok().hides("010190000123");
    officer
        .get(&format!("/api/v1/people/{head}?reveal=personal_no&purpose=procedure"))
        .await
        .ok()
        .shows("010190000123");
    desk.clerk().get(&format!("/api/v1/people/{head}?reveal=personal_no&purpose=procedure")).await.is(403);
    desk.head_of(desk.soi_co).get(&format!("/api/v1/people/{head}")).await.is(404);
    desk.test.end().await;
}

fn testkit_encode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
