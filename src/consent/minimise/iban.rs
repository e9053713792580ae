//! Bank account numbers (ISO 13616): country, check digits, and the remainder by 97.

/// Whether these letters and digits, without spaces, are an IBAN.
pub(super) fn is_iban(text: &[u8]) -> bool {
    if !(15..=34).contains(&text.len()) {
        return false;
    }
    let (head, rest) = text.split_at(4);
    let [first, second, digits @ ..] = head else { return false };
    if !first.is_ascii_uppercase() || !second.is_ascii_uppercase() || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let mut remainder: u32 = 0;
    for byte in rest.iter().chain(head) {
        let (value, scale) = match byte {
            b'0'..=b'9' => (byte - b'0', 10),
            b'A'..=b'Z' => (byte - b'A' + 10, 100),
            _ => return false,
        };
        remainder = (remainder * scale + u32::from(value)) % 97;
    }
    remainder == 1
}

#[cfg(test)]
mod tests {
    use super::is_iban;

    #[test]
    fn knows_ibans_by_their_check_digits() {
        for iban in [
            "GB82WEST12345698765432",
            "DE89370400440532013000",
            "FR1420041010050500013M02606",
            "NO9386011117947",
        ] {
            assert!(is_iban(iban.as_bytes()), "{iban}");
            assert!(!is_iban(iban.replacen('1', "2", 1).as_bytes()), "{iban}");
        }
        assert!(!is_iban(b"") && !is_iban(b"GB82") && !is_iban("ÄÖ82WEST12345698765432".as_bytes()));
    }
}
