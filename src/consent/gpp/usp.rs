//! Section 6, the US privacy string (IAB "U.S. Privacy String", version 1): `1YNN`. Deprecated by the IAB, still read by partners.

use super::value::Value;
use super::{invalid, text_from};
use crate::{Code, Error};

const NAME: &str = "uspv1";

/// Its fields after the version, in their order.
const FIELDS: [&str; 3] = ["Notice", "OptOutSale", "LspaCovered"];

/// Each of [`FIELDS`] as its letter: `Y`, `N` or, where the law does not apply, `-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usp([char; 3]);

impl Usp {
    pub(super) fn new() -> Self {
        Self(['-'; 3])
    }

    pub(super) fn decode(text: &str) -> Result<Self, Error> {
        let mut letters = text.chars();
        match letters.next() {
            Some('1') => {}
            Some('0' | '2'..='9') => {
                return Err(Error::new(Code::SignalVersion, "uspv1: expected version 1 at character 0"));
            }
            _ => return Err(invalid(NAME, "expected its version at character 0")),
        }
        let mut usp = Self::new();
        for (place, position) in usp.0.iter_mut().zip(1_u8..) {
            *place = letters.next().filter(|letter| is_answer(*letter)).ok_or_else(|| {
                invalid(NAME, &text_from(&["expected Y, N or - at character ", &position.to_string()]))
            })?;
        }
        if letters.next().is_some() {
            return Err(invalid(NAME, "expected four characters, found more"));
        }
        Ok(usp)
    }

    pub(super) fn encode(self) -> String {
        std::iter::once('1').chain(self.0).collect()
    }

    /// The version and the code of each letter.
    pub(super) fn to_numbers(self) -> Vec<u32> {
        std::iter::once(1).chain(self.0.map(u32::from)).collect()
    }

    pub(super) fn from_numbers(numbers: &[u32]) -> Result<Self, Error> {
        let letters = numbers.iter().skip(1).filter_map(|code| char::from_u32(*code));
        let version = numbers.first().map(u32::to_string).unwrap_or_default();
        Self::decode(&version.chars().chain(letters).collect::<String>())
    }

    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        std::iter::once("Version").chain(FIELDS)
    }

    pub(super) fn field(self, name: &str) -> Option<Value> {
        if name == "Version" {
            return Some(Value::Number(1));
        }
        let letter = FIELDS.iter().zip(self.0).find(|(field, _)| **field == name)?.1;
        Some(Value::Text(letter.to_string()))
    }

    pub(super) fn set_field(&mut self, name: &str, value: &Value) -> Result<(), Error> {
        match value {
            Value::Number(1) if name == "Version" => return Ok(()),
            Value::Number(_) if name == "Version" => {
                return Err(Error::new(Code::SignalVersion, "uspv1: expected version 1"));
            }
            _ => {}
        }
        let Some((field, place)) = FIELDS.iter().zip(&mut self.0).find(|(field, _)| **field == name) else {
            return Err(invalid(NAME, "expected the name of one of its fields"));
        };
        let letter = match value {
            Value::Text(text) => text.parse().ok().filter(|letter| is_answer(*letter)),
            _ => None,
        };
        *place =
            letter.ok_or_else(|| invalid(NAME, &text_from(&["expected ", field, " to be Y, N or -"])))?;
        Ok(())
    }
}

fn is_answer(letter: char) -> bool {
    matches!(letter, 'Y' | 'N' | '-')
}
