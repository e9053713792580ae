use super::{MAX_SAFE_INTEGER, Value};
use crate::{Code, Error};

pub(super) fn canonical(value: &Value) -> Result<String, Error> {
    let mut text = String::new();
    push(&mut text, value)?;
    Ok(text)
}

fn push(text: &mut String, value: &Value) -> Result<(), Error> {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Integer(integer) if integer.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs() => {
            text.push_str(&integer.to_string());
        }
        Value::Integer(_) | Value::Decimal(_) => {
            let message =
                "json: expected integers of at most 2^53 - 1 in a canonical text, found another number";
            return Err(Error::new(Code::InputInvalid, message));
        }
        Value::String(string) => push_string(text, string),
        Value::Array(elements) => {
            text.push('[');
            for (position, element) in elements.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                push(text, element)?;
            }
            text.push(']');
        }
        Value::Object(object) => {
            let mut members: Vec<_> = object.iter().collect();
            // RFC 8785 §3.2.3: names are sorted as arrays of UTF-16 code units.
            members.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
            text.push('{');
            for (position, (name, member)) in members.into_iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                push_string(text, name);
                text.push(':');
                push(text, member)?;
            }
            text.push('}');
        }
    }
    Ok(())
}

/// Appends a string as JSON, in double quotes with the shortest escapes (RFC 8785 §3.2.2.2).
///
/// For what must not be kept in a [`Value`]: a secret can be written straight into a buffer that is wiped.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::json;
///
/// let mut text = String::from("{\"name\":");
/// json::push_string(&mut text, "O\"Neil\u{1}");
/// assert_eq!(text, r#"{"name":"O\"Neil\u0001""#);
/// ```
pub fn push_string(text: &mut String, string: &str) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            '\0'..='\u{1f}' => {
                let code = u32::from(character);
                text.push_str(if code < 16 { "\\u000" } else { "\\u001" });
                text.push(char::from_digit(code % 16, 16).unwrap_or('0'));
            }
            _ => text.push(character),
        }
    }
    text.push('"');
}

/// Appends strings as a JSON array, each as [`push_string`] does.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::json;
///
/// let mut text = String::new();
/// json::push_strings(&mut text, &["a", "b"]);
/// assert_eq!(text, r#"["a","b"]"#);
/// ```
pub fn push_strings<S: AsRef<str>>(text: &mut String, strings: &[S]) {
    text.push('[');
    for (position, string) in strings.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        push_string(text, string.as_ref());
    }
    text.push(']');
}
