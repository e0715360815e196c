//! What the commune makes public: published, found, watched, corrected, taken down.

use testkit::{Answer, Client, TestApp, in_both_languages};

const WORK: &str = "/lam-viec/cong-khai";
const NEW: &str = "/lam-viec/cong-khai/moi";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n";

async fn publish(who: &Client, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let key = who.get(NEW).await.ok().field_of(NEW, "khoa");
    let mut all = vec![("khoa", key.as_str())];
    all.extend_from_slice(fields);
    match file {
        Some((name, bytes)) => who.upload(NEW, &all, "tep", name, bytes).await,
        None => who.post(NEW, &all).await,
    }
}

/// Its page on the work side.
fn work_of(public: &str) -> String {
    format!("/lam-viec{public}")
}

#[tokio::test]
async fn a_budget_is_published_found_corrected_taken_down_and_put_back() {
    let (test, cast) = TestApp::start().await;
    let clerk = test.sign_in(&cast.home, "clerk").await;
    let visitor = test.visitor();
    visitor.get("/cong-khai").await.ok().shows("Chưa có văn bản nào").shows("Ngân sách");
    // 10 March 2026: the fourth quarter's budget was due on 15 January.
    clerk.get(WORK).await.ok().shows("Thiếu Quý 4/2025, hạn 15/01/2026");
    clerk.get("/lam-viec").await.shows("mục công khai đã quá hạn");
    let budget = [
        ("chuyen-muc", "ngan-sach"),
        ("tieu-de", "Tình hình thực hiện ngân sách quý IV năm 2025"),
        ("ky", "ngan-sach/2025-12-31"),
        ("so-ky-hieu", "12/BC-UBND"),
        ("tom-tat", "Thu 4.215 triệu đồng, chi 3.980 triệu đồng."),
    ];
    let path = publish(&clerk, &budget, Some(("quy-4.pdf", PDF))).await.is(303).location();
    clerk.get(WORK).await.shows("Đã có Quý 4/2025").hides("Thiếu Quý 4/2025");
    let page = visitor.get(&path).await;
    page.ok().shows("12/BC-UBND").shows("Quý 4/2025").shows("3.980 triệu").shows("quy-4.pdf");
    let file = page.text().split(&format!("{path}/tep/")).nth(1).expect("a file")[..36].to_owned();
    let file = format!("{path}/tep/{file}");
    assert_eq!(visitor.get(&file).await.ok().header("content-type"), "application/pdf");
    for found in ["/cong-khai?muc=ngan-sach", "/cong-khai?q=thuc+hien+ngan+sach", "/tim?q=12/BC-UBND"] {
        visitor.get(found).await.ok().shows("quý IV năm 2025");
    }
    visitor.get("/cong-khai?muc=dat-dai").await.ok().hides("quý IV năm 2025");
    visitor.get("/cong-khai?muc=khong-co").await.is(404);
    visitor.get("/cong-khai?muc=thu-tuc").await.is(404);

    // Corrected: the file goes out, another comes in; the second of two editors is told.
    let work = work_of(&path);
    let form = clerk.get(&work).await;
    let (key, revision) = (form.field_of(&work, "khoa"), form.field_of(&work, "phien-ban"));
    let out = file.rsplit('/').next().unwrap();
    let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str()), ("bo-tep", out)];
    fields.extend(budget);
    clerk.upload(&work, &fields, "tep", "quy-4-sua.pdf", PDF).await.is(303);
    visitor.get(&path).await.shows("quy-4-sua.pdf").hides("quy-4.pdf");
    visitor.get(&file).await.is(404);
    let key = clerk.get(&work).await.field_of(&work, "khoa");
    let mut late = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    late.extend(budget);
    clerk.post(&work, &late).await.is(409).shows("Người khác vừa sửa");

    // Taken down with a reason; the address says why, the searches know it no more.
    let act = async |act: &str, why: &str| {
        let form = clerk.get(&work).await;
        let action = format!("{work}/{act}");
        let (key, revision) = (form.field_of(&action, "khoa"), form.field_of(&action, "phien-ban"));
        clerk.post(&action, &[("khoa", &key), ("phien-ban", &revision), ("ly-do", why)]).await
    };
    act("go", "").await.is(422).shows("Hãy ghi lý do gỡ");
    act("go", "Nhầm số liệu").await.is(303);
    visitor.get(&path).await.ok().shows("Nhầm số liệu").hides("3.980 triệu");
    visitor.get("/cong-khai?q=ngan+sach").await.hides("quý IV năm 2025");
    visitor.get("/tim?q=12/BC-UBND").await.hides("quý IV năm 2025");
    clerk.get(WORK).await.shows("Thiếu Quý 4/2025");
    act("dang-lai", "").await.is(303);
    visitor.get(&path).await.shows("3.980 triệu");
    visitor.get("/cong-khai?q=ngan+sach").await.shows("quý IV năm 2025");
    test.end().await;
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_published() {
    let (test, cast) = TestApp::start().await;
    let clerk = test.sign_in(&cast.home, "clerk").await;
    let with = |changed: &[(&'static str, &'static str)]| {
        let mut fields =
            vec![("chuyen-muc", "van-ban"), ("tieu-de", "Quy chế chợ"), ("tom-tat", "Chợ phiên")];
        for (name, value) in changed {
            fields.retain(|(known, _)| known != name);
            fields.push((name, value));
        }
        fields
    };
    for (changed, told) in [
        (vec![("tieu-de", "")], "Hãy ghi tên văn bản"),
        (vec![("chuyen-muc", "khong-co")], "field-error"),
        (vec![("tom-tat", "")], "Hãy đính kèm tệp hoặc ghi nội dung"),
        (vec![("ngay", "01/01/2027")], "Ngày ban hành chưa tới"),
        (vec![("chuyen-muc", "ngan-sach")], "công khai theo kỳ"),
        (vec![("chuyen-muc", "ngan-sach"), ("ky", "dat-dai/2026-12-31")], "công khai theo kỳ"),
        (vec![("chuyen-muc", "ngan-sach"), ("ky", "ngan-sach/2026-12-31")], "field-error"),
        (vec![("chuyen-muc", "du-thao")], "Hãy ghi ngày cuối nhận ý kiến"),
        (vec![("chuyen-muc", "du-thao"), ("han", "01/03/2026")], "đã qua"),
    ] {
        publish(&clerk, &with(&changed), None).await.is(422).shows(told);
    }
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    publish(&clerk, &with(&[]), Some(("a.svg", svg))).await.is(422).shows("field-error");
    test.visitor().get("/cong-khai").await.shows("Chưa có văn bản nào");

    let draft = with(&[("chuyen-muc", "du-thao"), ("han", "31/03/2026")]);
    let path = publish(&clerk, &draft, None).await.is(303).location();
    test.visitor().get(&path).await.shows("31/03/2026").shows("Bà con góp ý");
    test.visitor().get("/cong-khai").await.shows("Góp ý đến 31/03/2026");
    in_both_languages(async |lang| {
        let code = lang.code();
        test.visitor().get(&format!("/cong-khai?lang={code}")).await.ok().hides("disclosure-");
        test.visitor().get(&format!("{path}?lang={code}")).await.ok();
        for page in [WORK.to_owned(), NEW.to_owned(), work_of(&path)] {
            clerk.get(&format!("{page}?lang={code}")).await.ok();
        }
    })
    .await;
    test.sign_in(&cast.home, "registry_officer").await.get(NEW).await.is(403);
    test.visitor().get(WORK).await.is(303).leads_to("/dang-nhap");
    test.end().await;
}

#[tokio::test]
async fn open_data_come_from_the_rows_as_csv_json_and_a_catalogue() {
    let (test, cast) = TestApp::start().await;
    let clerk = test.sign_in(&cast.home, "clerk").await;
    let fields = [("chuyen-muc", "van-ban"), ("tieu-de", "Quy chế \"chợ\", phiên"), ("tom-tat", "Chợ")];
    publish(&clerk, &fields, None).await.is(303);
    let visitor = test.visitor();
    visitor.get("/du-lieu-mo").await.ok().shows("Số liệu theo thôn").shows("CC BY 4.0");
    let csv = visitor.get("/du-lieu-mo/van-ban-cong-khai.csv").await;
    assert!(csv.ok().header("content-type").starts_with("text/csv"));
    csv.shows("column,title,symbol").shows("\"Quy chế \"\"chợ\"\", phiên\"");
    let villages = visitor.get("/du-lieu-mo/thon.json").await;
    let villages = villages.ok().json();
    assert!(villages.as_array().unwrap().iter().any(|one| one["name"] == "Đông Căm"), "{villages}");
    let figures = visitor.get("/du-lieu-mo/so-lieu.json").await.json();
    assert!(figures.as_array().unwrap().iter().any(|one| one["key"] == "population"));
    let catalogue = visitor.get("/du-lieu-mo/dcat.jsonld").await;
    assert_eq!(catalogue.ok().header("content-type"), "application/ld+json");
    let catalogue: serde_json::Value = serde_json::from_str(&catalogue.text()).unwrap();
    let sets = catalogue["dataset"].as_array().unwrap();
    assert!(sets.len() >= 4);
    for set in sets {
        // Every file of the catalogue is there, and its page.
        for file in set["distribution"].as_array().unwrap() {
            let url = file["downloadURL"].as_str().unwrap();
            visitor.get(url.strip_prefix("https://giaphu.example").expect("our own address")).await.ok();
        }
        let page = set["@id"].as_str().unwrap().strip_prefix("https://giaphu.example").unwrap().to_owned();
        in_both_languages(async |lang| {
            visitor.get(&format!("{page}?lang={}", lang.code())).await.ok().hides("open-data-");
        })
        .await;
    }
    visitor.get("/du-lieu-mo/khong-co").await.is(404);
    visitor.get("/du-lieu-mo/thon.exe").await.is(404);
    test.end().await;
}
