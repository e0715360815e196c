//! A message that only one browser can read (RFC 8291 over RFC 8188, aes128gcm), and the name under which we send it
//! (VAPID, RFC 8292). With `ring`, which is in the tree already as the provider of TLS: elliptic curve, HKDF and AES-GCM are
//! there, and a crate for web push would bring a second set of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use platform::{Error, Result};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;

/// One record holds all: longer messages do not pass every push service.
const RECORD: u32 = 4_096;
/// What fits into it: the record without its tag, its end mark and the head.
pub(super) const PLAIN_MAX: usize = 3_900;

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn broken<E>(_: E) -> Error {
    Error::internal("web push: a key that is none")
}

fn derived(salt: &[u8], secret: &[u8], info: &[u8], out: &mut [u8]) -> Result<()> {
    let key = Salt::new(HKDF_SHA256, salt).extract(secret);
    let parts = [info];
    key.expand(&parts, Length(out.len())).and_then(|okm| okm.fill(out)).map_err(broken)
}

/// The body of a push request.
///
/// # Errors
/// When the browser's key is no point of the curve.
pub(super) fn sealed(their_key: &[u8], their_secret: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let random = SystemRandom::new();
    let mine = EphemeralPrivateKey::generate(&ECDH_P256, &random).map_err(broken)?;
    let my_key = mine.compute_public_key().map_err(broken)?;
    let mut salt = [0u8; 16];
    random.fill(&mut salt).map_err(broken)?;
    agree_ephemeral(mine, &UnparsedPublicKey::new(&ECDH_P256, their_key), |secret| {
        body(secret, their_key, their_secret, my_key.as_ref(), &salt, plain)
    })
    .map_err(broken)?
}

/// The same, with everything that is chance given.
fn body(
    secret: &[u8],
    their_key: &[u8],
    their_secret: &[u8],
    my_key: &[u8],
    salt: &[u8; 16],
    plain: &[u8],
) -> Result<Vec<u8>> {
    let mut material = [0u8; 32];
    let info = [b"WebPush: info\0".as_slice(), their_key, my_key].concat();
    derived(their_secret, secret, &info, &mut material)?;
    let (mut key, mut nonce) = ([0u8; 16], [0u8; 12]);
    derived(salt, &material, b"Content-Encoding: aes128gcm\0", &mut key)?;
    derived(salt, &material, b"Content-Encoding: nonce\0", &mut nonce)?;
    // The mark of the last record.
    let mut text = [plain, &[2]].concat();
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).map_err(broken)?);
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut text).map_err(broken)?;
    let length = u8::try_from(my_key.len()).map_err(broken)?;
    let record = RECORD.to_be_bytes();
    Ok([salt.as_slice(), record.as_slice(), [length].as_slice(), my_key, text.as_slice()].concat())
}

/// A new pair of keys: the private one (PKCS#8) and the public point.
pub(super) fn pair() -> Result<(Vec<u8>, Vec<u8>)> {
    let private = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
    let private = private.map_err(broken)?.as_ref().to_vec();
    let public = opened(&private)?.public_key().as_ref().to_vec();
    Ok((private, public))
}

fn opened(private: &[u8]) -> Result<EcdsaKeyPair> {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, private, &SystemRandom::new()).map_err(broken)
}

/// The header `Authorization` for the push service at `origin`, good until `until` (seconds since 1970).
pub(super) fn vapid(private: &[u8], public: &str, origin: &str, who: &str, until: i64) -> Result<String> {
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(json!({ "typ": "JWT", "alg": "ES256" }));
    let said = part(json!({ "aud": origin, "exp": until, "sub": who }));
    let token = format!("{head}.{said}");
    let signature = opened(private)?.sign(&SystemRandom::new(), token.as_bytes()).map_err(broken)?;
    Ok(format!("vapid t={token}.{}, k={public}", URL_SAFE_NO_PAD.encode(signature.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as Verifier};

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    #[test]
    fn the_example_of_rfc_8291_comes_out() {
        let their_key =
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let my_key =
            bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        let secret = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let salt: [u8; 16] = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let plain = b"When I grow up, I want to be a watermelon";
        let made =
            body(&secret, &their_key, &bytes("BTBZMqHH6r4Tts7J_aSIgg"), &my_key, &salt, plain).unwrap();
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(URL_SAFE_NO_PAD.encode(made), expected);
    }

    #[test]
    fn a_key_that_is_no_point_is_an_error_and_each_message_is_another() {
        assert!(sealed(&[4; 65], &[1; 16], b"x").is_err());
        assert!(sealed(b"", &[1; 16], b"x").is_err());
        let (_, public) = pair().unwrap();
        assert_ne!(sealed(&public, &[1; 16], b"x").unwrap(), sealed(&public, &[1; 16], b"x").unwrap());
    }

    #[test]
    fn the_name_of_the_sender_is_signed() {
        let (private, public) = pair().unwrap();
        let told = vapid(&private, "K", "https://push.example", "https://xa.example", 1_800_000_000).unwrap();
        let token = told.strip_prefix("vapid t=").unwrap().strip_suffix(", k=K").unwrap();
        let (text, signature) = token.rsplit_once('.').unwrap();
        let verifier = Verifier::new(&ECDSA_P256_SHA256_FIXED, &public);
        verifier.verify(text.as_bytes(), &bytes(signature)).unwrap();
        let said: serde_json::Value =
            serde_json::from_slice(&bytes(text.split_once('.').unwrap().1)).unwrap();
        assert_eq!(said["aud"], "https://push.example");
    }
}
