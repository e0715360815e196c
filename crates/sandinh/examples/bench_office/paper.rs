//! A decision of two pages, set as one looks at its draft.

use crate::cast::World;
use crate::report::{Report, median, p95, words};
use std::process::Command;
use std::time::{Duration, Instant};

const TIMES: usize = 60;

pub async fn measure(world: &World, report: &mut Report) {
    let mut times = Vec::with_capacity(TIMES);
    for at in 0..=TIMES {
        // Each another text: the typesetter remembers what it has set before.
        let url = world.drafted(&format!("Về việc thành lập Tổ công tác số {at}"), &text(at)).await;
        let begin = Instant::now();
        let answer = world.drafter.get(&format!("{url}/ban-xem")).await;
        let took = begin.elapsed();
        answer.ok();
        match at {
            0 => report.line(&format!(
                "The first one, cold: {}; it has {} pages.",
                words(took),
                pages(&answer.bytes)
            )),
            _ => times.push(took),
        }
    }
    let (middle, most): (Duration, Duration) = (median(&mut times), p95(&mut times));
    report.line("");
    report.line(&format!(
        "Warm, each with another text, through the page `{}/…/ban-xem`: median {} (95 % within {}), to beat 50 ms.",
        crate::cast::PATH,
        words(middle),
        words(most)
    ));
}

fn text(at: usize) -> String {
    let article = |n: usize| {
        format!(
            "Điều {n}. Nhiệm vụ thứ {n} của Tổ công tác số {at}.\n1. Hướng dẫn bà con dùng dịch vụ công, thanh toán \
             không dùng tiền mặt và gian hàng trên mạng.\n2. **Báo cáo** Ủy ban nhân dân xã trước ngày {} hằng tháng.\n",
            1 + (at + n) % 28
        )
    };
    (1..=9).map(article).collect()
}

/// As poppler counts them.
fn pages(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), pdf).expect("written");
    let out = Command::new("pdfinfo").arg(file.path()).output().expect("pdfinfo of poppler-utils");
    let out = String::from_utf8_lossy(&out.stdout).into_owned();
    let line = out.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap_or("?");
    line.trim().to_owned()
}
