//! The program itself, as systemd runs it: with a real command for the sound.

use crate::broker::Broker;
use crate::ear::{now, staircase, until};
use crate::station::{Station, TOKEN};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

fn write(folder: &Path, station: &str, broker: &Broker, token: &str) -> PathBuf {
    let text = format!(
        "site = \"http://{station}\"\ndevice = \"loa\"\ntoken = \"{token}\"\nmqtt = \"mqtt://127.0.0.1:{}\"\n\
         station_key = \"{}\"\nstore = \"{}\"\noutput = \"cat > '{}'\"\n",
        broker.port,
        "07".repeat(32),
        folder.join("store").display(),
        folder.join("heard.raw").display(),
    );
    let path = folder.join("speaker.toml");
    std::fs::write(&path, text).unwrap();
    path
}

fn start(config: &Path, more: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandinh-speaker"));
    command.arg("--config").arg(config).args(more).env("LANG", "vi_VN.UTF-8");
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Exit code, standard output, standard error.
async fn end(mut program: Child) -> (i32, String, String) {
    let status = until("its end", 20, || program.try_wait().unwrap()).await;
    let (mut out, mut err) = (String::new(), String::new());
    program.stdout.unwrap().read_to_string(&mut out).unwrap();
    program.stderr.unwrap().read_to_string(&mut err).unwrap();
    (status.code().unwrap(), out, err)
}

#[tokio::test]
async fn it_tells_what_is_wrong_before_it_is_hung_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::planned(&["loa"]);
    broker.start().await;
    let station = Station::start(folder.path(), &staircase(2, 1_000), now());
    let good = end(start(&write(folder.path(), &station.address, &broker, TOKEN), &["--check"])).await;
    assert_eq!((good.0, good.1.lines().count()), (0, 6), "{good:?}");
    assert!(good.1.lines().all(|line| line.starts_with("tốt: ")) && good.1.contains("Bản Mới"), "{good:?}");
    let bad = end(start(&write(folder.path(), &station.address, &broker, "another"), &["--check"])).await;
    assert_eq!((bad.0, bad.1.matches("LỖI").count()), (1, 3), "{bad:?}");
    assert!(bad.1.contains("401"), "{bad:?}");

    let path = folder.path().join("speaker.toml");
    let text = std::fs::read_to_string(&path).unwrap().replace("mqtt://", "http://");
    std::fs::write(&path, text).unwrap();
    let wrong = end(start(&path, &[])).await;
    assert!(wrong.0 == 1 && wrong.2.contains("dòng 4: mqtt là địa chỉ"), "{wrong:?}");
    let missing = end(start(&folder.path().join("nothing.toml"), &[])).await;
    assert!(missing.0 == 1 && missing.2.contains("Không đọc được file"), "{missing:?}");
}

#[tokio::test]
async fn it_plays_through_a_command_and_ends_when_it_is_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::planned(&["loa"]);
    let station = Station::start(folder.path(), &staircase(30, 1_000), now());
    let program = start(&write(folder.path(), &station.address, &broker, TOKEN), &[]);
    let heard = folder.path().join("heard.raw");
    let loud =
        |bytes: &[u8]| bytes.chunks_exact(2).any(|two| i16::from_le_bytes([two[0], two[1]]).abs() > 1_000);
    until("sound", 15, || std::fs::read(&heard).ok().filter(|bytes| loud(bytes))).await;
    let asked = Command::new("kill").args(["-TERM", &program.id().to_string()]).status();
    assert!(asked.unwrap().success());
    let ended = end(program).await;
    assert!(ended.0 == 0 && ended.1.contains("Loa đang chạy"), "{ended:?}");
    assert!(!ended.2.contains(TOKEN), "no secret in the log");
    let told = std::fs::read_to_string(folder.path().join("store/played.jsonl")).unwrap();
    assert!(told.contains(r#""how":"stream""#), "kept for the broker that is not there: {told}");
}
