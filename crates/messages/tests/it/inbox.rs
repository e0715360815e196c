use crate::world::{COMMUNE, World};
use messages::{Letter, send, send_to_role};
use platform::access::Place;
use platform::{Message, Uuid};

async fn tell(world: &World, to: Uuid, count: i64, link: &str) -> Uuid {
    let ctx = world.ctx();
    let tx = ctx.begin().await.unwrap();
    let text = Message::new("messages-all-read").with("count", count);
    let id = send(&ctx, &tx, Letter { to, text, link: link.into() }).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_letter_is_read_in_the_readers_language_and_leads_to_its_matter() {
    let world = World::start(None).await;
    let browser = world.browser(world.head).await;
    browser.get("/lam-viec/hop-thu").await.ok().shows("Chưa có thư nào");
    let id = tell(&world, world.head, 1234, "/lam-viec/ho/1").await;
    browser.get("/lam-viec/hop-thu").await.ok().shows("1.234").shows("Mới");
    browser.get("/lam-viec/hop-thu?lang=en").await.ok().shows("1,234");
    browser.get(&format!("/lam-viec/hop-thu/{id}")).await.leads_to("/lam-viec/ho/1");
    browser.get("/lam-viec/hop-thu?lang=vi").await.ok().hides("Mới");
    world.end().await;
}

#[tokio::test]
async fn nobody_opens_the_letter_of_another() {
    let world = World::start(None).await;
    let id = tell(&world, world.head, 1, "").await;
    let admin = world.browser(world.admin).await;
    admin.get(&format!("/lam-viec/hop-thu/{id}")).await.is(404);
    admin.get("/lam-viec/hop-thu").await.ok().hides(&id.to_string());
    testkit::Client::of(&world.app).get("/lam-viec/hop-thu").await.leads_to("/dang-nhap");
    world.end().await;
}

#[tokio::test]
async fn all_letters_of_a_long_inbox_are_marked_read() {
    let world = World::start(None).await;
    for n in 0..45 {
        tell(&world, world.head, n, "").await;
    }
    let browser = world.browser(world.head).await;
    let page = browser.get("/lam-viec/hop-thu").await;
    page.ok().shows("/lam-viec/hop-thu?truoc=");
    browser.post("/lam-viec/hop-thu/doc-het", &[]).await.leads_to("/lam-viec/hop-thu");
    browser.get("/lam-viec/hop-thu").await.ok().shows("45").hides("Mới");
    world.end().await;
}

#[tokio::test]
async fn a_letter_to_a_role_reaches_whoever_holds_it() {
    let world = World::start(None).await;
    let ctx = world.ctx();
    let tx = ctx.begin().await.unwrap();
    let text = Message::new("messages-all-read").with("count", 7);
    let commune = Place::new("commune", COMMUNE);
    assert_eq!(send_to_role(&ctx, &tx, "admin", &commune, &text, "").await.unwrap(), 1);
    assert_eq!(send_to_role(&ctx, &tx, "chairman", &commune, &text, "").await.unwrap(), 0);
    tx.commit().await.unwrap();
    let page = world.browser(world.admin).await.get("/lam-viec/hop-thu").await;
    page.ok().shows("Đã đánh dấu đọc 7 thư.");
    world.end().await;
}
