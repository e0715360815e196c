//! What is attached to a letter, judged and read before anything of it is kept.

use super::model::Problem;
use super::read::{Parsed, Piece};
use crate::incoming::{self, NewFile, TextState};
use crate::{reading, secrecy};
use platform::files::{self, Prepared};
use platform::{Ctx, Kind, Result};

/// A file of a letter: taken with its words, or left in the letter with the reason.
pub(super) struct Judged {
    pub name: String,
    pub file: Result<NewFile, Problem>,
}

/// Endings of files that are programs, whatever is in them.
const PROGRAMS: [&str; 18] = [
    "exe", "com", "scr", "bat", "cmd", "msi", "js", "jse", "vbs", "vbe", "wsf", "ps1", "jar", "lnk", "hta",
    "apk", "sh", "reg",
];

/// The letter's files; nothing at all when the letter bears a mark of secrecy anywhere.
pub(super) async fn judged(ctx: &Ctx, letter: &mut Parsed) -> Result<Option<Vec<Judged>>> {
    let marked = |notation: &str, text: &str| secrecy::refuse_marked(ctx, "thu", notation, text).is_err();
    let names = letter.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("\n");
    if marked("", &letter.subject) || marked("", &letter.text) || marked("", &names) {
        return Ok(None);
    }
    let mut all = Vec::new();
    for piece in std::mem::take(&mut letter.files) {
        let name = piece.name.clone();
        let file = one(piece).await?;
        if let Ok(new) = &file {
            let facts = incoming::facts_of(ctx, std::slice::from_ref(new))?;
            if marked(&facts.notation, &new.words.text) {
                return Ok(None);
            }
        }
        all.push(Judged { name, file });
    }
    Ok(Some(all))
}

async fn one(piece: Piece) -> Result<Result<NewFile, Problem>> {
    if let Some(problem) = piece.problem {
        return Ok(Err(problem));
    }
    if let Some(problem) = outside(&piece) {
        return Ok(Err(problem));
    }
    let work = move || files::prepare_now(&piece.name, piece.bytes, incoming::ACCEPT);
    let file = match tokio::task::spawn_blocking(work).await {
        Ok(Ok(file)) => file,
        Ok(Err(error)) => {
            return Ok(Err(match error.message.key.as_ref() {
                "file-wrong-type" => Problem::Kind,
                "file-too-large" => Problem::Large,
                _ => Problem::Damaged,
            }));
        }
        Err(_) => return Ok(Err(Problem::Damaged)),
    };
    let words = match words(&file).await {
        Ok(words) => words,
        Err(error) if error.kind == Kind::Invalid => return Ok(Err(Problem::Macros)),
        Err(error) => return Err(error),
    };
    Ok(Ok(NewFile { file, words }))
}

/// What is recognised from pictures is read here and now: this runs in the background, and nothing secret may be kept meanwhile.
async fn words(file: &Prepared) -> Result<reading::Words> {
    let words = reading::read(file).await?;
    if words.state != TextState::Waiting {
        return Ok(words);
    }
    let read = reading::recognise(file.media_type, &file.bytes).await?;
    Ok(reading::Words { pages: read.pages.or(words.pages), ..read })
}

/// What is seen from outside: programs, archives, packages of the axis.
fn outside(piece: &Piece) -> Option<Problem> {
    let ending =
        piece.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let start = |magic: &[u8]| piece.bytes.starts_with(magic);
    if PROGRAMS.contains(&ending.as_str()) || start(b"MZ") || start(b"\x7fELF") || start(b"#!") {
        return Some(Problem::Program);
    }
    let head = String::from_utf8_lossy(&piece.bytes[..piece.bytes.len().min(2_000)]).to_ascii_lowercase();
    if ending == "edxml" || (start(b"<?xml") && head.contains("edxml")) {
        return Some(Problem::Edxml);
    }
    if start(b"PK\x03\x04") {
        // Bit 0 of the flags of the first entry (APPNOTE 4.4.4).
        if piece.bytes.get(6).is_some_and(|flags| flags & 1 == 1) {
            return Some(Problem::Locked);
        }
        let names = |part: &[u8]| piece.bytes.windows(part.len()).any(|window| window == part);
        if names(b"vbaProject.bin") {
            return Some(Problem::Macros);
        }
        if !names(b"[Content_Types].xml") {
            return Some(Problem::Archive);
        }
    }
    let archive = start(b"Rar!") || start(b"7z\xbc\xaf\x27\x1c") || start(b"\x1f\x8b");
    archive.then_some(Problem::Archive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(name: &str, bytes: &[u8]) -> Option<Problem> {
        outside(&Piece { name: name.into(), bytes: bytes.to_vec(), problem: None })
    }

    #[test]
    fn what_is_no_document_is_told_by_its_kind() {
        assert_eq!(seen("cong-van.pdf", b"%PDF-1.7"), None);
        assert_eq!(seen("cong-van.pdf", b"MZ\x90"), Some(Problem::Program));
        assert_eq!(seen("cong-van.pdf.EXE", b"%PDF"), Some(Problem::Program));
        assert_eq!(seen("a.zip", b"PK\x03\x04\x14\0\x01\0"), Some(Problem::Locked));
        assert_eq!(seen("a.zip", b"PK\x03\x04\x14\0\0\0"), Some(Problem::Archive));
        assert_eq!(
            seen("a.xlsm", b"PK\x03\x04\x14\0\0\0 [Content_Types].xml xl/vbaProject.bin"),
            Some(Problem::Macros)
        );
        assert_eq!(seen("a.docx", b"PK\x03\x04\x14\0\0\0 [Content_Types].xml word/document.xml"), None);
        assert_eq!(seen("goi.edxml", b"<?xml"), Some(Problem::Edxml));
        assert_eq!(seen("", b""), None);
    }
}
