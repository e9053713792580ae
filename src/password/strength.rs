//! How many guesses a password withstands, by the patterns that attackers try first.
//!
//! The estimate is zxcvbn's (Wheeler, USENIX Security 2016), of its crate. It is a lower bound by known patterns, no
//! promise: a password that is on some list of leaked ones may get a high score.
//!
//! zxcvbn copies parts of the password while it works. In the browser's module the allocator overwrites them; a native
//! program frees them as they are.

use zeroize::Zeroizing;
use zxcvbn::zxcvbn;

use super::{context, within_limits};
use crate::Error;

mod advice;

pub use advice::{Suggestion, Warning};

/// How hard a password is to guess. It does not hold the password.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::{Warning, estimate};
///
/// let estimate = estimate("dragon", &[])?;
/// assert_eq!(estimate.score(), 0);
/// assert_eq!(estimate.warning(), Some(Warning::ThisIsATop10Password));
/// assert_eq!(estimate.seconds().online_throttled, estimate.guesses() * 36.0);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    guesses: u64,
    guesses_log10: f64,
    warning: Option<Warning>,
    suggestions: Vec<Suggestion>,
}

impl Estimate {
    /// From 0, guessed at once, to 4, very hard to guess. The steps are at 10³, 10⁶, 10⁸ and 10¹⁰ guesses.
    pub fn score(&self) -> u8 {
        // zxcvbn's own allowance: a word of rank 1,000 is still "among the first thousand".
        const ALLOWANCE: u64 = 5;
        let steps = [1_000, 1_000_000, 100_000_000, 10_000_000_000];
        steps.into_iter().map(|step: u64| u8::from(self.guesses >= step + ALLOWANCE)).sum()
    }

    /// About how many guesses it takes. Estimates stop at 2⁶⁴ − 1.
    pub fn guesses(&self) -> f64 {
        // Exact up to 2^53, and no estimate is exact beyond.
        let [high, low] = [self.guesses >> 32, self.guesses & u64::from(u32::MAX)];
        let part = |bits: u64| u32::try_from(bits).map_or(0.0, f64::from);
        part(high) * 4_294_967_296.0 + part(low)
    }

    /// The decimal logarithm of the guesses; 0 when there is no password.
    pub fn guesses_log10(&self) -> f64 {
        self.guesses_log10
    }

    /// What makes it weak, when the score is 2 or less and one pattern stands out.
    pub fn warning(&self) -> Option<Warning> {
        self.warning
    }

    /// What would make it stronger, when the score is 2 or less.
    pub fn suggestions(&self) -> &[Suggestion] {
        &self.suggestions
    }

    /// How long guessing takes.
    pub fn seconds(&self) -> GuessingSeconds {
        let guesses = self.guesses();
        GuessingSeconds {
            online_throttled: guesses * 36.0,
            online_unthrottled: guesses / 10.0,
            offline_slow: guesses / 1e4,
            offline_fast: guesses / 1e10,
        }
    }
}

/// Seconds that guessing takes, in zxcvbn's four scenarios.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct GuessingSeconds {
    /// Through a sign-in form that takes 100 tries an hour.
    pub online_throttled: f64,
    /// Through a sign-in form that takes 10 tries a second.
    pub online_unthrottled: f64,
    /// With a stolen, slow hash such as Argon2: 10⁴ tries a second.
    pub offline_slow: f64,
    /// With a stolen, fast hash such as SHA-256: 10¹⁰ tries a second.
    pub offline_fast: f64,
}

/// Estimates a password. `inputs` are words that would be tried first: the visitor's name and e-mail address, the
/// shop's name.
///
/// At most the first 100 code points are analysed, as zxcvbn does; what follows them adds nothing to the estimate.
///
/// # Errors
///
/// `input.too-long` for a password of more than [`MAX_LENGTH`](super::MAX_LENGTH) code points, more than
/// [`MAX_INPUTS`](super::MAX_INPUTS) inputs, or an input of more than [`MAX_LENGTH`](super::MAX_LENGTH) code points.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::estimate;
///
/// let alone = estimate("rosalindfranklin", &[])?;
/// let known = estimate("rosalindfranklin", &["Rosalind Franklin"])?;
/// assert!(known.guesses() < alone.guesses());
///
/// let error = estimate(&"x".repeat(300), &[]).unwrap_err();
/// assert_eq!(error.code(), "input.too-long");
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn estimate(password: &str, inputs: &[&str]) -> Result<Estimate, Error> {
    within_limits(password, inputs)?;
    let words = context::words(inputs);
    let mut all: Vec<&str> = inputs.to_vec();
    all.extend(words.iter().map(String::as_str));

    // The crate counts the ways to write a word in capitals as none when the word has digits and no small letter
    // (`MONKEY12`: 2 guesses). In small letters, times the one other way to write it, is what it means.
    let shouted = password.chars().any(char::is_uppercase) && !password.chars().any(char::is_lowercase);
    if !shouted {
        let entropy = zxcvbn(password, &all);
        return Ok(from_entropy(&entropy, entropy.guesses(), entropy.guesses_log10()));
    }
    let lower = Zeroizing::new(password.to_lowercase());
    let entropy = zxcvbn(&lower, &all);
    let mut estimate = from_entropy(
        &entropy,
        entropy.guesses().saturating_mul(2),
        entropy.guesses_log10() + std::f64::consts::LOG10_2,
    );
    if !estimate.suggestions.is_empty() {
        estimate.suggestions.push(Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase);
    }
    Ok(estimate)
}

fn from_entropy(entropy: &zxcvbn::Entropy, guesses: u64, guesses_log10: f64) -> Estimate {
    let feedback = entropy.feedback();
    Estimate {
        guesses,
        // zxcvbn says minus infinity for no password, which JSON cannot write.
        guesses_log10: if guesses_log10.is_finite() { guesses_log10 } else { 0.0 },
        warning: feedback.and_then(|feedback| feedback.warning().map(Warning::from)),
        suggestions: feedback.map_or_else(Vec::new, |feedback| {
            feedback.suggestions().iter().copied().map(Suggestion::from).collect()
        }),
    }
}
