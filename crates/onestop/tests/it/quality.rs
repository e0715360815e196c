//! The quality index: counted from the dossiers of the month, open to everybody.

use crate::world::{PDF, World, attach, day, press};
use onestop::quality::{Month, month};

#[tokio::test]
async fn the_index_is_counted_from_the_dossiers_of_the_month() {
    let mut world = World::start().await;
    assert_eq!(month(&world.ctx(), day("2026-03-10")).await.unwrap(), Month::default());
    world.app.visitor().get("/chat-luong-phuc-vu").await.ok().shows("Trong tháng chưa có hồ sơ nào");
    let (_, in_time) = world.send_birth("Lý A Pao").await;
    let (_, late) = world.send_birth("Lý Thị Dợ").await;
    let (_, refused) = world.send_birth("Lý Thị Mai").await;
    press(&world.desk, refused, "tu-choi", &[("ly-do", "Không thuộc xã này.")]).await.is(303);
    for id in [in_time, late] {
        press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    }
    let finish = async |world: &World, id| {
        press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
        attach(&world.leader, id, "ket-qua.pdf", PDF).await.is(303);
        press(&world.leader, id, "chuyen-buoc", &[]).await.is(303);
    };
    finish(&world, in_time).await;
    world.later(chrono::Duration::days(2)).await;
    finish(&world, late).await;
    let expected = Month { ended: 2, on_time: 1, satisfied: 1, well: 2, with_result: 2, with_papers: 2 };
    assert_eq!(month(&world.ctx(), day("2026-03-31")).await.unwrap(), expected);
    let page = world.app.visitor().get("/chat-luong-phuc-vu?thang=2026-03").await;
    page.ok().shows("Tiến độ giải quyết").shows("1 / 2").shows("10,00").shows("Phần mềm này chưa có số liệu");
    world
        .app
        .visitor()
        .get("/chat-luong-phuc-vu?thang=2026-02&lang=en")
        .await
        .ok()
        .shows("No dossiers in this month");
    world.app.visitor().get("/chat-luong-phuc-vu?thang=2027-01").await.is(404);
    world.app.end().await;
}
