use storefront_privacy::codec::bits::{BitReader, BitWriter, from_base64url, to_base64url};

use crate::generate::{Source, cases};

enum Field {
    Int(u64, u32),
    Fibonacci(u64),
}

#[test]
fn random_fields_come_back() {
    let mut source = Source::new(7);
    for _ in 0..cases(20_000) {
        let fields: Vec<Field> = (0..source.below(40)).map(|_| field(&mut source)).collect();
        let mut writer = BitWriter::new();
        for field in &fields {
            match field {
                Field::Int(value, bits) => writer.int(*value, *bits),
                Field::Fibonacci(value) => writer.fibonacci(*value),
            }
        }
        let length = writer.len();
        let bytes = writer.into_bytes();
        assert_eq!(bytes.len(), length.div_ceil(8));
        let text = to_base64url(&bytes, length);
        assert_eq!(text.len(), length.div_ceil(6));
        let (read, held) = from_base64url(&text, "test").unwrap();
        assert_eq!(held, text.len() * 6);
        assert_eq!(read[..bytes.len().min(read.len())], bytes[..bytes.len().min(read.len())]);
        let mut reader = BitReader::within(&read, length, "test");
        for field in &fields {
            match field {
                Field::Int(value, bits) => assert_eq!(reader.take(*bits), *value),
                Field::Fibonacci(value) => assert_eq!(reader.fibonacci(), *value),
            }
        }
        assert_eq!((reader.position(), reader.remaining()), (length, 0));
        reader.check().unwrap();
        assert!(!reader.flag());
        assert_eq!(
            reader.check().unwrap_err().message(),
            format!("test: expected another field at bit {length}, found 0 bits left")
        );
    }
}

fn field(source: &mut Source) -> Field {
    let bits = u32::try_from(source.below(65)).unwrap();
    let value = if bits == 0 { 0 } else { source.next() >> (64 - bits) };
    if source.once_in(4) { Field::Fibonacci(value % 1_000_000 + 1) } else { Field::Int(value, bits) }
}

/// GPP Consent String Specification, "Fibonacci Encoding": the codes of 1 to 7.
#[test]
fn fibonacci_codes_are_those_of_the_specification() {
    for (value, code) in
        [(1, "11"), (2, "011"), (3, "0011"), (4, "1011"), (5, "00011"), (6, "10011"), (7, "01011")]
    {
        let mut writer = BitWriter::new();
        writer.fibonacci(value);
        let length = writer.len();
        let bytes = writer.into_bytes();
        let mut reader = BitReader::within(&bytes, length, "test");
        let bits: String = (0..length).map(|_| if reader.flag() { '1' } else { '0' }).collect();
        assert_eq!(bits, code);
    }
    let mut writer = BitWriter::new();
    writer.fibonacci(0);
    assert!(writer.is_empty());
}

#[test]
fn an_endless_fibonacci_code_is_refused_where_it_starts() {
    let bytes = [0b1010_1010; 32];
    let mut reader = BitReader::new(&bytes);
    assert_eq!(reader.take(2), 2);
    assert_eq!(reader.fibonacci(), 0);
    let error = reader.check().unwrap_err();
    assert_eq!(error.code(), "signal.invalid");
    assert_eq!(error.message(), "bits: expected a Fibonacci code of at most 64 bits at bit 2");
}

#[test]
fn a_character_of_another_alphabet_is_refused_with_its_place() {
    for (text, position) in [("AB+D", 2), ("A\u{e9}", 1), ("ABC=", 3), ("\u{0}", 0)] {
        let error = from_base64url(text, "core").unwrap_err();
        assert_eq!(
            error.message(),
            format!("core: expected a letter, a digit, `-` or `_` at character {position}")
        );
    }
}

#[test]
fn what_was_wrong_first_is_told_and_nothing_but_zeros_follows() {
    let mut reader = BitReader::within(&[0xff; 4], 32, "test");
    assert_eq!(reader.take(8), 0xff);
    reader.refuse(3, "expected one thing");
    reader.refuse(5, "expected another");
    assert_eq!((reader.take(1), reader.position(), reader.remaining()), (0, 32, 0));
    assert_eq!(reader.check().unwrap_err().message(), "test: expected one thing at bit 3");
}

#[test]
fn padding_reaches_the_next_multiple() {
    for (bits, multiple, length) in [(1, 6, 6), (6, 6, 6), (7, 24, 24), (0, 24, 0), (5, 0, 5)] {
        let mut writer = BitWriter::new();
        writer.int(u64::MAX, bits);
        writer.pad_to(multiple);
        assert_eq!(writer.len(), length);
    }
}
