use std::collections::HashSet;

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use p256::elliptic_curve::point::AffineCoordinates as _;
use p256::{PublicKey as Point, SecretKey};
use serde_json::{Value, json};
use storefront_privacy::codec::base64url;
use storefront_privacy::payment::envelope::ecdh::concat_kdf;
use storefront_privacy::payment::{
    Brand, Card, CardNumber, CardholderName, Expected, Expiry, Opener, Order, ReplayStore,
};
use storefront_privacy::{Code, Error};

use super::{MERCHANT, NOW, ORIGIN, card, card_of, code, expected, order, sealer_for};
use crate::generate::{Source, cases};

fn open(opener: &Opener, envelope: &str) -> Result<Card, Error> {
    opener.open(envelope, &expected(&order()), &mut HashSet::new())
}

/// An envelope that a malicious page could make: authentic, with any header and content.
struct Forger {
    recipient: Point,
    ephemeral: SecretKey,
    kid: String,
}

impl Forger {
    fn new(opener: &Opener) -> Self {
        let jwk: Value = serde_json::from_str(&opener.public_jwk()).unwrap();
        let coordinate = |name: &str| base64url::decode(jwk[name].as_str().unwrap()).unwrap();
        let point = [vec![4], coordinate("x"), coordinate("y")].concat();
        Self {
            recipient: Point::from_sec1_bytes(&point).unwrap(),
            ephemeral: SecretKey::from_slice(&[7; 32]).unwrap(),
            kid: jwk["kid"].as_str().unwrap().to_owned(),
        }
    }

    fn header(&self) -> Value {
        let public = self.ephemeral.public_key();
        let point = public.as_affine();
        json!({
            "alg": "ECDH-ES", "enc": "A256GCM", "kid": self.kid,
            "epk": {
                "kty": "EC", "crv": "P-256",
                "x": base64url::encode(&point.x()), "y": base64url::encode(&point.y()),
            },
            "typ": "sp-card+jwe", "v": 1, "iss": MERCHANT, "aud": "processor", "origin": ORIGIN,
            "jti": "AAECAwQFBgcICQoLDA0ODw", "iat": NOW, "exp": NOW + 600,
            "order": { "id": "A-1001", "amount": 4200, "currency": "EUR" },
        })
    }

    fn seal(&self, header: &str, plaintext: &str) -> String {
        let mut key = [0; 32];
        let shared = self.ephemeral.diffie_hellman(&self.recipient);
        concat_kdf(shared.raw_secret_bytes(), "A256GCM", b"", b"", &mut key).unwrap();
        let header = base64url::encode(header.as_bytes());
        let sealed = Aes256Gcm::new(&key.into())
            .encrypt(&Nonce::from([9; 12]), Payload { msg: plaintext.as_bytes(), aad: header.as_bytes() })
            .unwrap();
        let (content, tag) = sealed.split_at(sealed.len() - 16);
        [
            header,
            String::new(),
            base64url::encode(&[9; 12]),
            base64url::encode(content),
            base64url::encode(tag),
        ]
        .join(".")
    }

    fn seal_header(&self, header: &Value) -> String {
        self.seal(&header.to_string(), PLAINTEXT)
    }
}

const PLAINTEXT: &str =
    r#"{"number":"4242424242424242","expiry":{"month":12,"year":2030},"code":"123","name":"Ada"}"#;

#[test]
fn what_was_sealed_is_opened() {
    let opener = Opener::generate("1").unwrap();
    for (number, security, name) in [
        ("4242424242424242", "123", "Ada Lovelace"),
        ("378282246310005", "1234", "Łukasz \"Żółć\" \\ O’Brien"),
        ("6200000000000005", "999", "山田 太郎"),
        ("4222222222222", "000", &"😀".repeat(64)),
    ] {
        let envelope = sealer_for(&opener).seal(&card_of(number, security, name), &order(), NOW).unwrap();
        let paid = open(&opener, &envelope).unwrap();
        assert_eq!(paid.number().expose_digits(), number);
        assert_eq!(paid.code().unwrap().expose_digits(), security);
        assert_eq!(paid.name().as_str(), name);
        assert_eq!((paid.expiry().month(), paid.expiry().year()), (12, 2030));
    }
}

#[test]
fn a_card_without_a_code_is_opened_where_its_brand_has_such() {
    let opener = Opener::generate("1").unwrap();
    let number = CardNumber::parse("6304000000000000").unwrap();
    let card = Card::new(number, Expiry::parse("1/28").unwrap(), None, CardholderName::parse("Ada").unwrap());
    let paid = open(&opener, &sealer_for(&opener).seal(&card, &order(), NOW).unwrap()).unwrap();
    assert!(paid.code().is_none());
    assert_eq!(paid.number().brand(), Some(Brand::Maestro));

    let number = CardNumber::parse("4242424242424242").unwrap();
    let card = Card::new(number, Expiry::parse("1/28").unwrap(), None, CardholderName::parse("Ada").unwrap());
    let envelope = sealer_for(&opener).seal(&card, &order(), NOW).unwrap();
    assert_eq!(code(open(&opener, &envelope)), "payment.envelope-invalid");
}

#[test]
fn each_byte_that_is_changed_is_noticed() {
    let opener = Opener::generate("1").unwrap();
    let envelope = sealer_for(&opener).seal(&card(), &order(), NOW).unwrap();
    for position in 0..envelope.len() {
        for change in [1, 2, 4, 32] {
            let mut bytes = envelope.clone().into_bytes();
            bytes[position] ^= change;
            let tampered = String::from_utf8(bytes).unwrap();
            let found = code(open(&opener, &tampered));
            assert!(
                matches!(
                    found,
                    "payment.envelope-invalid" | "payment.envelope-expired" | "payment.order-mismatch"
                ),
                "{position}: {found}"
            );
        }
        let mut cut = envelope.clone();
        cut.remove(position);
        assert!(open(&opener, &cut).is_err(), "{position} removed");
        assert!(open(&opener, &envelope[..position]).is_err(), "cut at {position}");
    }
    assert!(open(&opener, &envelope).is_ok());
}

/// Whatever is wrong with key, header, content or form, nothing tells which.
#[test]
fn all_that_cannot_be_opened_looks_the_same() {
    let opener = Opener::generate("1").unwrap();
    let envelope = sealer_for(&opener).seal(&card(), &order(), NOW).unwrap();
    let parts: Vec<_> = envelope.split('.').collect();
    let join = |change: fn(&mut Vec<String>)| {
        let mut parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        change(&mut parts);
        parts.join(".")
    };
    let forger = Forger::new(&opener);
    let other = Opener::generate("1").unwrap();
    let envelopes = [
        String::new(),
        "....".to_owned(),
        "a.b.c.d.e".to_owned(),
        "é".to_owned(),
        "A".repeat(10_000),
        join(|parts| parts.push(String::new())),
        join(|parts| drop(parts.pop())),
        join(|parts| parts[1] = "AAAA".to_owned()),
        join(|parts| parts[2] = "AAAAAAAAAAAAAAAAAAAAAA".to_owned()),
        join(|parts| parts[2].push_str("==")),
        join(|parts| parts[3] = String::new()),
        join(|parts| parts[4].truncate(16)),
        join(|parts| parts[4] = "AAAAAAAAAAAAAAAAAAAAAA".to_owned()),
        join(|parts| parts.swap(3, 4)),
        sealer_for(&other).seal(&card(), &order(), NOW).unwrap(),
        sealer_for(&Opener::generate("2").unwrap()).seal(&card(), &order(), NOW).unwrap(),
        forger.seal(&forger.header().to_string(), "{}"),
        forger.seal("{}", PLAINTEXT),
        forger.seal("\u{0}", PLAINTEXT),
    ];
    let mut messages = HashSet::new();
    for envelope in envelopes {
        let error = open(&opener, &envelope).err().unwrap_or_else(|| panic!("{envelope}"));
        assert_eq!(error.code(), "payment.envelope-invalid", "{envelope}");
        messages.insert(error.to_string());
    }
    assert_eq!(messages.len(), 1, "{messages:?}");
}

#[test]
fn an_authentic_header_of_another_form_is_refused() {
    let opener = Opener::generate("1").unwrap();
    let forger = Forger::new(&opener);
    assert!(open(&opener, &forger.seal_header(&forger.header())).is_ok());

    let names: Vec<String> = forger.header().as_object().unwrap().keys().cloned().collect();
    for name in &names {
        let mut header = forger.header();
        header.as_object_mut().unwrap().remove(name);
        assert_eq!(
            code(open(&opener, &forger.seal_header(&header))),
            "payment.envelope-invalid",
            "{name} absent"
        );
        for wrong in
            [json!(null), json!(""), json!({}), json!([1]), json!(-1), json!(1.5), json!("ECDH-ES+A256KW")]
        {
            let mut header = forger.header();
            header[name] = wrong.clone();
            let found = code(open(&opener, &forger.seal_header(&header)));
            let expected = if *name == "iss" && wrong.as_str().is_some_and(|text| !text.is_empty()) {
                "payment.order-mismatch"
            } else {
                "payment.envelope-invalid"
            };
            assert_eq!(found, expected, "{name} is {wrong}");
        }
    }
    for (name, value) in [
        ("crit", json!(["exp"])),
        ("zip", json!("DEF")),
        ("apu", json!("")),
        ("apv", json!("QQ")),
        ("jku", json!("https://evil.example")),
        ("b64", json!(true)),
    ] {
        let mut header = forger.header();
        header[name] = value;
        assert_eq!(code(open(&opener, &forger.seal_header(&header))), "payment.envelope-invalid", "{name}");
    }
    for (pointer, value) in [
        ("/epk/kty", json!("OKP")),
        ("/epk/crv", json!("P-384")),
        ("/epk/x", json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ("/epk/y", json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ("/v", json!(2)),
        ("/jti", json!("AAEC")),
        ("/jti", json!("AAECAwQFBgcICQoLDA0ODx")),
        ("/exp", json!(NOW + 601)),
        ("/exp", json!(i64::MAX)),
        ("/iat", json!(NOW - 1)),
        ("/order/amount", json!("4200")),
        ("/order/amount", json!(4200.5)),
        ("/order/currency", json!("eur")),
        ("/enc", json!("A128GCM")),
        ("/aud", json!("shop")),
    ] {
        let mut header = forger.header();
        *header.pointer_mut(pointer).unwrap() = value;
        assert_eq!(
            code(open(&opener, &forger.seal_header(&header))),
            "payment.envelope-invalid",
            "{pointer}"
        );
    }
    for pointer in ["/epk", "/order"] {
        let mut header = forger.header();
        header.pointer_mut(pointer).unwrap()["more"] = json!(1);
        assert_eq!(
            code(open(&opener, &forger.seal_header(&header))),
            "payment.envelope-invalid",
            "{pointer}"
        );
    }
    let twice = forger.header().to_string().replacen('{', r#"{"alg":"ECDH-ES","#, 1);
    assert_eq!(code(open(&opener, &forger.seal(&twice, PLAINTEXT))), "payment.envelope-invalid");
    let inner = forger.header().to_string().replacen("\"order\":{", "\"order\":{\"amount\":4200,", 1);
    assert_eq!(code(open(&opener, &forger.seal(&inner, PLAINTEXT))), "payment.envelope-invalid");
}

#[test]
fn an_authentic_content_of_another_form_is_refused() {
    let opener = Opener::generate("1").unwrap();
    let forger = Forger::new(&opener);
    let header = forger.header().to_string();
    assert!(open(&opener, &forger.seal(&header, PLAINTEXT)).is_ok());
    for (part, replacement) in [
        ("4242424242424242", "4242424242424241"),
        ("4242424242424242", "42424242"),
        ("\"4242424242424242\"", "4242424242424242"),
        (r#""code":"123","#, ""),
        ("\"123\"", "\"1234\""),
        ("\"123\"", "\"\""),
        ("\"123\"", "123"),
        ("\"Ada\"", "\"\""),
        ("\"Ada\"", "null"),
        ("12,", "13,"),
        ("12,", "0,"),
        ("12,", "-1,"),
        ("12,", "268,"),
        ("2030", "30"),
        ("2030", "67566"),
        ("{\"number\"", "{\"more\":1,\"number\""),
        ("\"month\"", "\"more\":1,\"month\""),
        ("{\"number\"", "{\"number\":\"4242424242424242\",\"number\""),
        ("}", ""),
    ] {
        assert!(PLAINTEXT.contains(part), "{part}");
        let plaintext = PLAINTEXT.replacen(part, replacement, 1);
        assert_eq!(
            code(open(&opener, &forger.seal(&header, &plaintext))),
            "payment.envelope-invalid",
            "{plaintext}"
        );
    }
}

#[test]
fn an_envelope_opens_for_its_order_alone() {
    let opener = Opener::generate("1").unwrap();
    let sealed_for = order();
    let envelope = sealer_for(&opener).seal(&card(), &sealed_for, NOW).unwrap();
    let orders = [
        Order::new("A-1002", 4_200, "EUR").unwrap(),
        Order::new("A-1001", 4_201, "EUR").unwrap(),
        Order::new("A-1001", 4_200, "USD").unwrap(),
    ];
    let right = expected(&sealed_for);
    for wrong in [
        Expected { order: &orders[0], ..right },
        Expected { order: &orders[1], ..right },
        Expected { order: &orders[2], ..right },
        Expected { merchant: "another", ..right },
        Expected { origin: "https://evil.example", ..right },
        Expected { origin: "http://moorland.example", ..right },
    ] {
        assert_eq!(code(opener.open(&envelope, &wrong, &mut HashSet::new())), "payment.order-mismatch");
    }
    assert!(opener.open(&envelope, &right, &mut HashSet::new()).is_ok());
}

#[test]
fn an_envelope_opens_for_ten_minutes() {
    let opener = Opener::generate("1").unwrap();
    let order = order();
    let envelope = sealer_for(&opener).seal(&card(), &order, NOW).unwrap();
    let at = |now| opener.open(&envelope, &Expected { now, ..expected(&order) }, &mut HashSet::new());
    for now in [NOW - 60, NOW, NOW + 599] {
        assert!(at(now).is_ok(), "{now}");
    }
    for now in [i64::MIN, 0, NOW - 61, NOW + 600, i64::MAX] {
        assert_eq!(code(at(now)), "payment.envelope-expired", "{now}");
    }
}

#[test]
fn an_envelope_opens_once() {
    let opener = Opener::generate("1").unwrap();
    let order = order();
    let sealer = sealer_for(&opener);
    let envelope = sealer.seal(&card(), &order, NOW).unwrap();
    let mut seen = HashSet::new();
    assert!(opener.open(&envelope, &expected(&order), &mut seen).is_ok());
    assert_eq!(code(opener.open(&envelope, &expected(&order), &mut seen)), "payment.envelope-replayed");
    let another = sealer.seal(&card(), &order, NOW).unwrap();
    assert!(opener.open(&another, &expected(&order), &mut seen).is_ok());

    let authentic = opener.authenticate(&envelope, &expected(&order)).unwrap();
    assert_eq!((authentic.id().len(), authentic.expires()), (22, NOW + 600));
    assert_eq!(code(authentic.admit(false)), "payment.envelope-replayed");
}

/// Otherwise anyone who sees an identifier could spend it.
#[test]
fn what_is_not_authentic_is_not_remembered() {
    let opener = Opener::generate("1").unwrap();
    let envelope = sealer_for(&opener).seal(&card(), &order(), NOW).unwrap();
    let mut forged = envelope.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'Q' } else { 'A' });
    let mut seen = HashSet::new();
    assert_eq!(code(opener.open(&forged, &expected(&order()), &mut seen)), "payment.envelope-invalid");
    assert!(seen.is_empty());
    assert!(opener.open(&envelope, &expected(&order()), &mut seen).is_ok());
}

#[test]
fn a_store_that_fails_opens_nothing() {
    struct Unreachable;
    impl ReplayStore for Unreachable {
        fn remember(&mut self, _id: &str, _expires: i64) -> Result<bool, Error> {
            Err(Error::new(Code::StorageRefused, "store: expected an answer"))
        }
    }
    let opener = Opener::generate("1").unwrap();
    let envelope = sealer_for(&opener).seal(&card(), &order(), NOW).unwrap();
    assert_eq!(code(opener.open(&envelope, &expected(&order()), &mut Unreachable)), "storage.refused");
}

#[test]
fn former_keys_open_and_the_one_in_use_is_served_first() {
    let former = Opener::generate("1").unwrap();
    let envelope = sealer_for(&former).seal(&card(), &order(), NOW).unwrap();
    let opener = Opener::generate("2").unwrap();
    assert_eq!(code(open(&opener, &envelope)), "payment.envelope-invalid");
    let opener = opener.with_former(former).unwrap();
    assert!(open(&opener, &envelope).is_ok());
    let set: Value = serde_json::from_str(&opener.public_jwk_set()).unwrap();
    let kids: Vec<_> =
        set["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap()).collect();
    assert_eq!(kids, ["2", "1"]);
    assert_eq!(code(opener.with_former(Opener::generate("1").unwrap())), "payment.key-invalid");
}

#[test]
fn any_envelope_opens_or_is_refused() {
    let opener = Opener::generate("1").unwrap();
    let forger = Forger::new(&opener);
    let header = forger.header().to_string();
    let envelope = forger.seal(&header, PLAINTEXT);
    let mut source = Source::new(31);
    for _ in 0..cases(1_500) {
        let input = match source.below(4) {
            0 => source.mutate(&envelope, "AZaz09-_.=+/ "),
            1 => forger.seal(&source.mutate(&header, "\"{}[]:,aZ09-_\\ "), PLAINTEXT),
            2 => forger.seal(&header, &source.mutate(PLAINTEXT, "\"{}[]:,aZ09-_\\ ")),
            _ => source.text(60),
        };
        match open(&opener, &input) {
            Ok(card) => assert_eq!(card.number().last_four().len(), 4),
            Err(error) => assert!(
                ["payment.envelope-invalid", "payment.envelope-expired", "payment.order-mismatch"]
                    .contains(&error.code()),
                "{error}"
            ),
        }
    }
}
