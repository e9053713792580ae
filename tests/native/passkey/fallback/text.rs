//! base32, digits and QR codes.

use storefront_privacy::passkey::fallback::{base32, digits, qr::Qr};

use crate::generate::{Source, cases};

#[test]
fn the_vectors_of_rfc_4648_are_met() {
    let vectors = [
        ("", ""),
        ("f", "MY"),
        ("fo", "MZXQ"),
        ("foo", "MZXW6"),
        ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ];
    for (plain, text) in vectors {
        assert_eq!(base32::encode(plain.as_bytes()).as_str(), text);
        assert_eq!(base32::decode(text).unwrap().as_slice(), plain.as_bytes());
        let padded = format!("{text:=<width$}", width = text.len().div_ceil(8) * 8);
        assert_eq!(base32::decode(&padded.to_lowercase()).unwrap().as_slice(), plain.as_bytes());
    }
}

#[test]
fn base32_that_is_none_is_refused() {
    for text in ["A", "AAA", "AAAAAA", "MZ", "MZXW7", "MZXW8", "MZ=XQ", "MZXÖ", "MZXW6\n"] {
        let error = base32::decode(text).unwrap_err();
        assert_eq!(error.code(), "otp.secret-invalid", "{text:?}");
        assert!(!error.message().contains("MZ"), "{error}");
    }
}

#[test]
fn any_bytes_come_back_and_any_text_is_read_or_refused() {
    let mut source = Source::new(43);
    for _ in 0..cases(20_000) {
        let bytes = source.bytes(80);
        let text = base32::encode(&bytes);
        assert_eq!(base32::decode(&text).unwrap().as_slice(), bytes);
        let changed = source.mutate(&text, "ABCabc234567 -=189é");
        if let Ok(read) = base32::decode(&changed) {
            let plain: String = changed.to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
            assert_eq!(base32::encode(&read).as_str(), plain);
        }
    }
}

#[test]
fn codes_are_read_as_people_type_them() {
    for text in [
        "123456",
        "123 456",
        " 123-456 ",
        "12\u{a0}34\u{2009}56",
        "１２３４５６",
        "١٢٣٤٥٦",
        "۱۲۳۴۵۶",
        "१२३४५६",
        "\u{200f}123456",
        "1.2.3.4.5.6",
    ] {
        assert_eq!(digits::read(text, 6).unwrap(), "123456", "{text:?}");
    }
    for text in ["", "12345", "1234567", "12345a", "123456!", "²³¹456", "1234\u{1d7ce}5"] {
        assert_eq!(digits::read(text, 6).unwrap_err().code(), "otp.code-invalid", "{text:?}");
    }
    // Nothing of what was typed is repeated.
    assert_eq!(
        digits::read("4711 is my code", 6).unwrap_err().message(),
        "code: expected digits and spaces alone"
    );
}

/// Square for square what the crate `qrcodegen` draws in byte mode at level M, mask included, in every version.
#[test]
fn a_qr_code_is_that_of_another_implementation() {
    use qrcodegen::{QrCode, QrCodeEcc, QrSegment};

    let mut source = Source::new(46);
    let mut versions = std::collections::HashSet::new();
    let lengths = (0..2331).step_by(29).chain([14, 15, 2330, 2331]);
    for length in lengths.chain((0..cases(20)).map(|case| usize::try_from(case).unwrap() * 7 % 300)) {
        let bytes: String = (0..length).map(|_| char::from(source.pick(b"aZ09-._~%/:?&="))).collect();
        let segments = [QrSegment::make_bytes(bytes.as_bytes())];
        let (least, most) = (qrcodegen::Version::MIN, qrcodegen::Version::MAX);
        let theirs =
            QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, least, most, None, false).unwrap();
        let ours = Qr::of(&bytes).unwrap();
        assert_eq!(ours.size(), u32::try_from(theirs.size()).unwrap());
        versions.insert(ours.size());
        for y in 0..ours.size() {
            for x in 0..ours.size() {
                let (column, row) = (i32::try_from(x).unwrap(), i32::try_from(y).unwrap());
                assert_eq!(ours.is_dark(x, y), theirs.get_module(column, row), "{length} bytes, {x} {y}");
            }
        }
    }
    assert_eq!(versions.len(), 40);
}

#[test]
fn a_qr_code_has_its_finders_its_size_and_a_path_of_its_squares() {
    let mut source = Source::new(44);
    for _ in 0..cases(20) {
        let text = source.text(300);
        let code = Qr::of(&text).unwrap();
        let size = code.size();
        assert!((21..=177).contains(&size) && (size - 17).is_multiple_of(4), "{size}");
        for (x, y) in [(0, 0), (size - 7, 0), (0, size - 7)] {
            assert!(
                (0..7).all(|at| code.is_dark(x + at, y)
                    && code.is_dark(x, y + at)
                    && code.is_dark(x + 3, y + 3))
            );
        }
        let dark: u32 =
            (0..size).map(|y| (0..size).filter(|x| code.is_dark(*x, y)).map(|_| 1).sum::<u32>()).sum();
        let drawn: u32 = code
            .path()
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|part| part.split('v').next().unwrap().parse::<u32>().unwrap())
            .sum();
        assert_eq!(dark, drawn);
    }
    let smallest = Qr::of("").unwrap();
    assert!(!smallest.is_dark(u32::MAX, 0) && !smallest.is_dark(0, 21) && !smallest.is_dark(21, 0));
    assert_eq!(Qr::of(&"é".repeat(1166)).err().unwrap().code(), "input.too-long");
    assert_eq!(Qr::of(&"é".repeat(1165)).unwrap().size(), 177);
}
