//! A visitor asks for a place; the business or an officer answers.

use crate::world::{WORK, World};
use identity::NewGrant;
use platform::access::Place;
use testkit::{Answer, Client};

const LIST: &str = "/lam-viec/du-lich/hoi-cho";

async fn ask(world: &World, who: &Client, changed: &[(&str, &str)]) -> Answer {
    let mut typed = vec![
        ("ten", "Nguyễn Thị Khách"),
        ("dien-thoai", "0912 345 678"),
        ("tu-ngay", "20/03/2026"),
        ("den-ngay", "22/03/2026"),
        ("so-nguoi", "4"),
        ("loi-nhan", "Có hai trẻ nhỏ."),
    ];
    typed.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
    typed.extend(changed);
    world.send(who, "/hoi-cho/nha-thu", &typed).await
}

#[tokio::test]
async fn an_officer_answers_for_a_business_without_an_account() {
    let world = World::start().await;
    let visitor = world.visitor();
    world.published("stay", "Nhà Thử", &[]).await;
    visitor.get("/du-lich/nha-thu").await.ok().shows("/hoi-cho/nha-thu");
    visitor.get("/hoi-cho/nha-thu").await.ok().shows("Gửi câu hỏi").shows("60 ngày");
    let own = ask(&world, &visitor, &[]).await.is(303).location();
    visitor.get(&own).await.ok().shows("Chờ trả lời").shows("20/03/2026 – 22/03/2026").hides("0912");
    visitor.get(own.split('?').next().unwrap()).await.is(404);
    visitor.get(&format!("{}?ma=aaaaa-bbbbb", own.split('?').next().unwrap())).await.is(404);

    world.clerk.get("/lam-viec").await.ok().shows("1 khách hỏi chỗ chờ trả lời");
    let list = world.clerk.get(LIST).await;
    let text =
        list.ok().shows("Nhà Thử").hides("912345678").hides("0912 345 678").hides("Nguyễn Thị Khách").text();
    let at = text.find(&format!("{LIST}/")).unwrap() + LIST.len() + 1;
    let page = format!("{LIST}/{}", &text[at..at + 36]);
    let shown = world.clerk.get(&page).await;
    shown
        .ok()
        .shows("••••••• 678")
        .shows("Có hai trẻ nhỏ.")
        .hides("Nguyễn Thị Khách")
        .shows("Gọi cho chủ cơ sở");
    world.head.get(&page).await.is(403);
    world
        .send(&world.clerk, &format!("{page}/lien-he"), &[])
        .await
        .ok()
        .shows("Nguyễn Thị Khách")
        .shows("0912 345 678");
    let revision = shown.field_of(&page, "phien-ban");
    let empty = [("phien-ban", revision.as_str()), ("lam", "tra-loi")];
    world.send(&world.clerk, &page, &empty).await.is(422).shows("Ghi câu trả lời");
    let answer = [("phien-ban", revision.as_str()), ("tra-loi", "Còn chỗ, mời khách."), ("lam", "tra-loi")];
    world.send(&world.clerk, &page, &answer).await.is(303);
    world.send(&world.leader, &page, &answer).await.is(409);
    visitor.get(&own).await.ok().shows("Còn chỗ, mời khách.").shows("Đã trả lời");
    world.app.end().await;
}

#[tokio::test]
async fn a_business_with_an_account_answers_itself() {
    let world = World::start().await;
    let ctx = world.app.ctx(&world.cast.home);
    let facts = registry::organisation::Facts {
        kind: registry::organisation::Kind::HouseholdBusiness,
        name: "Hộ kinh doanh Thử".into(),
        village_id: Some(world.cast.home.villages[0]),
        address: String::new(),
        trade: String::new(),
        tax_no: None,
        phone: None,
        representative: String::new(),
        representative_id: None,
        licence_no: String::new(),
        founded_on: None,
    };
    let tx = ctx.begin().await.unwrap();
    let business = registry::organisation::insert(&ctx, &tx, facts, ctx.today(), "test").await.unwrap();
    let grant = NewGrant {
        account_id: world.cast.home.accounts["organisation_manager"],
        role: "organisation_manager".into(),
        place: Place::new("organisation", business),
        valid_from: ctx.today(),
        valid_to: None,
    };
    identity::grant_insert(&ctx, &tx, grant).await.unwrap();
    tx.commit().await.unwrap();
    let id = business.to_string();
    world.published("stay", "Nhà Thử", &[("to-chuc", &id)]).await;
    world.clerk.get(WORK).await.ok();
    ask(&world, &world.visitor(), &[]).await.is(303);
    let owner = world.app.sign_in(&world.cast.home, "organisation_manager").await;
    owner.get("/tin-nhan").await;
    let text = owner.get(LIST).await.ok().shows("Nhà Thử").text();
    let at = text.find(&format!("{LIST}/")).unwrap() + LIST.len() + 1;
    let page = format!("{LIST}/{}", &text[at..at + 36]);
    let shown = owner.get(&page).await;
    shown.ok().hides("Gọi cho chủ cơ sở");
    let revision = shown.field_of(&page, "phien-ban");
    let close = [("phien-ban", revision.as_str()), ("tra-loi", "Hết chỗ rồi."), ("lam", "dong")];
    world.send(&owner, &page, &close).await.is(303);
    owner.get(&page).await.ok().shows("Đã xong").hides("Gửi trả lời");
    // A request for somebody else's place does not exist for this business.
    world.published("food", "Quán Khác", &[]).await;
    world
        .send(
            &world.visitor(),
            "/hoi-cho/quan-khac",
            &[("ten", "K"), ("email", "k@example.com"), ("tu-ngay", "20/03/2026"), ("so-nguoi", "2")],
        )
        .await
        .is(303);
    owner.get(LIST).await.ok().hides("Quán Khác");
    world.clerk.get(LIST).await.ok().shows("Quán Khác").shows("Nhà Thử");
    world.app.end().await;
}

#[tokio::test]
async fn what_is_asked_wrongly_is_told_at_its_field() {
    let world = World::start().await;
    world.published("stay", "Nhà Thử", &[]).await;
    world.published("sight", "Thác Thử", &[]).await;
    world.visitor().get("/hoi-cho/thac-thu").await.is(404);
    for (field, value, words) in [
        ("ten", "", "ghi tên"),
        ("dien-thoai", "abc", "không phải số điện thoại"),
        ("dien-thoai", "", "Cần số điện thoại hoặc thư"),
        ("email", "sai", "không phải địa chỉ thư"),
        ("tu-ngay", "", "ghi ngày đến"),
        ("tu-ngay", "09/03/2026", "đã qua"),
        ("tu-ngay", "20/03/2029", "xa quá"),
        ("den-ngay", "19/03/2026", "phải sau ngày đến"),
        ("so-nguoi", "0", "từ 1 đến 60"),
        ("so-nguoi", "nhiều", ""),
    ] {
        let answer = ask(&world, &world.visitor(), &[(field, value)]).await;
        answer.is(422).shows(words).shows(&format!("href=\"#{field}\""));
    }
    ask(&world, &world.visitor(), &[("trang-web", "http://x")]).await.is(422);
    world.clerk.get(LIST).await.ok().shows("Chưa có khách nào hỏi");
    world.app.end().await;
}

#[tokio::test]
async fn requests_are_few_from_one_address_and_gone_after_their_term() {
    let world = World::start().await;
    world.published("stay", "Nhà Thử", &[]).await;
    let visitor = world.visitor();
    let mut pages = Vec::new();
    for _ in 0..5 {
        pages.push(ask(&world, &visitor, &[]).await.is(303).location());
    }
    ask(&world, &visitor, &[]).await.is(429).shows("đã hỏi nhiều lần");
    // One takes the question back.
    let (path, code) = pages[0].split_once("?ma=").unwrap();
    world.send(&visitor, path, &[("ma", "sai")]).await.is(404);
    world.send(&visitor, path, &[("ma", code)]).await.is(303);
    visitor.get(&pages[0]).await.is(404);
    // 60 days after the last day asked for.
    world.app.clock.advance(chrono::Duration::days(71));
    world.app.run_jobs().await;
    visitor.get(&pages[1]).await.ok();
    world.app.clock.advance(chrono::Duration::days(2));
    world.app.run_jobs().await;
    visitor.get(&pages[1]).await.is(404);
    world.app.end().await;
}
