//! A real IMAP server (Dovecot) with mailboxes for everybody who names one: any login, one password, letters in a maildir of its own.

use super::server::{Server, User, free_port};
use crate::install::{dovecot, is_root};
use crate::run::{Outcome, command, output};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The password of every mailbox.
const PASSWORD: &str = "thu-nghiem";

pub struct Imap {
    server: Option<Server>,
    folder: PathBuf,
    plain: u16,
    secure: u16,
}

impl Imap {
    pub fn start() -> Outcome<Imap> {
        // Its sockets need short paths, so it does not stand under target.
        let place = std::env::temp_dir().join("sandinh-imap");
        super::postgres::remove_left_behind(&place);
        let folder = place.join(std::process::id().to_string());
        std::fs::create_dir_all(folder.join("mail"))
            .map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut imap = Imap { server: None, folder, plain: free_port()?, secure: free_port()? };
        certificate(&imap.folder)?;
        let people = People::of(&imap.folder)?;
        let settings = imap.folder.join("dovecot.conf");
        std::fs::write(&settings, imap.settings(&people)).map_err(|error| error.to_string())?;
        let mut server = Command::new(dovecot().ok_or("Dovecot is not installed")?);
        server.args(["-F", "-c"]).arg(&settings);
        imap.server = Some(Server::start("imap", "starting up", "TERM", None, &server)?);
        Ok(imap)
    }

    fn settings(&self, people: &People) -> String {
        let folder = self.folder.display();
        let (plain, secure) = (self.plain, self.secure);
        let People { inner, inner_group, login, mail } = people;
        format!(
            "protocols = imap\nlisten = 127.0.0.1\nbase_dir = {folder}/run\nstate_dir = {folder}/state\n\
             log_path = /dev/stderr\ndefault_internal_user = {inner}\ndefault_internal_group = {inner_group}\n\
             default_login_user = {login}\nfirst_valid_uid = 0\nfirst_valid_gid = 0\nmail_fsync = never\n\
             mail_location = maildir:{folder}/mail/%u\nmail_max_userip_connections = 200\n\
             ssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\n\
             passdb {{\n driver = static\n args = password={PASSWORD}\n}}\n\
             userdb {{\n driver = static\n args = uid={} gid={} home={folder}/home/%u\n}}\n\
             service imap-login {{\n chroot =\n inet_listener imap {{\n port = {plain}\n }}\n\
             inet_listener imaps {{\n port = {secure}\n ssl = yes\n }}\n}}\n\
             service anvil {{\n chroot =\n}}\nservice stats {{\n chroot =\n}}\n\
             auth_failure_delay = 0\nauth_cache_size = 0\n",
            mail.uid, mail.gid
        )
    }

    /// Plain, with STARTTLS: `127.0.0.1:PORT`
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.plain)
    }

    /// TLS from the start.
    pub fn secure_address(&self) -> String {
        format!("127.0.0.1:{}", self.secure)
    }

    /// Its certificate, of the name `localhost`.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("cert.pem")
    }
}

impl Drop for Imap {
    fn drop(&mut self) {
        drop(self.server.take());
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn certificate(folder: &Path) -> Outcome {
    let mut openssl = command(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
         -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE",
    );
    openssl.arg("-keyout").arg(folder.join("key.pem")).arg("-out").arg(folder.join("cert.pem"));
    output(&mut openssl).map(|_| ()).ok_or_else(|| "openssl made no certificate".into())
}

/// As whom its parts run: as root the users of Debian's package, else all of them as we.
struct People {
    inner: String,
    inner_group: String,
    login: String,
    mail: User,
}

impl People {
    fn of(folder: &Path) -> Outcome<People> {
        let passwd = std::fs::read_to_string("/etc/passwd").map_err(|error| error.to_string())?;
        if is_root() {
            let mail = User::find(&passwd, "dovecot").ok_or("there is no user dovecot")?;
            // Everything but the key is reached by the server's parts under their own names.
            for path in [folder, &folder.join("mail")] {
                let open = std::fs::Permissions::from_mode(0o755);
                std::fs::set_permissions(path, open).map_err(|error| error.to_string())?;
                chown(path, Some(mail.uid), Some(mail.gid)).map_err(|error| error.to_string())?;
            }
            let (inner, login) = ("dovecot".to_owned(), "dovenull".to_owned());
            return Ok(People { inner_group: inner.clone(), inner, login, mail });
        }
        let own = std::fs::metadata(folder).map_err(|error| error.to_string())?;
        let groups = std::fs::read_to_string("/etc/group").map_err(|error| error.to_string())?;
        let name = |lines: &str, id: u32| {
            let of = |line: &&str| line.split(':').nth(2) == Some(&id.to_string());
            lines.lines().find(of).and_then(|line| Some(line.split(':').next()?.to_owned()))
        };
        let inner = name(&passwd, own.uid()).ok_or("this user has no name")?;
        let inner_group = name(&groups, own.gid()).ok_or("this group has no name")?;
        Ok(People { login: inner.clone(), inner, inner_group, mail: User { uid: own.uid(), gid: own.gid() } })
    }
}
