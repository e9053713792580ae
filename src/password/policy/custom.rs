//! A shop's own policy, from JSON or from Rust.

use std::borrow::Cow;

use super::{CharacterClass, MAX_LENGTH, Policy, Standard};
use crate::codec::json::{self, Value};
use crate::{Code, Error};

/// A shop's own rules. What NIST SP 800-63B-4 forbids is possible, for those whose regulator still asks for it, and
/// marked in each [`Requirement`](super::Requirement).
///
/// # Example
///
/// ```
/// use storefront_privacy::password::policy::{CharacterClass, CustomPolicy, Policy};
///
/// let policy = Policy::custom(CustomPolicy {
///     id: "old-terminal".into(),
///     min_length: 12,
///     require: vec![CharacterClass::Digit],
///     ..CustomPolicy::default()
/// })?;
/// assert_eq!(policy.enforce("nine blue jugs", &[]).unwrap_err().code(), "password.class-missing");
/// assert!(policy.enforce("nine blue jugs 9", &[]).is_ok());
///
/// let same = Policy::parse(r#"{"id":"old-terminal","minLength":12,"require":["digit"]}"#)?;
/// assert_eq!(same, policy);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomPolicy {
    /// What the shop calls it: up to 64 small letters, digits, dots and hyphens.
    pub id: String,
    /// The fewest code points.
    pub min_length: usize,
    /// The most code points.
    pub max_length: usize,
    /// How many of the most common passwords are refused, at least: from 0 to 10,000.
    pub blocklist: u32,
    /// Whether a password is refused that follows from the words of context.
    pub context: bool,
    /// Kinds of characters of which there has to be one each.
    pub require: Vec<CharacterClass>,
    /// How often the same character may follow itself.
    pub max_consecutive: Option<usize>,
    /// After how many days a password has to be changed.
    pub max_age_days: Option<u32>,
}

impl Default for CustomPolicy {
    fn default() -> Self {
        Self {
            id: "shop".into(),
            min_length: 15,
            max_length: MAX_LENGTH,
            blocklist: 10_000,
            context: true,
            require: Vec::new(),
            max_consecutive: None,
            max_age_days: None,
        }
    }
}

impl Policy {
    /// A shop's own policy.
    ///
    /// # Errors
    ///
    /// `password.policy-invalid` for one that is not possible.
    pub fn custom(own: CustomPolicy) -> Result<Self, Error> {
        let known = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
        let named = (1..=64).contains(&own.id.len()) && own.id.bytes().all(known);
        if !named || Self::by_id(&own.id).is_some() {
            return Err(impossible(
                "an id of small letters, digits, dots and hyphens, which is no standard's",
            ));
        }
        if own.min_length < 1 || own.min_length > own.max_length || own.max_length > MAX_LENGTH {
            return Err(impossible("lengths from 1 to 256, the least first"));
        }
        if own.blocklist > 10_000 {
            return Err(impossible("a blocklist of 0 to 10000"));
        }
        if own.max_consecutive.is_some_and(|most| !(1..=MAX_LENGTH).contains(&most))
            || own.max_age_days.is_some_and(|days| !(1..=36_500).contains(&days))
        {
            return Err(impossible("maxConsecutive from 1 to 256 and maxAgeDays from 1 to 36500"));
        }
        if CharacterClass::ALL
            .iter()
            .any(|class| own.require.iter().filter(|other| *other == class).count() > 1)
        {
            return Err(impossible("require of lower, upper, digit and symbol, each once"));
        }
        Ok(Self {
            id: Cow::Owned(own.id),
            standard: Standard::Shop,
            min_length: own.min_length,
            max_length: own.max_length,
            blocklist: own.blocklist,
            context: own.context,
            require: own.require,
            max_consecutive: own.max_consecutive,
            max_age_days: own.max_age_days,
        })
    }

    /// A shop's own policy from JSON: the members of [`CustomPolicy`], named as in JavaScript (`minLength`), of which
    /// only `id` is needed.
    ///
    /// # Errors
    ///
    /// `password.policy-invalid` for what is no such policy.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let value = json::parse(text).map_err(|error| error.with_code(Code::PasswordPolicyInvalid))?;
        let members = value.as_object().ok_or_else(|| impossible("an object"))?;
        let mut own = CustomPolicy { id: String::new(), ..CustomPolicy::default() };
        for (name, value) in members.iter() {
            match name {
                "id" => {
                    value.as_str().ok_or_else(|| impossible("id to be a string"))?.clone_into(&mut own.id);
                }
                "minLength" => own.min_length = number(name, value)?,
                "maxLength" => own.max_length = number(name, value)?,
                "blocklist" => own.blocklist = number(name, value)?,
                "context" => {
                    own.context = value.as_bool().ok_or_else(|| impossible("context to be true or false"))?;
                }
                "require" => own.require = classes(value)?,
                "maxConsecutive" => own.max_consecutive = Some(number(name, value)?),
                "maxAgeDays" => own.max_age_days = Some(number(name, value)?),
                _ => return Err(impossible(&format!("no member `{}`", name.escape_debug()))),
            }
        }
        Self::custom(own)
    }
}

fn number<T: TryFrom<i64>>(name: &str, value: &Value) -> Result<T, Error> {
    let number = value.as_integer().and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| impossible(&format!("{name} to be a whole number")))
}

fn classes(value: &Value) -> Result<Vec<CharacterClass>, Error> {
    let expected = || impossible("require of lower, upper, digit and symbol, each once");
    let class = |value: &Value| {
        CharacterClass::ALL
            .into_iter()
            .find(|class| value.as_str() == Some(class.name()))
            .ok_or_else(expected)
    };
    value.as_array().ok_or_else(expected)?.iter().map(class).collect()
}

fn impossible(expected: &str) -> Error {
    Error::new(Code::PasswordPolicyInvalid, format!("password policy: expected {expected}"))
}
