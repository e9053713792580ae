//! Rules that a password has to meet, from a published standard, each with its source.
//!
//! The same code decides in the page and on the server. A policy never asks for certain kinds of characters, and never
//! for a change after some time: NIST SP 800-63B-4 §3.1.1.2 forbids both.

use super::{MAX_LENGTH, context, normalize, within_limits};
use crate::{Code, Error};

mod common;

/// A named set of rules.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::{Policy, Rule};
///
/// let policy = Policy::by_id("nist-800-63b-4").ok_or("no such policy")?;
/// assert_eq!(policy.min_length(), 15);
/// assert_eq!(policy.check("short", &[])?, [Rule::TooShort]);
/// assert_eq!(
///     policy.requirement(Rule::TooShort),
///     "at least 15 characters (NIST SP 800-63B-4 §3.1.1.2: SHALL)",
/// );
/// assert_eq!(policy.enforce("short", &[]).unwrap_err().code(), "password.too-short");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    id: &'static str,
    min_length: usize,
}

impl Policy {
    /// NIST SP 800-63B-4 for a password that is the only factor: 15 characters at least.
    pub const NIST_800_63B_4: Self = Self { id: "nist-800-63b-4", min_length: 15 };

    /// NIST SP 800-63B-4 for a password that is used with another factor: 8 characters at least.
    pub const NIST_800_63B_4_MFA: Self = Self { id: "nist-800-63b-4-mfa", min_length: 8 };

    /// All there are.
    pub const ALL: &'static [Self] = &[Self::NIST_800_63B_4, Self::NIST_800_63B_4_MFA];

    /// The policy of this id.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|policy| policy.id == id)
    }

    /// Its id, which the package's `policy` attribute takes.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The fewest code points, counted after [`normalize`].
    pub const fn min_length(&self) -> usize {
        self.min_length
    }

    /// The most code points, counted after [`normalize`].
    pub const fn max_length(&self) -> usize {
        MAX_LENGTH
    }

    /// The rules that a password breaks, none when it is accepted. `inputs` are words of context: the visitor's name
    /// and e-mail address, the shop's name.
    ///
    /// The blocklist and the context are compared with the whole password, not with parts of it, as the standard
    /// asks. A password counts as common when it takes no more guesses than the 30,000 passwords of zxcvbn's list, which
    /// takes in that list and what is as easy to come by: one character repeated, a row of keys, a single name.
    ///
    /// # Errors
    ///
    /// `input.too-long` for too many or too long inputs.
    pub fn check(&self, password: &str, inputs: &[&str]) -> Result<Vec<Rule>, Error> {
        // No code point of the normal form comes from more than twelve bytes (three of four bytes each): a longer text
        // is too long whatever it holds, and is not normalized first.
        if password.len() > MAX_LENGTH * 12 {
            within_limits("", inputs)?;
            return Ok(vec![Rule::TooLong]);
        }
        self.check_normalized(&normalize(password), inputs)
    }

    /// [`Policy::check`] of a password in Normalization Form C. A browser brings that form's tables along, so the
    /// module for pages does not.
    pub(super) fn check_normalized(&self, password: &str, inputs: &[&str]) -> Result<Vec<Rule>, Error> {
        within_limits("", inputs)?;
        if password.is_empty() {
            return Ok(vec![Rule::Empty]);
        }
        let length = password.chars().count();
        if length > MAX_LENGTH {
            return Ok(vec![Rule::TooLong]);
        }
        let mut broken = Vec::new();
        // A blocklist need not hold what is too short anyway (NIST SP 800-63B-4 §3.1.1.2).
        if length < self.min_length {
            broken.push(Rule::TooShort);
        } else if common::is_common(password) {
            broken.push(Rule::Common);
        }
        if context::explains(&context::words(inputs), password) {
            broken.push(Rule::Context);
        }
        Ok(broken)
    }

    /// Refuses a password that breaks a rule, for a server that only needs to know whether to go on.
    ///
    /// # Errors
    ///
    /// The code of the first rule it breaks, `password.…`, with its requirement as message; else as
    /// [`Policy::check`].
    pub fn enforce(&self, password: &str, inputs: &[&str]) -> Result<(), Error> {
        match self.check(password, inputs)?.first() {
            None => Ok(()),
            Some(rule) => {
                let message = format!("password: expected {}", self.requirement(*rule));
                Err(Error::new(rule.code(), message))
            }
        }
    }

    /// What a rule asks for, in English, with its source and how binding that is. "Shop's choice" marks what no
    /// standard asks for.
    pub fn requirement(&self, rule: Rule) -> String {
        match rule {
            Rule::Empty => "a password".to_owned(),
            Rule::TooShort => {
                format!("at least {} characters (NIST SP 800-63B-4 §3.1.1.2: SHALL)", self.min_length)
            }
            Rule::TooLong => {
                format!(
                    "at most {MAX_LENGTH} characters (shop's choice; NIST SP 800-63B-4 §3.1.1.2: 64 or more, SHOULD)"
                )
            }
            Rule::Common => {
                "a password that is not commonly used (NIST SP 800-63B-4 §3.1.1.2: SHALL)".to_owned()
            }
            Rule::Context => {
                "a password that is more than your name, your e-mail address or the shop's name \
                              (NIST SP 800-63B-4 §3.1.1.2: SHALL, as expected passwords)"
                    .to_owned()
            }
        }
    }
}

/// A rule that a password can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// There is no password.
    Empty,
    /// It has too few code points.
    TooShort,
    /// It has too many code points.
    TooLong,
    /// It is as easy to guess as the most common passwords.
    Common,
    /// It is made of the words of context.
    Context,
}

impl Rule {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Empty, Self::TooShort, Self::TooLong, Self::Common, Self::Context];

    /// The code that says so in an error, `password.…`.
    pub const fn code(self) -> Code {
        match self {
            Self::Empty => Code::PasswordEmpty,
            Self::TooShort => Code::PasswordTooShort,
            Self::TooLong => Code::PasswordTooLong,
            Self::Common => Code::PasswordCommon,
            Self::Context => Code::PasswordContext,
        }
    }
}
