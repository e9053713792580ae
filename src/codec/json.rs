//! JSON, read strictly (RFC 8259) and written canonically (RFC 8785).
//!
//! Small on purpose: the browser's modules read a policy file, a key or a stored decision, and serde's machinery
//! costs several times what that takes. What is refused beyond the grammar: a member named twice, an unpaired
//! surrogate, a byte order mark, and whatever exceeds [`Limits`].
//!
//! Every format of this crate counts in integers. A number with a fraction or an exponent, or beyond 2⁵³ − 1
//! either way, is kept as it was written ([`Value::Decimal`]) and has no canonical form here.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::codec::json::{self, Value};
//!
//! let value = json::parse(r#" {"total": 4200, "currency": "EUR"} "#)?;
//! assert_eq!(value.get("total").and_then(Value::as_integer), Some(4200));
//! assert_eq!(value.to_canonical()?, r#"{"currency":"EUR","total":4200}"#);
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

use zeroize::Zeroize;

use crate::Error;

mod read;
mod write;

pub use read::{Limits, parse, parse_bytes, parse_within};
pub use write::{push_string, push_strings};

/// The greatest integer that every JSON reader keeps exactly: 2⁵³ − 1 (RFC 7493 §2.2).
pub const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer of at most [`MAX_SAFE_INTEGER`] either way, written without fraction and exponent.
    Integer(i64),
    /// Any other number, as it was written.
    Decimal(String),
    /// A string, its escapes resolved.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Object),
}

impl Value {
    /// The member of this name, when this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// The string, when this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The integer, when this is one.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(*integer),
            _ => None,
        }
    }

    /// The truth value, when this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The elements, when this is an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, when this is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// What this is, as a message names it: "a string", "an object".
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a truth value",
            Self::Integer(_) => "an integer",
            Self::Decimal(_) => "a decimal",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// The one canonical text: members sorted, no white space, shortest escapes (RFC 8785 §3.2).
    ///
    /// # Errors
    ///
    /// `input.invalid` when a number has no canonical form, see [`Value::Decimal`].
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::codec::json::{Object, Value};
    ///
    /// let value = Value::from(Object::new().with("b", 1).with("a", "x\n"));
    /// assert_eq!(value.to_canonical()?, r#"{"a":"x\n","b":1}"#);
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn to_canonical(&self) -> Result<String, Error> {
        write::canonical(self)
    }
}

impl Zeroize for Value {
    /// Overwrites every string and number in it. Names of members stay.
    fn zeroize(&mut self) {
        match self {
            Self::Null => {}
            Self::Bool(truth) => truth.zeroize(),
            Self::Integer(integer) => integer.zeroize(),
            Self::Decimal(text) | Self::String(text) => text.zeroize(),
            Self::Array(elements) => elements.iter_mut().for_each(Zeroize::zeroize),
            Self::Object(object) => object.0.iter_mut().for_each(|(_, value)| value.zeroize()),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i32> for Value {
    fn from(integer: i32) -> Self {
        Self::Integer(i64::from(integer))
    }
}

impl From<i64> for Value {
    /// Beyond [`MAX_SAFE_INTEGER`] it becomes a [`Value::Decimal`], as it would when read.
    fn from(integer: i64) -> Self {
        if integer.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs() {
            Self::Integer(integer)
        } else {
            Self::Decimal(integer.to_string())
        }
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(elements: Vec<T>) -> Self {
        Self::Array(elements.into_iter().map(Into::into).collect())
    }
}

/// A JSON object: its members in the order they were read or added, no name twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a member, or replaces the one of this name.
    pub fn insert(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// The same object with this member, for building one in an expression.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.insert(name, value);
        self
    }
}
