//! The command line as whoever keeps the machine uses it: the real program, in a folder of its own.

use platform::db::{Db, Location, Sql};
use platform::{Uuid, sql};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use testkit::TestDatabase;

/// One machine with its data folder and database.
struct Machine {
    data: TempDir,
    database: TestDatabase,
}

/// What a command said, and whether it ended well.
struct Said {
    good: bool,
    text: String,
}

impl Said {
    #[track_caller]
    fn well(self) -> String {
        assert!(self.good, "{}", self.text);
        self.text
    }

    #[track_caller]
    fn badly(self) -> String {
        assert!(!self.good, "{}", self.text);
        self.text
    }
}

impl Machine {
    async fn new() -> Machine {
        let data = tempfile::tempdir().unwrap();
        let database = TestDatabase::make(data.path()).await;
        Machine { data, database }
    }

    /// A machine with an empty commune.
    async fn founded() -> Machine {
        let machine = Machine::new().await;
        let text = machine.run(&["init", "--name", "Xã Gia Phú", "--code", "02923"]).well();
        assert!(text.contains("Xã Gia Phú") && text.contains("/dat-mat-khau/"), "{text}");
        machine
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandinh"));
        command.env_remove("LANG").args(words).arg("--data").arg(self.data.path());
        if let Location::Url(url) = &self.database.location {
            command.args(["--database-url", url]);
        }
        command
    }

    fn run(&self, words: &[&str]) -> Said {
        said(&mut self.command(words))
    }

    fn settings(&self, toml: &str) {
        std::fs::write(self.data.path().join("sandinh.toml"), toml).unwrap();
    }

    /// Does something to the rows that no command would.
    async fn meddle(&self, statement: Sql) {
        let db = Db::open(&self.database.location).await.unwrap();
        let tx = db.begin().await.unwrap();
        assert!(statement.run(&tx).await.unwrap() > 0, "nothing changed");
        tx.commit().await.unwrap();
        db.close().await;
    }

    async fn end(self) {
        self.database.remove().await;
    }
}

fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    Said { good: output.status.success(), text: String::from_utf8(text).unwrap() }
}

/// A command that needs no data.
fn sandinh(words: &[&str]) -> Said {
    said(Command::new(env!("CARGO_BIN_EXE_sandinh")).env_remove("LANG").args(words))
}

#[tokio::test]
async fn a_new_commune_is_healthy_and_is_founded_once() {
    let machine = Machine::founded().await;
    let text = machine.run(&["doctor"]).well();
    assert!(text.contains("✓ Thư mục dữ liệu") && !text.contains('✗'), "{text}");
    let text = machine.run(&["init", "--name", "Xã Khác", "--code", "02924"]).badly();
    assert!(text.contains("đã có một xã"), "{text}");
    machine.end().await;
}

#[tokio::test]
async fn the_doctor_says_what_is_wrong_and_how_to_mend_it() {
    let machine = Machine::founded().await;
    let sick = |settings: &str, words: &str| {
        machine.settings(settings);
        let text = machine.run(&["doctor"]).badly();
        assert!(text.contains(words), "no {words:?} in:\n{text}");
    };
    sick("listen = \"0.0.0.0:8080\"\n", "✗ Máy phục vụ ra ngoài mà không có HTTPS");
    sick("[tls.files]\ncertificate = \"khong-co.pem\"\nkey = \"khong-co.key\"\n", "✗ Thiếu tệp chứng thư");
    sick(
        "[tls.acme]\ndomains = [\"giaphu.example\"]\ncontact = \"mailto:a@giaphu.example\"\n",
        "✗ Chưa xin được chứng thư",
    );
    sick(
        "[mail]\nhost = \"127.0.0.1\"\nport = 1\nfrom = \"xa@giaphu.example\"\n",
        "✗ Máy chủ thư 127.0.0.1:1",
    );
    machine.settings("listen = 8080\n");
    assert!(machine.run(&["doctor"]).badly().contains("sandinh.toml"));
    machine.settings("");
    machine.run(&["doctor"]).well();
    machine.end().await;
}

#[tokio::test]
async fn a_lost_file_and_an_altered_record_are_found() {
    let machine = Machine::founded().await;
    let file = sql(
        "INSERT INTO file (commune_id, id, digest, name, media_type, byte_count, owner_kind, owner_id, \
                    created_at) SELECT id, $1, 'ab12', 'anh.jpg', 'image/jpeg', 5, 'asset', $1, created_at FROM commune",
    );
    machine.meddle(file.bind(Uuid::from_u128(7))).await;
    let text = machine.run(&["doctor"]).badly();
    assert!(text.contains("✗ 1 trong 1 tệp mới nhất bị mất"), "{text}");

    assert!(machine.run(&["audit", "verify"]).well().contains("nhật ký nguyên vẹn"));
    let entry = "UPDATE audit_entry SET action = 'account.delete' \
                 WHERE commune_id = (SELECT id FROM commune) AND seq = 1";
    machine.meddle(sql(entry)).await;
    let text = machine.run(&["audit", "verify"]).badly();
    assert!(text.contains("bị đứt ở mục 1"), "{text}");
    assert!(machine.run(&["doctor"]).badly().contains("✗ Nhật ký bị đứt ở mục 1"));
    machine.end().await;
}

#[tokio::test]
async fn a_backup_moves_to_another_machine_and_a_damaged_one_is_refused() {
    let (from, to) = (Machine::founded().await, Machine::new().await);
    let dump = from.data.path().join("sao-luu.zip");
    let name = dump.to_str().unwrap();
    assert!(from.run(&["backup", name]).well().contains("Đã sao lưu"));
    assert!(to.run(&["restore", name, "--check"]).well().contains("nguyên vẹn"));

    let mut bytes = std::fs::read(&dump).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let damaged = from.data.path().join("hong.zip");
    std::fs::write(&damaged, bytes).unwrap();
    to.run(&["restore", damaged.to_str().unwrap()]).badly();

    assert!(to.run(&["restore", name]).well().contains("Đã khôi phục"));
    assert!(to.run(&["audit", "verify"]).well().contains("Xã Gia Phú"));
    let text = to.run(&["restore", name]).badly();
    assert!(text.contains("trống") || text.contains("đã có"), "{text}");
    from.end().await;
    to.end().await;
}

#[tokio::test]
async fn the_server_says_where_it_listens_and_stops_when_asked() {
    let machine = Machine::founded().await;
    let mut serve = machine.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut server = serve.env("RUST_LOG", "info").stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
    let line = log.find(|line| line.contains("127.0.0.1:")).expect("a line with the address");
    let port = line.split("127.0.0.1:").nth(1).unwrap();
    let port: String = port.chars().take_while(char::is_ascii_digit).collect();
    std::net::TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    assert!(Command::new("kill").arg(server.id().to_string()).status().unwrap().success());
    assert!(server.wait().unwrap().success(), "a stop that was asked for is no failure");
    machine.end().await;
}

#[tokio::test]
async fn figures_of_an_empty_commune_are_printed_in_each_format() {
    let machine = Machine::founded().await;
    let csv = machine.run(&["figures", "--format", "csv"]).well();
    assert!(csv.starts_with("key,value,unit,numerator,denominator,as_of,basis\n"), "{csv}");
    assert!(csv.contains("\nhouseholds,0,"), "{csv}");
    let json: serde_json::Value =
        serde_json::from_str(&machine.run(&["figures", "--format", "json"]).well()).unwrap();
    assert!(json.to_string().contains("households"), "{json}");
    assert!(machine.run(&["figures"]).well().contains('0'));
    assert!(machine.run(&["figures", "--as-of", "2090-01-01"]).badly().contains("ngay"));
    machine.end().await;
}

#[test]
fn tools_need_no_data() {
    assert!(sandinh(&["tool", "lunar", "2026-02-17"]).well().starts_with("1/1 năm Bính Ngọ"));
    // Thursday at half past three, after the cut-off; the New Year's holidays lie between.
    let due = sandinh(&["tool", "workdays", "2026-02-05T15:30", "--days", "3"]).well();
    assert_eq!(due.trim(), "2026-02-11T17:00");
    assert!(sandinh(&["tool", "id", "abc"]).badly().contains("\"valid\":false"));
    let api: serde_json::Value = serde_json::from_str(&sandinh(&["openapi"]).well()).unwrap();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[test]
fn a_package_of_documents_is_told_and_a_broken_one_refused() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../libs/edxml/tests/data");
    let sample = samples.join("wrapped.edxml");
    let told = sandinh(&["tool", "edxml", sample.to_str().unwrap()]).well();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let document = &told["package"]["document"];
    assert!(told["valid"] == true && document["code"]["notation"] == "UBND-NN,TH", "{told}");
    assert!(document["attachments"][0]["name"] == "78-UBND-NN.doc", "{told}");
    assert!(document["attachments"][0]["bytes"].as_u64() > Some(50), "{told}");
    let broken = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(broken.path(), "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<edXML/>")
        .unwrap();
    let text = sandinh(&["tool", "edxml", broken.path().to_str().unwrap()]).badly();
    assert!(text.contains("\"problem\":\"doctype\"") && text.contains("\"line\":2"), "{text}");
    assert!(!sandinh(&["tool", "edxml", "not-there.edxml"]).badly().contains("valid"));
}

#[test]
fn a_transfer_is_written_as_a_code_and_read_again() {
    let encode = ["tool", "vietqr", "encode", "--bin", "970415", "--account", "100000000001"];
    let bill = sandinh(&[&encode[..], &["--amount", "150000", "--note", "Phí chứng thực"]].concat()).well();
    assert!(bill.trim().ends_with("0814Phi chung thuc6304A0F7"), "{bill}");
    let read: serde_json::Value =
        serde_json::from_str(&sandinh(&["tool", "vietqr", "decode", bill.trim()]).well()).unwrap();
    assert!(read["kind"] == "transfer" && read["bank"] == "VietinBank", "{read}");
    assert!(read["amount"] == 150_000 && read["purpose"] == "Phi chung thuc", "{read}");
    assert!(sandinh(&encode).well().starts_with("000201010211"));
    assert!(sandinh(&[&encode[..], &["--amount", "0"]].concat()).badly().contains("the amount is 0"));
    let text = sandinh(&["tool", "vietqr", "decode", &bill.trim().replace("150000", "950000")]).badly();
    assert!(text.contains("\"valid\":false") && text.contains("field 63"), "{text}");
}
