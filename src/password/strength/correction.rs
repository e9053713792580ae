//! What an estimate has that zxcvbn's alone has not.

/// A correction that was made to zxcvbn's estimate. An estimate names all that were.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::{Correction, estimate};
///
/// let shouted = estimate("MONKEY12", &[])?;
/// assert!(shouted.corrections().contains(&Correction::UppercaseWord));
/// assert_eq!(Correction::UppercaseWord.as_str(), "uppercase-word");
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Correction {
    /// It is on the list of the most common passwords: the guesses are its rank there.
    ListRank,
    /// It is not on that list, which an attacker tries first: the guesses are at least as many as the list is long.
    ListFloor,
    /// A word in capitals with a digit for a letter or after it, of which the crate says that it is no guess at all.
    UppercaseWord,
    /// The advice on capitals: that of the first letter where only it is one, that of all where all are.
    UppercaseAdvice,
    /// What is similar to a common password but takes more than 10,000 guesses is not called so.
    SimilarPassword,
    /// Several of the inputs in a row count as one word.
    InputsInARow,
    /// A part of an input counts as an input: of the e-mail address, of the name, of the shop's.
    ContextWord,
    /// What only its crate takes for a sequence, a character twice and then a step, such as `886`: it counts as characters that
    /// follow no pattern.
    FalseSequence,
    /// The guesses are so close to a step of the score that the ranks of words decide it, which the browser's module keeps to
    /// 4.4 %. The guesses are not changed.
    RoundedRank,
    /// A year from 2020 on counts as recent. zxcvbn 4.4.2 ends with 2019.
    RecentYear,
    /// So many substitutions that only the first code points were analysed.
    SubstitutionsCut,
    /// Longer than the 100 code points that are analysed. zxcvbn 4.4.2 analyses all.
    LengthCut,
    /// Letters are counted by code points. zxcvbn 4.4.2 counts UTF-16 units, and knows no capitals beyond ASCII.
    CodePoints,
}

impl Correction {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::ListRank,
        Self::ListFloor,
        Self::UppercaseWord,
        Self::UppercaseAdvice,
        Self::SimilarPassword,
        Self::InputsInARow,
        Self::ContextWord,
        Self::FalseSequence,
        Self::RoundedRank,
        Self::RecentYear,
        Self::SubstitutionsCut,
        Self::LengthCut,
        Self::CodePoints,
    ];

    /// The stable id.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ListRank => "list-rank",
            Self::ListFloor => "list-floor",
            Self::UppercaseWord => "uppercase-word",
            Self::UppercaseAdvice => "uppercase-advice",
            Self::SimilarPassword => "similar-password",
            Self::InputsInARow => "inputs-in-a-row",
            Self::ContextWord => "context-word",
            Self::FalseSequence => "false-sequence",
            Self::RoundedRank => "rounded-rank",
            Self::RecentYear => "recent-year",
            Self::SubstitutionsCut => "substitutions-cut",
            Self::LengthCut => "length-cut",
            Self::CodePoints => "code-points",
        }
    }
}

/// What the number of guesses is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The estimate of the whole password.
    Estimate,
    /// At least so many: only the first code points were analysed.
    Lower,
}

impl Bound {
    /// The stable id.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Estimate => "estimate",
            Self::Lower => "lower",
        }
    }
}
