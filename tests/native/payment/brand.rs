use storefront_privacy::payment::Brand;

use super::TEST_NUMBERS;
use crate::generate::{Source, cases};

#[test]
fn published_test_numbers_have_their_brand() {
    for (number, id) in TEST_NUMBERS {
        assert_eq!(Brand::of(number).map(Brand::id), Some(*id), "{number}");
    }
}

#[test]
fn each_brand_has_an_identifier_of_its_own_that_reads_back() {
    assert!(Brand::ALL.len() >= 24);
    for brand in Brand::ALL {
        assert_eq!(Brand::parse(brand.id()), Some(*brand));
        assert!(brand.lengths().is_sorted());
        assert!(brand.lengths().iter().all(|length| (12..=19).contains(length)));
        assert_eq!(brand.groups(brand.greatest_length()).iter().sum::<usize>().max(19), 19);
    }
    assert_eq!(Brand::parse("VISA"), None);
}

#[test]
fn narrower_ranges_win() {
    for (prefix, id) in [
        ("4", "visa"),
        ("40117", "visa"),
        ("401178", "elo"),
        ("50", "maestro"),
        ("5019", "dankort"),
        ("506099", "verve"),
        ("506699", "elo"),
        ("508500", "rupay"),
        ("589562", "naranja"),
        ("604001", "ukrcard"),
        ("606282", "hipercard"),
        ("607000", "rupay"),
        ("622126", "unionpay"),
        ("65", "discover"),
        ("650031", "elo"),
        ("652150", "rupay"),
        ("6703", "bancontact"),
        ("2200", "mir"),
        ("2205", "bcard"),
        ("357111", "lankapay"),
        ("9792", "troy"),
        ("9704", "napas"),
        ("9860", "humo"),
        ("8600", "uzcard"),
        ("1", "uatp"),
        ("1946", "gpn"),
    ] {
        assert_eq!(Brand::of(prefix).map(Brand::id), Some(id), "{prefix}");
    }
}

#[test]
fn nothing_is_told_too_early() {
    for prefix in ["", "2", "22", "222", "3", "35", "5", "6", "60", "64", "9", "7", "0000"] {
        assert_eq!(Brand::of(prefix), None, "{prefix}");
    }
}

/// However the digits go on, a narrower range may win but no other brand takes over a number that had one.
#[test]
fn typing_on_changes_a_brand_only_into_a_narrower_one() {
    let mut source = Source::new(1);
    for _ in 0..cases(20_000) {
        let digits = source.text_of("0123456789", 19);
        let brands: Vec<_> = (0..=digits.len()).filter_map(|length| Brand::of(&digits[..length])).collect();
        let mut changes = brands.clone();
        changes.dedup();
        assert!(changes.len() <= 3, "{digits}: {changes:?}");
        if digits.len() >= 6 {
            assert_eq!(Brand::of(&digits), Brand::of(&digits[..6]), "{digits}");
        }
    }
}

#[test]
fn what_is_no_digit_has_no_brand() {
    for text in ["4a", "é", "４２", "+4", "-4", "4 "] {
        assert_eq!(Brand::of(text), None, "{text}");
    }
}
