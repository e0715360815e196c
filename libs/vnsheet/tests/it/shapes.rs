use crate::fixture::{file, open, residents, texts};
use rust_xlsxwriter::{Format, Formula};
use vnsheet::{Confidence, SkipReason};

#[test]
fn any_order_and_spelling() {
    for headings in [
        ["Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD"],
        ["HỌ VÀ TÊN", "NGÀY, THÁNG, NĂM SINH", "NAM/NỮ", "DÂN TỘC", "SỐ CCCD/CMND"],
        ["ho ten", "NTNS", "gioi tinh", "dan toc", "so dinh danh ca nhan"],
        ["Họ & tên", "Ngày sinh (dd/mm/yyyy)", "GT", "DT", "Số ĐDCN"],
        [
            "Ho\u{323} va\u{300} te\u{302}n",
            "Nga\u{300}y sinh:",
            "Giới\ntính",
            "Dân  tộc",
            "Số định danh cá nhân",
        ],
    ] {
        for turn in 0..5 {
            let mut head = headings;
            let mut row = ["Lò Thị Mẫu", "07/02/1990", "Nữ", "Tày", "010090000123"];
            head.rotate_left(turn);
            row.rotate_left(turn);
            let sheet = open(&texts(&[&head, &row]));
            let shown = sheet.all_shown(&["name", "birth", "sex", "ethnic", "number"]);
            assert_eq!(shown, ["Lò Thị Mẫu|1990-02-07|female|Tày|010090000123"], "{head:?}");
            assert!(
                sheet.mapping.columns.iter().all(|c| c.confidence == Confidence::High),
                "{:?}",
                sheet.mapping
            );
        }
    }
}

#[test]
fn title_rows_and_signatures() {
    let bytes = file(|s| {
        let f = Format::new();
        s.merge_range(0, 0, 0, 2, "ỦY BAN NHÂN DÂN XÃ MẪU", &f).unwrap();
        s.merge_range(2, 0, 2, 5, "DANH SÁCH HỌ VÀ TÊN NHÂN KHẨU NĂM 2023", &f).unwrap();
        for (c, text) in (0..).zip(["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Ghi chú"])
        {
            s.write_string(4, c, text).unwrap();
            s.write_number(5, c, f64::from(c) + 1.0).unwrap();
        }
        s.merge_range(6, 0, 6, 5, "Thôn Mẫu 1", &f).unwrap();
        let person = |s: &mut rust_xlsxwriter::Worksheet, r: u32, name: &str| {
            s.write_number(r, 0, f64::from(r)).unwrap();
            s.write_string(r, 1, name).unwrap();
            s.write_string(r, 2, "1/2/1980").unwrap();
            s.write_string(r, 3, "Nam").unwrap();
            s.write_string(r, 4, "Kinh").unwrap();
        };
        person(s, 7, "TỐNG VĂN THỬ");
        person(s, 8, "Cộng A Mẫu");
        s.write_string(9, 1, "Cộng").unwrap();
        s.write_number(9, 2, 2.0).unwrap();
        for (c, text) in (0..).zip(["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Ghi chú"])
        {
            s.write_string(10, c, text).unwrap();
        }
        s.write_string(11, 0, "II").unwrap();
        s.write_string(11, 1, "Thôn Mẫu 2").unwrap();
        person(s, 12, "Vàng Thị Thử");
        s.write_string(13, 0, "Tổng cộng: 3 người").unwrap();
        s.write_string(15, 4, "Xã Mẫu, ngày 12 tháng 5 năm 2024").unwrap();
        s.write_string(16, 1, "NGƯỜI LẬP BIỂU").unwrap();
        s.write_string(20, 1, "Người Ký Mẫu").unwrap();
    });
    let sheet = open(&bytes);
    assert_eq!((sheet.mapping.header_first, sheet.mapping.header_last), (5, 5));
    let names = sheet.all_shown(&["name"]);
    use SkipReason::{ColumnNumbers, GroupTitle, RepeatedHeader, Signature, Subtotal};
    let skipped = [
        ColumnNumbers,
        GroupTitle,
        Subtotal,
        RepeatedHeader,
        GroupTitle,
        Subtotal,
        Signature,
        Signature,
        Signature,
    ];
    assert_eq!(sheet.skipped(), skipped);
    assert_eq!(names, ["Tống Văn Thử", "Cộng A Mẫu", "Vàng Thị Thử"]);
}

#[test]
fn two_row_header_with_birth_by_sex() {
    for merged in [true, false] {
        let bytes = file(|s| {
            let f = Format::new();
            if merged {
                s.merge_range(0, 0, 1, 0, "Họ và tên", &f).unwrap();
                s.merge_range(0, 1, 0, 2, "Ngày, tháng, năm sinh", &f).unwrap();
                s.merge_range(0, 3, 1, 3, "Dân tộc", &f).unwrap();
            } else {
                s.write_string(0, 0, "Họ và tên").unwrap();
                s.write_string(0, 1, "Ngày, tháng, năm sinh").unwrap();
                s.write_string(0, 3, "Dân tộc").unwrap();
            }
            s.write_string(1, 1, "Nam").unwrap();
            s.write_string(1, 2, "Nữ").unwrap();
            for (r, (name, male, female)) in (2..).zip([
                ("A Mẫu", "1/2/1980", ""),
                ("B Mẫu", "", "1956"),
                ("C Mẫu", "3/4/1990", "5/6/1990"),
                ("D Mẫu", "", ""),
            ]) {
                s.write_string(r, 0, name).unwrap();
                s.write_string(r, 1, male).unwrap();
                s.write_string(r, 2, female).unwrap();
                s.write_string(r, 3, "Dao").unwrap();
            }
        });
        let sheet = open(&bytes);
        assert_eq!(sheet.mapping.header_last, 2, "merged {merged}: {:?}", sheet.mapping);
        assert_eq!(
            sheet.all_shown(&["name", "birth", "sex", "ethnic"]),
            [
                "A Mẫu|1980-02-01|male|Dao",
                "B Mẫu|1956|female|Dao",
                "C Mẫu|!two_values|!two_marks|Dao",
                "D Mẫu|||Dao",
            ]
        );
    }
}

#[test]
fn marks_in_columns_of_sex() {
    let sheet = open(&texts(&[
        &["Họ tên", "Nam", "Nữ", "Thẻ BHYT"],
        &["A Mẫu", "x", "", "x"],
        &["B Mẫu", "", "X", "không"],
        &["C Mẫu", "x", "x", "?"],
        &["D Mẫu", "", "chắc", ""],
    ]));
    assert_eq!(
        sheet.all_shown(&["sex", "insured"]),
        ["male|true", "female|false", "!two_marks|!yes_no_unknown", "!mark_unknown|",]
    );
}

#[test]
fn households_by_their_first_row() {
    let bytes = file(|s| {
        let f = Format::new();
        for (c, text) in (0..).zip(["STT hộ", "Họ và tên", "QH với chủ hộ"]) {
            s.write_string(0, c, text).unwrap();
        }
        s.merge_range(1, 0, 2, 0, "H01", &f).unwrap();
        s.write_number(3, 0, 2).unwrap();
        for (r, (name, relation)) in
            (1..).zip([("A Mẫu", "Chủ hộ"), ("B Mẫu", "Vợ"), ("C Mẫu", "Chủ hộ"), ("D Mẫu", "Con")])
        {
            s.write_string(r, 1, name).unwrap();
            s.write_string(r, 2, relation).unwrap();
        }
    });
    let sheet = open(&bytes);
    assert_eq!(sheet.all_shown(&["household", "relation"]), ["H01|Chủ hộ", "H01|Vợ", "2|Chủ hộ", "2|Con"]);
    let down: Vec<bool> = sheet.data().iter().map(|r| r.cells[0].filled_down).collect();
    assert_eq!(down, [false, true, false, true]);
}

#[test]
fn a_person_corrects_the_mapping() {
    let mut sheet = open(&texts(&[&["Họ tên", "Cột lạ"], &["A Mẫu", "0912345678"]]));
    assert_eq!(sheet.field_of(1), None);
    sheet.mapping.assign(1, Some("phone"));
    let kept = serde_json::to_string(&sheet.mapping).unwrap();
    sheet.mapping = serde_json::from_str(&kept).unwrap();
    assert_eq!(sheet.all_shown(&["name", "phone"]), ["A Mẫu|0912345678"]);
    sheet.mapping.assign(1, None);
    assert_eq!(sheet.all_shown(&["name", "phone"]), ["A Mẫu|"]);
}

#[test]
fn names_of_relatives_are_not_the_person() {
    let sheet =
        open(&texts(&[&["Họ tên mẹ", "Họ và tên", "Họ và tên chủ hộ"], &["M Mẫu", "A Mẫu", "H Mẫu"]]));
    assert_eq!(sheet.field_of(1), Some("name"));
    assert_eq!((sheet.field_of(0), sheet.field_of(2)), (None, None));
}

#[test]
fn the_best_sheet_is_found_and_a_stranger_is_none() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "Hướng dẫn điền").unwrap();
    let list = book.add_worksheet();
    list.set_name("Dân cư").unwrap();
    for (c, text) in (0..).zip(["Họ tên", "Ngày sinh"]) {
        list.write_string(0, c, text).unwrap();
    }
    list.write_formula(1, 0, Formula::new("=\"A \"&\"Mẫu\"").set_result("A Mẫu")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let mut book = vnsheet::Workbook::open(&bytes, &vnsheet::Limits::default()).unwrap();
    assert_eq!(book.sheets()[1].name, "Dân cư");
    let (at, _, mapping) = book.best_sheet(&residents()).unwrap().unwrap();
    assert_eq!((at, mapping.missing.len()), (1, 0));
    let bytes = texts(&[&["Alpha", "Beta"], &["1", "2"]]);
    let mut book = vnsheet::Workbook::open(&bytes, &vnsheet::Limits::default()).unwrap();
    assert!(book.best_sheet(&residents()).unwrap().is_none());
}
