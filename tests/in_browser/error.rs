use js_sys::Reflect;
use storefront_privacy::{Code, Error};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_thrown_error_is_a_javascript_error_with_a_code() {
    for code in Code::ALL {
        let thrown = JsValue::from(Error::new(*code, "expected this, found that"));
        let error = thrown.dyn_ref::<js_sys::Error>().expect("an Error");
        assert_eq!(error.name(), "PrivacyError");
        assert_eq!(error.message(), "expected this, found that");
        let found = Reflect::get(&thrown, &JsValue::from_str("code")).unwrap();
        assert_eq!(found.as_string().as_deref(), Some(code.as_str()));
    }
}
