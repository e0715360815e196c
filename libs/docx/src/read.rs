//! The text of a Word document (ECMA-376): the paragraphs of `word/document.xml`.

use crate::Fault;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read};

const TEXT: &str = "word/document.xml";
/// More XML than this is no letter; a packed bomb ends here.
const XML_MAX: u64 = 32 << 20;

/// Whether the document brings a program.
fn has_macros(bytes: &[u8]) -> bool {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    archive.file_names().flatten().any(|name| name.ends_with("vbaProject.bin"))
}

/// The text of a Word file, one line a paragraph; nothing when it cannot be read.
///
/// # Errors
/// When it brings macros.
pub fn text(bytes: &[u8]) -> Result<Option<String>, Fault> {
    if has_macros(bytes) {
        return Err(Fault("the document has macros".to_owned()));
    }
    Ok(xml(bytes).and_then(|xml| words(&xml)))
}

fn xml(bytes: &[u8]) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let part = archive.by_name(TEXT).ok()?;
    let mut xml = String::new();
    part.take(XML_MAX + 1).read_to_string(&mut xml).ok()?;
    (xml.len() as u64 <= XML_MAX).then_some(xml)
}

fn words(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut text, mut inside) = (String::new(), false);
    loop {
        match reader.read_event().ok()? {
            Event::DocType(_) => return None,
            Event::Start(tag) if tag.local_name().as_ref() == "t" => inside = true,
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => inside = false,
                "p" => text.push('\n'),
                "tc" => text.push(' '),
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "br" | "cr" => text.push('\n'),
                "tab" => text.push(' '),
                _ => {}
            },
            Event::Text(part) if inside => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) if inside => match name.resolve_char_ref() {
                Ok(Some(letter)) => text.push(letter),
                _ => text.push_str(entity(&name.xml10_content())),
            },
            Event::Eof => return Some(text),
            _ => {}
        }
    }
}

/// The five of XML; others need a DOCTYPE, which no Word document has.
fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn paragraphs_become_lines() {
        let xml = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Kính gửi: Chợ</w:t><w:t xml:space=\"preserve\"> &amp; bến</w:t>\
                   </w:r></w:p><w:p><w:r><w:t>Hết</w:t></w:r></w:p></w:body></w:document>";
        assert_eq!(text(&docx(&[(TEXT, xml)])).unwrap().unwrap(), "Kính gửi: Chợ & bến\nHết\n");
    }

    #[test]
    fn macros_are_refused_and_rubbish_has_no_text() {
        assert!(text(&docx(&[(TEXT, "<a/>"), ("word/vbaProject.bin", "x")])).is_err());
        assert_eq!(text(b"PK no archive").unwrap(), None);
        let bomb = "<!DOCTYPE a [<!ENTITY b \"cc\">]><a>&b;</a>";
        assert_eq!(text(&docx(&[(TEXT, bomb)])).unwrap(), None);
    }
}
