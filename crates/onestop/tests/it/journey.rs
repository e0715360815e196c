//! A birth from the phone to the returned result.

use crate::world::{PDF, World, attach, hidden, photo, press, step};
use testkit::encode;

#[tokio::test]
async fn a_mother_prepares_a_birth_and_the_child_is_in_the_registry() {
    let world = World::start().await;
    let size = world.size().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    world.me.get(&own).await.ok().shows("Lý A Pao").shows("Mới đăng ký").shows("16.000 đồng");

    // The desk sees it with its light and receives it; the receipt has the promised day and a QR code.
    world.desk.get("/lam-viec/mot-cua").await.ok().shows("Lý A Pao").shows("Đăng ký khai sinh").shows("Còn");
    let received = press(&world.desk, id, "tiep-nhan", &[]).await;
    let receipt = world.desk.get(&received.is(303).location()).await;
    receipt
        .ok()
        .shows("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
        .shows("class=\"qr\"")
        .shows("10/03/2026 17:00");
    world.me.get("/lam-viec/hop-thu").await.ok().shows("đã được tiếp nhận");

    // The specialist takes it and passes it on, the leader signs, the result is attached and returned.
    press(&world.specialist, id, "nhan-viec", &[]).await.is(303);
    world.me.get(&own).await.ok().shows("Đang xử lý");
    press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
    press(&world.leader, id, "chuyen-buoc", &[]).await.is(303);
    let early = press(&world.desk, id, "chuyen-buoc", &[]).await;
    early.is(422).shows("Chưa gắn kết quả thì chưa trả được");
    attach(&world.desk, id, "giay-khai-sinh.pdf", PDF).await.is(303);
    world.me.get(&own).await.ok().shows("Đã xử lý xong").shows("giay-khai-sinh.pdf");

    // The registry learns of the child; the household and the figure move by one.
    let before = population(&world).await;
    let path = format!("/lam-viec/mot-cua/{id}");
    let page = world.desk.get(&path).await;
    page.shows("Thêm cháu Lý A Pao vào hộ");
    let action = format!("{path}/so-bo");
    let fields = [
        ("khoa", hidden(&page, &action, "khoa")),
        ("phien-ban", hidden(&page, &action, "phien-ban")),
        ("noi-ghi", world.household.to_string()),
        ("quan-he", "child".to_owned()),
        ("so-dinh-danh", "010226000777".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.desk.post(&action, &fields).await.is(303);
    assert_eq!(world.size().await, size + 1);
    assert_eq!(population(&world).await, before + 1);
    world.desk.get(&path).await.hides("Thêm cháu");

    press(&world.desk, id, "chuyen-buoc", &[]).await.is(303);
    let done = world.me.get(&own).await;
    done.ok().shows("Đã trả kết quả");
    let rate = format!("{own}/danh-gia");
    let (key, revision) = (hidden(&done, &rate, "khoa"), hidden(&done, &rate, "phien-ban"));
    world.me.post(&rate, &[("khoa", &key), ("phien-ban", &revision), ("muc", "3")]).await.is(303);
    world.me.get(&own).await.shows("Rất hài lòng");
    // It is part of the copy that she may ask for, and stands on her card for the office.
    let officer = world.ctx();
    let copy = registry::personal::export(&officer, world.mother).await.unwrap();
    assert_eq!(copy["dossiers"][0]["answers"]["child_name"], "Lý A Pao");
    let card = world.desk.get(&format!("/lam-viec/nguoi/{}", world.mother)).await;
    card.ok().shows("Hồ sơ một cửa").shows("-260310-0001");
    // Every hand-over stands in the control sheet, with who and when.
    let sheet = world.leader.get(&format!("{path}/phieu/06")).await;
    sheet.ok().shows("Thử registry_officer").shows("Thử chairman").shows("Đã trả kết quả");
    world.app.end().await;
}

async fn population(world: &World) -> i64 {
    let answer = world.desk.get("/api/v1/figures/population").await;
    answer.ok();
    answer.json()["value"]
        .as_i64()
        .or_else(|| answer.json()["value"].as_str()?.parse().ok())
        .expect("a number")
}

#[tokio::test]
async fn what_comes_back_is_exactly_what_was_wrong() {
    let mut world = World::start().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    press(&world.specialist, id, "nhan-viec", &[]).await.is(303);
    let nothing = press(&world.specialist, id, "bo-sung", &[]).await;
    nothing.is(422).shows("đánh dấu ít nhất một chỗ");
    let marks = [
        ("danh-dau", "giay-birth_paper"),
        ("vi-sao-giay-birth_paper", "Ảnh bị mờ, chụp lại cho rõ dấu."),
        ("danh-dau", "child_place"),
        ("vi-sao-child_place", "Ghi đủ tên trạm y tế."),
    ];
    press(&world.specialist, id, "bo-sung", &marks).await.is(303);
    world.me.get("/lam-viec/hop-thu").await.shows("cần bổ sung");
    world.me.get(&own).await.ok().shows("Ảnh bị mờ, chụp lại cho rõ dấu.").shows("Nơi sinh");

    // Only the marked places are asked; without the page nothing is done, and what was typed stays.
    let path = format!("{own}/bo-sung");
    let form = world.me.get(&path).await;
    form.ok().shows("Ghi đủ tên trạm y tế.").hides("Họ, chữ đệm, tên mẹ");
    let (key, revision) = (hidden(&form, &path, "khoa"), hidden(&form, &path, "phien-ban"));
    let typed = [("khoa", key.as_str()), ("phien-ban", &revision), ("child_place", "Trạm Y tế xã Gia Phú")];
    let lacking = world.me.post(&path, &typed).await;
    lacking.is(422).shows("Cần gửi lại giấy này").shows("Trạm Y tế xã Gia Phú");

    // A day later she answers: the clock goes on where it stood.
    world.later(chrono::Duration::days(1)).await;
    let key = world.me.get(&path).await.field("khoa");
    let typed = [("khoa", key.as_str()), ("phien-ban", &revision), ("child_place", "Trạm Y tế xã Gia Phú")];
    world.me.upload(&path, &typed, "giay-birth_paper", "ro.jpg", &photo()).await.is(303);
    let page = world.specialist.get(&format!("/lam-viec/mot-cua/{id}")).await;
    page.ok()
        .shows("Trạm Y tế xã Gia Phú")
        .shows("ro.jpg")
        .shows("11/03/2026 17:00")
        .hides("giấy chứng sinh.jpg");
    let request = world.desk.get(&format!("/lam-viec/mot-cua/{id}/phieu/02")).await;
    request.ok().shows("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ").shows("Ghi đủ tên trạm y tế.");

    // A second request makes it late by the formulas of the quality index.
    press(&world.specialist, id, "bo-sung", &marks).await.is(303);
    world.desk.get(&format!("/lam-viec/mot-cua/{id}")).await.shows("tính là trễ hạn");
    world.app.end().await;
}

#[tokio::test]
async fn a_draft_survives_and_its_faults_are_told_at_their_place() {
    let world = World::start().await;
    let path = "/thu-tuc/1.001193/lam";
    // What the registry knows is there already.
    let first = world.me.get(path).await;
    first.ok().shows("value=\"Giàng Thị Mỷ\"").shows(&format!("value=\"{}\"", crate::world::NUMBER));
    let key = first.field("khoa");
    let wrong = [
        ("khoa", key.as_str()),
        ("phan", "0"),
        ("applicant_name", "Giàng Thị Mỷ"),
        ("applicant_number", "123"),
    ];
    world.me.post(path, &wrong).await.is(422).shows("value=\"123\"").shows("Mục này chưa đúng dạng");
    let draft = world.begin_birth("Lý A Pao").await;
    // A wrong answer is kept as well, and the step does not go on.
    let url = format!("{draft}?phan=1");
    let answer = step(
        &world.me,
        &url,
        &[("child_name", "Lý A Pao"), ("child_birth", "31/02/2026"), ("child_sex", "nam")],
    )
    .await;
    answer.is(422).shows("31/02/2026");
    world.me.get(&url).await.ok().shows("31/02/2026");
    // It is among my dossiers, and sending it leads to what is wrong.
    world.me.get("/ho-so-cua-toi").await.ok().shows("Đang làm dở").shows("Đăng ký khai sinh");
    let review = world.me.get(&format!("{draft}?phan=xem-lai")).await;
    let key = hidden(&review, &format!("{draft}/nop"), "khoa");
    let send = format!("{draft}/nop");
    world.me.post(&send, &[("khoa", &key)]).await.is(422).shows("ô cam đoan");
    let key = hidden(&world.me.get(&format!("{draft}?phan=xem-lai")).await, &send, "khoa");
    let answer = world.me.post(&send, &[("khoa", &key), ("cam-doan", "1")]).await;
    answer
        .is(422)
        .shows("Ngày sinh")
        .shows(&format!("{draft}?phan=1#child_birth"))
        .shows("Cần có: Giấy chứng sinh");
    // An older copy of the page, open in another window, overwrites nothing.
    let page = world.me.get(&url).await;
    let (key, revision) = (page.field("khoa"), page.field("phien-ban"));
    step(&world.me, &url, &[("child_name", "Lý A Páo")]).await;
    let late = [("khoa", key.as_str()), ("phien-ban", &revision), ("phan", "1"), ("child_name", "Khác")];
    world.me.post(&draft, &late).await.is(409);
    world.me.get(&url).await.shows("Lý A Páo");
    world.app.end().await;
}

#[tokio::test]
async fn anybody_follows_a_dossier_by_code_and_digits() {
    let world = World::start().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    let page = world.me.get(&own).await.text();
    let code = page.split("class=\"code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(code.ends_with("-260310-0001"), "{code}");
    let visitor = world.app.visitor();
    visitor
        .get(&format!("/ho-so?ma={}&so=0123", encode(&code)))
        .await
        .is(303)
        .leads_to(&format!("/ho-so/{code}"));
    let story = visitor.get(&format!("/ho-so/{code}?so=0123")).await;
    story
        .ok()
        .shows("Được tiếp nhận")
        .shows("Hẹn trả kết quả")
        .hides("Lý A Pao")
        .hides("Giàng Thị Mỷ")
        .hides("Thử onestop");
    let wrong = visitor.get(&format!("/ho-so/{code}?so=9999")).await;
    wrong.is(404).shows("Không có hồ sơ nào khớp");
    let unknown = visitor.get("/ho-so/000.00.00.H38-260310-0099?so=0123").await;
    unknown.is(404).shows("Không có hồ sơ nào khớp");
    // Four digits cannot be guessed.
    let mut tries = 0;
    while visitor.get(&format!("/ho-so/{code}?so=1111")).await.status == 404 {
        tries += 1;
        assert!(tries < 20, "nobody stops the guessing");
    }
    world.app.end().await;
}

#[tokio::test]
async fn a_dossier_is_withdrawn_and_somebody_else_sees_nothing_of_it() {
    let world = World::start().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    let other = world.app.sign_in(&world.cast.home, "resident").await;
    other.get(&own).await.is(404);
    other.get(&format!("/lam-viec/mot-cua/{id}")).await.is(403);
    let far = world.app.sign_in(&world.cast.other, "onestop_officer").await;
    far.get(&format!("/lam-viec/mot-cua/{id}")).await.is(404);
    let page = world.me.get(&own).await;
    let path = format!("{own}/rut");
    let (key, revision) = (hidden(&page, &path, "khoa"), hidden(&page, &path, "phien-ban"));
    world.me.post(&path, &[("khoa", &key), ("phien-ban", &revision), ("ly-do", "Nộp nhầm")]).await.is(303);
    world.me.get(&own).await.ok().shows("Công dân yêu cầu rút hồ sơ").shows("Nộp nhầm");
    world.desk.get("/lam-viec/mot-cua").await.ok().hides("Lý A Pao");
    world.app.end().await;
}

#[tokio::test]
async fn a_death_closes_the_person_and_names_a_new_head() {
    let world = World::start().await;
    let size = world.size().await;
    let path = "/lam-viec/quay/1.000656";
    let key = world.desk.get(path).await.field("khoa");
    let fields = [
        ("khoa", key.as_str()),
        ("di", "nhan"),
        ("applicant_name", "Giàng Thị Mỷ"),
        ("applicant_number", crate::world::NUMBER),
        ("applicant_relation", "vo-chong"),
        ("deceased_name", "Lý A Sử"),
        ("deceased_birth", "12/05/1993"),
        ("deceased_sex", "nam"),
        ("deceased_ethnic", "mong"),
        ("deceased_nationality", "Việt Nam"),
        ("deceased_address", "Đông Căm"),
        ("death_date", "08/03/2026"),
        ("death_place", "Tại nhà"),
        ("death_cause", "Bệnh"),
        ("death_notice_has", "1"),
        ("death_notice_number", "12/GBT"),
        ("death_notice_by", "Trạm Y tế xã"),
        ("death_notice_date", "08/03/2026"),
        ("da-thay-death_notice", "1"),
    ];
    let receipt = world.desk.post(path, &fields).await.is(303).location();
    let dossier = receipt.split("/phieu").next().unwrap().to_owned();
    let page = world.desk.get(&dossier).await;
    page.ok().shows("Ghi Lý A Sử đã mất").shows("Chủ hộ mới");
    let action = format!("{dossier}/so-bo");
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    let dead = registry::person::members(&world.ctx(), world.household).await.unwrap();
    let dead = dead.iter().find(|one| one.facts.full_name == "Lý A Sử").unwrap().id.to_string();
    let mother = world.mother.to_string();
    let base = [("khoa", key.as_str()), ("phien-ban", revision.as_str()), ("noi-ghi", dead.as_str())];
    world.desk.post(&action, &base).await.is(422);
    let key = hidden(&world.desk.get(&dossier).await, &action, "khoa");
    let whole = [("khoa", key.as_str()), base[1], base[2], ("chu-ho-moi", mother.as_str())];
    world.desk.post(&action, &whole).await.is(303);
    assert_eq!(world.size().await, size - 1);
    world.desk.get(&dossier).await.ok().hides("Ghi Lý A Sử đã mất");
    world.app.end().await;
}

#[tokio::test]
async fn a_village_head_files_for_somebody_who_agreed() {
    let world = World::start().await;
    let head = world.app.sign_in(&world.cast.home, "village_head").await;
    let code = "XA.xac-nhan-ho-ngheo";
    let path = format!("/thu-tuc/{code}/lam?cho={}", world.mother);
    let first = head.get(&path).await;
    first.ok().shows("Nộp giúp Giàng Thị Mỷ");
    let other = world.app.sign_in(&world.cast.home, "village_head_2").await;
    other.get(&path).await.is(404);

    let (key, person) = (first.field("khoa"), world.mother.to_string());
    let fields = [
        ("khoa", key.as_str()),
        ("phan", "0"),
        ("cho", &person),
        ("applicant_name", "Giàng Thị Mỷ"),
        ("applicant_number", crate::world::NUMBER),
        ("applicant_relation", "chu-ho"),
    ];
    let mut url = head.post(&format!("/thu-tuc/{code}/lam"), &fields).await.is(303).location();
    let draft = url.split('?').next().unwrap().to_owned();
    let answers = [
        ("head_name", "Lý A Sử"),
        ("household_address", "Đông Căm"),
        ("members_count", "2"),
        ("household_poverty", "poor"),
        ("year", "2026"),
        ("purpose", "hoc-tap"),
        ("count", "1"),
    ];
    while url.split("phan=").nth(1).is_some_and(|part| part.parse::<usize>().is_ok()) {
        url = step(&head, &url, &answers).await.is(303).location();
    }
    let send = format!("{draft}/nop");
    let key = hidden(&head.get(&format!("{draft}?phan=xem-lai")).await, &send, "khoa");
    head.post(&send, &[("khoa", &key), ("cam-doan", "1")])
        .await
        .is(422)
        .shows("sự đồng ý của người được nộp giúp");
    let key = hidden(&head.get(&format!("{draft}?phan=xem-lai")).await, &send, "khoa");
    let done = head.post(&send, &[("khoa", &key), ("cam-doan", "1"), ("dong-y", "1")]).await;
    let own = done.is(303).location();
    // Both follow it: the head who filed it, and the person for whom it was.
    head.get(&own).await.ok().shows("Mới đăng ký");
    world.me.get(&own).await.ok().shows("Mới đăng ký");
    other.get(&own).await.is(404);
    world.desk.get("/lam-viec/mot-cua").await.ok().shows("Giàng Thị Mỷ");
    world.app.end().await;
}
