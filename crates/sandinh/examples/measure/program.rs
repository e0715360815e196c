//! The program itself, started as its users start it, and asked over sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Program {
    child: Child,
    pub address: String,
    /// Sign-in links of the demo, one line for each role.
    links: Vec<String>,
    pub started: Instant,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// The demo commune, served from a folder.
pub fn serve(data: &Path) -> Program {
    let program = std::env::var("SANDINH_BIN").expect("SANDINH_BIN: `cargo xtask bench` builds the program");
    let started = Instant::now();
    let mut command = Command::new(program);
    command.arg("demo").arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines().map_while(Result::ok);
    let first = lines.find(|line| line.contains("http://")).expect("an address");
    let address = first.trim().trim_end_matches('/').to_owned();
    let links = lines.take_while(|line| !line.contains("Ctrl C")).filter(|line| line.contains("/demo/vao/"));
    let links = links.collect();
    Program { child, address, links, started }
}

impl Program {
    /// The cookie of whoever's link contains these letters.
    pub fn cookie(&self, who: &str) -> String {
        let link = self.links.iter().find(|line| line.contains(who)).or(self.links.first()).expect("a link");
        let link = &link[link.find("http://").expect("an address")..];
        let answer = fetch(&self.address, link.trim_start_matches(&self.address));
        let head = |line: &&str| line.to_lowercase().starts_with("set-cookie: phien=");
        let line = answer.lines().find(head).expect(&answer);
        line["set-cookie: ".len()..].split(';').next().expect("a cookie").to_owned()
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// A field of its memory: `VmRSS`, `VmHWM`.
    pub fn memory(&self, field: &str) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a process");
        let line = status.lines().find(|line| line.starts_with(field)).expect("a field");
        let kb: f64 = line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).expect("a number");
        format!("{:.0} MB", kb / 1024.0)
    }
}

/// One request over a socket of its own; the whole answer.
pub fn fetch(address: &str, path: &str) -> String {
    fetch_as(address, path, "Accept: */*")
}

pub fn fetch_as(address: &str, path: &str, header: &str) -> String {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("it listens");
    let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{header}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What ten seconds of wrk gave.
pub struct Load {
    pub per_second: f64,
    /// The slowest of 99 in 100.
    pub p99: String,
}

impl Load {
    pub fn words(&self) -> String {
        format!("{:.0}/s, 99 % within {}", self.per_second, self.p99)
    }
}

/// 64 clients for ten seconds.
pub fn load(url: &str, header: Option<&str>) -> Load {
    let mut wrk = Command::new("wrk");
    wrk.args(["-t1", "-c64", "-d10s", "--latency", "--timeout", "30s"]);
    if let Some(header) = header {
        wrk.args(["-H", header]);
    }
    let output = wrk.arg(url).output().expect("wrk: `cargo xtask bench` installs it");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains("Non-2xx") && !text.contains("Socket errors"), "{url} failed under load:\n{text}");
    let value = |name: &str| {
        let line = text.lines().find(|line| line.trim().starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1)).unwrap_or("?").to_owned()
    };
    Load { per_second: value("Requests/sec:").parse().expect("a number"), p99: value("99%") }
}

/// What a process and those that it began have computed so far, ended ones among them.
pub fn computed(process: u32) -> Duration {
    let all: Vec<(u32, u32, u64)> = std::fs::read_dir("/proc")
        .expect("processes")
        .flatten()
        .filter_map(|entry| {
            let text = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            let id = text.split(' ').next()?.parse().ok()?;
            // Behind the name, which may hold anything: state, parent, … and the four times at 12 to 15.
            let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
            let ticks = fields[11..15].iter().filter_map(|one| one.parse::<u64>().ok()).sum();
            Some((id, fields[1].parse().ok()?, ticks))
        })
        .collect();
    let mut family = vec![process];
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        family.extend(all.iter().filter(|(_, of, _)| *of == parent).map(|(id, _, _)| *id));
        at += 1;
    }
    let ticks: u64 = all.iter().filter(|(id, _, _)| family.contains(id)).map(|(_, _, ticks)| ticks).sum();
    Duration::from_millis(ticks * 10) // a hundred ticks a second on every Linux that matters here
}

/// Things that start need a moment; nothing is measured meanwhile.
#[allow(clippy::disallowed_methods, reason = "waiting for another program")]
pub fn until(what: &str, mut there: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !there() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{what} does not start");
        std::thread::sleep(Duration::from_millis(50));
    }
}
