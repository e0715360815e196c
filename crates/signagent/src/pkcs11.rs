//! Tokens behind a driver of PKCS#11. The driver is loaded when the agent starts; nothing else of it must be installed.

use crate::token::{Job, Offered, PinState, TokenFault, Tokens};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, CertificateType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::{Slot, TokenInfo};
use cryptoki::types::AuthPin;
use pades::{Certificate, Fault, KeyKind, Signer};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Says that SHA-256 was used, before the digest, where the token signs only what it is given (RFC 8017, 9.2).
const SHA256_HEAD: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

/// A loaded driver. One call at a time: the state of being signed in belongs to the whole program.
pub struct Module(Mutex<Pkcs11>);

impl Module {
    /// # Errors
    /// [`TokenFault::Driver`] when the file is no driver, or the driver does not start.
    pub fn load(path: &Path) -> Result<Module, TokenFault> {
        let module = Pkcs11::new(path).map_err(driver)?;
        module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).map_err(driver)?;
        Ok(Module(Mutex::new(module)))
    }
}

/// A certificate with where it was found.
struct Found {
    offered: Offered,
    slot: Slot,
    id: Vec<u8>,
}

impl Tokens for Module {
    fn list(&self) -> Result<Vec<Offered>, TokenFault> {
        let module = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(all(&module)?.into_iter().map(|found| found.offered).collect())
    }

    fn open(&self, name: &str, pin: &str, job: &mut Job<'_>) -> Result<(), TokenFault> {
        let module = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all(&module)?.into_iter().find(|found| found.offered.name() == name);
        let found = found.ok_or(TokenFault::Gone)?;
        let kind = found.offered.certificate.key_kind().ok_or(Fault::KeyKind)?;
        let session = module.open_ro_session(found.slot).map_err(driver)?;
        sign_in(&module, &session, found.slot, pin)?;
        let done = used(&module, &session, &found, kind, job);
        // Also after a failure: the next signature asks for the PIN again.
        let _ = session.logout();
        done
    }
}

fn used(
    module: &Pkcs11,
    session: &Session,
    found: &Found,
    kind: KeyKind,
    job: &mut Job<'_>,
) -> Result<(), TokenFault> {
    let wanted = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(found.id.clone())];
    let key = session.find_objects(&wanted).map_err(driver)?.into_iter().next().ok_or(TokenFault::NoKey)?;
    let known = module.get_mechanism_list(found.slot).map_err(driver)?;
    let hashes = known.contains(&MechanismType::SHA256_RSA_PKCS);
    Ok(job(&Opened { session, key, offered: &found.offered, kind, hashes })?)
}

fn all(module: &Pkcs11) -> Result<Vec<Found>, TokenFault> {
    let slots = module.get_slots_with_token().map_err(driver)?;
    let mut found = Vec::new();
    let mut tokens = 0;
    for slot in slots {
        let Ok(info) = module.get_token_info(slot) else { continue };
        if info.token_initialized() {
            tokens += 1;
            // One that does not answer hides no other.
            found.extend(on(module, slot, &info).unwrap_or_default());
        }
    }
    match (tokens, found.is_empty()) {
        (0, _) => Err(TokenFault::NoToken),
        (_, true) => Err(TokenFault::NoCertificate),
        _ => Ok(found),
    }
}

/// The certificates of one token.
fn on(module: &Pkcs11, slot: Slot, info: &TokenInfo) -> Result<Vec<Found>, Error> {
    let session = module.open_ro_session(slot)?;
    let wanted =
        [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::CertificateType(CertificateType::X_509)];
    let mut read = Vec::new();
    for object in session.find_objects(&wanted)? {
        let (mut value, mut id) = (Vec::new(), Vec::new());
        for attribute in session.get_attributes(object, &[AttributeType::Value, AttributeType::Id])? {
            match attribute {
                Attribute::Value(bytes) => value = bytes,
                Attribute::Id(bytes) => id = bytes,
                _ => {}
            }
        }
        // One that cannot be read signs nothing.
        read.extend(Certificate::from_der(&value).ok().map(|certificate| (certificate, id)));
    }
    let (above, own): (Vec<_>, Vec<_>) =
        read.into_iter().partition(|(certificate, _)| certificate.is_authority());
    let above: Vec<Certificate> = above.into_iter().map(|(certificate, _)| certificate).collect();
    let one = |(certificate, id): (Certificate, Vec<u8>)| {
        let chain = certificate.chain_in(&above);
        let offered = Offered { certificate, chain, token: info.label().trim().to_owned(), pin: pin(info) };
        Found { offered, slot, id }
    };
    Ok(own.into_iter().map(one).collect())
}

fn pin(info: &TokenInfo) -> PinState {
    match info {
        info if info.user_pin_locked() => PinState::Locked,
        info if !info.user_pin_initialized() || info.user_pin_to_be_changed() => PinState::Unset,
        info if info.user_pin_final_try() => PinState::Last,
        info if info.user_pin_count_low() => PinState::Low,
        _ => PinState::Fresh,
    }
}

fn sign_in(module: &Pkcs11, session: &Session, slot: Slot, typed: &str) -> Result<(), TokenFault> {
    let secret = AuthPin::new(typed.into());
    let mut done = session.login(UserType::User, Some(&secret));
    if is(&done, RvError::UserAlreadyLoggedIn) {
        // Somebody's open door is not this official's consent.
        let _ = session.logout();
        done = session.login(UserType::User, Some(&secret));
    }
    let Err(error) = done else { return Ok(()) };
    Err(refused(error, || module.get_token_info(slot).map(|info| pin(&info)).unwrap_or_default()))
}

fn is(done: &Result<(), Error>, what: RvError) -> bool {
    matches!(done, Err(Error::Pkcs11(said, _)) if *said == what)
}

/// Why a PIN was not taken. `after` is what the token says of it now.
fn refused(error: Error, after: impl Fn() -> PinState) -> TokenFault {
    let Error::Pkcs11(said, _) = &error else { return driver(error) };
    match said {
        RvError::PinLocked => TokenFault::PinLocked,
        RvError::PinExpired | RvError::UserPinNotInitialized => TokenFault::PinUnset,
        RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange => match after() {
            PinState::Locked => TokenFault::PinLocked,
            state => TokenFault::PinWrong(state),
        },
        RvError::TokenNotPresent | RvError::DeviceRemoved | RvError::TokenNotRecognized => TokenFault::Gone,
        _ => driver(error),
    }
}

fn driver(error: Error) -> TokenFault {
    match &error {
        Error::Pkcs11(
            RvError::TokenNotPresent | RvError::DeviceRemoved | RvError::SessionHandleInvalid,
            _,
        ) => TokenFault::Gone,
        _ => TokenFault::Driver(error.to_string()),
    }
}

/// A key between the PIN and the end of the job.
struct Opened<'a> {
    session: &'a Session,
    key: ObjectHandle,
    offered: &'a Offered,
    kind: KeyKind,
    /// The token makes the digest of RSA itself.
    hashes: bool,
}

impl Signer for Opened<'_> {
    fn certificate(&self) -> &Certificate {
        &self.offered.certificate
    }

    fn chain(&self) -> &[Certificate] {
        &self.offered.chain
    }

    fn kind(&self) -> Result<KeyKind, Fault> {
        Ok(self.kind)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let ask = |mechanism: &Mechanism<'_>, bytes: &[u8]| {
            self.session.sign(mechanism, self.key, bytes).map_err(|error| Fault::Signer(error.to_string()))
        };
        let digest = self.kind.digest(message);
        match self.kind {
            KeyKind::Rsa if self.hashes => ask(&Mechanism::Sha256RsaPkcs, message),
            KeyKind::Rsa => ask(&Mechanism::RsaPkcs, &[SHA256_HEAD.as_slice(), &digest].concat()),
            KeyKind::P256 | KeyKind::P384 => pades::ecdsa_der(&ask(&Mechanism::Ecdsa, &digest)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cryptoki::context::Function;

    #[test]
    fn what_the_driver_says_of_a_pin_is_told() {
        let told = |said: RvError, after: PinState| refused(Error::Pkcs11(said, Function::Login), || after);
        assert_eq!(told(RvError::PinIncorrect, PinState::Low), TokenFault::PinWrong(PinState::Low));
        assert_eq!(told(RvError::PinIncorrect, PinState::Last), TokenFault::PinWrong(PinState::Last));
        assert_eq!(told(RvError::PinIncorrect, PinState::Locked), TokenFault::PinLocked);
        assert_eq!(told(RvError::PinLenRange, PinState::Low), TokenFault::PinWrong(PinState::Low));
        assert_eq!(told(RvError::PinLocked, PinState::Fresh), TokenFault::PinLocked);
        assert_eq!(told(RvError::PinExpired, PinState::Fresh), TokenFault::PinUnset);
        assert_eq!(told(RvError::DeviceRemoved, PinState::Fresh), TokenFault::Gone);
        assert!(matches!(told(RvError::DeviceError, PinState::Fresh), TokenFault::Driver(_)));
    }
}
