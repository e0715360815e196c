//! The line to an IMAP server. Every step has a limit of time, and every failure is one that an administrator understands.

use super::folder_name::{decoded, encoded};
use super::model::{Security, Trouble, What};
use async_imap::error::Error as Told;
use async_imap::{Client, Session};
use chrono::NaiveDate;
use futures_util::TryStreamExt as _;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, RootCertStore};
use std::fmt::Debug;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

const PATIENCE: Duration = Duration::from_secs(20);
/// A letter of the largest kind over a weak line.
const LONG: Duration = Duration::from_secs(300);
/// The mark on a letter that was taken, beside that it was read; servers that know no marks of others keep the latter.
const TAKEN: &str = "$SanDinh";
const REFUSED: &str = "$SanDinhTuChoi";

pub(super) trait Line: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Line for T {}

/// How a server is reached.
#[derive(Clone)]
pub(super) struct Place {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub login: String,
    pub password: String,
    pub trust: String,
}

/// A mailbox that somebody signed in to.
pub(super) struct Open {
    session: Session<Box<dyn Line>>,
    moves: bool,
    expunges: bool,
}

/// What is known of a letter before it is fetched.
pub(super) struct Head {
    pub size: usize,
    pub header: Vec<u8>,
}

fn told(error: Told) -> Trouble {
    match error {
        Told::Io(error) => Trouble::new(What::Away, error),
        Told::ConnectionLost => Trouble::new(What::Away, "connection lost"),
        other => Trouble::new(What::Answer, other),
    }
}

async fn within<T>(limit: Duration, work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    match tokio::time::timeout(limit, work).await {
        Ok(done) => done,
        Err(_) => Err(Trouble::new(What::Slow, "")),
    }
}

/// The roots that the machine trusts, read once.
fn machine() -> &'static RootCertStore {
    static ROOTS: OnceLock<RootCertStore> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots
    })
}

/// The certificates of a text.
pub(super) fn certificates(pem: &str) -> Option<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for one in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        roots.add(one.ok()?).ok()?;
    }
    (!roots.is_empty()).then_some(roots)
}

fn tls(trust: &str) -> Result<TlsConnector, Trouble> {
    let secure = |error: &dyn std::fmt::Display| Trouble::new(What::Secure, error);
    let roots = match trust.trim() {
        "" => machine().clone(),
        pem => certificates(pem).ok_or_else(|| secure(&"PEM"))?,
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| secure(&error))?;
    Ok(TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth())))
}

/// Why no secure line came about.
fn insecure(error: std::io::Error) -> Trouble {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let what = match inner {
        Some(rustls::Error::InvalidCertificate(wrong)) => match wrong {
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => What::Name,
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => What::Expired,
            _ => What::Untrusted,
        },
        _ => What::Secure,
    };
    Trouble::new(what, error)
}

async fn secured(place: &Place, plain: TcpStream) -> Result<Box<dyn Line>, Trouble> {
    let name = ServerName::try_from(place.host.clone());
    let name = name.map_err(|error| Trouble::new(What::Name, error))?;
    let stream = tls(&place.trust)?.connect(name, plain).await.map_err(insecure)?;
    Ok(Box::new(stream))
}

async fn connected(place: &Place) -> Result<Client<Box<dyn Line>>, Trouble> {
    let tcp = TcpStream::connect((place.host.as_str(), place.port)).await;
    let tcp = tcp.map_err(|error| Trouble::new(What::Away, error))?;
    if place.security == Security::Starttls {
        let mut plain = Client::new(tcp);
        plain.read_response().await.map_err(|error| told(error.into()))?;
        let asked = plain.run_command_and_check_ok("STARTTLS", None).await;
        asked.map_err(|error| Trouble::new(What::Secure, error))?;
        // What came before the line was secure is forgotten with the old client.
        return Ok(Client::new(secured(place, plain.into_inner()).await?));
    }
    let line = match place.security {
        Security::Tls => secured(place, tcp).await?,
        _ => Box::new(tcp) as Box<dyn Line>,
    };
    let mut client = Client::new(line);
    match client.read_response().await {
        Ok(Some(_)) => Ok(client),
        Ok(None) => Err(Trouble::new(What::Away, "")),
        Err(error) => Err(told(error.into())),
    }
}

/// Signs in.
pub(super) async fn open(place: &Place) -> Result<Open, Trouble> {
    within(PATIENCE, async {
        let client = connected(place).await?;
        let session = client.login(&place.login, &place.password).await.map_err(|(error, _)| match error {
            Told::No(words) | Told::Bad(words) => Trouble::new(What::Password, words),
            other => told(other),
        });
        let mut session = session?;
        let can = session.capabilities().await.map_err(told)?;
        Ok(Open { moves: can.has_str("MOVE"), expunges: can.has_str("UIDPLUS"), session })
    })
    .await
}

impl Open {
    /// Opens a folder; by which name the server numbers its letters.
    pub async fn select(&mut self, folder: &str) -> Result<i64, Trouble> {
        let name = encoded(folder);
        let chosen = within(PATIENCE, async { Ok(self.session.select(&name).await) }).await?;
        match chosen {
            Ok(mailbox) => Ok(mailbox.uid_validity.map_or(1, i64::from)),
            Err(Told::No(_)) => {
                let names = self.folders().await.unwrap_or_default();
                Err(Trouble::new(
                    What::Folder,
                    format!("{folder}: {}", names[..names.len().min(20)].join(", ")),
                ))
            }
            Err(error) => Err(told(error)),
        }
    }

    async fn folders(&mut self) -> Result<Vec<String>, Trouble> {
        within(PATIENCE, async {
            let list = self.session.list(Some(""), Some("*")).await.map_err(told)?;
            let names: Vec<_> = list.try_collect().await.map_err(told)?;
            Ok(names.iter().map(|name| decoded(name.name())).collect())
        })
        .await
    }

    /// Makes a folder where there is none.
    pub async fn ensure(&mut self, folder: &str) -> Result<(), Trouble> {
        let known = self.folders().await?.iter().any(|name| name == folder);
        if known {
            return Ok(());
        }
        let made = within(PATIENCE, async { Ok(self.session.create(encoded(folder)).await) }).await?;
        match made {
            Ok(()) => Ok(()),
            // Somebody else made it meanwhile.
            Err(Told::No(words)) if words.contains("ALREADYEXISTS") => Ok(()),
            Err(Told::No(words) | Told::Bad(words)) => {
                Err(Trouble::new(What::Folder, format!("{folder}: {words}")))
            }
            Err(error) => Err(told(error)),
        }
    }

    /// The numbers of letters above `after` that came on `since` or later, in order.
    pub async fn find(&mut self, after: i64, since: NaiveDate) -> Result<Vec<i64>, Trouble> {
        let question = format!("UID {}:* SINCE {}", after + 1, since.format("%d-%b-%Y"));
        let found =
            within(PATIENCE, async { self.session.uid_search(&question).await.map_err(told) }).await?;
        // A range that begins above the last letter means the last letter.
        let mut found: Vec<i64> = found.into_iter().map(i64::from).filter(|uid| *uid > after).collect();
        found.sort_unstable();
        Ok(found)
    }

    /// How large a letter is, and its head; nothing when it has gone meanwhile.
    pub async fn head(&mut self, uid: i64) -> Result<Option<Head>, Trouble> {
        within(PATIENCE, async {
            let what = "(UID RFC822.SIZE BODY.PEEK[HEADER])";
            let stream = self.session.uid_fetch(uid.to_string(), what).await.map_err(told)?;
            let fetched: Vec<_> = stream.try_collect().await.map_err(told)?;
            let one = fetched.iter().find(|one| one.uid.is_some_and(|found| i64::from(found) == uid));
            Ok(one.and_then(|one| Some(Head { size: one.size? as usize, header: one.header()?.to_vec() })))
        })
        .await
    }

    /// A whole letter; it is not marked as read by that.
    pub async fn body(&mut self, uid: i64) -> Result<Option<Vec<u8>>, Trouble> {
        within(LONG, async {
            let stream = self.session.uid_fetch(uid.to_string(), "(UID BODY.PEEK[])").await.map_err(told)?;
            let fetched: Vec<_> = stream.try_collect().await.map_err(told)?;
            let one = fetched.iter().find(|one| one.uid.is_some_and(|found| i64::from(found) == uid));
            Ok(one.and_then(|one| one.body()).map(<[u8]>::to_vec))
        })
        .await
    }

    async fn flag(&mut self, uid: i64, flags: &str) -> Result<Result<(), Told>, Trouble> {
        within(PATIENCE, async {
            let stream =
                match self.session.uid_store(uid.to_string(), format!("+FLAGS.SILENT ({flags})")).await {
                    Ok(stream) => stream,
                    Err(error) => return Ok(Err(error)),
                };
            let all: Result<Vec<_>, Told> = stream.try_collect().await;
            Ok(all.map(|_| ()))
        })
        .await
    }

    /// With our own mark where the server keeps such.
    async fn flags(&mut self, uid: i64, known: &str, own: &str) -> Result<(), Trouble> {
        match self.flag(uid, &format!("{known} {own}")).await? {
            Err(Told::No(_) | Told::Bad(_)) => self.flag(uid, known).await?.map_err(told),
            done => done.map_err(told),
        }
    }

    /// It bears a secrecy stamp: a person finds it there, with a flag.
    pub async fn refuse(&mut self, uid: i64) -> Result<(), Trouble> {
        self.flags(uid, "\\Flagged", REFUSED).await
    }

    /// It was taken: marked as read, and moved away when a folder is named. A letter that is there no more is no trouble.
    pub async fn take(&mut self, uid: i64, to: &str) -> Result<(), Trouble> {
        self.flags(uid, "\\Seen", TAKEN).await?;
        if to.is_empty() {
            return Ok(());
        }
        let (set, name) = (uid.to_string(), encoded(to));
        if self.moves {
            return within(PATIENCE, async { self.session.uid_mv(&set, &name).await.map_err(told) }).await;
        }
        within(PATIENCE, async { self.session.uid_copy(&set, &name).await.map_err(told) }).await?;
        self.flag(uid, "\\Deleted").await?.map_err(told)?;
        if self.expunges {
            within(PATIENCE, async {
                let gone = self.session.uid_expunge(&set).await.map_err(told)?;
                gone.try_collect::<Vec<_>>().await.map(|_| ()).map_err(told)
            })
            .await?;
        }
        Ok(())
    }

    /// Says good-bye; whether it is heard does not matter.
    pub async fn close(mut self) {
        let _ = tokio::time::timeout(PATIENCE, self.session.logout()).await;
    }
}
