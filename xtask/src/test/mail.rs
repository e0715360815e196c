//! A real SMTP server that keeps what it receives in a maildir, where tests read it.

use super::server::{Server, free_port};
use crate::install::aiosmtpd;
use crate::run::{Outcome, command};
use crate::workspace;
use std::path::{Path, PathBuf};

pub struct Mail {
    server: Option<Server>,
    folder: PathBuf,
    port: u16,
}

impl Mail {
    pub fn start() -> Outcome<Mail> {
        let python = aiosmtpd().ok_or("aiosmtpd is not installed")?;
        let place = workspace::target().join("mail");
        std::fs::create_dir_all(&place).map_err(|error| format!("{}: {error}", place.display()))?;
        let mut mail =
            Mail { server: None, folder: place.join(std::process::id().to_string()), port: free_port()? };
        let mut server = command(python);
        server.args(["-m", "aiosmtpd", "-n", "-d", "-l", &mail.address(), "-c", "aiosmtpd.handlers.Mailbox"]);
        server.arg(&mail.folder);
        mail.server = Some(Server::start("mail", "Server is listening", "TERM", None, &server)?);
        Ok(mail)
    }

    /// `127.0.0.1:PORT`
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The maildir; new letters appear in its `new` folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Mail {
    fn drop(&mut self) {
        drop(self.server.take());
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
