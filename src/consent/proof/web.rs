//! What the module `consent-receipts` exports. The package's façade is the only caller; a Rust program uses the modules beside
//! this one.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Circumstances, Link, PublicKey, Receipt, Signed, Surface, Trust, invalid};
use crate::Error;
use crate::codec::json;
use crate::consent::{Decision, Policy};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_with_random(bytes: &mut [u8]);
}

/// What the page has to sign, for a decision under a policy file: `protected.payload`.
///
/// `before` are the purposes granted earlier, `previous` is the signed receipt before this one, as JSON; either may be empty.
///
/// # Errors
///
/// `consent.policy-invalid`, `consent.decision-invalid` or `consent.receipt-invalid`.
#[wasm_bindgen(js_name = composeReceipt)]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over what it has made")]
#[expect(clippy::too_many_arguments, reason = "plain values cross the boundary one by one")]
pub fn compose_receipt(
    policy: &str,
    decision: &str,
    key: &str,
    origin: &str,
    language: &str,
    region: &str,
    surface: &str,
    before: Vec<String>,
    previous: &str,
) -> Result<String, Error> {
    let read = Policy::parse(policy).map_err(Error::from)?;
    let decision = Decision::decode(decision, &read)?;
    let previous = match previous {
        "" => None,
        previous => Some(Link::to(&Signed::parse(&json::parse(previous)?, "receipt")?)?),
    };
    let mut random = [0; 16];
    fill_with_random(&mut random);
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let circumstances = Circumstances {
        random,
        origin,
        language,
        region: Some(region).filter(|region| !region.is_empty()),
        surface: Surface::parse(surface).ok_or_else(|| invalid("expected banner, settings or script"))?,
        before: &before,
        previous: previous.as_ref(),
    };
    let receipt = Receipt::compose(policy, &decision, &circumstances)?;
    let key = PublicKey::from_jwk(&json::parse(key)?)?;
    Ok(Signed::unsigned("receipt", &key, &receipt.to_canonical()?)?.input())
}

/// A signed receipt as a Kantara receipt, as JSON; empty where nothing was granted.
///
/// # Errors
///
/// `consent.receipt-invalid` when it is no receipt.
#[wasm_bindgen(js_name = kantaraReceipt)]
pub fn kantara_receipt(signed: &str) -> Result<String, Error> {
    let signed = Signed::parse(&json::parse(signed)?, "receipt")?;
    let kantara = super::kantara(&Receipt::read(&signed)?, signed.key())?;
    kantara.map_or(Ok(String::new()), |kantara| kantara.to_canonical())
}

/// What a file of receipts is worth, as JSON ([`super::Report::to_json`]).
///
/// # Errors
///
/// `consent.receipt-invalid` when it is no such file.
#[wasm_bindgen(js_name = verifyReceipts)]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over what it has made")]
pub fn verify_receipts(
    file: &str,
    shop: Vec<String>,
    witness: Vec<String>,
    today: Vec<String>,
) -> Result<String, Error> {
    let [shop, witness, today] =
        [&shop, &witness, &today].map(|list| list.iter().map(String::as_str).collect::<Vec<_>>());
    super::verify(file, &Trust { shop: &shop, witness: &witness, today: &today })?.to_json()
}

/// The sizes of the log that a file's receipts know.
///
/// # Errors
///
/// As [`verify_receipts`].
#[wasm_bindgen(js_name = receiptLogSizes)]
pub fn receipt_log_sizes(file: &str) -> Result<Vec<f64>, Error> {
    // A JavaScript number holds every size up to 2^53.
    let small = |size: u64| u32::try_from(size).ok().map(f64::from);
    Ok(super::sizes(file)?.into_iter().filter_map(small).collect())
}

/// The name of a public key, given as a JWK: its thumbprint (RFC 7638).
///
/// # Errors
///
/// `consent.receipt-invalid` when it is none on P-256.
#[wasm_bindgen(js_name = keyThumbprint)]
pub fn key_thumbprint(jwk: &str) -> Result<String, Error> {
    Ok(PublicKey::from_jwk(&json::parse(jwk)?)?.thumbprint())
}
