//! Settings: the command line, then `sandinh.toml` in the data folder, then the environment. Secrets come from files
//! or the environment and are never written to a log or a dump.

use crate::db::Location;
use crate::{Error, Result};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What one running program needs to know.
#[derive(Debug, Clone)]
pub struct Config {
    /// Files, keys and, without a database URL, the database.
    pub data: PathBuf,
    pub database: Location,
    pub listen: SocketAddr,
    /// One-click sign-in and invented people: only on loopback.
    pub demo: bool,
    pub tls: Tls,
    pub mail: Option<Mail>,
    /// Behind a proxy that sets X-Forwarded-For.
    pub behind_proxy: bool,
    /// How the outside reaches us, for links in messages and QR codes: `https://xa.example`.
    pub public_url: Option<String>,
    /// The command of the voice that reads aloud: it takes words and prints WAV. None: espeak-ng.
    pub voice: Option<Vec<String>>,
}

/// Where the certificate comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// Plain HTTP: loopback, or behind a proxy that speaks TLS.
    #[default]
    Off,
    /// The office's own certificate authority, made once in the data folder.
    Local,
    /// A certificate and key in PEM files; read again when they change.
    Files { certificate: PathBuf, key: PathBuf },
    /// From a public authority by ACME (RFC 8555), Let's Encrypt unless told otherwise; renewed by itself.
    Acme(Acme),
}

/// Certificates from a public authority. The authority asks on port 80 of each name whether we answer there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acme {
    /// `["giaphu.example"]`
    pub domains: Vec<String>,
    /// Where the authority warns of a certificate that ends: `mailto:vanphong@giaphu.example`.
    pub contact: String,
    /// Where questions of the authority arrive; everything else there is led on to HTTPS.
    #[serde(default = "any_port_80")]
    pub http: SocketAddr,
    /// Another authority than Let's Encrypt.
    #[serde(default)]
    pub directory: Option<String>,
    /// The root of an authority that machines do not know, in PEM.
    #[serde(default)]
    pub root: Option<PathBuf>,
}

fn any_port_80() -> SocketAddr {
    ([0, 0, 0, 0], 80).into()
}

/// The outgoing mail server.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub host: String,
    pub port: u16,
    pub from: String,
    #[serde(default)]
    pub user: Option<String>,
    /// A file that holds the password.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// `none` (loopback), `starttls` or `tls`.
    #[serde(default)]
    pub security: MailSecurity,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    None,
    #[default]
    Starttls,
    Tls,
}

/// `sandinh.toml`: every member may be left out.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database_url: Option<String>,
    listen: Option<SocketAddr>,
    tls: Option<Tls>,
    mail: Option<Mail>,
    #[serde(default)]
    behind_proxy: bool,
    public_url: Option<String>,
    voice: Option<Vec<String>>,
}

impl Config {
    /// The settings of a data folder; `SANDINH_DATABASE_URL` overrides the file.
    pub fn load(data: &Path) -> Result<Config> {
        let path = data.join("sandinh.toml");
        let file: File = match std::fs::read_to_string(&path) {
            Ok(text) => {
                toml::from_str(&text).map_err(|e| Error::internal(format!("{}: {e}", path.display())))?
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => File::default(),
            Err(e) => return Err(e.into()),
        };
        let url = std::env::var("SANDINH_DATABASE_URL").ok().or(file.database_url);
        Ok(Config {
            database: url.map_or_else(|| Location::File(data.join("sandinh.db")), Location::Url),
            data: data.to_owned(),
            listen: file.listen.unwrap_or_else(|| ([127, 0, 0, 1], 8080).into()),
            demo: false,
            tls: file.tls.unwrap_or_default(),
            mail: file.mail,
            behind_proxy: file.behind_proxy,
            public_url: file.public_url,
            voice: file.voice,
        })
    }

    /// A law file here comes before the one built in.
    pub fn law_folder(&self) -> PathBuf {
        self.data.join("law")
    }

    pub fn files_folder(&self) -> PathBuf {
        self.data.join("files")
    }

    /// Cookies are marked Secure unless we speak plain HTTP on loopback.
    pub fn secure_cookies(&self) -> bool {
        self.tls != Tls::Off || self.behind_proxy
    }

    /// The address for links that leave the page.
    pub fn base_url(&self) -> String {
        let scheme = if self.tls == Tls::Off { "http" } else { "https" };
        self.public_url.clone().unwrap_or_else(|| format!("{scheme}://{}", self.listen))
    }
}
