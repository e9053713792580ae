//! Authenticator data, attestation objects and client data, read from bytes that anybody may have made.

use serde_json::json;
use storefront_privacy::passkey::{AttestationObject, AuthenticatorData, ClientData};

use crate::generate::{Source, cases};

/// {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053 §7.1.1)
fn key() -> Vec<u8> {
    let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
    key.extend([1; 32]);
    key.extend(b"\x22\x58\x20");
    key.extend([2; 32]);
    key
}

fn attested_data() -> Vec<u8> {
    let mut data = vec![9; 32];
    data.push(0xdd);
    data.extend(7_u32.to_be_bytes());
    data.extend([
        0xea, 0x9b, 0x8d, 0x66, 0x4d, 0x01, 0x1d, 0x21, 0x3c, 0xe4, 0xb6, 0xb4, 0x8c, 0xb5, 0x75, 0xd4,
    ]);
    data.extend([0, 3, 4, 5, 6]);
    data.extend(key());
    // {"credProtect": 2}
    data.extend(b"\xa1\x6bcredProtect\x02");
    data
}

fn object(data: &[u8]) -> Vec<u8> {
    let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
    object.push(u8::try_from(data.len()).unwrap());
    object.extend(data);
    object
}

#[test]
fn what_an_authenticator_said_is_read() {
    let object = AttestationObject::read(&object(&attested_data())).unwrap();
    assert_eq!((object.format.as_str(), object.statement.as_slice()), ("none", b"\xa0".as_slice()));
    let data = object.authenticator_data;
    assert_eq!((data.rp_id_hash, data.sign_count), ([9; 32], 7));
    assert!(data.user_present && data.user_verified && data.backup_eligible && data.backed_up);
    assert_eq!(data.extensions.as_deref(), Some(b"\xa1\x6bcredProtect\x02".as_slice()));
    let attested = data.attested.unwrap();
    assert_eq!(attested.aaguid(), "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4");
    assert_eq!((attested.id, attested.algorithm, attested.public_key), (vec![4, 5, 6], -7, key()));
}

#[test]
fn client_data_is_read_with_what_is_to_come() {
    let text = json!({
        "type": "webauthn.get", "challenge": "AQID", "origin": "https://shop.example", "crossOrigin": true,
        "topOrigin": "https://paper.example", "extraData": "later",
    });
    let data = ClientData::read(text.to_string().as_bytes()).unwrap();
    assert_eq!(data.challenge, [1, 2, 3]);
    assert_eq!(data.top_origin.as_deref(), Some("https://paper.example"));
    assert!(data.cross_origin);
    for text in ["", "null", "{}", r#"{"type":"webauthn.get","challenge":"!","origin":"x"}"#] {
        assert_eq!(ClientData::read(text.as_bytes()).unwrap_err().code(), "passkey.response-invalid");
    }
}

#[test]
fn every_cut_and_every_addition_is_refused() {
    let whole = object(&attested_data());
    for length in 0..whole.len() {
        assert!(AttestationObject::read(&whole[..length]).is_err(), "cut at {length}");
    }
    assert!(AttestationObject::read(&[whole, vec![0]].concat()).is_err());
    let data = attested_data();
    for length in 0..data.len() {
        assert!(AuthenticatorData::read(&data[..length]).is_err(), "cut at {length}");
    }
    assert!(AuthenticatorData::read(&[data, vec![0]].concat()).is_err());
}

#[test]
fn hostile_bytes_are_refused_and_cost_nothing() {
    for bytes in [
        // A map of 2^64 - 1 entries, nested arrays, a length beyond the end, indefinite lengths, a tag.
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        [vec![0xa1, 0x61, b'x'], vec![0x81; 4096], vec![0]].concat(),
        b"\xa1\x61x\x5b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        b"\xbf\xff".to_vec(),
        b"\xa1\x61x\xc0\x00".to_vec(),
    ] {
        assert_eq!(AttestationObject::read(&bytes).unwrap_err().code(), "passkey.response-invalid");
    }
    let mut source = Source::new(71);
    let seed = object(&attested_data());
    for _ in 0..cases(60_000) {
        let mut bytes = seed.clone();
        for _ in 0..=source.below(4) {
            let at = source.below(bytes.len());
            match source.below(3) {
                0 => bytes[at] = u8::try_from(source.below(256)).unwrap(),
                1 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, u8::try_from(source.below(256)).unwrap()),
            }
        }
        if let Err(error) = AttestationObject::read(&bytes) {
            assert_eq!(error.code(), "passkey.response-invalid");
        }
        if let Err(error) = AuthenticatorData::read(&bytes) {
            assert_eq!(error.code(), "passkey.response-invalid");
        }
    }
}
