//! What the module `tools` exports: the signer's side, for `npx storefront-privacy keys`. No page loads it.

use wasm_bindgen::prelude::wasm_bindgen;

use super::seconds;
use crate::codec::json::{Object, Value};
use crate::payment::envelope::header::Audience;
use crate::payment::trust::{Manifest, Place, Roots, SigningRoot};
use crate::payment::{Alg, Opener};
use crate::{Code, Error};

/// A new root, as a private JWK.
///
/// # Errors
///
/// `payment.roots-refused` when the system gives no randomness.
#[wasm_bindgen(js_name = makeRoot)]
pub fn make_root() -> Result<String, Error> {
    Ok(SigningRoot::generate()?.to_jwk().to_string())
}

/// A new recipient's key, as a private JWK.
///
/// # Errors
///
/// `payment.key-unsupported`, `payment.key-invalid`.
#[wasm_bindgen(js_name = makeKey)]
pub fn make_key(kid: &str, alg: &str) -> Result<String, Error> {
    let alg = Alg::parse(alg).ok_or_else(|| {
        let known: Vec<_> = Alg::ALL.iter().map(|alg| alg.as_str()).collect();
        Error::new(Code::PaymentKeyUnsupported, format!("alg: expected one of {}", known.join(", ")))
    })?;
    Ok(Opener::generate_for(kid, alg)?.to_jwk().to_string())
}

/// The public JWK of a root or a key.
///
/// # Errors
///
/// `payment.key-invalid` when it is neither.
#[wasm_bindgen(js_name = publicOf)]
pub fn public_of(jwk: &str) -> Result<String, Error> {
    match SigningRoot::from_jwk(jwk) {
        Ok(root) => Ok(root.public_jwk()),
        Err(_) => Opener::from_jwk(jwk).map(|opener| opener.public_jwk()),
    }
}

/// That these are roots that a page can pin.
///
/// # Errors
///
/// `payment.roots-refused`
#[wasm_bindgen(js_name = verifyRoots)]
pub fn verify_roots(roots: &str) -> Result<(), Error> {
    Roots::parse(roots).map(drop)
}

/// The first manifest of a merchant, with these public keys, each behind the name of its recipient.
///
/// # Errors
///
/// `payment.roots-refused`, `payment.key-…`, `input.invalid`.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over what JavaScript sent")]
pub fn sign(
    root: &str,
    merchant: &str,
    origins: Vec<String>,
    keys: Vec<String>,
    now_ms: f64,
    lifetime: f64,
    sequence: f64,
) -> Result<String, Error> {
    let (now, lifetime, sequence) = (seconds(now_ms), seconds(lifetime * 1000.0), seconds(sequence * 1000.0));
    let mut manifest = Manifest::new(merchant, &origins, now, lifetime)?.with_sequence(sequence)?;
    for pair in keys.chunks(2) {
        let [recipient, jwk] = pair else { break };
        manifest = manifest.with_key(jwk, audience(recipient)?, now)?;
    }
    manifest.sign(&SigningRoot::from_jwk(root)?)
}

/// The next manifest, in which a new key comes first.
///
/// # Errors
///
/// `payment.roots-refused`, `payment.key-…`, `input.invalid`.
#[wasm_bindgen]
pub fn rotate(
    root: &str,
    manifest: &str,
    recipient: &str,
    jwk: &str,
    now_ms: f64,
    overlap: f64,
) -> Result<String, Error> {
    let (root, manifest) = own(root, manifest)?;
    manifest.rotate(jwk, audience(recipient)?, seconds(now_ms), seconds(overlap * 1000.0))?.sign(&root)
}

/// The next manifest, without one key.
///
/// # Errors
///
/// `payment.roots-refused`, `payment.key-…`.
#[wasm_bindgen]
pub fn revoke(root: &str, manifest: &str, kid: &str, now_ms: f64) -> Result<String, Error> {
    let (root, manifest) = own(root, manifest)?;
    manifest.revoke(kid, seconds(now_ms))?.sign(&root)
}

/// The next manifest, with the same keys for as long again.
///
/// # Errors
///
/// `payment.roots-refused`, `payment.key-…`.
#[wasm_bindgen]
pub fn renew(root: &str, manifest: &str, now_ms: f64) -> Result<String, Error> {
    let (root, manifest) = own(root, manifest)?;
    manifest.renew(seconds(now_ms))?.sign(&root)
}

/// What a manifest says, as JSON, when a page of this merchant and origin would take it.
///
/// # Errors
///
/// As [`Roots::verify`].
#[wasm_bindgen]
pub fn verify(
    roots: &str,
    manifest: &str,
    merchant: &str,
    origin: &str,
    now_ms: f64,
    newest: f64,
) -> Result<String, Error> {
    let place = Place { merchant, origin, now: seconds(now_ms), newest: seconds(newest * 1000.0) };
    let manifest = Roots::parse(roots)?.verify(manifest, &place)?;
    let keys = manifest.keys().iter().map(|key| {
        Object::new()
            .with("kid", key.kid())
            .with("alg", key.alg().as_str())
            .with("recipient", key.audience().as_str())
            .with("nbf", key.not_before())
            .with("exp", key.expires())
    });
    Value::from(
        Object::new()
            .with("merchant", manifest.merchant())
            .with("origins", manifest.origins().iter().map(String::as_str).collect::<Vec<_>>())
            .with("sequence", manifest.sequence())
            .with("expires", manifest.expires())
            .with("keys", keys.collect::<Vec<_>>()),
    )
    .to_canonical()
}

fn own(root: &str, manifest: &str) -> Result<(SigningRoot, Manifest), Error> {
    let root = SigningRoot::from_jwk(root)?;
    let manifest = Roots::parse(&["[", &root.public_jwk(), "]"].concat())?.read(manifest)?;
    Ok((root, manifest))
}

fn audience(recipient: &str) -> Result<Audience, Error> {
    Audience::parse(recipient)
        .ok_or_else(|| Error::new(Code::InputInvalid, "recipient: expected processor or carrier"))
}
