//! Mailboxes on the Dovecot of `cargo xtask with`, and letters as people and programs send them. `SANDINH_TEST_IMAP` and
//! `SANDINH_TEST_IMAPS` are its addresses, `SANDINH_TEST_IMAP_CERT` its certificate (of the name `localhost`).

use crate::world::World;
use async_imap::Session;
use base64::Engine as _;
use futures_util::TryStreamExt as _;
use platform::config::{Mail, MailSecurity};
use std::collections::BTreeMap;
use testkit::{Answer, Client, TestApp};
use tokio::net::TcpStream;

pub const PAGE: &str = "/lam-viec/hop-thu-cong-vu";
pub const SETUP: &str = "/lam-viec/hop-thu-cong-vu/thiet-lap";
pub const PASSWORD: &str = "thu-nghiem";
pub const TAKEN: &str = "&ARAA4w- ti&Hr8-p nh&Hq0-n";
/// When letters came, by the server.
const CAME: &str = "\"10-Mar-2026 08:00:00 +0700\"";

fn port(variable: &str) -> Option<u16> {
    std::env::var(variable).ok()?.rsplit_once(':')?.1.parse().ok()
}

/// A mailbox of its own on the server.
pub struct Box {
    pub login: String,
    plain: u16,
    pub secure: u16,
    pub certificate: String,
}

impl Box {
    /// None where there is no server: `cargo xtask with cargo test` has one.
    pub fn new() -> Option<Box> {
        let certificate = std::fs::read_to_string(std::env::var("SANDINH_TEST_IMAP_CERT").ok()?).unwrap();
        let login =
            format!("xa-{}", &platform::ids::new_secret().to_lowercase().replace(['_', '-'], "0")[..16]);
        let (plain, secure) = (port("SANDINH_TEST_IMAP")?, port("SANDINH_TEST_IMAPS")?);
        Some(Box { login, plain, secure, certificate })
    }

    pub fn address(&self) -> String {
        format!("{}@giaphu.example", self.login)
    }

    pub async fn session(&self) -> Session<TcpStream> {
        let tcp = TcpStream::connect(("127.0.0.1", self.plain)).await.unwrap();
        let mut client = async_imap::Client::new(tcp);
        client.read_response().await.unwrap();
        client.login(&self.login, PASSWORD).await.map_err(|(error, _)| error).unwrap()
    }

    pub async fn append(&self, letter: &[u8]) {
        self.session().await.append("INBOX", None, Some(CAME), letter).await.unwrap();
    }

    /// How many letters a folder has, and their flags.
    pub async fn folder(&self, name: &str) -> (u32, String) {
        let mut session = self.session().await;
        let Ok(folder) = session.select(name).await else { return (0, String::new()) };
        if folder.exists == 0 {
            return (0, String::new());
        }
        let all: Vec<_> = session.fetch("1:*", "(FLAGS)").await.unwrap().try_collect().await.unwrap();
        let flags = all.iter().flat_map(|one| one.flags()).map(|flag| format!("{flag:?} ")).collect();
        (folder.exists, flags)
    }

    /// The form of the administrator, with changes.
    pub async fn form(&self, admin: &Client, action: &str, changes: &[(&str, &str)]) -> Answer {
        let key = admin.get(action).await.field_of(action, "khoa");
        let revision = if action.ends_with("/moi") {
            "0".into()
        } else {
            admin.get(action).await.field_of(action, "phien-ban")
        };
        let (address, secure) = (self.address(), self.secure.to_string());
        let usual = [
            ("khoa", key.as_str()),
            ("phien-ban", revision.as_str()),
            ("ten", "Hộp thư văn thư"),
            ("dia-chi-thu", &address),
            ("may-chu", "localhost"),
            ("cong", &secure),
            ("bao-mat", "tls"),
            ("dang-nhap", &self.login),
            ("mat-khau", PASSWORD),
            ("thu-muc", "INBOX"),
            ("tu-ngay", "10/03/2026"),
            ("da-lay", "chuyen"),
            ("thu-muc-xong", "Đã tiếp nhận"),
            ("chung-thu", &self.certificate),
            ("lam", "luu"),
        ];
        let mut fields: BTreeMap<&str, &str> = usual.into_iter().collect();
        fields.extend(changes.iter().copied());
        let fields: Vec<(&str, &str)> = fields.into_iter().collect();
        admin.post(action, &fields).await
    }

    /// Connects it.
    pub async fn connect(&self, world: &World, changes: &[(&str, &str)]) {
        let admin = world.app.sign_in(&world.cast.home, "admin").await;
        self.form(&admin, &format!("{SETUP}/moi"), changes).await.is(303);
    }
}

/// A world that can send mail, by the server of `cargo xtask with`.
pub async fn posting() -> World {
    let mail = port("SANDINH_TEST_SMTP").map(|port| Mail {
        host: "127.0.0.1".into(),
        port,
        from: "UBND xã Gia Phú <gui@giaphu.example>".into(),
        user: None,
        password_file: None,
        security: MailSecurity::None,
    });
    let (app, cast) = TestApp::start_posting(mail).await;
    World::of(app, cast).await
}

/// What the mail server got for somebody.
pub fn posted(to: &str) -> Vec<String> {
    let folder = std::path::PathBuf::from(std::env::var("SANDINH_TEST_MAILDIR").unwrap()).join("new");
    let read =
        |entry: std::io::Result<std::fs::DirEntry>| std::fs::read_to_string(entry.unwrap().path()).ok();
    let letters: Vec<String> = std::fs::read_dir(folder).unwrap().filter_map(read).collect();
    let head = format!("To: {to}");
    letters.into_iter().filter(|letter| letter.lines().any(|line| line.trim() == head)).collect()
}

/// A letter with files.
pub struct Mailed<'a> {
    pub from: &'a str,
    pub subject: &'a str,
    /// Further heads, each with its line end.
    pub heads: &'a str,
    pub files: Vec<(&'a str, Vec<u8>)>,
}

impl Mailed<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        let encode = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
        let mut text = format!(
            "From: {}\r\nTo: xa@giaphu.example\r\nSubject: =?utf-8?B?{}?=\r\n{}MIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=ranh\r\n\r\n--ranh\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
             Kính gửi UBND xã, xin gửi văn bản kèm theo.\r\n",
            self.from,
            encode(self.subject.as_bytes()),
            self.heads
        );
        for (name, bytes) in &self.files {
            text.push_str(&format!(
                "--ranh\r\nContent-Type: application/octet-stream; name=\"{name}\"\r\n\
                 Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
                encode(bytes)
            ));
        }
        text.push_str("--ranh--\r\n");
        text.into_bytes()
    }
}

/// Looks now, as the clerk's button does.
pub async fn look(world: &World) {
    let action = format!("{PAGE}/xem");
    let key = world.clerk.get(PAGE).await.field_of(&action, "khoa");
    let answer = world.clerk.post(&action, &[("khoa", &key)]).await;
    let url = answer.is(303).location();
    world.app.run_jobs().await;
    world.clerk.get(&url).await.ok().shows("Xem hộp thư công vụ").shows(PAGE);
}

/// The addresses of the letters of a tab, the newest first.
pub async fn letters(world: &World, tab: &str) -> Vec<String> {
    let page = world.clerk.get(&format!("{PAGE}?viec={tab}")).await;
    let text = page.ok().text();
    let mut all: Vec<String> = text
        .split(&format!("href=\"{PAGE}/"))
        .skip(1)
        .filter_map(|rest| Some(format!("{PAGE}/{}", rest.split('"').next()?)))
        .filter(|path| path.len() == PAGE.len() + 37)
        .collect();
    all.dedup();
    all
}

/// Presses a button of a letter, with the revision that its page shows.
pub async fn decide(who: &Client, path: &str, button: &str, fields: &[(&str, &str)]) -> Answer {
    let action = format!("{path}/{button}");
    let page = who.get(path).await;
    let (key, revision) = (page.field_of(&action, "khoa"), page.field_of(&action, "phien-ban"));
    let mut all = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    all.extend(fields);
    who.post(&action, &all).await
}
