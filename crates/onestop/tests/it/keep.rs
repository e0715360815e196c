//! Procedures are data: a new file is in force without a build, a wrong one is told line by line.

use crate::world::{BIRTH, World, press};

const FILE: &str = include_str!("../../../../data/procedures/1.001193/2026-01-01.toml");

#[tokio::test]
async fn an_uploaded_procedure_is_in_force_and_begun_dossiers_keep_theirs() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let (_, old) = world.send_birth("Lý A Pao").await;
    let path = "/lam-viec/thu-tuc";
    admin.get(&format!("{path}/{BIRTH}/tep")).await.ok().shows("code = \"1.001193\"");
    let changed = FILE
        .replace("vi = \"Đăng ký khai sinh\"", "vi = \"Đăng ký khai sinh (bản của xã)\"")
        .replace("limit = { value = 1, unit = \"same-day\"", "limit = { value = 2, unit = \"working-day\"");
    let key = admin.get(path).await.field("khoa");
    let fields = [("khoa", key.as_str()), ("tu-ngay", "10/03/2026")];
    admin.upload(path, &fields, "tep", "khai-sinh.toml", changed.as_bytes()).await.is(303);
    world
        .app
        .visitor()
        .get(&format!("/thu-tuc/{BIRTH}"))
        .await
        .ok()
        .shows("bản của xã")
        .shows("2 ngày làm việc");
    // The dossier of before is due on the same day, by its own version.
    let receipt = world.desk.get(&press(&world.desk, old, "tiep-nhan", &[]).await.is(303).location()).await;
    receipt.ok().shows("10/03/2026 17:00").hides("bản của xã");
    let page = admin.get(path).await;
    page.ok().shows("Của xã");
    let key = crate::world::hidden(&page, &format!("{path}/{BIRTH}/thoi-dung"), "khoa");
    admin
        .post(&format!("{path}/{BIRTH}/thoi-dung"), &[("khoa", &key), ("tu-ngay", "2026-03-10")])
        .await
        .is(303);
    world.app.visitor().get(&format!("/thu-tuc/{BIRTH}")).await.ok().hides("bản của xã");
    world.app.end().await;
}

#[tokio::test]
async fn a_wrong_file_is_refused_with_line_and_reason() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let path = "/lam-viec/thu-tuc";
    let line = FILE.lines().position(|line| line.contains("kind = \"working-copy\"")).unwrap() + 1;
    let send = async |bytes: &[u8]| {
        let key = admin.get(path).await.field("khoa");
        let fields = [("khoa", key.as_str()), ("tu-ngay", "10/03/2026")];
        admin.upload(path, &fields, "tep", "sai.toml", bytes).await
    };
    let wrong = send(FILE.replace("kind = \"working-copy\"", "kind = \"magic\"").as_bytes()).await;
    wrong.is(422).shows(&format!("Dòng {line}:")).shows("sai.toml").shows("Chưa có gì thay đổi");
    send(FILE.replace("field = \"ho-tich\"", "field = \"phep-thuat\"").as_bytes())
        .await
        .is(422)
        .shows("phep-thuat");
    send(&[0xff, 0xfe, 0]).await.is(422).shows("không phải tệp văn bản");
    send(&vec![b'#'; 600 << 10]).await.is(422).shows("512 KB");
    let nobody = world.desk.get(path).await;
    nobody.is(403);
    world.app.end().await;
}
