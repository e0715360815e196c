//! Programs of the machine that read files, each in a process of its own.

use platform::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;

/// More than this a program does not answer.
const ANSWER_MAX: u64 = 16 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    PdfToText,
    PdfToPpm,
    Tesseract,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Program::PdfToText => "pdftotext",
            Program::PdfToPpm => "pdftoppm",
            Program::Tesseract => "tesseract",
        }
    }

    /// The package of Debian that brings it.
    pub fn package(self) -> &'static str {
        match self {
            Program::PdfToText | Program::PdfToPpm => "poppler-utils",
            Program::Tesseract => "tesseract-ocr-vie",
        }
    }

    fn path(self) -> Option<PathBuf> {
        let paths = std::env::var_os("PATH")?;
        std::env::split_paths(&paths).map(|folder| folder.join(self.name())).find(|path| path.is_file())
    }
}

/// The packages of those programs that are not on this machine.
pub(crate) fn missing(wanted: &[Program]) -> Vec<&'static str> {
    let mut packages: Vec<&str> =
        wanted.iter().filter(|one| one.path().is_none()).map(|one| one.package()).collect();
    packages.dedup();
    packages
}

/// What a program prints about a file; nothing when it is not there, fails, takes too long or prints too much.
pub(super) async fn run(
    program: Program,
    before: &[&str],
    file: &Path,
    after: &[&str],
    within: Duration,
) -> Result<Option<Vec<u8>>> {
    let Some(path) = program.path() else { return Ok(None) };
    let mut child = Command::new(path)
        .args(before)
        .arg(file)
        .args(after)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .env("OMP_THREAD_LIMIT", "1")
        .kill_on_drop(true)
        .spawn()?;
    let out = child.stdout.take().ok_or_else(|| Error::internal("no pipe"))?;
    let work = async {
        let mut answer = Vec::new();
        out.take(ANSWER_MAX + 1).read_to_end(&mut answer).await?;
        let ended = child.wait().await?;
        std::io::Result::Ok((ended.success(), answer))
    };
    match tokio::time::timeout(within, work).await {
        Ok(Ok((true, answer))) if answer.len() as u64 <= ANSWER_MAX => Ok(Some(answer)),
        Ok(Err(error)) => Err(error.into()),
        _ => Ok(None),
    }
}
