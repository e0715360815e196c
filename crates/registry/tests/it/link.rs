//! Which account is which person: at the counter, by the card's QR, by a sign-in service.

use crate::desk::{COMMUNE, Desk};
use identity::{NewAccount, account_insert, grant_list};
use platform::{Ctx, Uuid};
use registry::link;
use testkit::Client;

const CARD: &str = "010190000123||Lò Thị Mẫu|02031990|Nữ|Thôn Đông Căm|01072021";

async fn account(desk: &Desk, login: &str) -> Uuid {
    let ctx = Ctx::system(&desk.test.app, COMMUNE, "test");
    let tx = ctx.begin().await.unwrap();
    let new =
        NewAccount { login: login.into(), display_name: "Lò Thị Mẫu".into(), ..NewAccount::default() };
    let id = account_insert(&ctx, &tx, new, None).await.unwrap().id;
    tx.commit().await.unwrap();
    id
}

/// Signed in, with no role.
fn member(desk: &Desk, account: Uuid) -> Client {
    desk.test.with_cookie(&format!("vai=nobody.commune.{COMMUNE}.{}", account.as_u128()))
}

async fn reads(desk: &Desk, account: Uuid) -> Vec<Uuid> {
    let ctx = Ctx::system(&desk.test.app, COMMUNE, "test");
    let today = ctx.today();
    let grants = grant_list(&ctx, account).await.unwrap();
    grants
        .iter()
        .filter(|grant| grant.role == "resident" && grant.on(today))
        .map(|grant| grant.place_id)
        .collect()
}

#[tokio::test]
async fn an_officer_links_at_the_counter_by_the_code_on_the_phone_and_undoes_it() {
    let desk = Desk::start().await;
    let (_, me, child) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let (mau, other) = (account(&desk, "lo.mau").await, account(&desk, "ly.pao").await);
    let shown = member(&desk, mau).post("/tai-khoan/nhan-khau/ma", &[]).await;
    let code = shown.ok().text().split("<strong class=\"code\">").nth(1).unwrap()[..9].to_owned();
    let (officer, page) = (desk.officer(), format!("/lam-viec/nguoi/{me}/tai-khoan"));
    officer.get(&format!("/lam-viec/nguoi/{me}")).await.ok().shows(&page);
    let key = officer.get(&page).await.ok().shows("Lò Thị Mẫu").field("khoa");
    let unseen = [("khoa", key.as_str()), ("tai-khoan", code.as_str())];
    officer.post(&page, &unseen).await.is(422).shows("Xem thẻ căn cước").shows(&code);
    let wrong = [("khoa", key.as_str()), ("tai-khoan", "khong.co"), ("da-xem-the", "1")];
    officer.post(&page, &wrong).await.is(422).shows("Không thấy tài khoản");
    let right = [("khoa", key.as_str()), ("tai-khoan", code.as_str()), ("da-xem-the", "1")];
    officer.post(&page, &right).await.is(303);
    assert_eq!(reads(&desk, mau).await, [me]);
    member(&desk, mau)
        .get("/tai-khoan/nhan-khau")
        .await
        .ok()
        .shows("Tài khoản đã được nối")
        .shows("Tại quầy");
    // The code is used up, the account is taken, and so is the person.
    let page_of_child = format!("/lam-viec/nguoi/{child}/tai-khoan");
    let key = officer.get(&page_of_child).await.field("khoa");
    let again = [("khoa", key.as_str()), ("tai-khoan", code.as_str()), ("da-xem-the", "1")];
    officer.post(&page_of_child, &again).await.is(422).shows("Không thấy tài khoản");
    let taken = [("khoa", key.as_str()), ("tai-khoan", "lo.mau"), ("da-xem-the", "1")];
    officer.post(&page_of_child, &taken).await.is(422).shows("đã nối với một người khác");
    let key = officer.get(&page).await.ok().shows("Đang nối với tài khoản").field("khoa");
    let second = [("khoa", key.as_str()), ("tai-khoan", "ly.pao"), ("da-xem-the", "1")];
    officer.post(&page, &second).await.is(422).shows("đã nối với một tài khoản khác");
    assert!(reads(&desk, other).await.is_empty());
    // Undone with a reason, which stays in the story.
    let ctx = Ctx::system(&desk.test.app, COMMUNE, "test");
    let stands = link::of_person(&ctx, me).await.unwrap().unwrap();
    let undo = format!("{page}/{}/bo", stands.id);
    officer.post(&undo, &[("khoa", key.as_str()), ("ly-do", "")]).await.is(422).shows("Cần ghi lý do");
    officer.post(&undo, &[("khoa", key.as_str()), ("ly-do", "Nối nhầm người cùng tên")]).await.is(303);
    officer.get(&page).await.ok().shows("Nối nhầm người cùng tên").shows("Tên đăng nhập hoặc mã");
    assert!(reads(&desk, mau).await.is_empty());
    desk.test.end().await;
}

#[tokio::test]
async fn the_text_of_the_card_is_a_request_that_an_officer_confirms() {
    let desk = Desk::start().await;
    let (_, me, _) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let mau = account(&desk, "lo.mau").await;
    let resident = member(&desk, mau);
    let send = async |text: &str| {
        let page = resident.get("/tai-khoan/nhan-khau").await;
        let key = page.field_of("/tai-khoan/nhan-khau/the", "khoa");
        resident.post("/tai-khoan/nhan-khau/the", &[("khoa", &key), ("qr", text)]).await
    };
    send("mã khác").await.is(422).shows("chưa phải dòng chữ").shows("mã khác");
    // Somebody else's name on the number, and a number of nobody: the same answer as for the right one.
    let officer = desk.officer();
    for strange in [CARD.replace("Lò Thị Mẫu", "Lò Thị Khác"), CARD.replace("010190000123", "010190000999")]
    {
        send(&strange).await.leads_to("/tai-khoan/nhan-khau");
        officer.get("/lam-viec/noi-tai-khoan").await.ok().shows("Chưa khớp").hides("/xac-nhan");
    }
    send(CARD).await.leads_to("/tai-khoan/nhan-khau");
    assert!(reads(&desk, mau).await.is_empty(), "a request is no link");
    resident.get("/tai-khoan/nhan-khau").await.ok().shows("Yêu cầu đang chờ");
    let list = officer.get("/lam-viec/noi-tai-khoan").await;
    list.ok().shows("Tài khoản của Lò Thị Mẫu").shows("Theo mã QR trên thẻ").hides("Chưa khớp");
    let ctx = Ctx::system(&desk.test.app, COMMUNE, "test");
    let asked = link::waiting(&ctx, 10).await.unwrap();
    assert_eq!(
        (asked.len(), asked[0].person_id),
        (1, Some(me)),
        "the newer request took the older one's place"
    );
    let confirm = format!("/lam-viec/noi-tai-khoan/{}/xac-nhan", asked[0].id);
    resident.post(&confirm, &[("khoa", &list.field("khoa"))]).await.is(403);
    officer.post(&confirm, &[("khoa", &list.field_of(&confirm, "khoa"))]).await.is(303);
    assert_eq!(reads(&desk, mau).await, [me]);
    officer.get("/lam-viec/noi-tai-khoan").await.ok().shows("Không có yêu cầu nào chờ");
    resident.get("/tai-khoan/nhan-khau?lang=en").await.ok().shows("The account is linked");
    desk.test.end().await;
}

#[tokio::test]
async fn a_request_is_refused_with_a_reason_that_the_resident_reads() {
    let desk = Desk::start().await;
    desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let mau = account(&desk, "lo.mau").await;
    let resident = member(&desk, mau);
    let key = resident.get("/tai-khoan/nhan-khau").await.field_of("/tai-khoan/nhan-khau/the", "khoa");
    resident.post("/tai-khoan/nhan-khau/the", &[("khoa", &key), ("qr", CARD)]).await.is(303);
    let ctx = Ctx::system(&desk.test.app, COMMUNE, "test");
    let id = link::waiting(&ctx, 10).await.unwrap()[0].id;
    let officer = desk.officer();
    let refuse = format!("/lam-viec/noi-tai-khoan/{id}/tu-choi");
    let key = officer.get("/lam-viec/noi-tai-khoan").await.field_of(&refuse, "khoa");
    officer.post(&refuse, &[("khoa", &key), ("ly-do", "Thẻ đã báo mất")]).await.is(303);
    resident.get("/tai-khoan/nhan-khau").await.ok().shows("Thẻ đã báo mất");
    // Too late for another officer.
    let tx = ctx.begin().await.unwrap();
    assert!(link::confirm(&ctx, &tx, id).await.unwrap_err().is(platform::Kind::Conflict));
    drop(tx);
    desk.test.end().await;
}

#[tokio::test]
async fn nobody_links_the_own_account_and_none_that_is_locked() {
    let desk = Desk::start().await;
    let (_, me, _) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let own = account(&desk, "can.bo").await;
    let officer = desk.test.with_cookie(&format!("vai=onestop_officer.commune.{COMMUNE}.{}", own.as_u128()));
    let page = format!("/lam-viec/nguoi/{me}/tai-khoan");
    let key = officer.get(&page).await.ok().field("khoa");
    let fields = [("khoa", key.as_str()), ("tai-khoan", "can.bo"), ("da-xem-the", "1")];
    officer.post(&page, &fields).await.is(422).shows("của chính ông/bà");
    let locked = account(&desk, "bi.khoa").await;
    let ctx = Ctx::system(&desk.test.app, COMMUNE, "test");
    let tx = ctx.begin().await.unwrap();
    identity::account_lock(&ctx, &tx, locked, 1).await.unwrap();
    tx.commit().await.unwrap();
    let fields = [("khoa", key.as_str()), ("tai-khoan", "bi.khoa"), ("da-xem-the", "1")];
    officer.post(&page, &fields).await.is(422).shows("đang bị khóa");
    // A village head has no card in the hand.
    desk.test.with_cookie(&format!("vai=clerk.commune.{COMMUNE}.7")).get(&page).await.is(403);
    desk.test.end().await;
}
