use std::collections::HashSet;

use p256::SecretKey;
use serde_json::Value;
use storefront_privacy::codec::{base64url, json};
use storefront_privacy::payment::envelope::ecdh::concat_kdf;
use storefront_privacy::payment::envelope::header::Header;
use storefront_privacy::payment::{Opener, Order, PublicKey, Sealer};
use storefront_privacy::{Code, Error};

use super::{MERCHANT, NOW, ORIGIN, card, card_of, code, expected, order, sealer_for};

#[test]
fn rfc_7518_appendix_c() {
    let vector: Value =
        serde_json::from_str(include_str!("../../vectors/payment/rfc7518-appendix-c.json")).unwrap();
    let bytes = |value: &Value| base64url::decode(value.as_str().unwrap()).unwrap();
    let alice = SecretKey::from_slice(&bytes(&vector["alice"]["d"])).unwrap();
    let bob = SecretKey::from_slice(&bytes(&vector["bob"]["d"])).unwrap();
    let z: Vec<u8> = vector["z"]
        .as_array()
        .unwrap()
        .iter()
        .map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap())
        .collect();
    for shared in [alice.diffie_hellman(&bob.public_key()), bob.diffie_hellman(&alice.public_key())] {
        assert_eq!(shared.raw_secret_bytes().as_slice(), z);
    }
    let text = |name: &str| vector[name].as_str().unwrap();
    let mut key = [0; 16];
    concat_kdf(&z, text("enc"), text("apu").as_bytes(), text("apv").as_bytes(), &mut key).unwrap();
    assert_eq!(base64url::encode(&key), text("derived"));
}

#[test]
fn a_derived_key_has_one_to_32_bytes() {
    for length in [0, 33, 64] {
        assert_eq!(code(concat_kdf(b"z", "A256GCM", b"", b"", &mut vec![0; length])), "payment.seal-failed");
    }
    let derive = |apu: &[u8], apv: &[u8]| {
        let mut key = [0; 32];
        concat_kdf(b"z", "A256GCM", apu, apv, &mut key).unwrap();
        key
    };
    assert_ne!(derive(b"ab", b"c"), derive(b"a", b"bc"));
}

/// Envelopes of every version ever released open for ever.
#[test]
fn the_released_envelope_opens_and_is_made_again() {
    let vector: Value = serde_json::from_str(include_str!("../../vectors/payment/envelope-v1.json")).unwrap();
    let text = |name: &str| vector[name].as_str().unwrap();
    let opener = Opener::from_jwk(&vector["key"].to_string()).unwrap();
    let order = Order::new("A-1001", 4_200, "EUR").unwrap();
    let key = PublicKey::parse(&opener.public_jwk()).unwrap();
    let sealer = Sealer::new(key, MERCHANT, ORIGIN).unwrap();
    let mut random = base64url::decode(text("random")).unwrap().into_iter();
    let card = card_of("4242 4242 4242 4242", "123", "Zoë \"O’Brien\" 山田\\");
    let envelope = sealer
        .hazmat_seal_with(&card, &order, NOW, |bytes| {
            bytes.fill_with(|| random.next().expect("60 bytes are enough"));
            Ok(())
        })
        .unwrap();
    assert_eq!(random.next(), None);
    assert_eq!(envelope, text("envelope"));

    let paid = opener.open(text("envelope"), &expected(&order), &mut HashSet::new()).unwrap();
    assert_eq!(paid.number().expose_digits(), "4242424242424242");
    assert_eq!((paid.expiry().month(), paid.expiry().year()), (12, 2030));
    assert_eq!(paid.code().unwrap().expose_digits(), "123");
    assert_eq!(paid.name().as_str(), "Zoë \"O’Brien\" 山田\\");
}

/// RFC 7516 §7.1 and §5.1: five parts, the second empty, the sizes of A256GCM; the header of version 1.
#[test]
fn an_envelope_has_the_form_of_a_compact_jwe() {
    let opener = Opener::generate("kid-1").unwrap();
    let envelope = sealer_for(&opener).seal(&card(), &order(), NOW).unwrap();
    let parts: Vec<_> = envelope.split('.').collect();
    let lengths: Vec<_> = parts.iter().map(|part| base64url::decode(part).unwrap().len()).collect();
    assert_eq!(parts.len(), 5);
    assert_eq!((lengths[1], lengths[2], lengths[4]), (0, 12, 16));

    let header = json::parse_bytes(&base64url::decode(parts[0]).unwrap()).unwrap();
    let names: Vec<_> = header.as_object().unwrap().iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["alg", "enc", "kid", "epk", "typ", "v", "iss", "aud", "origin", "jti", "iat", "exp", "order"]
    );
    let text = |name: &str| header.get(name).unwrap().as_str().unwrap();
    assert_eq!((text("alg"), text("enc"), text("kid")), ("ECDH-ES", "A256GCM", "kid-1"));
    assert_eq!((text("typ"), text("iss"), text("aud")), ("sp-card+jwe", MERCHANT, "processor"));
    assert_eq!(text("origin"), ORIGIN);
    assert_eq!(base64url::decode(text("jti")).unwrap().len(), 16);
    let integer = |name: &str| header.get(name).unwrap().as_integer().unwrap();
    assert_eq!((integer("v"), integer("iat"), integer("exp")), (1, NOW, NOW + 600));
    assert_eq!(
        header.get("order").unwrap().to_canonical().unwrap(),
        r#"{"amount":4200,"currency":"EUR","id":"A-1001"}"#
    );
    let epk = header.get("epk").unwrap().as_object().unwrap();
    assert_eq!(epk.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["kty", "crv", "x", "y"]);
    for secret in ["4242", "Ada", "Lovelace", "123"] {
        assert!(!String::from_utf8(base64url::decode(parts[0]).unwrap()).unwrap().contains(secret));
    }
}

#[test]
fn a_header_is_read_as_it_was_written() {
    let opener = Opener::generate("kid-1").unwrap();
    let envelope = sealer_for(&opener).seal(&card(), &order(), NOW).unwrap();
    let text = String::from_utf8(base64url::decode(envelope.split('.').next().unwrap()).unwrap()).unwrap();
    let header = Header::parse(&text).unwrap();
    assert_eq!(header.to_json(), text);
    assert_eq!((header.order, header.issued, header.expires), (order(), NOW, NOW + 600));
}

#[test]
fn no_two_envelopes_are_alike() {
    let opener = Opener::generate("kid-1").unwrap();
    let sealer = sealer_for(&opener);
    let mut seen = HashSet::new();
    for _ in 0..20 {
        let envelope = sealer.seal(&card(), &order(), NOW).unwrap();
        let header = Header::parse(
            &String::from_utf8(base64url::decode(envelope.split('.').next().unwrap()).unwrap()).unwrap(),
        )
        .unwrap();
        let iv = envelope.split('.').nth(2).unwrap().to_owned();
        for once in [header.id, header.epk.unwrap().x, iv] {
            assert!(seen.insert(once));
        }
    }
}

#[test]
fn bad_randomness_seals_nothing() {
    let opener = Opener::generate("kid-1").unwrap();
    let sealer = sealer_for(&opener);
    let seal =
        |random: fn(&mut [u8]) -> Result<(), Error>| sealer.hazmat_seal_with(&card(), &order(), NOW, random);
    // Zero and all ones are no scalars of P-256.
    assert_eq!(code(seal(|_| Ok(()))), "payment.seal-failed");
    assert_eq!(
        code(seal(|bytes| {
            bytes.fill(0xff);
            Ok(())
        })),
        "payment.seal-failed"
    );
    assert_eq!(code(seal(|_| Err(Error::new(Code::PaymentSealFailed, "none")))), "payment.seal-failed");
    for now in [-1, i64::MIN, i64::MAX, 253_402_300_800] {
        assert_eq!(code(sealer.seal(&card(), &order(), now)), "payment.seal-failed");
    }
}

#[test]
fn orders_merchants_and_origins_have_a_form() {
    for (id, amount, currency) in [
        ("", 1, "EUR"),
        ("a b", 1, "EUR"),
        ("ä", 1, "EUR"),
        ("a", -1, "EUR"),
        ("a", 9_007_199_254_740_992, "EUR"),
        ("a", 1, "eur"),
        ("a", 1, "EURO"),
        ("a", 1, ""),
    ] {
        assert_eq!(code(Order::new(id, amount, currency)), "input.invalid", "{id} {amount} {currency}");
    }
    assert!(
        Order::new(&"a".repeat(128), 0, "JPY").is_ok() && Order::new(&"a".repeat(129), 0, "JPY").is_err()
    );
    let key = PublicKey::parse(&Opener::generate("1").unwrap().public_jwk()).unwrap();
    for origin in ["https://shop.example", "http://localhost:8080", "https://[::1]:8443"] {
        assert!(Sealer::new(key.clone(), "m", origin).is_ok(), "{origin}");
    }
    for origin in [
        "",
        "null",
        "https://",
        "https://shop.example/",
        "https://a@b",
        "file://x",
        "shop.example",
        "https://x y",
    ] {
        assert_eq!(code(Sealer::new(key.clone(), "m", origin)), "input.invalid", "{origin}");
    }
    for merchant in ["", "a b", "\n", &"m".repeat(129)] {
        assert_eq!(code(Sealer::new(key.clone(), merchant, ORIGIN)), "input.invalid", "{merchant}");
    }
}
