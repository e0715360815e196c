use crate::bad_files::edited;
use crate::fixture::{file, open, residents, texts};
use rust_xlsxwriter::{Color, Format};
use std::io::{Cursor, Read};
use vnsheet::{Limits, Remark, Workbook, annotate};

const HEADING: &str = "Cần sửa";

fn remark(row: u32, text: &str) -> Remark {
    Remark { row, text: text.into() }
}

fn marked(bytes: &[u8], header: u32, remarks: &[Remark]) -> Vec<u8> {
    annotate(bytes, &Limits::default(), 0, header, HEADING, remarks).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_same_file_comes_back_with_a_column() {
    let original = file(|s| {
        let bold = Format::new().set_bold().set_background_color(Color::RGB(0x00_80_00));
        s.merge_range(0, 0, 0, 1, "DANH SÁCH", &bold).unwrap();
        s.write_string_with_format(1, 0, "Họ tên", &bold).unwrap();
        s.write_string_with_format(1, 1, "Ngày sinh", &bold).unwrap();
        s.write_string(2, 0, "A Mẫu").unwrap();
        s.write_string(2, 1, "31/02/1990").unwrap();
        s.write_string(3, 0, "B Mẫu").unwrap();
        s.write_blank(2, 2, &bold).unwrap();
        s.set_column_width(0, 30).unwrap();
    });
    let bytes = marked(
        &original,
        2,
        &[
            remark(3, "Ngày 31/02 không có <thật> & \"sai\""),
            remark(3, "Thiếu dân tộc"),
            remark(6, "Dòng trống"),
        ],
    );
    let mut book = Workbook::open(&bytes, &Limits::default()).unwrap();
    let grid = book.grid(0).unwrap();
    assert_eq!(grid.cell(2, 2).display(), HEADING);
    let text = grid.cell(3, 2);
    assert_eq!(text, &vnsheet::Cell::Text("Ngày 31/02 không có <thật> & \"sai\"\nThiếu dân tộc".into()));
    assert_eq!(grid.cell(6, 2).display(), "Dòng trống");
    assert!(grid.cell(4, 2).is_blank());
    assert_eq!(grid.merges.len(), 1);
    // The other parts are the same, and the formats of before keep their numbers.
    for name in ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml", "[Content_Types].xml"] {
        assert_eq!(part(&bytes, name), part(&original, name), "{name}");
    }
    let (before, after) = (part(&original, "xl/styles.xml"), part(&bytes, "xl/styles.xml"));
    let formats = |xml: &str| xml[xml.find("<cellXfs").unwrap()..xml.find("</cellXfs").unwrap()].to_owned();
    let (old, new) = (formats(&before), formats(&after));
    let body = |xml: &str| xml[xml.find('>').unwrap()..].to_owned();
    assert!(body(&new).starts_with(&body(&old)));
    assert_eq!(new.matches("<xf ").count(), old.matches("<xf ").count() + 2);
    // The remark column is no field, and the people are read as before.
    let sheet = open(&bytes);
    assert_eq!(sheet.field_of(2), None);
    assert_eq!(sheet.all_shown(&["name", "birth"])[..2], ["A Mẫu|!date_impossible", "B Mẫu|"]);
}

#[test]
fn a_second_round_uses_the_same_column() {
    let original = texts(&[&["Họ tên", "Dân tộc"], &["A Mẫu", "?"], &["B Mẫu", "?"]]);
    let first = marked(&original, 1, &[remark(2, "một"), remark(3, "hai")]);
    let second = marked(&first, 1, &[remark(3, "ba")]);
    let grid = Workbook::open(&second, &Limits::default()).unwrap().grid(0).unwrap();
    assert_eq!(grid.width(), 3);
    assert!(grid.cell(2, 2).is_blank());
    assert_eq!(grid.cell(3, 2).display(), "ba");
}

#[test]
fn prefixed_and_bare_xml() {
    let plain = texts(&[&["Họ tên"], &["A Mẫu"]]);
    let bare = edited(&plain, "xl/worksheets/sheet1.xml", |xml| {
        // As some programs write it: no places in rows and cells, a prefix, a self-closing row.
        let xml = xml
            .replace(" r=\"1\"", "")
            .replace(" r=\"2\"", "")
            .replace(" r=\"A1\"", "")
            .replace(" r=\"A2\"", "");
        let xml = xml
            .replace("xmlns=", "xmlns:x=")
            .replace("</", "\u{1}")
            .replace('<', "<x:")
            .replace('\u{1}', "</x:");
        xml.replace("<x:?xml", "<?xml").replace("</x:sheetData>", "<x:row r=\"4\"/></x:sheetData>")
    });
    let bytes = marked(&bare, 1, &[remark(2, "một"), remark(3, "hai"), remark(4, "ba"), remark(5, "bốn")]);
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("<x:is>"), "{xml}");
    let grid = Workbook::open(&bytes, &Limits::default()).unwrap().grid(0).unwrap();
    let column: Vec<String> = (1..=5).map(|row| grid.cell(row, 1).display()).collect();
    assert_eq!(column, [HEADING, "một", "hai", "ba", "bốn"]);
    assert_eq!(grid.cell(2, 0).display(), "A Mẫu");
}

#[test]
fn rows_without_order_are_written_anew() {
    let plain = texts(&[&["Họ tên"], &["A Mẫu"]]);
    let turned = edited(&plain, "xl/worksheets/sheet1.xml", |xml| {
        let (a, b, c) =
            (xml.find("<row").unwrap(), xml.rfind("<row").unwrap(), xml.find("</sheetData").unwrap());
        format!("{}{}{}{}", &xml[..a], &xml[b..c], &xml[a..b], &xml[c..])
    });
    let bytes = marked(&turned, 1, &[remark(2, "một")]);
    let grid = Workbook::open(&bytes, &Limits::default()).unwrap().grid(0).unwrap();
    assert_eq!(grid.cell(2, 0).display(), "A Mẫu");
    assert_eq!(grid.cell(2, 1).display(), "một");
}

#[test]
fn a_hostile_schema_key_or_sheet_is_no_panic() {
    let bytes = texts(&[&["Họ tên"]]);
    let gone = annotate(&bytes, &Limits::default(), 9, 1, HEADING, &[]);
    assert!(gone.is_err());
    let bytes = marked(&bytes, 0, &[remark(0, "x"), remark(u32::MAX, "y")]);
    assert_eq!(open(&bytes).schema, residents());
}
