//! Excel files for the tests of the import.

use std::io::Write;
use vnsheet::{Column, Kind, SheetSpec, Value, write_table};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

pub const HEADINGS: [&str; 9] = [
    "STT hộ",
    "Họ và tên",
    "Quan hệ với chủ hộ",
    "Giới tính",
    "Ngày sinh",
    "Số CCCD",
    "Dân tộc",
    "Thôn",
    "SĐT",
];

/// A file with a title above its table, every cell a text.
pub fn excel(headings: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let column =
        |heading: &&str| Column { heading: (*heading).to_owned(), kind: Kind::Text, width: Some(12.0) };
    let cell = |text: &String| if text.is_empty() { Value::Empty } else { Value::Text(text.clone()) };
    let spec = SheetSpec {
        sheet_name: "Danh sách".into(),
        title: Some("DANH SÁCH NHÂN KHẨU".into()),
        notes: Vec::new(),
        columns: headings.iter().map(column).collect(),
        rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
    };
    write_table(&spec).unwrap()
}

pub fn row(cells: [&str; 9]) -> Vec<String> {
    cells.map(str::to_owned).into()
}

/// A couple in Đông Căm; the title and the heading take rows 1 and 2.
pub fn couple() -> Vec<Vec<String>> {
    vec![
        row([
            "1",
            "LÒ VĂN MẪU",
            "Chủ hộ",
            "Nam",
            "12/05/1980",
            "010080000017",
            "Tày",
            "Đông Căm",
            "0912 345 678",
        ]),
        row(["", "Vàng Thị Ví Dụ", "Vợ", "Nữ", "1982", "", "Tày", "", ""]),
    ]
}

/// Households of three people each, in both villages.
pub fn many(households: usize) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for n in 0..households {
        let village = if n % 2 == 0 { "Đông Căm" } else { "Soi Cờ" };
        let name = |given: &str| format!("Lò {} {given}", word(n));
        let no = (n + 1).to_string();
        rows.push(vec![
            no.clone(),
            name("Mẫu"),
            "Chủ hộ".into(),
            "Nam".into(),
            "1980".into(),
            String::new(),
            "Tày".into(),
            village.into(),
            String::new(),
        ]);
        rows.push(vec![
            no.clone(),
            name("Thử"),
            "Vợ".into(),
            "Nữ".into(),
            "15/02/1982".into(),
            String::new(),
            "Tày".into(),
            village.into(),
            String::new(),
        ]);
        rows.push(vec![
            no,
            name("Con"),
            "Con".into(),
            "Nữ".into(),
            "09/2010".into(),
            String::new(),
            "Tày".into(),
            village.into(),
            String::new(),
        ]);
    }
    rows
}

/// A number as a word of letters: names have no digits.
fn word(mut n: usize) -> String {
    let mut word = String::from("B");
    loop {
        word.push(char::from(b"aeiouy"[n % 6]));
        n /= 6;
        if n == 0 {
            return word;
        }
        word.push(char::from(b"bcdghklmnt"[n % 10]));
        n /= 10;
    }
}

/// An .xlsx whose only sheet has these bytes.
pub fn package(sheet: &[u8], method: CompressionMethod) -> Vec<u8> {
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#),
        ("_rels/.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A sheet with a heading and so many names below it.
pub fn long_list(rows: usize) -> Vec<u8> {
    let mut xml = String::from(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c></row>"#,
    );
    for n in 2..=rows + 1 {
        xml.push_str(&format!(r#"<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>A</t></is></c></row>"#));
    }
    xml.push_str("</sheetData></worksheet>");
    package(xml.as_bytes(), CompressionMethod::Stored)
}

/// A sheet of raw cells: a text, `n:` before a number, `f:FORMULA|RESULT`. `merges` are ranges as `B2:B3`.
pub fn raw_sheet(rows: &[&[&str]], merges: &[&str]) -> Vec<u8> {
    let mut xml = String::from(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    );
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    for (n, cells) in rows.iter().enumerate() {
        xml.push_str(&format!(r#"<row r="{}">"#, n + 1));
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{}", column_letters(at), n + 1);
            let cell =
                match (cell.strip_prefix("n:"), cell.strip_prefix("f:").and_then(|f| f.split_once('|'))) {
                    (Some(number), _) => format!(r#"<c r="{place}"><v>{number}</v></c>"#),
                    (_, Some((formula, result))) => format!(
                        r#"<c r="{place}" t="str"><f>{}</f><v>{}</v></c>"#,
                        escaped(formula),
                        escaped(result)
                    ),
                    _ => format!(r#"<c r="{place}" t="inlineStr"><is><t>{}</t></is></c>"#, escaped(cell)),
                };
            xml.push_str(&cell);
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData>");
    if !merges.is_empty() {
        xml.push_str("<mergeCells>");
        merges.iter().for_each(|range| xml.push_str(&format!(r#"<mergeCell ref="{range}"/>"#)));
        xml.push_str("</mergeCells>");
    }
    xml.push_str("</worksheet>");
    package(xml.as_bytes(), CompressionMethod::Deflated)
}

fn column_letters(mut at: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(at % 26).unwrap()));
        match at / 26 {
            0 => return letters,
            more => at = more - 1,
        }
    }
}
