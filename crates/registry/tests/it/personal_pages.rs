//! What a resident sees of the own data, and the data officer's page.

use crate::desk::Desk;

#[tokio::test]
async fn a_resident_sees_the_own_data_and_who_looked() {
    let desk = Desk::start().await;
    let (_, me, child) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let resident = desk.resident(me);
    resident.get("/cua-toi").await.ok().shows("010190000123").shows("Quản lý cư trú").hides("Lò Thị Út");
    resident.get("/cua-toi/ai-da-xem").await.ok().shows("Chưa ai xem");
    desk.officer().post(&format!("/lam-viec/nguoi/{me}/xem/phone"), &[("muc-dich", "contact")]).await.ok();
    resident.get("/cua-toi/ai-da-xem").await.ok().shows("Liên hệ với người dân");
    resident.get("/cua-toi?lang=en").await.ok().shows("My data");
    resident.post(&format!("/cua-toi/{me}/tai"), &[]).await.ok().shows("010190000123");
    resident.post(&format!("/cua-toi/{child}/tai"), &[]).await.is(404);
    resident.get(&format!("/lam-viec/nguoi/{me}")).await.is(403);
    desk.test.end().await;
}

#[tokio::test]
async fn grounds_are_given_and_withdrawn_and_a_present_person_is_not_erased() {
    let desk = Desk::start().await;
    let (_, head, _) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let officer = desk.officer();
    let path = format!("/lam-viec/ca-nhan/{head}");
    let page = officer.get(&path).await;
    page.ok().shows("Xóa thông tin cá nhân").hides("name=\"ly-do\"");
    let key = page.field("khoa");
    let consent = [
        ("khoa", key.as_str()),
        ("muc-dich", "contact"),
        ("co-so", "consent"),
        ("ngay", "01/03/2026"),
        ("can-cu", "Phiếu 01"),
    ];
    officer.post(&format!("{path}/dong-y"), &consent).await.leads_to(&path);
    let text = officer.get(&path).await.ok().text();
    let withdraw = text
        .split("/dong-y/")
        .find(|part| part.contains("/rut\""))
        .expect("a consent to withdraw")
        .split("/rut")
        .next()
        .unwrap();
    let withdraw = format!("{path}/dong-y/{withdraw}/rut");
    let key = officer.get(&path).await.field("khoa");
    officer.post(&withdraw, &[("khoa", &key)]).await.leads_to(&path);
    officer.get(&path).await.ok().shows("Đã rút");
    officer.post(&format!("{path}/tai"), &[]).await.ok().shows("Lò Thị Mẫu");
    desk.clerk().get(&path).await.is(403);
    desk.test.end().await;
}
