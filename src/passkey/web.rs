//! What the module `passkey` exports to JavaScript. The package's façade is the only caller; a Rust program uses the
//! modules beside this one.
//!
//! What comes in is copied member by member before it is looked at: a getter that throws, a cycle or an endless proxy
//! is an error with a code. Nothing is written to the console.

mod copy;

use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{CreationOptions, RequestOptions, authentication_response, registration_response};
use crate::{Code, Error};

/// Any server's creation options as `PublicKeyCredentialCreationOptionsJSON`, with the page's own PRF inputs and hints, each or `undefined`.
///
/// # Errors
///
/// `passkey.options-invalid`
#[wasm_bindgen(js_name = creationOptions)]
pub fn creation_options(value: &JsValue, prf: &JsValue, hints: &JsValue) -> Result<JsValue, Error> {
    let mut options = CreationOptions::read(&read(value)?)?;
    if !prf.is_undefined() {
        options = options.with_prf(&read(prf)?)?;
    }
    if !hints.is_undefined() {
        options = options.with_hints(&read(hints)?)?;
    }
    give(&options.to_json(), Code::PasskeyOptionsInvalid)
}

/// Any server's request options as `PublicKeyCredentialRequestOptionsJSON`, with the page's own PRF inputs and hints, and for the
/// order that it shows, each or `undefined`.
///
/// # Errors
///
/// `passkey.options-invalid`, `passkey.order-mismatch`, `input.invalid`
#[wasm_bindgen(js_name = requestOptions)]
pub fn request_options(
    value: &JsValue,
    prf: &JsValue,
    hints: &JsValue,
    order: &JsValue,
) -> Result<JsValue, Error> {
    let mut options = RequestOptions::read(&read(value)?)?;
    if !prf.is_undefined() {
        options = options.with_prf(&read(prf)?)?;
    }
    if !hints.is_undefined() {
        options = options.with_hints(&read(hints)?)?;
    }
    if !order.is_undefined() {
        options = options.for_order(&copy::plain(order, Code::InputInvalid)?)?;
    }
    give(&options.to_json(), Code::PasskeyOptionsInvalid)
}

/// A credential that was created as `RegistrationResponseJSON`.
///
/// # Errors
///
/// `passkey.response-invalid`
#[wasm_bindgen(js_name = registrationResponse)]
pub fn web_registration_response(value: &JsValue) -> Result<JsValue, Error> {
    let credential = copy::plain(value, Code::PasskeyResponseInvalid)?;
    give(&registration_response(credential)?, Code::PasskeyResponseInvalid)
}

/// A credential that was asserted as `AuthenticationResponseJSON`.
///
/// # Errors
///
/// `passkey.response-invalid`
#[wasm_bindgen(js_name = authenticationResponse)]
pub fn web_authentication_response(value: &JsValue) -> Result<JsValue, Error> {
    let credential = copy::plain(value, Code::PasskeyResponseInvalid)?;
    give(&authentication_response(credential)?, Code::PasskeyResponseInvalid)
}

fn read(value: &JsValue) -> Result<Value, Error> {
    copy::plain(value, Code::PasskeyOptionsInvalid)
}

fn give(value: &Value, code: Code) -> Result<JsValue, Error> {
    value
        .serialize(&Serializer::json_compatible())
        .map_err(|_| Error::new(code, "passkey: expected a value that JavaScript can hold"))
}
