//! What a field says of the passwords it takes: the text of its `passwordrules` attribute.
//!
//! The grammar is Apple's ("Customizing Password `AutoFill` Rules"; proposed for HTML as whatwg/html#3518), read as leniently as
//! `tools/PasswordRulesParser.js` of apple/password-manager-resources reads it: blanks and empty values are passed over, of
//! several lengths the strictest counts, and what a class in brackets may not hold is left out of it. Where that
//! parser gives up and allows everything, this one says where it stopped.

use std::fmt;

use super::generate::LONGEST;
use crate::{Code, Error};

mod characters;
mod parser;

pub use characters::Characters;

/// Rules for a password, made of printable ASCII characters: the only ones that every keyboard can type.
///
/// `unicode` is read as `ascii-printable`. The space is in no class but one in brackets: sites trim it, and fold two into one.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::Rules;
///
/// let rules = Rules::parse("minlength: 20; required: lower; required: upper, digit; allowed: [-_]; max-consecutive: 2")?;
/// assert_eq!(rules.min_length(), Some(20));
/// assert_eq!(
///     rules.to_string(),
///     "minlength: 20; required: lower; required: upper, digit; allowed: upper, lower, digit, [-_]; max-consecutive: 2;",
/// );
/// assert!(rules.accepts("correct-Horse-battery"));
/// assert!(!rules.accepts("correct horse battery"));
///
/// let error = Rules::parse("minlength: many").unwrap_err();
/// assert_eq!(error.code(), "password.rules-invalid");
/// assert_eq!(error.message(), "password: expected a number in the rules, at character 12");
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    required: Vec<Characters>,
    allowed: Characters,
    min_length: Option<usize>,
    max_length: Option<usize>,
    max_consecutive: Option<usize>,
}

impl Rules {
    /// Reads the text of a `passwordrules` attribute. An empty one allows all of printable ASCII.
    ///
    /// # Errors
    ///
    /// `password.rules-invalid`, with the number of the character, counted from 1, where it cannot be read on, or for rules that no
    /// password meets; `input.too-long` for more than 4,096 characters.
    pub fn parse(text: &str) -> Result<Self, Error> {
        parser::parse(text)
    }

    /// The fewest characters, where there is such a rule.
    pub const fn min_length(&self) -> Option<usize> {
        self.min_length
    }

    /// The most characters, where there is such a rule.
    pub const fn max_length(&self) -> Option<usize> {
        self.max_length
    }

    /// How often one character may follow itself, itself counted, where there is such a rule.
    pub const fn max_consecutive(&self) -> Option<usize> {
        self.max_consecutive
    }

    /// All characters that a password may have.
    pub const fn allowed(&self) -> Characters {
        self.allowed
    }

    /// Sets of characters; a password has to have one of each.
    pub fn required(&self) -> &[Characters] {
        &self.required
    }

    /// Whether a password meets all of them.
    pub fn accepts(&self, password: &str) -> bool {
        let length = password.chars().count();
        let (mut run, mut last) = (0, None);
        let most = self.max_consecutive.unwrap_or(usize::MAX);
        self.min_length.is_none_or(|least| length >= least)
            && self.max_length.is_none_or(|most| length <= most)
            && self.required.iter().all(|class| password.chars().any(|character| class.has(character)))
            && password.chars().all(|character| {
                run = if last == Some(character) { run + 1 } else { 1 };
                last = Some(character);
                run <= most && self.allowed.has(character)
            })
    }

    /// The same without `0`, `O`, `1`, `I`, `l` and `|`, which a reader takes for each other. Fewer characters are fewer passwords:
    /// the entropy of what is generated says so.
    ///
    /// # Errors
    ///
    /// `password.rules-invalid` where nothing is left of what is required or allowed.
    pub fn without_look_alikes(&self) -> Result<Self, Error> {
        let clear = |class: &Characters| class.without(&Characters::LOOK_ALIKES);
        let rules = Self {
            required: self.required.iter().map(clear).collect(),
            allowed: clear(&self.allowed),
            ..self.clone()
        };
        if rules.allowed.is_empty() || rules.required.iter().any(|class| class.is_empty()) {
            return Err(invalid("expected rules that leave a choice beside 0, O, 1, I, l and |"));
        }
        Ok(rules)
    }

    /// Whether any password can meet them, as far as lengths say.
    fn check(self) -> Result<Self, Error> {
        match (self.min_length, self.max_length) {
            (Some(least), Some(most)) if least > most => {
                Err(invalid(&format!("expected a minlength of at most the maxlength, {most}, found {least}")))
            }
            (Some(least), _) if least > LONGEST => {
                Err(invalid(&format!("expected a minlength of at most {LONGEST}, found {least}")))
            }
            _ => Ok(self),
        }
    }
}

/// The rules as such a text, in one form for all that mean the same.
impl fmt::Display for Rules {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(least) = self.min_length {
            write!(formatter, "minlength: {least}; ")?;
        }
        if let Some(most) = self.max_length {
            write!(formatter, "maxlength: {most}; ")?;
        }
        for class in &self.required {
            write!(formatter, "required: {class}; ")?;
        }
        write!(formatter, "allowed: {};", self.allowed)?;
        match self.max_consecutive {
            Some(most) => write!(formatter, " max-consecutive: {most};"),
            None => Ok(()),
        }
    }
}

/// The one failure of rules.
pub(super) fn invalid(message: &str) -> Error {
    Error::new(Code::PasswordRulesInvalid, format!("password: {message}"))
}
