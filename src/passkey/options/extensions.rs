//! `AuthenticationExtensionsClientInputsJSON` (Level 3 §9.1): everything passes through, PRF inputs are made canonical.

use serde_json::{Map, Value, json};

use super::Descriptor;
use crate::passkey::member::{Reader, encode};
use crate::passkey::prf::DEFAULT_INPUT;
use crate::{Code, Error};

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

/// Puts the page's own PRF inputs in place of the server's.
pub(super) fn put_prf(
    extensions: &mut Option<Map<String, Value>>,
    inputs: &Value,
    allow: Option<&[Descriptor]>,
) -> Result<(), Error> {
    let prf = read_prf(Reader::new(Code::PasskeyOptionsInvalid, "prf", inputs)?)?;
    let extensions = extensions.get_or_insert_default();
    extensions.insert("prf".to_owned(), Value::Object(prf));
    settle_prf(Some(extensions), allow)
}

/// Level 3 §10.1.4 has the browser refuse inputs by credential at creation, and those of a credential that is not
/// allowed; platforms refuse inputs that ask for nothing. `allow` is what a request allows.
pub(super) fn settle_prf(
    extensions: Option<&mut Map<String, Value>>,
    allow: Option<&[Descriptor]>,
) -> Result<(), Error> {
    let Some(Value::Object(prf)) = extensions.and_then(|extensions| extensions.get_mut("prf")) else {
        return Ok(());
    };
    if let Some(Value::Object(mut named)) = prf.remove("evalByCredential") {
        let asked = !named.is_empty();
        named.retain(|id, _| allow.is_some_and(|allow| allow.iter().any(|one| encode(one.id()) == *id)));
        if !named.is_empty() {
            prf.insert("evalByCredential".to_owned(), Value::Object(named));
        } else if asked && !prf.contains_key("eval") {
            return Err(Error::new(
                Code::PasskeyOptionsInvalid,
                "prf: expected `eval`, or `evalByCredential` for one of `allowCredentials`",
            ));
        }
    }
    if !prf.contains_key("eval") && !prf.contains_key("evalByCredential") {
        prf.insert("eval".to_owned(), json!({ "first": encode(DEFAULT_INPUT) }));
    }
    Ok(())
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
