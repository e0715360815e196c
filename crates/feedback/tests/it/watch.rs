//! What the program does by itself.

use crate::world::World;
use chrono::Duration;

#[tokio::test]
async fn holders_are_reminded_and_leaders_told_and_everybody_sees_that_it_is_late() {
    let mut world = World::start().await;
    let page = world.pothole().await;
    let path = page.split('?').next().unwrap().to_owned();
    world.act(&world.officer, &page, "cong-khai", &[("lam", "hien")]).await.is(303);
    // Seven working days from Tuesday: until Thursday of the next week.
    world.later(Duration::days(8)).await;
    world.app.run_jobs().await;
    world.officer.get("/lam-viec/hop-thu").await.ok().shows("sắp đến hạn");
    world.chairman.get("/lam-viec/hop-thu").await.ok().hides("PA26-0001");
    // Run twice in a day it says it once.
    world.app.clock.advance(Duration::hours(2));
    world.app.run_jobs().await;
    let told = world.officer.get("/lam-viec/hop-thu").await.ok().text();
    assert_eq!(told.matches("sắp đến hạn").count(), 1);
    world.later(Duration::days(5)).await;
    world.app.run_jobs().await;
    world.officer.get("/lam-viec/hop-thu").await.ok().shows("đã quá hạn trả lời");
    world.chairman.get("/lam-viec/hop-thu").await.ok().shows("quá hạn mà chưa được trả lời");
    world.officer.get("/lam-viec").await.ok().shows("phản ánh chờ ông/bà giải quyết");
    let visitor = world.app.visitor();
    visitor.get(&path).await.ok().shows("Quá hạn 4 ngày");
    visitor.get("/phan-anh?tinh-trang=late").await.ok().shows("Ổ gà to");
    world.officer.get("/lam-viec/phan-anh?xem=qua-han").await.ok().shows("Quá hạn 4 ngày");
    world.app.end().await;
}

#[tokio::test]
async fn the_clock_stands_while_the_sender_is_asked() {
    let mut world = World::start().await;
    let page = world.pothole().await;
    let due = world.find(&page).await.due_at.unwrap();
    world.act(&world.officer, &page, "hoi", &[("loi", "Chỗ nào?")]).await.is(303);
    world.resident.get("/lam-viec/hop-thu").await.ok().shows("hỏi thêm");
    world.later(Duration::days(6)).await;
    world.own(&world.resident, &page, "bo-sung", &[("them", "Trước cổng")]).await.is(303);
    assert_eq!(world.find(&page).await.due_at.unwrap(), due + Duration::days(6));
    world.app.end().await;
}

#[tokio::test]
async fn it_can_be_opened_again_only_for_a_while() {
    let mut world = World::start().await;
    let page = world.pothole().await;
    let path = page.split('?').next().unwrap().to_owned();
    world.act(&world.officer, &page, "tra-loi", &[("tra-loi", "Xong")]).await.is(303);
    world.later(Duration::days(31)).await;
    world.resident.get(&path).await.ok().hides("Mở lại phản ánh");
    world
        .own(&world.resident, &path, "mo-lai", &[("ly-do", "Hỏng lại")])
        .await
        .is(409)
        .shows("không mở lại được nữa");
    world.app.run_jobs().await;
    world.own(&world.resident, &path, "da-sua", &[("lam", "roi")]).await.is(303);
    assert_eq!(world.find(&page).await.state, feedback::State::Closed);
    world.app.end().await;
}
