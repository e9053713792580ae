//! Settings from environment variables.

use std::env;
use std::fmt;
use std::str::FromStr;

/// A setting that is missing or cannot be understood. It names the variable, never the value.
#[derive(Debug)]
pub struct Unusable {
    variable: String,
    expected: &'static str,
}

impl Unusable {
    /// The variable's name and what was expected in it.
    pub fn new(variable: impl Into<String>, expected: &'static str) -> Self {
        Self { variable: variable.into(), expected }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: expected {}", self.variable, self.expected)
    }
}

impl std::error::Error for Unusable {}

/// The variable's value; an empty one counts as absent.
pub fn text(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.is_empty())
}

/// The variable's value read as `T`, or `default` when it is absent.
///
/// # Errors
///
/// When there is a value that is not a `T`; `expected` says what one looks like.
pub fn value<T: FromStr>(variable: &str, expected: &'static str, default: T) -> Result<T, Unusable> {
    match text(variable) {
        Some(text) => text.parse().map_err(|_| Unusable::new(variable, expected)),
        None => Ok(default),
    }
}
