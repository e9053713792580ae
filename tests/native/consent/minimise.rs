use std::collections::BTreeSet;

use storefront_privacy::codec::luhn;
use storefront_privacy::consent::minimise::{Kind, Pseudonyms, redact};

use crate::generate::{Source, cases};

const CORPUS: &str = include_str!("../../vectors/consent/redact.tsv");

#[test]
fn a_pseudonym_is_the_same_for_one_purpose_and_epoch_and_no_other() {
    let pseudonyms = Pseudonyms::new(&[1; 32]).unwrap();
    let other = Pseudonyms::new(&[2; 32]).unwrap();
    let mut seen = BTreeSet::new();
    for id in ["1", "2", "ada@example.com"] {
        for purpose in ["a", "analytics", "analytics1"] {
            for epoch in [0, 1, 2, u64::MAX] {
                let name = pseudonyms.pseudonym(id, purpose, epoch).unwrap();
                assert_eq!((name.len(), &name), (22, &pseudonyms.pseudonym(id, purpose, epoch).unwrap()));
                assert!(seen.insert(name) && seen.insert(other.pseudonym(id, purpose, epoch).unwrap()));
            }
        }
    }
    // As computed once by Python's hmac: the name of an id does not change with a release.
    assert_eq!(pseudonyms.pseudonym("account-17", "analytics", 20_785).unwrap(), "TWp0zxfvCVbNnIh_KnupRA");
}

#[test]
fn what_is_no_secret_or_id_is_refused() {
    assert_eq!(
        Pseudonyms::new(&[0; 31]).err().unwrap().to_string(),
        "pseudonym: expected a secret of at least 32 bytes"
    );
    let pseudonyms = Pseudonyms::new(&[1; 32]).unwrap();
    for (id, purpose, code) in [("", "a", "input.invalid"), ("a", "", "input.invalid")] {
        assert_eq!(pseudonyms.pseudonym(id, purpose, 0).unwrap_err().code(), code);
    }
    assert_eq!(pseudonyms.pseudonym(&"x".repeat(1025), "a", 0).unwrap_err().code(), "input.too-long");
}

#[test]
fn the_corpus_is_redacted_as_it_says() {
    let mut kinds = BTreeSet::new();
    for line in CORPUS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, expected) = line.split_once('\t').unwrap();
        let redacted = redact(text);
        assert_eq!(redacted.text, expected, "{text}");
        kinds.extend(redacted.found.iter().map(|kind| kind.placeholder()));
    }
    assert_eq!(kinds.len(), 5);
}

#[test]
fn every_card_is_found_in_every_dress() {
    let mut source = Source::new(16);
    for _ in 0..cases(20_000) {
        let length = 13 + source.below(7);
        let mut digits = String::from(["3", "4", "5", "6"][source.below(4)]);
        while digits.len() < length - 1 {
            digits.push(char::from(b'0' + u8::try_from(source.below(10)).unwrap()));
        }
        digits.push(char::from(b'0' + luhn::check_digit(&digits).unwrap()));
        let separator = ["", " ", "-"][source.below(3)];
        let dressed: Vec<String> =
            digits.as_bytes().chunks(4).map(|group| String::from_utf8(group.to_vec()).unwrap()).collect();
        let text = format!("Paid with {} today.", dressed.join(separator));
        assert_eq!(redact(&text).text, "Paid with [card] today.", "{text}");
    }
}

#[test]
fn redacting_twice_changes_nothing_and_keeps_the_rest() {
    let mut source = Source::new(17);
    let seed = "ada@example.com +44 20 7946 0018 4242 4242 4242 4242 https://u:p@x.example/?token=a&q=ä DE89370400440532013000 é";
    for _ in 0..cases(20_000) {
        let text = source.mutate(seed, "@%40=&?/:+-. ()ä€0123456789abcDE\n");
        let once = redact(&text);
        let twice = redact(&once.text);
        assert!(
            !twice.found.contains(&Kind::Card) && !twice.found.contains(&Kind::Iban),
            "{text}\n{}",
            once.text
        );
        if once.found.is_empty() {
            assert_eq!(once.text, text);
        }
    }
    let long = "a@".repeat(50_000);
    assert!(redact(&long).text.len() >= 50_000);
    assert_eq!(redact("").text, "");
}
