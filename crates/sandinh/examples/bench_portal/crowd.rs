//! A loudspeaker says "open the site": a thousand residents come within ten seconds, each with a connection of their own.

use crate::measure::program::Program;
use crate::pages::Shown;
use crate::report::{Report, median, p95, row, words};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const RESIDENTS: u32 = 1_000;
const WITHIN: Duration = Duration::from_secs(10);

pub async fn measure(program: &Program, shown: &Shown, report: &mut Report) {
    let host = program.address.trim_start_matches("http://").to_owned();
    let pages = [shown.home.clone(), shown.article.clone(), shown.procedure.clone()];
    let mut pace = tokio::time::interval(WITHIN / RESIDENTS);
    let mut coming = Vec::new();
    for _ in 0..RESIDENTS {
        pace.tick().await;
        let (host, pages) = (host.clone(), pages.clone());
        coming.push(tokio::spawn(async move { visit(&host, &pages).await }));
    }
    let (mut home, mut others) = (Vec::new(), Vec::new());
    for one in coming {
        let times = one.await.expect("a resident");
        home.push(times[0]);
        others.extend_from_slice(&times[1..]);
    }
    let mut table = vec![row(["page", "seen", "median", "95 % within", "slowest (of 300 ms)"])];
    for (name, times) in [("home", &mut home), ("an article, then a procedure", &mut others)] {
        let (middle, most) = (words(median(times)), words(p95(times)));
        let slowest = words(*times.last().expect("a page"));
        table.push(row([name, &times.len().to_string(), &middle, &most, &slowest]));
    }
    report.heading("1,000 residents within ten seconds");
    report.line(
        "Each opens three pages one after the other, compressed, from the connection to the last byte.",
    );
    report.line("");
    report.table(&table);
}

async fn visit(host: &str, pages: &[String]) -> Vec<Duration> {
    let mut times = Vec::with_capacity(pages.len());
    for page in pages {
        let begin = Instant::now();
        let mut stream = TcpStream::connect(host).await.expect("it listens");
        let head = format!(
            "GET {page} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br, gzip\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("an answer");
        assert!(bytes.starts_with(b"HTTP/1.1 200"), "{page} failed in the crowd");
        times.push(begin.elapsed());
    }
    times
}
