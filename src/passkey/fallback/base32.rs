//! base32 (RFC 4648 §6) without padding, as authenticators show secrets.
//!
//! The reader takes what people type and copy: either case, spaces and hyphens between groups, padding at the end. What
//! it refuses is a character of no alphabet, an impossible length and bits that say nothing but are set.

use zeroize::Zeroizing;

use crate::codec::decimal::decimal;
use crate::{Code, Error};

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The text of these bytes. It is overwritten when it goes: it is mostly a secret's.
///
/// # Example
///
/// ```
/// use storefront_privacy::passkey::fallback::base32;
///
/// assert_eq!(base32::encode(b"foobar").as_str(), "MZXW6YTBOI");
/// ```
pub fn encode(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().div_ceil(5) * 8));
    symbols(bytes, |symbol| text.push(ALPHABET.get(usize::from(symbol)).copied().map_or('A', char::from)));
    text
}

/// The bytes of this text.
///
/// # Errors
///
/// `otp.secret-invalid`, with the position of the character, or none where the length is wrong. The text is not in the message.
///
/// # Example
///
/// ```
/// use storefront_privacy::passkey::fallback::base32;
///
/// assert_eq!(base32::decode("mzxw 6ytb-oi======")?.as_slice(), b"foobar");
/// assert_eq!(
///     base32::decode("MZXW1").unwrap_err().to_string(),
///     "base32: expected a letter or a digit from 2 to 7 at position 4",
/// );
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn decode(text: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 8 * 5 + 5));
    let (mut group, mut bits, mut count) = (0_u32, 0_u32, 0_usize);
    for (position, byte) in text.trim_end_matches(['=', ' ']).bytes().enumerate() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a',
            b'2'..=b'7' => byte - b'2' + 26,
            b' ' | b'-' => continue,
            _ => {
                let message = "base32: expected a letter or a digit from 2 to 7 at position ";
                return Err(Error::new(Code::OtpSecretInvalid, [message, &decimal(position)].concat()));
            }
        };
        group = group << 5 | u32::from(value);
        bits += 5;
        count += 1;
        if bits >= 8 {
            bits -= 8;
            let [.., byte] = (group >> bits).to_be_bytes();
            bytes.push(byte);
            group &= (1 << bits) - 1;
        }
    }
    if group != 0 || matches!(count % 8, 1 | 3 | 6) {
        return Err(Error::new(Code::OtpSecretInvalid, "base32: expected whole bytes, found a part of one"));
    }
    Ok(bytes)
}

/// Calls with every five bits, the last ones filled up with zeros.
pub(super) fn symbols(bytes: &[u8], mut each: impl FnMut(u8)) {
    let (mut group, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        group = group << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            let [.., symbol] = (group >> bits & 31).to_be_bytes();
            each(symbol);
        }
        group &= (1 << bits) - 1;
    }
    if bits > 0 {
        let [.., symbol] = (group << (5 - bits) & 31).to_be_bytes();
        each(symbol);
    }
}
