//! The specification's own ceremonies (Level 3 §16.2 to §16.16), read and passed on.

use serde_json::{Value, json};
use storefront_privacy::codec::base64url;
use storefront_privacy::passkey::{
    AttestationObject, AuthenticatorData, ClientData, authentication_response, registration_response,
};

fn ceremonies() -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("../../vectors/passkey/w3c.json")).unwrap();
    vectors["ceremonies"].as_array().unwrap().clone()
}

#[track_caller]
fn bytes(value: &Value) -> Vec<u8> {
    base64url::decode(value.as_str().unwrap()).unwrap()
}

/// What the relying party looks at first, of either ceremony.
#[track_caller]
fn check_client_data(ceremony: &Value, step: &str, kind: &str) {
    let data = ClientData::read(&bytes(&ceremony[step]["clientDataJSON"])).unwrap();
    assert_eq!((data.kind.as_str(), data.origin.as_str()), (kind, "https://example.org"));
    assert_eq!(data.challenge, bytes(&ceremony[step]["challenge"]));
    assert_eq!(data.cross_origin, ceremony["crossOrigin"]);
    assert_eq!(data.top_origin.as_deref(), ceremony["topOrigin"].as_str());
}

#[test]
fn every_registration_is_read() {
    let ceremonies = ceremonies();
    assert_eq!(ceremonies.len(), 15);
    for ceremony in &ceremonies {
        let given = &ceremony["registration"];
        let object = AttestationObject::read(&bytes(&given["attestationObject"])).unwrap();
        assert_eq!(object.format, ceremony["format"].as_str().unwrap(), "{}", ceremony["name"]);
        let data = object.authenticator_data;
        assert!(data.user_present && data.extensions.is_none());
        let attested = data.attested.unwrap();
        assert_eq!(attested.aaguid().replace('-', ""), given["aaguid"].as_str().unwrap());
        assert_eq!(attested.id, bytes(&given["id"]));
        assert_eq!(json!(attested.algorithm), ceremony["algorithm"]);
        check_client_data(ceremony, "registration", "webauthn.create");
    }
    assert!(ceremonies.iter().any(|ceremony| bytes(&ceremony["registration"]["id"]).len() == 1023));
}

#[test]
fn every_authentication_is_read() {
    for ceremony in ceremonies() {
        let data = AuthenticatorData::read(&bytes(&ceremony["authentication"]["authenticatorData"])).unwrap();
        assert!(data.user_present && data.attested.is_none() && data.extensions.is_none());
        assert_eq!(data.sign_count, 0);
        check_client_data(&ceremony, "authentication", "webauthn.get");
    }
}

#[test]
fn every_ceremony_is_passed_on_byte_for_byte() {
    for ceremony in ceremonies() {
        let (created, got) = (&ceremony["registration"], &ceremony["authentication"]);
        let credential = |response: Value| json!({ "id": created["id"], "rawId": created["id"], "type": "public-key", "response": response, "clientExtensionResults": {} });
        let object = AttestationObject::read(&bytes(&created["attestationObject"])).unwrap();
        let response = registration_response(credential(json!({
            "clientDataJSON": created["clientDataJSON"], "attestationObject": created["attestationObject"], "transports": [],
            "authenticatorData": created["attestationObject"], "publicKeyAlgorithm": object.authenticator_data.attested.unwrap().algorithm,
        })))
        .unwrap();
        for name in ["clientDataJSON", "attestationObject"] {
            assert_eq!(response["response"][name], created[name]);
        }
        let response = authentication_response(credential(json!({
            "clientDataJSON": got["clientDataJSON"], "authenticatorData": got["authenticatorData"], "signature": got["signature"],
        })))
        .unwrap();
        for name in ["clientDataJSON", "authenticatorData", "signature"] {
            assert_eq!(response["response"][name], got[name]);
        }
        assert_eq!((&response["id"], &response["rawId"]), (&created["id"], &created["id"]));
    }
}
