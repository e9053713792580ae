//! The check digit of identification numbers (ISO/IEC 7812-1, Annex B).

/// Whether these are digits, at least two, of which the last is the check digit of those before it.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::luhn;
///
/// assert!(luhn::is_valid("4242424242424242"));
/// assert!(!luhn::is_valid("4242424242424241"));
/// assert!(!luhn::is_valid("4242 4242 4242 4242"));
/// ```
pub fn is_valid(digits: &str) -> bool {
    digits.len() >= 2 && weighted_sum(digits, false).is_some_and(|sum| sum.is_multiple_of(10))
}

/// The digit to append to these digits, or `None` when one of them is not a digit or there is none.
///
/// # Example
///
/// ```
/// use storefront_privacy::codec::luhn;
///
/// assert_eq!(luhn::check_digit("424242424242424"), Some(2));
/// assert_eq!(luhn::check_digit("42x"), None);
/// ```
pub fn check_digit(digits: &str) -> Option<u8> {
    if digits.is_empty() {
        return None;
    }
    let rest = weighted_sum(digits, true)? % 10;
    u8::try_from((10 - rest) % 10).ok()
}

/// The sum of the digits, every second one from the right doubled and, above nine, reduced by nine.
fn weighted_sum(digits: &str, double_last: bool) -> Option<u32> {
    let mut sum = 0_u32;
    let mut double = double_last;
    for digit in digits.chars().rev() {
        let value = digit.to_digit(10)?;
        sum = sum.checked_add(match (double, value) {
            (true, 5..) => value * 2 - 9,
            (true, _) => value * 2,
            (false, _) => value,
        })?;
        double = !double;
    }
    Some(sum)
}
