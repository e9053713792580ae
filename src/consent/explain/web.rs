//! What the module `consent-signals` exports. The package's façade is the only caller; a Rust program uses the modules beside
//! this one.

use wasm_bindgen::prelude::wasm_bindgen;

use super::Names;
use crate::Error;

/// What a string says, as JSON ([`super::Explained::to_json`]); `list` is a vendor list's text, empty without one.
///
/// # Errors
///
/// `signal.…` for the string, `vendor-list.…` for the list.
#[wasm_bindgen]
pub fn explain(text: &str, list: &str) -> Result<String, Error> {
    let names = if list.is_empty() { None } else { Some(Names::parse(list)?) };
    Ok(super::explain(text, names.as_ref())?.to_json())
}
