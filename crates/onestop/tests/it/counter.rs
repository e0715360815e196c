//! A walk-in at the counter.

use crate::world::{BIRTH, EXTRACT, NUMBER, World, photo, press};
use testkit::Answer;

fn birth<'a>(key: &'a str, child: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("khoa", key),
        ("di", "nhan"),
        ("applicant_name", "Giàng Thị Mỷ"),
        ("applicant_number", NUMBER),
        ("applicant_relation", "me"),
        ("child_name", child),
        ("child_birth", "01/03/2026"),
        ("child_sex", "nam"),
        ("child_ethnic", "mong"),
        ("child_place", "Trạm Y tế xã"),
        ("mother_name", "Giàng Thị Mỷ"),
        ("mother_birth_year", "1995"),
        ("mother_address", "Đông Căm"),
        ("parents_married", "0"),
        ("da-thay-birth_paper", "1"),
    ]
}

async fn take_in(world: &World, child: &str) -> Answer {
    let path = format!("/lam-viec/quay/{BIRTH}");
    let key = world.desk.get(&path).await.field("khoa");
    world.desk.post(&path, &birth(&key, child)).await
}

#[tokio::test]
async fn a_scanned_card_fills_the_form_and_the_receipt_is_printed() {
    let world = World::start().await;
    world.desk.get("/lam-viec/quay?q=ban+sao+khai+sinh").await.ok().shows(EXTRACT);
    let path = format!("/lam-viec/quay/{EXTRACT}");
    let key = world.desk.get(&path).await.field("khoa");
    let card = format!("{NUMBER}||Giàng Thị Mỷ|20061995|Nữ|Thôn Đông Căm, Gia Phú|01012022");
    let filled = world.desk.post(&path, &[("khoa", &key), ("di", "tra"), ("quet", &card)]).await;
    filled.ok().shows("Có trong sổ bộ").shows(&format!("value=\"{NUMBER}\"")).shows("value=\"0912345678\"");
    let nonsense =
        world.desk.post(&path, &[("khoa", &key), ("di", "tra"), ("quet", "https://example.org")]).await;
    nonsense.ok().shows("không phải mã trên thẻ căn cước");
    let fields = [
        ("khoa", key.as_str()),
        ("di", "nhan"),
        ("applicant_name", "Giàng Thị Mỷ"),
        ("applicant_number", NUMBER),
        ("applicant_phone", "0912345678"),
        ("applicant_relation", "ban-than"),
        ("record_kind", "khai-sinh"),
        ("person_name", "Giàng Thị Mỷ"),
        ("person_birth", "20/06/1995"),
        ("person_sex", "nu"),
        ("registered_at", "Xã Gia Phú"),
        ("copies", "3"),
    ];
    let done = world.desk.post(&path, &fields).await;
    let receipt = world.desk.get(&done.is(303).location()).await;
    receipt.ok().shows("24.000 đồng").shows("Quầy một cửa").shows("class=\"qr\"");
    // Pressed twice it is one dossier.
    world.desk.post(&path, &fields).await.is(303);
    world.desk.get("/lam-viec/mot-cua?viec=tat-ca").await.ok().shows("-260310-0001").hides("-260310-0002");
    world.app.end().await;
}

#[tokio::test]
async fn papers_are_seen_or_scanned_and_missing_ones_are_named() {
    let world = World::start().await;
    let path = format!("/lam-viec/quay/{BIRTH}");
    let key = world.desk.get(&path).await.field("khoa");
    let mut fields = birth(&key, "Lý A Pao");
    fields.retain(|(name, _)| *name != "da-thay-birth_paper");
    world
        .desk
        .post(&path, &fields)
        .await
        .is(422)
        .shows("Cần có: Giấy chứng sinh")
        .shows("value=\"Lý A Pao\"");
    let scanned = world.desk.upload(&path, &fields, "giay-birth_paper", "chung-sinh.jpg", &photo()).await;
    world.desk.get(&scanned.is(303).location()).await.ok().shows("Giấy chứng sinh (1 trang)");
    world.app.end().await;
}

#[tokio::test]
async fn the_same_child_is_not_registered_twice() {
    let world = World::start().await;
    take_in(&world, "Lý A Pao").await.is(303);
    let again = take_in(&world, "LÝ A PÁO").await;
    again.is(409).shows("Việc này đã có hồ sơ 000.00.00.H38-260310-0001");
    // Another child is no twin; after a stop the same one may come again.
    let other = take_in(&world, "Lý Thị Dợ").await;
    let id = other.is(303).location().split('/').nth(3).unwrap().parse().unwrap();
    press(&world.specialist, id, "dung", &[("ly-do", "")]).await.is(422).shows("Cần ghi lý do bằng lời");
    press(&world.specialist, id, "dung", &[("ly-do", "Gia đình nộp ở nơi khác.")]).await.is(303);
    world.desk.get(&format!("/lam-viec/mot-cua/{id}/phieu/05")).await.ok().shows("Gia đình nộp ở nơi khác.");
    take_in(&world, "Lý Thị Dợ").await.is(303);
    world.app.end().await;
}

#[tokio::test]
async fn twins_are_shown_before_a_dossier_is_received() {
    let world = World::start().await;
    take_in(&world, "Lý A Pao").await.is(303);
    let (_, id) = world.send_birth("Lý A Pao").await;
    let page = world.desk.get(&format!("/lam-viec/mot-cua/{id}")).await;
    page.ok().shows("Có thể đã đăng ký rồi").shows("-260310-0001");
    press(&world.desk, id, "tiep-nhan", &[]).await.is(409).shows("Việc này đã có hồ sơ");
    press(&world.desk, id, "tu-choi", &[("ly-do", "Cháu đã có hồ sơ nộp tại quầy.")]).await.is(303);
    world.me.get(&format!("/ho-so-cua-toi/{id}")).await.ok().shows("Cháu đã có hồ sơ nộp tại quầy.");
    world.app.end().await;
}

#[tokio::test]
async fn a_card_of_the_registry_leads_to_a_filled_form() {
    let world = World::start().await;
    let card = world.desk.get(&format!("/lam-viec/nguoi/{}", world.mother)).await;
    let begin = format!("/lam-viec/quay?cho={}", world.mother);
    card.ok().shows(&begin);
    let choose = world.desk.get(&begin).await;
    choose
        .ok()
        .shows("Hồ sơ cho Giàng Thị Mỷ")
        .shows(&format!("/lam-viec/quay/{EXTRACT}?cho={}", world.mother));
    let form = world.desk.get(&format!("/lam-viec/quay/{EXTRACT}?cho={}", world.mother)).await;
    form.ok().shows(&format!("value=\"{NUMBER}\"")).shows("value=\"0912345678\"").shows("Có trong sổ bộ");
    // From the village the same, for somebody who agrees.
    let head = world.app.sign_in(&world.cast.home, "village_head").await;
    let card = head.get(&format!("/lam-viec/nguoi/{}", world.mother)).await;
    card.ok().shows(&format!("/thu-tuc?cho={}", world.mother));
    let list = head.get(&format!("/thu-tuc?q=ho+ngheo&cho={}", world.mother)).await;
    list.ok().shows(&format!("/thu-tuc/XA.xac-nhan-ho-ngheo?cho={}", world.mother));
    let page = head.get(&format!("/thu-tuc/XA.xac-nhan-ho-ngheo?cho={}", world.mother)).await;
    page.ok().shows(&format!("/thu-tuc/XA.xac-nhan-ho-ngheo/lam?cho={}", world.mother));
    world.app.end().await;
}
