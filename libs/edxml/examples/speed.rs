//! Times a package with an attachment of 10 MB, and says how much memory it took:
//! `cargo run --release -p edxml --example speed -- write | read | write-wrapped | read-wrapped`.

#![allow(clippy::print_stdout)] // a program for the terminal

use edxml::{Attachment, Code, Document, DocumentId, DocumentKind, Limits, Organ, Package, Signer};
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let what = std::env::args().nth(1).unwrap_or_else(|| "write".into());
    let path = std::env::temp_dir().join("edxml-speed.edxml");
    let before = peak();
    if what.starts_with("write") {
        let package = package(what.ends_with("wrapped"));
        let (held, start) = (peak(), Instant::now());
        edxml::write(&package, BufWriter::new(File::create(&path)?))?;
        println!(
            "{what:<14} {:>7.1?}  memory +{} kB, of it the file {} kB",
            start.elapsed(),
            peak() - before,
            held - before
        );
    } else {
        let start = Instant::now();
        let package =
            edxml::read(BufReader::with_capacity(64 << 10, File::open(&path)?), &Limits::default())?;
        println!("{what:<14} {:>7.1?}  memory +{} kB", start.elapsed(), peak() - before);
        assert_eq!(package, self::package(what.ends_with("wrapped")));
    }
    Ok(())
}

/// 10 MB that pack to about nine tenths, as a scanned PDF does.
fn package(wrapped: bool) -> Package {
    let mut body = Vec::with_capacity(10 << 20);
    let mut seed = 1u64;
    while body.len() < 10 << 20 {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        body.push(if seed >> 60 == 0 { 0 } else { (seed >> 33) as u8 });
    }
    let content_type = if wrapped { "application/zip" } else { "application/pdf" }.into();
    let file = Attachment {
        id: "1".into(),
        name: "quét.pdf".into(),
        content_type,
        wrapped,
        body,
        ..Attachment::default()
    };
    Document {
        from: Organ::new("000.00.01.H16", "UBND xã Gia Phú"),
        to: vec![Organ::new("000.00.00.H16", "UBND tỉnh")],
        id: DocumentId::new("000.00.01.H16", "2026/03/02", "15/BC-UBND").expect("an id"),
        code: Code { number: "15".into(), notation: "BC-UBND".into() },
        promulgated: chrono::NaiveDate::from_ymd_opt(2026, 3, 2),
        kind: DocumentKind { name: "Báo cáo".into(), ..DocumentKind::default() },
        subject: "Về việc trồng chè".into(),
        signer: Signer { name: "Nguyễn Văn Mẫu".into(), ..Signer::default() },
        attachments: vec![file],
        ..Document::default()
    }
    .into()
}

/// The most memory so far, in kB, as Linux counts it; 0 elsewhere.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
