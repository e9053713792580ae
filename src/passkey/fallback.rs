//! Signing in without a passkey at hand: one-time codes, recovery codes, and the QR code that enrols an authenticator.
//!
//! [`otp`] computes and checks one-time codes (HOTP, RFC 4226; TOTP, RFC 6238), [`link`] writes and reads the `otpauth:` links that
//! authenticators take, [`qr`] draws them, [`recovery`] makes the codes that are kept on paper and what a server stores of them.
//! [`assurance`] says what each way is worth: none of these resists phishing, and a page should say so.
//!
//! # Example
//!
//! A server enrols an authenticator, and checks a code:
//!
//! ```
//! use storefront_privacy::passkey::fallback::{otp::{Outcome, Secret, Totp}, link, qr};
//!
//! let totp = Totp::new(Secret::generate()?);
//! let address = link::write(&link::Link::Totp(totp.clone()), "Hob & Rim", "ada@example.com")?;
//! let picture = qr::Qr::of(&address)?.svg("The code for your authenticator");
//! assert!(picture.starts_with("<svg "));
//!
//! let now = 1_795_392_000;
//! let code = totp.code(now);
//! let Outcome::Right { step } = totp.verify(&code, now, None)? else { panic!() };
//! // The step is stored with the account: the same code is refused from now on.
//! assert_eq!(totp.verify(&code, now, Some(step))?, Outcome::Replayed);
//! # Ok::<(), storefront_privacy::Error>(())
//! ```

pub mod assurance;
pub mod base32;
pub mod digits;
pub mod link;
pub mod otp;
pub mod qr;
pub mod recovery;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub mod web;

use crate::{Code, Error};

/// Fills bytes with the system's randomness: in a browser `crypto.getRandomValues`.
fn random(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| {
        Error::new(Code::OtpRandomMissing, "expected random numbers from the system, which gave none")
    })
}
