use serde_json::{Value, json};
use storefront_privacy::Error;
use storefront_privacy::codec::base64url;
use storefront_privacy::passkey::{CreationOptions, RequestOptions, prf};

use crate::generate::{Source, cases};

const SIMPLEWEBAUTHN: &str = include_str!("../../vectors/passkey/simplewebauthn.json");
const PY_WEBAUTHN: &str = include_str!("../../vectors/passkey/py_webauthn.json");
const PYTHON_FIDO2: &str = include_str!("../../vectors/passkey/python-fido2.json");
const WEBAUTHN_RS: &str = include_str!("../../vectors/passkey/webauthn-rs.json");

const CHALLENGE: &str = "AgkQFx4lLDM6QUhPVl1ka3J5gIeOlZyjqrG4v8bN1Ns";

fn from_server(file: &str, name: &str) -> Value {
    let vector: Value = serde_json::from_str(file).unwrap();
    vector[name].clone()
}

#[track_caller]
fn creation(value: &Value) -> Value {
    CreationOptions::read(value).unwrap().to_json()
}

#[track_caller]
fn request(value: &Value) -> Value {
    RequestOptions::read(value).unwrap().to_json()
}

/// The least that a server can send, and a change to it.
fn least_creation(change: impl FnOnce(&mut Value)) -> Value {
    let mut options = json!({
        "challenge": CHALLENGE,
        "rp": { "name": "Moorland" },
        "user": { "id": "AQ", "name": "ada", "displayName": "Ada" },
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
    });
    change(&mut options);
    options
}

fn refused(value: &Value) -> String {
    let error: Error = CreationOptions::read(value).unwrap_err();
    assert_eq!(error.code(), "passkey.options-invalid");
    error.to_string()
}

fn refused_request(value: &Value) -> String {
    let error: Error = RequestOptions::read(value).unwrap_err();
    assert_eq!(error.code(), "passkey.options-invalid");
    error.to_string()
}

#[test]
fn simplewebauthn_s_options() {
    assert_eq!(
        creation(&from_server(SIMPLEWEBAUTHN, "creation")),
        json!({
            "rp": { "id": "shop.example", "name": "Moorland" },
            "user": { "id": "AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM09o", "name": "ada@shop.example", "displayName": "Ada" },
            "challenge": CHALLENGE,
            "pubKeyCredParams": [
                { "type": "public-key", "alg": -8 }, { "type": "public-key", "alg": -7 },
                { "type": "public-key", "alg": -257 },
            ],
            "timeout": 60_000,
            "excludeCredentials": [
                { "id": "AQIDBAUGBwgJCgsMDQ4PEA", "type": "public-key", "transports": ["internal", "hybrid"] },
            ],
            "authenticatorSelection": {
                "residentKey": "preferred", "requireResidentKey": false, "userVerification": "preferred",
            },
            "attestation": "none",
            "extensions": { "credProps": true },
        })
    );
    assert_eq!(
        request(&from_server(SIMPLEWEBAUTHN, "request")),
        json!({
            "challenge": "AwoRGB8mLTQ7QklQV15lbHN6gYiPlp2kq7K5wMfO1dw", "rpId": "shop.example", "timeout": 60_000,
            "userVerification": "preferred",
        })
    );
    assert_eq!(
        request(&from_server(SIMPLEWEBAUTHN, "request_with")),
        json!({
            "challenge": "BAsSGSAnLjU8Q0pRWF9mbXR7gomQl56lrLO6wcjP1t0", "rpId": "shop.example", "timeout": 60_000,
            "userVerification": "required",
            // Level 3 renamed `cable` to `hybrid`.
            "allowCredentials": [
                { "id": "AQIDBAUGBwgJCgsMDQ4PEA", "type": "public-key", "transports": ["usb", "hybrid"] },
            ],
        })
    );
}

#[test]
fn py_webauthn_s_options() {
    assert_eq!(
        creation(&from_server(PY_WEBAUTHN, "creation")),
        json!({
            "rp": { "id": "shop.example", "name": "Moorland" },
            "user": { "id": "AQgPFh0kKzI5QEdOVVxjag", "name": "ada@shop.example", "displayName": "Ada" },
            "challenge": CHALLENGE,
            "pubKeyCredParams": [
                { "type": "public-key", "alg": -8 }, { "type": "public-key", "alg": -7 },
                { "type": "public-key", "alg": -257 },
            ],
            "timeout": 60_000,
            "excludeCredentials": [
                { "id": "AwoRGB8mLTQ7QklQV15lbHN6gYg", "type": "public-key", "transports": ["smart-card", "usb"] },
            ],
            "authenticatorSelection": {
                "authenticatorAttachment": "platform", "residentKey": "required", "requireResidentKey": true,
                "userVerification": "required",
            },
            "attestation": "enterprise",
            "hints": ["client-device"],
        })
    );
    assert_eq!(
        request(&from_server(PY_WEBAUTHN, "request")),
        json!({
            "challenge": "AwoRGB8mLTQ7QklQV15lbHN6gYiPlp2kq7K5wMfO1dw", "rpId": "shop.example", "timeout": 60_000,
            "userVerification": "preferred",
        })
    );
}

#[test]
fn python_fido2_s_options() {
    let options = creation(&from_server(PYTHON_FIDO2, "creation"));
    assert_eq!(options["challenge"], CHALLENGE);
    assert_eq!(options["pubKeyCredParams"].as_array().unwrap().len(), 10);
    assert_eq!(options["pubKeyCredParams"][7], json!({ "type": "public-key", "alg": -48 }));
    assert_eq!(
        options["authenticatorSelection"],
        json!({ "residentKey": "required", "requireResidentKey": true, "userVerification": "preferred" })
    );
    assert_eq!(
        request(&from_server(PYTHON_FIDO2, "request")),
        json!({ "challenge": "AwoRGB8mLTQ7QklQV15lbHN6gYiPlp2kq7K5wMfO1dw", "rpId": "shop.example" })
    );
    assert_eq!(
        request(&from_server(PYTHON_FIDO2, "request_with")),
        json!({
            "challenge": "BAsSGSAnLjU8Q0pRWF9mbXR7gomQl56lrLO6wcjP1t0", "rpId": "shop.example",
            "userVerification": "required",
            "allowCredentials": [{ "id": "BQwTGiEoLzY9REtSWWBnbnV8g4o", "type": "public-key" }],
            "extensions": { "prf": { "eval": { "first": "AAECAw" } } },
        })
    );
}

#[test]
fn webauthn_rs_s_options() {
    assert_eq!(
        creation(&from_server(WEBAUTHN_RS, "creation")),
        json!({
            "rp": { "id": "shop.example", "name": "Moorland" },
            "user": { "id": "AAAAAAAAAAAAAAAAAAAABw", "name": "ada@shop.example", "displayName": "Ada" },
            "challenge": "BtFhzw0UDMBA3xs1Ch20hYZoS_BYgn4mKes4b_sgM0k",
            "pubKeyCredParams": [
                { "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -35 },
                { "type": "public-key", "alg": -257 },
            ],
            "timeout": 300_000,
            "excludeCredentials": [{ "id": "AQIDBAUGBwgJCgsMDQ4PEA", "type": "public-key" }],
            "authenticatorSelection": {
                "residentKey": "discouraged", "requireResidentKey": false, "userVerification": "required",
            },
            "attestation": "none",
            "extensions": {
                "credProps": true, "uvm": true, "credentialProtectionPolicy": "userVerificationRequired",
                "enforceCredentialProtectionPolicy": false,
            },
        })
    );
    assert_eq!(
        request(&from_server(WEBAUTHN_RS, "request")),
        json!({
            "challenge": "A3dFkuYzMR6adcci-I_rok8HOxcBvrCwaOLoqJ1kFHQ", "rpId": "shop.example", "timeout": 300_000,
            "userVerification": "required", "extensions": { "uvm": true },
        })
    );
}

/// What was made canonical once stays as it is, and the wrapping makes no difference.
#[test]
fn canonical_options_are_read_as_they_are() {
    for file in [SIMPLEWEBAUTHN, PY_WEBAUTHN, PYTHON_FIDO2, WEBAUTHN_RS] {
        let options = creation(&from_server(file, "creation"));
        assert_eq!(creation(&options), options);
        assert_eq!(
            creation(&json!({ "publicKey": options, "ceremony": "7", "mediation": "conditional" })),
            options
        );
        let options = request(&from_server(file, "request"));
        assert_eq!(request(&options), options);
        assert_eq!(request(&json!({ "publicKey": options })), options);
    }
}

#[test]
fn what_is_optional_may_be_absent_or_null() {
    assert_eq!(
        creation(&json!({ "challenge": CHALLENGE, "user": { "id": "AQ", "name": "ada" } })),
        json!({
            "challenge": CHALLENGE,
            "rp": { "name": "" },
            "user": { "id": "AQ", "name": "ada", "displayName": "" },
            "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
        })
    );
    let nulls = least_creation(|options| {
        for name in [
            "timeout",
            "excludeCredentials",
            "authenticatorSelection",
            "hints",
            "attestation",
            "attestationFormats",
            "extensions",
        ] {
            options[name] = Value::Null;
        }
        options["rp"]["id"] = Value::Null;
    });
    assert_eq!(creation(&nulls), least_creation(|_| ()));
    assert_eq!(
        request(&json!({ "challenge": "AA", "rpId": null, "allowCredentials": null, "extensions": null })),
        json!({ "challenge": "AA" })
    );
    assert_eq!(
        request(&json!({ "challenge": "AA", "rpId": "", "allowCredentials": [] })),
        json!({ "challenge": "AA" })
    );
}

#[test]
fn values_from_another_time_are_ignored() {
    let options = least_creation(|options| {
        options["attestation"] = json!("notarised");
        options["hints"] = json!(["telepathy", "hybrid", 7]);
        options["timeout"] = json!(-1);
        options["attestationFormats"] = json!(["compound", "packed"]);
        options["icon"] = json!("x");
        options["pubKeyCredParams"] = json!([
            { "type": "public-key", "alg": -48 }, { "type": "password", "alg": 1 }, { "alg": -7 }, { "type": "public-key" },
        ]);
        options["authenticatorSelection"] = json!({
            "authenticatorAttachment": "implanted", "residentKey": "perhaps", "userVerification": "twice",
            "requireResidentKey": true,
        });
        options["excludeCredentials"] = json!([
            { "type": "password", "id": "!" }, { "type": "public-key", "id": "AQ", "transports": ["usb", "pigeon", "usb"] },
        ]);
    });
    let canonical = least_creation(|options| {
        options["hints"] = json!(["hybrid"]);
        options["attestationFormats"] = json!(["compound", "packed"]);
        options["pubKeyCredParams"] =
            json!([{ "type": "public-key", "alg": -48 }, { "type": "public-key", "alg": -7 }]);
        options["authenticatorSelection"] = json!({ "residentKey": "required", "requireResidentKey": true });
        options["excludeCredentials"] = json!([{ "type": "public-key", "id": "AQ", "transports": ["usb"] }]);
    });
    assert_eq!(creation(&options), canonical);
}

#[test]
fn padded_and_standard_base64_is_read() {
    for (sent, canonical) in
        [("AA==", "AA"), ("AAA=", "AAA"), ("-_-_", "-_-_"), ("+/+/", "-_-_"), ("+_8=", "-_8")]
    {
        assert_eq!(request(&json!({ "challenge": sent })), json!({ "challenge": canonical }));
    }
    for sent in ["AA=", "AAA==", "A", "A===", "AAAA=", "====", "A=A=", "AB", "A A", "é", "AA\n"] {
        assert_eq!(
            refused_request(&json!({ "challenge": sent })),
            "options: expected `challenge` to be base64url",
            "{sent}"
        );
    }
}

#[test]
fn prf_inputs_are_kept_and_made_canonical() {
    let options = request(&json!({
        "challenge": "AA",
        "allowCredentials": [{ "id": "AQ", "type": "public-key" }, { "id": "Ag", "type": "public-key" }],
        "extensions": {
            "prf": {
                "eval": { "first": "c2FsdA==", "second": "" },
                "evalByCredential": { "AQ==": { "first": "AA" }, "Ag": { "first": "AQ", "second": null } },
                "future": 1,
            },
            "cmtgKey": { "ids": ["a", { "b": [true] }] },
            "appid": "https://shop.example",
            "uvm": null,
        },
    }));
    assert_eq!(
        options["extensions"],
        json!({
            "prf": {
                "eval": { "first": "c2FsdA", "second": "" },
                "evalByCredential": { "AQ": { "first": "AA" }, "Ag": { "first": "AQ" } },
                "future": 1,
            },
            "cmtgKey": { "ids": ["a", { "b": [true] }] },
            "appid": "https://shop.example",
        })
    );
    for prf in [
        json!({ "eval": {} }),
        json!({ "eval": { "first": "!" } }),
        json!({ "eval": { "first": 1 } }),
        json!({ "eval": [] }),
        json!({ "evalByCredential": { "!": { "first": "AA" } } }),
        json!({ "evalByCredential": { "AA": 1 } }),
        json!("on"),
    ] {
        refused_request(&json!({ "challenge": "AA", "extensions": { "prf": prf } }));
    }
}

/// Level 3 §10.1.4: what a browser refuses of them never reaches it.
#[test]
fn prf_inputs_are_settled_for_the_ceremony() {
    let one = json!({ "first": "AQ" });
    let asked = |prf: Value| json!({ "challenge": "AA", "user": { "id": "AQ", "name": "ada" }, "extensions": { "prf": prf } });
    let default = json!({ "prf": { "eval": { "first": base64url::encode(prf::DEFAULT_INPUT) } } });
    for empty in [json!({}), json!({ "evalByCredential": {} }), json!({ "eval": null })] {
        assert_eq!(request(&asked(empty.clone()))["extensions"], default);
        assert_eq!(creation(&asked(empty))["extensions"], default);
    }
    let both = json!({ "eval": one, "evalByCredential": { "AQ": one, "Ag": one } });
    assert_eq!(creation(&asked(both.clone()))["extensions"], json!({ "prf": { "eval": one } }));
    assert_eq!(request(&asked(both.clone()))["extensions"], json!({ "prf": { "eval": one } }));
    let mut allowing = asked(both);
    allowing["allowCredentials"] = json!([{ "id": "Ag" }]);
    assert_eq!(
        request(&allowing)["extensions"],
        json!({ "prf": { "eval": one, "evalByCredential": { "Ag": one } } })
    );
    let refusal = "prf: expected `eval`, or `evalByCredential` for one of `allowCredentials`";
    let named = asked(json!({ "evalByCredential": { "AQ": one } }));
    assert_eq!(refused_request(&named), refusal);
    assert_eq!(CreationOptions::read(&named).unwrap_err().to_string(), refusal);
    let own = RequestOptions::read(&json!({ "challenge": "AA" })).unwrap();
    assert_eq!(own.clone().with_prf(&json!({})).unwrap().to_json()["extensions"], default);
    assert_eq!(own.with_prf(&json!("on")).unwrap_err().to_string(), "prf: expected an object");
}

#[test]
fn what_a_ceremony_cannot_do_without_is_asked_for() {
    for value in [
        json!(null),
        json!(1),
        json!("{}"),
        json!([]),
        json!({ "publicKey": [] }),
        json!({ "publicKey": "x" }),
    ] {
        assert_eq!(refused(&value), "options: expected an object", "{value}");
        assert_eq!(refused_request(&value), "options: expected an object", "{value}");
    }
    assert_eq!(refused_request(&json!({})), "options: expected `challenge` to be there");
    let change = |pointer: &str, value: Value| {
        refused(&least_creation(|options| *options.pointer_mut(pointer).unwrap() = value))
    };
    assert_eq!(change("/challenge", json!(1)), "options: expected `challenge` to be a string");
    assert_eq!(change("/challenge", json!("")), "options: expected `challenge` to have more bytes");
    assert_eq!(
        change("/challenge", json!("A".repeat(2000))),
        "options: expected `challenge` to have fewer bytes"
    );
    assert_eq!(change("/user", json!(null)), "options: expected `user` to be there");
    assert_eq!(change("/user", json!(1)), "options: expected `user` to be an object");
    assert_eq!(change("/user/id", json!("")), "user: expected `id` to have more bytes");
    assert_eq!(change("/user/id", json!("A".repeat(88))), "user: expected `id` to have fewer bytes");
    assert_eq!(change("/user/name", json!(null)), "user: expected `name` to be there");
    assert_eq!(change("/user/name", json!(7)), "user: expected `name` to be a string");
    assert_eq!(change("/rp", json!("shop")), "options: expected `rp` to be an object");
    assert_eq!(change("/rp/name", json!("x".repeat(1025))), "rp: expected `name` to be at most 1024 bytes");
    assert_eq!(
        change("/pubKeyCredParams", json!([{ "type": "password" }])),
        "options: expected `pubKeyCredParams` to have one whose type is `public-key`"
    );
    let with = |name: &str, value: Value| refused(&least_creation(|options| options[name] = value));
    assert_eq!(
        with("excludeCredentials", json!({})),
        "options: expected `excludeCredentials` to be an array"
    );
    assert_eq!(with("excludeCredentials", json!([1])), "excludeCredentials: expected an object");
    assert_eq!(
        with("excludeCredentials", json!([{ "id": "" }])),
        "excludeCredentials: expected `id` to have more bytes"
    );
    assert_eq!(
        with("excludeCredentials", json!(vec![json!({ "id": "AA" }); 1025])),
        "options: expected `excludeCredentials` to have fewer elements"
    );
    let deep = (0..20).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(with("extensions", json!({ "x": deep })), "options: expected `extensions` to be smaller");
    assert_eq!(
        with("extensions", json!({ "x": "x".repeat(200_000) })),
        "options: expected `extensions` to be smaller"
    );
}

#[test]
fn any_json_is_read_or_refused() {
    let seeds: Vec<Value> = [SIMPLEWEBAUTHN, PY_WEBAUTHN, PYTHON_FIDO2, WEBAUTHN_RS]
        .iter()
        .flat_map(|file| [from_server(file, "creation"), from_server(file, "request")])
        .collect();
    let mut source = Source::new(41);
    for _ in 0..cases(4_000) {
        let mut value = seeds[source.below(seeds.len())].clone();
        for _ in 0..=source.below(3) {
            super::credential::mutate(&mut source, &mut value);
        }
        match CreationOptions::read(&value) {
            Ok(options) => assert_eq!(creation(&options.to_json()), options.to_json()),
            Err(error) => assert_eq!(error.code(), "passkey.options-invalid"),
        }
        match RequestOptions::read(&value) {
            Ok(options) => assert_eq!(request(&options.to_json()), options.to_json()),
            Err(error) => assert_eq!(error.code(), "passkey.options-invalid"),
        }
    }
}
