use storefront_privacy::codec::luhn::{check_digit, is_valid};

use crate::generate::{Source, cases};

#[test]
fn known_numbers() {
    for number in ["4242424242424242", "378282246310005", "6011111111111117", "79927398713", "00"] {
        assert!(is_valid(number), "{number}");
    }
    for number in ["4242424242424241", "79927398710", "", "0", "4242-4242", "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", " 00"]
    {
        assert!(!is_valid(number), "{number}");
    }
    assert_eq!(check_digit("7992739871"), Some(3));
    assert_eq!(check_digit(""), None);
}

/// ISO/IEC 7812-1: every single wrong digit is found, and every transposition of neighbours but 09 and 90.
#[test]
fn finds_wrong_digits_and_transpositions() {
    let mut source = Source::new(3);
    for _ in 0..cases(20_000) {
        let mut number = source.text_of("0123456789", 24);
        number.push('7');
        number.push(char::from_digit(u32::from(check_digit(&number).unwrap()), 10).unwrap());
        assert!(is_valid(&number), "{number}");

        let digits = number.as_bytes();
        let position = source.below(digits.len());
        let mut wrong = digits.to_vec();
        wrong[position] = b'0' + (wrong[position] - b'0' + 1 + u8::try_from(source.below(9)).unwrap()) % 10;
        assert!(!is_valid(std::str::from_utf8(&wrong).unwrap()), "{number} at {position}");

        let position = source.below(digits.len() - 1);
        let (left, right) = (digits[position], digits[position + 1]);
        let mut swapped = digits.to_vec();
        swapped.swap(position, position + 1);
        let unseen = left == right || matches!((left, right), (b'0', b'9') | (b'9', b'0'));
        assert_eq!(is_valid(std::str::from_utf8(&swapped).unwrap()), unseen, "{number} at {position}");
    }
}
