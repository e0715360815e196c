//! What another program makes of the file.

use docx::{Align, Cell, Document, Page, Paragraph, Row, Run, Table};
use proptest::prelude::*;
use quick_xml::events::Event;
use std::io::Read;

fn at() -> chrono::DateTime<chrono::Utc> {
    "2026-01-05T02:05:07Z".parse().unwrap()
}

fn document() -> Document {
    let mut document = Document::new(Page::A4, "Times New Roman", 14.0);
    document.page_number = 13.0;
    document.title = "Quyết định & <phụ lục>".into();
    document.push(Paragraph::of(Run::new("QUYẾT ĐỊNH").bold()).align(Align::Centre));
    document.push(Paragraph::of(Run::new("")).indents(40.0, 40.0).rule());
    for _ in 0..60 {
        document.push(
            Paragraph::of(Run::new("Ông Nguyễn Văn Hùng, thôn Soi Cờ.")).align(Align::Both).first_line(12.7),
        );
    }
    let cell = |text: &str| Cell { paragraphs: vec![Paragraph::of(Run::new(text))] };
    let row = |head: bool, text: &str| Row { head, cells: vec![cell(text), cell("b")] };
    document.push(Table {
        widths: vec![60.0, 100.0],
        lines: true,
        rows: vec![row(true, "Thôn"), row(false, "Làng Cù")],
    });
    document.foot = vec![Paragraph::of(Run::new("Điện thoại: 0214")).rule()];
    document
}

fn part(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The letters of a part, if it is XML.
fn letters(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut all = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return all,
            Event::Text(text) => all.push_str(&text),
            Event::GeneralRef(name) => match &*name {
                "amp" => all.push('&'),
                "lt" => all.push('<'),
                "gt" => all.push('>'),
                "quot" => all.push('"'),
                other => panic!("&{other};"),
            },
            _ => {}
        }
    }
}

#[test]
fn every_part_is_xml_and_there() {
    let file = document().file(at()).unwrap();
    assert_eq!(file, document().file(at()).unwrap());
    for name in [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/styles.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/footer1.xml",
        "word/footer2.xml",
    ] {
        letters(&part(&file, name));
    }
    assert!(letters(&part(&file, "docProps/core.xml")).contains("Quyết định & <phụ lục>"));
    assert!(letters(&part(&file, "word/document.xml")).contains("Nguyễn Văn Hùng"));
    let body = part(&file, "word/document.xml");
    // A4 with margins of 20, 20, 30 and 20 mm, in twentieths of a point.
    assert!(body.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"), "{body}");
    assert!(body.contains("w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\""), "{body}");
}

/// As LibreOffice reads it. Where it is not installed nothing is judged: `cargo xtask test` installs it.
#[test]
fn libreoffice_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let run = |program: &str, line: &[&str]| {
        let done = std::process::Command::new(program)
            .args(line)
            .current_dir(folder.path())
            .env("HOME", folder.path())
            .output();
        done.map(|out| String::from_utf8_lossy(&out.stdout).into_owned())
    };
    std::fs::write(folder.path().join("a.docx"), document().file(at()).unwrap()).unwrap();
    let Ok(said) = run("soffice", &["--headless", "--convert-to", "pdf", "a.docx"]) else { return };
    assert!(folder.path().join("a.pdf").exists(), "{said}");
    let about = run("pdfinfo", &["a.pdf"]).unwrap();
    assert!(about.contains("(A4)") && about.contains("Pages:           2"), "{about}");
    let text = run("pdftotext", &["-layout", "a.pdf", "-"]).unwrap();
    let pages: Vec<&str> = text.split('\u{c}').collect();
    assert!(
        pages[0].trim_start().starts_with("QUYẾT ĐỊNH") && pages[0].contains("Điện thoại: 0214"),
        "{text}"
    );
    assert!(pages[1].trim_start().starts_with('2') && pages[1].contains("Làng Cù"), "{text}");
}

/// A part of its own: on its side, its pages counted anew, without the foot of the first one.
#[test]
fn libreoffice_turns_the_page_of_a_part() {
    let mut document = document();
    document.push(Page::A4.turned());
    document.push(Paragraph::of(Run::new("Phụ lục I").bold()).align(Align::Centre));
    for _ in 0..40 {
        document.push(Paragraph::of(Run::new("Một dòng của phụ lục.")));
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.docx"), document.file(at()).unwrap()).unwrap();
    let run = |program: &str, line: &[&str]| {
        let done = std::process::Command::new(program)
            .args(line)
            .current_dir(folder.path())
            .env("HOME", folder.path())
            .output();
        done.map(|out| String::from_utf8_lossy(&out.stdout).into_owned())
    };
    let Ok(said) = run("soffice", &["--headless", "--convert-to", "pdf", "a.docx"]) else { return };
    assert!(folder.path().join("a.pdf").exists(), "{said}");
    let about = run("pdfinfo", &["-f", "3", "-l", "3", "a.pdf"]).unwrap();
    assert!(about.contains("841.") && about.contains("x 595."), "{about}");
    let text = run("pdftotext", &["-layout", "a.pdf", "-"]).unwrap();
    let pages: Vec<&str> = text.split('\u{c}').collect();
    assert!(pages[2].trim_start().starts_with("Phụ lục I") && !pages[2].contains("Điện thoại"), "{text}");
    assert!(pages[3].trim_start().starts_with('2'), "{text}");
}

proptest! {
    #[test]
    fn any_letters_stay_what_they_are(text in "\\PC{0,60}") {
        let mut one = Document::new(Page::A4, "Times New Roman", 14.0);
        one.push(Paragraph::of(Run::new(text.clone())));
        let file = one.file(at()).unwrap();
        let wanted: String = text.chars().filter(|c| !['\u{fffe}', '\u{ffff}'].contains(c)).collect();
        let found = letters(&part(&file, "word/document.xml"));
        prop_assert_eq!(found.trim_start_matches('\n'), wanted);
    }

    #[test]
    fn what_xml_forbids_is_left_out(text in "[\u{0}-\u{1f}a]{0,30}") {
        let mut one = Document::new(Page::A4, "Times New Roman", 14.0);
        one.push(Paragraph::of(Run::new(text)));
        letters(&part(&one.file(at()).unwrap(), "word/document.xml"));
    }
}
