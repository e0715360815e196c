//! The office of the test commune, and documents as other agencies send them.

use platform::{Ctx, Uuid};
use std::collections::BTreeMap;
use testkit::{Answer, Cast, Client, TestApp};

pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    pub clerk: Client,
    pub chairman: Client,
    pub officer: Client,
    pub head: Client,
}

impl World {
    /// Tuesday, 10 March 2026, nine o'clock.
    pub async fn start() -> World {
        let (app, cast) = TestApp::start().await;
        World::of(app, cast).await
    }

    pub async fn of(app: TestApp, cast: Cast) -> World {
        let clerk = app.sign_in(&cast.home, "clerk").await;
        let chairman = app.sign_in(&cast.home, "chairman").await;
        let officer = app.sign_in(&cast.home, "registry_officer").await;
        let head = app.sign_in(&cast.home, "village_head").await;
        World { app, cast, clerk, chairman, officer, head }
    }

    pub fn ctx(&self) -> Ctx {
        self.app.ctx(&self.cast.home)
    }

    pub fn account(&self, who: &str) -> String {
        self.cast.home.accounts[who].to_string()
    }

    /// Time goes by; sessions end, everybody signs in again.
    pub async fn later(&mut self, days: i64) {
        self.app.clock.advance(chrono::Duration::days(days));
        self.clerk = self.app.sign_in(&self.cast.home, "clerk").await;
        self.chairman = self.app.sign_in(&self.cast.home, "chairman").await;
        self.officer = self.app.sign_in(&self.cast.home, "registry_officer").await;
        self.head = self.app.sign_in(&self.cast.home, "village_head").await;
    }

    /// The clerk takes a document in; the address of its page.
    pub async fn arrives(&self, letter: &Letter<'_>) -> String {
        let answer = take(&self.clerk, "den.pdf", &letter.pdf()).await;
        answer.is(303).location().trim_end_matches("/vao-so").to_owned()
    }

    /// The clerk gives it a number, with what was proposed; the address of its page.
    pub async fn registered(&self, letter: &Letter<'_>) -> String {
        let path = self.arrives(letter).await;
        register(&self.clerk, &path, &[]).await.is(303);
        path
    }
}

/// A document of another agency.
#[derive(Clone, Copy)]
pub struct Letter<'a> {
    pub number: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    /// A line at the head of the page; `""` for none.
    pub stamp: &'a str,
}

pub const LETTER: Letter<'_> = Letter {
    number: "1204",
    subject: "rà soát hộ nghèo",
    body: "Đề nghị các xã báo cáo trước ngày 15/7/2026.",
    stamp: "",
};

/// Sets what it is given in two columns, as an agency's program does.
const TEMPLATE: &str = r#"
#let d = json("data.json")
#set page(paper: "a4", margin: (left: 30mm, right: 15mm, top: 20mm, bottom: 20mm))
#set text(font: "Liberation Serif", size: 13pt)
#if d.stamp != "" [#d.stamp]
#grid(columns: (1fr, 1.5fr), align: center,
  [ỦY BAN NHÂN DÂN \ TỈNH LÀO CAI], [CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \ Độc lập - Tự do - Hạnh phúc],
  [Số: #d.number/UBND-KT \ V/v #d.subject], [Lào Cai, ngày 05 tháng 3 năm 2026])
#v(1cm)
Kính gửi: Ủy ban nhân dân các xã, phường.

#d.body

#grid(columns: (1fr, 1fr),
  [Nơi nhận: \ - Như trên; \ - Lưu: VT.], align(center)[TM. ỦY BAN NHÂN DÂN \ CHỦ TỊCH \ #v(2cm) Nguyễn Văn Thử])
"#;

impl Letter<'_> {
    /// A picture of its page.
    pub fn scan(&self) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let pdf = folder.path().join("in.pdf");
        std::fs::write(&pdf, self.pdf()).unwrap();
        let made = std::process::Command::new("pdftoppm")
            .args(["-png", "-r", "200", "-singlefile"])
            .arg(&pdf)
            .arg(folder.path().join("scan"))
            .status();
        assert!(made.unwrap().success());
        std::fs::read(folder.path().join("scan.png")).unwrap()
    }

    pub fn pdf(&self) -> Vec<u8> {
        let data = serde_json::json!({
            "number": self.number, "subject": self.subject, "body": self.body, "stamp": self.stamp,
        });
        let at = "2026-03-05T00:00:00Z".parse().unwrap();
        let sheet = typeset::Sheet { template: TEMPLATE, data: &data, files: &BTreeMap::new(), at };
        typeset::pdf(&sheet).unwrap()
    }
}

pub const TAKE: &str = "/lam-viec/van-ban-den/tiep-nhan";

/// Hands a file in at the clerk's desk.
pub async fn take(who: &Client, name: &str, bytes: &[u8]) -> Answer {
    let key = who.get(TAKE).await.field("khoa");
    who.upload(TAKE, &[("khoa", key.as_str()), ("khong-mat", "1")], "tep", name, bytes).await
}

/// Sends the form of the book as it stands, with changes.
pub async fn register(who: &Client, path: &str, changes: &[(&str, &str)]) -> Answer {
    let action = format!("{path}/vao-so");
    let page = who.get(&action).await;
    page.ok();
    let names =
        ["khoa", "phien-ban", "noi-gui", "so", "ky-hieu", "ngay-van-ban", "nguoi-ky", "chuc-vu", "so-trang"];
    let mut fields: BTreeMap<&str, String> =
        names.iter().map(|name| (*name, page.field_of(&action, name))).collect();
    fields.insert("trich-yeu", area(&page, "trich-yeu"));
    fields.insert("loai", chosen(&page, "loai"));
    fields.insert("do-khan", chosen(&page, "do-khan"));
    if page.text().contains("name=\"so-van-ban\"") {
        fields.insert("so-van-ban", chosen(&page, "so-van-ban"));
    } else {
        fields.insert("sua", "1".to_owned());
    }
    fields.extend(changes.iter().map(|(name, value)| (*name, (*value).to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    who.post(&action, &fields).await
}

/// What stands in a text area.
pub fn area(page: &Answer, name: &str) -> String {
    let text = page.text();
    let tag = text.split(&format!("name=\"{name}\"")).nth(1).unwrap_or_else(|| panic!("no area {name}"));
    tag.split_once('>').unwrap().1.split("</textarea>").next().unwrap().trim().to_owned()
}

/// The value that is chosen in a list.
pub fn chosen(page: &Answer, name: &str) -> String {
    let text = page.text();
    let list = text.split(&format!("name=\"{name}\"")).nth(1).unwrap_or_else(|| panic!("no list {name}"));
    let list = list.split("</select>").next().unwrap();
    let option = list.split("<option").find(|option| option.contains(" selected")).unwrap_or_default();
    option.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// Sends the form that goes to `action` on the page at `path`, with its key.
pub async fn press(who: &Client, path: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let page = who.get(path).await;
    page.ok();
    let action = format!("{path}{action}");
    let key = page.field_of(&action, "khoa");
    let mut all = vec![("khoa", key.as_str())];
    all.extend(fields);
    who.post(&action, &all).await
}

/// The task that came from a document, as the page of the document leads to it.
pub fn task_of(page: &Answer) -> String {
    let text = page.text();
    let rest = text.split("href=\"/lam-viec/nhiem-vu/").nth(1).expect("a task");
    format!("/lam-viec/nhiem-vu/{}", rest.split('"').next().unwrap())
}

pub fn id_of(path: &str) -> Uuid {
    path.rsplit('/').next().unwrap().parse().unwrap()
}
