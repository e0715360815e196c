//! Writing and reading a package whose attachment is large.

use crate::heap;
use crate::report::{Report, median, p95, row, words};
use edxml::{Attachment, Code, Document, DocumentId, DocumentKind, Limits, Organ, Package, Signer};
use rand::{RngCore, SeedableRng, rngs::StdRng};
use std::time::{Duration, Instant};

const TIMES: usize = 30;
const SIZE: usize = 10 << 20;

pub fn measure(report: &mut Report) {
    let package = Package::from(document());
    let write = || edxml::written(&package).expect("written");
    let (bytes, most_written) = heap::most(write);
    let limits = Limits::default();
    let (read, most_read) = heap::most(|| edxml::read(&bytes[..], &limits).expect("read"));
    assert!(read == package, "what is written is read");
    drop(read);
    let mut table =
        vec![row(["what", "median (95 % within)", "to beat", "memory at the worst moment", "to beat"])];
    let times = |run: &dyn Fn()| {
        let mut times: Vec<Duration> = (0..TIMES)
            .map(|_| {
                let begin = Instant::now();
                run();
                begin.elapsed()
            })
            .collect();
        format!("{} ({})", words(median(&mut times)), words(p95(&mut times)))
    };
    let written = times(&|| drop(write()));
    let read = times(&|| drop(edxml::read(&bytes[..], &limits).expect("read")));
    let of_size = |most: usize| format!("{:.2} × the attachment", ratio(most, SIZE));
    table.push(row(["written", &written, "150 ms", &of_size(most_written), "3 ×"]));
    table.push(row(["read", &read, "150 ms", &of_size(most_read), "3 ×"]));
    report.line(&format!(
        "Of random bytes, {TIMES} times each. The package on the wire has {:.1} MB. Written: the memory of the package \
         itself is not counted, of its text it is; read: the other way round.",
        ratio(bytes.len(), 1 << 20)
    ));
    report.line("");
    report.table(&table);
}

fn document() -> Document {
    let mut body = vec![0; SIZE];
    StdRng::seed_from_u64(30).fill_bytes(&mut body);
    Document {
        from: Organ::new("000.00.01.H38", "UBND xã Gia Phú"),
        to: vec![Organ::new("000.00.00.H38", "UBND tỉnh")],
        id: DocumentId::new("000.00.01.H38", "2026/03/02", "15/BC-UBND").expect("an id"),
        code: Code { number: "15".into(), notation: "BC-UBND".into() },
        promulgated: chrono::NaiveDate::from_ymd_opt(2026, 3, 2),
        kind: DocumentKind { name: "Báo cáo".into(), ..DocumentKind::default() },
        subject: "Về việc trồng chè".into(),
        signer: Signer { name: "Nguyễn Văn A".into(), ..Signer::default() },
        attachments: vec![Attachment {
            id: "tep-1".into(),
            name: "bao-cao.pdf".into(),
            content_type: "application/pdf".into(),
            body,
            ..Attachment::default()
        }],
        ..Document::default()
    }
}

#[allow(clippy::cast_precision_loss, reason = "some megabytes")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
