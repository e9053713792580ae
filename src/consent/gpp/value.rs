use crate::codec::json;

/// The value of a field of a section.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::gpp::Value;
///
/// assert_eq!(Value::from([2_u16, 1, 0]), Value::Numbers(vec![2, 1, 0]));
/// assert_eq!(Value::from(true), Value::Flag(true));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// A number; times are milliseconds since 1970.
    Number(u64),
    /// A truth value.
    Flag(bool),
    /// A language, a country, a letter of the US privacy string.
    Text(String),
    /// A list of numbers: one for every category of sensitive data, or the ids of vendors in ascending order.
    Numbers(Vec<u16>),
    /// A list of truth values, the first one that of id 1.
    Flags(Vec<bool>),
    /// What a publisher restricts.
    Restrictions(Vec<Restriction>),
}

/// Vendors for which the publisher restricts one purpose (IAB Canada TCF, "`PubRestrictions`").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    /// The purpose's id, at most 63.
    pub purpose: u8,
    /// The kind of restriction, at most 3.
    pub kind: u8,
    /// The vendors' ids in ascending order.
    pub vendors: Vec<u16>,
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Flag(truth)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<const N: usize> From<[u16; N]> for Value {
    fn from(numbers: [u16; N]) -> Self {
        Self::Numbers(numbers.into())
    }
}

impl<const N: usize> From<[bool; N]> for Value {
    fn from(truths: [bool; N]) -> Self {
        Self::Flags(truths.into())
    }
}

impl Value {
    /// The value that this JSON stands for; an empty list is [`Value::Numbers`].
    pub(super) fn from_json(value: &json::Value) -> Option<Self> {
        Some(match value {
            json::Value::Bool(truth) => Self::Flag(*truth),
            json::Value::Integer(integer) => Self::Number(u64::try_from(*integer).ok()?),
            json::Value::String(text) => Self::Text(text.clone()),
            json::Value::Array(elements) => match elements.first() {
                Some(json::Value::Bool(_)) => Self::Flags(all(elements, json::Value::as_bool)?),
                Some(json::Value::Object(_)) => Self::Restrictions(all(elements, restriction)?),
                _ => Self::Numbers(numbers(elements)?),
            },
            _ => return None,
        })
    }

    /// Appends this as JSON.
    pub(super) fn push_json(&self, text: &mut String) {
        match self {
            Self::Number(number) => text.push_str(&number.to_string()),
            Self::Flag(truth) => text.push_str(if *truth { "true" } else { "false" }),
            Self::Text(string) => json::push_string(text, string),
            Self::Numbers(numbers) => push_numbers(text, numbers),
            Self::Flags(truths) => push_list(text, truths, |text, truth| Self::Flag(*truth).push_json(text)),
            Self::Restrictions(restrictions) => push_list(text, restrictions, |text, restriction| {
                text.push_str(r#"{"key":"#);
                push_number(text, restriction.purpose.into());
                text.push_str(r#","type":"#);
                push_number(text, restriction.kind.into());
                text.push_str(r#","ids":"#);
                push_numbers(text, &restriction.vendors);
                text.push('}');
            }),
        }
    }
}

fn push_numbers(text: &mut String, numbers: &[u16]) {
    push_list(text, numbers, |text, number| push_number(text, *number));
}

/// Most numbers have one digit.
pub(super) fn push_number(text: &mut String, number: u16) {
    match u8::try_from(number) {
        Ok(digit @ 0..=9) => text.push(char::from(b'0' + digit)),
        _ => text.push_str(&number.to_string()),
    }
}

fn push_list<T>(text: &mut String, elements: &[T], push: impl Fn(&mut String, &T)) {
    text.push('[');
    for (position, element) in elements.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        push(text, element);
    }
    text.push(']');
}

fn all<T>(elements: &[json::Value], read: impl Fn(&json::Value) -> Option<T>) -> Option<Vec<T>> {
    elements.iter().map(read).collect()
}

fn numbers(elements: &[json::Value]) -> Option<Vec<u16>> {
    all(elements, small)
}

fn small<T: TryFrom<i64>>(value: &json::Value) -> Option<T> {
    value.as_integer().and_then(|integer| integer.try_into().ok())
}

fn restriction(value: &json::Value) -> Option<Restriction> {
    Some(Restriction {
        purpose: value.get("key").and_then(small)?,
        kind: value.get("type").and_then(small)?,
        vendors: numbers(value.get("ids")?.as_array()?)?,
    })
}
