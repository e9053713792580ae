//! A plain copy of a JavaScript value, taken by calls that may throw.

use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

use crate::codec::base64url;
use crate::{Code, Error};

/// Values that a copy may have, all counted, and how deep it may go: more than any ceremony needs, less than would
/// keep the page waiting.
const MOST_VALUES: usize = 16 * 1024;
const MOST_DEPTH: usize = 24;

/// Own enumerable members, arrays, strings, numbers, truth values; buffers become base64url. What JSON has no word
/// for is left out, as `JSON.stringify` does.
pub(super) fn plain(value: &JsValue, code: Code) -> Result<Value, Error> {
    let mut copier = Copier { code, left: MOST_VALUES };
    copier.value(value, MOST_DEPTH)?.ok_or_else(|| copier.refuse("passkey: expected an object"))
}

struct Copier {
    code: Code,
    left: usize,
}

impl Copier {
    fn value(&mut self, value: &JsValue, depth: usize) -> Result<Option<Value>, Error> {
        self.left = self.left.checked_sub(1).ok_or_else(|| self.refuse("passkey: expected fewer values"))?;
        if value.is_null() {
            return Ok(Some(Value::Null));
        }
        if let Some(truth) = value.as_bool() {
            return Ok(Some(Value::Bool(truth)));
        }
        if let Some(number) = value.as_f64() {
            return Ok(Some(number_value(number)));
        }
        if let Some(text) = value.as_string() {
            return Ok(Some(Value::String(text)));
        }
        if !value.is_object() || value.is_function() {
            return Ok(None);
        }
        let inner = depth.checked_sub(1).ok_or_else(|| self.refuse("passkey: expected fewer levels"))?;
        // Asked first: a revoked proxy throws here, where it can be caught, and not at what follows.
        let names = Reflect::own_keys(value).map_err(|_| self.unreadable())?;
        if let Some(bytes) = buffer(value) {
            return Ok(Some(Value::String(base64url::encode(&bytes))));
        }
        // Not `instanceof`: an extension hands over arrays of a realm of its own.
        if Array::is_array(value) {
            return self.array(value, inner).map(Some);
        }
        self.object(value, &names, inner).map(Some)
    }

    fn array(&mut self, array: &JsValue, depth: usize) -> Result<Value, Error> {
        let length = self.member(array, &JsValue::from_str("length"))?.as_f64().unwrap_or_default();
        let mut elements = Vec::new();
        let mut index = 0_u32;
        while f64::from(index) < length {
            let element = self.member(array, &JsValue::from(index))?;
            elements.push(self.value(&element, depth)?.unwrap_or(Value::Null));
            index += 1;
        }
        Ok(Value::Array(elements))
    }

    fn object(&mut self, object: &JsValue, names: &Array, depth: usize) -> Result<Value, Error> {
        let mut members = Map::new();
        for name in names.iter() {
            // Symbols have no place in JSON.
            let Some(text) = name.as_string() else { continue };
            let member = self.member(object, &name)?;
            if let Some(value) = self.value(&member, depth)? {
                members.insert(text, value);
            }
        }
        Ok(Value::Object(members))
    }

    fn member(&self, object: &JsValue, name: &JsValue) -> Result<JsValue, Error> {
        Reflect::get(object, name).map_err(|_| self.unreadable())
    }

    fn unreadable(&self) -> Error {
        self.refuse("passkey: expected members that can be read, found one that throws")
    }

    fn refuse(&self, message: &'static str) -> Error {
        Error::new(self.code, message)
    }
}

fn buffer(value: &JsValue) -> Option<Vec<u8>> {
    if value.is_instance_of::<ArrayBuffer>() {
        return Some(Uint8Array::new(value).to_vec());
    }
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// An integer where it is one, as it would be in JSON.
fn number_value(number: f64) -> Value {
    const MOST: f64 = 9_007_199_254_740_991.0;
    if number.fract() == 0.0 && number.abs() <= MOST {
        #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "whole and within 2^53")]
        let integer = number as i64;
        return Value::from(integer);
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}
