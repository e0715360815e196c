//! Pages of assets, as people see them.

use crate::commune::{Commune, both};
use crate::world::day;
use registry::asset;

#[tokio::test]
async fn assets_are_measured_against_the_norm() {
    let place = Commune::start().await;
    let ctx = place.ctx();
    let facts = |kind, name: &str, condition, since: &str| asset::Facts {
        kind,
        name: name.into(),
        village_id: Some(place.dong_cam),
        organisation_id: None,
        place: "Đầu thôn".into(),
        latitude: Some(22.3),
        longitude: Some(104.05),
        quantity: 1,
        condition,
        connected: true,
        in_use_since: Some(day(since)),
        serial_no: String::new(),
    };
    let tx = ctx.begin().await.unwrap();
    let put = async |name: &str, condition, since: &str| {
        let facts = facts(asset::Kind::Loudspeaker, name, condition, since);
        asset::insert(&ctx, &tx, facts, day("2024-01-01"), "").await.unwrap()
    };
    put("Loa cũ", asset::Condition::Fair, "2010-01-01").await;
    put("Loa hỏng", asset::Condition::Broken, "2024-01-01").await;
    let good = put("Loa tốt", asset::Condition::Good, "2024-01-01").await;
    tx.commit().await.unwrap();
    let officer = place.officer();
    for url in both("/lam-viec/tai-san/dinh-muc") {
        officer.get(&url).await.ok().shows("1 / 2");
    }
    officer.get("/lam-viec/tai-san/dinh-muc?lang=vi").await.ok().shows("1 hỏng").shows("1 quá cũ");
    for path in [
        "/lam-viec/tai-san",
        &format!("/lam-viec/tai-san/{good}"),
        "/lam-viec/tai-san/moi",
        &format!("/lam-viec/tai-san/{good}/sua"),
    ] {
        for url in both(path) {
            officer.get(&url).await.ok();
        }
    }
    place.head(place.soi_co).get(&format!("/lam-viec/tai-san/{good}")).await.is(404);
    place.head(place.soi_co).get("/lam-viec/tai-san").await.ok().hides("Loa tốt");
    let list = officer.get("/api/v1/assets?kind=loudspeaker&limit=2").await.ok().json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let next = list["after"].as_str().unwrap();
    let rest = officer.get(&format!("/api/v1/assets?limit=2&after={}", encode(next))).await.ok().json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    officer.get("/api/v1/assets?kind=x").await.is(422).shows("request_id");
    place.app.end().await;
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
