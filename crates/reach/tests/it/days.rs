//! What happens by itself, and what a figure says of a past day.

use crate::world::World;
use registry::household;

impl World {
    async fn share(&self, days: i64) -> (Option<f64>, Option<f64>) {
        let ctx = self.app.ctx(&self.cast.home);
        let day = ctx.today() + chrono::Duration::days(days);
        let value = figures::one(&ctx, "campaign_households_reached_pct", day).await.unwrap();
        (value.numerator.map(|n| n.to_f64()), value.denominator.map(|n| n.to_f64()))
    }
}

#[tokio::test]
async fn later_households_are_added_by_a_button_and_those_that_end_leave_on_their_day() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    world.note(&head, &page, 3, &[]).await.is(303);
    world.app.clock.advance(chrono::Duration::days(1));
    world.arrive("Giàng A Mới").await;
    world.app.run_jobs().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let list = world.village(&page);
    // The roll is frozen until somebody says so.
    head.get(&list).await.ok().hides("Giàng A Mới").shows("1 / 4");
    officer.get(&page).await.ok().shows("Có 1 hộ mới");
    world.send(&officer, &format!("{page}/them-ho"), &[]).await.is(303);
    world.send(&officer, &format!("{page}/them-ho"), &[]).await.is(303);
    head.get(&list).await.ok().shows("Giàng A Mới").shows("1 / 5");
    officer.get(&page).await.ok().hides("Có 1 hộ mới");
    // One that was reached moves away.
    let ctx = world.app.ctx(&world.cast.home);
    let gone = household::get(&ctx, world.homes[3]).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    household::move_out(&ctx, &tx, gone.id, gone.revision, ctx.today(), "", "test").await.unwrap();
    tx.commit().await.unwrap();
    world.app.clock.advance(chrono::Duration::hours(2));
    world.app.run_jobs().await;
    let head = world.who("village_head").await;
    head.get(&list).await.ok().shows("0 / 4");
    world.note(&head, &page, 3, &[("ket-qua", "help")]).await.is(404);
    // On the first day it still counted, and the later one did not yet.
    assert_eq!(world.share(-1).await, (Some(1.0), Some(5.0)));
    assert_eq!(world.share(0).await, (Some(0.0), Some(5.0)));
    world.app.end().await;
}

#[tokio::test]
async fn it_ends_by_itself_and_heads_that_lag_behind_are_reminded() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    for home in 0..3 {
        world.note(&head, &page, home, &[]).await.is(303);
    }
    world.later(3).await;
    world.who("village_head_2").await.get("/lam-viec/hop-thu").await.ok().hides("hộ chưa đến");
    // After a week 64 per cent are expected: Đông Căm has 75, Soi Cờ nothing.
    world.later(4).await;
    world.who("village_head").await.get("/lam-viec/hop-thu").await.ok().hides("hộ chưa đến");
    let second = world.who("village_head_2").await;
    second.get("/lam-viec/hop-thu").await.ok().shows("Còn 1 hộ chưa đến");
    second.get("/lam-viec").await.ok().shows("Còn 1 hộ chưa đến");
    world.later(3).await;
    let officer = world.who("editor").await;
    officer.get(&page).await.ok().shows("Đã kết thúc").shows("3 trên 5 hộ");
    world.note(&world.who("village_head").await, &page, 3, &[]).await.is(409);
    world.visitor().get("/van-dong").await.ok().shows("Đã kết thúc");
    world.app.end().await;
}

/// Words beside a visit go after their term; that the household was reached stays.
#[tokio::test]
async fn words_are_forgotten_after_their_term() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    let page = world.running(&officer, &[]).await;
    world.note(&head, &page, 0, &[("loi", "Hẹn tối thứ bảy")]).await.is(303);
    let home = format!("{}/ho/{}", world.village(&page), world.homes[0]);
    world.later(100).await;
    world.who("village_head").await.get(&home).await.ok().shows("Hẹn tối thứ bảy");
    world.later(100).await;
    world.later(1).await;
    world.who("village_head").await.get(&home).await.ok().hides("Hẹn tối thứ bảy").shows("Đến nhà");
    world.app.end().await;
}

#[tokio::test]
async fn the_figure_is_of_the_campaign_that_began_last_by_its_day() {
    let world = World::start().await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    assert_eq!(world.share(0).await, (Some(0.0), Some(0.0)));
    let page = world.running(&officer, &[]).await;
    world.note(&head, &page, 0, &[]).await.is(303);
    world.later(2).await;
    let (officer, head) = (world.who("editor").await, world.who("village_head").await);
    world.note(&head, &page, 1, &[]).await.is(303);
    assert_eq!(world.share(0).await, (Some(2.0), Some(5.0)));
    assert_eq!(world.share(-1).await, (Some(1.0), Some(5.0)));
    let ctx = world.app.ctx(&world.cast.home);
    let key = "campaign_households_reached_pct";
    let rows = figures::rows(&ctx, key, ctx.today(), figures::Which::Counted, None, None, 50).await.unwrap();
    assert_eq!(rows.shown.len(), 2);
    world.visitor().get(&format!("/so-lieu/{key}")).await.ok().shows("Đông Căm").shows("50");
    // A newer one takes its place; once withdrawn it gives it back.
    let newer = world.running(&officer, &[("doi-tuong", "poor")]).await;
    assert_eq!(world.share(0).await, (Some(0.0), Some(1.0)));
    assert_eq!(world.share(-1).await, (Some(1.0), Some(5.0)));
    world.press(&officer, &newer, "rut", &[("ly-do", "Nhầm")]).await.is(303);
    assert_eq!(world.share(0).await, (Some(2.0), Some(5.0)));
    world.app.end().await;
}
