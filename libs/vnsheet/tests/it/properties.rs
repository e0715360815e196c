use crate::fixture::{open, residents, texts};
use chrono::NaiveDate;
use proptest::prelude::*;
use vnsheet::{Limits, Remark, Schema, SheetSpec, Value, Workbook, annotate, rows, write_table};

fn name() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec!["Nguyễn", "Lò", "Vàng", "A", "Páo", "Thị", "Đặng", "Ước", "H'Mai"]);
    prop::collection::vec(words, 2..5)
        .prop_map(|w| w.join(" "))
        .prop_filter("mixed case", |n| vntext::name_case(n) == *n)
}

fn birth() -> impl Strategy<Value = Value> {
    prop_oneof![
        (-30_000i64..60_000).prop_map(|days| Value::Date(
            NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + chrono::TimeDelta::days(days)
        )),
        (1850i32..2030).prop_map(Value::Year),
        (1850i32..2030, 1u32..=12).prop_map(|(y, m)| Value::Month(y, m)),
        Just(Value::Empty),
    ]
}

fn person() -> impl Strategy<Value = Vec<Value>> {
    let digits = |n: usize| {
        prop::collection::vec(0u8..10, n).prop_map(|d| d.iter().map(u8::to_string).collect::<String>())
    };
    (
        "[A-ZĐ0-9][a-zà-ỹ0-9 ]{0,8}[a-z0-9]",
        name(),
        birth(),
        prop::sample::select(vec!["male", "female"]),
        prop::sample::select(vec!["Kinh", "Tày", "Mông", "Mường"]),
        digits(12),
        "[=+@<>&\"'a-zà-ỹ🌾]{0,20}[a-z]",
        digits(9),
        any::<Option<bool>>(),
        any::<Option<i32>>(),
        any::<Option<f64>>(),
    )
        .prop_map(
            |(household, name, birth, sex, ethnic, number, relation, phone, insured, children, area)| {
                vec![
                    Value::Text(vntext::clean(&household)),
                    Value::Text(name),
                    birth,
                    Value::Choice(sex.into()),
                    Value::Choice(ethnic.into()),
                    Value::PersonalNumber(number),
                    Value::Text(vntext::clean(&relation)),
                    Value::Phone(format!("0{phone}")),
                    insured.map_or(Value::Empty, Value::YesNo),
                    children.map_or(Value::Empty, |n| Value::Whole(n.into())),
                    area.filter(|a| a.is_finite()).map_or(Value::Empty, Value::Decimal),
                ]
            },
        )
}

/// Opens, maps, reads and annotates, whatever comes.
fn walk(bytes: &[u8], schema: &Schema) {
    let limits = Limits { max_unpacked_bytes: 8 << 20, max_rows: 5000, ..Limits::default() };
    let Ok(mut book) = Workbook::open(bytes, &limits) else { return };
    if let Ok(Some((sheet, grid, mapping))) = book.best_sheet(schema) {
        let _ = rows(&grid, schema, &mapping).count();
        let remarks = [Remark { row: 3, text: "x".into() }];
        let _ = annotate(bytes, &limits, sheet, mapping.header_last, "Cần sửa", &remarks);
    }
}

/// Few in the daily run; `PROPTEST_CASES=5000` for a long one.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn what_is_written_is_read(people in prop::collection::vec(person(), 1..12)) {
        let schema = residents();
        let bytes = write_table(&SheetSpec::of(&schema, "Dân cư", people.clone())).unwrap();
        let sheet = open(&bytes);
        let back: Vec<Vec<Value>> =
            sheet.data().iter().map(|r| r.cells.iter().map(|c| c.result.clone().unwrap()).collect()).collect();
        prop_assert_eq!(back, people);
    }

    #[test]
    fn random_bytes_do_no_harm(
        bytes in prop::collection::vec(any::<u8>(), 0..2000),
        head in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<"]),
    ) {
        walk(&[head, &bytes].concat(), &residents());
    }

    #[test]
    fn any_text_in_cells_does_no_harm(cells in prop::collection::vec("\\PC{0,30}", 8), digits in "[0-9/.eE+-]{0,14}") {
        let heads = ["Số hộ", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số điện thoại", "Số con", "Diện tích"];
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let digits = [digits.as_str(); 8];
        walk(&texts(&[&heads, &cells, &digits, &cells]), &residents());
    }

    #[test]
    fn changed_bytes_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = texts(&[&["Họ tên", "Ngày sinh"], &["A Mẫu", "1/2/1990"]]);
        for (place, byte) in changes {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        walk(&bytes, &residents());
    }

    #[test]
    fn changed_xml_does_no_harm(
        place in any::<prop::sample::Index>(),
        cut in 0usize..30,
        text in prop::sample::select(vec!["", "<", ">", "\"", "<row r=\"9\"/>", "&x;", "99999999999", "</c>", "<c r=\"ZZZZ1\"/>"]),
        part in prop::sample::select(vec!["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/sharedStrings.xml"]),
    ) {
        let bytes = texts(&[&["Họ tên", "Ngày sinh"], &["A Mẫu", "1/2/1990"]]);
        let changed = crate::bad_files::edited(&bytes, part, |xml| {
            let chars: Vec<char> = xml.chars().collect();
            let at = place.index(chars.len());
            let end = (at + cut).min(chars.len());
            chars[..at].iter().copied().chain(text.chars()).chain(chars[end..].iter().copied()).collect()
        });
        walk(&changed, &residents());
    }
}
