//! The import as an officer does it in the browser.

use crate::import_desk::Commune;
use crate::sheet::{HEADINGS, couple, excel, many, row};
use crate::world::{COMMUNE, day};
use futures_util::future::poll_fn;
use platform::sql;
use std::future::Future;
use std::task::Poll;
use testkit::TestApp;

fn with_a_faulty_household() -> Vec<Vec<String>> {
    let mut rows = couple();
    rows.push(row(["2", "Giàng A Thử", "Chủ hộ", "Nam", "01/01/2090", "", "Mông", "Soi Cờ", ""]));
    rows.push(row(["", "Sùng Thị Mẫu", "Vợ", "Nữ", "1991", "", "Mông", "", ""]));
    rows
}

#[tokio::test]
async fn an_officer_imports_mends_and_finishes() {
    let commune = Commune::start().await;
    let batch = commune.checked(&excel(&HEADINGS, &with_a_faulty_household())).await;
    let page = commune.officer.get(&batch).await;
    page.ok().shows("Dòng 5").shows("Ngày sinh").shows("01/01/2090").hides("Dòng 6");
    assert_eq!(commune.people().await, 0);
    // All or nothing is refused while a row is faulty; what is right can be written now.
    commune.press(&batch, "ghi", &[("cach", "all")]).await.is(422).shows("chưa ghi gì cả");
    commune.write(&batch, "right").await;
    assert_eq!(commune.people().await, 2);
    commune.officer.get(&batch).await.ok().shows("Dòng 5");
    // The row is mended on its own page; a wrong try stays on it.
    let form = format!("{batch}/dong/5");
    let page = commune.officer.get(&form).await;
    page.ok().shows("01/01/2090").shows("chưa đến");
    let mended = |birth: &'static str| {
        [
            ("so-thu-tu-ho", "2"),
            ("ho-ten", "Giàng A Thử"),
            ("quan-he", "Chủ hộ"),
            ("gioi-tinh", "Nam"),
            ("ngay-sinh", birth),
            ("dan-toc", "Mông"),
            ("thon", "Soi Cờ"),
        ]
    };
    let post = async |birth| {
        let key = commune.officer.get(&form).await.field("khoa");
        let mut fields = vec![("khoa", key.as_str())];
        fields.extend(mended(birth));
        commune.officer.post(&form, &fields).await
    };
    post("31/02/1990").await.is(422).shows("31/02/1990");
    post("28/02/1990").await.leads_to(&batch);
    commune.write(&batch, "all").await;
    assert_eq!((commune.people().await, commune.count("household", "active").await), (4, 2));
    commune.officer.get(&batch).await.ok().shows("Đã ghi vào sổ");
    commune.test.end().await;
}

#[tokio::test]
async fn the_file_comes_back_with_remarks() {
    let commune = Commune::start().await;
    let batch = commune.checked(&excel(&HEADINGS, &with_a_faulty_household())).await;
    let answer = commune.officer.get(&format!("{batch}/tep")).await;
    let mut workbook = vnsheet::Workbook::open(&answer.ok().bytes, &vnsheet::Limits::default()).unwrap();
    let grid = workbook.grid(0).unwrap();
    assert_eq!(grid.cell(2, 9).display(), "Ghi chú lỗi");
    assert!(grid.cell(5, 9).display().starts_with("Ngày sinh: "), "{:?}", grid.cell(5, 9));
    assert!(grid.cell(3, 9).is_blank());
    commune.test.end().await;
}

/// Runs the jobs, but is cut off after so many steps, as when the power fails; true when they had ended before.
async fn cut_off(test: &TestApp, steps: usize) -> bool {
    let mut work = Box::pin(test.run_jobs());
    let mut left = steps;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        work.as_mut().poll(cx).map(|()| true)
    })
    .await
}

#[tokio::test]
async fn a_cut_in_the_middle_leaves_nothing_half_done() {
    for mode in ["all", "right"] {
        let commune = Commune::start().await;
        let batch = commune.checked(&excel(&HEADINGS, &many(700))).await;
        commune.press(&batch, "ghi", &[("cach", mode)]).await.leads_to(&batch);
        let (mut steps, mut cuts) = (20, 0);
        while !cut_off(&commune.test, steps).await {
            let (people, households) = (commune.people().await, commune.count("household", "active").await);
            assert_eq!(people, households * 3, "{mode} after {steps} steps");
            assert!(mode == "right" || people == 0 || people == 2100, "{people} after {steps} steps");
            // Nobody reports for the work any more: after a while it is taken over.
            commune.test.clock.advance(chrono::Duration::minutes(5));
            (steps, cuts) = (steps * 3 / 2, cuts + 1);
        }
        assert!(cuts > 0, "{mode} was cut off {cuts} times");
        assert_eq!(
            (commune.people().await, commune.count("household", "active").await),
            (2100, 700),
            "{mode}"
        );
        assert_eq!(commune.count("import_row", "done").await, 2100);
        commune.test.end().await;
    }
}

#[tokio::test]
async fn what_a_file_says_anew_is_written_when_asked_for() {
    let commune = Commune::start().await;
    let headings: Vec<&str> = HEADINGS.into_iter().chain(["Kỹ năng", "Cây trồng (m2)"]).collect();
    let file = |skills: &str, crops: &str| {
        let mut rows = couple();
        rows[0].extend([skills.to_owned(), crops.to_owned()]);
        excel(&headings, &rows)
    };
    let batch = commune.checked(&file("Lái xe", "Lúa: 1200")).await;
    commune.write(&batch, "all").await;
    let batch = commune.checked(&file("Sơ cứu", "Lúa: 900; Chè: 50")).await;
    let page = commune.officer.get(&batch).await;
    page.ok().shows("Khác với sổ").shows("Tệp ghi khác với sổ ở: Kỹ năng, Cây trồng (m2)");
    commune.press(&batch, "ghi", &[("cach", "all"), ("cap-nhat", "1")]).await.leads_to(&batch);
    commune.test.run_jobs().await;
    let homes = commune.officer.get("/api/v1/households").await.ok().json();
    let home = homes["items"][0]["id"].as_str().unwrap();
    let card = commune.officer.get(&format!("/lam-viec/ho/{home}")).await;
    card.ok().shows("900 m²").shows("50 m²").hides("1.200 m²");
    let people = commune.officer.get("/lam-viec/nguoi?ky-nang=first_aid").await;
    people.ok().shows("Lò Văn Mẫu");
    commune.officer.get("/lam-viec/nguoi?ky-nang=driving").await.ok().hides("Lò Văn Mẫu");
    let batch = commune.checked(&file("Bay", "Lúa: nhiều")).await;
    commune.officer.get(&batch).await.ok().shows("«Lúa: nhiều» chưa rõ").shows("Bay");
    commune.test.end().await;
}

#[tokio::test]
async fn an_import_is_taken_back_while_nobody_built_on_it() {
    let commune = Commune::start().await;
    let batch = commune.checked(&excel(&HEADINGS, &couple())).await;
    commune.write(&batch, "all").await;
    commune.press(&batch, "hoan-tac", &[]).await.leads_to(&batch);
    assert_eq!((commune.people().await, commune.count("household", "active").await), (0, 0));
    let counted = sql(format!("SELECT COUNT(*) FROM {} p /* all rows */", registry::views::PERSON_ON));
    assert_eq!(counted.bind(COMMUNE).bind(day("2026-02-01")).count(&commune.test.app.db).await.unwrap(), 0);
    // And it may be imported again.
    let batch = commune.checked(&excel(&HEADINGS, &couple())).await;
    commune.write(&batch, "all").await;
    assert_eq!(commune.people().await, 2);
    commune.test.end().await;
}

#[tokio::test]
async fn the_export_asks_for_the_purpose_and_is_recorded() {
    let commune = Commune::start().await;
    let batch = commune.checked(&excel(&HEADINGS, &couple())).await;
    commune.write(&batch, "all").await;
    let key = commune.officer.get("/lam-viec/xuat").await.ok().field("khoa");
    commune
        .officer
        .post("/lam-viec/xuat", &[("khoa", &key)])
        .await
        .is(422)
        .shows("Cần chọn tệp được dùng để làm gì");
    let answer = commune
        .officer
        .post("/lam-viec/xuat", &[("khoa", &key), ("muc-dich", "registry-export-for-review")])
        .await;
    assert!(answer.ok().bytes.starts_with(b"PK"));
    let views = sql("SELECT COUNT(*) FROM personal_view WHERE commune_id = $1 /* all rows */").bind(COMMUNE);
    assert_eq!(views.count(&commune.test.app.db).await.unwrap(), 2);
    let clerk = commune.test.with_cookie("vai=clerk");
    clerk.get("/lam-viec/xuat").await.is(403);
    clerk.get("/lam-viec/nhap").await.is(403);
    commune.test.end().await;
}

#[tokio::test]
async fn the_empty_form_and_the_english_pages_open() {
    let commune = Commune::start().await;
    assert!(commune.officer.get("/lam-viec/nhap/mau").await.ok().bytes.starts_with(b"PK"));
    commune.officer.get("/lam-viec/nhap?lang=en").await.ok().shows("Import a list from Excel");
    commune.test.end().await;
}
