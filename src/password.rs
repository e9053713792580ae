//! Passwords: how many guesses one withstands, whether a policy accepts it, and one to suggest.
//!
//! [`strength`] measures, for a meter that helps while a password is chosen. [`policy`] decides, by rules that a
//! published standard sets out, the same in the page and on the server. [`generate`] makes one at random, of words or to
//! [`rules`] that a field states.
//!
//! # Example
//!
//! ```
//! use storefront_privacy::password::{Policy, Rule, estimate};
//!
//! let estimate = estimate("correcthorsebatterystaple", &[])?;
//! assert_eq!(estimate.score(), 4);
//!
//! let policy = Policy::NIST_800_63B_4;
//! assert_eq!(policy.check("passwordpassword", &[])?, [Rule::Common]);
//! assert_eq!(policy.check("Anna.Schmidt-1990", &["anna.schmidt@example.com"])?, [Rule::Context]);
//! assert_eq!(policy.check("correcthorsebatterystaple", &[])?, []);
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

#[cfg(feature = "password")]
pub mod breach;
#[cfg(feature = "password")]
mod context;
#[cfg(feature = "password-generate")]
pub mod generate;
#[cfg(feature = "password")]
pub mod list;
#[cfg(feature = "password")]
pub mod policy;
#[cfg(feature = "password-generate")]
pub mod rules;
#[cfg(feature = "password")]
pub mod strength;
#[cfg(all(feature = "password", feature = "web", target_arch = "wasm32"))]
pub mod web;

#[cfg(feature = "password")]
pub use list::{Standing, standing};
#[cfg(feature = "password")]
pub use policy::{Policy, Rule};
#[cfg(feature = "password-generate")]
pub use rules::Rules;
#[cfg(feature = "password")]
pub use strength::{Bound, Correction, Estimate, Suggestion, Warning, estimate};

#[cfg(feature = "password")]
use zeroize::Zeroizing;

#[cfg(feature = "password")]
use crate::{Code, Error};

/// The most code points that a password may have anywhere here. The standards ask for 64 at least.
pub const MAX_LENGTH: usize = 256;

/// The most words of context: name, e-mail address, the shop's name and the like.
#[cfg(feature = "password")]
pub const MAX_INPUTS: usize = 32;

/// The password as it is to be counted, compared and hashed: in Unicode's Normalization Form C, as NIST SP
/// 800-63B-4 §3.1.1.2 recommends, so that it is the same password on every keyboard.
///
/// # Example
///
/// ```
/// use storefront_privacy::password::normalize;
///
/// assert_eq!(*normalize("a\u{308}rger"), "ärger");
/// ```
#[cfg(feature = "password")]
pub fn normalize(password: &str) -> Zeroizing<String> {
    use unicode_normalization::UnicodeNormalization as _;

    // A code point becomes at most three in this form (UAX #15 §9), each of at most four bytes; room for all keeps
    // the string from moving and leaving a copy behind.
    let mut normalized = Zeroizing::new(String::with_capacity(password.len().saturating_mul(3)));
    normalized.extend(password.nfc());
    normalized
}

/// Refuses what is too much to look at.
#[cfg(feature = "password")]
fn within_limits(password: &str, inputs: &[&str]) -> Result<(), Error> {
    let length = password.chars().count();
    if length > MAX_LENGTH {
        return Err(too_long(&format!(
            "expected a password of at most {MAX_LENGTH} code points, found {length}"
        )));
    }
    if inputs.len() > MAX_INPUTS {
        return Err(too_long(&format!("expected at most {MAX_INPUTS} inputs, found {}", inputs.len())));
    }
    if let Some(length) = inputs.iter().map(|input| input.chars().count()).find(|length| *length > MAX_LENGTH)
    {
        return Err(too_long(&format!(
            "expected inputs of at most {MAX_LENGTH} code points, found {length}"
        )));
    }
    Ok(())
}

#[cfg(feature = "password")]
fn too_long(message: &str) -> Error {
    Error::new(Code::InputTooLong, format!("password: {message}"))
}
