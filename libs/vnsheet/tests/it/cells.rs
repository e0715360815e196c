use crate::fixture::{file, open, texts};
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula};
use vnsheet::Repair;

#[test]
fn dates_as_text_serial_and_true_dates() {
    let bytes = file(|s| {
        s.write_string(0, 0, "Họ tên").unwrap();
        s.write_string(0, 1, "Ngày sinh").unwrap();
        for r in 1..8 {
            s.write_string(r, 0, "A Mẫu").unwrap();
        }
        let day = NaiveDate::from_ymd_opt(1990, 2, 7).unwrap();
        s.write_datetime_with_format(1, 1, day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
        s.write_number(2, 1, 32_911).unwrap();
        s.write_number(3, 1, 7_021_990).unwrap();
        s.write_number(4, 1, 1950).unwrap();
        s.write_string(5, 1, "31/02/1990").unwrap();
        s.write_formula(6, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
        s.write_string(7, 1, "7.2.1990 (đã mất)").unwrap();
    });
    let sheet = open(&bytes);
    let shown = sheet.all_shown(&["birth"]);
    let want = [
        "1990-02-07",
        "1990-02-07",
        "1990-02-07",
        "1950",
        "!date_impossible",
        "!formula_error",
        "1990-02-07",
    ];
    assert_eq!(shown, want);
    let rows = sheet.data();
    assert_eq!(rows[0].cells[2].repair, None);
    assert_eq!(rows[1].cells[2].repair, Some(Repair::SerialDate));
    assert_eq!(rows[6].cells[2].repair, Some(Repair::TrailingNote("(đã mất)".into())));
    assert_eq!(rows[4].cells[2].result.as_ref().unwrap_err().raw, "31/02/1990");
    assert_eq!(rows[4].problems().count(), 1);
}

#[test]
fn the_1904_calendar() {
    let plain = file(|s| {
        s.write_string(0, 0, "Họ tên").unwrap();
        s.write_string(0, 1, "Ngày sinh").unwrap();
        s.write_string(1, 0, "A Mẫu").unwrap();
        s.write_number(1, 1, 32_911 - 1462).unwrap();
    });
    let old = crate::bad_files::edited(&plain, "xl/workbook.xml", |xml| {
        let at = xml.find("<workbookPr").unwrap() + "<workbookPr".len();
        format!("{} date1904=\"1\"{}", &xml[..at], &xml[at..])
    });
    assert_eq!(open(&old).all_shown(&["birth"]), ["1990-02-07"]);
}

#[test]
fn identifiers_that_excel_took_for_numbers() {
    let bytes = file(|s| {
        for (c, text) in (0..).zip(["Họ tên", "Số CCCD", "SĐT", "Số con", "Diện tích"]) {
            s.write_string(0, c, text).unwrap();
        }
        for r in 1..4 {
            s.write_string(r, 0, "A Mẫu").unwrap();
        }
        s.write_number(1, 1, 10_090_000_123_f64).unwrap();
        s.write_number(1, 2, 912_345_678).unwrap();
        s.write_number(1, 3, 2.5).unwrap();
        s.write_string(1, 4, "1.234,5").unwrap();
        s.write_string(2, 1, "1.009E+11").unwrap();
        s.write_string(2, 2, "chưa có").unwrap();
        s.write_string(2, 3, "3").unwrap();
        s.write_string(3, 1, "010 090 000 123").unwrap();
    });
    let sheet = open(&bytes);
    assert_eq!(
        sheet.all_shown(&["number", "phone", "children", "area"]),
        [
            "010090000123|0912345678|!number_not_whole|1234.5",
            "!personal_number_rounded|!phone_form|3|",
            "010090000123|||",
        ]
    );
    assert_eq!(sheet.data()[0].cells[5].repair, Some(Repair::LeadingZero));
}

#[test]
fn text_of_every_kind_stays_text() {
    let long = "ế".repeat(10_001);
    let fits = "ế".repeat(101);
    let sheet = open(&texts(&[
        &["Họ tên", "Dân tộc", "Quan hệ với chủ hộ"],
        &["Nguye\u{302}\u{303}n Va\u{306}n Ma\u{302}\u{303}u", "Khơ Mú", "<script>alert(1)</script>"],
        &["NGUYỄN VĂN MẪU", "MÔNG", "🌾 =1+1"],
        &[&long, "mong", &long],
        &[&fits, "Kinh", "con"],
        &["", "Kinh", "con"],
    ]));
    assert_eq!(
        sheet.all_shown(&["name", "ethnic", "relation"]),
        [
            "Nguyễn Văn Mẫu|!choice_unknown|<script>alert(1)</script>",
            "Nguyễn Văn Mẫu|Mông|🌾 =1+1",
            "!too_long|Mông|!too_long",
            "!too_long|Kinh|con",
            "!required|Kinh|con",
        ]
    );
    let rows = sheet.data();
    assert!(rows[2].cells[1].result.as_ref().unwrap_err().raw.chars().count() <= 100);
}
