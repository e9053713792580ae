use storefront_privacy::codec::json;
use storefront_privacy::payment::{Alg, KeySet, Opener, PublicKey};

use super::code;
use crate::generate::{Source, cases};

/// The recipient's key of RFC 7518, Appendix C.
const KEY: &str = r#"{"kty":"EC","crv":"P-256","kid":"bob","alg":"ECDH-ES","use":"enc","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ","y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"}"#;

/// The same key with a part of its text replaced, which must be there.
#[track_caller]
fn with(part: &str, replacement: &str) -> String {
    assert!(KEY.contains(part), "{part}");
    KEY.replacen(part, replacement, 1)
}

#[test]
fn a_key_is_read_and_written() {
    let key = PublicKey::parse(KEY).unwrap();
    assert_eq!((key.kid(), key.alg()), ("bob", Alg::EcdhEs));
    let canonical = json::parse(KEY).unwrap().to_canonical().unwrap();
    assert_eq!(key.to_jwk(), canonical);
    let again = PublicKey::parse(&key.to_jwk()).unwrap();
    assert_eq!(again.to_jwk(), key.to_jwk());
}

#[test]
fn members_that_are_not_known_are_ignored() {
    assert!(PublicKey::parse(&with("{", r#"{"x5t":"a","ext":true,"key_ops":[],"#)).is_ok());
}

#[test]
fn a_malformed_key_is_refused() {
    for text in [
        "",
        "[]",
        "null",
        "\"key\"",
        "{}",
        r#"{"keys":1}"#,
        &with(r#","kid":"bob""#, ""),
        &with("\"bob\"", "\"\""),
        &with("\"bob\"", "\"b b\""),
        &with("\"bob\"", "7"),
        &with("\"bob\"", &format!("\"{}\"", "k".repeat(129))),
        &with(r#","use":"enc""#, ""),
        &with("\"enc\"", "\"sig\""),
        // Off the curve, out of the field, at infinity, too short, too long, not canonical, padded.
        &with("weNJ", "weNK"),
        &with(
            "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
            "_____________________________________________w",
        ),
        &with("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        &with("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", ""),
        &with("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", "weNJ"),
        &with("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", "AMHjScth7HAkjOgBA0w4NOG4jr4RYcslrzh0H3hfz8TE"),
        &with("PxMQ", "PxMR"),
        &with("PxMQ", "PxMQ="),
        &with(r#","y""#, r#","z""#),
        // Twice, and private.
        &with("{", r#"{"kty":"EC","#),
        &with("{", r#"{"d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw","#),
    ] {
        assert_eq!(code(PublicKey::parse(text)), "payment.key-invalid", "{text}");
    }
}

#[test]
fn a_key_for_something_else_is_not_supported() {
    for text in [
        &with("\"ECDH-ES\"", "\"ECDH-ES+A128KW\""),
        &with("\"ECDH-ES\"", "\"RSA-OAEP-256\""),
        &with("\"ECDH-ES\"", "\"RSA1_5\""),
        &with("\"EC\"", "\"OKP\""),
        &with("P-256", "P-384"),
        r#"{"keys":[]}"#,
        r#"{"keys":[{"kty":"RSA","alg":"RSA-OAEP","kid":"r","use":"enc","n":"AQAB","e":"AQAB"}]}"#,
    ] {
        assert_eq!(code(PublicKey::parse(text)), "payment.key-unsupported", "{text}");
    }
}

#[test]
fn the_first_usable_key_of_a_set_is_taken() {
    let rsa = r#"{"kty":"RSA","alg":"RSA-OAEP","kid":"r","use":"enc","n":"AQAB","e":"AQAB"}"#;
    let second = with("\"bob\"", "\"second\"");
    let set = format!(r#"{{"keys":[{rsa},{KEY},{second}]}}"#);
    assert_eq!(PublicKey::parse(&set).unwrap().kid(), "bob");
    let set = KeySet::parse(&set).unwrap();
    assert_eq!(set.keys().iter().map(PublicKey::kid).collect::<Vec<_>>(), ["bob", "second"]);
    assert_eq!(set.get("second").unwrap().kid(), "second");
    assert!(set.get("r").is_none());

    assert_eq!(code(KeySet::parse(&format!(r#"{{"keys":[{KEY},{KEY}]}}"#))), "payment.key-invalid");
    assert_eq!(
        code(KeySet::parse(&format!(r#"{{"keys":[{}]}}"#, with("weNJ", "weNK")))),
        "payment.key-invalid"
    );
    assert_eq!(code(KeySet::parse(KEY)), "payment.key-invalid");
}

#[test]
fn a_private_key_is_exported_and_imported() {
    let opener = Opener::generate("2026-11").unwrap();
    let again = Opener::from_jwk(&opener.to_jwk()).unwrap();
    assert_eq!(again.public_jwk(), opener.public_jwk());
    assert_eq!(again.to_jwk(), opener.to_jwk());
    assert!(!opener.public_jwk().contains("\"d\""));
    assert_ne!(Opener::generate("2026-11").unwrap().public_jwk(), opener.public_jwk());
    assert_eq!(code(Opener::generate("")), "payment.key-invalid");
    assert_eq!(code(Opener::generate("a b")), "payment.key-invalid");
    assert_eq!(code(PublicKey::parse(&opener.to_jwk())), "payment.key-invalid");
}

#[test]
fn a_private_key_that_is_none_is_refused() {
    let private = |d: &str| Opener::from_jwk(&with("{", &format!(r#"{{"d":"{d}","#)));
    assert!(private("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw").is_ok());
    for d in [
        "",
        "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "_____________________________________________w",
        "VEmD",
        "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw=",
    ] {
        assert_eq!(code(private(d)), "payment.key-invalid", "{d}");
    }
    assert_eq!(code(Opener::from_jwk(KEY)), "payment.key-invalid");
    assert_eq!(code(Opener::from_jwk("{")), "payment.key-invalid");
}

#[test]
fn any_text_is_a_key_or_refused() {
    let mut source = Source::new(21);
    for _ in 0..cases(5_000) {
        let text = source.mutate(KEY, "\"{}[]:,aZ09-_=\\ ");
        if let Err(error) = PublicKey::parse(&text) {
            assert!(["payment.key-invalid", "payment.key-unsupported"].contains(&error.code()), "{error}");
        }
        let _ = KeySet::parse(&format!("{{\"keys\":[{text}]}}"));
    }
}
