//! A PostgreSQL cluster for one run of the tests: made new, on a free port of the loopback address, gone afterwards.

use super::server::{Server, User, free_port};
use crate::install::{is_root, postgres_bin};
use crate::run::Outcome;
use crate::workspace;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How careful the cluster is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// What a throw-away cluster may do without it does without; the tests make many small databases.
    Fast,
    /// As a server of a commune: everything is safe on the disk before it is acknowledged.
    Safe,
}

const FAST: [&str; 5] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off", // the tests of plans set their own statistics
    "shared_buffers=128MB",
];
const SAFE: [&str; 2] = ["shared_buffers=256MB", "max_wal_size=2GB"];

const SETTINGS: [&str; 6] = [
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=300",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=", // a path under target may be too long for a socket
    "log_min_messages=warning",
];

pub struct Postgres {
    server: Option<Server>,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    pub fn start(care: Care) -> Outcome<Postgres> {
        let bin = postgres_bin().ok_or("PostgreSQL is not installed")?;
        // The server refuses to run as root, rightly.
        let user = if is_root() { Some(unprivileged()?) } else { None };
        let folder = own_folder(user)?;
        let mut cluster = Postgres { server: None, folder, port: free_port()? };
        let data = cluster.folder.join("data");
        initdb(&bin, &data, &cluster.folder, user)?;
        let mut server = Command::new(bin.join("postgres"));
        server.current_dir(&cluster.folder).arg("-D").arg(&data).args(["-p", &cluster.port.to_string()]);
        let own: &[&str] = if care == Care::Fast { &FAST } else { &SAFE };
        for setting in SETTINGS.iter().chain(own) {
            server.args(["-c", setting]);
        }
        // INT is PostgreSQL's fast stop: it does not wait for forgotten connections.
        cluster.server =
            Some(Server::start("postgres", "ready to accept connections", "INT", user, &server)?);
        Ok(cluster)
    }

    /// Anybody on this machine may connect: invented data only, for some minutes.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.server.take());
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn initdb(bin: &Path, data: &Path, folder: &Path, user: Option<User>) -> Outcome {
    let mut initdb = Command::new(bin.join("initdb"));
    initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
    initdb.arg(data).current_dir(folder);
    if let Some(user) = user {
        initdb.uid(user.uid).gid(user.gid);
    }
    let output = initdb.output().map_err(|error| format!("initdb: {error}"))?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// Debian's package makes the user postgres; nobody will do too.
fn unprivileged() -> Outcome<User> {
    let passwd = std::fs::read_to_string("/etc/passwd").map_err(|error| error.to_string())?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| User::find(&passwd, name))
        .ok_or_else(|| "there is no user as whom PostgreSQL could run".into())
}

/// `target/pg/PROCESS`, or the same under the folder for temporary files when the user cannot reach target.
fn own_folder(user: Option<User>) -> Outcome<PathBuf> {
    let places = [workspace::target().join("pg"), std::env::temp_dir().join("sandinh-pg")];
    for place in &places {
        remove_left_behind(place);
        let folder = place.join(std::process::id().to_string());
        let made = std::fs::create_dir_all(&folder).is_ok();
        if made && user.is_none_or(|user| may_write(&folder, user)) {
            return Ok(folder);
        }
        let _ = std::fs::remove_dir_all(&folder);
    }
    Err(format!(
        "no folder for PostgreSQL: tried {}",
        places.map(|place| place.display().to_string()).join(", ")
    ))
}

fn may_write(folder: &Path, user: User) -> bool {
    let owned = std::os::unix::fs::chown(folder, Some(user.uid), Some(user.gid)).is_ok();
    let mut probe = Command::new("test");
    probe.arg("-w").arg(folder).uid(user.uid).gid(user.gid).current_dir("/");
    owned && probe.status().is_ok_and(|status| status.success())
}

/// The folders of runs that were killed so hard that they could not clean up.
pub fn remove_left_behind(place: &Path) {
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        if !Path::new("/proc").join(entry.file_name()).exists() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
