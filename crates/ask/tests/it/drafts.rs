//! Consultations: a text by paragraph, comments read first, answered one by one or together, the summary.

use crate::world::{WORK, World};
use testkit::{Answer, Client};

const TEXT: &str = "Điều 1. Giờ họp chợ\n1. Chợ họp chủ nhật.\n2. Mùa vụ họp thêm thứ năm.\nĐiều 2. Phí sạp\nPhí giữ như năm trước.";

impl World {
    async fn consultation(&self, begins: i64) -> (String, String) {
        let officer = self.who("clerk").await;
        let (from, until) = (self.day(begins), self.day(begins + 12));
        let typed = [("tieu-de", "Quy chế chợ phiên"), ("tu-ngay", &*from), ("den-ngay", &*until)];
        let page = self.send(&officer, &format!("{WORK}/moi/draft"), &typed).await.is(303).location();
        self.send(&officer, &format!("{page}/van-ban"), &[("van-ban", TEXT)]).await.is(303);
        (page.clone(), page.replace("/lam-viec/hoi-dan", "/hoi-dan/gop-y"))
    }

    async fn comment(&self, who: &Client, draft: &str, part: &str, body: &str) -> Answer {
        self.send(who, draft, &[("doan", part), ("gop-y", body)]).await
    }
}

/// The ids of the comments that can be ticked, in order.
fn ticks(page: &Answer) -> Vec<String> {
    let text = page.text();
    let start = "name=\"chon\" value=\"";
    let ids: Vec<String> =
        text.match_indices(start).map(|(at, _)| text[at + start.len()..][..36].to_owned()).collect();
    assert!(!ids.is_empty(), "nothing can be ticked: {text}");
    ids
}

#[tokio::test]
async fn comments_and_voices_are_taken_by_paragraph_and_read_first() {
    let world = World::start().await;
    let officer = world.who("clerk").await;
    let short = [("tieu-de", "x"), ("den-ngay", &*world.day(3))];
    world.send(&officer, &format!("{WORK}/moi/draft"), &short).await.is(422).shows("ít nhất 10 ngày");
    let (page, draft) = world.consultation(0).await;
    world.publish(&officer, &page).await.is(303);
    world.visitor().get(&draft).await.ok().shows("Chợ họp chủ nhật").shows("Đăng nhập để góp ý");
    world.comment(&world.visitor(), &draft, "2", "x").await.leads_to("/dang-nhap");
    let (first, second) = (world.who("head-0").await, world.who("head-1").await);
    world.comment(&first, &draft, "2", "").await.is(422).shows("Viết góp ý");
    world.comment(&first, &draft, "99", "x").await.is(404);
    world.comment(&first, &draft, "2", &"ă".repeat(10_000)).await.is(422);
    let taken = world.comment(&first, &draft, "2", "Thêm <b>thứ bảy</b>").await;
    taken.is(303).leads_to(&format!("{draft}#doan-2"));
    world.comment(&second, &draft, "2", "Cả thứ bảy nữa").await.is(303);
    // Nobody but its writer sees it before an officer has read it.
    let own = first.get(&draft).await;
    own.ok().shows("Thêm &#60;b&#62;thứ bảy&#60;/b&#62;").shows("Chờ đọc").hides("Cả thứ bảy nữa");
    world.visitor().get(&draft).await.ok().hides("thứ bảy");
    officer.get("/lam-viec").await.ok().shows("2 góp ý chờ đọc");
    // For and against, changed once.
    let stand = format!("{draft}/dong-y");
    world.send(&first, &stand, &[("doan", "2"), ("lam", "khong")]).await.is(303);
    world.send(&first, &stand, &[("doan", "2"), ("lam", "dong-y")]).await.is(303);
    world.send(&second, &stand, &[("doan", "2"), ("lam", "khong")]).await.is(303);
    world.visitor().get(&draft).await.ok().shows("Đồng ý 1 · Không đồng ý 1");
    let api = draft.replace("/hoi-dan/gop-y", "/api/v1/ask/matters");
    let body = world.visitor().get(&api).await.ok().json();
    assert_eq!(body["counts"][0]["of"], "khoản 1 Điều 1");
    assert_eq!(body["counts"][0]["against"], 1);
    world.app.end().await;
}

#[tokio::test]
async fn comments_are_answered_together_and_summed_up() {
    let world = World::start().await;
    let officer = world.who("clerk").await;
    let (page, draft) = world.consultation(0).await;
    world.publish(&officer, &page).await.is(303);
    let who = world.who("head-0").await;
    for (part, body) in [("2", "Thêm thứ bảy"), ("2", "Cả thứ bảy nữa"), ("0", "Viết tục")] {
        world.comment(&who, &draft, part, body).await.is(303);
    }
    // Two are shown, one is not. The order is by paragraph: the one on the whole first.
    let ids = ticks(&officer.get(&page).await);
    assert_eq!(ids.len(), 3);
    let decide = async |id: &str, how: &str| {
        world.send(&officer, &format!("{page}/gop-y/{id}"), &[("lam", how)]).await
    };
    decide(&ids[0], "tu-choi").await.is(303);
    decide(&ids[1], "hien").await.is(303);
    world.visitor().get(&draft).await.ok().shows("Thêm thứ bảy").shows("Bà con head-0").hides("Viết tục");
    // One answer for both.
    let answer = format!("{page}/tra-loi");
    let bare = [("ket-qua", "accepted"), ("tra-loi", "x")];
    world.send(&officer, &answer, &bare).await.is(422).shows("Đánh dấu góp ý");
    let words = "Họp thêm thứ bảy trong mùa vụ";
    let typed = [("chon", &*ids[1]), ("chon", &*ids[2]), ("ket-qua", "partly"), ("tra-loi", words)];
    world.send(&officer, &answer, &typed[..3]).await.is(422).shows("Viết lời giải trình");
    world.send(&officer, &answer, &typed).await.is(303);
    let shown = world.visitor().get(&draft).await;
    shown.ok().shows(words).shows("Tiếp thu một phần").shows("Cả thứ bảy nữa");
    world.send(&officer, &format!("{page}/cong-bo"), &[]).await.is(409).shows("Hết hạn góp ý");
    world.comment(&world.who("head-2").await, &draft, "0", "Góp ý muộn").await.is(303);
    world.later(13).await;
    let officer = world.who("clerk").await;
    world.comment(&world.who("head-2").await, &draft, "0", "x").await.is(409);
    world.send(&officer, &format!("{page}/cong-bo"), &[]).await.is(409).shows("Còn 1 góp ý chưa trả lời");
    let open = ticks(&officer.get(&page).await);
    let typed = [("chon", &*open[0]), ("ket-qua", "not"), ("tra-loi", "Ngoài phạm vi quy chế")];
    world.send(&officer, &answer, &typed).await.is(303);
    world.send(&officer, &format!("{page}/cong-bo"), &[]).await.is(303);
    world.send(&officer, &answer, &typed).await.is(409);
    let summary = world.visitor().get(&draft).await;
    summary.ok().shows("Tổng hợp, tiếp thu, giải trình").shows("Chưa tiếp thu").hides("Gửi góp ý");
    let sheet = officer.get(&format!("{page}/tong-hop")).await;
    sheet.ok().shows("khoản 1 Điều 1").shows("Ngoài phạm vi").hides("Viết tục");
    let csv = officer.get(&format!("{page}/tai-ve?dinh-dang=csv")).await.ok().text();
    assert!(csv.contains("khoản 1 Điều 1") && !csv.contains("Viết tục"), "{csv}");
    assert!(officer.get(&format!("{page}/tai-ve?dinh-dang=xlsx")).await.ok().bytes.starts_with(b"PK"));
    world.app.end().await;
}

#[tokio::test]
async fn the_text_comes_from_a_word_file_until_it_begins() {
    let world = World::start().await;
    let officer = world.who("clerk").await;
    let (page, draft) = world.consultation(2).await;
    let mut file = docx::Document::new(docx::Page::A4, "Times New Roman", 14.0);
    for line in ["Điều 1. Tên gọi", "1. Chợ Bến Đền.", "a) Khu rau;"] {
        file.push(docx::Paragraph::of(docx::Run::new(line)));
    }
    let bytes = file.file(world.app.clock.now()).unwrap();
    let upload = async |bytes: &[u8]| {
        let key = world.fresh();
        officer
            .upload(
                &format!("{page}/van-ban"),
                &[("khoa", &*key), ("van-ban", "")],
                "tep",
                "du-thao.docx",
                bytes,
            )
            .await
    };
    upload(b"PK rubbish").await.is(422).shows("Không đọc được");
    upload(&bytes).await.is(303);
    officer
        .get(&draft)
        .await
        .ok()
        .shows("Chợ Bến Đền")
        .shows("aria-label=\"điểm a khoản 1 Điều 1\"")
        .hides("Phí sạp");
    world.send(&officer, &format!("{page}/van-ban"), &[("van-ban", " ")]).await.is(422).shows("Dán văn bản");
    world.publish(&officer, &page).await.is(303);
    world.later(2).await;
    let officer = world.who("clerk").await;
    world.send(&officer, &format!("{page}/van-ban"), &[("van-ban", TEXT)]).await.is(409);
    world.cancel(&officer, &page, "Rút dự thảo").await.is(303);
    world.comment(&world.who("head-0").await, &draft, "0", "x").await.is(409);
    world.app.end().await;
}
