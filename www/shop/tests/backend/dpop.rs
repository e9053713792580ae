//! Sessions bound to a browser's key: what a copied cookie is worth, and which proofs are none.

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use storefront_privacy::codec::base64url;
use storefront_service::{clock, random};

use crate::browser::{Browser, Reply};
use crate::place::{PASSWORD, Place, order};

/// A browser's key, and the last nonce that it was given.
struct Prover {
    key: SigningKey,
    nonce: Option<String>,
}

impl Prover {
    fn new() -> Self {
        Self { key: SigningKey::from_slice(&random::bytes::<32>().unwrap()).unwrap(), nonce: None }
    }

    /// A proof for a request, changed before it is signed.
    fn proof(&self, method: &str, url: &str, change: impl FnOnce(&mut Value, &mut Value)) -> String {
        let point = self.key.verifying_key().to_sec1_point(false);
        let [x, y] = [&point.as_bytes()[1..33], &point.as_bytes()[33..]].map(base64url::encode);
        let jwk = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y });
        let mut header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk });
        let mut claims = json!({
            "jti": random::identifier::<12>().unwrap(), "htm": method, "htu": url, "iat": clock::seconds(), "nonce": self.nonce,
        });
        change(&mut header, &mut claims);
        let [header, claims] = [header, claims].map(|part| base64url::encode(part.to_string().as_bytes()));
        let signed = format!("{header}.{claims}");
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", base64url::encode(&signature.to_bytes()))
    }

    /// Sends a request with a proof, and once more where a nonce is asked for.
    async fn send(&mut self, browser: &mut Browser, method: &str, path: &str) -> Reply {
        for last in [false, true] {
            let proof = self.proof(method, &format!("{}{path}", browser.origin), |_, _| {});
            let reply = with(browser, &proof, method, path).await;
            let asked = reply.header("www-authenticate").contains("use_dpop_nonce");
            self.nonce = Some(reply.header("dpop-nonce").to_owned()).filter(|nonce| !nonce.is_empty());
            if last || !asked {
                return reply;
            }
        }
        unreachable!()
    }
}

/// Sends a request with this proof.
async fn with(browser: &mut Browser, proof: &str, method: &str, path: &str) -> Reply {
    browser.headers.insert("dpop", proof.parse().unwrap());
    let reply = browser.send(method.parse().unwrap(), path, "", "").await;
    browser.headers.remove("dpop");
    reply
}

/// A member whose session is bound.
async fn bound(place: &Place) -> (Browser, Prover) {
    let mut member = place.member("anna@example.com").await;
    let mut prover = Prover::new();
    prover.send(&mut member, "POST", "/api/session/key").await.is(204, "");
    (member, prover)
}

/// What is done to a proof's header and claims before it is signed.
type Change = fn(&mut Value, &mut Value);

const REFUSED: &str = "dpop.proof-invalid";

#[tokio::test]
async fn a_copied_cookie_alone_is_no_use_on_the_routes_of_scripts() {
    let place = Place::open().await;
    let (mut member, mut prover) = bound(&place).await;
    assert_eq!(member.get("/api/session").await.json()["bound"], true);
    let mut thief = member.at(&place.second_instance().await);
    for path in ["/api/orders", "/api/sessions", "/api/passkeys", "/api/sign-in-methods", "/api/orders/none"]
    {
        let reply = thief.get(path).await.is(401, REFUSED);
        assert_eq!(reply.header("www-authenticate"), "DPoP algs=\"ES256\", error=\"use_dpop_nonce\"");
    }
    for path in
        ["/api/orders", "/api/passkeys/registration/options", "/api/totp/enrolment", "/api/recovery-codes"]
    {
        thief.post(path, &json!({})).await.is(401, REFUSED);
    }
    thief.delete("/api/totp").await.is(401, REFUSED);
    // Nor is a key of the thief's own.
    let mut other = Prover::new();
    other.send(&mut thief, "GET", "/api/orders").await.is(401, REFUSED);
    other.send(&mut thief, "POST", "/api/session/key").await.is(409, "shop.session-bound");
    prover.send(&mut member, "GET", "/api/orders").await.is(200, "");
    prover.send(&mut member, "POST", "/api/recovery-codes").await.is(201, "");
    prover.send(&mut member, "POST", "/api/session/key").await.is(204, "");
}

#[tokio::test]
async fn a_session_that_was_never_bound_works_without_and_a_guest_s_too() {
    let place = Place::open().await;
    let mut member = place.member("anna@example.com").await;
    member.get("/api/orders").await.is(200, "");
    order(&mut place.browser()).await;
    // It is bound right after signing in, and not later by whoever has the cookie by then.
    place.age(301).await;
    Prover::new().send(&mut member, "POST", "/api/session/key").await.is(401, "shop.sign-in-again");
    member
        .post("/api/session", &json!({ "email": "anna@example.com", "password": PASSWORD }))
        .await
        .is(200, "");
    Prover::new().send(&mut member, "POST", "/api/session/key").await.is(204, "");
    member.get("/api/orders").await.is(401, REFUSED);
    // Signing in makes another session, which is not bound yet.
    member
        .post("/api/session", &json!({ "email": "anna@example.com", "password": PASSWORD }))
        .await
        .is(200, "");
    assert_eq!(member.get("/api/session").await.json()["bound"], false);
    Prover::new().send(&mut place.browser(), "POST", "/api/session/key").await.is(401, "shop.sign-in-needed");
}

#[tokio::test]
async fn proofs_that_are_none_are_refused() {
    let place = Place::open().await;
    let (mut member, prover) = bound(&place).await;
    let url = format!("{}/api/orders", member.origin);
    let right = prover.proof("GET", &url, |_, _| {});
    with(&mut member, &right, "GET", "/api/orders").await.is(200, "");
    let again = with(&mut member, &right, "GET", "/api/orders").await.is(401, REFUSED);
    assert!(
        again.text.contains("used before") && again.header("www-authenticate").contains("invalid_dpop_proof")
    );
    let changes: [(&str, Change); 14] = [
        ("typ", |header, _| header["typ"] = json!("jwt")),
        ("alg", |header, _| header["alg"] = json!("none")),
        ("another curve", |header, _| header["jwk"]["crv"] = json!("P-384")),
        ("a private key", |header, _| header["jwk"]["d"] = json!("AA")),
        ("no point", |header, _| header["jwk"]["x"] = header["jwk"]["y"].clone()),
        ("a long coordinate", |header, _| header["jwk"]["x"] = json!("A".repeat(44))),
        ("no key", |header, _| header["jwk"] = json!(null)),
        ("method", |_, claims| claims["htm"] = json!("POST")),
        ("path", |_, claims| claims["htu"] = json!(format!("{}s", claims["htu"].as_str().unwrap()))),
        ("origin", |_, claims| claims["htu"] = json!("https://elsewhere.example/api/orders")),
        ("old", |_, claims| claims["iat"] = json!(clock::seconds() - 301)),
        ("early", |_, claims| claims["iat"] = json!(clock::seconds() + 302)),
        ("nonce", |_, claims| claims["nonce"] = json!("AAAA")),
        ("no jti", |_, claims| claims["jti"] = json!(null)),
    ];
    for (what, change) in changes {
        let reply = with(&mut member, &prover.proof("GET", &url, change), "GET", "/api/orders").await;
        assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (401, &json!(REFUSED)), "{what}");
    }
    let fresh = prover.proof("GET", &url, |_, _| {});
    let (signed, _) = fresh.rsplit_once('.').unwrap();
    for proof in [
        "",
        "a.b.c",
        signed,
        &format!("{signed}.AAAA"),
        &format!("{signed}.{}", "A".repeat(86)),
        &"a".repeat(3000),
    ] {
        with(&mut member, proof, "GET", "/api/orders").await.is(401, REFUSED);
    }
    // The query is no part of what is proven (RFC 9449 §4.2).
    let other = prover.proof("GET", &url, |_, _| {});
    with(&mut member, &other, "GET", "/api/orders?page=2").await.is(200, "");
}

#[tokio::test]
async fn any_bytes_in_a_proof_are_refused_or_none() {
    let place = Place::open().await;
    let (mut member, prover) = bound(&place).await;
    let url = format!("{}/api/orders", member.origin);
    let right = prover.proof("GET", &url, |_, _| {});
    for place in (0..right.len()).step_by(7) {
        let mut changed = right.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        with(&mut member, &changed, "GET", "/api/orders").await.is(401, REFUSED);
    }
    with(&mut member, &right, "GET", "/api/orders").await.is(200, "");
}
