//! Pages of organisations, as people see them.

use crate::commune::{Commune, both};
use platform::Uuid;
use testkit::{Answer, Client};

/// Makes a cooperative by the form; its page.
async fn made(officer: &Client, name: &str) -> String {
    let key = officer.get("/lam-viec/to-chuc/moi?lang=vi").await.ok().field("khoa");
    let fields = [
        ("khoa", key.as_str()),
        ("loai", "cooperative"),
        ("ten", name),
        ("tu-ngay", "01/01/2025"),
        ("nguon", "Giấy phép 12"),
    ];
    let path = officer.post("/lam-viec/to-chuc/moi", &fields).await.leads_to("/lam-viec/to-chuc/").location();
    officer.post("/lam-viec/to-chuc/moi", &fields).await.leads_to(&path);
    path
}

async fn change(officer: &Client, path: &str, key: &str, revision: &str, trade: &str) -> Answer {
    let fields = [
        ("khoa", key),
        ("phien-ban", revision),
        ("loai", "cooperative"),
        ("ten", "HTX Chè"),
        ("nganh-nghe", trade),
        ("cach", "change"),
        ("tu-ngay", "01/02/2026"),
    ];
    officer.post(&format!("{path}/sua"), &fields).await
}

#[tokio::test]
async fn an_organisation_is_made_and_found() {
    let place = Commune::start().await;
    let officer = place.officer();
    for url in both("/lam-viec/to-chuc") {
        officer.get(&url).await.ok();
    }
    let key = officer.get("/lam-viec/to-chuc/moi?lang=vi").await.ok().field("khoa");
    let nameless = [("khoa", key.as_str()), ("loai", "cooperative"), ("ten", ""), ("tu-ngay", "01/01/2025")];
    officer.post("/lam-viec/to-chuc/moi", &nameless).await.is(422).shows("Cần ghi tên tổ chức");
    let path = made(&officer, "HTX <b>Chè</b>").await;
    officer.get(&path).await.ok().shows("HTX &#60;b&#62;Chè").shows("Giấy phép 12").hides("<b>Chè");
    officer.get("/lam-viec/to-chuc?q=che").await.ok().shows("Chè");
    officer.get("/lam-viec/to-chuc?loai=school").await.ok().hides("Chè");
    officer.get("/lam-viec/to-chuc?dinh-dang=csv").await.ok().shows("Chè");
    place.app.end().await;
}

#[tokio::test]
async fn an_organisation_is_changed_and_ended() {
    let place = Commune::start().await;
    let officer = place.officer();
    let path = made(&officer, "HTX Chè").await;
    let edit = officer.get(&format!("{path}/sua")).await;
    let (key, revision) = (edit.ok().field("khoa"), edit.field("phien-ban"));
    change(&officer, &path, &key, &revision, "Chè").await.leads_to(&path);
    let other = Uuid::from_u128(9).to_string();
    change(&officer, &path, &other, &revision, "Quế").await.is(409);
    for url in both(&path) {
        officer.get(&url).await.ok().shows("→ Chè");
    }
    place.head(place.dong_cam).get(&format!("{path}/sua")).await.is(403);
    let end = officer.get(&format!("{path}/ket-thuc")).await;
    let (key, revision) = (end.ok().field("khoa"), end.field("phien-ban"));
    officer
        .post(
            &format!("{path}/ket-thuc"),
            &[("khoa", &key), ("phien-ban", &revision), ("tu-ngay", "10/03/2026"), ("ly-do", "giải thể")],
        )
        .await
        .leads_to("/lam-viec/to-chuc");
    officer.get("/lam-viec/to-chuc?trang-thai=ended").await.ok().shows("Chè");
    place.app.end().await;
}
