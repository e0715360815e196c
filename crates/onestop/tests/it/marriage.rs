//! A marriage from the counter to both cards of the registry.

use crate::world::{NUMBER, World, chosen, day, hidden};
use platform::Uuid;
use registry::marriage;
use registry::person::{self, NewPerson, RawPerson};
use registry::{Villages, household, lists};
use testkit::Answer;

const MARRIAGE: &str = "1.000894";
const STATUS: &str = "1.004873";
const GROOM: &str = "010093000456";

/// A bachelor of the same village, alone in his household.
async fn bachelor(world: &World, number: &str) -> (Uuid, Uuid) {
    let ctx = world.ctx();
    let village = world.cast.home.villages[0];
    let raw = household::RawHousehold { village: village.to_string(), ..Default::default() };
    let facts = raw.check(&Villages::load(&ctx).await.unwrap()).unwrap();
    let head = RawPerson {
        full_name: "Vàng A Chứ".into(),
        birth: "03/04/1993".into(),
        sex: "male".into(),
        personal_no: number.into(),
        ethnic: "mong".into(),
        relation: "head".into(),
        residence: "permanent".into(),
        ..RawPerson::default()
    };
    let head = NewPerson::check(&head, &lists::load(&ctx).unwrap(), ctx.today()).unwrap();
    let tx = ctx.begin().await.unwrap();
    let home = household::insert(&ctx, &tx, facts, vec![head], day("2021-01-01"), "thử").await.unwrap();
    tx.commit().await.unwrap();
    (home, person::members(&ctx, home).await.unwrap()[0].id)
}

/// The counter takes in a marriage of the woman of the world; the address of the dossier.
async fn take_in(world: &World, groom: (&str, &str, &str)) -> String {
    let path = format!("/lam-viec/quay/{MARRIAGE}");
    let key = world.desk.get(&path).await.field("khoa");
    let (name, number, birth) = groom;
    let fields = [
        ("khoa", key.as_str()),
        ("di", "nhan"),
        ("applicant_name", "Giàng Thị Mỷ"),
        ("applicant_number", NUMBER),
        ("applicant_relation", "nu"),
        ("groom_name", name),
        ("groom_birth", birth),
        ("groom_number", number),
        ("groom_ethnic", "mong"),
        ("groom_nationality", "Việt Nam"),
        ("groom_address", "Thôn Đông Căm"),
        ("groom_times", "1"),
        ("groom_status", "chua-ket-hon"),
        ("bride_name", "Giàng Thị Mỷ"),
        ("bride_birth", "20/06/1995"),
        ("bride_number", NUMBER),
        ("bride_ethnic", "mong"),
        ("bride_nationality", "Việt Nam"),
        ("bride_address", "Đông Căm"),
        ("bride_times", "1"),
        ("bride_status", "chua-ket-hon"),
    ];
    let receipt = world.desk.post(&path, &fields).await.is(303).location();
    receipt.split("/phieu").next().unwrap().to_owned()
}

async fn record(world: &World, dossier: &str, more: &[(&str, &str)]) -> Answer {
    let action = format!("{dossier}/so-bo");
    let page = world.desk.get(dossier).await;
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    fields.extend(more);
    world.desk.post(&action, &fields).await
}

#[tokio::test]
async fn both_are_chosen_and_both_cards_tell_it() {
    let world = World::start().await;
    let (home, groom) = bachelor(&world, GROOM).await;
    let dossier = take_in(&world, ("Vàng A Chứ", GROOM, "04/04/1993")).await;
    let page = world.desk.get(&dossier).await;
    page.ok()
        .shows("Ghi việc kết hôn của hai người.")
        .shows("Chồng: Vàng A Chứ")
        .shows("Vợ: Giàng Thị Mỷ")
        .shows("03/04/1993")
        .shows("Khác")
        .shows("Hộ Lý A Sử")
        .shows("Sống ở nơi khác");
    world.desk.get(&format!("{dossier}?lang=en")).await.ok().shows("Husband: Vàng A Chứ").shows("Differs");
    world.desk.get(&format!("{dossier}?lang=vi")).await.ok();
    let looks = audit::views_of(&world.ctx(), groom, None, 10).await.unwrap();
    assert!(looks.iter().any(|look| look.fields.contains("birth_date")), "the look is recorded");

    let (husband, wife) = (groom.to_string(), world.mother.to_string());
    let right = [
        ("chong", husband.as_str()),
        ("vo", wife.as_str()),
        ("ngay-ket-hon", "09/03/2026"),
        ("so-giay", "12/2026"),
        ("chuyen", "vo"),
        ("quan-he", "spouse"),
    ];
    record(&world, &dossier, &right).await.is(303).leads_to(&dossier);
    world
        .desk
        .get(&dossier)
        .await
        .ok()
        .hides("Ghi việc kết hôn của hai người.")
        .shows("Ghi vào sổ bộ của xã");
    for (one, other) in [(groom, "Giàng Thị Mỷ"), (world.mother, "Vàng A Chứ")] {
        let card = world.desk.get(&format!("/lam-viec/nguoi/{one}")).await;
        card.ok().shows("Đã kết hôn ngày 09/03/2026 với").shows(other);
    }
    // She moved to his household.
    let moved = person::get(&world.ctx(), world.mother).await.unwrap();
    assert_eq!((moved.place.household_id, moved.place.relation.as_str()), (home, "spouse"));
    assert_eq!(world.size().await, 1);
    // It is recorded once.
    let page = world.desk.get(&dossier).await.text();
    assert!(!page.contains("/so-bo\""));

    // It stands in her copy, and fills in the form for a confirmation of her marital status.
    let copy = registry::personal::export(&world.ctx(), world.mother).await.unwrap();
    assert_eq!(copy["marriages"][0]["act_number"], "12/2026");
    let form = world.desk.get(&format!("/lam-viec/quay/{STATUS}?cho={}", world.mother)).await;
    form.ok().shows("Vàng A Chứ, giấy chứng nhận kết hôn số 12/2026 ngày 09/03/2026");
    assert!(chosen(&form, "da-ket-hon"));
    world.app.end().await;
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_nothing_is_written() {
    let world = World::start().await;
    let (_, groom) = bachelor(&world, GROOM).await;
    let dossier = take_in(&world, ("Vàng A Chứ", GROOM, "03/04/1993")).await;
    let (husband, wife) = (groom.to_string(), world.mother.to_string());
    let base = [
        ("chong", husband.as_str()),
        ("vo", wife.as_str()),
        ("ngay-ket-hon", "09/03/2026"),
        ("so-giay", "12/2026"),
        ("chuyen", ""),
        ("quan-he", ""),
    ];
    let with = |name: &str, value: &'static str| {
        base.map(|(field, old)| if field == name { (field, value) } else { (field, old) })
    };
    let household = world.household.to_string();
    for (fields, word) in [
        (with("chong", ""), "Ông/bà chọn"),
        (with("ngay-ket-hon", "31/02/2026"), "31/02/2026"),
        (with("ngay-ket-hon", ""), "ngày"),
        (with("ngay-ket-hon", "11/03/2026"), "Ngày này chưa đến"),
        (with("so-giay", ""), "số trên giấy chứng nhận"),
        (with("chuyen", "ca-hai"), "Ông/bà chọn"),
        (with("chuyen", "vo"), "Ông/bà chọn"),
    ] {
        record(&world, &dossier, &fields).await.is(422).shows(word).shows("field-wrong");
    }
    // Somebody whom the page did not offer; two from elsewhere.
    let other =
        base.map(|(field, old)| if field == "vo" { (field, household.as_str()) } else { (field, old) });
    record(&world, &dossier, &other).await.is(422);
    let away = base.map(
        |(field, old)| if ["vo", "chong"].contains(&field) { (field, "noi-khac") } else { (field, old) },
    );
    record(&world, &dossier, &away).await.is(422).shows("Cả hai đều sống ở nơi khác");
    // What was typed stays.
    record(&world, &dossier, &with("ngay-ket-hon", "01/01/1890"))
        .await
        .is(422)
        .shows("value=\"12/2026\"")
        .shows("01/01/1890");
    let ctx = world.ctx();
    assert!(marriage::of_person(&ctx, &ctx.app.db, groom).await.unwrap().is_empty());
    // A specialist of another commune finds nothing.
    let far = world.app.sign_in(&world.cast.other, "onestop_officer").await;
    far.post(&format!("{dossier}/so-bo"), &[("khoa", &ctx.new_id().to_string())]).await.is(404);
    world.leader.post(&format!("{dossier}/so-bo"), &[("khoa", &ctx.new_id().to_string())]).await.is(403);
    world.app.end().await;
}

#[tokio::test]
async fn a_second_marriage_is_refused_while_the_first_stands() {
    let world = World::start().await;
    let dossier = take_in(&world, ("Thào A Ky", "010090000789", "01/01/1990")).await;
    // He lives elsewhere: nobody fits, and nobody can move.
    let page = world.desk.get(&dossier).await;
    page.ok().hides("Về chung một hộ");
    let wife = world.mother.to_string();
    let fields =
        [("chong", "noi-khac"), ("vo", wife.as_str()), ("ngay-ket-hon", "01/03/2026"), ("so-giay", "1")];
    let moving = [fields[0], fields[1], fields[2], fields[3], ("chuyen", "vo"), ("quan-he", "spouse")];
    record(&world, &dossier, &moving).await.is(422).shows("Chỉ chuyển hộ được khi cả hai");
    record(&world, &dossier, &fields).await.is(303);
    let card = world.desk.get(&format!("/lam-viec/nguoi/{}", world.mother)).await;
    card.ok().shows("Đã kết hôn ngày 01/03/2026 với Thào A Ky");

    bachelor(&world, GROOM).await;
    let second = take_in(&world, ("Vàng A Chứ", GROOM, "03/04/1993")).await;
    let again = [fields[0], fields[1], ("ngay-ket-hon", "09/03/2026"), ("so-giay", "2")];
    record(&world, &second, &again)
        .await
        .is(422)
        .shows("Giàng Thị Mỷ đang có hôn nhân trong sổ: kết hôn với Thào A Ky ngày 01/03/2026");
    world.desk.get(&second).await.ok().shows("Ghi việc kết hôn của hai người.");
    world.app.end().await;
}
