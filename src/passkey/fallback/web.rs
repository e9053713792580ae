//! What the module `passkey-fallback` exports to JavaScript. The package's façade is the only caller; a Rust program uses the
//! modules beside this one.

use wasm_bindgen::prelude::wasm_bindgen;

use super::link::{self, Link};
use super::otp::{Algorithm, Hotp, Outcome, Secret, Totp};
use super::qr::{self, Qr};
use super::recovery::{self, Hashes, RecoveryCode};
use crate::codec::decimal::decimal;
use crate::{Code, Error};

/// A new secret in base32.
///
/// # Errors
///
/// `otp.random-missing`
#[wasm_bindgen(js_name = generateSecret)]
pub fn generate_secret() -> Result<String, Error> {
    Ok(Secret::generate()?.to_base32().to_string())
}

/// One kind of code: by time, or by counter where there is no period.
fn otp(secret: &str, algorithm: &str, digits: u32, period: u32) -> Result<Link, Error> {
    let secret = Secret::parse(secret)?;
    let algorithm = Algorithm::parse(algorithm)
        .ok_or_else(|| Error::new(Code::InputInvalid, "code: expected SHA1, SHA256 or SHA512"))?;
    Ok(if period == 0 {
        Link::Hotp(Hotp::new(secret).with(algorithm, digits)?, 0)
    } else {
        Link::Totp(Totp::new(secret).with(algorithm, digits, period)?)
    })
}

/// The code at a time in seconds, or of a counter where there is no period.
///
/// # Errors
///
/// `otp.secret-invalid` or `input.invalid`.
#[wasm_bindgen(js_name = otpCode)]
pub fn otp_code(secret: &str, algorithm: &str, digits: u32, period: u32, at: u64) -> Result<String, Error> {
    Ok(match otp(secret, algorithm, digits, period)? {
        Link::Totp(totp) => totp.code(at),
        Link::Hotp(hotp, _) => hotp.code(at),
    })
}

/// The step or counter that a code belongs to: -1 where it is wrong, -2 where it was used before. `bound` is the last step that
/// was taken, -1 for none; for counters how many are looked at.
///
/// # Errors
///
/// `otp.code-invalid`, and as [`otp_code`].
#[wasm_bindgen(js_name = verifyOtp)]
pub fn verify_otp(
    secret: &str,
    algorithm: &str,
    digits: u32,
    period: u32,
    at: u64,
    code: &str,
    bound: i64,
) -> Result<i64, Error> {
    let bound = u64::try_from(bound).ok();
    let found = match otp(secret, algorithm, digits, period)? {
        Link::Totp(totp) => match totp.verify(code, at, bound)? {
            Outcome::Right { step } => Some(step),
            Outcome::Replayed => return Ok(-2),
            Outcome::Wrong => None,
        },
        Link::Hotp(hotp, _) => hotp.verify(code, at, bound.unwrap_or_default())?,
    };
    Ok(found.and_then(|found| i64::try_from(found).ok()).unwrap_or(-1))
}

/// The link that enrols it; `counter` is the first one.
///
/// # Errors
///
/// `otp.link-invalid` or `input.too-long`, and as [`otp_code`].
#[wasm_bindgen(js_name = writeLink)]
pub fn write_link(
    secret: &str,
    algorithm: &str,
    digits: u32,
    period: u32,
    counter: u64,
    issuer: &str,
    account: &str,
) -> Result<String, Error> {
    let mut link = otp(secret, algorithm, digits, period)?;
    if let Link::Hotp(_, first) = &mut link {
        *first = counter;
    }
    link::write(&link, issuer, account)
}

/// What a link says, a member a line: kind, secret, algorithm, digits, period or counter, issuer, account.
///
/// # Errors
///
/// `otp.link-invalid`, `otp.secret-invalid` or `input.too-long`.
#[wasm_bindgen(js_name = readLink)]
pub fn read_link(text: &str) -> Result<String, Error> {
    let parsed = link::read(text)?;
    let (kind, secret, algorithm, digits, last) = match &parsed.link {
        Link::Totp(totp) => {
            ("totp", totp.secret(), totp.algorithm(), totp.digits(), u64::from(totp.period()))
        }
        Link::Hotp(hotp, counter) => ("hotp", hotp.secret(), hotp.algorithm(), hotp.digits(), *counter),
    };
    // No member holds a line break: the reader refuses control characters.
    Ok([
        kind,
        &secret.to_base32(),
        algorithm.as_str(),
        &decimal(digits),
        &decimal(last),
        &parsed.issuer,
        &parsed.account,
    ]
    .join("\n"))
}

/// A QR code: its path in a square whose side is the first number, border included, with a space between them.
///
/// # Errors
///
/// `input.too-long`
#[wasm_bindgen(js_name = qrCode)]
pub fn qr_code(text: &str) -> Result<String, Error> {
    let code = Qr::of(text)?;
    Ok([&decimal(code.size() + 2 * qr::BORDER), " ", &code.path()].concat())
}

/// A new set of recovery codes, a line each: what is stored, then the codes.
///
/// # Errors
///
/// `otp.random-missing`
#[wasm_bindgen(js_name = generateRecoveryCodes)]
pub fn generate_recovery_codes() -> Result<String, Error> {
    let (codes, hashes) = recovery::generate()?;
    let mut all = hashes.to_text();
    for code in codes {
        all.push('\n');
        all.push_str(&code.to_text());
    }
    Ok(all)
}

/// A recovery code as it is shown.
///
/// # Errors
///
/// `recovery.code-invalid`
#[wasm_bindgen(js_name = readRecoveryCode)]
pub fn read_recovery_code(text: &str) -> Result<String, Error> {
    Ok(RecoveryCode::parse(text)?.to_text().to_string())
}

/// What to store once a code was used; nothing where it is none of the set.
///
/// # Errors
///
/// `recovery.code-invalid` or `recovery.hashes-invalid`.
#[wasm_bindgen(js_name = useRecoveryCode)]
pub fn use_recovery_code(text: &str, hashes: &str) -> Result<Option<String>, Error> {
    let code = RecoveryCode::parse(text)?;
    let hashes = Hashes::parse(hashes)?;
    Ok(hashes.find(&code).map(|place| hashes.without(place).to_text()))
}
