//! Numbers in decimal without `core::fmt`, which is 3 KB of every module that formats one.

/// A number in decimal.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::decimal::decimal;
///
/// assert_eq!(["expected 6 digits, found ", &decimal(10_u32)].concat(), "expected 6 digits, found 10");
/// ```
pub fn decimal(number: impl TryInto<u64>) -> String {
    let mut text = String::new();
    push(&mut text, number.try_into().unwrap_or(u64::MAX), 1);
    text
}

/// Adds a number in decimal, with zeros before it where it has fewer digits than asked for (20 at most).
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::decimal::push;
///
/// let mut text = String::from("code ");
/// push(&mut text, 4711, 6);
/// assert_eq!(text, "code 004711");
/// ```
pub fn push(text: &mut String, number: u64, digits: usize) {
    // 2^64 has twenty digits.
    let mut reversed = [b'0'; 20];
    let mut rest = number;
    let mut count = 0;
    for place in &mut reversed {
        *place += u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        count += 1;
        if rest == 0 && count >= digits {
            break;
        }
    }
    text.extend(reversed.iter().take(count).rev().map(|digit| char::from(*digit)));
}
