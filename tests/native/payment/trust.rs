use storefront_privacy::codec::base64url;
use storefront_privacy::payment::envelope::header::Audience;
use storefront_privacy::payment::trust::{
    LONGEST_LIFETIME, MOST_BYTES, Manifest, ManifestKey, Place, Roots, SigningRoot,
};
use storefront_privacy::payment::{Alg, Opener, PublicKey, Sealer};

use super::{MERCHANT, NOW, ORIGIN, code};
use crate::generate::{Source, cases};

const WEEK: i64 = 7 * 86_400;

fn place() -> Place<'static> {
    Place { merchant: MERCHANT, origin: ORIGIN, now: NOW, newest: 0 }
}

fn roots_of(roots: &[&SigningRoot]) -> Roots {
    let list: Vec<_> = roots.iter().map(|root| root.public_jwk()).collect();
    Roots::parse(&format!("[{}]", list.join(","))).unwrap()
}

fn key(kid: &str) -> String {
    Opener::generate_for(kid, Alg::EcdhEsA256Kw).unwrap().public_jwk()
}

fn manifest() -> Manifest {
    Manifest::new(MERCHANT, &["https://other.example", ORIGIN], NOW, WEEK)
        .unwrap()
        .with_key(&key("1"), Audience::Processor, NOW)
        .unwrap()
}

#[test]
fn a_signed_manifest_gives_its_keys() {
    let root = SigningRoot::generate().unwrap();
    let signed = manifest().with_key(&key("c"), Audience::Carrier, NOW).unwrap().sign(&root).unwrap();
    let trusted = roots_of(&[&root]).verify(&signed, &place()).unwrap();
    assert_eq!((trusted.merchant(), trusted.sequence(), trusted.expires()), (MERCHANT, 1, NOW + WEEK));
    assert_eq!(trusted.key(Audience::Processor, NOW).unwrap().kid(), "1");
    let carrier = trusted.key(Audience::Carrier, NOW).unwrap();
    assert_eq!((carrier.kid(), carrier.alg()), ("c", Alg::EcdhEsA256Kw));
    Sealer::new(carrier.public_key().unwrap(), MERCHANT, ORIGIN).unwrap();
}

#[test]
fn either_of_two_roots_signs_and_no_other() {
    let (first, second, other) = (
        SigningRoot::generate().unwrap(),
        SigningRoot::generate().unwrap(),
        SigningRoot::generate().unwrap(),
    );
    let roots = roots_of(&[&first, &second]);
    for root in [&first, &second] {
        assert!(roots.verify(&manifest().sign(root).unwrap(), &place()).is_ok());
    }
    let signed = manifest().sign(&other).unwrap();
    assert_eq!(code(roots.verify(&signed, &place())), "payment.key-unsigned");

    // A stranger who takes a root's name.
    let renamed = other.to_jwk().replace(other.kid(), first.kid());
    let impostor = SigningRoot::from_jwk(&renamed).unwrap();
    let signed = manifest().sign(&impostor).unwrap();
    assert_eq!(code(roots.verify(&signed, &place())), "payment.key-unsigned");
}

#[test]
fn roots_are_one_or_two_and_public() {
    let (first, second, third) = (
        SigningRoot::generate().unwrap(),
        SigningRoot::generate().unwrap(),
        SigningRoot::generate().unwrap(),
    );
    let public = first.public_jwk();
    let list = |items: &[&str]| format!("[{}]", items.join(","));
    for text in [
        String::new(),
        "[]".to_owned(),
        public.clone(),
        list(&[&public, &public]),
        list(&[&public, &second.public_jwk(), &third.public_jwk()]),
        list(&[&first.to_jwk()]),
        list(&[&public.replace("ES256", "ES384")]),
        list(&[&public.replace("\"sig\"", "\"enc\"")]),
        list(&[&public.replace("P-256", "P-384")]),
        list(&[&key("1")]),
        list(&["{}"]),
    ] {
        assert_eq!(code(Roots::parse(&text)), "payment.roots-refused", "{text}");
    }
    let again = SigningRoot::from_jwk(&first.to_jwk()).unwrap();
    assert_eq!((again.kid(), again.public_jwk()), (first.kid(), first.public_jwk()));
    for text in ["", "{}", "[]", &public] {
        assert_eq!(code(SigningRoot::from_jwk(text)), "payment.roots-refused", "{text}");
    }
}

/// RFC 7638, §3: the thumbprint names the root.
#[test]
fn a_root_is_named_by_its_thumbprint() {
    use sha2::{Digest as _, Sha256};
    let root = SigningRoot::generate().unwrap();
    let jwk: serde_json::Value = serde_json::from_str(&root.public_jwk()).unwrap();
    let required = format!(r#"{{"crv":"P-256","kty":"EC","x":{},"y":{}}}"#, jwk["x"], jwk["y"]);
    assert_eq!(root.kid(), base64url::encode(&Sha256::digest(required.as_bytes())));
}

#[test]
fn each_byte_that_is_changed_is_noticed() {
    let root = SigningRoot::generate().unwrap();
    let roots = roots_of(&[&root]);
    let signed = manifest().sign(&root).unwrap();
    for position in 0..signed.len() {
        let mut bytes = signed.clone().into_bytes();
        bytes[position] ^= 1;
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let found = code(roots.verify(&text, &place()));
        assert!(matches!(found, "payment.key-unsigned" | "payment.key-invalid"), "{position}: {found}");
    }
}

#[test]
fn it_holds_for_its_merchant_origins_and_time() {
    let root = SigningRoot::generate().unwrap();
    let roots = roots_of(&[&root]);
    let signed = manifest().sign(&root).unwrap();
    let refused = |place: Place<'_>| code(roots.verify(&signed, &place));
    assert_eq!(refused(Place { merchant: "other", ..place() }), "payment.key-mismatch");
    assert_eq!(refused(Place { origin: "https://evil.example", ..place() }), "payment.key-mismatch");
    assert_eq!(refused(Place { now: NOW + WEEK, ..place() }), "payment.key-expired");
    assert_eq!(refused(Place { now: NOW - 301, ..place() }), "payment.key-expired");
    assert_eq!(refused(Place { newest: 2, ..place() }), "payment.key-replaced");
    for now in [NOW - 300, NOW, NOW + WEEK - 1] {
        assert!(roots.verify(&signed, &Place { now, newest: 1, ..place() }).is_ok(), "{now}");
    }
}

#[test]
fn keys_overlap_while_they_are_rotated_and_are_revoked_at_once() {
    let root = SigningRoot::generate().unwrap();
    let roots = roots_of(&[&root]);
    let rotated = manifest().rotate(&key("2"), Audience::Processor, NOW + 100, 600).unwrap();
    let rotated = roots.verify(&rotated.sign(&root).unwrap(), &Place { now: NOW + 100, ..place() }).unwrap();
    assert_eq!(rotated.sequence(), 2);
    let kids: Vec<_> = rotated.keys().iter().map(|key| (key.kid(), key.expires() == NOW + 700)).collect();
    assert_eq!(kids, [("2", false), ("1", true)]);
    assert_eq!(rotated.key(Audience::Processor, NOW + 100).unwrap().kid(), "2");

    let revoked = rotated.revoke("2", NOW + 200).unwrap();
    assert_eq!(revoked.sequence(), 3);
    assert_eq!(revoked.key(Audience::Processor, NOW + 200).unwrap().kid(), "1");
    assert_eq!(code(revoked.key(Audience::Processor, NOW + 700)), "payment.key-expired");
    assert_eq!(code(revoked.key(Audience::Carrier, NOW + 200)), "payment.key-unsupported");
    assert_eq!(code(revoked.revoke("9", NOW + 200)), "payment.key-invalid");
    // What is over is not carried on.
    assert!(revoked.renew(NOW + 700).unwrap().keys().is_empty());
    assert_eq!(code(revoked.renew(NOW + 700).unwrap().sign(&root)), "payment.key-invalid");
}

#[test]
fn what_no_manifest_may_have_is_not_signed() {
    let new =
        |merchant: &str, origins: &[&str], lifetime| code(Manifest::new(merchant, origins, NOW, lifetime));
    assert_eq!(new("", &[ORIGIN], WEEK), "payment.key-invalid");
    assert_eq!(new(MERCHANT, &[], WEEK), "payment.key-invalid");
    assert_eq!(new(MERCHANT, &["null"], WEEK), "payment.key-invalid");
    assert_eq!(new(MERCHANT, &["https://shop.example/"], WEEK), "payment.key-invalid");
    assert_eq!(new(MERCHANT, &[ORIGIN], 0), "payment.key-invalid");
    assert_eq!(new(MERCHANT, &[ORIGIN], LONGEST_LIFETIME + 1), "payment.key-invalid");
    assert_eq!(code(manifest().with_key(&key("1"), Audience::Processor, NOW)), "payment.key-invalid");
    assert_eq!(code(manifest().with_sequence(0)), "payment.key-invalid");
    let private = Opener::generate("p").unwrap().to_jwk();
    assert_eq!(code(manifest().with_key(&private, Audience::Processor, NOW)), "payment.key-invalid");
}

/// What a root signs by another program is read as strictly.
#[test]
fn a_payload_of_another_form_is_refused() {
    let root = SigningRoot::generate().unwrap();
    let roots = roots_of(&[&root]);
    let signed = manifest().sign(&root).unwrap();
    let payload = base64url::decode(signed.split('.').nth(1).unwrap()).unwrap();
    let payload: serde_json::Value = serde_json::from_slice(&payload).unwrap();
    let resign = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut payload = payload.clone();
        change(&mut payload);
        sign_anything(&root, &payload.to_string())
    };
    assert!(roots.verify(&resign(&|_| ()), &place()).is_ok());
    // A key for an algorithm of the future is passed over.
    let unknown = resign(&|payload| payload["keys"][0]["alg"] = "HPKE-99".into());
    assert_eq!(
        code(roots.verify(&unknown, &place()).unwrap().key(Audience::Processor, NOW)),
        "payment.key-unsupported"
    );
    let changes: [&dyn Fn(&mut serde_json::Value); 9] = [
        &|payload| payload["v"] = 2.into(),
        &|payload| payload["seq"] = 0.into(),
        &|payload| payload["more"] = 1.into(),
        &|payload| payload["origins"] = "https://shop.example".into(),
        &|payload| payload["exp"] = (NOW + LONGEST_LIFETIME + 1).into(),
        &|payload| payload["keys"][0]["aud"] = "anyone".into(),
        &|payload| payload["keys"][0]["exp"] = 0.into(),
        &|payload| drop(payload["keys"][0].as_object_mut().unwrap().remove("kid")),
        &|payload| {
            let key = payload["keys"][0].clone();
            payload["keys"].as_array_mut().unwrap().push(key);
        },
    ];
    for (index, change) in changes.into_iter().enumerate() {
        assert_eq!(code(roots.verify(&resign(change), &place())), "payment.key-invalid", "change {index}");
    }
    let huge = format!("{signed}{}", "A".repeat(MOST_BYTES));
    assert_eq!(code(roots.verify(&huge, &place())), "payment.key-invalid");
}

fn sign_anything(root: &SigningRoot, payload: &str) -> String {
    use p256::ecdsa::signature::Signer as _;
    use p256::ecdsa::{Signature, SigningKey};
    let jwk: serde_json::Value = serde_json::from_str(&root.to_jwk()).unwrap();
    let scalar = base64url::decode(jwk["d"].as_str().unwrap()).unwrap();
    let header = format!(r#"{{"alg":"ES256","kid":"{}","typ":"sp-keys+jws"}}"#, root.kid());
    let signed = [base64url::encode(header.as_bytes()), base64url::encode(payload.as_bytes())].join(".");
    let signature: Signature = SigningKey::from_slice(&scalar).unwrap().sign(signed.as_bytes());
    [signed, base64url::encode(&signature.to_bytes())].join(".")
}

#[test]
fn no_input_breaks_the_reader() {
    let root = SigningRoot::generate().unwrap();
    let roots = roots_of(&[&root]);
    let signed = manifest().sign(&root).unwrap();
    let payload = String::from_utf8(base64url::decode(signed.split('.').nth(1).unwrap()).unwrap()).unwrap();
    let mut source = Source::new(81);
    for _ in 0..cases(300) {
        let _ = roots.verify(&source.mutate(&signed, ALPHABET), &place());
        let _ = Roots::parse(&source.mutate(&format!("[{}]", root.public_jwk()), ALPHABET));
        let _ = SigningRoot::from_jwk(&source.mutate(&root.to_jwk(), ALPHABET));
        let _ = PublicKey::parse(&source.mutate(KEY, ALPHABET));
        // As if the root had signed whatever there is: the payload's reader is what is behind the signature.
        if let Ok(trusted) = roots.verify(&sign_anything(&root, &source.mutate(&payload, ALPHABET)), &place())
        {
            let _ = trusted.key(Audience::Processor, NOW).and_then(ManifestKey::public_key);
        }
    }
}

const ALPHABET: &str = "{}[]\":,.aA0-_= \\u\u{e9}";

const KEY: &str = r#"{"kty":"EC","crv":"P-256","kid":"bob","alg":"ECDH-ES","use":"enc","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ","y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"}"#;
