//! How many guesses a password withstands, by the patterns that attackers try first.
//!
//! The estimate is zxcvbn's (Wheeler, USENIX Security 2016), of its crate, put right where the crate is wrong or behind
//! its time; each [`Correction`] is named by the estimates that it changed. The list of the most common passwords goes
//! before: who is on it has the rank for guesses, who is not has at least as many as the list is long. It is a lower
//! bound by known patterns, no promise: a password that is on some longer list of leaked ones may get a high score.
//!
//! In the browser's module the same password and inputs always give the same estimate. A native program draws the keys
//! of its hash maps at random, and zxcvbn leaves ties to their order: one estimate in some thousands differs between
//! two runs, by a few percent.
//!
//! zxcvbn copies parts of the password while it works. In the browser's module the allocator overwrites them; a native
//! program frees them as they are.

use super::{
    list::{Standing, standing},
    within_limits,
};
use crate::Error;

mod advice;
mod analysis;
mod budget;
mod correction;
mod inputs;

use analysis::{Analysis, analyse};

pub use advice::{Suggestion, Warning};
pub use correction::{Bound, Correction};

/// Whatever is not on the list is tried after all that is.
const FLOOR: u64 = 10_000;

/// Where the score goes up by one.
const STEPS: [u64; 4] = [1_000, 1_000_000, 100_000_000, 10_000_000_000];

/// How hard a password is to guess. It does not hold the password.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::{Warning, estimate};
///
/// let estimate = estimate("password", &[])?;
/// assert_eq!(estimate.score(), 0);
/// assert_eq!(estimate.warning(), Some(Warning::ThisIsATop10Password));
/// assert_eq!(estimate.seconds().online_throttled, estimate.guesses() * 36.0);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    guesses: u64,
    uncorrected: u64,
    bound: Bound,
    warning: Option<Warning>,
    suggestions: Vec<Suggestion>,
    corrections: Vec<Correction>,
}

impl Estimate {
    /// From 0, guessed at once, to 4, very hard to guess. The steps are at 10³, 10⁶, 10⁸ and 10¹⁰ guesses.
    pub fn score(&self) -> u8 {
        score(self.guesses)
    }

    /// About how many guesses it takes. Estimates stop at 2⁶⁴ − 1.
    pub fn guesses(&self) -> f64 {
        real(self.guesses)
    }

    /// The decimal logarithm of the guesses; 0 when there is no password.
    pub fn guesses_log10(&self) -> f64 {
        // Of no guesses it is minus infinity, which JSON cannot write.
        if self.guesses == 0 { 0.0 } else { self.guesses().log10() }
    }

    /// Whether it is the estimate of the whole password, or at least so much.
    pub fn bound(&self) -> Bound {
        self.bound
    }

    /// What was put right in zxcvbn's estimate, each once.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// The score before anything was corrected: zxcvbn's own, for comparing.
    pub fn uncorrected_score(&self) -> u8 {
        score(self.uncorrected)
    }

    /// The guesses before anything was corrected.
    pub fn uncorrected_guesses(&self) -> f64 {
        real(self.uncorrected)
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
    estimate_with(password, inputs, standing(password))
}

/// Estimates a password of which it is known where it stands among the most common ones; otherwise as [`estimate`].
///
/// # Errors
///
/// As [`estimate`].
///
/// # Example
///
/// ```
/// use storefront_privacy::password::{Standing, strength::estimate_with};
///
/// let estimate = estimate_with("sunshine", &[], Standing::Listed(64))?;
/// assert_eq!((estimate.score(), estimate.guesses_log10().floor()), (0, 1.0));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn estimate_with(password: &str, inputs: &[&str], standing: Standing) -> Result<Estimate, Error> {
    within_limits(password, inputs)?;
    let mut found = analyse(password, inputs);
    place(&mut found, password, standing);
    let weak = score(found.guesses) <= 2;
    if !weak {
        (found.warning, found.suggestions) = (None, Vec::new());
    } else if found.suggestions.is_empty() {
        found.suggestions.push(Suggestion::AddAnotherWordOrTwo);
    }
    Ok(Estimate {
        guesses: found.guesses,
        uncorrected: found.uncorrected,
        bound: if found.cut { Bound::Lower } else { Bound::Estimate },
        warning: found.warning,
        suggestions: found.suggestions,
        corrections: found.corrections,
    })
}

/// Puts the list's word before zxcvbn's. What is known of the visitor is tried before any list.
fn place(found: &mut Analysis, password: &str, standing: Standing) {
    let rank = match standing {
        _ if password.is_empty() => return,
        Standing::Unknown => return,
        Standing::Unlisted if found.known || found.guesses >= FLOOR => return,
        Standing::Unlisted => {
            found.guesses = FLOOR;
            found.corrections.push(Correction::ListFloor);
            return;
        }
        Standing::Listed(rank) => u64::from(rank),
    };
    if found.known && found.guesses <= rank {
        return;
    }
    if found.guesses != rank {
        found.guesses = rank;
        found.corrections.push(Correction::ListRank);
    }
    // A rank is the upper end of a block: of the first ten, 8; of the first hundred, 64.
    found.warning = Some(match found.warning {
        Some(more @ (Warning::ThisIsATop10Password | Warning::ThisIsATop100Password)) => more,
        _ if rank <= 10 => Warning::ThisIsATop10Password,
        _ if rank <= 100 => Warning::ThisIsATop100Password,
        _ => Warning::ThisIsACommonPassword,
    });
}

fn score(guesses: u64) -> u8 {
    // zxcvbn's own allowance: a word of rank 1,000 is still "among the first thousand".
    const ALLOWANCE: u64 = 5;
    STEPS.into_iter().map(|step| u8::from(guesses >= step + ALLOWANCE)).sum()
}

fn real(guesses: u64) -> f64 {
    // Exact up to 2^53, and no estimate is exact beyond.
    let [high, low] = [guesses >> 32, guesses & u64::from(u32::MAX)];
    let part = |bits: u64| u32::try_from(bits).map_or(0.0, f64::from);
    part(high) * 4_294_967_296.0 + part(low)
}
