//! What everybody sees, and what a resident says for the own household.

use crate::world::{HEADS, World};

#[tokio::test]
async fn everybody_sees_shares_and_a_resident_says_that_the_household_knows() {
    let world = World::start().await;
    let officer = world.who("editor").await;
    let page = world.running(&officer, &[]).await;
    let public = page.replace("/lam-viec", "");
    let shown = world.visitor().get(&public).await;
    shown.ok().shows("Ra nhà văn hóa thôn cài VNeID.").shows("0 / 5").shows("Đăng nhập").hides("Tôi đã biết");
    HEADS.iter().for_each(|name| {
        shown.hides(name);
    });
    world.visitor().get("/thon/dong-cam").await.ok().shows("Đang vận động").shows("0 / 4").hides(HEADS[0]);
    world.send(&world.visitor(), &format!("{public}/da-biet"), &[]).await.leads_to("/dang-nhap");
    let resident = world.who("resident-0").await;
    resident.get("/van-dong").await.ok().shows("Hộ tôi chưa báo");
    resident.get(&public).await.ok().shows("Tôi đã biết");
    world.send(&resident, &format!("{public}/da-biet"), &[]).await.is(303);
    resident.get(&public).await.ok().shows("đã được ghi nhận").hides("Tôi đã biết");
    resident.get("/van-dong").await.ok().shows("Hộ tôi đã biết");
    // From the Zalo group.
    let other = world.who("resident-1").await;
    other.get(&format!("{public}?tu=zalo")).await.ok().shows("name=\"tu\" value=\"zalo\"");
    world.send(&other, &format!("{public}/da-biet"), &[("tu", "zalo")]).await.is(303);
    let seen = officer.get(&page).await;
    seen.ok().shows("2 trên 5 hộ").shows("Nhóm Zalo").shows("Tự báo đã biết");
    // An account that is linked to nobody has no household.
    world.send(&world.who("nobody").await, &format!("{public}/da-biet"), &[]).await.is(403);
    let list = world.village(&page);
    let head = world.who("village_head").await;
    head.get(&format!("{list}/ho/{}", world.homes[0])).await.ok().shows("Bà con tự báo").hides("resident-0");
    head.get(&format!("{list}?xem=chi-nhan-tin")).await.ok().shows(HEADS[0]).shows(HEADS[1]).hides(HEADS[2]);
    world.app.end().await;
}

/// The desk of the one-stop sees on the card of a household what it was not told yet.
#[tokio::test]
async fn the_card_of_a_household_says_what_it_was_not_told() {
    let world = World::start().await;
    let officer = world.who("editor").await;
    let page = world.running(&officer, &[]).await;
    let desk = world.who("onestop_officer").await;
    let card = format!("/lam-viec/ho/{}", world.homes[0]);
    desk.get(&card).await.ok().shows("Đã nói tại quầy");
    world.note(&desk, &page, 0, &[("kenh", "desk"), ("tu", "the")]).await.is(303).leads_to(&card);
    desk.get(&card).await.ok().hides("Đã nói tại quầy").shows("Đã nói chuyện");
    officer.get(&page).await.ok().shows("Tại một cửa");
    world.app.end().await;
}

#[tokio::test]
async fn a_persons_copy_holds_what_was_noted_of_the_household() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    world.note(&head, &page, 0, &[("ket-qua", "help"), ("loi", "Hẹn tối thứ bảy")]).await.is(303);
    let ctx = world.app.ctx(&world.cast.home);
    let person = registry::person::members(&ctx, world.homes[0]).await.unwrap()[0].id;
    let copy = registry::personal::export(&ctx, person).await.unwrap();
    let held = &copy["campaigns"][0];
    assert_eq!(
        (&held["channel"], &held["outcome"], &held["words"]),
        (&"visit".into(), &"help".into(), &"Hẹn tối thứ bảy".into())
    );
    world.app.end().await;
}
