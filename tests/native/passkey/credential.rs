use serde_json::{Value, json};
use storefront_privacy::Error;
use storefront_privacy::codec::base64url;
use storefront_privacy::passkey::{authentication_response, registration_response};

use crate::generate::{Source, cases};

/// What `toJSON()` of a created credential gives, PRF outputs included.
fn created() -> Value {
    json!({
        "id": "AQIDBA", "rawId": "AQIDBA", "type": "public-key", "authenticatorAttachment": "platform",
        "response": {
            "clientDataJSON": base64url::encode(br#"{"type":"webauthn.create"}"#),
            "attestationObject": base64url::encode(&[0xa3; 194]),
            "authenticatorData": base64url::encode(&[7; 164]),
            "publicKey": base64url::encode(&[8; 91]),
            "publicKeyAlgorithm": -7,
            "transports": ["internal", "hybrid"],
        },
        "clientExtensionResults": {
            "credProps": { "rk": true },
            "prf": { "enabled": true, "results": { "first": "c2VjcmV0LWtleS1vbmU", "second": "c2VjcmV0LWtleS10d28" } },
        },
    })
}

fn asserted() -> Value {
    json!({
        "id": "AQIDBA", "rawId": "AQIDBA", "type": "public-key", "authenticatorAttachment": "cross-platform",
        "response": {
            "clientDataJSON": base64url::encode(br#"{"type":"webauthn.get"}"#),
            "authenticatorData": base64url::encode(&[7; 37]),
            "signature": base64url::encode(&[8; 71]),
            "userHandle": "BQY",
        },
        "clientExtensionResults": { "prf": { "results": { "first": "c2VjcmV0LWtleS1vbmU" } } },
    })
}

#[track_caller]
fn changed(mut value: Value, pointer: &str, to: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(parent).unwrap()[name] = to;
    value
}

#[track_caller]
fn refusal(result: Result<Value, Error>) -> String {
    let error = result.unwrap_err();
    assert_eq!(error.code(), "passkey.response-invalid");
    error.to_string()
}

/// Changes a value somewhere: a member removed or replaced, by something of another kind or size.
pub(super) fn mutate(source: &mut Source, value: &mut Value) {
    let deeper = !source.once_in(4);
    match value {
        Value::Object(members) if deeper && !members.is_empty() => {
            let name = members.keys().nth(source.below(members.len())).cloned().unwrap();
            if source.once_in(8) {
                members.remove(&name);
            } else {
                mutate(source, &mut members[&name]);
            }
        }
        Value::Array(elements) if deeper && !elements.is_empty() => {
            let position = source.below(elements.len());
            mutate(source, &mut elements[position]);
        }
        Value::String(text) if deeper => *text = source.mutate(text, "AZ09-_=+/ é"),
        _ => {
            *value = match source.below(9) {
                0 => Value::Null,
                1 => json!(true),
                2 => json!(source.next()),
                3 => json!(-1.5e300),
                4 => json!([]),
                5 => json!({}),
                6 => json!(source.text(30)),
                7 => json!("A".repeat(source.below(3000))),
                _ => json!([[[{ "id": source.text(3) }]]]),
            }
        }
    }
}

#[test]
fn a_registration_is_exact() {
    let mut exact = created();
    exact["clientExtensionResults"] = json!({ "credProps": { "rk": true }, "prf": { "enabled": true } });
    assert_eq!(registration_response(created()).unwrap(), exact);
    assert_eq!(registration_response(exact.clone()).unwrap(), exact);
}

#[test]
fn an_authentication_is_exact() {
    let mut exact = asserted();
    exact["clientExtensionResults"] = json!({});
    assert_eq!(authentication_response(asserted()).unwrap(), exact);
    assert_eq!(authentication_response(exact.clone()).unwrap(), exact);
}

#[test]
fn members_of_no_meaning_are_left_out() {
    let mut extra = changed(created(), "/response/more", json!(1));
    extra["toJSON"] = json!("x");
    extra["authenticatorAttachment"] = json!("implanted");
    extra["response"]["transports"] = json!(["usb", "Not A Transport", 7, "quantum-link"]);
    let response = registration_response(extra).unwrap();
    assert_eq!(response["response"].as_object().unwrap().len(), 6);
    assert_eq!(response["response"]["transports"], json!(["usb", "quantum-link"]));
    assert_eq!(response.get("authenticatorAttachment"), None);
    assert_eq!(response.get("toJSON"), None);
}

#[test]
fn a_user_handle_is_absent_where_there_is_none() {
    for handle in [json!(null), json!("")] {
        let response = authentication_response(changed(asserted(), "/response/userHandle", handle)).unwrap();
        assert_eq!(response["response"].get("userHandle"), None);
    }
    let mut without = asserted();
    without["response"].as_object_mut().unwrap().remove("userHandle");
    without.as_object_mut().unwrap().remove("authenticatorAttachment");
    without.as_object_mut().unwrap().remove("clientExtensionResults");
    let response = authentication_response(without).unwrap();
    assert_eq!(response["response"].as_object().unwrap().len(), 3);
    assert_eq!(response["clientExtensionResults"], json!({}));
}

#[test]
fn an_older_browser_s_registration_is_enough() {
    let mut older = created();
    for name in ["authenticatorData", "publicKey", "publicKeyAlgorithm", "transports"] {
        older["response"].as_object_mut().unwrap().remove(name);
    }
    let response = registration_response(older).unwrap();
    assert_eq!(
        response["response"],
        json!({
            "clientDataJSON": created()["response"]["clientDataJSON"],
            "attestationObject": created()["response"]["attestationObject"],
            "transports": [],
        })
    );
}

#[test]
fn keys_never_leave_the_page() {
    for outputs in [
        json!({ "prf": { "results": { "first": "c2VjcmV0" } } }),
        json!({ "prf": { "enabled": true, "results": { "first": "c2VjcmV0" } } }),
        json!({ "prf": { "enabled": "c2VjcmV0", "results": 1 } }),
        json!({ "prf": { "enabled": { "results": "c2VjcmV0" } } }),
        json!({ "prf": "c2VjcmV0" }),
        json!({ "prf": ["c2VjcmV0"] }),
        json!({ "prf": { "c2VjcmV0": 1 } }),
        json!({ "hmacGetSecret": { "output1": "c2VjcmV0" } }),
    ] {
        for response in [
            registration_response(changed(created(), "/clientExtensionResults", outputs.clone())).unwrap(),
            authentication_response(changed(asserted(), "/clientExtensionResults", outputs.clone())).unwrap(),
        ] {
            assert!(!response.to_string().contains("c2VjcmV0"), "{response}");
            assert!(response.pointer("/clientExtensionResults/prf/results").is_none());
        }
    }
}

#[test]
fn a_response_that_is_none_is_refused() {
    for value in [json!(null), json!([]), json!("x"), json!({})] {
        refusal(registration_response(value.clone()));
        refusal(authentication_response(value));
    }
    let register = |pointer: &str, to: Value| refusal(registration_response(changed(created(), pointer, to)));
    assert_eq!(register("/type", json!("password")), "credential: expected `type` to be `public-key`");
    assert_eq!(register("/rawId", json!(null)), "credential: expected `rawId` to be there");
    assert_eq!(register("/rawId", json!("!")), "credential: expected `rawId` to be base64url");
    assert_eq!(register("/id", json!("AQIDBQ")), "credential: expected `id` to be `rawId`");
    assert_eq!(
        register("/rawId", json!("A".repeat(1368))),
        "credential: expected `rawId` to have fewer bytes"
    );
    assert_eq!(register("/response", json!(null)), "credential: expected `response` to be there");
    assert_eq!(
        register("/response/clientDataJSON", json!(null)),
        "response: expected `clientDataJSON` to be there"
    );
    assert_eq!(
        register("/response/attestationObject", json!("AAAA")),
        "response: expected `attestationObject` to have more bytes"
    );
    assert_eq!(
        register("/response/publicKeyAlgorithm", json!("x")),
        "response: expected `publicKeyAlgorithm` to be an integer"
    );
    assert_eq!(
        register("/clientExtensionResults", json!("x")),
        "credential: expected `clientExtensionResults` to be an object of less than 128 KiB"
    );
    let sign_in =
        |pointer: &str, to: Value| refusal(authentication_response(changed(asserted(), pointer, to)));
    assert_eq!(
        sign_in("/response/signature", json!("")),
        "response: expected `signature` to have more bytes"
    );
    assert_eq!(sign_in("/response/signature", json!({})), "response: expected `signature` to be a string");
    assert_eq!(
        sign_in("/response/authenticatorData", json!("AAAA")),
        "response: expected `authenticatorData` to have more bytes"
    );
    assert_eq!(
        sign_in("/response/userHandle", json!("A".repeat(88))),
        "response: expected `userHandle` to have fewer bytes"
    );
    refusal(authentication_response(created()));
    refusal(registration_response(asserted()));
}

#[test]
fn any_json_is_an_answer_or_refused() {
    let mut source = Source::new(51);
    for _ in 0..cases(4_000) {
        for (seed, exact) in [
            (created(), registration_response as fn(Value) -> Result<Value, Error>),
            (asserted(), authentication_response),
        ] {
            let mut value = seed;
            for _ in 0..=source.below(3) {
                mutate(&mut source, &mut value);
            }
            match exact(value) {
                Ok(response) => {
                    assert!(!response.to_string().contains("c2VjcmV0"));
                    assert_eq!(exact(response.clone()).unwrap(), response);
                }
                Err(error) => assert_eq!(error.code(), "passkey.response-invalid"),
            }
        }
    }
}
