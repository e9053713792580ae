//! base64url without padding (RFC 4648 §5, as RFC 7515 §2 uses it).
//!
//! The reader is strict: padding, white space, the standard alphabet's `+` and `/`, and non-zero trailing bits
//! are refused, so that every byte string has exactly one text.

use super::decimal::decimal;
use crate::{Code, Error};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The text of these bytes.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::base64url;
///
/// assert_eq!(base64url::encode(&[0xfb, 0xff, 0x00]), "-_8A");
/// assert_eq!(base64url::encode(b"a"), "YQ");
/// ```
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte));
        let (group, symbols) = match chunk.len() {
            1 => (group << 16, 2),
            2 => (group << 8, 3),
            _ => (group, 4),
        };
        for position in 0..symbols {
            text.push(symbol(group >> (18 - 6 * position)));
        }
    }
    text
}

/// The bytes of this text.
///
/// # Errors
///
/// `input.invalid` when the text is not unpadded base64url, or not the one text that [`encode`] gives.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::base64url;
///
/// assert_eq!(base64url::decode("-_8A")?, [0xfb, 0xff, 0x00]);
/// assert_eq!(
///     base64url::decode("YR").unwrap_err().to_string(),
///     "base64url: expected zero bits after the last byte at position 1",
/// );
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn decode(text: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let mut position = 0;
    for chunk in text.as_bytes().chunks(4) {
        let mut group = 0_u32;
        for byte in chunk {
            let value =
                value(*byte).ok_or_else(|| refuse("expected a letter, a digit, `-` or `_`", position))?;
            group = group << 6 | u32::from(value);
            position += 1;
        }
        let [_, first, second, third] = match chunk.len() {
            4 => group,
            3 => group << 6,
            2 => group << 12,
            _ => return Err(refuse("expected another character", position)),
        }
        .to_be_bytes();
        bytes.push(first);
        let unused = match chunk.len() {
            2 => second | third,
            3 => {
                bytes.push(second);
                third
            }
            _ => {
                bytes.extend([second, third]);
                0
            }
        };
        if unused != 0 {
            return Err(refuse("expected zero bits after the last byte", position - 1));
        }
    }
    Ok(bytes)
}

fn symbol(bits: u32) -> char {
    let [.., low] = bits.to_be_bytes();
    ALPHABET.get(usize::from(low & 63)).copied().map_or('A', char::from)
}

fn value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

fn refuse(expected: &str, position: usize) -> Error {
    Error::new(Code::InputInvalid, ["base64url: ", expected, " at position ", &decimal(position)].concat())
}
