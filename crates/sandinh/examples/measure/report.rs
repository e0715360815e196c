//! What was measured, as a part of `docs/benchmarks.md`.

use std::fmt::Write;
use std::time::{Duration, Instant};

pub struct Report {
    area: &'static str,
    body: String,
}

impl Report {
    /// Begins with the machine, its disk and the command.
    pub fn new(area: &'static str) -> Report {
        let mut report = Report { area, body: String::new() };
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let shown = arguments.join(" ").replace("--write docs/benchmarks.md", "");
        let command = format!("cargo xtask bench {area} {}", shown.trim());
        report.line(&format!("Command: `{}`", command.trim()));
        report.line("");
        report.line(&machine());
        report.line("");
        report
    }

    pub fn line(&mut self, text: &str) {
        println!("{text}");
        let _ = writeln!(self.body, "{text}");
    }

    pub fn heading(&mut self, text: &str) {
        self.line("");
        self.line(&format!("### {text}"));
        self.line("");
    }

    /// A table whose first row is the head.
    pub fn table(&mut self, rows: &[Vec<String>]) {
        for (at, row) in rows.iter().enumerate() {
            self.line(&format!("| {} |", row.join(" | ")));
            if at == 0 {
                self.line(&format!("|{}", " --- |".repeat(row.len())));
            }
        }
    }

    pub fn text(&self) -> &str {
        &self.body
    }

    /// Puts the part into the file, in the place of the last one.
    pub fn write(&self, path: &str) {
        let (begin, end) = (format!("<!-- bench {} -->", self.area), format!("<!-- end {} -->", self.area));
        let part = format!("{begin}\n## {}\n\n{}{end}", self.area, self.body);
        let old = std::fs::read_to_string(path).unwrap_or_else(|_| HEAD.to_owned());
        let new = match (old.find(&begin), old.find(&end)) {
            (Some(from), Some(to)) => format!("{}{part}{}", &old[..from], &old[to + end.len()..]),
            _ => format!("{}\n\n{part}\n", old.trim_end()),
        };
        std::fs::write(path, new).expect("the file can be written");
    }
}

const HEAD: &str = "# Benchmarks\n\nWritten by `cargo xtask bench`; each part names its command, machine and day. The machine is shared, so read \
times as proportions. A page's time is inside the server; requests a second are over loopback, with the load generator \
on the same cores.\n";

fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let day = platform::clock::local_date(platform::clock::Clock::System.now());
    format!(
        "{}, {cores} cores:{}; a 4 KB write with fsync costs {} on this disk (median of 200).",
        day.format("%d/%m/%Y"),
        model.trim_start().trim_start_matches(':'),
        words(fsync())
    )
}

/// What the disk asks for making one small write safe.
pub fn fsync() -> Duration {
    use std::io::Write;
    let folder = super::place::folder();
    let mut file = std::fs::File::create(folder.path().join("probe")).expect("a file");
    let mut times: Vec<Duration> = (0..200)
        .map(|_| {
            let begin = Instant::now();
            file.write_all(&[7; 4096]).expect("written");
            file.sync_data().expect("synced");
            begin.elapsed()
        })
        .collect();
    median(&mut times)
}

pub fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The value below which 95 of 100 stay.
pub fn p95(times: &mut [Duration]) -> Duration {
    times.sort();
    times[(times.len() * 95 / 100).min(times.len() - 1)]
}

/// `0.42 ms`, `1.8 s`
pub fn words(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    match ms {
        ..1.0 => format!("{ms:.2} ms"),
        ..100.0 => format!("{ms:.1} ms"),
        ..1000.0 => format!("{ms:.0} ms"),
        _ => format!("{:.2} s", ms / 1000.0),
    }
}

pub fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

/// What this process has needed at most, the measuring part of it included.
pub fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").expect("a process");
    let line = status.lines().find(|line| line.starts_with("VmHWM")).expect("a field");
    let kb: f64 = line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).expect("a number");
    format!("{:.0} MB", kb / 1024.0)
}

/// `200.000`
pub fn number(n: usize) -> String {
    vntext::number(i64::try_from(n).expect("fits"), vntext::Lang::Vi)
}
