//! News over HTTP: an editor writes, a leader approves, everybody reads.

use testkit::{Answer, Client, TestApp, TestCommune};

pub(crate) const WORK: &str = "/lam-viec/tin-tuc";

/// Begins an article; the path of its page on the work side.
pub(crate) async fn begin(writer: &Client, title: &str, section: &str) -> String {
    let form = writer.get("/lam-viec/tin-tuc/moi").await;
    let key = form.ok().field_of("/lam-viec/tin-tuc/moi", "khoa");
    let sent = [("khoa", key.as_str()), ("tieu-de", title), ("chuyen-muc", section)];
    let answer = writer.post("/lam-viec/tin-tuc/moi", &sent).await;
    answer.is(303).location().split(['#', '?']).next().unwrap().trim_end_matches("/soan").to_owned()
}

/// Sends the form of an article with some fields changed.
pub(crate) async fn save(writer: &Client, path: &str, changed: &[(&str, &str)]) -> Answer {
    let form = writer.get(&format!("{path}/soan")).await;
    let action = format!("{path}/soan");
    let (key, revision) = (form.ok().field_of(&action, "khoa"), form.field_of(&action, "phien-ban"));
    send(writer, path, &key, &revision, changed).await
}

async fn send(writer: &Client, path: &str, key: &str, revision: &str, changed: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("khoa", key), ("phien-ban", revision), ("chuyen-muc", "tin-hoat-dong")];
    fields.extend_from_slice(changed);
    // The last of two equal fields counts.
    let mut last: Vec<(&str, &str)> = Vec::new();
    for (name, value) in fields {
        last.retain(|(known, _)| *known != name);
        last.push((name, value));
    }
    writer.post(&format!("{path}/soan"), &last).await
}

pub(crate) async fn act(client: &Client, path: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let page = client.get(path).await;
    let action = format!("{path}/{act}");
    let (key, revision) = (page.ok().field_of(&action, "khoa"), page.field_of(&action, "phien-ban"));
    let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    fields.extend_from_slice(more);
    client.post(&action, &fields).await
}

/// An article that everybody reads, written and approved by people of the cast.
pub(crate) async fn published(test: &TestApp, commune: &TestCommune, title: &str, section: &str) -> String {
    let writer = test.sign_in(commune, "editor").await;
    let path = begin(&writer, title, section).await;
    let fields = [
        ("tieu-de", title),
        ("chuyen-muc", section),
        ("sapo", "Tóm tắt của bài."),
        ("noi-dung", "Đoạn một.\n\nĐoạn hai."),
    ];
    save(&writer, &path, &fields).await.is(303);
    act(&writer, &path, "trinh", &[]).await.is(303);
    let leader = test.sign_in(commune, "vice_chairman").await;
    act(&leader, &path, "duyet", &[]).await.is(303);
    path
}

#[tokio::test]
async fn an_article_goes_from_the_writer_over_the_leader_to_everybody() {
    let (test, cast) = TestApp::start().await;
    let (writer, leader) =
        (test.sign_in(&cast.home, "editor").await, test.sign_in(&cast.home, "chairman").await);
    let visitor = test.visitor();
    let path = begin(&writer, "Ra quân dọn vệ sinh", "tin-hoat-dong").await;
    // Without a text it cannot go on.
    act(&writer, &path, "trinh", &[]).await.is(422).shows("cần có tóm tắt");
    let text = [
        ("tieu-de", "Ra quân dọn vệ sinh"),
        ("sapo", "Bà con khơi mương."),
        (
            "noi-dung",
            "<h1>Việc đã làm</h1><p class=MsoNormal style='mso-x:1'>Sáng <b>02/09/2026</b> <script>alert(1)</script></p>",
        ),
        ("kieu", "html"),
        ("the", "môi trường, Soi Cờ"),
        ("tieu-de-en", "Cleaning day"),
        ("sapo-en", "Ditches were cleared."),
        ("noi-dung-en", "<p>Everybody came.</p>"),
    ];
    save(&writer, &path, &text).await.is(303);
    visitor.get("/tin-tuc/ra-quan-don-ve-sinh").await.is(404);
    act(&writer, &path, "trinh", &[]).await.is(303);
    writer.get(&format!("{path}/soan")).await.is(409);
    leader.get("/lam-viec").await.ok().shows("1 bài chờ duyệt đăng");
    writer.post(&format!("{path}/duyet"), &[]).await.is(403);
    act(&leader, &path, "tra-lai", &[]).await.is(422).shows("Viết lý do");
    act(&leader, &path, "tra-lai", &[("ly-do", "Thêm số người tham gia.")]).await.is(303);
    writer.get(&path).await.ok().shows("Thêm số người tham gia.").shows("Trả lại");
    let more = [
        ("tieu-de", text[0].1),
        ("sapo", text[1].1),
        ("noi-dung", "## Việc đã làm\n\nHơn 200 người."),
        ("the", text[4].1),
        ("tieu-de-en", text[5].1),
        ("sapo-en", text[6].1),
        ("noi-dung-en", "Everybody came."),
    ];
    save(&writer, &path, &more).await.is(303);
    writer.get(&format!("{path}/so-sanh?truoc=2&sau=3")).await.ok().shows("<del>").shows("<ins>");
    act(&writer, &path, "trinh", &[]).await.is(303);
    act(&leader, &path, "duyet", &[]).await.is(303);

    let page = visitor.get("/tin-tuc/ra-quan-don-ve-sinh").await;
    page.ok().shows("<h2>Việc đã làm</h2>").shows("Hơn 200 người").hides("<script>alert");
    for words in ["https://schema.org/NewsArticle", "og:title", "app-512", "Soi Cờ", "đọc 1 phút"] {
        page.shows(words);
    }
    let english = test.visitor().get("/tin-tuc/ra-quan-don-ve-sinh?lang=en").await;
    english.ok().shows("Cleaning day").shows("Everybody came.").hides("đọc 1 phút");
    for list in [
        "/tin-tuc",
        "/tin-tuc/chuyen-muc/tin-hoat-dong",
        "/tin-tuc/nhan/soi-co",
        "/tin-tuc?q=don+ve+sinh",
        "/",
    ] {
        visitor.get(list).await.ok().shows("/tin-tuc/ra-quan-don-ve-sinh");
    }
    visitor.get("/tin-tuc/chuyen-muc/thong-bao").await.ok().shows("Chưa có tin ở đây");
    visitor.get("/tin-tuc/chuyen-muc/khong-co").await.is(404);
    visitor.get("/tin-tuc.atom").await.ok().shows("<entry>").shows("Ra quân dọn vệ sinh");
    visitor.get("/tin-tuc/chuyen-muc/tin-hoat-dong/atom").await.ok().shows("<entry>");
    visitor.get("/sitemap.xml").await.ok().shows("/tin-tuc/ra-quan-don-ve-sinh</loc>");
    visitor.get("/robots.txt").await.ok().shows("Disallow: /lam-viec");
    visitor.get("/so-lieu/news_articles").await.ok().shows("Tin bài đã đăng");
    test.end().await;
}

#[tokio::test]
async fn an_hour_is_set_and_kept() {
    let (test, cast) = TestApp::start().await;
    let (writer, leader) =
        (test.sign_in(&cast.home, "editor").await, test.sign_in(&cast.home, "secretary").await);
    let path = begin(&writer, "Lịch lấy nước", "thong-bao").await;
    save(&writer, &path, &[("tieu-de", "Lịch lấy nước"), ("sapo", "Vụ xuân."), ("noi-dung", "Từ thứ Hai.")])
        .await
        .is(303);
    act(&leader, &path, "duyet", &[("ngay-dang", "01/01/2020")]).await.is(422).shows("đã qua");
    let soon = test.clock.now() + chrono::Duration::days(1);
    let day = vntext::date(platform::clock::local_date(soon));
    act(&leader, &path, "duyet", &[("ngay-dang", &day), ("gio-dang", "sáng")]).await.is(422).shows("7:30");
    act(&leader, &path, "duyet", &[("ngay-dang", &day), ("gio-dang", "23h59")]).await.is(303);
    let visitor = test.visitor();
    test.run_jobs().await;
    visitor.get("/tin-tuc/lich-lay-nuoc").await.is(404);
    test.clock.advance(chrono::Duration::days(3));
    test.run_jobs().await;
    visitor.get("/tin-tuc/lich-lay-nuoc").await.ok().shows("Từ thứ Hai.");
    // Taken down, its address says why; the search forgets it.
    let leader = test.sign_in(&cast.home, "secretary").await;
    act(&leader, &path, "go", &[]).await.is(422);
    act(&leader, &path, "go", &[("ly-do-go", "Lịch đã đổi.")]).await.is(303);
    visitor.get("/tin-tuc/lich-lay-nuoc").await.is(410).shows("Lịch đã đổi.");
    visitor.get("/tin-tuc?q=lay+nuoc").await.ok().shows("Chưa có tin ở đây");
    test.end().await;
}

#[tokio::test]
async fn two_editors_at_once_lose_nothing_and_old_addresses_lead_on() {
    let (test, cast) = TestApp::start().await;
    let path = published(&test, &cast.home, "Chợ phiên đầu xuân", "kinh-te-nong-nghiep").await;
    let leader = test.sign_in(&cast.home, "chairman").await;
    let other = test.sign_in(&cast.home, "secretary").await;
    let form = leader.get(&format!("{path}/soan")).await;
    let action = format!("{path}/soan");
    let (key, revision) = (form.ok().field_of(&action, "khoa"), form.field_of(&action, "phien-ban"));
    let fields = [("tieu-de", "Chợ phiên đầu xuân"), ("sapo", "Khác."), ("noi-dung", "Người kia viết.")];
    save(&other, &path, &fields).await.is(303);
    let mine = [("tieu-de", "Chợ phiên đầu xuân"), ("sapo", "Của tôi."), ("noi-dung", "Tôi viết dài lắm.")];
    send(&leader, &path, &key, &revision, &mine)
        .await
        .is(409)
        .shows("Có người khác vừa lưu")
        .shows("Tôi viết dài lắm.");
    // An address of another article is refused in words, an own one moves and the old one leads on.
    published(&test, &cast.home, "Tin khác", "thong-bao").await;
    let taken = [fields[0], fields[1], fields[2], ("dia-chi", "tin-khac")];
    save(&leader, &path, &taken).await.is(422).shows("đã có bài khác dùng");
    save(&leader, &path, &[fields[0], fields[1], fields[2], ("dia-chi", "cho-phien-2026")]).await.is(303);
    let visitor = test.visitor();
    visitor.get("/tin-tuc/cho-phien-dau-xuan").await.is(301).leads_to("/tin-tuc/cho-phien-2026");
    visitor.get("/tin-tuc/cho-phien-2026").await.ok().shows("Người kia viết.");
    // The same title again gets an address of its own.
    let again = published(&test, &cast.home, "Tin khác", "thong-bao").await;
    leader.get(&again).await.ok().shows("/tin-tuc/tin-khac-2");
    test.end().await;
}

#[tokio::test]
async fn who_may_not_write_does_not() {
    let (test, cast) = TestApp::start().await;
    let path = published(&test, &cast.home, "Tin của xã", "thong-bao").await;
    for role in ["resident", "village_head", "registry_officer", "market_manager", "auditor"] {
        test.sign_in(&cast.home, role).await.get(WORK).await.is(403);
    }
    test.visitor().get(WORK).await.is(303).leads_to("/dang-nhap");
    // Another commune's editor sees nothing of it.
    let stranger = test.sign_in(&cast.other, "editor").await;
    stranger.get(&path).await.is(404);
    stranger.get(WORK).await.ok().hides("Tin của xã");
    for page in [
        WORK,
        "/lam-viec/tin-tuc/thong-ke",
        "/lam-viec/tin-tuc/nhap",
        "/lam-viec/tin-tuc/binh-luan",
        "/lam-viec/tin-tuc/moi",
    ] {
        let editor = test.sign_in(&cast.home, "editor").await;
        editor.get(page).await.ok().hides("news-title");
        editor.get(&format!("{page}?lang=en")).await.ok().hides("Chuyên mục cho bài");
    }
    test.end().await;
}
