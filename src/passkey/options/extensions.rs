//! `AuthenticationExtensionsClientInputsJSON` (Level 3 §9.1): everything passes through, PRF inputs are made canonical.

use serde_json::{Map, Value};

use crate::Error;
use crate::passkey::member::{Reader, encode};

/// Bytes of a PRF input: the browser hashes it, so that any length works (Level 3 §10.1.4).
const PRF_INPUT: std::ops::RangeInclusive<usize> = 0..=4096;

/// Text of all extensions together, in bytes, and how deep they may go.
const MOST_BYTES: usize = 128 * 1024;
const MOST_DEPTH: usize = 16;

pub(super) fn read(options: Reader<'_>) -> Result<Option<Map<String, Value>>, Error> {
    let Some(inputs) = options.object("extensions")? else { return Ok(None) };
    let mut extensions = Map::new();
    for (name, value) in inputs.members() {
        if size(value, MOST_DEPTH).is_none_or(|size| size > MOST_BYTES) || extensions.len() == 64 {
            return Err(options.refuse("extensions", "to be smaller"));
        }
        extensions.insert(name.clone(), value.clone());
    }
    if let Some(prf) = inputs.object("prf")? {
        extensions.insert("prf".to_owned(), Value::Object(read_prf(prf)?));
    }
    Ok(Some(extensions))
}

/// `AuthenticationExtensionsPRFInputs`: `eval` and `evalByCredential`, whose values and keys are base64url.
fn read_prf(prf: Reader<'_>) -> Result<Map<String, Value>, Error> {
    let mut canonical: Map<_, _> = prf.members().map(|(name, value)| (name.clone(), value.clone())).collect();
    if let Some(values) = prf.object("eval")? {
        canonical.insert("eval".to_owned(), read_values(values)?);
    }
    if let Some(credentials) = prf.object("evalByCredential")? {
        let mut by_credential = Map::new();
        for (id, value) in credentials.members() {
            let id = crate::passkey::member::decode(id)
                .map(|id| crate::codec::base64url::encode(&id))
                .ok_or_else(|| prf.refuse("evalByCredential", "to be named by credential identifiers"))?;
            by_credential.insert(id, read_values(credentials.element("evalByCredential", value)?)?);
        }
        canonical.insert("evalByCredential".to_owned(), Value::Object(by_credential));
    }
    Ok(canonical)
}

/// `AuthenticationExtensionsPRFValues`
fn read_values(values: Reader<'_>) -> Result<Value, Error> {
    let mut canonical = Map::new();
    canonical.insert("first".to_owned(), encode(&values.required_bytes("first", PRF_INPUT)?));
    if let Some(second) = values.bytes("second", PRF_INPUT)? {
        canonical.insert("second".to_owned(), encode(&second));
    }
    Ok(Value::Object(canonical))
}

/// About how long the text of a value is; `None` when it goes deeper than `depth`.
pub(in crate::passkey) fn size(value: &Value, depth: usize) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.len()),
        Value::Array(elements) => {
            let inner = depth.checked_sub(1)?;
            elements.iter().try_fold(2_usize, |sum, element| sum.checked_add(1 + size(element, inner)?))
        }
        Value::Object(members) => {
            let inner = depth.checked_sub(1)?;
            members.iter().try_fold(2_usize, |sum, (name, member)| {
                sum.checked_add(name.len() + 2 + size(member, inner)?)
            })
        }
        _ => Some(8),
    }
}
