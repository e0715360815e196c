//! A device that keeps passkeys, as software: makes keys and answers questions as phones do (WebAuthn level 2, ES256,
//! attestation "none").

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_KEY: u8 = 0x40;

/// One passkey in its device.
pub struct Device {
    pub origin: String,
    pub rp: String,
    /// Grows with each use; 0 for devices without a counter.
    pub counter: u32,
    /// The device checks finger, face or PIN.
    pub verifies: bool,
    key: EcdsaKeyPair,
    pub credential: Vec<u8>,
    pub owner: Vec<u8>,
}

impl Device {
    pub fn new() -> Device {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &random).unwrap();
        let credential = digest(&SHA256, key.public_key().as_ref()).as_ref().to_vec();
        Device {
            origin: "https://giaphu.example".into(),
            rp: "giaphu.example".into(),
            counter: 0,
            verifies: true,
            key,
            credential,
            owner: Vec::new(),
        }
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = digest(&SHA256, self.rp.as_bytes()).as_ref().to_vec();
        data.push(PRESENT | verified | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, asked: &Value) -> Vec<u8> {
        let challenge = &asked["publicKey"]["challenge"];
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    /// Answers the question for a new key.
    pub fn make(&mut self, asked: &Value) -> Value {
        self.owner = URL_SAFE_NO_PAD.decode(asked["publicKey"]["user"]["id"].as_str().unwrap()).unwrap();
        let mut data = self.data(WITH_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.credential.len()).unwrap().to_be_bytes());
        data.extend(&self.credential);
        let point = self.key.public_key().as_ref();
        // The key in COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        data.extend([0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..65]);
        let mut object = vec![0xA3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xA0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = self.client("webauthn.create", asked);
        let id = URL_SAFE_NO_PAD.encode(&self.credential);
        json!({ "id": id, "rawId": id, "type": "public-key", "extensions": {}, "response": {
            "attestationObject": URL_SAFE_NO_PAD.encode(object),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client), "transports": ["internal"] } })
    }

    /// Answers the question at the door.
    pub fn answer(&mut self, asked: &Value) -> Value {
        if self.counter > 0 {
            self.counter += 1;
        }
        let (data, client) = (self.data(0), self.client("webauthn.get", asked));
        let mut signed = data.clone();
        signed.extend(digest(&SHA256, &client).as_ref());
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let id = URL_SAFE_NO_PAD.encode(&self.credential);
        json!({ "id": id, "rawId": id, "type": "public-key", "extensions": {}, "response": {
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
            "signature": URL_SAFE_NO_PAD.encode(signature.as_ref()),
            "userHandle": URL_SAFE_NO_PAD.encode(&self.owner) } })
    }
}
