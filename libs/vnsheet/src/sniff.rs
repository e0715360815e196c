//! What a file is, by its content: names lie.

use crate::problem::{LooksLike, OpenProblem};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// Any zip: .xlsx, .ods and others.
    Zip,
    /// The compound file that .xls sits in.
    Xls,
}

const IMAGES: [&[u8]; 6] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"];

pub(crate) fn container(bytes: &[u8]) -> Result<Container, OpenProblem> {
    if bytes.is_empty() {
        return Err(OpenProblem::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Container::Zip);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(bytes);
    }
    Err(OpenProblem::NotExcel { looks_like: look(bytes) })
}

/// The streams of a compound file are named in UTF-16 in its directory.
fn compound(bytes: &[u8]) -> Result<Container, OpenProblem> {
    let has = |name: &str| {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        // Directory entries are 128 bytes long and begin on a multiple of that.
        bytes.as_chunks::<128>().0.iter().any(|entry| entry.starts_with(&wanted))
    };
    if has("EncryptedPackage") {
        Err(OpenProblem::Encrypted)
    } else if has("Workbook") || has("Book") {
        Ok(Container::Xls)
    } else if has("WordDocument") {
        Err(OpenProblem::NotExcel { looks_like: LooksLike::Word })
    } else {
        Err(OpenProblem::NotExcel { looks_like: LooksLike::Unknown })
    }
}

fn look(bytes: &[u8]) -> LooksLike {
    let head = &bytes[..bytes.len().min(4096)];
    if head.starts_with(b"%PDF") {
        return LooksLike::Pdf;
    }
    if head.starts_with(b"{\\rtf") {
        return LooksLike::Word;
    }
    if IMAGES.iter().any(|magic| head.starts_with(magic)) || head.get(8..12) == Some(b"WEBP") {
        return LooksLike::Image;
    }
    let text = text_of(head).to_lowercase();
    if text.starts_with('<') {
        if text.contains("urn:schemas-microsoft-com:office:spreadsheet") && !text.contains("<html") {
            return LooksLike::ExcelXml2003;
        }
        if ["<html", "<table", "<!doctype html", "<meta"].iter().any(|tag| text.contains(tag)) {
            return LooksLike::Html;
        }
        return LooksLike::Unknown;
    }
    let line = text.lines().next().unwrap_or_default();
    let printable = !text.chars().any(|c| c.is_control() && !c.is_whitespace());
    if printable && line.contains([',', ';', '\t']) { LooksLike::Csv } else { LooksLike::Unknown }
}

/// The beginning as text: UTF-16 as Excel's "Unicode text" has it, else UTF-8.
fn text_of(head: &[u8]) -> String {
    match head {
        [0xff, 0xfe, rest @ ..] => {
            let units: Vec<u16> =
                rest.as_chunks::<2>().0.iter().map(|&pair| u16::from_le_bytes(pair)).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).trim_start().to_owned(),
        _ => String::from_utf8_lossy(head).trim_start().to_owned(),
    }
}
