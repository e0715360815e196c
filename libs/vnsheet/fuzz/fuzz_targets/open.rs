//! Opens, maps, reads and annotates whatever comes. Start it with a few real files in `corpus/open`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vnsheet::{Field, Kind, Limits, Remark, Schema, Workbook, annotate, rows};

fuzz_target!(|bytes: &[u8]| {
    let schema = Schema::new([
        Field::new("name", Kind::Name, &["Họ và tên"]),
        Field::new("birth", Kind::Date, &["Ngày sinh"]),
        Field::new("number", Kind::PersonalNumber, &["Số CCCD"]),
        Field::new("phone", Kind::Phone, &["Số điện thoại"]),
        Field::new("area", Kind::Decimal, &["Diện tích"]),
    ]);
    let limits = Limits { max_unpacked_bytes: 8 << 20, max_rows: 2000, ..Limits::default() };
    let Ok(mut book) = Workbook::open(bytes, &limits) else { return };
    if let Ok(Some((sheet, grid, mapping))) = book.best_sheet(&schema) {
        let _ = rows(&grid, &schema, &mapping).count();
        let _ = annotate(bytes, &limits, sheet, mapping.header_last, "x", &[Remark { row: 2, text: "y".into() }]);
    }
});
