//! The program from outside: start, memory, requests a second.

use crate::report::{Report, row, words};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Served {
    child: Child,
    address: String,
    /// Sign-in link of the registry's officer.
    officer: String,
    started: Instant,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn serve(data: &Path) -> Served {
    let program = std::env::var("SANDINH_BIN").expect("SANDINH_BIN: `cargo xtask bench` builds the program");
    let started = Instant::now();
    let mut command = Command::new(program);
    command.arg("demo").arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines().map_while(Result::ok);
    let first = lines.find(|line| line.contains("http://")).expect("an address");
    let address = first.trim().trim_end_matches('/').to_owned();
    let officer = lines.find(|line| line.contains("/demo/vao/")).expect("a link");
    let all: Vec<String> =
        std::iter::once(officer).chain(lines.take_while(|line| !line.contains("Ctrl C"))).collect();
    let link = all.iter().find(|line| line.contains("dan-cu")).or(all.first()).expect("a link");
    let officer = link[link.find("http://").expect("an address")..].to_owned();
    Served { child, address, officer, started }
}

/// One request over a socket of its own; the whole answer.
fn fetch(address: &str, path: &str) -> String {
    fetch_as(address, path, "Accept: */*")
}

fn fetch_as(address: &str, path: &str, header: &str) -> String {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("it listens");
    let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{header}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    String::from_utf8_lossy(&bytes).into_owned()
}

pub fn measure(report: &mut Report) {
    let folder = crate::place::folder();
    let first = serve(folder.path());
    let filled = first.started.elapsed();
    drop(first);
    let served = serve(folder.path());
    assert!(fetch(&served.address, "/").starts_with("HTTP/1.1 200"));
    let page = served.started.elapsed();
    rest();
    let idle = memory(served.child.id(), "VmRSS");
    let cookie = cookie(&served);
    let signed = format!("Cookie: {cookie}");
    let home = load(&served, "/", None);
    let figures = load(&served, "/so-lieu", None);
    let list = load(&served, "/lam-viec/ho", Some(&signed));
    let desk = load(&served, "/lam-viec", Some(&signed));
    let card = load(&served, &first_household(&served, &signed), Some(&signed));
    let peak = memory(served.child.id(), "VmHWM");

    report.heading("The program as a whole");
    report.table(&[
        row(["what", "measured", "to beat"]),
        row(["first start: demo written, first page open", &words(filled), "–"]),
        row(["second start to the first page", &words(page), "1 s"]),
        row(["idle memory (VmRSS, demo data, 3 s after the first page)", &idle, "80 MB"]),
        row(["memory at the worst moment of the loads below (VmHWM)", &peak, "–"]),
        row(["`/`, anonymous, 64 clients", &home, "10.000/s"]),
        row(["`/so-lieu`, anonymous, 64 clients", &figures, "10.000/s"]),
        row(["`/lam-viec/ho` (25 households of a list), signed in, 64 clients", &list, "1.500/s"]),
        row(["`/lam-viec/ho/…` (the card of a household), signed in, 64 clients", &card, "1.500/s"]),
        row(["`/lam-viec` (desk), signed in, 64 clients", &desk, "1.500/s"]),
    ]);
}

/// Memory is asked for when nothing goes on any more.
#[allow(clippy::disallowed_methods, reason = "being at rest is a matter of time")]
fn rest() {
    std::thread::sleep(Duration::from_secs(3));
}

fn memory(process: u32, field: &str) -> String {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a process");
    let line = status.lines().find(|line| line.starts_with(field)).expect("a field");
    let kb: f64 = line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).expect("a number");
    format!("{:.0} MB", kb / 1024.0)
}

fn cookie(served: &Served) -> String {
    let path = served.officer.trim_start_matches(&served.address).to_owned();
    let answer = fetch(&served.address, &path);
    let line =
        answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie: phien=")).expect(&answer);
    line["set-cookie: ".len()..].split(';').next().expect("a cookie").to_owned()
}

/// The address of a card, as the list links to it.
fn first_household(served: &Served, signed: &str) -> String {
    let list = fetch_as(&served.address, "/lam-viec/ho", signed);
    let at =
        list.split("href=\"/lam-viec/ho/").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    let id = at.into_iter().find(|id| id.len() == 36).expect("a household in the list");
    format!("/lam-viec/ho/{id}")
}

/// Ten seconds of wrk; requests a second and the slowest of 99 in 100.
fn load(served: &Served, path: &str, header: Option<&str>) -> String {
    let mut wrk = Command::new("wrk");
    wrk.args(["-t1", "-c64", "-d10s", "--latency"]);
    if let Some(header) = header {
        wrk.args(["-H", header]);
    }
    let output =
        wrk.arg(format!("{}{path}", served.address)).output().expect("wrk: `cargo xtask bench` installs it");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains("Non-2xx"), "{path} failed under load:\n{text}");
    let value = |name: &str| {
        let line = text.lines().find(|line| line.trim().starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1)).unwrap_or("?").to_owned()
    };
    format!("{}/s, 99 % within {}", value("Requests/sec:"), value("99%"))
}
