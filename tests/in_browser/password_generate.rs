use storefront_privacy::password::{Policy, Rules, generate::web};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_browser_s_randomness_makes_passwords_to_rules() {
    let text = Policy::NIST_800_63B_4.attributes().passwordrules;
    let rules = Rules::parse(&text).unwrap();
    let mut all: Vec<String> =
        (0..100).map(|_| web::generate_password(&text, None, false).unwrap().password()).collect();
    assert!(all.iter().all(|password| password.len() == 15 && rules.accepts(password)));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 100);
    let generated = web::generate_password("allowed: digit", Some(6), true).unwrap();
    assert!(generated.password().bytes().all(|byte| (b'2'..=b'9').contains(&byte)));
    assert!((generated.entropy() - 18.0).abs() < 1e-9);
}

#[wasm_bindgen_test]
fn the_browser_s_randomness_makes_passphrases() {
    let generated = web::generate_passphrase(6, " ", true, true).unwrap();
    assert_eq!(generated.password().split(' ').count(), 6);
    assert!((generated.entropy() - 6.0 * 7_776_f64.log2() - 60_f64.log2()).abs() < 1e-9);
}

#[wasm_bindgen_test]
fn what_cannot_be_is_refused() {
    let code = |rules: &str, length| web::generate_password(rules, length, false).err().unwrap().code();
    assert_eq!(code("minlength: x", None), "password.rules-invalid");
    assert_eq!(code("", Some(257)), "input.invalid");
    assert_eq!(web::generate_passphrase(4, "-", false, false).err().unwrap().code(), "input.invalid");
}
