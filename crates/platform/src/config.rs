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
    pub mqtt: Mqtt,
}

/// The broker over which devices (loudspeakers) speak with us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Mqtt {
    #[default]
    Off,
    /// Our own, within this program.
    Own(OwnBroker),
    /// One that is there already: Mosquitto, EMQX.
    Other(OtherBroker),
}

/// The broker within this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnBroker {
    pub listen: SocketAddr,
    /// Certificate and key in PEM files: devices come over TLS.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// How devices reach it, where that differs: `mqtts://xa.example:8883`.
    pub public: Option<String>,
}

/// A broker that somebody else runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherBroker {
    /// `mqtt://` or `mqtts://`, host and port.
    pub url: String,
    pub user: Option<String>,
    /// A file that holds the password.
    pub password_file: Option<PathBuf>,
    pub public: Option<String>,
}

/// `[mqtt]` of the file.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MqttFile {
    /// False: devices are not spoken with.
    enabled: Option<bool>,
    listen: Option<SocketAddr>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    url: Option<String>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    public: Option<String>,
}

impl MqttFile {
    fn read(self, web: SocketAddr) -> Result<Mqtt> {
        let wrong = |why| Err(Error::internal(format!("sandinh.toml: [mqtt]: {why}")));
        if self.enabled == Some(false) {
            return Ok(Mqtt::Off);
        }
        if let Some(url) = self.url {
            if self.listen.is_some() || self.certificate.is_some() || self.key.is_some() {
                return wrong("`url` names another broker: `listen`, `certificate` and `key` are of our own");
            }
            if !["mqtt://", "mqtts://"].iter().any(|scheme| url.starts_with(scheme)) {
                return wrong("`url` begins with mqtt:// or mqtts://");
            }
            let (user, password_file, public) = (self.user, self.password_file, self.public);
            return Ok(Mqtt::Other(OtherBroker { url, user, password_file, public }));
        }
        if self.user.is_some() || self.password_file.is_some() {
            return wrong("`user` and `password_file` are for another broker, whose `url` is missing");
        }
        let tls = match (self.certificate, self.key) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            _ => return wrong("`certificate` and `key` come together"),
        };
        let port = if tls.is_some() { 8883 } else { 1883 };
        let listen = self.listen.unwrap_or_else(|| SocketAddr::new(web.ip(), port));
        Ok(Mqtt::Own(OwnBroker { listen, tls, public: self.public }))
    }
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
    #[serde(default)]
    mqtt: MqttFile,
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
        let listen = file.listen.unwrap_or_else(|| ([127, 0, 0, 1], 8080).into());
        Ok(Config {
            mqtt: file.mqtt.read(listen)?,
            database: url.map_or_else(|| Location::File(data.join("sandinh.db")), Location::Url),
            data: data.to_owned(),
            listen,
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
