//! The staff of the test commune at their desks, and documents on their way.

use pades::practice::{Authority, Holder};
use std::path::Path;
use std::process::Command;
use testkit::{Answer, Cast, Client, TestApp};

pub const PATH: &str = "/lam-viec/van-ban-di";
pub const PASSWORD: &str = "mật-khẩu-ký";

pub struct Desk {
    pub app: TestApp,
    pub cast: Cast,
    /// Drafts.
    pub drafter: Client,
    /// A colleague.
    pub colleague: Client,
    pub chairman: Client,
    pub deputy: Client,
    pub secretary: Client,
    pub clerk: Client,
}

impl Desk {
    /// Tuesday, 10 March 2026, nine o'clock.
    pub async fn start() -> Desk {
        let (app, cast) = TestApp::start().await;
        let sign_in = async |who: &str| app.sign_in(&cast.home, who).await;
        Desk {
            drafter: sign_in("registry_officer").await,
            colleague: sign_in("onestop_officer").await,
            chairman: sign_in("chairman").await,
            deputy: sign_in("vice_chairman").await,
            secretary: sign_in("secretary").await,
            clerk: sign_in("clerk").await,
            app,
            cast,
        }
    }

    /// A key that no form has used.
    pub fn fresh(&self) -> String {
        platform::ids::new_id(self.app.clock.now()).to_string()
    }

    /// Sends the form of a new document.
    pub async fn draft(&self, who: &Client, kind: &str, more: &[(&str, &str)]) -> Answer {
        let key = self.fresh();
        let mut fields = vec![("khoa", key.as_str()), ("phien-ban", "0"), ("loai", kind)];
        fields.extend(more);
        who.post(&format!("{PATH}/soan"), &fields).await
    }

    /// A new document of a kind; its address.
    pub async fn drafted(&self, kind: &str, subject: &str) -> String {
        let typed = [
            ("trich-yeu", subject),
            ("noi-dung", TEXT),
            ("noi-nhan", "Trưởng 14 thôn\nSở Nội vụ [H38.4]\nLưu: VT"),
        ];
        self.draft(&self.drafter, kind, &typed).await.is(303).location()
    }

    /// Drafted, submitted and approved by the chairman; its address.
    pub async fn approved(&self, kind: &str, subject: &str) -> String {
        let url = self.drafted(kind, subject).await;
        send(&self.drafter, &url, "trinh", &[]).await.is(303);
        send(&self.chairman, &url, "duyet", &[]).await.is(303);
        url
    }

    /// The same, signed with the chairman's key; its address.
    pub async fn issued(&self, kind: &str, subject: &str) -> String {
        let url = self.approved(kind, subject).await;
        send(&self.chairman, &url, "ky", &[("mat-khau-ky", PASSWORD)]).await.is(303);
        url
    }
}

pub const TEXT: &str = "Điều 1. Thành lập Tổ công nghệ số cộng đồng.\n1. Tổ trưởng: **ông Nguyễn Văn An**.\n| Thôn | Số hộ |\n|---|---|\n| Đông Căm | 112 |\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.";

/// Sends the form of the document's page that goes to this act, with its key and revision.
pub async fn send(who: &Client, url: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let page = who.get(url).await;
    page.ok();
    let action = format!("{url}/{act}");
    let key = hidden(&page, &action, "khoa").unwrap_or_else(|| panic!("no form goes to {action}"));
    let revision = hidden(&page, &action, "phien-ban").unwrap_or_default();
    let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    fields.extend(more);
    who.post(&action, &fields).await
}

/// The value of a hidden field in the form that goes to `action`.
pub fn hidden(page: &Answer, action: &str, name: &str) -> Option<String> {
    let text = page.text();
    let at = text.find(&format!("action=\"{action}\""))?;
    let form = &text[at..at + text[at..].find("</form>")?];
    let tag = form.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\"")))?;
    Some(tag.split("value=\"").nth(1)?.split('"').next()?.to_owned())
}

/// A key file of an official of the test commune.
pub fn key_file(name: &str) -> Vec<u8> {
    let day = |text: &str| text.parse().unwrap();
    let authority = Authority::new("Cơ quan thử", day("2020-01-01"), day("2040-01-01")).unwrap();
    let who =
        Holder { name, organisation: "UBND xã Gia Phú", from: day("2025-01-01"), until: day("2030-01-01") };
    authority.key_file(&who, None, PASSWORD).unwrap()
}

pub async fn keeps_a_key(who: &Client, name: &str) {
    let page = who.get("/lam-viec/chu-ky-so").await;
    let key = page.field("khoa");
    let fields = [("khoa", key.as_str()), ("mat-khau-ky", PASSWORD)];
    who.upload("/lam-viec/chu-ky-so", &fields, "tep-chu-ky", "khoa.p12", &key_file(name)).await.is(303);
}

/// What other programs say of a PDF: its text and its signatures.
pub fn read(pdf: &[u8]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("paper.pdf"), pdf).unwrap();
    (
        run(folder.path(), "pdftotext", &["-layout", "paper.pdf", "-"]),
        run(folder.path(), "pdfsig", &["-nocert", "paper.pdf"]),
    )
}

pub fn run(folder: &Path, program: &str, line: &[&str]) -> String {
    let out = Command::new(program).args(line).current_dir(folder).env("HOME", folder).output().unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}
