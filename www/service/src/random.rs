//! Unguessable values.

use std::io;

/// Random bytes from the operating system.
///
/// # Errors
///
/// When the operating system has none to give.
pub fn bytes<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}

/// A lower-case hexadecimal identifier of `N` random bytes.
///
/// # Errors
///
/// When the operating system has no random bytes to give.
pub fn identifier<const N: usize>() -> io::Result<String> {
    Ok(hexadecimal(&bytes::<N>()?))
}

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
