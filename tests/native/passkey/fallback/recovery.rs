//! Recovery codes, and what a server stores of them.

use std::collections::HashSet;

use storefront_privacy::passkey::fallback::recovery::{self, CODES, Hashes, RecoveryCode};

use crate::generate::{Source, cases};

#[test]
fn a_set_is_ten_codes_of_four_groups_each_new() {
    let (codes, hashes) = recovery::generate().unwrap();
    let texts: HashSet<String> = codes.iter().map(|code| code.to_text().to_string()).collect();
    assert_eq!((codes.len(), texts.len(), hashes.left()), (CODES, CODES, CODES));
    for text in &texts {
        let groups: Vec<_> = text.split('-').collect();
        assert_eq!(groups.len(), 4, "{text}");
        assert!(
            groups.iter().all(|group| group.len() == 4
                && group.bytes().all(|byte| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&byte))),
            "{text}"
        );
    }
    let (other, _) = recovery::generate().unwrap();
    assert!(other.iter().all(|code| !texts.contains(code.to_text().as_str())));
}

#[test]
fn every_symbol_comes_as_often_as_any_other() {
    let mut counts = [0_u32; 128];
    let sets = 4;
    for _ in 0..sets {
        let (codes, _) = recovery::generate().unwrap();
        codes
            .iter()
            .flat_map(|code| code.to_text().to_string().into_bytes())
            .for_each(|byte| counts[usize::from(byte)] += 1);
    }
    // 640 symbols, 20 of each: chi-squared of 31 degrees stays under 75 in all but one of 50,000 runs.
    let expected = 640.0 / 32.0;
    let squared: f64 = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        .iter()
        .map(|symbol| (f64::from(counts[usize::from(*symbol)]) - expected).powi(2) / expected)
        .sum();
    assert!(squared < 75.0, "{squared}");
}

#[test]
fn a_code_is_found_as_it_was_written_down_and_used_once() {
    let (codes, hashes) = recovery::generate().unwrap();
    let text = codes[4].to_text().to_string();
    let sloppy = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    let place = hashes.find(&RecoveryCode::parse(&sloppy).unwrap());
    assert_eq!(place, Some(4));
    let left = hashes.without(4);
    assert_eq!((left.left(), left.find(&codes[4]), left.find(&codes[5])), (9, None, Some(4)));
}

#[test]
fn what_is_stored_comes_back_and_holds_no_code() {
    let (codes, hashes) = recovery::generate().unwrap();
    let text = hashes.to_text();
    assert_eq!(Hashes::parse(&text).unwrap(), hashes);
    for code in &codes {
        assert!(!text.contains(&code.to_text().replace('-', "")));
    }
    assert!(text.len() < 512);
    // The last one used leaves a set that finds nothing.
    let none = (0..CODES).fold(hashes, |left, _| left.without(0));
    assert_eq!(Hashes::parse(&none.to_text()).unwrap().find(&codes[0]), None);
}

/// Computed by Python's `hashlib.pbkdf2_hmac("sha256", b"0123456789ABCDEF", bytes(range(16)), 20000)`.
#[test]
fn the_digest_is_pbkdf2_over_the_sixteen_symbols() {
    let stored = "recovery-1$AAECAwQFBgcICQoLDA0ODw$L9F_N0Ka0XyqeCUhCqNTNWsbucqLXoR0TWJEMSEz9EE";
    let hashes = Hashes::parse(stored).unwrap();
    assert_eq!(hashes.find(&RecoveryCode::parse("0123-4567-89ab-cdef").unwrap()), Some(0));
    assert_eq!(hashes.find(&RecoveryCode::parse("0123-4567-89ab-cdeg").unwrap()), None);
}

#[test]
fn texts_that_are_no_code_are_refused_without_repeating_them() {
    for (text, message) in [
        ("", "recovery code: expected 16 letters and digits, found 0"),
        ("0000-0000-0000-000", "recovery code: expected 16 letters and digits, found 15"),
        ("0000-0000-0000-0000-0", "recovery code: expected 16 letters and digits, found 17"),
        ("UUUU-UUUU-UUUU-UUUU", "recovery code: expected letters other than U, and digits"),
        ("0000-0000-0000-000!", "recovery code: expected letters other than U, and digits"),
    ] {
        let error = RecoveryCode::parse(text).err().unwrap();
        assert_eq!((error.code(), error.message()), ("recovery.code-invalid", message));
    }
    assert_eq!(
        RecoveryCode::parse("ＡＢＣＤ－ｅｆｇｈ－０１２３－４５６７").unwrap().to_text().as_str(),
        "ABCD-EFGH-0123-4567"
    );
    for stored in [
        "",
        "recovery-2$AA",
        "recovery-1$",
        "recovery-1$AAECAwQFBgcICQoLDA0ODw$AA",
        &format!("recovery-1$AAECAwQFBgcICQoLDA0ODw{}", "$AA".repeat(200)),
    ] {
        assert_eq!(Hashes::parse(stored).unwrap_err().code(), "recovery.hashes-invalid", "{stored}");
    }
}

#[test]
fn any_text_is_read_or_refused() {
    let mut source = Source::new(45);
    let stored = recovery::generate().unwrap().1.to_text();
    for _ in 0..cases(20_000) {
        let text = if source.once_in(2) {
            source.text(30)
        } else {
            source.mutate("0123-4567-89AB-CDEF", "0OoIiLlUuZz -٣Ａ!")
        };
        match RecoveryCode::parse(&text) {
            Ok(code) => assert_eq!(RecoveryCode::parse(&code.to_text()).unwrap().to_text(), code.to_text()),
            Err(error) => assert_eq!(error.code(), "recovery.code-invalid"),
        }
        match Hashes::parse(&source.mutate(&stored, "recovery-1$AZ_é ")) {
            Ok(hashes) => assert!(hashes.left() <= CODES),
            Err(error) => assert_eq!(error.code(), "recovery.hashes-invalid"),
        }
    }
}
