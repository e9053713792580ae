//! The specification's PRF vectors, and keys that another implementation derived from their outputs.

use hkdf::hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use storefront_privacy::passkey::prf::{KeyUse, Output, salt};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../vectors/passkey/prf.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// The authenticator's half is CTAP 2.1 §12.5: HMAC-SHA-256 of the salt under the credential's own random.
#[test]
fn the_specifications_vectors_are_met() {
    let vectors = vectors();
    let evaluations = vectors["evaluations"].as_array().unwrap();
    assert_eq!(evaluations.len(), 2);
    for case in evaluations {
        let salt = salt(&bytes(&case["input"]));
        assert_eq!(salt.as_slice(), bytes(&case["salt"]));
        let mut mac = Hmac::<Sha256>::new_from_slice(&bytes(&vectors["authenticator_cred_random"])).unwrap();
        mac.update(&salt);
        assert_eq!(mac.finalize().into_bytes().as_slice(), bytes(&case["output"]));
    }
}

#[test]
fn keys_are_those_that_another_implementation_derives() {
    let vectors = vectors();
    for case in vectors["keys"].as_array().unwrap() {
        let use_ = [KeyUse::AesGcm, KeyUse::Hmac, KeyUse::Hkdf]
            .into_iter()
            .find(|use_| use_.as_str() == case["use"])
            .unwrap();
        let output = Output::take(&mut bytes(&case["output"])).unwrap();
        let key = output.derive(use_, case["purpose"].as_str().unwrap()).unwrap();
        assert_eq!(key.as_slice(), bytes(&case["key"]));
    }
}

#[test]
fn what_is_taken_is_overwritten() {
    for length in [0, 31, 32, 33, 64] {
        let mut bytes = vec![7; length];
        let taken = Output::take(&mut bytes);
        assert!(bytes.iter().all(|byte| *byte == 0), "{length}");
        match taken {
            Ok(_) => assert_eq!(length, 32),
            Err(error) => assert_eq!(
                (error.code(), error.message()),
                ("passkey.response-invalid", "prf: expected 32 bytes")
            ),
        }
    }
}

#[test]
fn a_purpose_is_a_name() {
    let output = Output::take(&mut [7; 32]).unwrap();
    for purpose in [String::new(), "x".repeat(257), "é".repeat(129)] {
        let error = output.derive(KeyUse::Hmac, &purpose).unwrap_err();
        assert_eq!(
            (error.code(), error.message()),
            ("input.invalid", "prf: expected a purpose of 1 to 256 bytes")
        );
    }
    assert!(output.derive(KeyUse::Hmac, &"é".repeat(128)).is_ok());
}
