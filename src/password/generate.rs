//! A password to suggest: words from a list, or characters to a field's rules.
//!
//! Each is drawn from a set whose size is counted exactly, every member as likely as any other, with the system's
//! randomness (in a browser `crypto.getRandomValues`) and by drawing again, never by a remainder. Its entropy is the binary
//! logarithm of that size: what it is worth to someone who knows how it was made.

use zeroize::Zeroizing;

use super::{Rules, rules};
use crate::{Code, Error};

mod count;
mod natural;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub mod web;
mod words;

use count::Count;
use natural::Natural;

/// The longest password that is generated: the longest that a policy here accepts.
pub const LONGEST: usize = 256;

/// The entropy, in bits, that a password's length is chosen for: 10^12 guesses a second take 19,000 years for half of 2^80.
pub const ENOUGH: f64 = 80.0;

/// The words of the EFF's long list, 7,776 of them, no word the beginning of another. Where they come from, and under which
/// licence, is in `generate/NOTICE`.
pub const EFF_LARGE: &[u8] = include_bytes!("generate/eff-large.bin");

/// A password that was generated. It has no `Debug` and no `Clone`, and its memory is overwritten.
pub struct Generated {
    text: Zeroizing<String>,
    entropy: f64,
}

impl Generated {
    /// The password.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its entropy in bits.
    pub const fn entropy(&self) -> f64 {
        self.entropy
    }
}

/// Generates a password that meets the rules: any of those of its length that do, each as likely as any other.
///
/// Without a `length` it has as many characters as [`ENOUGH`] entropy takes, or as the rules ask for at least, or the most that
/// they allow.
///
/// # Errors
///
/// `input.invalid` for a length that the rules do not allow or that is above [`LONGEST`], `password.rules-invalid` where no password
/// meets them, `password.random-missing` when the system gives no randomness.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::{Policy, Rules, generate};
///
/// let policy = Policy::NIST_800_63B_4;
/// let generated = generate::password(&Rules::parse(&policy.attributes().passwordrules)?, None)?;
/// assert_eq!(policy.check(generated.as_str(), &[])?, []);
/// // 15 of 94 characters.
/// assert!((generated.entropy() - 15.0 * 94_f64.log2()).abs() < 1e-9);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn password(rules: &Rules, length: Option<usize>) -> Result<Generated, Error> {
    hazmat_password_with(rules, length, &mut system)
}

/// As [`password()`], with randomness of the caller's: for tests. A password from bytes that someone knows is known.
///
/// # Errors
///
/// As [`password()`], and whatever `random` fails with.
pub fn hazmat_password_with(
    rules: &Rules,
    length: Option<usize>,
    random: &mut dyn FnMut(&mut [u8]) -> Result<(), Error>,
) -> Result<Generated, Error> {
    let least = rules.min_length().unwrap_or(1);
    let most = rules.max_length().unwrap_or(LONGEST).min(LONGEST);
    let mut count = Count::new(rules);
    let length = match length {
        Some(length) if (least..=most).contains(&length) => length,
        Some(length) => {
            return Err(Error::new(
                Code::InputInvalid,
                format!("password: expected a length from {least} to {most}, found {length}"),
            ));
        }
        None => (least..most).find(|length| count.of(*length).log2() >= ENOUGH).unwrap_or(most),
    };
    let possible = count.of(length);
    if possible.is_zero() {
        return Err(rules::invalid(&format!(
            "expected rules that a password of {length} characters can meet"
        )));
    }
    let text = count.pick(length, possible.below(random)?);
    Ok(Generated { text, entropy: possible.log2() })
}

/// What a passphrase is like.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::generate::{self, Passphrase};
///
/// let generated = generate::passphrase(&Passphrase { words: 7, separator: ".", ..Passphrase::default() })?;
/// assert_eq!(generated.as_str().split('.').count(), 7);
/// assert!((generated.entropy() - 7.0 * 7776_f64.log2()).abs() < 1e-9);
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passphrase<'a> {
    /// How many words, [`Passphrase::FEWEST`] to [`Passphrase::MOST`]. Each has 12.9 bits of entropy. Six are what the EFF
    /// recommends with its list: 77.5 bits.
    pub words: usize,
    /// What stands between them: at most eight characters, no control characters.
    pub separator: &'a str,
    /// Whether each word begins with a capital letter. It adds no entropy.
    pub capitalise: bool,
    /// Whether one of the words, drawn too, ends in a digit that is drawn. For six words it adds 5.9 bits.
    pub number: bool,
}

impl Passphrase<'_> {
    /// The fewest words: 64.6 bits.
    pub const FEWEST: usize = 5;
    /// The most words: 258 bits.
    pub const MOST: usize = 20;
}

impl Default for Passphrase<'_> {
    fn default() -> Self {
        Self { words: 6, separator: "-", capitalise: false, number: false }
    }
}

/// Generates a passphrase from words of the EFF's long list.
///
/// # Errors
///
/// `input.invalid` for too few or too many words or a separator that is none, `password.random-missing` when the system gives no
/// randomness.
pub fn passphrase(form: &Passphrase<'_>) -> Result<Generated, Error> {
    hazmat_passphrase_with(form, &mut system)
}

/// As [`passphrase`], with randomness of the caller's: for tests. A passphrase from bytes that someone knows is known.
///
/// # Errors
///
/// As [`passphrase`], and whatever `random` fails with.
pub fn hazmat_passphrase_with(
    form: &Passphrase<'_>,
    random: &mut dyn FnMut(&mut [u8]) -> Result<(), Error>,
) -> Result<Generated, Error> {
    let Passphrase { words, separator, capitalise, number } = *form;
    if !(Passphrase::FEWEST..=Passphrase::MOST).contains(&words) {
        return Err(Error::new(
            Code::InputInvalid,
            format!("password: expected {} to {} words, found {words}", Passphrase::FEWEST, Passphrase::MOST),
        ));
    }
    if separator.chars().count() > 8 || separator.chars().any(char::is_control) {
        let message = "password: expected a separator of at most 8 characters that are no control characters";
        return Err(Error::new(Code::InputInvalid, message));
    }
    let numbered = if number { Some((below(words, random)?, below(10, random)?)) } else { None };
    // The longest word has nine letters.
    let mut text = Zeroizing::new(String::with_capacity((10 + separator.len()) * words));
    for place in 0..words {
        if place > 0 {
            text.push_str(separator);
        }
        words::push(&mut text, below(usize::from(words::COUNT), random)?, capitalise);
        if let Some((_, digit)) = numbered.filter(|(at, _)| *at == place) {
            text.extend(u32::try_from(digit).ok().and_then(|digit| char::from_digit(digit, 10)));
        }
    }
    let mut possible = (0..words).fold(Natural::from_small(1), |all, _| all.times(words::COUNT));
    if number {
        possible = possible.times(small(words)).times(10);
    }
    Ok(Generated { text, entropy: possible.log2() })
}

/// A number from 0 to `count - 1`, each as likely as any other.
fn below(count: usize, random: &mut dyn FnMut(&mut [u8]) -> Result<(), Error>) -> Result<usize, Error> {
    let drawn = Natural::from_small(small(count)).below(random)?;
    Ok(usize::try_from(drawn.small()).unwrap_or_default())
}

fn small(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

fn system(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| {
        Error::new(
            Code::PasswordRandomMissing,
            "password: expected random numbers from the system, which gave none",
        )
    })
}
