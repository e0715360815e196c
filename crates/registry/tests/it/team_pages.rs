//! Pages of boards and teams, as people see them.

use crate::commune::{Commune, both};
use crate::world::day;
use registry::team;

#[tokio::test]
async fn a_team_has_members_and_a_plan() {
    let place = Commune::start().await;
    let ctx = place.ctx();
    let facts = team::TeamFacts {
        kind: team::Kind::DigitalTeam,
        name: "Tổ công nghệ số Đông Căm".into(),
        village_id: Some(place.dong_cam),
        decision_no: "12/QĐ-UBND".into(),
        founded_on: day("2024-01-01"),
    };
    let tx = ctx.begin().await.unwrap();
    let id = team::insert(&ctx, &tx, &facts).await.unwrap();
    tx.commit().await.unwrap();
    let officer = place.officer();
    let path = format!("/lam-viec/ban-to/{id}");
    let send = async |word: &str, field: &str, text: &str| {
        let form = officer.get(&format!("{path}/{word}")).await;
        let (key, revision) = (form.ok().field("khoa"), form.field("phien-ban"));
        officer
            .post(&format!("{path}/{word}"), &[("khoa", &key), ("phien-ban", &revision), (field, text)])
            .await
    };
    send("thanh-vien", "thanh-vien", "Lò Văn An; Tổ trưởng; Trưởng thôn\nVàng Thị Bích; Tổ viên")
        .await
        .leads_to(&path);
    send("ke-hoach", "ke-hoach", "Họp tổ; Tổ trưởng; 01/02/2026\nDạy cài ứng dụng; ; 30/06/2026")
        .await
        .leads_to(&path);
    send("ke-hoach", "ke-hoach", "Họp; ai; hôm nào").await.is(422).shows("dòng 1");
    for url in both(&path) {
        officer.get(&url).await.ok().shows("Lò Văn An").shows("Họp tổ").shows("12/QĐ-UBND");
    }
    let card = officer.get(&format!("{path}?lang=vi")).await;
    card.ok().shows("Trễ 37 ngày");
    let (key, revision) = (card.field("khoa"), card.field("phien-ban"));
    officer
        .post(&format!("{path}/xong"), &[("khoa", &key), ("phien-ban", &revision), ("dong", "0")])
        .await
        .leads_to(&path);
    officer.get(&path).await.ok().shows("Xong muộn, 10/03/2026");
    place.head(place.dong_cam).get(&path).await.ok().hides("/sua");
    place.head(place.soi_co).get(&path).await.is(404);
    for url in both("/lam-viec/ban-to") {
        officer.get(&url).await.ok().shows("Tổ công nghệ số Đông Căm");
    }
    place.app.end().await;
}
