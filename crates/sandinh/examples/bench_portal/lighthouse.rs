//! What a cheap phone sees, by Google's Lighthouse in Debian's Chromium: its marks, and what goes over the wire.

use crate::measure::program::Program;
use crate::pages::Shown;
use crate::report::{Report, row};
use serde_json::Value;
use std::process::Command;

/// Runs of each page; the middle one counts, since the machine is shared.
const RUNS: usize = 3;

pub fn measure(program: &Program, shown: &Shown, report: &mut Report) {
    let mut marks = vec![row([
        "page",
        "performance (of 95)",
        "accessibility (of 95)",
        "good practice",
        "search engines",
        "largest paint",
        "blocked",
        "shifted",
    ])];
    let mut wire = vec![row([
        "page",
        "HTML and CSS (of 60 kB)",
        "fonts (of 40 kB)",
        "script",
        "pictures and others",
        "with all script (of 150 kB)",
    ])];
    for (name, path) in [("home", &shown.home), ("article", &shown.article), ("procedure", &shown.procedure)]
    {
        let mut runs: Vec<Value> = (0..RUNS).map(|_| run(&format!("{}{path}", program.address))).collect();
        runs.sort_by_key(|one| mark(one, "performance"));
        let one = &runs[RUNS / 2];
        marks.push(vec![
            format!("{name} `{path}`"),
            mark(one, "performance").to_string(),
            mark(one, "accessibility").to_string(),
            mark(one, "best-practices").to_string(),
            mark(one, "seo").to_string(),
            shown_value(one, "largest-contentful-paint"),
            shown_value(one, "total-blocking-time"),
            shown_value(one, "cumulative-layout-shift"),
        ]);
        wire.push(weighed(name, one));
        complaints(name, one);
    }
    report.heading("On a phone, by Lighthouse");
    report
        .line(&format!("Its mobile setting (a slow phone, slow 4G, simulated), the middle of {RUNS} runs."));
    report.line("");
    report.table(&marks);
    report.line("");
    report.table(&wire);
}

fn run(url: &str) -> Value {
    let program = std::env::var("LIGHTHOUSE").expect("LIGHTHOUSE: `cargo xtask bench portal` installs it");
    let mut command = Command::new("node");
    command.arg(program).arg(url).args([
        "--output=json",
        "--quiet",
        "--only-categories=performance,accessibility,best-practices,seo",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking \
         --disable-component-update --disable-sync --no-first-run",
    ]);
    let told = command.output().expect("node");
    serde_json::from_slice(&told.stdout).unwrap_or_else(|_| {
        panic!("Lighthouse says nothing of {url}: {}", String::from_utf8_lossy(&told.stderr))
    })
}

/// 0 to 100.
fn mark(run: &Value, category: &str) -> u64 {
    let score = run["categories"][category]["score"].as_f64().unwrap_or_default();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1")]
    let mark = (score * 100.0).round() as u64;
    mark
}

fn shown_value(run: &Value, audit: &str) -> String {
    run["audits"][audit]["displayValue"].as_str().unwrap_or("?").replace('\u{a0}', " ")
}

/// Kilobytes over the wire by kind.
fn weighed(name: &str, run: &Value) -> Vec<String> {
    let items = run["audits"]["network-requests"]["details"]["items"].as_array().cloned().unwrap_or_default();
    let sum = |kinds: &[&str]| -> u64 {
        let of = |item: &&Value| item["resourceType"].as_str().is_some_and(|kind| kinds.contains(&kind));
        items.iter().filter(of).filter_map(|item| item["transferSize"].as_u64()).sum()
    };
    let all: u64 = items.iter().filter_map(|item| item["transferSize"].as_u64()).sum();
    let (text, fonts, script) = (sum(&["Document", "Stylesheet"]), sum(&["Font"]), sum(&["Script"]));
    let kb = |bytes: u64| format!("{:.1} kB", bytes as f64 / 1000.0).replace('.', ",");
    vec![
        name.to_owned(),
        kb(text),
        kb(fonts),
        kb(script),
        kb(all - text - fonts - script),
        kb(text + fonts + script),
    ]
}

/// What cost marks, for whoever mends it.
fn complaints(name: &str, run: &Value) {
    let audits = run["audits"].as_object().cloned().unwrap_or_default();
    for (id, audit) in audits {
        if audit["score"].as_f64().is_some_and(|score| score < 0.9) {
            eprintln!(
                "{name}: {id}: {} {}",
                audit["title"].as_str().unwrap_or_default(),
                audit["displayValue"].as_str().unwrap_or_default()
            );
        }
    }
}
