//! A resident files for somebody of the own household: for a minor child as its parent, for an adult who agreed.

use crate::invited::{account, dies, house, onestop_whole};
use crate::world::{World, hidden, step};
use http::Method;
use platform::Uuid;
use serde_json::json;
use testkit::{Answer, Client};

const CODE: &str = "XA.xac-nhan-ho-ngheo";
const MARRIAGE: &str = "1.000894";

/// Vàng Thị Say with her daughter Út, her father Páo and her young brother Tủa.
struct House {
    world: World,
    say: Uuid,
    ut: Uuid,
    pao: Uuid,
    tua: Uuid,
    /// Say on her phone.
    me: Client,
}

impl House {
    async fn start() -> House {
        let world = World::start().await;
        let people = [
            ("Vàng Thị Say", "01/01/1988", "female", "010188000321", "head", "0912345679"),
            ("Vàng Thị Út", "15/03/2012", "female", "010312000654", "child", ""),
            ("Vàng A Páo", "02/02/1950", "male", "010050000987", "parent", ""),
            ("Vàng A Tủa", "03/03/2011", "male", "", "sibling", ""),
        ];
        let ids = house(&world, world.cast.home.villages[0], &people).await;
        let known = registry::person::get_many(&onestop_whole(&world), &ids).await.unwrap();
        let of = |name: &str| known.iter().find(|one| one.facts.full_name == name).unwrap().id;
        let (say, ut) = (of("Vàng Thị Say"), of("Vàng Thị Út"));
        let (pao, tua) = (of("Vàng A Páo"), of("Vàng A Tủa"));
        let me = account(&world, say, "vang.say").await;
        House { world, say, ut, pao, tua, me }
    }
}

fn form(person: Uuid) -> String {
    format!("/thu-tuc/{CODE}/lam?cho={person}")
}

fn invited(code: &str, person: Uuid) -> String {
    format!("/thu-tuc/{code}/moi/{person}")
}

/// All steps are filled in; the address of the draft.
async fn prepare(who: &Client, person: Uuid, name: &str, number: &str) -> String {
    let first = who.get(&form(person)).await;
    first.ok();
    let (key, person) = (first.field("khoa"), person.to_string());
    let fields = [
        ("khoa", key.as_str()),
        ("phan", "0"),
        ("cho", &person),
        ("applicant_name", name),
        ("applicant_number", number),
        ("applicant_relation", "thanh-vien"),
    ];
    let mut url = who.post(&format!("/thu-tuc/{CODE}/lam"), &fields).await.is(303).location();
    let answers = [
        ("head_name", "Vàng Thị Say"),
        ("household_address", "Đông Căm"),
        ("members_count", "4"),
        ("household_poverty", "poor"),
        ("year", "2026"),
        ("purpose", "hoc-tap"),
        ("count", "1"),
    ];
    while url.split("phan=").nth(1).is_some_and(|part| part.parse::<usize>().is_ok()) {
        url = step(who, &url, &answers).await.is(303).location();
    }
    url.split('?').next().unwrap().to_owned()
}

async fn send(who: &Client, draft: &str, more: &[(&str, &str)]) -> Answer {
    let action = format!("{draft}/nop");
    let key = hidden(&who.get(&format!("{draft}?phan=xem-lai")).await, &action, "khoa");
    let mut fields = vec![("khoa", key.as_str()), ("cam-doan", "1")];
    fields.extend(more);
    who.post(&action, &fields).await
}

#[tokio::test]
async fn a_parent_files_for_a_minor_child_without_asking_it() {
    let house = House::start().await;
    let (world, me) = (&house.world, &house.me);
    let asks = format!("/thu-tuc/{CODE}/cho-ai");
    me.get(&format!("/thu-tuc/{CODE}?lang=vi")).await.ok().shows("Nộp cho người nhà").shows(&asks);
    world.app.visitor().get(&format!("/thu-tuc/{CODE}")).await.ok().hides(&asks);
    world.desk.get(&format!("/thu-tuc/{CODE}")).await.ok().hides(&asks);

    me.get(&format!("{asks}?lang=en"))
        .await
        .ok()
        .shows("For whom?")
        .shows("A parent files for a minor child");
    let page = me.get(&format!("{asks}?lang=vi")).await;
    page.ok().shows("Nộp cho ai?").shows("Cha, mẹ nộp cho con chưa thành niên").shows("lúc nộp phải ghi");
    page.shows(&invited(CODE, house.ut)).shows(&invited(CODE, house.pao)).hides(&house.tua.to_string());
    page.shows("Vàng A Tủa").shows("người đại diện theo pháp luật");
    me.get(&invited(CODE, house.ut)).await.leads_to(&form(house.ut));
    // A child without a telephone is called by the mother.
    let first = me.get(&form(house.ut)).await;
    first.ok().shows("Nộp giúp Vàng Thị Út").shows("value=\"010312000654\"").shows("0912345679");
    let looks = audit::views_of(&onestop_whole(world), house.ut, None, 9).await.unwrap();
    assert_eq!(looks.len(), 3, "each page that showed her is recorded");

    let draft = prepare(me, house.ut, "Vàng Thị Út", "010312000654").await;
    me.get(&invited(CODE, house.ut)).await.leads_to(&draft);
    me.get("/ho-so-cua-toi").await.ok().shows("Vàng Thị Út");
    // What she begins for herself is another draft.
    me.get(&format!("/thu-tuc/{CODE}/lam")).await.ok().shows("value=\"Vàng Thị Say\"");
    let review = me.get(&format!("{draft}?phan=xem-lai&lang=vi")).await;
    review.ok().shows("Hồ sơ đứng tên Vàng Thị Út. Cha, mẹ nộp").hides("dong-y");
    let own = send(me, &draft, &[]).await.is(303).location();
    me.get(&format!("{own}?lang=vi")).await.ok().shows("Mới đăng ký").shows("Người nộp thay: vang.say");
    me.get(&format!("{own}?lang=en")).await.ok().shows("Filed by: vang.say (A parent files");
    world.me.get(&own).await.is(404);
    let id: Uuid = own.rsplit('/').next().unwrap().parse().unwrap();
    let desk = world.desk.get(&format!("/lam-viec/mot-cua/{id}")).await;
    desk.ok().shows("Người nộp thay").shows("vang.say (Cha, mẹ nộp cho con chưa thành niên)");
    desk.shows("Trang này của xã").hides("Tổ công nghệ số");
    house.world.app.end().await;
}

#[tokio::test]
async fn an_adult_of_the_household_agrees_and_follows_it_too() {
    let house = House::start().await;
    let (world, me) = (&house.world, &house.me);
    let pao = account(world, house.pao, "vang.pao").await;
    let draft = prepare(me, house.pao, "Vàng A Páo", "010050000987").await;
    let refused = send(me, &draft, &[]).await;
    refused.is(422).shows("Cần có sự đồng ý của người được nộp giúp");
    pao.get(&draft).await.is(404);
    let own = send(me, &draft, &[("dong-y", "1")]).await.is(303).location();
    for who in [me, &pao] {
        who.get(&own).await.ok().shows("Mới đăng ký").shows("vang.say (Người cùng hộ nộp thay");
        who.get("/ho-so-cua-toi").await.ok().shows(&own);
    }
    // The office's word reaches both.
    let id: Uuid = own.rsplit('/').next().unwrap().parse().unwrap();
    crate::world::press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    for who in [me, &pao] {
        who.get("/lam-viec/hop-thu").await.ok().shows("đã được tiếp nhận");
    }
    // What he does himself is nobody else's: she did not file it.
    let his = prepare(&pao, house.pao, "Vàng A Páo", "010050000987").await;
    let his = send(&pao, &his, &[]).await.is(303).location();
    pao.get(&his).await.ok().hides("Người nộp thay");
    me.get(&his).await.is(404);
    let sheet = world.desk.get("/lam-viec/mot-cua").await;
    sheet.ok().shows("Vàng A Páo");
    house.world.app.end().await;
}

#[tokio::test]
async fn nobody_files_for_whom_the_law_does_not_let_them() {
    let house = House::start().await;
    let (world, me) = (&house.world, &house.me);
    let ut = account(world, house.ut, "vang.ut").await;
    // A minor for nobody; nobody for a young brother, a stranger, or a marriage.
    ut.get(&form(house.say)).await.is(404);
    ut.get(&format!("/thu-tuc/{CODE}/cho-ai")).await.ok().hides("/moi/");
    for other in [house.tua, world.mother, Uuid::from_u128(7)] {
        me.get(&form(other)).await.is(404);
        me.get(&invited(CODE, other)).await.ok().shows("Tài khoản này không mở được");
        let key = world.fresh();
        let body = json!({ "procedure": CODE, "person": other });
        let api = me.same().header("Idempotency-Key", &key);
        let wrong = api.json(Method::POST, "/api/v1/drafts", &body).await.is(422).json();
        assert_eq!(wrong["errors"][0]["field"], "person", "{wrong}");
    }
    me.get(&format!("/thu-tuc/{MARRIAGE}")).await.ok().hides("cho-ai");
    let asked = me.get(&format!("/thu-tuc/{MARRIAGE}/cho-ai?lang=vi")).await;
    asked.ok().shows("Việc này người trong cuộc phải tự làm").hides("Vàng A Páo");
    me.get(&format!("/thu-tuc/{MARRIAGE}/lam?cho={}", house.pao)).await.is(404);
    me.get("/thu-tuc/khong-co/cho-ai").await.is(404);
    let head = world.app.sign_in(&world.cast.home, "village_head").await;
    head.get(&format!("/thu-tuc/{CODE}/cho-ai")).await.is(422).shows("Chưa biết hồ sơ này làm cho ai");
    // Somebody who died meanwhile, or is of another household now, is not filed for.
    let draft = prepare(me, house.pao, "Vàng A Páo", "010050000987").await;
    dies(world, house.pao).await;
    let late = send(me, &draft, &[("dong-y", "1")]).await;
    late.is(422).shows("không còn nộp thay người này được");
    let path = draft.replace("/ho-so-cua-toi/nhap/", "/api/v1/drafts/");
    assert!(me.get(&path).await.ok().json()["ground"].is_null());
    let api = me.same().header("Idempotency-Key", &world.fresh());
    let sent = api.json(Method::POST, &format!("{path}/submit"), &json!({ "declare": true })).await;
    assert_eq!(sent.is(422).json()["errors"][0]["field"], "consent");
    house.world.app.end().await;
}

#[tokio::test]
async fn a_program_asks_for_whom_and_files() {
    let house = House::start().await;
    let (world, me) = (&house.world, &house.me);
    let path = format!("/api/v1/procedures/{CODE}/applicants");
    let all = me.get(&path).await.ok().json();
    let told: Vec<(String, bool)> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["ground"].as_str().unwrap().to_owned(), one["consent"].as_bool().unwrap()))
        .collect();
    let expected = [("own", false), ("parent", false), ("agreed", true)];
    let mut sorted = told.clone();
    sorted.sort_by_key(|one| expected.iter().position(|(ground, _)| *ground == one.0));
    assert_eq!(sorted, expected.map(|(ground, consent)| (ground.to_owned(), consent)));
    assert_eq!(told[0].0, "own");
    assert!(all[0].get("name").is_none());
    let marriage = me.get(&format!("/api/v1/procedures/{MARRIAGE}/applicants")).await.ok().json();
    assert_eq!(marriage.as_array().unwrap().len(), 1, "only for oneself");
    world.desk.get(&path).await.is(403);
    me.get("/api/v1/procedures/khong-co/applicants").await.is(404);

    let body = json!({ "procedure": CODE, "person": house.pao, "answers": {
        "applicant_relation": "thanh-vien", "head_name": "Vàng Thị Say", "members_count": 4,
        "household_poverty": "poor", "year": 2026, "purpose": "hoc-tap", "count": 1 } });
    let api = me.same().header("Idempotency-Key", &world.fresh());
    let draft = api.json(Method::POST, "/api/v1/drafts", &body).await.ok().json();
    assert_eq!((&draft["ground"], &draft["person_id"]), (&json!("agreed"), &json!(house.pao)));
    assert_eq!(draft["lacks"], json!([]));
    let submit = format!("/api/v1/drafts/{}/submit", draft["id"].as_str().unwrap());
    let api = me.same().header("Idempotency-Key", &world.fresh());
    let refused = api.json(Method::POST, &submit, &json!({ "declare": true })).await.is(422).json();
    assert_eq!(refused["errors"][0]["field"], "consent");
    let sent =
        api.json(Method::POST, &submit, &json!({ "declare": true, "consent": true })).await.ok().json();
    assert_eq!(sent["channel"], "portal");
    assert_eq!(me.get("/api/v1/my/dossiers").await.ok().json()[0]["id"], sent["id"]);
    house.world.app.end().await;
}
