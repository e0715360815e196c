//! Somebody at the counter whom the registry does not have.

use crate::world::{EXTRACT, World, chosen, hidden};
use platform::sql;

const NEW: &str = "010301000222";

#[tokio::test]
async fn the_desk_adds_a_stranger_and_goes_on_with_the_form() {
    let world = World::start().await;
    let counter = format!("/lam-viec/quay/{EXTRACT}");
    let key = world.desk.get(&counter).await.field("khoa");
    let card = format!("{NEW}||Thào Thị Pà|15082001|Nữ|Thôn Đông Căm, Gia Phú|01012022");
    let looked = world.desk.post(&counter, &[("khoa", &key), ("di", "tra"), ("quet", &card)]).await;
    let action = format!("/lam-viec/nguoi/moi?ve={counter}");
    looked.ok().shows("Chưa có trong sổ bộ").shows("Thêm vào sổ hộ").shows(&action);
    // The card goes along in the body: no address carries a name or a number.
    assert!(!looked.text().contains(&format!("?so={NEW}")) && !action.contains(NEW));
    let along: Vec<(&str, String)> = ["di", "ho-ten", "so-dinh-danh", "ngay-sinh", "gioi-tinh", "noi-den"]
        .into_iter()
        .map(|name| (name, hidden(&looked, &action, name)))
        .collect();
    let along: Vec<(&str, &str)> = along.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let form = world.desk.post(&action, &along).await;
    form.ok()
        .shows("value=\"Thào Thị Pà\"")
        .shows(&format!("value=\"{NEW}\""))
        .shows("value=\"15/08/2001\"")
        .hides("Lập hộ mới");
    assert!(chosen(&form, "female"));

    let (key, home) =
        (form.field("khoa"), registry::household::get(&world.ctx(), world.household).await.unwrap());
    let mut fields = vec![
        ("khoa", key.as_str()),
        ("ho", "H-0000-000"),
        ("ho-ten", "Thào Thị Pà"),
        ("gioi-tinh", "female"),
        ("ngay-sinh", "15/08/2001"),
        ("so-dinh-danh", NEW),
        ("dan-toc", "mong"),
        ("cu-tru", "permanent"),
        ("quan-he", ""),
        ("tu-ngay", "01/03/2026"),
    ];
    // What is wrong stands at its field, what was typed stays.
    let wrong = world.desk.post(&action, &fields).await;
    wrong.is(422).shows("value=\"Thào Thị Pà\"").shows("id=\"ho-error\"").shows("id=\"quan-he-error\"");
    fields[1].1 = home.code.as_str();
    fields[8].1 = "sibling";
    let done = world.desk.post(&action, &fields).await;
    let person = registry::person::by_number(&world.ctx(), NEW).await.unwrap().expect("she is there");
    done.is(303).leads_to(&format!("{counter}?cho={}", person.id));
    assert_eq!(world.size().await, 3);
    world
        .desk
        .get(&done.location())
        .await
        .ok()
        .shows(&format!("value=\"{NEW}\""))
        .shows("Có trong sổ bộ")
        .hides("Thêm vào sổ hộ");
    // Sent twice she is one; known, she is not offered again.
    world.desk.post(&action, &fields).await.is(303);
    assert_eq!(world.size().await, 3);
    let again =
        world.desk.post(&counter, &[("khoa", &done_key(&world)), ("di", "tra"), ("quet", &card)]).await;
    again.ok().shows("Có trong sổ bộ").hides("Thêm vào sổ hộ");
    let count = sql(
        "SELECT COUNT(*) FROM audit_entry WHERE commune_id = $1 AND action = 'person.insert' /* all rows */",
    );
    assert_eq!(count.bind(world.cast.home.id).count(&world.app.app.db).await.unwrap(), 1);
    world.app.end().await;
}

fn done_key(world: &World) -> String {
    platform::ids::new_id(world.app.clock.now()).to_string()
}

#[tokio::test]
async fn who_may_begin_a_household_does_and_nobody_is_led_astray() {
    let world = World::start().await;
    let path = "/lam-viec/nguoi/moi";
    for away in ["//example.org", "https://example.org", "/a?b=c", "/a\\b"] {
        let page = world.specialist.get(&format!("{path}?ve={}", testkit::encode(away))).await;
        page.ok().shows(&format!("action=\"{path}\""));
    }
    // From the number alone: sex and year.
    let counter = format!("/lam-viec/quay/{EXTRACT}");
    let key = world.desk.get(&counter).await.field("khoa");
    let looked = world.desk.post(&counter, &[("khoa", &key), ("di", "tra"), ("applicant_number", NEW)]).await;
    looked.ok().shows("name=\"ngay-sinh\" value=\"2001\"").shows("name=\"gioi-tinh\" value=\"female\"");
    let wrong = world.desk.post(&counter, &[("khoa", &key), ("di", "tra"), ("applicant_number", "12")]).await;
    wrong.ok().hides("Thêm vào sổ hộ");

    let page = world.specialist.get(&format!("{path}?ve={counter}")).await;
    page.ok().shows("Lập hộ mới, người này là chủ hộ");
    world
        .specialist
        .get(&format!("{path}?lang=en"))
        .await
        .ok()
        .shows("A new household with this person as its head");
    world.specialist.get(&format!("{path}?lang=vi")).await.ok();
    let (key, village) = (page.field("khoa"), world.cast.home.villages[0].to_string());
    let mut fields = vec![
        ("khoa", key.as_str()),
        ("vao", ""),
        ("thon", ""),
        ("ho-ten", "Thào A Pó"),
        ("gioi-tinh", "male"),
        ("ngay-sinh", "2001"),
        ("dan-toc", "mong"),
        ("cu-tru", "permanent"),
        ("tu-ngay", "01/03/2026"),
    ];
    let action = format!("{path}?ve={counter}");
    world.specialist.post(&action, &fields).await.is(422).shows("id=\"vao-error\"");
    fields[1].1 = "ho-moi";
    world.specialist.post(&action, &fields).await.is(422).shows("id=\"thon-error\"");
    fields[2].1 = village.as_str();
    // The desk may not begin a household, whatever it sends.
    world.desk.post(&action, &fields).await.is(422).shows("id=\"ho-error\"");
    let done = world.specialist.post(&action, &fields).await.is(303).location();
    let id = done.strip_prefix(&format!("{counter}?cho=")).expect("back at the counter").parse().unwrap();
    let person = registry::person::get(&world.ctx(), id).await.unwrap();
    assert_eq!((person.facts.full_name.as_str(), person.place.relation.as_str()), ("Thào A Pó", "head"));
    world.leader.get(path).await.is(403);
    world.me.get(path).await.is(403);
    world.app.end().await;
}
