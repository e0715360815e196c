//! The words of a file: from the text that it carries (PDF, DOCX), or from the picture of its pages. PDF and pictures are read
//! by programs of the machine (poppler-utils, tesseract-ocr) in processes of their own, with a limit of time: a hostile file
//! harms nobody. Without them the file is kept all the same, and the clerk types.

mod programs;

pub(crate) use programs::{Program, missing};

use crate::incoming::TextState;
use platform::files::Prepared;
use platform::{Error, Result};
use programs::run;
use std::path::Path;
use std::time::Duration;

pub(crate) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// So much of a file's words is kept: some 300 pages.
const TEXT_MAX: usize = 1 << 20;
/// Fewer letters than this on a page are a page number or a stamp over a picture, not its text.
const LETTERS_PER_PAGE: usize = 40;
/// Pages of a scan that are recognised; the rest of a long annex is rarely searched for.
const RECOGNISED_PAGES: usize = 30;
const QUICK: Duration = Duration::from_secs(20);
const SLOW: Duration = Duration::from_secs(60);

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub state: TextState,
    /// Pages stand apart by a form feed.
    pub text: String,
    pub pages: Option<i64>,
}

impl Words {
    fn none(pages: Option<i64>) -> Words {
        Words { state: TextState::None, text: String::new(), pages }
    }

    /// The picture of its pages is all there is.
    fn picture(pages: Option<i64>) -> Words {
        let able = missing(&[Program::Tesseract, Program::PdfToPpm]).is_empty();
        Words { state: if able { TextState::Waiting } else { TextState::None }, ..Words::none(pages) }
    }
}

/// Reads what takes moments: the text that the file carries. What is a picture waits for [`recognise`].
///
/// # Errors
/// At `tep`: a document with macros.
pub(crate) async fn read(file: &Prepared) -> Result<Words> {
    if file.media_type == DOCX {
        let bytes = file.bytes.clone();
        let read = tokio::task::spawn_blocking(move || docx::text(&bytes)).await.map_err(Error::internal)?;
        return Ok(match read.map_err(|_| Error::field("tep", "office-macros"))? {
            Some(text) => Words { state: TextState::Read, text: cut(text), pages: None },
            None => Words::none(None),
        });
    }
    if file.media_type == "application/pdf" {
        return pdf(&file.bytes).await;
    }
    Ok(if file.media_type.starts_with("image/") { Words::picture(Some(1)) } else { Words::none(None) })
}

async fn pdf(bytes: &[u8]) -> Result<Words> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("in.pdf");
    tokio::fs::write(&path, bytes).await?;
    let Some(text) = run(Program::PdfToText, &["-layout", "-enc", "UTF-8"], &path, &["-"], QUICK).await?
    else {
        return Ok(Words::none(None));
    };
    let text = String::from_utf8_lossy(&text).into_owned();
    // It ends every page with a form feed.
    let pages = text.matches('\u{c}').count();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let count = i64::try_from(pages).ok().filter(|pages| *pages > 0);
    if letters < LETTERS_PER_PAGE * pages.max(1) {
        return Ok(Words::picture(count));
    }
    Ok(Words { state: TextState::Read, text: cut(text), pages: count })
}

/// Reads the words from the pictures of a file's pages; seconds a page. `None` when no program can.
pub(crate) async fn recognise(media_type: &str, bytes: &[u8]) -> Result<Words> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("in");
    tokio::fs::write(&path, bytes).await?;
    if media_type.starts_with("image/") {
        let text = page(&path).await?;
        return Ok(recognised(vec![text], Some(1)));
    }
    let prefix = folder.path().join("page");
    let last = RECOGNISED_PAGES.to_string();
    let prefix = prefix.to_string_lossy().into_owned();
    run(Program::PdfToPpm, &["-r", "200", "-gray", "-png", "-l", &last], &path, &[&prefix], SLOW).await?;
    let mut pictures: Vec<_> = std::fs::read_dir(folder.path())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "png"))
        .collect();
    pictures.sort();
    let mut texts = Vec::new();
    for picture in &pictures {
        texts.push(page(picture).await?);
    }
    Ok(recognised(texts, None))
}

/// A page of a PDF as a picture; `None` when no program can.
pub(crate) async fn picture(bytes: &[u8], page: i64) -> Result<Option<Vec<u8>>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("in.pdf");
    tokio::fs::write(&path, bytes).await?;
    let page = page.to_string();
    let before = ["-r", "110", "-jpeg", "-singlefile", "-f", &page, "-l", &page];
    run(Program::PdfToPpm, &before, &path, &[], QUICK).await
}

async fn page(picture: &Path) -> Result<String> {
    let text = run(Program::Tesseract, &[], picture, &["stdout", "-l", "vie", "--psm", "4"], SLOW).await?;
    Ok(text.map(|text| String::from_utf8_lossy(&text).into_owned()).unwrap_or_default())
}

fn recognised(texts: Vec<String>, pages: Option<i64>) -> Words {
    let text = texts.join("\u{c}");
    if text.trim().is_empty() {
        return Words::none(pages);
    }
    Words { state: TextState::Recognised, text: cut(text), pages }
}

/// Without what no table keeps, and not longer than is kept.
fn cut(text: String) -> String {
    let text = text.replace('\0', "");
    match text.char_indices().find(|(at, _)| *at >= TEXT_MAX) {
        Some((at, _)) => text[..at].to_owned(),
        None => text,
    }
}
