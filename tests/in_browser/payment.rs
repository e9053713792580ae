use std::collections::HashSet;

use js_sys::Date;
use storefront_privacy::payment::web::{
    WebSealer, brand_names, format, last_four, web_check_card, web_format_expiry,
};
use storefront_privacy::payment::{Expected, Opener, Order};
use wasm_bindgen_test::wasm_bindgen_test;

const MERCHANT: &str = "moorland";
const ORIGIN: &str = "https://moorland.example";

fn sealer(opener: &Opener) -> WebSealer {
    WebSealer::new(&opener.public_jwk(), MERCHANT, ORIGIN).unwrap_or_else(|error| panic!("{error}"))
}

#[wasm_bindgen_test]
fn a_number_is_shown_as_its_brand_prints_it() {
    let view = format("378282246", 9);
    assert_eq!((view.text().as_str(), view.caret(), view.digits()), ("3782 82246", 10, 9));
    assert_eq!((view.brand().as_deref(), view.code_length()), (Some("amex"), 4));
    assert!(!view.complete() && !view.valid());
    assert!(format("4242424242424242", 0).valid());
    assert_eq!(format("", 0).brand(), None);
}

#[wasm_bindgen_test]
fn an_expiry_is_shown_as_month_and_year() {
    let view = web_format_expiry("1/2030", 6);
    assert_eq!((view.text().as_str(), view.caret()), ("01 / 30", 7));
    assert!(view.complete() && view.valid());
}

#[wasm_bindgen_test]
fn a_card_s_problems_are_named_by_field() {
    let check = |number: &str, accepted: &[&str]| {
        let accepted = accepted.iter().map(|id| (*id).to_owned()).collect();
        web_check_card(number, "12/40", "123", "Ada Lovelace", Date::now(), accepted)
    };
    assert!(check("4242424242424242", &[]).is_empty());
    assert!(check("4242424242424242", &["visa"]).is_empty());
    assert_eq!(check("4242424242424242", &["amex"]), ["number:payment.brand-not-accepted"]);
    // A list of brands that are not known accepts none.
    assert_eq!(check("4242424242424242", &["unheard-of"]), ["number:payment.brand-not-accepted"]);
    assert_eq!(check("4242", &[]), ["number:payment.number-incomplete"]);
    assert_eq!(web_check_card("4242424242424242", "12/40", "123", "Ada", f64::NAN, Vec::new()).len(), 1);
}

#[wasm_bindgen_test]
fn brands_and_last_digits() {
    let names = brand_names();
    assert!(names.len() >= 24 && names.contains(&"visa".to_owned()));
    assert_eq!(last_four("4242 4242 4242 4242").ok().as_deref(), Some("4242"));
    assert_eq!(last_four("4242").err().map(|error| error.code()), Some("payment.number-incomplete"));
}

/// The randomness is the browser's, and what is sealed here opens with the processor's code.
#[wasm_bindgen_test]
fn a_card_is_sealed_and_opens() {
    let opener = Opener::generate("browser").unwrap();
    let sealer = sealer(&opener);
    let now = Date::now();
    let seal = || {
        sealer
            .seal(
                "4242 4242 4242 4242",
                "12/40",
                "123",
                "Ada Lovelace",
                "A-1",
                4_200,
                "EUR",
                now,
                "compact",
                "",
            )
            .unwrap()
    };
    let (first, second) = (seal(), seal());
    assert_ne!(first, second);
    let order = Order::new("A-1", 4_200, "EUR").unwrap();
    let expected = Expected {
        merchant: MERCHANT,
        origin: ORIGIN,
        order: &order,
        now: format!("{:.0}", (now / 1000.0).floor()).parse().unwrap(),
    };
    let mut seen = HashSet::new();
    for envelope in [&first, &second] {
        let card = opener.open(envelope, &expected, &mut seen).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(card.number().last_four(), "4242");
        assert_eq!(card.name().as_str(), "Ada Lovelace");
    }
    assert!(opener.open(&first, &expected, &mut seen).is_err());
}

#[wasm_bindgen_test]
fn what_cannot_be_sealed_has_a_code() {
    let opener = Opener::generate("browser").unwrap();
    let sealer = sealer(&opener);
    let seal = |number: &str, expiry: &str, code: &str, name: &str, order: &str, now: f64| {
        sealer
            .seal(number, expiry, code, name, order, 1, "EUR", now, "compact", "")
            .err()
            .map(|error| error.code())
    };
    let now = Date::now();
    let number = "4242424242424242";
    assert_eq!(seal(number, "12/40", "123", "Ada", "A", now), None);
    assert_eq!(seal("4242424242424241", "12/40", "123", "Ada", "A", now), Some("payment.number-invalid"));
    assert_eq!(seal(number, "12/20", "123", "Ada", "A", now), Some("payment.expiry-past"));
    assert_eq!(seal(number, "12/40", "12", "Ada", "A", now), Some("payment.code-invalid"));
    assert_eq!(seal(number, "12/40", "123", " ", "A", now), Some("payment.name-invalid"));
    assert_eq!(seal(number, "12/40", "123", "Ada", "", now), Some("input.invalid"));
    assert_eq!(seal(number, "12/40", "123", "Ada", "A", f64::INFINITY), Some("input.invalid"));
    let refused =
        |jwk: &str, origin: &str| WebSealer::new(jwk, MERCHANT, origin).err().map(|error| error.code());
    assert_eq!(refused("{", ORIGIN), Some("payment.key-invalid"));
    assert_eq!(refused(r#"{"keys":[]}"#, ORIGIN), Some("payment.key-unsupported"));
    assert_eq!(refused(&opener.public_jwk(), "null"), Some("input.invalid"));
}
