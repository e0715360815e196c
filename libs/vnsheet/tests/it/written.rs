use crate::fixture::{open, residents};
use vnsheet::{Limits, SampleText, SheetSpec, Value, Workbook, find_header, sample, write_table};

#[test]
fn formula_like_text_and_zeros_survive() {
    let schema = residents();
    let mut row = vec![Value::Empty; schema.fields.len()];
    row[1] = Value::Text("=Hyperlink(1)".into());
    row[5] = Value::PersonalNumber("010090000123".into());
    row[6] = Value::Text("@SUM(A1)".into());
    row[7] = Value::Phone("0912345678".into());
    let mut spec = SheetSpec::of(&schema, "Dân cư: [1/2]", vec![row.clone()]);
    spec.title = Some("Danh sách nhân khẩu".into());
    spec.notes = vec!["Xã Mẫu, ngày 1 tháng 2 năm 2024".into()];
    let sheet = open(&write_table(&spec).unwrap());
    assert_eq!(sheet.mapping.header_last, 3);
    let data = sheet.data();
    let back: Vec<Value> = data[0].cells.iter().map(|c| c.result.clone().unwrap()).collect();
    assert_eq!(back, row);
    assert!(data[0].cells.iter().all(|c| c.repair.is_none()));
}

#[test]
fn the_empty_form_is_understood_again() {
    let mut schema = residents();
    schema.fields[1].example = Some("Nguyễn Văn Mẫu".into());
    let words = SampleText {
        sheet: "Nhập liệu".into(),
        title: Some("Danh sách nhân khẩu".into()),
        notes: vec!["Mỗi người một dòng.".into()],
        allowed: "Giá trị cho phép".into(),
        required_mark: " (*)".into(),
    };
    let bytes = sample(&schema, &words).unwrap();
    let mut book = Workbook::open(&bytes, &Limits::default()).unwrap();
    assert_eq!(book.sheets().len(), 2);
    let grid = book.grid(0).unwrap();
    let mapping = find_header(&grid, &schema).unwrap();
    assert!(mapping.missing.is_empty());
    let mapped = mapping.columns.iter().filter(|c| c.score >= 90).count();
    assert_eq!(mapped, schema.fields.len(), "{mapping:?}");
    let lists = book.grid(1).unwrap();
    assert_eq!(lists.cell(2, 0).display(), "Nam");
    assert_eq!(lists.cell(3, 1).display(), "Tày");
}
