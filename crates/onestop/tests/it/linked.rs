//! Several linked acts in one application.

use crate::world::{NUMBER, World, hidden, photograph, press, step};
use http::Method;
use serde_json::json;
use testkit::{Answer, Client, in_both_languages};

const RESIDENCE: &str = "XA.lien-thong-thuong-tru";
const INSURANCE: &str = "XA.lien-thong-bao-hiem-y-te";

async fn review(world: &World, draft: &str) -> Answer {
    world.me.get(&format!("{draft}?phan=xem-lai")).await
}

/// Presses the button that adds a linked act, which leads to the step that lacks something; the address of its draft.
async fn add(world: &World, draft: &str, code: &str) -> String {
    let page = review(world, draft).await;
    let text = page.text();
    let at =
        text.find(&format!("value=\"{code}\"")).unwrap_or_else(|| panic!("{code} is not offered:\n{text}"));
    let form = &text[text[..at].rfind("<form").unwrap()..at];
    let key = form.split("name=\"khoa\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let action = format!("{draft}/cung-luc");
    let fields = [("khoa", key.as_str()), ("thu-tuc", code)];
    let url = world.me.post(&action, &fields).await.is(303).location();
    assert_eq!(
        world.me.post(&action, &fields).await.is(303).location(),
        url,
        "pressed twice, it is there once"
    );
    assert!(url.ends_with("?phan=1"), "who applies is known already: {url}");
    url.split('?').next().unwrap().to_owned()
}

async fn send(world: &World, draft: &str) -> Answer {
    let page = review(world, draft).await;
    let key = hidden(&page, &format!("{draft}/nop"), "khoa");
    let fields = [("khoa", key.as_str()), ("cam-doan", "1")];
    let sent = world.me.post(&format!("{draft}/nop"), &fields).await;
    if sent.status.as_u16() == 303 {
        assert_eq!(world.me.post(&format!("{draft}/nop"), &fields).await.location(), sent.location());
    }
    sent
}

async fn fill(who: &Client, draft: &str, part: usize, typed: &[(&str, &str)]) {
    step(who, &format!("{draft}?phan={part}"), typed).await.is(303);
}

#[tokio::test]
async fn a_birth_brings_residence_and_insurance_in_one_application() {
    let world = World::start().await;
    let draft = world.begin_birth("Lý A Pao").await;
    photograph(&world.me, &draft, "birth_paper").await;
    review(&world, &draft).await.ok().shows("Làm cùng lúc").shows("Đăng ký thường trú cho trẻ mới sinh");
    // What the birth answered and the registry knows stands there; only the rest is asked.
    let residence = add(&world, &draft, RESIDENCE).await;
    let page = world.me.get(&format!("{residence}?phan=1")).await;
    page.ok().shows("value=\"Lý A Pao\"").shows("value=\"01/03/2026\"").shows("Lý A Sử");
    let insurance = add(&world, &draft, INSURANCE).await;
    review(&world, &draft).await.ok().shows("Còn thiếu");
    // It is sent with the birth and not by itself, and nothing is sent before all is filled in.
    world
        .me
        .get(&format!("{residence}?phan=xem-lai"))
        .await
        .ok()
        .shows("Quay lại hồ sơ chính")
        .hides("/nop\"");
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let alone = [("khoa", key.as_str()), ("cam-doan", "1")];
    world.me.post(&format!("{residence}/nop"), &alone).await.is(409);
    let lacking = send(&world, &draft).await;
    lacking.is(422).shows("“Cấp thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi” chưa khai đủ").shows(&insurance);
    world.desk.get("/lam-viec/mot-cua").await.ok().hides("Lý A Pao");
    let home = [
        ("child_name", "Lý A Pao"),
        ("child_birth", "01/03/2026"),
        ("child_sex", "nam"),
        ("residence_with", "cha-me"),
        ("residence_address", "Đông Căm"),
        ("head_name", "Lý A Sử"),
    ];
    fill(&world.me, &residence, 1, &home).await;
    let child = [
        ("child_name", "Lý A Pao"),
        ("child_birth", "01/03/2026"),
        ("child_sex", "nam"),
        ("clinic", "Trạm Y tế xã"),
    ];
    fill(&world.me, &insurance, 1, &child).await;
    let own = send(&world, &draft).await.is(303).location();

    // Three dossiers, each with its code; they know of each other everywhere.
    let page = world.me.get(&own).await;
    page.ok().shows("Hồ sơ nộp cùng lúc").shows("-260310-0002").shows("-260310-0003");
    world.me.get(&format!("{own}/giay-tiep-nhan")).await.ok().shows("Nộp cùng lúc").shows("-260310-0003");
    let list = world.desk.get("/lam-viec/mot-cua").await;
    list.ok()
        .shows("Đăng ký khai sinh")
        .shows("Đăng ký thường trú cho trẻ mới sinh")
        .shows("Cấp thẻ bảo hiểm y tế");
    let id = own.rsplit('/').next().unwrap().parse().unwrap();
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    world
        .desk
        .get(&format!("/lam-viec/mot-cua/{id}"))
        .await
        .ok()
        .shows("Hồ sơ nộp cùng lúc")
        .shows("-260310-0002");
    let code = "000.00.00.H38-260310-0001";
    let visitor = world.app.visitor();
    let digits = &NUMBER[NUMBER.len() - 4..];
    visitor.get(&format!("/ho-so/{code}?so={digits}")).await.ok().shows("-260310-0003").hides("Lý A Pao");
    assert_eq!(world.me.get("/ho-so-cua-toi").await.ok().text().matches("Lý A Pao</a>").count(), 3);
    world.app.end().await;
}

#[tokio::test]
async fn what_is_not_linked_cannot_be_added_and_thrown_away_means_all() {
    let world = World::start().await;
    let draft = world.begin_birth("Lý A Pao").await;
    let key = || platform::ids::new_id(world.app.clock.now()).to_string();
    for code in ["2.000635", "khong-co", ""] {
        let fields = [("khoa", key()), ("thu-tuc", code.to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        world.me.post(&format!("{draft}/cung-luc"), &fields).await.is(422);
    }
    // It is begun only along with another one, and is in no list.
    world.me.get(&format!("/thu-tuc/{RESIDENCE}/lam")).await.is(404);
    world.me.get("/thu-tuc?q=thuong+tru").await.ok().hides(RESIDENCE);
    world.desk.get("/lam-viec/quay").await.ok().hides(RESIDENCE);
    let residence = add(&world, &draft, RESIDENCE).await;
    let inner = [("khoa", key()), ("thu-tuc", INSURANCE.to_owned())];
    let inner: Vec<(&str, &str)> = inner.iter().map(|(n, v)| (*n, v.as_str())).collect();
    world.me.post(&format!("{residence}/cung-luc"), &inner).await.is(409);
    let other = world.app.sign_in(&world.cast.home, "village_head").await;
    other.post(&format!("{draft}/cung-luc"), &inner).await.is(404);
    // Removed, it may be added again; thrown away, nothing is left of either.
    let page = review(&world, &draft).await;
    let action = format!("{draft}/cung-luc/bo");
    let fields = [("khoa", hidden(&page, &action, "khoa")), ("ho-so", hidden(&page, &action, "ho-so"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    world.me.post(&action, &fields).await.is(303);
    world.me.get(&residence).await.is(404);
    let residence = add(&world, &draft, RESIDENCE).await;
    let page = review(&world, &draft).await;
    let key = hidden(&page, &format!("{draft}/bo"), "khoa");
    world.me.post(&format!("{draft}/bo"), &[("khoa", &key)]).await.is(303);
    world.me.get(&residence).await.is(404);
    world.me.get(&draft).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn the_counter_takes_a_linked_act_in_with_the_first_one() {
    let world = World::start().await;
    let (_, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    let page = world.desk.get(&format!("/lam-viec/mot-cua/{id}")).await;
    let url = format!("/lam-viec/quay/{INSURANCE}?cung={id}&#38;cho={}", world.mother);
    page.ok().shows(&url);
    let form = world.desk.get(&url.replace("&#38;", "&")).await;
    form.ok().shows("value=\"Lý A Pao\"").shows(&format!("value=\"{NUMBER}\""));
    let path = format!("/lam-viec/quay/{INSURANCE}");
    let take = async |main: &str, number: &str| {
        let key = platform::ids::new_id(world.app.clock.now()).to_string();
        let fields = [
            ("khoa", key.as_str()),
            ("cung", main),
            ("applicant_name", "Giàng Thị Mỷ"),
            ("applicant_number", number),
            ("child_name", "Lý A Pao"),
            ("child_birth", "01/03/2026"),
            ("child_sex", "nam"),
            ("clinic", "Trạm Y tế xã"),
        ];
        world.desk.post(&path, &fields).await
    };
    take(&id.to_string(), "010195000999").await.is(422).shows("không phải của người này");
    take("00000000-0000-0000-0000-000000000007", NUMBER).await.is(422).shows("không phải của người này");
    let receipt = take(&id.to_string(), NUMBER).await.is(303).location();
    world.desk.get(&receipt).await.ok().shows("Nộp cùng lúc").shows("-260310-0001");
    world.desk.get(&format!("/lam-viec/mot-cua/{id}")).await.ok().shows("-260310-0002").hides(&url);
    world.app.end().await;
}

#[tokio::test]
async fn the_same_by_program_and_in_both_languages() {
    let world = World::start().await;
    let draft = world.begin_birth("Lý A Pao").await;
    photograph(&world.me, &draft, "birth_paper").await;
    let id = draft.rsplit('/').next().unwrap();
    let key = || platform::ids::new_id(world.app.clock.now()).to_string();
    let keyed = |key: &str| world.me.same().header("Idempotency-Key", key);
    let path = format!("/api/v1/drafts/{id}/linked");
    let wrong = keyed(&key()).json(Method::POST, &path, &json!({ "procedure": "2.000635" })).await;
    assert_eq!(wrong.is(422).json()["errors"][0]["field"], "procedure");
    let added = keyed(&key()).json(Method::POST, &path, &json!({ "procedure": INSURANCE })).await.ok().json();
    assert_eq!(added["answers"]["child_name"], "Lý A Pao");
    in_both_languages(async |lang| {
        let word = if lang == platform::Lang::Vi { "Làm cùng lúc" } else { "At the same time" };
        world.me.get(&format!("{draft}?phan=xem-lai&lang={}", lang.code())).await.ok().shows(word);
    })
    .await;
    let submit = format!("/api/v1/drafts/{id}/submit");
    let early = keyed(&key()).json(Method::POST, &submit, &json!({ "declare": true })).await;
    assert_eq!(early.is(422).json()["errors"][0]["field"], format!("cung-luc-{INSURANCE}"));
    let mut answers = added["answers"].clone();
    answers["clinic"] = json!("Trạm Y tế xã");
    let saved = json!({ "revision": added["revision"], "answers": answers });
    let one = format!("/api/v1/drafts/{}", added["id"].as_str().unwrap());
    world.me.json(Method::PUT, &one, &saved).await.ok();
    let sent = keyed(&key()).json(Method::POST, &submit, &json!({ "declare": true })).await.ok().json();
    let card =
        world.me.get(&format!("/api/v1/my/dossiers/{}", sent["id"].as_str().unwrap())).await.ok().json();
    assert_eq!(card["linked"].as_array().unwrap().len(), 1);
    world.app.end().await;
}
