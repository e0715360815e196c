//! The program, and a browser in a few lines.

use crate::soft::Soft;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

pub const SITE: &str = "https://xa.example.vn";
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n171\n%%EOF\n";

/// Where an agent is, and the program when it is one of its own.
pub struct Agent {
    pub address: String,
    program: Option<Child>,
}

pub struct Asked {
    pub id: String,
    pub window: String,
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Agent {
    pub fn start(soft: &Soft) -> Agent {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandinh-sign-agent"));
        command.args(["--module", Soft::module(), "--listen", "127.0.0.1:0", "--allow", SITE]);
        let mut program = command.env("SOFTHSM2_CONF", soft.conf()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").expect("it says where it is").to_owned();
        Agent { address, program: Some(program) }
    }

    pub fn at(address: String) -> Agent {
        Agent { address, program: None }
    }

    /// As any program on this computer could ask.
    pub fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            head.push_str(&format!("Host: {}\r\n", self.address));
        }
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer");
        let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: all[end + 4..].to_vec() }
    }

    /// As the commune's page asks.
    pub fn page(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        self.raw(method, path, &[("Origin", SITE), ("X-Sandinh", "1")], body)
    }

    pub fn send(&self, path: &str, body: &[u8], kind: &str) -> Answer {
        self.raw("POST", path, &[("Origin", SITE), ("X-Sandinh", "1"), ("Content-Type", kind)], body)
    }

    pub fn asks(&self, parts: &[(&str, &[u8])]) -> Asked {
        let (body, kind) = multipart(parts);
        let answer = self.send("/api/requests", &body, &kind);
        let told = answer.is(201).json();
        let part = |name: &str| told[name].as_str().unwrap().to_owned();
        let window = part("window").strip_prefix(&format!("http://{}", self.address)).unwrap().to_owned();
        Asked { id: part("id"), window }
    }

    pub fn state(&self, id: &str) -> String {
        self.page("GET", &format!("/api/requests/{id}"), &[]).json()["state"].as_str().unwrap().to_owned()
    }

    /// As the official's browser looks at the agent's own pages.
    pub fn window(&self, method: &str, path: &str, form: &str) -> Answer {
        let own = format!("http://{}", self.address);
        let kind = ("Content-Type", "application/x-www-form-urlencoded");
        match method {
            "POST" => self.raw("POST", path, &[("Origin", &own), kind], form.as_bytes()),
            _ => self.raw(method, path, &[], &[]),
        }
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        if let Some(program) = &mut self.program {
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}

impl Answer {
    pub fn is(&self, status: u16) -> &Answer {
        assert_eq!(self.status, status, "{}\n{}", self.head, self.text());
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn shows(&self, part: &str) -> &Answer {
        assert!(self.text().contains(part), "{part} is missing in:\n{}", self.text());
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The certificates that a window offers, also those that cannot be used.
    pub fn choices(&self) -> Vec<String> {
        let text = self.text();
        let start = "name=\"certificate\" value=\"";
        let values = text.match_indices(start).map(|(at, _)| &text[at + start.len()..]);
        values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    }
}

pub fn multipart(parts: &[(&str, &[u8])]) -> (Vec<u8>, String) {
    let mut body = Vec::new();
    for (name, value) in parts {
        let file = if matches!(*name, "file" | "drawing") { "; filename=\"a.pdf\"" } else { "" };
        body.extend(format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend(*value);
        body.extend(b"\r\n");
    }
    body.extend(b"--xx--\r\n");
    (body, "multipart/form-data; boundary=xx".to_owned())
}

/// What poppler says.
pub fn judged(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("signed.pdf");
    std::fs::write(&path, pdf).unwrap();
    let out = Command::new("pdfsig").arg("-nocert").arg(&path).output().unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}
