use storefront_privacy::codec::base64url::{decode, encode};

use crate::generate::{Source, cases};

/// RFC 4648 §10, without the padding.
#[test]
fn vectors_of_rfc_4648() {
    let vectors =
        [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")];
    for (bytes, text) in vectors {
        assert_eq!(encode(bytes.as_bytes()), text);
        assert_eq!(decode(text).unwrap(), bytes.as_bytes());
    }
}

#[test]
fn refuses_what_is_not_the_one_text() {
    let refused = [
        ("Zg==", "base64url: expected a letter, a digit, `-` or `_` at position 2"),
        ("Z+", "base64url: expected a letter, a digit, `-` or `_` at position 1"),
        ("Z/8A", "base64url: expected a letter, a digit, `-` or `_` at position 1"),
        ("Zm 9", "base64url: expected a letter, a digit, `-` or `_` at position 2"),
        ("Zm8\n", "base64url: expected a letter, a digit, `-` or `_` at position 3"),
        ("Zmé", "base64url: expected a letter, a digit, `-` or `_` at position 2"),
        ("Z", "base64url: expected another character at position 1"),
        ("Zm9vY", "base64url: expected another character at position 5"),
        ("Zh", "base64url: expected zero bits after the last byte at position 1"),
        ("Zm9vYmF", "base64url: expected zero bits after the last byte at position 6"),
    ];
    for (text, message) in refused {
        let error = decode(text).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), ("input.invalid", message), "{text:?}");
    }
}

#[test]
fn random_bytes_come_back() {
    let mut source = Source::new(1);
    for _ in 0..cases(100_000) {
        let bytes = source.bytes(100);
        assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
    }
}

#[test]
fn whatever_is_read_is_written_the_same() {
    let mut source = Source::new(2);
    let mut read = 0;
    for _ in 0..cases(200_000) {
        let text = source.text_of("AQgwZaz059-_+/= ", 6);
        if let Ok(bytes) = decode(&text) {
            assert_eq!(encode(&bytes), text);
            read += 1;
        }
    }
    assert!(read > 0);
}
