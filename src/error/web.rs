//! An [`Error`] as the page sees it: a JavaScript `Error` named `PrivacyError`, with its `code`.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::Error;

// js-sys has these too, but naming it at all keeps 2 KB of its closures in every module.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Error)]
    type Thrown;
    #[wasm_bindgen(constructor, js_class = Error)]
    fn new(message: &str) -> Thrown;
    #[wasm_bindgen(method, setter)]
    fn set_name(this: &Thrown, name: &str);
    #[wasm_bindgen(method, setter)]
    fn set_code(this: &Thrown, code: &str);
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let thrown = Thrown::new(error.message());
        thrown.set_name("PrivacyError");
        thrown.set_code(error.code());
        thrown.into()
    }
}
