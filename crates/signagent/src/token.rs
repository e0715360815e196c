//! What the agent asks of whatever holds keys.

use pades::{Certificate, Fault, Signer};
use sha2::{Digest, Sha256};

/// What a token says of its PIN. More than that PKCS#11 does not tell: no number of tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PinState {
    #[default]
    Fresh,
    /// It was wrong at least once since it was right.
    Low,
    /// One wrong PIN more locks it.
    Last,
    Locked,
    /// Nobody has set one.
    Unset,
}

/// A certificate on a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub certificate: Certificate,
    /// Those on the same token that vouch for it.
    pub chain: Vec<Certificate>,
    /// The label of the token.
    pub token: String,
    pub pin: PinState,
}

impl Offered {
    /// By which it is chosen.
    pub fn name(&self) -> String {
        hex::encode(Sha256::digest(self.certificate.der()))
    }
}

/// Why a token did not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    #[error("no token is in this computer")]
    NoToken,
    #[error("the token holds no certificate for signing")]
    NoCertificate,
    #[error("this certificate is not in the computer any more")]
    Gone,
    #[error("wrong PIN")]
    PinWrong(PinState),
    #[error("the PIN is locked")]
    PinLocked,
    #[error("the PIN must be changed or set first")]
    PinUnset,
    #[error("no private key belongs to the certificate")]
    NoKey,
    #[error("the signature failed: {0}")]
    Signing(#[from] Fault),
    #[error("the driver says: {0}")]
    Driver(String),
}

impl TokenFault {
    /// The sentence for people.
    pub fn text_key(&self) -> &'static str {
        match self {
            TokenFault::NoToken => "agent-no-token",
            TokenFault::NoCertificate => "agent-no-certificate",
            TokenFault::Gone => "agent-gone",
            TokenFault::PinWrong(PinState::Last) => "agent-pin-last",
            TokenFault::PinWrong(_) => "agent-pin-wrong",
            TokenFault::PinLocked => "agent-pin-locked",
            TokenFault::PinUnset => "agent-pin-unset",
            TokenFault::NoKey => "agent-no-key",
            TokenFault::Signing(Fault::Expired(_)) => "agent-expired",
            TokenFault::Signing(Fault::NotYet(_)) => "agent-not-yet",
            TokenFault::Signing(Fault::NotPdf(_)) => "agent-not-pdf",
            TokenFault::Signing(Fault::Locked) => "agent-pdf-locked",
            TokenFault::Signing(Fault::KeyKind) => "agent-key-kind",
            TokenFault::Signing(_) => "agent-failed",
            TokenFault::Driver(_) => "agent-driver",
        }
    }
}

/// What is done with an opened key.
pub type Job<'a> = dyn FnMut(&dyn Signer) -> Result<(), Fault> + 'a;

/// Tokens in this computer. The calls block: a token takes a second.
pub trait Tokens: Send + Sync {
    /// Every certificate that signs papers, of every token.
    ///
    /// # Errors
    /// [`TokenFault::NoToken`] and [`TokenFault::NoCertificate`] when there is none.
    fn list(&self) -> Result<Vec<Offered>, TokenFault>;

    /// Opens the key of the certificate of that [`Offered::name`] with the PIN, and closes it after the job.
    ///
    /// # Errors
    /// Whatever is wrong with token, PIN, key or job.
    fn open(&self, name: &str, pin: &str, job: &mut Job<'_>) -> Result<(), TokenFault>;
}
