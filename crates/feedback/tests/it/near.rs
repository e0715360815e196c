//! What is reported already nearby, and places that are outside.

use crate::world::{FIRST, SECOND, World};

/// So many metres north of the middle of the first village.
fn north(metres: f64) -> (String, String) {
    ((FIRST.0 + metres / 111_320.0).to_string(), FIRST.1.to_string())
}

#[tokio::test]
async fn the_same_within_fifty_metres_is_offered_before_a_second_report_goes_out() {
    let world = World::start().await;
    let first = world.pothole().await;
    let visitor = world.app.visitor();
    let words = ("noi-dung", "Hố giữa đường");
    // Not looked at yet: it is told that there is one, and nothing of what it says.
    let (lat, lon) = north(45.0);
    let typed = [("loai", "road-damage"), words, ("vi-do", &*lat), ("kinh-do", &*lon), ("an-danh", "1")];
    let held = world.send(&visitor, &typed).await.is(303).location();
    visitor.get(&held).await.ok().shows("Có phải là việc này không?").shows("cách 45 m").hides("Ổ gà to");
    world.act(&world.officer, &first, "cong-khai", &[("lam", "hien")]).await.is(303);
    visitor.get(&held).await.ok().shows("Ổ gà to").shows("Hố giữa đường");
    // While it is held nobody works on it.
    world.officer.get("/lam-viec/phan-anh").await.ok().hides("Hố giữa đường");
    let one = world.find(&first).await;
    world
        .own(&visitor, &held, "xem-lai", &[("chung", &one.id.to_string())])
        .await
        .is(303)
        .leads_to(first.split('?').next().unwrap());
    assert_eq!(
        (world.find(&first).await.supporters, world.find(&held).await.state),
        (1, feedback::State::Joined)
    );
    world.officer.get("/lam-viec/phan-anh?xem=dang-mo").await.ok().hides("Hố giữa đường");
    // What is further away, of another kind, or over, is another matter.
    let (far, _) = north(60.0);
    for typed in [
        [("loai", "road-damage"), ("noi-dung", "Xa hơn"), ("vi-do", &*far), ("kinh-do", &*lon)],
        [("loai", "rubbish"), ("noi-dung", "Rác cạnh hố"), ("vi-do", &*lat), ("kinh-do", &*lon)],
    ] {
        let sent = world.send(&visitor, &typed).await.is(303).location();
        assert_eq!(world.find(&sent).await.state, feedback::State::New, "{typed:?}");
    }
    // Somebody may insist.
    let typed = [
        ("loai", "road-damage"),
        ("noi-dung", "Hố thứ hai"),
        ("vi-do", &*lat),
        ("kinh-do", &*lon),
        ("an-danh", "1"),
    ];
    let held = world.send(&visitor, &typed).await.is(303).location();
    world.own(&world.app.visitor(), held.split('?').next().unwrap(), "xem-lai", &[]).await.is(404);
    world.own(&visitor, &held, "xem-lai", &[]).await.is(303);
    world.officer.get("/lam-viec/phan-anh").await.ok().shows("Hố thứ hai");
    // The form asks as soon as the place is known.
    let near = format!("/phan-anh/gan-day?vi-do={lat}&kinh-do={lon}&loai=road-damage");
    visitor.get(&near).await.ok().shows("Gần đây đã có người phản ánh").hides("Hố thứ hai");
    world.app.end().await;
}

#[tokio::test]
async fn a_place_outside_the_commune_is_asked_about_and_not_refused() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    let away = [
        ("loai", "road-damage"),
        ("noi-dung", "Đường liên xã hỏng"),
        ("vi-do", "22.30"),
        ("kinh-do", "104.30"),
        ("an-danh", "1"),
    ];
    let held = world.send(&visitor, &away).await.is(303).location();
    visitor.get(&held).await.ok().shows("Chỗ này nằm ngoài xã");
    world.own(&visitor, &held, "xem-lai", &[("thon", &*world.village(1))]).await.is(303);
    assert_eq!(world.find(&held).await.village_id, Some(world.cast.home.villages[1]));
    let held = world.send(&visitor, &away).await.is(303).location();
    world.own(&visitor, &held, "xem-lai", &[]).await.is(303);
    let sent = world.find(&held).await;
    assert!(sent.outside && sent.open && sent.village_id.is_none());
    world.officer.get(&world.work_page(&held).await.1).await.ok().shows("Ngoài địa bàn xã");
    // Inside, the village follows from the point, whatever was chosen.
    let (lat, lon) = (SECOND.0.to_string(), SECOND.1.to_string());
    let typed = [
        ("loai", "lamp"),
        ("noi-dung", "Đèn tắt"),
        ("vi-do", &*lat),
        ("kinh-do", &*lon),
        ("thon", &*world.village(0)),
    ];
    let sent = world.send(&visitor, &typed).await.is(303).location();
    let sent = world.find(&sent).await;
    assert_eq!(sent.village_id, Some(world.cast.home.villages[1]));
    assert_eq!(sent.holder_id, Some(world.cast.home.accounts["village_head_2"]));
    world.app.end().await;
}
