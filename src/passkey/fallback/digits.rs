//! One-time codes as people type and paste them.

use crate::codec::decimal::decimal;
use crate::{Code, Error};

/// The digit zero of the decimal digits that keyboards have beside ASCII's (Unicode, general category Nd): Arabic-Indic, Persian,
/// Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Burmese, Khmer, and full-width.
const ZEROS: [u32; 16] = [
    0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x0f20,
    0x1040, 0x17e0, 0xff10,
];

/// The value of a decimal digit of any of those scripts.
pub(super) fn value(character: char) -> Option<u8> {
    let point = u32::from(character);
    character
        .to_digit(10)
        .or_else(|| ZEROS.iter().find_map(|zero| point.checked_sub(*zero).filter(|value| *value < 10)))
        .and_then(|value| u8::try_from(value).ok())
}

/// Whether a character only separates groups: space of any kind, hyphens, dots, and marks of direction.
pub(super) fn separates(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{ad}')
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The code of so many digits that a text holds: `"123 456"`, `"123-456"`, full-width and other scripts' digits.
///
/// # Errors
///
/// `otp.code-invalid` where it holds anything else, or more or fewer digits; the text is not in the message.
///
/// # Example
///
/// ```
/// use storefront_privacy::passkey::fallback::digits;
///
/// assert_eq!(digits::read(" 123 456 ", 6)?, "123456");
/// assert_eq!(digits::read("１２３４５６", 6)?, "123456");
/// assert_eq!(digits::read("12345", 6).unwrap_err().to_string(), "code: expected 6 digits, found 5");
/// # Ok::<(), storefront_privacy::Error>(())
/// ```
pub fn read(text: &str, count: u32) -> Result<String, Error> {
    let mut code = String::with_capacity(8);
    // Longer than any message that a code is copied from in part.
    for character in text.chars().take(256).filter(|character| !separates(*character)) {
        let digit = value(character)
            .ok_or_else(|| Error::new(Code::OtpCodeInvalid, "code: expected digits and spaces alone"))?;
        code.push(char::from(b'0' + digit));
    }
    if u32::try_from(code.len()) != Ok(count) {
        let found = code.len();
        let message = ["code: expected ", &decimal(count), " digits, found ", &decimal(found)].concat();
        return Err(Error::new(Code::OtpCodeInvalid, message));
    }
    Ok(code)
}
