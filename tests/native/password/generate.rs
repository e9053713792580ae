use std::collections::{BTreeMap, HashSet};

use storefront_privacy::{
    Error,
    password::{
        Policy, Rules,
        generate::{self, Generated, LONGEST, Passphrase},
        rules::Characters,
        standing,
    },
};

use crate::generate::{Source, cases};

/// Randomness from a seed.
fn seeded(source: &mut Source) -> impl FnMut(&mut [u8]) -> Result<(), Error> {
    |bytes| {
        bytes.fill_with(|| source.next().to_le_bytes()[3]);
        Ok(())
    }
}

fn rules(text: &str) -> Rules {
    Rules::parse(text).unwrap()
}

/// Every password of this length that the rules accept, by trying all.
fn brute_force(rules: &Rules, length: usize) -> HashSet<String> {
    let alphabet: Vec<char> = rules.allowed().iter().collect();
    let mut all = vec![String::new()];
    for _ in 0..length {
        all =
            all.iter().flat_map(|start| alphabet.iter().map(move |next| format!("{start}{next}"))).collect();
    }
    all.into_iter().filter(|password| rules.accepts(password)).collect()
}

/// The password of a number, and how often it was drawn: a number that is not below the count is drawn again.
fn of_number(rules: &Rules, length: usize, number: u64, bits: u32) -> Option<Generated> {
    let mut draws = 0;
    let generated = generate::hazmat_password_with(rules, Some(length), &mut |bytes| {
        draws += 1;
        let number = if draws == 1 { number << (48 - bits) } else { 0 };
        bytes.copy_from_slice(&number.to_be_bytes()[2..]);
        Ok(())
    });
    (draws == 1).then(|| generated.unwrap())
}

/// Rules over small alphabets, each of them with a length.
const SMALL: &[(&str, usize)] = &[
    ("allowed: [ab]", 1),
    ("allowed: [ab]", 6),
    ("allowed: [abc]; max-consecutive: 1", 5),
    ("allowed: [abc]; max-consecutive: 2", 6),
    ("allowed: [abcd]; max-consecutive: 3", 5),
    ("required: [ab]; required: [bc]; allowed: [d]", 5),
    ("required: [ab]; required: [bc]; required: [ca]; allowed: [d]; max-consecutive: 2", 5),
    ("required: [a]; required: [b]; required: [c]; required: [d]", 5),
    ("required: [a]; required: [b]; required: [c]; required: [d]; max-consecutive: 1", 6),
    ("required: [a]; allowed: digit", 3),
    ("required: [a-]; required: [ ]; max-consecutive: 2", 7),
    ("required: [abc]; required: [abd]; required: [cd]; max-consecutive: 1", 6),
];

#[test]
fn each_number_below_the_count_gives_another_password_and_all_are_given() {
    for &(text, length) in SMALL {
        let rules = rules(text);
        let expected = brute_force(&rules, length);
        let count = u64::try_from(expected.len()).unwrap();
        let bits = u64::BITS - count.leading_zeros();
        let given: HashSet<String> = (0..1 << bits)
            .filter_map(|number| of_number(&rules, length, number, bits))
            .map(|generated| {
                assert!(
                    (generated.entropy() - f64::from(u32::try_from(count).unwrap()).log2()).abs() < 1e-12,
                    "{text}"
                );
                generated.as_str().to_owned()
            })
            .collect();
        assert_eq!(given, expected, "{text}");
        let taken =
            (0..1 << bits).filter(|number| of_number(&rules, length, *number, bits).is_some()).count();
        assert_eq!(taken, expected.len(), "{text}");
    }
}

#[test]
fn counts_as_brute_force_does_over_any_rules() {
    let mut source = Source::new(5);
    for case in 0..cases(300) {
        let set = |source: &mut Source| {
            (0..=source.below(3)).map(|_| source.pick(&['a', 'B', '3', '-', ' '])).collect::<Characters>()
        };
        let mut text = format!("allowed: {};", set(&mut source));
        for _ in 0..source.below(4) {
            text.extend(["required: ", &set(&mut source).to_string(), ";"]);
        }
        if source.once_in(2) {
            text.extend(["max-consecutive: ", &(1 + source.below(4)).to_string()]);
        }
        let (rules, length) = (rules(&text), 1 + source.below(6));
        let expected = brute_force(&rules, length);
        match generate::password(&rules, Some(length)) {
            Ok(generated) => {
                let entropy = f64::from(u32::try_from(expected.len()).unwrap()).log2();
                assert!((generated.entropy() - entropy).abs() < 1e-12, "case {case}: {text} {length}");
                assert!(expected.contains(generated.as_str()), "case {case}: {text} {length}");
            }
            Err(error) => {
                assert_eq!(expected.len(), 0, "case {case}: {text} {length}: {error}");
                assert_eq!(
                    error.message(),
                    format!("password: expected rules that a password of {length} characters can meet")
                );
            }
        }
    }
}

/// The statistic of Pearson's test against an even spread, in standard deviations over what is expected.
#[track_caller]
fn assert_even(counts: &BTreeMap<String, u32>, kinds: usize, draws: u32) {
    let kinds = f64::from(u32::try_from(kinds).unwrap());
    let expected = f64::from(draws) / kinds;
    let seen: f64 = counts.values().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    let unseen = (kinds - f64::from(u32::try_from(counts.len()).unwrap())) * expected;
    let freedom = kinds - 1.0;
    let deviation = (seen + unseen - freedom) / (2.0 * freedom).sqrt();
    // The source is seeded: what is even stays so. Words drawn by the remainder of 13 bits would be about six above.
    assert!(deviation.abs() < 4.0, "{deviation}");
}

#[test]
fn passwords_are_evenly_spread() {
    let mut source = Source::new(8);
    for text in
        ["required: [ab]; required: [bc]; allowed: [d]; max-consecutive: 2", "required: [a]; allowed: [-b9]"]
    {
        let rules = rules(text);
        let all = brute_force(&rules, 4);
        let draws = 200 * u32::try_from(all.len()).unwrap();
        let mut counts = BTreeMap::new();
        for _ in 0..draws {
            let generated =
                generate::hazmat_password_with(&rules, Some(4), &mut seeded(&mut source)).unwrap();
            *counts.entry(generated.as_str().to_owned()).or_insert(0) += 1;
        }
        assert!(counts.keys().all(|password| all.contains(password)), "{text}");
        assert_even(&counts, all.len(), draws);
    }
}

#[test]
fn words_and_digits_of_passphrases_are_evenly_spread() {
    let mut source = Source::new(9);
    let form = Passphrase { words: 20, separator: " ", number: true, ..Passphrase::default() };
    let (mut words, mut digits, mut places) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let draws = 800;
    for _ in 0..draws {
        let generated = generate::hazmat_passphrase_with(&form, &mut seeded(&mut source)).unwrap();
        for (place, word) in generated.as_str().split(' ').enumerate() {
            let bare = word.trim_end_matches(|last: char| last.is_ascii_digit());
            *words.entry(bare.to_owned()).or_insert(0) += 1;
            if bare != word {
                *digits.entry(word[bare.len()..].to_owned()).or_insert(0) += 1;
                *places.entry(place.to_string()).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(digits.values().sum::<u32>(), draws);
    assert_even(&words, 7_776, draws * 20);
    assert_even(&digits, 10, draws);
    assert_even(&places, 20, draws);
}

#[test]
fn no_word_begins_another_so_that_each_passphrase_is_made_in_one_way() {
    // Each word once: the numbers from 0 to 7,775 are given in place of random ones.
    let mut next = 0_u64;
    let mut all = HashSet::new();
    let form = Passphrase { words: 20, separator: " ", ..Passphrase::default() };
    while next < 7_776 {
        let generated = generate::hazmat_passphrase_with(&form, &mut |bytes| {
            bytes.copy_from_slice(&((next % 7_776) << (48 - 13)).to_be_bytes()[2..]);
            next += 1;
            Ok(())
        });
        all.extend(generated.unwrap().as_str().split(' ').map(str::to_owned));
    }
    assert_eq!(all.len(), 7_776);
    assert!(all.iter().all(|word| (3..=9).contains(&word.len())));
    assert!(all.iter().flatten_bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
    for word in &all {
        assert!((1..word.len()).all(|length| !all.contains(&word[..length])), "{word}");
    }
}

trait FlattenBytes<'a>: Iterator<Item = &'a String> + Sized {
    fn flatten_bytes(self) -> impl Iterator<Item = u8> {
        self.flat_map(|word| word.bytes())
    }
}

impl<'a, I: Iterator<Item = &'a String>> FlattenBytes<'a> for I {}

#[test]
fn a_passphrase_is_as_asked() {
    let mut source = Source::new(7);
    let mut make = |form: Passphrase<'_>| {
        let generated = generate::hazmat_passphrase_with(&form, &mut seeded(&mut source)).unwrap();
        (generated.as_str().to_owned(), generated.entropy())
    };
    let word = 7_776_f64.log2();
    let (text, entropy) = make(Passphrase::default());
    assert!(text.split('-').count() >= 6, "{text}");
    assert!((entropy - 6.0 * word).abs() < 1e-9);
    let (text, entropy) = make(Passphrase { words: 5, separator: "·", capitalise: true, number: true });
    assert_eq!(text.split('·').count(), 5);
    assert!(text.split('·').all(|word| word.starts_with(|first: char| first.is_ascii_uppercase())), "{text}");
    assert_eq!(text.chars().filter(char::is_ascii_digit).count(), 1);
    assert!((entropy - 5.0 * word - 50_f64.log2()).abs() < 1e-9);
    let (text, entropy) = make(Passphrase { words: 20, separator: "", ..Passphrase::default() });
    assert!(text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{text}");
    assert!((entropy - 20.0 * word).abs() < 1e-9);
    for words in [0, 4, 21, usize::MAX] {
        let error = generate::passphrase(&Passphrase { words, ..Passphrase::default() }).err().unwrap();
        assert_eq!(error.code(), "input.invalid");
        assert_eq!(error.message(), format!("password: expected 5 to 20 words, found {words}"));
    }
    for separator in ["123456789", "\n", "a\0"] {
        let error = generate::passphrase(&Passphrase { separator, ..Passphrase::default() }).err().unwrap();
        assert_eq!(error.code(), "input.invalid", "{separator:?}");
    }
}

#[test]
fn the_length_is_what_enough_entropy_takes() {
    for (text, length, entropy) in [
        ("", 13, 13.0 * 94_f64.log2()),
        ("minlength: 20", 20, 20.0 * 94_f64.log2()),
        ("maxlength: 8; allowed: lower", 8, 8.0 * 26_f64.log2()),
        ("allowed: [ab]", 80, 80.0),
        ("allowed: [a]", LONGEST, 0.0),
        // Of two characters that may not follow themselves there are two passwords of any length.
        ("allowed: [ab]; max-consecutive: 1; maxlength: 30", 30, 1.0),
    ] {
        let generated = generate::password(&rules(text), None).unwrap();
        assert_eq!(generated.as_str().len(), length, "{text}");
        assert!((generated.entropy() - entropy).abs() < 1e-9, "{text}: {}", generated.entropy());
    }
    for (text, length, message) in [
        ("minlength: 8", 7, "password: expected a length from 8 to 256, found 7"),
        ("maxlength: 12", 13, "password: expected a length from 1 to 12, found 13"),
        ("", 0, "password: expected a length from 1 to 256, found 0"),
        ("", 257, "password: expected a length from 1 to 256, found 257"),
    ] {
        let error = generate::password(&rules(text), Some(length)).err().unwrap();
        assert_eq!((error.code(), error.message()), ("input.invalid", message));
    }
}

#[test]
fn what_is_generated_meets_the_rules_and_the_policy() {
    let own = r#"{"id":"own","minLength":6,"maxLength":64,"require":["lower","upper","digit","symbol"],"maxConsecutive":1}"#;
    let policies = Policy::ALL.iter().cloned().chain([Policy::parse(own).unwrap()]);
    for policy in policies {
        let rules = rules(&policy.attributes().passwordrules);
        for length in [None, Some(policy.min_length()), Some(policy.max_length())] {
            for _ in 0..cases(200) {
                let generated = generate::password(&rules, length).unwrap();
                assert!(rules.accepts(generated.as_str()), "{}", policy.id());
                assert_eq!(policy.check(generated.as_str(), &[]).unwrap(), [], "{}", policy.id());
                assert_eq!(standing(generated.as_str()), storefront_privacy::password::Standing::Unlisted);
            }
        }
    }
    for _ in 0..cases(500) {
        let generated = generate::passphrase(&Passphrase::default()).unwrap();
        for policy in Policy::ALL {
            assert_eq!(policy.check(generated.as_str(), &[]).unwrap(), [], "{}", policy.id());
        }
    }
}

#[test]
fn the_longest_with_the_most_requirements_is_counted_in_time() {
    let sets = "abcdefgh"
        .chars()
        .flat_map(|letter| ["required: [".to_owned(), letter.into(), "];".to_owned()])
        .collect::<String>();
    let rules = rules(&format!("{sets} allowed: ascii-printable; max-consecutive: 2"));
    let generated = generate::password(&rules, Some(LONGEST)).unwrap();
    assert!(rules.accepts(generated.as_str()));
    assert!(generated.entropy() > 1_650.0 && generated.entropy() < 1_678.0, "{}", generated.entropy());
}

#[test]
fn without_randomness_there_is_no_password() {
    let none = &mut |_: &mut [u8]| Err(Error::new(storefront_privacy::Code::PasswordRandomMissing, "none"));
    let error = generate::hazmat_password_with(&rules(""), None, none).err().unwrap();
    assert_eq!(error.code(), "password.random-missing");
    let error = generate::hazmat_passphrase_with(&Passphrase::default(), none).err().unwrap();
    assert_eq!(error.code(), "password.random-missing");
}
