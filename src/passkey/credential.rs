//! The answer of an authenticator: exactly the JSON of Level 3, nothing that must stay in the page.

use serde_json::{Map, Value};
use zeroize::Zeroize;

use super::member::{Reader, encode};
use super::options::{is_transport, size};
use crate::{Code, Error};

/// Bytes of a credential identifier (Level 3 §4, "Credential ID").
const ID: std::ops::RangeInclusive<usize> = 1..=1023;
/// Bytes of collected client data: an origin or two, a challenge and room for what is to come.
const CLIENT_DATA: std::ops::RangeInclusive<usize> = 2..=16 * 1024;
/// Bytes of authenticator data: 37 without credential and extensions (Level 3 §6.1).
const AUTHENTICATOR_DATA: std::ops::RangeInclusive<usize> = 37..=32 * 1024;
/// Bytes of an attestation object: a certificate chain of an enterprise fits.
const ATTESTATION: std::ops::RangeInclusive<usize> = 38..=128 * 1024;
/// Bytes of a public key: ML-DSA-87 has 2,592.
const PUBLIC_KEY: std::ops::RangeInclusive<usize> = 1..=8 * 1024;
/// Bytes of a signature: ML-DSA-87 has 4,627.
const SIGNATURE: std::ops::RangeInclusive<usize> = 1..=16 * 1024;
/// Text of the extensions' outputs, and how deep they may go.
const MOST_OUTPUT: usize = 128 * 1024;
const MOST_DEPTH: usize = 16;

/// `RegistrationResponseJSON` (Level 3 §5.1) from a plain-JSON copy of a credential that was created.
///
/// # Errors
///
/// `passkey.response-invalid` when it is not one: a member is missing, of another type or of an impossible size.
///
/// # Example
///
/// ```
/// use serde_json::json;
/// use storefront_privacy::passkey::registration_response;
///
/// let attestation = "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVgl".to_owned() + &"A".repeat(50);
/// let credential = json!({
///     "id": "AQID", "rawId": "AQID", "type": "public-key",
///     "authenticatorAttachment": "platform",
///     "response": { "clientDataJSON": "e30", "attestationObject": attestation, "transports": ["internal"] },
///     "clientExtensionResults": { "prf": { "enabled": true, "results": { "first": "c2VjcmV0" } } },
/// });
/// let response = registration_response(credential)?;
/// assert_eq!(response["clientExtensionResults"], json!({ "prf": { "enabled": true } }));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn registration_response(credential: Value) -> Result<Value, Error> {
    answer(credential, |response| {
        let mut exact = Map::new();
        insert_bytes(&mut exact, response, "clientDataJSON", CLIENT_DATA)?;
        insert_bytes(&mut exact, response, "attestationObject", ATTESTATION)?;
        // Older browsers cannot tell the following; servers read them from the attestation object.
        insert_optional_bytes(&mut exact, response, "authenticatorData", AUTHENTICATOR_DATA)?;
        insert_optional_bytes(&mut exact, response, "publicKey", PUBLIC_KEY)?;
        if let Some(algorithm) = response.get("publicKeyAlgorithm") {
            let algorithm = algorithm
                .as_i64()
                .or_else(|| whole(algorithm.as_f64()?))
                .ok_or_else(|| response.refuse("publicKeyAlgorithm", "to be an integer"))?;
            exact.insert("publicKeyAlgorithm".to_owned(), Value::from(algorithm));
        }
        let transports = response.array("transports", 64)?.iter().filter(|transport| is_transport(transport));
        exact.insert("transports".to_owned(), Value::Array(transports.cloned().collect()));
        Ok(exact)
    })
}

/// `AuthenticationResponseJSON` (Level 3 §5.1) from a plain-JSON copy of a credential that was asserted.
///
/// `userHandle` is absent where the authenticator gave none.
///
/// # Errors
///
/// As [`registration_response`].
pub fn authentication_response(credential: Value) -> Result<Value, Error> {
    answer(credential, |response| {
        let mut exact = Map::new();
        insert_bytes(&mut exact, response, "clientDataJSON", CLIENT_DATA)?;
        insert_bytes(&mut exact, response, "authenticatorData", AUTHENTICATOR_DATA)?;
        insert_bytes(&mut exact, response, "signature", SIGNATURE)?;
        // Level 3 §5.4.3: at most 64 bytes. Some polyfills give an empty one where there is none.
        if let Some(handle) = response.bytes("userHandle", 0..=64)?.filter(|handle| !handle.is_empty()) {
            exact.insert("userHandle".to_owned(), encode(&handle));
        }
        Ok(exact)
    })
}

fn answer(
    mut credential: Value,
    read: impl FnOnce(Reader<'_>) -> Result<Map<String, Value>, Error>,
) -> Result<Value, Error> {
    remove_secrets(&mut credential);
    let reader = Reader::new(Code::PasskeyResponseInvalid, "credential", &credential)?;
    if reader.required_string("type")? != "public-key" {
        return Err(reader.refuse("type", "to be `public-key`"));
    }
    let id = encode(&reader.required_bytes("rawId", ID)?);
    if reader.bytes("id", ID)?.is_some_and(|named| encode(&named) != id) {
        return Err(reader.refuse("id", "to be `rawId`"));
    }
    let response = reader.object("response")?.ok_or_else(|| reader.refuse("response", "to be there"))?;

    let mut exact = Map::new();
    exact.insert("id".to_owned(), id.clone());
    exact.insert("rawId".to_owned(), id);
    exact.insert("type".to_owned(), Value::from("public-key"));
    exact.insert("response".to_owned(), Value::Object(read(response)?));
    if let Some(attachment @ ("platform" | "cross-platform")) =
        reader.get("authenticatorAttachment").and_then(Value::as_str)
    {
        exact.insert("authenticatorAttachment".to_owned(), Value::from(attachment));
    }
    let outputs = match reader.get("clientExtensionResults") {
        Some(outputs @ Value::Object(_))
            if size(outputs, MOST_DEPTH).is_some_and(|size| size <= MOST_OUTPUT) =>
        {
            outputs.clone()
        }
        Some(_) => {
            return Err(reader.refuse("clientExtensionResults", "to be an object of less than 128 KiB"));
        }
        None => Value::Object(Map::new()),
    };
    exact.insert("clientExtensionResults".to_owned(), outputs);
    Ok(Value::Object(exact))
}

/// Removes and overwrites the outputs that are keys: those of `prf` (Level 3 §10.1.4) and of its predecessor,
/// `hmacGetSecret` (CTAP 2.1 §12.5). Whether PRF is enabled stays: the server may want to know.
fn remove_secrets(credential: &mut Value) {
    let Some(outputs) = credential.get_mut("clientExtensionResults").and_then(Value::as_object_mut) else {
        return;
    };
    if let Some(secret) = outputs.remove("hmacGetSecret") {
        wipe(secret);
    }
    if let Some(prf) = outputs.remove("prf") {
        if let Some(enabled) = prf.get("enabled").and_then(Value::as_bool) {
            let mut public = Map::new();
            public.insert("enabled".to_owned(), Value::Bool(enabled));
            outputs.insert("prf".to_owned(), Value::Object(public));
        }
        wipe(prf);
    }
}

fn wipe(value: Value) {
    match value {
        Value::String(mut text) => text.zeroize(),
        Value::Array(elements) => elements.into_iter().for_each(wipe),
        Value::Object(members) => members.into_iter().for_each(|(_, member)| wipe(member)),
        _ => {}
    }
}

fn insert_bytes(
    exact: &mut Map<String, Value>,
    response: Reader<'_>,
    name: &str,
    lengths: std::ops::RangeInclusive<usize>,
) -> Result<(), Error> {
    response.required(name)?;
    insert_optional_bytes(exact, response, name, lengths)
}

fn insert_optional_bytes(
    exact: &mut Map<String, Value>,
    response: Reader<'_>,
    name: &str,
    lengths: std::ops::RangeInclusive<usize>,
) -> Result<(), Error> {
    if let Some(bytes) = response.bytes(name, lengths)? {
        exact.insert(name.to_owned(), encode(&bytes));
    }
    Ok(())
}

/// JavaScript has one kind of number. The registered algorithms are far smaller.
fn whole(number: f64) -> Option<i64> {
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "whole and within 32 bits")]
    (number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX)).then_some(number as i64)
}
