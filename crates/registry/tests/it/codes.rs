//! Codes, labels and the public pages of villages, as people see them.

use crate::commune::{Commune, both};
use crate::world::{day, raw};
use registry::{household, organisation};

#[tokio::test]
async fn a_scanned_code_opens_for_those_who_may_and_tells_others_nothing_personal() {
    let place = Commune::start().await;
    place.people().await;
    let home = household::get(
        &place.ctx(),
        place.household(place.dong_cam, &[raw("Vàng Seo Lìn", "Nam", "1970", "head")]).await,
    )
    .await
    .unwrap();
    let person = registry::person::get(&place.ctx(), place.id_of("Vàng Seo Lìn").await).await.unwrap();
    for (code, path) in [(&home.code, "/lam-viec/ho/"), (&person.code, "/lam-viec/nguoi/")] {
        let url = format!("/m/{code}");
        let visitor = place.app.visitor();
        for url in both(&url) {
            visitor.get(&url).await.ok().hides("Vàng Seo Lìn").hides("1970").hides("Đông Căm").hides("Tổ 2");
        }
        place.officer().get(&url).await.leads_to(path);
        place.head(place.dong_cam).get(&url).await.leads_to(path);
        place.head(place.soi_co).get(&url).await.ok().hides("Vàng Seo Lìn");
        let bare = code.replace('-', "").to_lowercase();
        place.officer().get(&format!("/m/{bare}")).await.leads_to(path);
    }
    let mut wrong = home.code.clone();
    let last = if wrong.pop() == Some('7') { '8' } else { '7' };
    wrong.push(last);
    place.app.visitor().get(&format!("/m/{wrong}")).await.is(404).shows("Mã gõ chưa đúng");
    let id = place.cooperative().await;
    let coop = organisation::get(&place.ctx(), id).await.unwrap();
    place
        .app
        .visitor()
        .get(&format!("/m/{}", coop.code))
        .await
        .ok()
        .shows("HTX Quế Soi Cờ")
        .hides("Tẩn A Sử");
    let ctx = place.ctx();
    let tx = ctx.begin().await.unwrap();
    organisation::end(&ctx, &tx, id, coop.revision, day("2026-03-01"), "giải thể").await.unwrap();
    tx.commit().await.unwrap();
    place.app.visitor().get(&format!("/m/{}", coop.code)).await.is(410).shows("không còn dùng").hides("HTX");
    place.app.end().await;
}

#[tokio::test]
async fn labels_name_people_only_when_asked() {
    let place = Commune::start().await;
    place.people().await;
    let officer = place.officer();
    for url in both("/lam-viec/tem") {
        officer.get(&url).await.ok();
    }
    let plain = officer.get("/lam-viec/tem/in?loai=household&lang=vi").await;
    plain.ok().shows("<svg class=\"qr\"").shows("Tổ 2, Thôn Đông Căm").hides("Lý Văn Páo");
    officer.get("/lam-viec/tem/in?loai=household&ten=1").await.ok().shows("Lý Văn Páo");
    place
        .head(place.soi_co)
        .get("/lam-viec/tem/in?loai=person&ten=1")
        .await
        .ok()
        .shows("Tẩn A Sử")
        .hides("Lý Văn Páo");
    officer.get("/lam-viec/tem/in?loai=x").await.is(404);
    officer.post("/lam-viec/tem/in", &[("ma", "H-0000-000")]).await.is(422);
    let code = registry::person::get(&place.ctx(), place.id_of("Tẩn A Sử").await).await.unwrap().code;
    officer.post("/lam-viec/tem/in", &[("ma", &code)]).await.ok().shows(&code);
    let id = place.id_of("Lý Văn Páo").await.to_string();
    officer.post("/lam-viec/tem", &[("id", &id)]).await.ok().shows("<svg class=\"qr\"");
    place.app.end().await;
}

#[tokio::test]
async fn villages_show_counts_and_no_names() {
    let place = Commune::start().await;
    place.people().await;
    place.cooperative().await;
    let visitor = place.app.visitor();
    for url in both("/thon/soi-co") {
        visitor
            .get(&url)
            .await
            .ok()
            .shows("Soi Cờ")
            .shows("HTX Quế Soi Cờ")
            .hides("Tẩn A Sử")
            .shows("class=\"map-drawing\"");
    }
    visitor.get("/thon/khong-co").await.is(404);
    visitor.get("/thon/xa-thu").await.is(404);
    let officer = place.officer();
    for measure in ["dan-so", "ho", "cap-quang", "ho-ngheo", "bao-hiem", "loa", "x"] {
        officer.get(&format!("/lam-viec/ban-do?do={measure}")).await.ok().shows("/thon/dong-cam");
    }
    let villages = officer.get("/api/v1/villages").await.ok().json();
    assert_eq!(villages["items"][0]["people"], 4);
    assert_eq!(villages["items"][1]["households"], 1);
    place.app.end().await;
}
