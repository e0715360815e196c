use crate::fixture::texts;
use std::io::{Cursor, Read, Write};
use vnsheet::{Limits, LooksLike, OpenProblem, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The file with one part changed.
pub fn edited(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).unwrap();
        let part_name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if part_name == name {
            content = change(std::str::from_utf8(&content).unwrap()).into_bytes();
        }
        out.start_file(part_name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        out.start_file(*name, options).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn problem(bytes: &[u8]) -> OpenProblem {
    problem_within(bytes, &Limits::default())
}

fn problem_within(bytes: &[u8], limits: &Limits) -> OpenProblem {
    match Workbook::open(bytes, limits) {
        Err(problem) => problem,
        Ok(mut book) => book.grid(0).unwrap_err(),
    }
}

#[test]
fn other_kinds_of_files() {
    let docx = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")]);
    let odt = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]);
    let xlsb = zipped(&[("xl/workbook.bin", b"\0")]);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("Họ\tTên\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let cases: [(&[u8], LooksLike); 14] = [
        (b"%PDF-1.7\n", LooksLike::Pdf),
        (&docx, LooksLike::Word),
        (&odt, LooksLike::Word),
        (b"{\\rtf1 x}", LooksLike::Word),
        (&xlsb, LooksLike::ExcelBinary),
        (b"\n <html><table><tr><td>1</td></tr></table></html>", LooksLike::Html),
        (b"<table border=1><tr><td>1</td></tr></table>", LooksLike::Html),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            LooksLike::ExcelXml2003,
        ),
        ("Họ tên,Ngày sinh\nA,1\n".as_bytes(), LooksLike::Csv),
        ("\u{feff}Họ tên;Ngày sinh\n".as_bytes(), LooksLike::Csv),
        (&utf16, LooksLike::Csv),
        (b"\x89PNG\r\n\x1a\n", LooksLike::Image),
        (b"\xff\xd8\xff\xe0", LooksLike::Image),
        (b"\x00\x01\x02,\x03", LooksLike::Unknown),
    ];
    for (bytes, looks_like) in cases {
        assert_eq!(problem(bytes), OpenProblem::NotExcel { looks_like });
    }
    assert_eq!(problem(b""), OpenProblem::Empty);
}

#[test]
fn protected_files() {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap().write_all(&[0; 64]).unwrap();
    file.flush().unwrap();
    assert_eq!(problem(&file.into_inner().into_inner()), OpenProblem::Encrypted);
}

#[test]
fn bombs() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = edited_with(&texts(&[&["Họ tên"]]), "xl/media/a.bin", &zeros);
    assert!(bomb.len() < 200_000);
    assert_eq!(problem(&bomb), OpenProblem::ZipBomb);

    // The declared size lies: 40 MB are said to be 100 bytes.
    let mut liar = bomb;
    let size = (zeros.len() as u32).to_le_bytes();
    let places: Vec<usize> = (0..liar.len() - 4).filter(|&i| liar[i..i + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        liar[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    assert!(matches!(problem(&liar), OpenProblem::ZipBomb | OpenProblem::Damaged(_)));

    let entities = edited(&texts(&[&["Họ tên"]]), "xl/sharedStrings.xml", |xml| {
        let at = xml.find("<sst").unwrap();
        let bomb = "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
        format!("{}{bomb}{}", &xml[..at], xml[at..].replace("Họ tên", "&c;"))
    });
    if let Ok(mut book) = Workbook::open(&entities, &Limits::default())
        && let Ok(grid) = book.grid(0)
    {
        assert!(grid.cell(1, 0).display().len() < 10, "entities are not expanded");
    }
}

fn edited_with(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut out = ZipWriter::new_append(Cursor::new(bytes.to_vec())).unwrap();
    out.start_file(name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
        .unwrap();
    out.write_all(content).unwrap();
    out.finish().unwrap().into_inner()
}

#[test]
fn a_table_that_says_it_holds_more_than_it_can_asks_for_no_memory() {
    let bytes = crate::fixture::texts(&[&["Họ tên"], &["A Mẫu"]]);
    for count in ["99999999999", "400000"] {
        let lying = edited(&bytes, "xl/sharedStrings.xml", |xml| {
            let at = xml.find("uniqueCount=\"").expect("it counts") + "uniqueCount=\"".len();
            let end = at + xml[at..].find('"').unwrap();
            format!("{}{count}{}", &xml[..at], &xml[end..])
        });
        assert!(matches!(problem(&lying), OpenProblem::Damaged(_)), "{count}");
    }
}

#[test]
fn too_large() {
    let bytes = texts(&[&["Họ tên"]]);
    let limits = Limits { max_file_bytes: 100, ..Limits::default() };
    assert_eq!(
        problem_within(&bytes, &limits),
        OpenProblem::TooLarge { bytes: bytes.len() as u64, limit: 100 }
    );
    let limits = Limits { max_unpacked_bytes: 100, ..Limits::default() };
    assert!(matches!(problem_within(&bytes, &limits), OpenProblem::TooLarge { .. }));
    let limits = Limits { max_columns: 2, ..Limits::default() };
    let wide = texts(&[&["a", "b", "c"]]);
    assert_eq!(problem_within(&wide, &limits), OpenProblem::TooManyColumns { columns: 3, limit: 2 });
}

#[test]
fn two_hundred_thousand_rows() {
    let bytes = crate::fixture::file(|s| {
        for r in 0..200_000 {
            s.write_number(r, 0, r).unwrap();
        }
    });
    assert_eq!(problem(&bytes), OpenProblem::TooManyRows { rows: 200_000, limit: 100_000 });
}

#[test]
fn cut_off_and_corrupt() {
    let bytes = texts(&[&["Họ tên"], &["A Mẫu"]]);
    for part in 1..10 {
        let cut = &bytes[..bytes.len() * part / 10];
        assert!(matches!(problem(cut), OpenProblem::Damaged(_)), "{part}");
    }
    let broken = edited(&bytes, "xl/worksheets/sheet1.xml", |xml| xml[..xml.len() / 2].to_owned());
    assert!(matches!(problem(&broken), OpenProblem::Damaged(_)));
    let mut book = Workbook::open(&bytes, &Limits::default()).unwrap();
    assert_eq!(book.grid(7), Err(OpenProblem::NoSuchSheet));
}

#[test]
fn an_old_file_with_a_cell_far_away_costs_no_memory() {
    // Two cells that span 4 billion.
    let mut stream = Vec::new();
    let mut record = |kind: u16, data: &[u8]| {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    };
    record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]);
    record(0x0203, &[0; 14]);
    record(0x0203, &[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    record(0x000a, &[]);
    stream.resize(8192, 0);
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    assert_eq!(problem(&file.into_inner().into_inner()), OpenProblem::TooManyCells);
}

#[test]
fn open_document() {
    let content = r#"<o:doc xmlns:table="t" xmlns:text="x" xmlns:office="f"><table:table table:name="Dân cư">
      <table:table-row><table:table-cell office:value-type="string"><text:p>Họ tên</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>Ngày sinh</text:p></table:table-cell></table:table-row>
      <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>A &amp; Mẫu</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="1990-02-07"><text:p>7/2/90</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="16000"/></table:table-row>
      <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
    </table:table></o:doc>"#;
    let kind: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let bytes = zipped(&[("mimetype", kind), ("content.xml", content.as_bytes())]);
    let sheet = crate::fixture::open(&bytes);
    assert_eq!(sheet.all_shown(&["name", "birth"]), ["A & Mẫu|1990-02-07", "A & Mẫu|1990-02-07"]);

    let bomb = content.replace("number-rows-repeated=\"2\"", "number-rows-repeated=\"4000000000\"");
    let bytes = zipped(&[("mimetype", kind), ("content.xml", bomb.as_bytes())]);
    assert!(matches!(problem(&bytes), OpenProblem::TooManyRows { .. }));
}

/// A file of Excel 97 with these texts, as small as the format allows.
pub fn old_file(lines: &[&[&str]]) -> Vec<u8> {
    fn record(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    }
    let mut stream = Vec::new();
    record(&mut stream, 0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let place = stream.len() + 4;
    record(&mut stream, 0x0085, &[0, 0, 0, 0, 0, 0, 4, 0, b'L', b'i', b's', b't']);
    record(&mut stream, 0x000a, &[]);
    let sheet = (stream.len() as u32).to_le_bytes();
    stream[place..place + 4].copy_from_slice(&sheet);
    record(&mut stream, 0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (r, line) in (0u16..).zip(lines) {
        for (c, text) in (0u16..).zip(*line) {
            let units: Vec<u16> = text.encode_utf16().collect();
            let head = [r, c, 0, units.len() as u16].into_iter().flat_map(u16::to_le_bytes);
            let data: Vec<u8> = head.chain([1]).chain(units.into_iter().flat_map(u16::to_le_bytes)).collect();
            record(&mut stream, 0x0204, &data);
        }
    }
    record(&mut stream, 0x000a, &[]);
    stream.resize(stream.len().max(8192), 0);
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn old_excel() {
    let bytes = old_file(&[&["Họ tên", "Ngày sinh"], &["A Mẫu", "7/2/1990"]]);
    let sheet = crate::fixture::open(&bytes);
    assert_eq!(sheet.all_shown(&["name", "birth"]), ["A Mẫu|1990-02-07"]);
    let remarks = [vnsheet::Remark { row: 2, text: "Sửa".into() }];
    let marked = vnsheet::annotate(&bytes, &Limits::default(), 0, 1, "Cần sửa", &remarks).unwrap();
    let mut book = Workbook::open(&marked, &Limits::default()).unwrap();
    assert_eq!((book.format(), book.sheets()[0].name.as_str()), (vnsheet::Format::Xlsx, "List"));
    assert_eq!(book.grid(0).unwrap().cell(2, 2).display(), "Sửa");
}
