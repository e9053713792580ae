//! What the module `consent-iab` exports to JavaScript for GPP. The package's façade is the only caller; a Rust program uses
//! [`Gpp`](super::Gpp).

use wasm_bindgen::prelude::wasm_bindgen;

use crate::Error;

/// What the numbers of a section are, see [`form_of`](super::form_of).
#[wasm_bindgen(js_name = gppForm)]
pub fn form(id: u16, version: u32) -> String {
    super::form_of(id, version)
}

/// The numbers of a new section.
#[wasm_bindgen(js_name = gppInitial)]
pub fn initial(id: u16, version: u32) -> Vec<u32> {
    super::initial_numbers(id, version)
}

/// The ids of the sections of a GPP string.
///
/// # Errors
///
/// As [`ids_in`](super::ids_in).
#[wasm_bindgen(js_name = gppIds)]
pub fn ids(text: &str) -> Result<Vec<u16>, Error> {
    super::ids_in(text)
}

/// The header for sections of these ids.
#[wasm_bindgen(js_name = gppHeader)]
pub fn header(ids: &[u16]) -> String {
    super::header_of(ids)
}

/// The numbers in the text of a section.
///
/// # Errors
///
/// As [`numbers_in`](super::numbers_in).
#[wasm_bindgen(js_name = gppRead)]
pub fn read(id: u16, text: &str) -> Result<Vec<u32>, Error> {
    super::numbers_in(id, text)
}

/// The text of a section of these numbers.
///
/// # Errors
///
/// As [`text_of`](super::text_of).
#[wasm_bindgen(js_name = gppWrite)]
pub fn write(id: u16, numbers: &[u32]) -> Result<String, Error> {
    super::text_of(id, numbers)
}
