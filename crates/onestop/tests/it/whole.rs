//! The whole form on one page, which a phone keeps for where there is no network, and the page it shows then.

use crate::world::{BIRTH, NUMBER, World, photograph};

const PATH: &str = "/thu-tuc/1.001193/tren-may";

#[tokio::test]
async fn a_form_filled_in_without_a_network_becomes_a_draft_with_everything() {
    let world = World::start().await;
    let first = world.me.get(&format!("/thu-tuc/{BIRTH}/lam?lang=vi")).await;
    first.ok().shows("Hay mất mạng?").shows(&format!("{PATH}?cho={}", world.mother));
    world.me.get(&format!("{PATH}?lang=en")).await.ok().shows("Keep this form on this device");
    let page = world.me.get(&format!("{PATH}?lang=vi")).await;
    page.ok().shows("Giữ mẫu này trên máy").shows("name=\"applicant_number\"").shows("name=\"child_name\"");
    page.shows("name=\"mother_name\"").shows("name=\"copies\"").shows(&format!("value=\"{NUMBER}\""));
    assert!(page.header("cache-control").contains("no-store"), "the browser keeps no copy of its own");

    let (person, key) = (world.mother.to_string(), page.field("khoa"));
    let send = async |key: &str, birth: &str| {
        let fields = [
            ("khoa", key),
            ("cho", &person),
            ("applicant_name", "Giàng Thị Mỷ"),
            ("applicant_number", NUMBER),
            ("applicant_relation", "me"),
            ("child_name", "Lý A Pao"),
            ("child_birth", birth),
            ("child_sex", "nam"),
            ("child_ethnic", "mong"),
            ("child_place", "Trạm Y tế xã"),
            ("mother_name", "Giàng Thị Mỷ"),
            ("mother_birth_year", "1995"),
            ("mother_address", "Đông Căm"),
            ("parents_married", "0"),
            ("copies", "2"),
        ];
        world.me.post(PATH, &fields).await.is(303).location()
    };
    // A day that does not exist is kept and leads to its section; sent twice, it is one draft.
    let wrong = send(&key, "31/02/2026").await;
    assert!(wrong.ends_with("?phan=1"), "{wrong}");
    world.me.get(&wrong).await.ok().shows("31/02/2026");
    assert_eq!(send(&key, "31/02/2026").await, wrong);
    // Nothing but the paper is missing.
    let right = send(&world.fresh(), "01/03/2026").await;
    assert!(right.ends_with("?phan=giay"), "{right}");
    photograph(&world.me, right.split('?').next().unwrap(), "birth_paper").await;
    world.me.get(&right.replace("giay", "xem-lai")).await.ok().shows("Lý A Pao").shows("Gửi hồ sơ");
    let drafts = world.me.get("/api/v1/drafts").await.ok().json();
    assert_eq!(drafts.as_array().unwrap().len(), 2);

    world.me.get("/thu-tuc/1.004222/tren-may").await.is(404);
    world.me.get(&format!("{PATH}?cho={}", platform::Uuid::from_u128(7))).await.is(404);
    world.me.post(PATH, &[("cho", &person)]).await.is(422);
    world.app.visitor().get(PATH).await.leads_to("/dang-nhap");
    world.app.end().await;
}

#[tokio::test]
async fn a_phone_without_a_network_has_a_page_that_names_nobody() {
    let world = World::start().await;
    for lang in ["vi", "en"] {
        let page = world.app.visitor().get(&format!("/khong-mang?lang={lang}")).await;
        page.ok().shows("data-kept-forms").shows("data-outbox-place").hides("<form class=\"form\"");
    }
    world.app.visitor().get("/khong-mang?lang=vi").await.ok().shows("Chưa có mạng");
    let worker = world.app.visitor().get("/sw.js").await;
    worker.ok().shows("khong-mang");
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("cache-control"), "no-cache");
    world.app.end().await;
}
