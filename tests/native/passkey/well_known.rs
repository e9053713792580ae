//! What is served under `/.well-known/`: the package gives the same, by the same vectors.

use serde_json::Value;
use storefront_privacy::passkey::well_known::{PasskeyEndpoints, related_origins};

use crate::generate::{Source, cases};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../vectors/passkey/well-known.json")).unwrap()
}

#[test]
fn related_origins_are_origins_each_once() {
    for case in vectors()["origins"].as_array().unwrap() {
        let from: Vec<_> =
            case["from"].as_array().unwrap().iter().map(|origin| origin.as_str().unwrap()).collect();
        assert_eq!(related_origins(&from).ok().as_deref(), case["json"].as_str(), "{from:?}");
    }
    let many: Vec<_> = (0..=100).map(|number| format!("https://shop{number}.example")).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    assert!(related_origins(&many[..100]).is_ok());
    assert_eq!(
        related_origins(&many).unwrap_err().to_string(),
        "well-known: expected 1 to 100 origins, found 101"
    );
}

#[test]
fn endpoints_are_addresses() {
    for case in vectors()["endpoints"].as_array().unwrap() {
        let from = |name: &str| case["from"][name].as_str();
        let endpoints = PasskeyEndpoints {
            enroll: from("enroll"),
            manage: from("manage"),
            prf_usage_details: from("prfUsageDetails"),
        };
        assert_eq!(endpoints.to_json().ok().as_deref(), case["json"].as_str(), "{case}");
    }
}

#[test]
fn any_text_is_json_or_refused() {
    let mut source = Source::new(47);
    for _ in 0..cases(20_000) {
        let text = source.mutate("https://shop.example:8443/account?a=b#c", "https://.:@\"\\{}<é 0 \u{0}");
        for json in [
            related_origins(&[&text]),
            PasskeyEndpoints { manage: Some(&text), ..PasskeyEndpoints::default() }.to_json(),
        ] {
            match json {
                Ok(json) => assert!(serde_json::from_str::<Value>(&json).unwrap().is_object()),
                Err(error) => assert_eq!(error.code(), "input.invalid"),
            }
        }
    }
}
