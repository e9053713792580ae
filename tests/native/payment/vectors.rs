//! Published vectors of the formats: each file says where it is from.

use hpke::aead::{Aead, AesGcm128, AesGcm256};
use hpke::kdf::HkdfSha256;
use hpke::kem::{DhP256HkdfSha256, X25519HkdfSha256};
use hpke::{Deserializable as _, Kem, OpModeR, Serializable as _};
use serde_json::Value;
use storefront_privacy::codec::base64url;
use storefront_privacy::payment::envelope::ecdh::concat_kdf;
use storefront_privacy::payment::{Alg, Opener};

use super::code;

fn file(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The plaintext that the JOSE working group's vectors share.
const ELVES: &str = "You can trust us to stick with you through thick and thin";

/// draft-ietf-jose-hpke-encrypt (HPKE-7) and draft-ietf-jose-hpke-pq-pqt (HPKE-9): compact and flattened, the latter with
/// additional authenticated data.
#[test]
fn jose_hpke_7_and_9() {
    let vectors = file(include_str!("../../vectors/payment/jose-hpke.json"));
    let mut seen = Vec::new();
    for vector in vectors["vectors"].as_array().unwrap() {
        let mut jwk = vector["jwk"].clone();
        jwk["use"] = "enc".into();
        let opener = Opener::from_jwk(&jwk.to_string()).unwrap();
        for envelope in [vector["compact"].as_str().unwrap().to_owned(), vector["flattened"].to_string()] {
            let plaintext = String::from_utf8(opener.hazmat_decrypt(&envelope).unwrap().to_vec()).unwrap();
            assert!(plaintext.contains("thick and thin"), "{plaintext}");
            assert!(plaintext.is_ascii() || plaintext.len() > ELVES.len());
        }
        // Without the additional data it does not open.
        let mut bare = vector["flattened"].clone();
        bare.as_object_mut().unwrap().remove("aad");
        assert_eq!(code(opener.hazmat_decrypt(&bare.to_string())), "payment.envelope-invalid");
        seen.push(vector["alg"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen, [Alg::Hpke7.as_str(), Alg::Hpke9.as_str()]);
}

/// RFC 9180, base mode, for the KEMs and ciphers that are used here.
#[test]
fn rfc_9180_base_mode() {
    let vectors = file(include_str!("../../vectors/payment/hpke.json"));
    let mut run = 0;
    for vector in vectors["vectors"].as_array().unwrap() {
        run += match (vector["kem_id"].as_u64().unwrap(), vector["aead_id"].as_u64().unwrap()) {
            (16, 1) => base_mode::<AesGcm128, DhP256HkdfSha256>(vector),
            (16, 2) => base_mode::<AesGcm256, DhP256HkdfSha256>(vector),
            (32, 1) => base_mode::<AesGcm128, X25519HkdfSha256>(vector),
            (32, 2) => base_mode::<AesGcm256, X25519HkdfSha256>(vector),
            other => panic!("{other:?}"),
        };
    }
    assert_eq!(run, 16);
}

fn base_mode<A: Aead, K: Kem>(vector: &Value) -> usize {
    let bytes = |value: &Value| hexadecimal(value.as_str().unwrap());
    let (private, public) = K::derive_keypair(&bytes(&vector["ikmR"]));
    assert_eq!(public.to_bytes().as_slice(), bytes(&vector["pkRm"]));
    let encapsulated = K::EncappedKey::from_bytes(&bytes(&vector["enc"])).unwrap();
    let mode = OpModeR::Base;
    let info = bytes(&vector["info"]);
    let mut receiver =
        hpke::setup_receiver::<A, HkdfSha256, K>(&mode, &private, &encapsulated, &info).unwrap();
    let encryptions = vector["encryptions"].as_array().unwrap();
    for encryption in encryptions {
        let sealed = bytes(&encryption["ct"]);
        let (content, tag) = sealed.split_at(sealed.len() - 16);
        let mut content = content.to_vec();
        let tag = hpke::aead::AeadTag::<A>::from_bytes(tag).unwrap();
        receiver
            .open_inout_detached(content.as_mut_slice().into(), &bytes(&encryption["aad"]), &tag)
            .unwrap();
        assert_eq!(content, bytes(&encryption["pt"]));
    }
    encryptions.len()
}

fn hexadecimal(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// RFC 7516, Appendix A.1: RSA-OAEP with SHA-1, which no key may be for here; the content is A256GCM.
#[test]
fn rfc_7516_appendix_a_1() {
    let vector = file(include_str!("../../vectors/payment/rfc7516-a1.json"));
    let compact = vector["compact"].as_str().unwrap();
    let content_key = unwrap_with_sha1(&vector["jwk"], compact);
    assert_eq!(content_key, bytes_of(&vector["cek"]));
    assert_eq!(decrypt(&content_key, compact), vector["plaintext"].as_str().unwrap().as_bytes());
    // As a whole it is refused: its algorithm is not one that is known here.
    let mut jwk = vector["jwk"].clone();
    for (name, value) in [("kid", "a1"), ("use", "enc"), ("alg", "RSA-OAEP-256")] {
        jwk[name] = value.into();
    }
    let opener = Opener::from_jwk(&jwk.to_string()).unwrap();
    assert_eq!(code(opener.hazmat_decrypt(compact)), "payment.envelope-invalid");
}

/// RFC 7520, §5.2: A256GCM content; the key encryption is RSA-OAEP with SHA-1 again. §5.5: ECDH-ES on P-256, of which the key
/// agreement is the one that is used here; that its key is right tells the tag of A128CBC-HS256 (RFC 7518 §5.2.2).
#[test]
fn rfc_7520_section_5() {
    use hmac::{KeyInit as _, Mac as _};
    let vector = file(include_str!("../../vectors/payment/rfc7520-5.json"));
    let compact = vector["5.2"]["compact"].as_str().unwrap();
    let content_key = unwrap_with_sha1(&vector["5.2"]["jwk"], compact);
    assert_eq!(decrypt(&content_key, compact), vector["plaintext"].as_str().unwrap().as_bytes());

    let compact = vector["5.5"]["compact"].as_str().unwrap();
    let parts: Vec<_> = compact.split('.').map(|part| base64url::decode(part).unwrap()).collect();
    let header: Value = serde_json::from_slice(&parts[0]).unwrap();
    let member = |key: &Value, name: &str| base64url::decode(key[name].as_str().unwrap()).unwrap();
    let private = p256::SecretKey::from_slice(&member(&vector["5.5"]["jwk"], "d")).unwrap();
    let point = [vec![4], member(&header["epk"], "x"), member(&header["epk"], "y")].concat();
    let shared = private.diffie_hellman(&p256::PublicKey::from_sec1_bytes(&point).unwrap());
    let mut key = [0; 32];
    concat_kdf(shared.raw_secret_bytes(), "A128CBC-HS256", b"", b"", &mut key).unwrap();
    let aad = compact.split('.').next().unwrap().as_bytes();
    let bits = u64::try_from(aad.len() * 8).unwrap().to_be_bytes();
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&key[..16]).unwrap();
    for part in [aad, &parts[2], &parts[3], &bits] {
        mac.update(part);
    }
    assert_eq!(mac.finalize().into_bytes()[..16], parts[4]);
}

fn unwrap_with_sha1(jwk: &Value, compact: &str) -> Vec<u8> {
    let number = |name: &str| {
        let bytes = base64url::decode(jwk[name].as_str().unwrap()).unwrap();
        rsa::BoxedUint::from_be_slice_vartime(&bytes)
    };
    let primes = vec![number("p"), number("q")];
    let key = rsa::RsaPrivateKey::from_components(number("n"), number("e"), number("d"), primes).unwrap();
    let encrypted_key = base64url::decode(compact.split('.').nth(1).unwrap()).unwrap();
    key.decrypt(rsa::Oaep::<sha1::Sha1>::new(), &encrypted_key).unwrap()
}

fn decrypt(key: &[u8], compact: &str) -> Vec<u8> {
    use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
    let parts: Vec<_> = compact.split('.').collect();
    let bytes = |index: usize| base64url::decode(parts[index]).unwrap();
    let sealed = [bytes(3), bytes(4)].concat();
    aes_gcm::Aes256Gcm::new_from_slice(key)
        .unwrap()
        .decrypt(&bytes(2).as_slice().try_into().unwrap(), Payload { msg: &sealed, aad: parts[0].as_bytes() })
        .unwrap()
}

fn bytes_of(value: &Value) -> Vec<u8> {
    value.as_array().unwrap().iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect()
}
