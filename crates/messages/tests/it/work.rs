use crate::world::World;
use platform::jobs::{Job, Work, Worker, enqueue};
use platform::{Area, Ctx, Error, Uuid};
use serde_json::json;

/// Work that goes well, and work whose input is wrong.
pub fn toy() -> Area {
    Area::new("toy-work")
        .worker(Worker::new("toy.good", |ctx: Ctx, job: Job| async move {
            job.progress(&ctx, 3, 3).await?;
            Ok(json!({ "link": "/ket-qua" }))
        }))
        .worker(Worker::new("toy.wrong", |_, _| async { Err(Error::invalid("mail-refused")) }))
}

async fn ask(world: &World, account: Uuid, kind: &'static str) -> Uuid {
    let mut ctx = world.ctx();
    ctx.actor = Some(std::sync::Arc::new(platform::access::Actor {
        account_id: account,
        commune_id: ctx.commune,
        name: String::new(),
        grants: Vec::new(),
        second_factor: false,
        via: platform::access::Via::Session(Uuid::nil()),
    }));
    let tx = ctx.begin().await.unwrap();
    let id = enqueue(&ctx, &tx, Work::new(kind, json!({}))).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn my_work_shows_how_far_it_is_and_where_the_result_stands() {
    let world = World::start(None).await;
    let id = ask(&world, world.head, "toy.good").await;
    let path = format!("/lam-viec/cong-viec/{id}");
    let browser = world.browser(world.head).await;
    browser.get("/lam-viec/cong-viec").await.ok().shows(&path).shows("Đang chờ");
    browser.get(&path).await.ok().shows("Đang làm").shows(&path);
    world.browser(world.admin).await.get(&path).await.is(404);
    world.run_jobs().await;
    browser.get(&path).await.ok().shows("/ket-qua").shows("Đã xong");
    let piece = world.browser(world.head).await.header("hx-request", "true").get(&path).await;
    piece.ok().shows("/ket-qua").hides("<html");
    world.end().await;
}

#[tokio::test]
async fn cancelled_work_does_not_run() {
    let world = World::start(None).await;
    let id = ask(&world, world.head, "toy.good").await;
    let browser = world.browser(world.head).await;
    browser.post(&format!("/lam-viec/cong-viec/{id}/dung"), &[]).await.leads_to("/lam-viec/cong-viec/");
    world.run_jobs().await;
    browser.get(&format!("/lam-viec/cong-viec/{id}")).await.ok().shows("Đã dừng").hides("/ket-qua");
    world.end().await;
}

#[tokio::test]
async fn failed_work_waits_for_the_administrator_with_its_reason() {
    let world = World::start(None).await;
    let id = ask(&world, world.head, "toy.wrong").await;
    world.run_jobs().await;
    let dead = "/lam-viec/cong-viec-loi";
    world.browser(world.head).await.get(dead).await.is(403);
    let admin = world.browser(world.admin).await;
    admin.get(dead).await.ok().shows("Máy chủ thư từ chối địa chỉ này").shows("đã thử 1 lần");
    admin.post(&format!("{dead}/{id}/chay-lai"), &[]).await.leads_to(dead);
    admin.get(dead).await.ok().shows("Không có việc nào bị lỗi");
    world.run_jobs().await;
    admin.post(&format!("{dead}/{id}/bo"), &[]).await.leads_to(dead);
    admin.get(dead).await.ok().shows("Không có việc nào bị lỗi");
    admin.post(&format!("{dead}/{id}/bo"), &[]).await.is(409);
    world.end().await;
}
