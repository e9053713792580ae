use storefront_privacy::password::{Standing, Warning, standing, strength::estimate_with, web};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_estimate_is_the_core_s() {
    for password in
        ["", "password", "MONKEY12", "Tr0ub4dour&3", "20061231", "😀🦊🎈🚲", "correcthorsebatterystaple"]
    {
        let place = standing(password);
        let rank = match place {
            Standing::Listed(rank) => Some(rank),
            Standing::Unlisted => Some(0),
            Standing::Unknown => None,
        };
        let (ours, core) = (
            web::estimate(password.to_owned(), Vec::new(), rank).unwrap(),
            estimate_with(password, &[], place).unwrap(),
        );
        assert_eq!(ours.bound(), core.bound().as_str(), "{password}");
        assert_eq!(ours.corrections().len(), core.corrections().len(), "{password}");
        assert_eq!(ours.score(), core.score(), "{password}");
        assert!((ours.guesses() - core.guesses()).abs() < 1.0, "{password}");
        assert!((ours.guesses_log10() - core.guesses_log10()).abs() < 1e-9, "{password}");
        assert!((ours.online_throttled() - core.seconds().online_throttled).abs() < 1.0, "{password}");
        assert_eq!(ours.warning().as_deref(), core.warning().map(Warning::as_str), "{password}");
        assert_eq!(ours.suggestions().len(), core.suggestions().len(), "{password}");
    }
}

/// The year comes from the browser's clock.
#[wasm_bindgen_test]
fn knows_the_present_year() {
    let year = js_sys::Date::new_0().get_full_year();
    let estimate = web::estimate(year.to_string(), Vec::new(), None).unwrap();
    assert!(estimate.guesses() < 100.0, "{}", estimate.guesses());
}

#[wasm_bindgen_test]
fn codes_of_advice_are_handed_out() {
    let estimate = web::estimate("password".to_owned(), Vec::new(), None).unwrap();
    assert_eq!(estimate.warning().as_deref(), Some("this-is-a-top-10-password"));
    assert_eq!(estimate.suggestions(), ["add-another-word-or-two"]);
    assert!(
        estimate.online_unthrottled() > estimate.offline_slow()
            && estimate.offline_slow() > estimate.offline_fast()
    );
}

#[wasm_bindgen_test]
fn too_much_is_refused() {
    assert_eq!(web::estimate("x".repeat(257), Vec::new(), None).err().unwrap().code(), "input.too-long");
    assert_eq!(
        web::estimate("x".to_owned(), vec!["a".to_owned(); 33], None).err().unwrap().code(),
        "input.too-long"
    );
}
