//! A village head proposes, an officer decides.

use crate::desk::{Desk, typed};

#[tokio::test]
async fn a_proposal_goes_from_the_phone_to_the_registry() {
    let desk = Desk::start().await;
    let (id, ..) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let (head, officer) = (desk.head_of(desk.dong_cam), desk.officer());
    head.get("/lam-viec/de-nghi").await.ok().shows("Không có đề nghị nào");
    let path = format!("/lam-viec/ho/{id}/de-nghi");
    let page = head.get(&path).await;
    let village = desk.dong_cam.to_string();
    let over = [
        ("thon", village.as_str()),
        ("dia-chi", "Xóm Mới"),
        ("so-so", "12"),
        ("ho-ngheo", "none"),
        ("loai-ho", "permanent"),
        ("cap-quang", "1"),
        ("tu-ngay", "01/03/2026"),
        ("ly-do", "<b>mới lắp</b>"),
    ];
    let fields = typed(&page, &[], &over);
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let proposal = head.post(&path, &pairs).await.leads_to("/lam-viec/de-nghi/").location();
    head.get(&proposal).await.ok().shows("Xóm Mới").hides("<b>mới").shows("Rút đề nghị").hides(">Duyệt<");
    desk.head_of(desk.soi_co).get(&proposal).await.is(404);
    officer.get("/lam-viec/de-nghi").await.ok().shows("Hộ Lò Thị Mẫu");
    officer.get(&format!("{proposal}?lang=en")).await.ok().shows("Approve");
    let key = officer.get(&format!("{proposal}?lang=vi")).await.ok().field("khoa");
    officer.post(&format!("{proposal}/tu-choi"), &[("khoa", &key), ("tra-loi", "")]).await.is(422);
    head.post(&format!("{proposal}/duyet"), &[("khoa", &key)]).await.is(403);
    officer.post(&format!("{proposal}/duyet"), &[("khoa", &key)]).await.leads_to("/lam-viec/de-nghi");
    officer.get(&format!("/lam-viec/ho/{id}")).await.ok().shows("Xóm Mới").shows("Có cáp quang");
    head.get("/lam-viec/de-nghi?trang-thai=approved").await.ok().shows("Hộ Lò Thị Mẫu");
    desk.test.end().await;
}
