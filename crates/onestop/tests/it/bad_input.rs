//! What must not happen: files that lie, double clicks, two officers, steps of another role, scripts.

use crate::world::{World, attach, hidden, photograph, press};

#[tokio::test]
async fn files_that_lie_are_refused_at_their_paper() {
    let world = World::start().await;
    let draft = world.begin_birth("Lý A Pao").await;
    let send = async |name: &str, bytes: &[u8]| {
        let key = world.me.get(&format!("{draft}?phan=giay")).await.field("khoa");
        let fields = [("khoa", key.as_str()), ("giay", "birth_paper")];
        world.me.upload(&format!("{draft}/giay"), &fields, "tep-birth_paper", name, bytes).await
    };
    send("anh.jpg", b"MZ this is a program").await.is(422).shows("giay-birth_paper");
    send("anh.jpg", b"").await.is(422);
    send("anh.jpg", &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]).await.is(422);
    let large = [b"%PDF-1.4\n".to_vec(), vec![b' '; 26 << 20]].concat();
    let refused = send("lon.pdf", &large).await;
    assert!(refused.status == 413 || refused.status == 422, "{}", refused.status);
    // A paper that nobody asked for is not taken.
    let key = world.me.get(&format!("{draft}?phan=giay")).await.field("khoa");
    let fields = [("khoa", key.as_str()), ("giay", "khong-co")];
    world
        .me
        .upload(&format!("{draft}/giay"), &fields, "tep", "anh.jpg", &crate::world::photo())
        .await
        .is(404);
    world.me.get(&format!("{draft}?phan=giay")).await.ok().hides("anh.jpg");
    world.app.end().await;
}

#[tokio::test]
async fn a_double_click_sends_once() {
    let world = World::start().await;
    let draft = world.begin_birth("Lý A Pao").await;
    photograph(&world.me, &draft, "birth_paper").await;
    let review = world.me.get(&format!("{draft}?phan=xem-lai")).await;
    let send = format!("{draft}/nop");
    let key = hidden(&review, &send, "khoa");
    let fields = [("khoa", key.as_str()), ("cam-doan", "1")];
    let first = world.me.post(&send, &fields).await.is(303).location();
    let second = world.me.post(&send, &fields).await.is(303).location();
    assert_eq!(first, second);
    world.me.get("/ho-so-cua-toi").await.ok().hides("Đang làm dở");
    world.app.end().await;
}

#[tokio::test]
async fn the_second_officer_is_told_and_the_wrong_role_is_refused() {
    let world = World::start().await;
    let (_, id) = world.send_birth("Lý A Pao").await;
    let path = format!("/lam-viec/mot-cua/{id}");
    let page = world.desk.get(&path).await;
    let action = format!("{path}/viec/tiep-nhan");
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    // The step is the desk's: a specialist is not offered it and may not do it.
    world.specialist.get(&path).await.ok().hides("/viec/tiep-nhan");
    let key_of_specialist = platform::ids::new_id(world.app.clock.now()).to_string();
    let fields = [("khoa", key_of_specialist.as_str()), ("phien-ban", revision.as_str())];
    world.specialist.post(&action, &fields).await.is(403);
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    let late = world.desk.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await;
    late.is(409).shows("vừa có người khác xử lý");
    // Nor is a step done out of turn.
    let page = world.specialist.get(&path).await;
    let revision = hidden(&page, &format!("{path}/viec/chuyen-buoc"), "phien-ban");
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    world.specialist.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await.is(409);
    world
        .specialist
        .post(&format!("{path}/viec/khong-co"), &[("khoa", &key), ("phien-ban", &revision)])
        .await
        .is(404);
    world.app.end().await;
}

#[tokio::test]
async fn scripts_stay_words_and_results_are_documents() {
    let world = World::start().await;
    let (own, id) = world.send_birth("<script>alert(1)</script>").await;
    world.me.get(&own).await.ok().hides("<script>alert").shows("&#60;script&#62;");
    world.desk.get(&format!("/lam-viec/mot-cua/{id}")).await.ok().hides("<script>alert");
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    attach(&world.specialist, id, "ket-qua.pdf", b"<html><script>alert(1)</script></html>").await.is(422);
    world.app.end().await;
}
