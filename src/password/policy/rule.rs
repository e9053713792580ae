//! The rules of a policy, each with its name, its source and how binding that is.

use crate::Code;

/// Kinds of characters that a shop can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CharacterClass {
    /// Unicode's `Lowercase`.
    Lower,
    /// Unicode's `Uppercase`.
    Upper,
    /// `0` to `9`.
    Digit,
    /// What is neither letter nor number to Unicode: `Alphabetic`, or of the category `N`.
    Symbol,
}

impl CharacterClass {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Lower, Self::Upper, Self::Digit, Self::Symbol];

    /// Its name in a policy file: `lower`, `upper`, `digit` or `symbol`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Upper => "upper",
            Self::Digit => "digit",
            Self::Symbol => "symbol",
        }
    }

    pub(super) fn has(self, character: char) -> bool {
        match self {
            Self::Lower => character.is_lowercase(),
            Self::Upper => character.is_uppercase(),
            Self::Digit => character.is_ascii_digit(),
            Self::Symbol => !character.is_alphanumeric(),
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
    /// It has fewer code points than are recommended; it is accepted all the same.
    Recommended,
    /// It has too many code points.
    TooLong,
    /// It is among the most common passwords.
    Common,
    /// It is made of the words of context.
    Context,
    /// It lacks a kind of character that the shop asks for.
    ClassMissing(CharacterClass),
    /// It repeats a character more often than the shop allows.
    Repeats,
    /// It is older than the shop allows.
    Expired,
}

impl Rule {
    /// Its stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Empty => "present",
            Self::TooShort => "min-length",
            Self::Recommended => "recommended-length",
            Self::TooLong => "max-length",
            Self::Common => "blocklist",
            Self::Context => "context",
            Self::ClassMissing(CharacterClass::Lower) => "require-lower",
            Self::ClassMissing(CharacterClass::Upper) => "require-upper",
            Self::ClassMissing(CharacterClass::Digit) => "require-digit",
            Self::ClassMissing(CharacterClass::Symbol) => "require-symbol",
            Self::Repeats => "max-consecutive",
            Self::Expired => "max-age",
        }
    }

    /// The code that says so in an error, `password.…`.
    pub const fn code(self) -> Code {
        match self {
            Self::Empty => Code::PasswordEmpty,
            Self::TooShort | Self::Recommended => Code::PasswordTooShort,
            Self::TooLong => Code::PasswordTooLong,
            Self::Common => Code::PasswordCommon,
            Self::Context => Code::PasswordContext,
            Self::ClassMissing(_) => Code::PasswordClassMissing,
            Self::Repeats => Code::PasswordRepeats,
            Self::Expired => Code::PasswordExpired,
        }
    }
}

/// How binding a rule's source says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// It has to be met.
    Shall,
    /// It is recommended: a password that breaks it is accepted.
    Should,
    /// The shop's own choice.
    Shop,
}

impl Level {
    /// `SHALL`, `SHOULD` or `shop`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shall => "SHALL",
            Self::Should => "SHOULD",
            Self::Shop => "shop",
        }
    }
}

/// What a policy says of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Which rule.
    pub rule: Rule,
    /// What it asks for, in English.
    pub text: String,
    /// How binding it is.
    pub level: Level,
    /// The document and its section.
    pub source: &'static str,
    /// Whether NIST SP 800-63B-4 §3.1.1.2 says that a verifier shall not, or should not, ask for this.
    pub against_nist: bool,
}

/// Whether a password meets a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What was asked for.
    pub requirement: Requirement,
    /// Whether the rule was looked at: most are not in an empty password, nor in one that is too long.
    pub checked: bool,
    /// Whether the password meets it; `false` too where that was not looked at.
    pub met: bool,
}

impl Verdict {
    /// Whether the password is refused for this.
    pub fn refuses(&self) -> bool {
        self.checked && !self.met && self.requirement.level != Level::Should
    }
}
