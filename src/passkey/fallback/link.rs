//! `otpauth:` links, which an authenticator takes by QR code or by a tap ("Key Uri Format" of Google Authenticator, which all
//! others read: <https://github.com/google/google-authenticator/wiki/Key-Uri-Format>).

use zeroize::Zeroizing;

use super::otp::{Algorithm, Hotp, Secret, Totp};
use crate::codec::decimal::decimal;
use crate::{Code, Error};

/// The longest link that is read or written, in bytes.
pub const LONGEST: usize = 2048;

const SCHEME: &str = "otpauth://";

/// What a link enrols.
#[derive(Clone)]
pub enum Link {
    /// Codes by time.
    Totp(Totp),
    /// Codes by counter, and the first counter.
    Hotp(Hotp, u64),
}

/// A link that was read.
pub struct Parsed {
    /// What it enrols.
    pub link: Link,
    /// Who issued it; empty where the link does not say.
    pub issuer: String,
    /// Whose account it is for.
    pub account: String,
}

/// The link for an account of an issuer: both are shown in the authenticator.
///
/// # Errors
///
/// `otp.link-invalid` where either is empty, has a colon (which parts them) or a control character; `input.too-long`.
///
/// # Example
///
/// ```
/// use storefront_privacy::passkey::fallback::{link::{self, Link}, otp::{Secret, Totp}};
///
/// let totp = Totp::new(Secret::from_bytes(b"12345678901234567890")?);
/// assert_eq!(
///     link::write(&Link::Totp(totp), "Hob & Rim", "ada@example.com")?,
///     "otpauth://totp/Hob%20%26%20Rim:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hob%20%26%20Rim",
/// );
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn write(link: &Link, issuer: &str, account: &str) -> Result<String, Error> {
    for (what, text) in [("an issuer", issuer), ("an account", account)] {
        if text.trim().is_empty() || text.chars().any(|character| character == ':' || character.is_control())
        {
            return Err(invalid(&["expected ", what, " without a colon or a control character"].concat()));
        }
    }
    let (kind, secret, algorithm, digits, special) = match link {
        Link::Totp(totp) => {
            let period = Some(totp.period()).filter(|period| *period != 30);
            let period = period.map(|period| ["&period=", &decimal(period)].concat());
            ("totp", totp.secret(), totp.algorithm(), totp.digits(), period.unwrap_or_default())
        }
        Link::Hotp(hotp, counter) => (
            "hotp",
            hotp.secret(),
            hotp.algorithm(),
            hotp.digits(),
            ["&counter=", &decimal(*counter)].concat(),
        ),
    };
    let issuer = encode(issuer);
    let mut text = [SCHEME, kind, "/", &issuer, ":", &encode(account), "?secret="].concat();
    text.push_str(&secret.to_base32());
    text.push_str("&issuer=");
    text.push_str(&issuer);
    // What is usual is left out: some authenticators refuse a link that spells it.
    if algorithm != Algorithm::Sha1 {
        text.push_str("&algorithm=");
        text.push_str(algorithm.as_str());
    }
    if digits != 6 {
        text.push_str("&digits=");
        text.push_str(&decimal(digits));
    }
    text.push_str(&special);
    if text.len() > LONGEST { Err(too_long()) } else { Ok(text) }
}

/// Reads a link of any issuer. Parameters that it does not know are passed over.
///
/// # Errors
///
/// `otp.link-invalid`, `otp.secret-invalid` or `input.too-long`. Nothing of the link is in the message.
///
/// # Example
///
/// ```
/// use storefront_privacy::passkey::fallback::link;
///
/// let parsed = link::read("otpauth://totp/Shop:ada@example.com?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq")?;
/// assert_eq!((parsed.issuer.as_str(), parsed.account.as_str()), ("Shop", "ada@example.com"));
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn read(text: &str) -> Result<Parsed, Error> {
    if text.len() > LONGEST {
        return Err(too_long());
    }
    let rest = match text.split_at_checked(SCHEME.len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case(SCHEME) => rest,
        _ => return Err(invalid("expected otpauth://")),
    };
    let (head, query) = rest.split_once('?').ok_or_else(|| invalid("expected a secret"))?;
    let (kind, label) = head.split_once('/').ok_or_else(|| invalid("expected a label"))?;
    let [secret, issuer, algorithm, digits, period, counter] =
        read_query(query.split('#').next().unwrap_or_default())?;
    let label = decode(label)?;
    let (prefix, account) = label.split_once(':').unwrap_or(("", &label));
    let issuer = match issuer {
        Some(issuer) => decode(issuer)?,
        None => prefix.trim().to_owned(),
    };
    let secret = Zeroizing::new(decode(secret.ok_or_else(|| invalid("expected a secret"))?)?);
    let secret = Secret::parse(&secret)?;
    let algorithm = Algorithm::parse(&decode(algorithm.unwrap_or("SHA1"))?)
        .ok_or_else(|| invalid("expected SHA1, SHA256 or SHA512"))?;
    let digits = small(digits.unwrap_or("6"), "digits")?;
    let wrong = |error: Error| error.with_code(Code::OtpLinkInvalid);
    let link = if kind.eq_ignore_ascii_case("totp") {
        let period = small(period.unwrap_or("30"), "a period")?;
        Link::Totp(Totp::new(secret).with(algorithm, digits, period).map_err(wrong)?)
    } else if kind.eq_ignore_ascii_case("hotp") {
        let counter = number(counter.unwrap_or_default())?.ok_or_else(|| invalid("expected a counter"))?;
        Link::Hotp(Hotp::new(secret).with(algorithm, digits).map_err(wrong)?, counter)
    } else {
        return Err(invalid("expected totp or hotp"));
    };
    Ok(Parsed { link, issuer, account: account.trim().to_owned() })
}

/// The parameters that are read, each at most once.
const NAMES: [&str; 6] = ["secret", "issuer", "algorithm", "digits", "period", "counter"];

fn read_query(text: &str) -> Result<[Option<&str>; 6], Error> {
    let mut query = [None; 6];
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let place = NAMES.iter().zip(&mut query).find(|(known, _)| known.eq_ignore_ascii_case(name));
        if let Some((_, place)) = place
            && place.replace(value).is_some()
        {
            return Err(invalid("expected each parameter once"));
        }
    }
    Ok(query)
}

fn small(text: &str, what: &str) -> Result<u32, Error> {
    number(text)?
        .and_then(|number| u32::try_from(number).ok())
        .ok_or_else(|| invalid(&["expected a number for ", what].concat()))
}

fn number(text: &str) -> Result<Option<u64>, Error> {
    Ok(decode(text)?.parse().ok())
}

/// Percent-encoding (RFC 3986 §2.1) of all but unreserved characters.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend(
                [byte >> 4, byte & 15]
                    .map(|half| char::from(if half < 10 { b'0' + half } else { b'A' + half - 10 })),
            );
        }
    }
    encoded
}

fn decode(text: &str) -> Result<String, Error> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        // A query's plus is a space to form encoders, and issuers use them.
        bytes.push(match byte {
            b'%' => match (rest.next().and_then(half), rest.next().and_then(half)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(invalid("expected two hexadecimal digits after %")),
            },
            b'+' => b' ',
            _ => byte,
        });
    }
    let text = String::from_utf8(bytes).map_err(|_| invalid("expected UTF-8"))?;
    if text.chars().any(char::is_control) { Err(invalid("expected no control characters")) } else { Ok(text) }
}

fn half(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn invalid(expected: &str) -> Error {
    Error::new(Code::OtpLinkInvalid, ["otpauth: ", expected].concat())
}

fn too_long() -> Error {
    Error::new(Code::InputTooLong, "otpauth: expected at most 2048 bytes")
}
