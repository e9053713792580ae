//! Members of JSON objects, read leniently where the specification lets a client be lenient.

use serde_json::{Map, Value};

use crate::codec::base64url;
use crate::{Code, Error};

/// Reads members of one object for one purpose.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    code: Code,
    /// What is read, as messages name it: `options`, `credential.response`.
    path: &'a str,
    object: &'a Map<String, Value>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(code: Code, path: &'a str, value: &'a Value) -> Result<Self, Error> {
        match value {
            Value::Object(object) => Ok(Self { code, path, object }),
            _ => Err(Error::new(code, [path, ": expected an object"].concat())),
        }
    }

    /// The member; `null` is as good as none.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn required(&self, name: &str) -> Result<&'a Value, Error> {
        self.get(name).ok_or_else(|| self.refuse(name, "to be there"))
    }

    /// The error for a member: it never repeats what was found.
    pub(super) fn refuse(&self, name: &str, expected: &str) -> Error {
        Error::new(self.code, [self.path, ": expected `", name, "` ", expected].concat())
    }

    pub(super) fn object(&self, name: &'a str) -> Result<Option<Reader<'a>>, Error> {
        match self.get(name) {
            Some(Value::Object(object)) => Ok(Some(Reader { code: self.code, path: name, object })),
            Some(_) => Err(self.refuse(name, "to be an object")),
            None => Ok(None),
        }
    }

    /// An element of the array of this name, or a member of the object, which must be an object.
    pub(super) fn element(&self, name: &'a str, value: &'a Value) -> Result<Reader<'a>, Error> {
        Reader::new(self.code, name, value)
    }

    pub(super) fn members(&self) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        self.object.iter().filter(|(_, value)| !value.is_null())
    }

    pub(super) fn array(&self, name: &str, most: usize) -> Result<&'a [Value], Error> {
        match self.get(name) {
            Some(Value::Array(elements)) if elements.len() <= most => Ok(elements),
            Some(Value::Array(_)) => Err(self.refuse(name, "to have fewer elements")),
            Some(_) => Err(self.refuse(name, "to be an array")),
            None => Ok(&[]),
        }
    }

    /// A string of at most 1,024 bytes.
    pub(super) fn string(&self, name: &str) -> Result<Option<&'a str>, Error> {
        match self.get(name) {
            Some(Value::String(text)) if text.len() <= 1024 => Ok(Some(text)),
            Some(Value::String(_)) => Err(self.refuse(name, "to be at most 1024 bytes")),
            Some(_) => Err(self.refuse(name, "to be a string")),
            None => Ok(None),
        }
    }

    pub(super) fn required_string(&self, name: &str) -> Result<&'a str, Error> {
        self.required(name)?;
        Ok(self.string(name)?.unwrap_or_default())
    }

    /// Bytes in base64url of which there must be as many as `lengths` says.
    pub(super) fn bytes(
        &self,
        name: &str,
        lengths: std::ops::RangeInclusive<usize>,
    ) -> Result<Option<Vec<u8>>, Error> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let text = value.as_str().ok_or_else(|| self.refuse(name, "to be a string"))?;
        if text.len() > lengths.end().div_ceil(3) * 4 {
            return Err(self.refuse(name, "to have fewer bytes"));
        }
        let bytes = decode(text).ok_or_else(|| self.refuse(name, "to be base64url"))?;
        if !lengths.contains(&bytes.len()) {
            let expected =
                if bytes.len() < *lengths.start() { "to have more bytes" } else { "to have fewer bytes" };
            return Err(self.refuse(name, expected));
        }
        Ok(Some(bytes))
    }

    pub(super) fn required_bytes(
        &self,
        name: &str,
        lengths: std::ops::RangeInclusive<usize>,
    ) -> Result<Vec<u8>, Error> {
        self.required(name)?;
        Ok(self.bytes(name, lengths)?.unwrap_or_default())
    }
}

/// Bytes from base64url; padding and the standard alphabet, which some servers use, mean the same bytes.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let bare = text.trim_end_matches('=');
    let padding = text.len() - bare.len();
    if padding > 2 || (padding > 0 && !text.len().is_multiple_of(4)) {
        return None;
    }
    if bare.contains(['+', '/']) {
        return base64url::decode(&bare.replace('+', "-").replace('/', "_")).ok();
    }
    base64url::decode(bare).ok()
}

/// Bytes as the browser takes and gives them.
pub(super) fn encode(bytes: &[u8]) -> Value {
    Value::String(base64url::encode(bytes))
}
