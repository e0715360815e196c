//! The smart-village criteria: live where a row stands behind them, else said with evidence; pilots; all villages side by side.

use crate::world::{World, photo};
use registry::team::{self, Kind, TeamFacts};

#[tokio::test]
async fn a_criterion_is_live_or_said_with_evidence() {
    let world = World::start().await;
    let page = world.at("/thong-minh");
    let before = world.head.get(&page).await.ok().shows("2.4+").shows("Chưa rõ").text();
    assert_eq!(before.matches("Chưa đánh giá").count(), 2, "{before}");
    assert_eq!(before.matches("Chưa đạt").count(), 1, "no digital team: {before}");
    let ctx = world.app.ctx(&world.cast.home);
    let tx = ctx.begin().await.unwrap();
    let facts = TeamFacts {
        kind: Kind::DigitalTeam,
        name: "Tổ công nghệ số cộng đồng Đông Căm".into(),
        village_id: Some(world.cast.home.villages[0]),
        decision_no: "12/QĐ-UBND".into(),
        founded_on: ctx.today(),
    };
    let team = team::insert(&ctx, &tx, &facts).await.unwrap();
    tx.commit().await.unwrap();
    world.head.get(&page).await.ok().hides("Chưa đạt");
    world.resident.get(&world.page).await.ok().shows("Tổ công nghệ số cộng đồng Đông Căm");
    let figure = world.app.visitor().get("/api/v1/figures/digital_teams_villages_pct").await.ok().json();
    assert_eq!(figure["value"], "50", "{figure}");
    // Nobody ticks what rows decide, or what nobody could read.
    for code in ["2.1", "2.4+", "9"] {
        world
            .send(&world.head, &format!("/thong-minh/{code}"), &[("dat", "1"), ("bang-chung", "x")])
            .await
            .is(404);
    }
    let wifi = "/thong-minh/2.3";
    world.send(&world.head, wifi, &[("dat", "1"), ("bang-chung", "")]).await.is(422).shows("Viết bằng chứng");
    let key = world.fresh();
    let fields = [("khoa", &*key), ("dat", "1"), ("bang-chung", "Lắp wifi ở nhà văn hóa ngày 12/5")];
    world.head.upload(&world.at(wifi), &fields, "anh", "wifi.jpg", &photo()).await.is(303);
    let shown = world.head.get(&page).await.ok().shows("Lắp wifi ở nhà văn hóa").text();
    let picture = shown.split("/bang-chung/").nth(1).unwrap()[..36].to_owned();
    assert!(
        world
            .head
            .get(&world.at(&format!("/bang-chung/{picture}")))
            .await
            .ok()
            .bytes
            .starts_with(&[0xff, 0xd8])
    );
    // The newest word counts.
    world.send(&world.officer, wifi, &[("dat", "0"), ("bang-chung", "Hỏng từ hôm bão")]).await.is(303);
    world.head.get(&page).await.ok().shows("Hỏng từ hôm bão").hides("Lắp wifi").shows("Chưa đạt");
    world.send(&world.second_head, wifi, &[("dat", "1"), ("bang-chung", "x")]).await.is(404);
    // The team is dissolved: the criterion says so by itself.
    let tx = ctx.begin().await.unwrap();
    team::end(&ctx, &tx, team, 1, ctx.today()).await.unwrap();
    tx.commit().await.unwrap();
    let after = world.head.get(&page).await.ok().text();
    assert_eq!(after.matches("Chưa đạt").count(), 2, "{after}");
    world.app.end().await;
}

#[tokio::test]
async fn the_commune_names_its_pilots_and_the_figure_counts_them() {
    let world = World::start().await;
    let value = async || {
        world.app.visitor().get("/api/v1/figures/smart_village_pilots").await.ok().json()["value"].clone()
    };
    assert_eq!(value().await, "0");
    let day =
        |days: i64| vntext::date(world.app.ctx(&world.cast.home).today() - chrono::Duration::days(days));
    let (from, later) = (day(10), day(-1));
    let typed = |from| [("la-diem", "1"), ("tu-ngay", from), ("can-cu", "Kế hoạch 45/KH-UBND")];
    world.send(&world.head, "/thon-diem", &typed(&from)).await.is(403);
    world.send(&world.officer, "/thon-diem", &typed(&later)).await.is(422);
    world.send(&world.officer, "/thon-diem", &typed(&from)).await.is(303);
    assert_eq!(value().await, "1");
    world.resident.get(&world.page).await.ok().shows("Thôn điểm thông minh");
    world.resident.get("/thon/soi-co").await.ok().hides("Thôn điểm thông minh");
    // As of a day before there was none.
    let ago = (world.app.ctx(&world.cast.home).today() - chrono::Duration::days(11)).to_string();
    let then = world.app.visitor().get(&format!("/api/v1/figures/smart_village_pilots?as_of={ago}")).await;
    assert_eq!(then.ok().json()["value"], "0", "{}", then.text());
    let side = world.officer.get("/lam-viec/so-thon").await.ok().text();
    let (pilot, other) = (side.find("Đông Căm").unwrap(), side.find("Soi Cờ").unwrap());
    assert!(pilot < other && side.contains("Tiêu chí 2.3"), "the pilot comes first");
    let end = [("la-diem", "0"), ("tu-ngay", ""), ("can-cu", "Thôi chọn")];
    world.send(&world.officer, "/thon-diem", &end).await.is(303);
    assert_eq!(value().await, "0");
    world.app.end().await;
}
