//! What a policy file must say beyond its form, so that a visitor can decide on facts: found all at once.
//!
//! [`Policy::parse`] says whether a file can be read. A lint says whether it should be shown. It is best effort: it knows
//! what is missing and what is plainly unequal or unclear, not whether a text is true.

mod choice;
mod facts;
mod texts;

use std::fmt;

use super::policy::Policy;

/// Which expectation a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// A fact that a visitor needs is missing.
    MissingFact,
    /// Accepting is made easier, or looks better, than refusing.
    UnequalChoice,
    /// A text does not say what happens.
    UnclearText,
    /// The origins that the shop cannot do without are not named, or are held as well.
    EssentialOrigins,
    /// Our words in a language that nobody has reviewed, or that we do not have.
    UnreviewedLanguage,
    /// A translation lacks a text.
    MissingTranslation,
    /// A region's law asks for consent first.
    RegionModel,
    /// The legal basis and the question do not fit together.
    LegalBasis,
    /// The period after which a visitor is asked again.
    Reask,
}

impl Rule {
    /// The rule's name for programs, such as `missing-fact`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MissingFact => "missing-fact",
            Self::UnequalChoice => "unequal-choice",
            Self::UnclearText => "unclear-text",
            Self::EssentialOrigins => "essential-origins",
            Self::UnreviewedLanguage => "unreviewed-language",
            Self::MissingTranslation => "missing-translation",
            Self::RegionModel => "region-model",
            Self::LegalBasis => "legal-basis",
            Self::Reask => "reask",
        }
    }
}

/// Something that should be put right.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Where, as a JSON path (RFC 9535).
    pub path: String,
    /// What was expected there.
    pub reason: String,
    /// Which expectation it is about.
    pub rule: Rule,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} ({})", self.path, self.reason, self.rule.as_str())
    }
}

/// Everything that should be put right before the policy is shown; nothing when all is well.
///
/// # Example
///
/// ```
/// use storefront_privacy::consent::{Policy, lint};
///
/// let policy = Policy::parse(include_str!("../../tests/vectors/consent/policy.json"))?;
/// let findings = lint::lint(&policy);
/// assert!(findings.iter().any(|finding| finding.to_string()
///     == "$.essentialOrigins: expected the origins that are never held (payment, fraud prevention, the shop's own API), \
///         or an empty array where there are none (essential-origins)"));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn lint(policy: &Policy) -> Vec<Finding> {
    let mut findings = Findings::default();
    facts::check(&mut findings, policy);
    texts::check(&mut findings, policy);
    choice::check(&mut findings, policy);
    findings.0
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, rule: Rule, path: impl Into<String>, reason: impl Into<String>) {
        self.0.push(Finding { path: path.into(), reason: reason.into(), rule });
    }
}
