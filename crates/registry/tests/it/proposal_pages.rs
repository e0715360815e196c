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

#[tokio::test]
async fn an_officer_takes_an_approval_back_by_a_button() {
    let desk = Desk::start().await;
    let (home, head, _) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let (village_head, officer) = (desk.head_of(desk.dong_cam), desk.officer());
    let path = format!("/lam-viec/nguoi/{head}/de-nghi");
    let page = village_head.get(&path).await;
    let over = [("dien-thoai", "0987654321"), ("tu-ngay", "01/03/2026"), ("ly-do", "đổi số")];
    let keep = ["ho-ten", "ngay-sinh"];
    let mut fields = typed(&page, &keep, &over);
    for (name, value) in
        [("gioi-tinh", "female"), ("quan-he", "head"), ("dan-toc", "tay"), ("cu-tru", "permanent")]
    {
        fields.push((name, value.to_owned()));
    }
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let proposal = village_head.post(&path, &pairs).await.leads_to("/lam-viec/de-nghi/").location();
    let approve = async || {
        let key = officer.get(&proposal).await.ok().field("khoa");
        officer.post(&format!("{proposal}/duyet"), &[("khoa", &key)]).await.leads_to("/lam-viec/de-nghi");
    };
    approve().await;
    let undo = format!("{proposal}/hoan-tac");
    officer.get("/lam-viec/de-nghi").await.ok().shows(&undo);
    village_head.get(&proposal).await.ok().hides("Lấy lại việc duyệt");
    village_head.post(&undo, &[]).await.is(403);
    officer.get(&proposal).await.ok().shows("Lấy lại việc duyệt");
    officer.post(&undo, &[]).await.leads_to(&proposal);
    officer.get(&proposal).await.ok().shows("đề nghị chờ duyệt lại").shows(">Duyệt<");
    officer.post(&undo, &[]).await.is(409).shows("không lấy lại được nữa");
    // Approved again, then written on: the page says why it cannot go back.
    approve().await;
    let edit = format!("/lam-viec/nguoi/{head}/ky-nang");
    let form = officer.get(&edit).await;
    let skills = typed(&form, &[], &[("co-driving", "1")]);
    let pairs: Vec<(&str, &str)> = skills.iter().map(|(name, value)| (*name, value.as_str())).collect();
    officer.post(&edit, &pairs).await.leads_to("/lam-viec/nguoi/");
    officer.post(&undo, &[]).await.is(409).shows("đã có người sửa tiếp");
    officer.get(&format!("{proposal}?lang=en")).await.ok().shows("Take the approval back");
    let told = platform::sql("SELECT COUNT(*) FROM message WHERE commune_id = $1 AND account_id = $2");
    let told = told.bind(crate::desk::COMMUNE).bind(platform::Uuid::from_u128(4));
    assert_eq!(told.count(&desk.test.app.db).await.unwrap(), 3, "approved, taken back, approved");
    let record = platform::sql(
        "SELECT COUNT(*) FROM audit_entry WHERE commune_id = $1 AND action = 'proposal.undo' /* all rows */",
    );
    assert_eq!(record.bind(crate::desk::COMMUNE).count(&desk.test.app.db).await.unwrap(), 1);
    let _ = home;
    desk.test.end().await;
}
