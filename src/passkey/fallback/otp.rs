//! One-time codes: by counter (HOTP, RFC 4226) and by time (TOTP, RFC 6238).

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use subtle::{ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use super::{base32, digits, random};
use crate::codec::decimal::{self, decimal};
use crate::{Code, Error};

/// The fewest bytes of a secret: 128 bits (RFC 4226 §4, R6).
pub const SHORTEST_SECRET: usize = 16;

/// The most bytes of a secret.
pub const LONGEST_SECRET: usize = 128;

/// How many steps before and after the present one are accepted: for clocks that differ and people who type (RFC 6238 §5.2).
pub const WINDOW: u64 = 1;

/// The hash function of one-time codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// HMAC-SHA-1, which every authenticator has. Its collisions do not touch HMAC.
    #[default]
    Sha1,
    /// HMAC-SHA-256. Some authenticators ignore that a link asks for it, and then show wrong codes.
    Sha256,
    /// HMAC-SHA-512. As for SHA-256.
    Sha512,
}

impl Algorithm {
    /// The name in `otpauth:` links.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }

    /// The algorithm of this name, in either case, with or without hyphens.
    pub fn parse(name: &str) -> Option<Self> {
        let plain = || name.bytes().filter(|byte| *byte != b'-').map(|byte| byte.to_ascii_uppercase());
        [Self::Sha1, Self::Sha256, Self::Sha512].into_iter().find(|one| one.as_str().bytes().eq(plain()))
    }
}

/// What the server and an authenticator share. It has no `Debug`, and is overwritten when it goes.
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// A new one of 160 random bits, as RFC 4226 recommends.
    ///
    /// # Errors
    ///
    /// `otp.random-missing`.
    pub fn generate() -> Result<Self, Error> {
        let mut bytes = Zeroizing::new(vec![0; 20]);
        random(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// These bytes.
    ///
    /// # Errors
    ///
    /// `otp.secret-invalid` for fewer than 16 bytes or more than 128.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        if !(SHORTEST_SECRET..=LONGEST_SECRET).contains(&bytes.len()) {
            let message = ["secret: expected 16 to 128 bytes, found ", &decimal(bytes.len())].concat();
            return Err(Error::new(Code::OtpSecretInvalid, message));
        }
        Ok(Self(Zeroizing::new(bytes.to_vec())))
    }

    /// The secret of this base32 text, as [`base32::decode`] reads it.
    ///
    /// # Errors
    ///
    /// `otp.secret-invalid`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > 4 * LONGEST_SECRET {
            return Err(Error::new(Code::OtpSecretInvalid, "secret: expected at most 512 characters"));
        }
        Self::from_bytes(&base32::decode(text)?)
    }

    /// The text that authenticators take.
    pub fn to_base32(&self) -> Zeroizing<String> {
        base32::encode(&self.0)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The HOTP value (RFC 4226 §5.3), `10^digits` and above cut off.
fn hotp_value(secret: &Secret, counter: u64, algorithm: Algorithm, digits: u32) -> u32 {
    match algorithm {
        Algorithm::Sha1 => truncate(&mac::<Hmac<Sha1>>(secret, counter), digits),
        Algorithm::Sha256 => truncate(&mac::<Hmac<Sha256>>(secret, counter), digits),
        Algorithm::Sha512 => truncate(&mac::<Hmac<Sha512>>(secret, counter), digits),
    }
}

fn mac<M: Mac + KeyInit>(secret: &Secret, counter: u64) -> Zeroizing<Vec<u8>> {
    // HMAC takes a key of any length.
    M::new_from_slice(&secret.0).map_or_else(
        |_| Zeroizing::new(Vec::new()),
        |mut mac| {
            mac.update(&counter.to_be_bytes());
            Zeroizing::new(mac.finalize().into_bytes().to_vec())
        },
    )
}

/// "Dynamic truncation" (RFC 4226 §5.3): four bytes from where the last half byte says, without their sign.
fn truncate(mac: &[u8], digits: u32) -> u32 {
    let offset = usize::from(mac.last().copied().unwrap_or_default() & 15);
    let word = mac.get(offset..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
    (u32::from_be_bytes(word) & 0x7fff_ffff) % 10_u32.pow(digits)
}

/// Codes by counter, for hardware tokens that have a button and no clock. The server stores the counter.
#[derive(Clone)]
pub struct Hotp {
    secret: Secret,
    algorithm: Algorithm,
    digits: u32,
}

impl Hotp {
    /// Six digits by HMAC-SHA-1, as RFC 4226 has it.
    pub fn new(secret: Secret) -> Self {
        Self { secret, algorithm: Algorithm::Sha1, digits: 6 }
    }

    /// The same with another hash function and number of digits.
    ///
    /// # Errors
    ///
    /// `input.invalid` for fewer than six digits or more than eight.
    pub fn with(self, algorithm: Algorithm, digits: u32) -> Result<Self, Error> {
        Ok(Self { algorithm, digits: check_digits(digits)?, ..self })
    }

    /// The code of a counter.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::passkey::fallback::otp::{Hotp, Secret};
    ///
    /// // RFC 4226, appendix D.
    /// let hotp = Hotp::new(Secret::from_bytes(b"12345678901234567890")?);
    /// assert_eq!(hotp.code(0), "755224");
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn code(&self, counter: u64) -> String {
        text(hotp_value(&self.secret, counter, self.algorithm, self.digits), self.digits)
    }

    /// The counter that a code belongs to, from `counter` on and at most `ahead` (up to 50) presses of the button further. The next
    /// expected counter is one above it: store that, and no code is taken twice (RFC 4226 §7.2, §7.4).
    ///
    /// # Errors
    ///
    /// `otp.code-invalid` where the text is no code.
    pub fn verify(&self, code: &str, counter: u64, ahead: u64) -> Result<Option<u64>, Error> {
        let given = number(&digits::read(code, self.digits)?);
        let steps = (0..=ahead.min(50)).filter_map(|more| counter.checked_add(more));
        let at = |counter| hotp_value(&self.secret, counter, self.algorithm, self.digits);
        Ok(matching(given, steps, at))
    }

    /// The secret.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The hash function.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How many digits a code has.
    pub const fn digits(&self) -> u32 {
        self.digits
    }
}

/// Whether a code was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was. The step is to be stored, in the statement that accepts the code: it and those before it are used up.
    Right {
        /// The number of the period since 1970.
        step: u64,
    },
    /// It was used before, or is older than one that was.
    Replayed,
    /// It was not.
    Wrong,
}

/// Codes by time. The server stores the step of the last code that it took.
#[derive(Clone)]
pub struct Totp {
    secret: Secret,
    algorithm: Algorithm,
    digits: u32,
    period: u32,
}

impl Totp {
    /// Six digits by HMAC-SHA-1 every 30 seconds: what every authenticator understands.
    pub fn new(secret: Secret) -> Self {
        Self { secret, algorithm: Algorithm::Sha1, digits: 6, period: 30 }
    }

    /// The same with another hash function, number of digits (6 to 8) and period in seconds (10 to 300).
    ///
    /// # Errors
    ///
    /// `input.invalid`.
    pub fn with(self, algorithm: Algorithm, digits: u32, period: u32) -> Result<Self, Error> {
        if !(10..=300).contains(&period) {
            let message = ["totp: expected a period of 10 to 300 seconds, found ", &decimal(period)].concat();
            return Err(Error::new(Code::InputInvalid, message));
        }
        Ok(Self { algorithm, digits: check_digits(digits)?, period, ..self })
    }

    /// The number of the period that a time is in, in seconds since 1970.
    pub fn step(&self, seconds: u64) -> u64 {
        seconds.checked_div(u64::from(self.period)).unwrap_or_default()
    }

    /// The code at a time, in seconds since 1970.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::passkey::fallback::otp::{Algorithm, Secret, Totp};
    ///
    /// // RFC 6238, appendix B.
    /// let totp = Totp::new(Secret::from_bytes(b"12345678901234567890")?).with(Algorithm::Sha1, 8, 30)?;
    /// assert_eq!(totp.code(59), "94287082");
    /// # Ok::<(), storefront_privacy::Error>(())
    /// ```
    pub fn code(&self, seconds: u64) -> String {
        text(self.value(self.step(seconds)), self.digits)
    }

    /// Whether a code is right at a time, in seconds since 1970: that of the present step, the one before or the one after. `last`
    /// is the step of the last code that was accepted; it and what is before it are refused (RFC 6238 §5.2).
    ///
    /// It takes as long whatever the code is: every step is computed and compared in constant time.
    ///
    /// # Errors
    ///
    /// `otp.code-invalid` where the text is no code.
    pub fn verify(&self, code: &str, seconds: u64, last: Option<u64>) -> Result<Outcome, Error> {
        let given = number(&digits::read(code, self.digits)?);
        let now = self.step(seconds);
        let steps = now.saturating_sub(WINDOW)..=now.saturating_add(WINDOW);
        Ok(match matching(given, steps, |step| self.value(step)) {
            Some(step) if last.is_none_or(|last| step > last) => Outcome::Right { step },
            Some(_) => Outcome::Replayed,
            None => Outcome::Wrong,
        })
    }

    fn value(&self, step: u64) -> u32 {
        hotp_value(&self.secret, step, self.algorithm, self.digits)
    }

    /// The secret.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The hash function.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How many digits a code has.
    pub const fn digits(&self) -> u32 {
        self.digits
    }

    /// How long a code is shown, in seconds.
    pub const fn period(&self) -> u32 {
        self.period
    }
}

/// The last of the steps whose value is the given one; all of them are looked at.
fn matching(given: u32, steps: impl Iterator<Item = u64>, value: impl Fn(u64) -> u32) -> Option<u64> {
    let (mut found, mut any) = (0, 0);
    for step in steps {
        let equal = value(step).ct_eq(&given);
        found.conditional_assign(&step, equal);
        any |= equal.unwrap_u8();
    }
    (any != 0).then_some(found)
}

fn check_digits(digits: u32) -> Result<u32, Error> {
    if (6..=8).contains(&digits) {
        return Ok(digits);
    }
    let message = ["code: expected 6 to 8 digits, found ", &decimal(digits)].concat();
    Err(Error::new(Code::InputInvalid, message))
}

/// A code of eight digits at most as a number.
fn number(code: &str) -> u32 {
    code.bytes().fold(0, |number: u32, digit| number * 10 + u32::from(digit - b'0'))
}

fn text(value: u32, digits: u32) -> String {
    let mut text = String::with_capacity(8);
    decimal::push(&mut text, u64::from(value), usize::try_from(digits).unwrap_or(6));
    text
}
