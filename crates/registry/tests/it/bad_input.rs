//! Bad input, as an officer meets it: each case in a file and in a form, with the sentence at its row or field and
//! nothing written. Bad files stand in `bad_file.rs`; an import that is cut off in `import_http.rs`
//! (`a_cut_in_the_middle_leaves_nothing_half_done`); two officers with one household in `household_pages.rs`
//! (`the_second_officer_sees_what_the_first_one_changed`).

use crate::desk::Desk;
use crate::import_desk::Commune;
use crate::sheet::{HEADINGS, couple, excel, row};
use platform::Uuid;
use testkit::Answer;

/// The right row of a head of a household, with other cells.
fn head(cells: &[(usize, &str)]) -> Vec<String> {
    let mut row = row(["2", "Giàng A Thử", "Chủ hộ", "Nam", "01/02/1990", "", "Mông", "Soi Cờ", ""]);
    for (at, text) in cells {
        row[*at] = (*text).to_owned();
    }
    row
}

/// Imports a right couple (rows 3 and 4) and these rows (5 and on); the page of what was found.
async fn imported(commune: &Commune, rows: Vec<Vec<String>>) -> Answer {
    let mut all = couple();
    all.extend(rows);
    let batch = commune.checked(&excel(&HEADINGS, &all)).await;
    let page = commune.officer.get(&batch).await;
    commune.press(&batch, "ghi", &[("cach", "all")]).await.is(422).shows("chưa ghi gì cả");
    assert_eq!(commune.people().await, 0, "nothing is half done");
    page.ok();
    page
}

/// Says at row 5 of a file that a cell is wrong, with this sentence.
async fn row_says(commune: &Commune, cells: &[(usize, &str)], field: &str, sentence: &str) {
    let page = imported(commune, vec![head(cells)]).await;
    page.shows("Dòng 5").shows(field).shows(sentence).hides("Dòng 3").hides("<script>").hides("<img src=x");
}

#[tokio::test]
async fn rows_with_a_wrong_cell_are_named_with_the_cell() {
    let commune = Commune::start().await;
    let long = "Lò ".repeat(3_400);
    let cases: [(usize, &str, &str, &str); 11] = [
        (4, "01/01/2090", "Ngày sinh", "chưa đến"),
        (4, "31/02/1990", "Ngày sinh", "trong lịch"),
        (1, "<script>alert(1)</script>", "Họ và tên", "không được có dấu"),
        (1, "<img src=x onerror=alert(1)>", "Họ và tên", "không được có dấu"),
        (1, "Giàng 😀", "Họ và tên", "biểu tượng cảm xúc"),
        (1, "Гянг Тху", "Họ và tên", "không thuộc bảng chữ cái"),
        (1, "Giàng A 2", "Họ và tên", "không được có chữ số"),
        (1, &long, "Họ và tên", "dài quá 200 ký tự"),
        (5, "010085000017", "Số định danh", "ghi năm sinh 1985"),
        (5, "010190000017", "Số định danh", "giới tính khác"),
        (5, "0100900000", "Số định danh", "12 chữ số"),
    ];
    for (at, text, field, sentence) in cases {
        row_says(&commune, &[(at, text)], field, sentence).await;
    }
    commune.test.end().await;
}

#[tokio::test]
async fn rows_that_contradict_each_other_name_each_other() {
    let commune = Commune::start().await;
    // The number of row 3 once more.
    let twin = [(4, "12/05/1980"), (5, "010080000017")];
    let page = imported(&commune, vec![head(&twin)]).await;
    page.shows("cũng có ở dòng 5").shows("cũng có ở dòng 3");
    // A household without head, one with two.
    let mut child = head(&[(2, "Con")]);
    imported(&commune, vec![child.clone()]).await.shows("Dòng 5").shows("Hộ này chưa có chủ hộ");
    child[2] = "Chủ hộ".into();
    child[1] = "Giàng A Hai".into();
    imported(&commune, vec![head(&[]), child]).await.shows("hai chủ hộ");
    // A name of nothing but spaces, of a row that is somebody all the same.
    imported(&commune, vec![head(&[(1, "   \u{a0} ")])]).await.shows("Dòng 5").shows("không được để trống");
    commune.test.end().await;
}

#[tokio::test]
async fn names_in_parts_become_whole_and_hidden_marks_go() {
    let commune = Commune::start().await;
    let mut rows = couple();
    rows.push(head(&[(1, "Nguye\u{302}\u{303}n Va\u{306}n A\u{301}nh")]));
    // A mark that turns the direction of writing, and one without width.
    let hidden = "Giàng \u{202e}A\u{200b} Thử";
    rows.push(head(&[(0, "3"), (1, hidden)]));
    let batch = commune.checked(&excel(&HEADINGS, &rows)).await;
    commune.write(&batch, "all").await;
    commune.officer.get("/lam-viec/nguoi?q=giang+a+thu").await.ok().shows(">Giàng A Thử<");
    commune.officer.get("/lam-viec/nguoi?q=nguyen+van+anh").await.ok().shows("Nguyễn Văn Ánh");
    let typed = "/lam-viec/nguoi?q=Nguye%CC%82%CC%83n";
    commune.officer.get(typed).await.ok().shows("Nguyễn Văn Ánh");
    commune.test.end().await;
}

/// Adds somebody to a household of Đông Căm by the form, with other fields than the right ones.
async fn added(desk: &Desk, home: Uuid, over: &[(&str, &str)]) -> Answer {
    let path = format!("/lam-viec/ho/{home}/them-nguoi");
    let officer = desk.officer();
    let key = officer.get(&path).await.ok().field("khoa");
    let mut fields = vec![
        ("khoa", key.as_str()),
        ("ho-ten", "Giàng A Thử"),
        ("gioi-tinh", "male"),
        ("ngay-sinh", "01/02/1990"),
        ("quan-he", "sibling"),
        ("dan-toc", "mong"),
        ("cu-tru", "permanent"),
        ("tu-ngay", "01/01/2024"),
    ];
    for (name, value) in over {
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    officer.post(&path, &fields).await
}

#[tokio::test]
async fn a_form_says_what_is_wrong_at_its_field() {
    let desk = Desk::start().await;
    let (home, ..) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let long = "ă".repeat(10_000);
    let script = "<script>alert(1)</script>";
    let cases: [(&str, &str, &str); 13] = [
        ("ngay-sinh", "01/01/2090", "chưa đến"),
        ("ngay-sinh", "31/02/1990", "Ngày sinh chưa đúng"),
        ("so-dinh-danh", "010190000123", "đã có ở người mang mã"),
        ("so-dinh-danh", "010085000017", "ghi năm sinh 1985"),
        ("so-dinh-danh", "010190000017", "giới tính khác"),
        ("ho-ten", script, "không được có dấu"),
        ("ho-ten", "Giàng 😀", "biểu tượng cảm xúc"),
        ("ho-ten", "  \u{a0} ", "Cần ghi họ và tên"),
        ("ho-ten", &long, "ký tự"),
        ("nghe-nghiep", &long, "ký tự"),
        ("nguon", &long, "ký tự"),
        ("quan-he", "head", "chủ hộ"),
        ("tu-ngay", "01/01/2090", "chưa đến"),
    ];
    for (field, value, sentence) in cases {
        // A number that belongs to a woman must not fail for being a man's.
        let sex = if value == "010190000123" { "female" } else { "male" };
        let answer = added(&desk, home, &[("gioi-tinh", sex), (field, value)]).await;
        assert_eq!(answer.status, 422, "{field} {:?}", value.chars().take(30).collect::<String>());
        answer.is(422).shows(&format!("{field}-error")).shows(sentence).hides(script);
    }
    assert_eq!(registry::person::members(&desk_ctx(&desk), home).await.unwrap().len(), 2, "nobody came");
    added(&desk, home, &[]).await.leads_to("/lam-viec/");
    desk.test.end().await;
}

/// A reader of the whole commune.
fn desk_ctx(desk: &Desk) -> platform::Ctx {
    use platform::access::{Place, Scope};
    let whole = Scope::new(vec![Place::new("commune", crate::desk::COMMUNE)]);
    platform::Ctx { scope: whole, ..desk.ctx() }
}

#[tokio::test]
async fn a_household_form_keeps_long_and_hostile_texts_out() {
    let desk = Desk::start().await;
    let officer = desk.officer();
    let (village, long) = (desk.dong_cam.to_string(), "x".repeat(10_000));
    let post = async |address: &str, book: &str, relation: &str| {
        let key = officer.get("/lam-viec/ho/moi").await.ok().field("khoa");
        let fields = [
            ("khoa", key.as_str()),
            ("thon", &village),
            ("dia-chi", address),
            ("so-so", book),
            ("ho-ngheo", "none"),
            ("loai-ho", "permanent"),
            ("ho-ten", "Giàng A Thử"),
            ("gioi-tinh", "male"),
            ("ngay-sinh", "01/02/1990"),
            ("quan-he", relation),
            ("dan-toc", "mong"),
            ("cu-tru", "permanent"),
            ("tu-ngay", "01/01/2024"),
        ];
        officer.post("/lam-viec/ho/moi", &fields).await
    };
    post(&long, "", "head").await.is(422).shows("dia-chi-error").shows("ký tự");
    post("", &long, "head").await.is(422).shows("so-so-error").shows("ký tự");
    let made =
        post("<script>alert(1)</script> 😀", "00012", "head").await.leads_to("/lam-viec/ho/").location();
    officer.get(&made).await.ok().shows("&#60;script").shows("😀").shows("00012").hides("<script>alert");
    desk.test.end().await;
}

#[tokio::test]
async fn what_looks_like_a_formula_leaves_as_text() {
    let desk = Desk::start().await;
    let (home, ..) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let page = desk.officer().get(&format!("/lam-viec/ho/{home}/sua")).await;
    let (village, formula) = (desk.dong_cam.to_string(), "=cmd|' /C calc'!A0");
    let fields = [
        ("khoa", page.field("khoa")),
        ("phien-ban", page.field("phien-ban")),
        ("ban-dau", String::new()),
        ("thon", village),
        ("dia-chi", formula.into()),
        ("ho-ngheo", "none".into()),
        ("loai-ho", "permanent".into()),
        ("cach", "correct".into()),
    ];
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    desk.officer().post(&format!("/lam-viec/ho/{home}/sua"), &pairs).await.leads_to("/lam-viec/ho/");
    let csv = desk.officer().get("/lam-viec/ho?dinh-dang=csv").await;
    csv.ok().shows("'=cmd|");
    assert!(!csv.text().contains(",=cmd") && !csv.text().contains("\n=cmd"));
    let xlsx = desk.officer().get("/lam-viec/ho?dinh-dang=xlsx").await;
    let mut workbook = vnsheet::Workbook::open(&xlsx.ok().bytes, &vnsheet::Limits::default()).unwrap();
    let grid = workbook.grid(0).unwrap();
    let cells = grid.rows.iter().flat_map(|row| &row.cells);
    assert!(cells.clone().any(|cell| matches!(cell, vnsheet::Cell::Text(text) if text == formula)));
    desk.test.end().await;
}
