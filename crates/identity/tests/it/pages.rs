use crate::support::{PASSWORD, start};

#[tokio::test]
async fn a_person_signs_in_and_out() {
    let cast = start().await;
    cast.with_role("van.thu", "clerk").await;
    let browser = cast.test.visitor();
    browser.get("/tai-khoan").await.leads_to("/dang-nhap?tiep=%2Ftai-khoan");
    browser.get("/dang-nhap?tiep=%2Ftai-khoan").await.ok().shows("Đăng nhập").shows("value=\"/tai-khoan\"");
    let wrong = browser.post("/dang-nhap", &[("ten-dang-nhap", "van.thu"), ("mat-khau", "sai rồi")]).await;
    wrong.is(422).shows("chưa đúng").shows("value=\"van.thu\"").hides("sai rồi");
    let fields = [("ten-dang-nhap", "van.thu"), ("mat-khau", PASSWORD), ("tiep", "/tai-khoan")];
    let right = browser.post("/dang-nhap", &fields).await;
    right.is(303).leads_to("/tai-khoan");
    let cookie = right.header("set-cookie");
    for part in ["phien=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain HTTP in this test");
    browser.get("/tai-khoan").await.ok().shows("van.thu").shows("Văn thư").shows("Máy này");
    browser.post("/dang-xuat", &[]).await.is(303).leads_to("/");
    browser.get("/tai-khoan").await.leads_to("/dang-nhap");
    cast.test.end().await;
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let cast = start().await;
    cast.with_role("van.thu", "clerk").await;
    for foreign in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let browser = cast.test.visitor();
        let encoded = foreign.replace('\\', "%5C");
        browser.get(&format!("/dang-nhap?tiep={encoded}")).await.ok().hides("name=\"tiep\"");
        let fields = [("ten-dang-nhap", "van.thu"), ("mat-khau", PASSWORD), ("tiep", foreign)];
        assert_eq!(browser.post("/dang-nhap", &fields).await.is(303).location(), "/lam-viec", "{foreign}");
    }
    cast.test.end().await;
}

#[tokio::test]
async fn waiting_is_told_with_its_length() {
    let cast = start().await;
    cast.account("lo.mai").await;
    let browser = cast.test.visitor();
    let fields = [("ten-dang-nhap", "lo.mai"), ("mat-khau", "sai rồi")];
    for _ in 0..5 {
        browser.post("/dang-nhap", &fields).await.is(422);
    }
    let wait = browser.post("/dang-nhap", &fields).await;
    wait.is(429).shows("chờ 2 phút");
    assert_eq!(wait.header("retry-after"), "61");
    cast.test.end().await;
}

#[tokio::test]
async fn the_first_day_of_an_administrator() {
    let cast = start().await;
    let admin = cast.with_role("quan.tri", "admin").await;
    let browser = cast.test.visitor();
    let fields = [("ten-dang-nhap", "quan.tri"), ("mat-khau", PASSWORD), ("tiep", "/lam-viec/tai-khoan")];
    browser.post("/dang-nhap", &fields).await.leads_to("/tai-khoan/xac-thuc?tiep=/lam-viec/tai-khoan");
    browser.get("/lam-viec/tai-khoan").await.is(403);
    let start = "/tai-khoan/xac-thuc?tiep=/lam-viec/tai-khoan";
    browser.get(start).await.ok().shows("Vai trò của ông/bà chỉ dùng được sau khi cài");
    browser.post("/tai-khoan/xac-thuc/bat-dau", &[("tiep", "/lam-viec/tai-khoan")]).await.leads_to(start);
    browser.get(start).await.ok().shows("<svg").hides("style=");
    browser.post("/tai-khoan/xac-thuc/xac-nhan", &[("ma", "000000")]).await.is(422).shows("Mã chưa đúng");
    let code = identity::code_now(&cast.ctx(), admin.id).await.unwrap().unwrap();
    let done =
        browser.post("/tai-khoan/xac-thuc/xac-nhan", &[("ma", &code), ("tiep", "/lam-viec/tai-khoan")]).await;
    done.ok().shows("Mười mã khôi phục").shows("href=\"/lam-viec/tai-khoan\"");
    browser.get("/lam-viec/tai-khoan").await.ok().shows("quan.tri");
    // Next time: password, then code.
    cast.wait(60);
    let browser = cast.test.visitor();
    browser.post("/dang-nhap", &fields).await.leads_to("/dang-nhap/ma-xac-thuc?tiep=/lam-viec/tai-khoan");
    browser.get("/lam-viec/tai-khoan").await.leads_to("/dang-nhap?");
    browser.get("/dang-nhap/ma-xac-thuc").await.ok().shows("6 số");
    browser.post("/dang-nhap/ma-xac-thuc", &[("ma", "000000")]).await.is(422).shows("Mã chưa đúng");
    let code = identity::code_now(&cast.ctx(), admin.id).await.unwrap().unwrap();
    let next = [("ma", code.as_str()), ("tiep", "/lam-viec/tai-khoan")];
    browser.post("/dang-nhap/ma-xac-thuc", &next).await.is(303).leads_to("/lam-viec/tai-khoan");
    browser.get("/lam-viec/tai-khoan").await.ok();
    cast.test.end().await;
}

#[tokio::test]
async fn an_administrator_makes_an_account_that_works() {
    let cast = start().await;
    let admin = cast.with_role("quan.tri", "admin").await;
    let browser = cast.browser(admin.id, true).await;
    let form = browser.get("/lam-viec/tai-khoan/moi").await;
    let key = form.ok().field("khoa");
    let bad = browser
        .post("/lam-viec/tai-khoan", &[("khoa", &key), ("ho-ten", ""), ("ten-dang-nhap", "lò mai")])
        .await;
    bad.is(422).shows("Cần ghi họ và tên").shows("value=\"lò mai\"");
    let key = bad.field("khoa");
    let fields = [("khoa", key.as_str()), ("ho-ten", "Lò Thị Mai"), ("ten-dang-nhap", "lo.mai")];
    let page = browser.post("/lam-viec/tai-khoan", &fields).await.is(303).location();
    assert_eq!(
        browser.post("/lam-viec/tai-khoan", &fields).await.is(303).location(),
        page,
        "a second press does nothing"
    );
    let account = browser.get(&page).await;
    account.ok().shows("Lò Thị Mai").shows("Chưa được giao vai trò nào");
    let key = account.field("khoa");
    let role = [("khoa", key.as_str()), ("vai-tro", "village_head"), ("tu-ngay", "10/03/2026")];
    browser.post(&format!("{page}/quyen"), &role).await.is(422);
    let key = browser.get(&page).await.field("khoa");
    let role = [("khoa", key.as_str()), ("vai-tro", "clerk"), ("tu-ngay", "10/03/2026")];
    browser.post(&format!("{page}/quyen"), &role).await.is(303);
    browser.get(&page).await.ok().shows("Văn thư").shows("Từ 10/03/2026");
    let link = browser.post(&format!("{page}/dat-lai"), &[]).await;
    let text = link.ok().text();
    let path = text.split("https://giaphu.example").nth(1).unwrap().split('<').next().unwrap();
    let mai = cast.test.visitor();
    mai.get(path).await.ok().shows("lo.mai");
    let pair = [("mat-khau-moi", "trâu vàng mây núi"), ("mat-khau-lai", "trâu vàng mây")];
    mai.post(path, &pair).await.is(422).shows("chưa giống nhau");
    let pair = [("mat-khau-moi", "trâu vàng mây núi"), ("mat-khau-lai", "trâu vàng mây núi")];
    mai.post(path, &pair).await.is(303).leads_to("/dang-nhap");
    mai.get(path).await.is(422).shows("đã hết hạn");
    mai.post("/dang-nhap", &[("ten-dang-nhap", "lo.mai"), ("mat-khau", "trâu vàng mây núi")])
        .await
        .leads_to("/lam-viec");
    mai.get("/lam-viec/tai-khoan").await.is(403);
    cast.test.end().await;
}

#[tokio::test]
async fn without_the_second_factor_an_administrator_changes_nothing() {
    let cast = start().await;
    let admin = cast.with_role("quan.tri", "admin").await;
    let browser = cast.browser(admin.id, false).await;
    for path in ["/lam-viec/tai-khoan", "/lam-viec/tai-khoan/moi", "/api/v1/accounts"] {
        browser.get(path).await.is(403);
    }
    browser.post(&format!("/lam-viec/tai-khoan/{}/khoa", admin.id), &[]).await.is(403);
    cast.test.end().await;
}

#[tokio::test]
async fn a_conflict_is_told_and_nothing_is_lost() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let one = cast.browser(mai.id, false).await;
    let two = cast.browser(mai.id, false).await;
    let (first, second) = (one.get("/tai-khoan").await, two.get("/tai-khoan").await);
    let save = async |browser: &testkit::Client, page: &testkit::Answer, name: &str| {
        let (key, revision) = (page.field("khoa"), page.field("phien-ban"));
        let fields = [("khoa", key.as_str()), ("phien-ban", revision.as_str()), ("ho-ten", name)];
        browser.post("/tai-khoan", &fields).await
    };
    save(&one, &first, "Lò Thị Mai").await.is(303);
    one.get("/tai-khoan").await.ok().shows("Đã lưu.").shows("Lò Thị Mai");
    save(&two, &second, "Lò Mai").await.is(409).shows("Người khác vừa sửa").shows("value=\"Lò Mai\"");
    cast.test.end().await;
}

#[tokio::test]
async fn a_token_opens_the_api_and_no_page() {
    let cast = start().await;
    let van_thu = cast.with_role("van.thu", "clerk").await;
    let browser = cast.browser(van_thu.id, false).await;
    browser.get("/tai-khoan/ma-truy-cap").await.ok().shows("Tạo mã mới");
    browser.post("/tai-khoan/ma-truy-cap", &[("ten", "Phần mềm")]).await.is(422).shows("value=\"Phần mềm\"");
    let fields = [("ten", "Phần mềm"), ("pham-vi", "account"), ("so-ngay", "30")];
    let made = browser.post("/tai-khoan/ma-truy-cap", &fields).await;
    let text = made.ok().text();
    let token = text.split("<p class=\"code\">").nth(1).unwrap().split('<').next().unwrap();
    let program = cast.test.visitor().token(token);
    let me = program.get("/api/v1/session/me").await.ok().json();
    assert_eq!((me["login"].as_str(), me["second_factor"].as_bool()), (Some("van.thu"), Some(false)));
    assert_eq!(me["roles"][0]["role"], "clerk");
    program.get("/api/v1/accounts").await.is(403);
    program.get("/tai-khoan").await.is(403);
    let dead = cast.test.visitor().token("sd_nothing").get("/api/v1/session/me").await;
    assert_eq!(dead.is(401).json()["type"], "signin");
    cast.test.end().await;
}

#[tokio::test]
async fn the_demo_door_is_shut_elsewhere() {
    let cast = start().await;
    cast.with_role("van.thu", "clerk").await;
    cast.test.visitor().get("/demo/vao/van.thu").await.is(404);
    cast.test.end().await;
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let cast = start().await;
    let admin = cast.with_role("quan.tri", "admin").await;
    let mai = cast.account("lo.mai").await;
    let browser = cast.browser(admin.id, true).await;
    for lang in ["vi", "en"] {
        for path in [
            "/dang-nhap",
            "/dang-nhap/ma-xac-thuc",
            "/dat-mat-khau/x",
            "/tai-khoan",
            "/tai-khoan/mat-khau",
            "/tai-khoan/xac-thuc",
            "/tai-khoan/khoa",
            "/tai-khoan/xac-nhan",
            "/tai-khoan/ma-truy-cap",
            "/lam-viec/tai-khoan",
            "/lam-viec/tai-khoan/moi",
        ] {
            let answer = browser.get(&format!("{path}?lang={lang}")).await;
            assert!(matches!(answer.status.as_u16(), 200 | 422), "{path} {}", answer.status);
            answer.shows(&format!("lang=\"{lang}\"")).hides(" style=").hides("<script>");
        }
        browser.get(&format!("/lam-viec/tai-khoan/{}?lang={lang}", mai.id)).await.ok();
    }
    cast.test.end().await;
}
