//! What holds for the envelopes of every family.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde_json::Value;
use storefront_privacy::codec::base64url;
use storefront_privacy::payment::envelope::jwe::Serialization;
use storefront_privacy::payment::envelope::{Content, Order};
use storefront_privacy::payment::{Address, Alg, Expected, Opener, PublicKey, Sealer};

use super::{MERCHANT, NOW, ORIGIN, card, card_of, code, expected, order, sealer_for};
use crate::generate::{Source, cases};

/// A key of each algorithm, named as it; making one for RSA takes seconds.
static OPENERS: LazyLock<Vec<Opener>> = LazyLock::new(|| {
    let rsa = include_str!("../../vectors/payment/rsa-3072.jwk.json");
    Alg::ALL
        .iter()
        .map(|alg| match alg {
            Alg::RsaOaep256 => Opener::from_jwk(rsa).unwrap(),
            alg => Opener::generate_for(alg.as_str(), *alg).unwrap(),
        })
        .collect()
});

fn address() -> Address {
    Address::parse("Ada \"L\" Winter", &["Flat 7", "12 Moor Lane"], "Łódź", "", "90-001", "PL", "+48 42 000")
        .unwrap()
}

fn decoded(envelope: &str) -> Value {
    serde_json::from_slice(&base64url::decode(envelope.split('.').next().unwrap()).unwrap()).unwrap()
}

#[test]
fn what_was_sealed_is_opened_once() {
    for opener in &*OPENERS {
        let sealer = sealer_for(opener);
        let alg = sealer.key().alg();
        for form in [Serialization::Compact, Serialization::Flattened] {
            let envelope = sealer.seal_content(Content::Card(&card()), &order(), NOW, form).unwrap();
            let mut seen = HashSet::new();
            let opened = opener.open(&envelope, &expected(&order()), &mut seen).unwrap();
            assert_eq!(opened.number().expose_digits(), "4242424242424242", "{alg:?} {form:?}");
            let again = opener.open(&envelope, &expected(&order()), &mut seen);
            assert_eq!(code(again), "payment.envelope-replayed", "{alg:?}");
        }
    }
}

#[test]
fn the_header_names_the_order_and_the_draft() {
    for opener in &*OPENERS {
        let envelope = sealer_for(opener).seal(&card(), &order(), NOW).unwrap();
        let header = decoded(&envelope);
        let alg = Alg::parse(header["alg"].as_str().unwrap()).unwrap();
        assert_eq!(header["draft"].as_str(), alg.draft());
        assert_eq!(header["enc"].as_str(), alg.content_encryption());
        assert_eq!(header["order"]["amount"], 4200);
        assert_eq!((header["iss"].as_str(), header["origin"].as_str()), (Some(MERCHANT), Some(ORIGIN)));
        assert_eq!(header["exp"].as_i64().unwrap() - header["iat"].as_i64().unwrap(), 600);
        let parts =
            envelope.split('.').map(|part| base64url::decode(part).unwrap().len()).collect::<Vec<_>>();
        let expected = match alg {
            Alg::EcdhEs => (0, 12, 16),
            Alg::EcdhEsA256Kw => (40, 12, 16),
            Alg::RsaOaep256 => (384, 12, 16),
            Alg::Hpke7 => (65, 0, 0),
            _ => (1120, 0, 0),
        };
        assert_eq!((parts[1], parts[2], parts[4]), expected, "{alg:?}");
    }
}

#[test]
fn another_order_merchant_origin_or_time_is_refused() {
    let other = Order::new("A-1002", 4_200, "EUR").unwrap();
    for opener in &*OPENERS {
        let envelope = sealer_for(opener).seal(&card(), &order(), NOW).unwrap();
        let refused = |expected: Expected<'_>| code(opener.open(&envelope, &expected, &mut HashSet::new()));
        let right = order();
        let right = expected(&right);
        assert_eq!(refused(Expected { order: &other, ..right }), "payment.order-mismatch");
        assert_eq!(refused(Expected { merchant: "other", ..right }), "payment.order-mismatch");
        assert_eq!(refused(Expected { origin: "https://evil.example", ..right }), "payment.order-mismatch");
        assert_eq!(refused(Expected { now: NOW + 600, ..right }), "payment.envelope-expired");
        assert_eq!(refused(Expected { now: NOW - 61, ..right }), "payment.envelope-expired");
    }
}

/// Whichever byte is changed: never a card, and of what cannot be decrypted never the reason.
#[test]
fn each_byte_that_is_changed_is_noticed() {
    for opener in &*OPENERS {
        let envelope = sealer_for(opener).seal(&card(), &order(), NOW).unwrap();
        let step = if envelope.len() > 2_000 { 23 } else { 7 };
        let header = envelope.find('.').unwrap();
        for position in (0..envelope.len()).step_by(step) {
            let mut bytes = envelope.clone().into_bytes();
            bytes[position] ^= 1;
            let found = code(opener.open(
                &String::from_utf8(bytes).unwrap(),
                &expected(&order()),
                &mut HashSet::new(),
            ));
            let allowed = found == "payment.envelope-invalid"
                || position < header
                    && matches!(found, "payment.envelope-expired" | "payment.order-mismatch");
            assert!(allowed, "{position}: {found}");
        }
    }
}

#[test]
fn several_recipients_open_the_same_envelope() {
    let pick = |alg| OPENERS.iter().find(|opener| sealer_for(opener).key().alg() == alg).unwrap();
    let (wrapped, rsa) = (pick(Alg::EcdhEsA256Kw), pick(Alg::RsaOaep256));
    let second = Opener::generate_for("second", Alg::EcdhEsA256Kw).unwrap();
    let key = |opener: &Opener| PublicKey::parse(&opener.public_jwk()).unwrap();
    let sealer = sealer_for(wrapped).with_recipient(key(rsa)).unwrap().with_recipient(key(&second)).unwrap();
    let envelope = sealer.seal(&card(), &order(), NOW).unwrap();
    for opener in [wrapped, rsa, &second] {
        let opened = opener.open(&envelope, &expected(&order()), &mut HashSet::new()).unwrap();
        assert_eq!(opened.code().unwrap().expose_digits(), "123");
    }
    let stranger = Opener::generate_for("stranger", Alg::EcdhEsA256Kw).unwrap();
    let refused = stranger.open(&envelope, &expected(&order()), &mut HashSet::new());
    assert_eq!(code(refused), "payment.envelope-invalid");

    // What is bound is protected for all of them, and one recipient's header does nothing for another.
    let value: Value = serde_json::from_str(&envelope).unwrap();
    let open = |value: &Value| rsa.open(&value.to_string(), &expected(&order()), &mut HashSet::new());
    assert!(open(&value).is_ok());
    let mut moved = value.clone();
    moved["recipients"][0]["encrypted_key"] = value["recipients"][1]["encrypted_key"].clone();
    moved["recipients"][1]["encrypted_key"] = value["recipients"][0]["encrypted_key"].clone();
    assert_eq!(code(open(&moved)), "payment.envelope-invalid");
    for member in ["unprotected", "header"] {
        let mut more = value.clone();
        more[member] = serde_json::json!({ "zip": "DEF" });
        assert_eq!(code(open(&more)), "payment.envelope-invalid", "{member}");
    }
    let mut twice = value.clone();
    twice["recipients"][1]["header"]["iss"] = MERCHANT.into();
    assert_eq!(code(open(&twice)), "payment.envelope-invalid");
    let mut aad = value;
    aad["aad"] = "YQ".into();
    assert_eq!(code(open(&aad)), "payment.envelope-invalid");

    let direct = Opener::generate("direct").unwrap();
    assert_eq!(code(sealer_for(wrapped).with_recipient(key(&direct)).map(drop)), "payment.key-unsupported");
    assert_eq!(code(sealer_for(wrapped).with_recipient(key(wrapped)).map(drop)), "payment.key-invalid");
    let general = Serialization::General;
    let refused = sealer_for(&direct).seal_content(Content::Card(&card()), &order(), NOW, general);
    assert_eq!(code(refused), "input.invalid");
}

/// The carrier learns where to, and nothing of the card; the processor nothing of the address.
#[test]
fn each_recipient_gets_what_it_needs() {
    for opener in &*OPENERS {
        let sealer = sealer_for(opener);
        let order = order();
        let form = Serialization::Compact;
        let envelope = sealer.seal_content(Content::Address(&address()), &order, NOW, form).unwrap();
        let opened = opener.open_address(&envelope, &expected(&order), &mut HashSet::new()).unwrap();
        assert_eq!((opened.recipient(), opened.city(), opened.country()), ("Ada \"L\" Winter", "Łódź", "PL"));
        assert_eq!(
            opened.lines().iter().map(|line| line.as_str()).collect::<Vec<_>>(),
            ["Flat 7", "12 Moor Lane"]
        );
        assert_eq!((opened.region(), opened.postal_code(), opened.phone()), ("", "90-001", "+48 42 000"));

        let crossed = opener.open(&envelope, &expected(&order), &mut HashSet::new());
        assert_eq!(code(crossed), "payment.envelope-invalid");
        let card = sealer.seal(&card(), &order, NOW).unwrap();
        let crossed = opener.open_address(&card, &expected(&order), &mut HashSet::new());
        assert_eq!(code(crossed), "payment.envelope-invalid");
    }
}

#[test]
fn an_address_has_its_parts() {
    let parse = |recipient: &str, lines: &[&str], city: &str, country: &str| {
        code(Address::parse(recipient, lines, city, "", "", country, ""))
    };
    for refused in [
        parse("", &["1"], "B", "DE"),
        parse("A", &[], "B", "DE"),
        parse("A", &["1", "2", "3", "4", "5"], "B", "DE"),
        parse("A", &[" "], "B", "DE"),
        parse("A", &["1"], "", "DE"),
        parse("A", &["1"], "B", "de"),
        parse("A", &["1"], "B", "DEU"),
        parse(&"a".repeat(101), &["1"], "B", "DE"),
        parse("A\u{7}", &["1"], "B", "DE"),
    ] {
        assert_eq!(refused, "input.invalid");
    }
}

/// Adyen's profile: <https://docs.adyen.com/online-payments/card-encryption-with-jwe>, and its CSE source.
#[test]
fn each_field_in_an_envelope_of_its_own() {
    for opener in &*OPENERS {
        let envelopes = sealer_for(opener).seal_fields(&card(), &order(), NOW).unwrap();
        let names: Vec<_> = envelopes.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["number", "expiryMonth", "expiryYear", "cvc"]);
        let texts = || envelopes.iter().map(|(_, envelope)| envelope.as_str());
        let mut seen = HashSet::new();
        let opened = opener.open_fields(texts(), "Ada Winter", &expected(&order()), &mut seen).unwrap();
        assert_eq!((opened.expiry().month(), opened.expiry().year()), (12, 2030));
        assert_eq!((opened.code().unwrap().expose_digits(), opened.name().as_str()), ("123", "Ada Winter"));
        let again = opener.open_fields(texts(), "Ada Winter", &expected(&order()), &mut seen);
        assert_eq!(code(again), "payment.envelope-replayed");

        let (_, number) = &envelopes[0];
        let plaintext = String::from_utf8(opener.hazmat_decrypt(number).unwrap().to_vec()).unwrap();
        assert_eq!(plaintext, r#"{"number":"4242424242424242","generationtime":"2026-11-23T00:00:00.000Z"}"#);
        assert_eq!(decoded(number)["version"], "1");

        // One is missing, there twice, or from another card.
        let other =
            sealer_for(opener).seal_fields(&card_of("5555555555554444", "999", "B"), &order(), NOW).unwrap();
        let open = |list: Vec<&str>| {
            code(opener.open_fields(list, "Ada Winter", &expected(&order()), &mut HashSet::new()))
        };
        let all: Vec<_> = texts().collect();
        assert_eq!(open(all[..3].to_vec()), "payment.envelope-invalid");
        assert_eq!(open(vec![all[0], all[0], all[2], all[3]]), "payment.envelope-invalid");
        assert_eq!(open(vec![all[0], all[1], all[2], other[3].1.as_str()]), "payment.envelope-invalid");
        assert_eq!(open(Vec::new()), "payment.envelope-invalid");
        // A field does not open as a card.
        assert_eq!(
            code(opener.open(all[0], &expected(&order()), &mut HashSet::new())),
            "payment.envelope-invalid"
        );
    }
}

#[test]
fn keys_are_exported_and_imported() {
    for opener in &*OPENERS {
        let again = Opener::from_jwk(&opener.to_jwk()).unwrap();
        assert_eq!(again.public_jwk(), opener.public_jwk());
        assert_eq!(*again.to_jwk(), *opener.to_jwk());
        let envelope = sealer_for(opener).seal(&card(), &order(), NOW).unwrap();
        assert!(again.open(&envelope, &expected(&order()), &mut HashSet::new()).is_ok());
        // A private key must not be where public ones are served.
        assert_eq!(code(PublicKey::parse(&opener.to_jwk())), "payment.key-invalid");
    }
    assert_eq!(code(Opener::generate_for("", Alg::Hpke9)), "payment.key-invalid");
}

#[test]
fn an_rsa_key_that_is_too_small_or_too_large_is_refused() {
    let key = |bits: usize| {
        let modulus = [vec![0x80], vec![0; bits / 8 - 2], vec![1]].concat();
        format!(
            r#"{{"kty":"RSA","kid":"r","alg":"RSA-OAEP-256","use":"enc","e":"AQAB","n":"{}"}}"#,
            base64url::encode(&modulus)
        )
    };
    for bits in [512, 1024, 2040] {
        assert_eq!(code(PublicKey::parse(&key(bits))), "payment.key-weak", "{bits}");
    }
    assert!(PublicKey::parse(&key(2048)).is_ok());
    assert!(PublicKey::parse(&key(4096)).is_ok());
    assert_eq!(code(PublicKey::parse(&key(4104))), "payment.key-invalid");
    for exponent in ["AA", "AQ", "Ag", "AAAB", "AQAAAAE"] {
        let text = key(2048).replace("\"AQAB\"", &format!("\"{exponent}\""));
        assert_eq!(code(PublicKey::parse(&text)), "payment.key-invalid", "{exponent}");
    }
}

/// What the crate `rsa` makes of the same key, content key and seed, whatever the modulus and the exponent.
#[test]
fn rsa_encrypts_as_the_crate_of_that_name() {
    struct Seed(Vec<u8>);
    impl rand_core::TryRng for Seed {
        type Error = std::convert::Infallible;
        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            unreachable!("OAEP takes bytes")
        }
        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            unreachable!("OAEP takes bytes")
        }
        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
            bytes.copy_from_slice(&self.0);
            Ok(())
        }
    }
    impl rand_core::TryCryptoRng for Seed {}

    let mut source = Source::new(83);
    for _ in 0..cases(60) {
        let length = 257 + source.below(256);
        let mut modulus: Vec<u8> = (0..length).map(|_| source.next().to_le_bytes()[0]).collect();
        modulus[0] = source.pick(&[1, 2, 3, 0x7f, 0x80, 0xff]);
        *modulus.last_mut().unwrap() |= 1;
        let exponent = source.pick(&[3, 5, 17, 65_537, u32::MAX, 0x8000_0001]);
        let bytes = exponent.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect::<Vec<_>>();
        let jwk = format!(
            r#"{{"kty":"RSA","kid":"r","alg":"RSA-OAEP-256","use":"enc","e":"{}","n":"{}"}}"#,
            base64url::encode(&bytes),
            base64url::encode(&modulus)
        );
        let key = PublicKey::parse(&jwk).unwrap();
        assert_eq!(PublicKey::parse(&key.to_jwk()).unwrap().to_jwk(), key.to_jwk());
        let mut given = Vec::new();
        let envelope = Sealer::new(key, MERCHANT, ORIGIN)
            .unwrap()
            .hazmat_seal_with(&card(), &order(), NOW, |bytes| {
                for byte in bytes.iter_mut() {
                    *byte = source.next().to_le_bytes()[0];
                }
                given.push(bytes.to_vec());
                Ok(())
            })
            .unwrap();
        let [content_key, seed] =
            given.into_iter().filter(|bytes| bytes.len() == 32).collect::<Vec<_>>().try_into().unwrap();
        let encrypted = rsa::RsaPublicKey::new_with_max_size(
            rsa::BoxedUint::from_be_slice_vartime(&modulus),
            rsa::BoxedUint::from(exponent),
            4096,
        )
        .unwrap()
        .encrypt(&mut Seed(seed), rsa::Oaep::<sha2::Sha256>::new(), &content_key)
        .unwrap();
        assert_eq!(base64url::decode(envelope.split('.').nth(1).unwrap()).unwrap(), encrypted, "{jwk}");
    }
}

#[test]
fn no_randomness_no_envelope() {
    use storefront_privacy::{Code, Error};
    for opener in &*OPENERS {
        for allowed in 0..4 {
            let mut left = allowed;
            let sealed = sealer_for(opener).hazmat_seal_with(&card(), &order(), NOW, |bytes| {
                bytes.fill(7);
                if left == 0 {
                    return Err(Error::new(Code::PaymentSealFailed, "none"));
                }
                left -= 1;
                Ok(())
            });
            let needed = match sealer_for(opener).key().alg() {
                Alg::EcdhEs => 3,
                Alg::Hpke7 | Alg::Hpke9 => 2,
                _ => 4,
            };
            assert_eq!(sealed.is_ok(), allowed >= needed, "{allowed}");
        }
    }
}

#[test]
fn no_input_breaks_the_opener() {
    const ALPHABET: &str = "{}[]\":,.aA0-_= \\u\u{e9}";
    let mut source = Source::new(82);
    let mut envelopes = Vec::new();
    for opener in &*OPENERS {
        let sealer = sealer_for(opener);
        for form in [Serialization::Compact, Serialization::Flattened, Serialization::General] {
            if let Ok(envelope) = sealer.seal_content(Content::Card(&card()), &order(), NOW, form) {
                envelopes.push((opener, envelope));
            }
        }
    }
    for _ in 0..cases(400) {
        let (opener, envelope) = &envelopes[source.below(envelopes.len())];
        let mutated = source.mutate(envelope, ALPHABET);
        let result = opener.open(&mutated, &expected(&order()), &mut HashSet::new());
        assert!(result.is_err() || mutated == *envelope || mutated.starts_with('{'));
        let _ = opener.hazmat_decrypt(&mutated);
        let _ = opener.open_address(&mutated, &expected(&order()), &mut HashSet::new());
        let _ = opener.open_fields([mutated.as_str()], "A", &expected(&order()), &mut HashSet::new());
        let key = OPENERS[source.below(OPENERS.len())].to_jwk();
        let _ = Opener::from_jwk(&source.mutate(&key, ALPHABET));
    }
}
