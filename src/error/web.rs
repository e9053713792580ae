//! An [`Error`] as the page sees it: a JavaScript `Error` named `PrivacyError`, with its `code`.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::Error;

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let thrown = js_sys::Error::new(error.message());
        thrown.set_name("PrivacyError");
        // A fresh Error object is extensible, so this cannot fail; and if it did, the message still arrives.
        let _ = Reflect::set(&thrown, &Self::from_str("code"), &Self::from_str(error.code()));
        thrown.into()
    }
}
