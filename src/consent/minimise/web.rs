//! What the module `consent-minimise` exports. The package's façade is the only caller; a Rust program uses the modules beside
//! this one.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::Error;

/// A pseudonym.
///
/// # Errors
///
/// `input.invalid` or `input.too-long`, see [`super::Pseudonyms`].
#[wasm_bindgen]
pub fn pseudonym(secret: &[u8], id: &str, purpose: &str, epoch: u32) -> Result<String, Error> {
    super::Pseudonyms::new(secret)?.pseudonym(id, purpose, u64::from(epoch))
}

/// A text without what was found in it.
#[wasm_bindgen]
pub fn redact(text: &str) -> String {
    super::redact(text).text
}
