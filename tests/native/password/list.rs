//! The ranked list, and its format under damage.

use std::sync::LazyLock;

use storefront_privacy::password::{
    Standing,
    list::{RankedList, TOP_10000},
    standing,
};

use crate::generate::{Source, cases};

#[test]
fn ranks_are_known_to_the_power_of_two() {
    for (password, expected) in [
        ("123456", Standing::Listed(1)),
        ("password", Standing::Listed(2)),
        ("12345678", Standing::Listed(4)),
        ("qwerty", Standing::Listed(4)),
        ("123456789", Standing::Listed(8)),
        ("monkey", Standing::Listed(16)),
        ("Password", Standing::Listed(512)),
        ("brady", Standing::Listed(10_000)),
        ("", Standing::Unlisted),
        ("123456 ", Standing::Unlisted),
        ("MONKEY", Standing::Unlisted),
        ("correct horse battery staple", Standing::Unlisted),
    ] {
        assert_eq!(standing(password), expected, "{password}");
    }
}

#[test]
fn every_damaged_byte_is_noticed() {
    static LIST: LazyLock<Vec<u8>> = LazyLock::new(|| TOP_10000.to_vec());
    let mut source = Source::new(19);
    for case in 0..cases(30) {
        let mut bytes = LIST.clone();
        match source.below(4) {
            0 => bytes.truncate(source.below(bytes.len())),
            1 => bytes.push(source.next().to_le_bytes()[0]),
            2 => {
                let place = source.below(bytes.len());
                bytes[place] ^= 1 << source.below(8);
            }
            _ => bytes = source.bytes(300),
        }
        let error = RankedList::read(&bytes).expect_err(&format!("case {case}"));
        assert_eq!(error.code(), "load.corrupt");
        assert_eq!(error.message(), "password: the data file's bytes are damaged or incomplete");
    }
}
