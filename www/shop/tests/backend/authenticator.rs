//! An authenticator that keeps one passkey: WebAuthn Level 3 §6, as much of it as a registration and an
//! authentication take.

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use storefront_privacy::codec::base64url::{decode, encode};
use storefront_service::random;

/// User present, user verified (§6.1).
const PRESENT_AND_VERIFIED: u8 = 0x05;
/// Attested credential data included.
const ATTESTED: u8 = 0x40;

pub(crate) struct Authenticator {
    key: SigningKey,
    id: [u8; 16],
    user: String,
    counter: u32,
    origin: String,
}

impl Authenticator {
    /// Answers registration options with a new passkey.
    pub(crate) fn create(options: &Value, origin: &str) -> (Self, Value) {
        let options = &options["publicKey"];
        let authenticator = Self {
            key: SigningKey::from_slice(&random::bytes::<32>().unwrap()).unwrap(),
            id: random::bytes().unwrap(),
            user: options["user"]["id"].as_str().unwrap().to_owned(),
            counter: 0,
            origin: origin.to_owned(),
        };
        let client_data = authenticator.client_data("webauthn.create", options);
        let data = authenticator.attested_data();
        // {"fmt": "none", "attStmt": {}, "authData": data} (§6.5.4)
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attestation.push(u8::try_from(data.len()).unwrap());
        attestation.extend(data);
        let credential = authenticator.credential(&json!({
            "attestationObject": encode(&attestation),
            "clientDataJSON": encode(client_data.as_bytes()),
            "transports": ["internal"],
        }));
        (authenticator, credential)
    }

    /// Answers authentication options.
    pub(crate) fn get(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", &options["publicKey"]);
        let data = self.data(PRESENT_AND_VERIFIED);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client_data.as_bytes()));
        let signature: Signature = self.key.sign(&signed);
        self.credential(&json!({
            "authenticatorData": encode(&data),
            "clientDataJSON": encode(client_data.as_bytes()),
            "signature": encode(signature.to_der().as_bytes()),
            "userHandle": self.user,
        }))
    }

    pub(crate) fn id(&self) -> String {
        encode(&self.id)
    }

    fn credential(&self, response: &Value) -> Value {
        let id = self.id();
        json!({
            "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
        })
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let challenge = options["challenge"].as_str().unwrap();
        assert!(decode(challenge).unwrap().len() >= 16, "§13.4.3: challenges of at least 16 bytes");
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(b"localhost").to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn attested_data(&self) -> Vec<u8> {
        let mut data = self.data(PRESENT_AND_VERIFIED | ATTESTED);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        let point = self.key.verifying_key().to_sec1_point(false);
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053 §7.1.1)
        data.extend(b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20");
        data.extend(point.x().unwrap());
        data.extend(b"\x22\x58\x20");
        data.extend(point.y().unwrap());
        data
    }
}
