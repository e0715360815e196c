//! The pages of people, as persons see them.

use crate::desk::Desk;

#[tokio::test]
async fn personal_fields_are_masked_until_a_recorded_click() {
    let desk = Desk::start().await;
    let (_, head, _) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let officer = desk.officer();
    officer.get("/lam-viec/nguoi").await.ok().shows("Lò Thị Mẫu").hides("010190000123").hides("0912345678");
    let card = officer.get(&format!("/lam-viec/nguoi/{head}")).await;
    card.ok().hides("010190000123").hides("02/03/1990").shows("personal_no");
    let looks = async || audit::views_of(&desk.ctx(), head, None, 10).await.unwrap();
    assert!(looks().await.is_empty());
    let url = format!("/lam-viec/nguoi/{head}/xem/personal_no");
    officer.post(&url, &[]).await.ok().hides("010190000123").shows("Xem để làm gì");
    assert!(looks().await.is_empty(), "asking for the purpose shows nothing yet");
    officer.post(&url, &[("muc-dich", "procedure")]).await.ok().shows("010190000123");
    let seen = looks().await;
    assert_eq!(
        (seen.len(), seen[0].purpose.as_str(), seen[0].fields.as_str()),
        (1, "procedure", "personal_no")
    );
    let village_head = desk.head_of(desk.dong_cam);
    village_head.post(&url, &[("muc-dich", "procedure")]).await.is(403);
    village_head
        .post(&format!("/lam-viec/nguoi/{head}/xem/phone"), &[("muc-dich", "contact")])
        .await
        .ok()
        .shows("0912");
    officer.get(&format!("/lam-viec/ca-nhan/{head}/ai-da-xem")).await.ok().shows("Giải quyết thủ tục");
    desk.test.end().await;
}

#[tokio::test]
async fn a_birth_a_move_and_a_death_are_told_on_the_card() {
    let desk = Desk::start().await;
    let (home, head, child) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let officer = desk.officer();
    let path = format!("/lam-viec/ho/{home}/khai-sinh");
    let key = officer.get(&path).await.ok().field("khoa");
    let fields = [
        ("khoa", key.as_str()),
        ("ho-ten", "LÒ VĂN MỚI"),
        ("gioi-tinh", "male"),
        ("ngay-sinh", "01/02/2026"),
        ("quan-he", "child"),
        ("dan-toc", "tay"),
        ("nguon", "Giấy khai sinh 01"),
    ];
    officer.post(&path, &fields).await.leads_to("/lam-viec/nguoi/");
    officer.get(&format!("/lam-viec/ho/{home}")).await.ok().shows("Lò Văn Mới");
    let path = format!("/lam-viec/nguoi/{head}/khai-tu");
    let page = officer.get(&path).await;
    page.ok().shows("Chủ hộ mới");
    let (key, revision) = (page.field("khoa"), page.field("phien-ban"));
    let send = async |heir: &str| {
        let fields = [
            ("khoa", key.as_str()),
            ("phien-ban", revision.as_str()),
            ("tu-ngay", "01/03/2026"),
            ("chu-ho-moi", heir),
        ];
        officer.post(&path, &fields).await
    };
    send("").await.is(422).shows("chủ hộ mới");
    send(&child.to_string()).await.leads_to("/lam-viec/nguoi/");
    officer.get(&format!("/lam-viec/nguoi/{head}")).await.ok().shows("Đã mất");
    officer.get(&format!("/lam-viec/nguoi/{head}?lang=en")).await.ok();
    for action in ["sua", "chuyen-ho", "chuyen-di", "khai-tu"] {
        officer.get(&format!("/lam-viec/nguoi/{child}/{action}?lang=vi")).await.ok();
    }
    desk.test.end().await;
}

#[tokio::test]
async fn pairs_are_compared_merged_and_parted() {
    let desk = Desk::start().await;
    let (_, first, one) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let (_, second, other) = desk.household(desk.soi_co, "Lò Thị Mẫu").await;
    let officer = desk.officer();
    officer.post("/lam-viec/trung/tim", &[]).await.leads_to("/lam-viec/trung");
    officer.get("/lam-viec/trung").await.ok().shows("Lò Thị Út");
    desk.head_of(desk.dong_cam).get("/lam-viec/trung").await.is(403);
    assert_ne!(first, second);
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    let path = format!("/lam-viec/trung/{low}/{high}");
    let page = officer.get(&path).await;
    page.ok().shows("Giống nhau");
    let (rev_low, rev_high) = (format!("phien-ban-{low}"), format!("phien-ban-{high}"));
    let fields = [
        ("khoa", page.field("khoa")),
        (rev_low.as_str(), page.field(&rev_low)),
        (rev_high.as_str(), page.field(&rev_high)),
        ("giu-lai", low.to_string()),
    ];
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    officer.post(&format!("{path}/gop"), &pairs).await.leads_to(&format!("/lam-viec/nguoi/{low}"));
    let done = officer.get(&format!("/lam-viec/nguoi/{low}")).await;
    let text = done.ok().text();
    let undo = text.split("/lam-viec/trung/hoan-tac/").nth(1).expect("an undo").split('"').next().unwrap();
    officer.post(&format!("/lam-viec/trung/hoan-tac/{undo}"), &[]).await.leads_to("/lam-viec/trung");
    officer.get(&format!("/lam-viec/nguoi/{high}")).await.ok().hides("Bản ghi trùng");
    desk.test.end().await;
}
